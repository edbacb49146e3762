import ComponentModel
import HTTP
import WASI
import Wasm

/// Trailers that may not have come yet.
///
/// It is ready when they have, or when an error has. What is left of the content before them is dropped.
/// Spec: wasi:http/types#future-trailers
package final class FutureTrailers {
    /// What `get` tells.
    package enum Outcome {
        /// They have not come yet.
        case pending
        /// They were told before.
        case taken
        case trailers(Result<Fields?, ErrorCode>)
    }

    private let content: any IncomingContent
    private var isTaken = false

    init(_ content: any IncomingContent) { self.content = content }

    /// The trailers, which can be had once.
    package func get() -> Outcome {
        guard !isTaken else { return .taken }
        content.discard()
        guard let trailers = content.trailers else { return .pending }
        isTaken = true
        return .trailers(trailers.map { $0.map { Fields($0.forGuest, isMutable: false) } })
    }

    /// Ready when `get` gives something.
    package func subscribe() -> any Pollable { self }
}

extension FutureTrailers: Pollable {
    package var isReady: Bool {
        if isTaken { return true }
        content.discard()
        return content.trailers != nil
    }

    package func await(_ task: GuestTask) { content.await(task) }
    package func forget(_ task: GuestTask) { content.forget(task) }
}

// MARK: Functions

extension FutureTrailers: TypesResource {
    package static let resourceType = HostResourceType("future-trailers", of: FutureTrailers.self)

    static func define(in types: InstanceDefinition) {
        types.define("[method]future-trailers.subscribe") {
            (call, this: Borrow<FutureTrailers>) throws(Trap) in
            try call.push(PollableResource(try call.get(this).subscribe()), childOf: this)
        }
        types.define("[method]future-trailers.get") {
            (call, this: Borrow<FutureTrailers>) throws(Trap)
                -> ComponentResult<ComponentResult<Own<Fields>?, ErrorCode>, Unit>? in
            switch try call.get(this).get() {
            case .pending: return nil
            case .taken: return .error(Unit())
            case .trailers(.success(nil)): return .ok(.ok(nil))
            case .trailers(.success(let fields?)):
                return .ok(.ok(try call.push(fields, childOf: this)))
            case .trailers(.failure(let error)): return .ok(.error(error))
            }
        }
    }
}
