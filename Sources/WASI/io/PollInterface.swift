import ComponentModel
import Wasm

// The functions of wasi:io/poll and wasi:io/error, by their names.

/// A pollable that a guest has a handle to.
/// Spec: wasi:io/poll#pollable
package final class PollableResource: TableResource {
    package static let resourceType = HostResourceType("pollable", of: PollableResource.self)

    let pollable: any Pollable

    package init(_ pollable: any Pollable) { self.pollable = pollable }
}

extension IOError: TableResource {
    package static let resourceType = HostResourceType("error", of: IOError.self)
}

/// Defines wasi:io/poll.
func definePoll(in linker: ComponentLinker) {
    let poll = linker.instance("wasi:io/poll@0.2.12")
    poll.define("pollable", resource: PollableResource.resourceType)
    poll.define("[method]pollable.ready") {
        (call, this: Borrow<PollableResource>) throws(Trap) in
        try call.get(this).pollable.isReady
    }
    poll.define("[method]pollable.block") {
        (call, this: Borrow<PollableResource>) throws(Trap) in
        try call.wasi.task.block(on: try call.get(this).pollable)
        return Unit()
    }
    poll.define("poll") { (call, list: [Borrow<PollableResource>]) throws(Trap) in
        var pollables: [any Pollable] = []
        for pollable in list { pollables.append(try call.get(pollable).pollable) }
        return try call.wasi.task.poll(pollables)
    }
}

/// Defines wasi:io/error.
func defineError(in linker: ComponentLinker) {
    let errors = linker.instance("wasi:io/error@0.2.12")
    errors.define("error", resource: IOError.resourceType)
    errors.define("[method]error.to-debug-string") {
        (call, this: Borrow<IOError>) throws(Trap) in try call.get(this).toDebugString
    }
}

/// Defines wasi:io.
package func defineIO(in linker: ComponentLinker) {
    defineError(in: linker)
    definePoll(in: linker)
    defineStreams(in: linker)
}
