import ComponentModel
import Wasm

// The functions of wasi:io/streams, by their names.

extension InputStream: TableResource {
    package static let resourceType = HostResourceType("input-stream", of: InputStream.self)
    package var price: UInt32 { WASILimits.resourceBytes + UInt32(heldBytes) }
}

extension OutputStream: TableResource {
    package static let resourceType = HostResourceType("output-stream", of: OutputStream.self)
    package var price: UInt32 { WASILimits.resourceBytes + UInt32(heldBytes) }
}

/// An error of a stream as a guest gets it.
/// Spec: wasi:io/streams#stream-error
private enum StreamErrorValue: LowerableVariant {
    case lastOperationFailed(Own<IOError>)
    case closed

    static func cases<V: CaseVisitor>(_ visitor: inout V) {
        visitor.case("last-operation-failed", Own<IOError>.self)
        visitor.case("closed")
    }

    var discriminant: Int {
        switch self {
        case .lastOperationFailed: 0
        case .closed: 1
        }
    }

    func write(to writer: inout RecordWriter) throws(Trap) {
        if case .lastOperationFailed(let error) = self { try writer.add(error) }
    }
}

private typealias StreamResult<Ok: ComponentValue> = ComponentResult<Ok, StreamErrorValue>

extension HostCall {
    /// What an operation on a stream gave, as the guest gets it.
    fileprivate func result<Ok: LowerableValue>(
        _ result: Result<Ok, StreamError>
    ) throws(Trap) -> StreamResult<Ok> {
        switch result {
        case .success(let value): return .ok(value)
        case .failure(.closed): return .error(.closed)
        case .failure(.lastOperationFailed(let error)):
            return .error(.lastOperationFailed(try push(error)))
        }
    }

    fileprivate func result(_ result: Result<Void, StreamError>) throws(Trap) -> StreamResult<Unit> {
        try self.result(result.map { Unit() })
    }

    fileprivate func result(
        _ result: Result<[UInt8], StreamError>
    ) throws(Trap) -> StreamResult<ByteArray> {
        try self.result(result.map { ByteArray($0) })
    }
}

/// Defines wasi:io/streams.
func defineStreams(in linker: ComponentLinker) {
    let streams = linker.instance("wasi:io/streams@0.2.12")
    streams.define("input-stream", resource: InputStream.resourceType)
    streams.define("output-stream", resource: OutputStream.resourceType)
    streams.define("error", resource: IOError.resourceType)
    defineReading(in: streams)
    defineWriting(in: streams)
    defineBlockingWriting(in: streams)
    defineSplicing(in: streams)
}

private func defineReading(in streams: InstanceDefinition) {
    streams.define("[method]input-stream.read") {
        (call, this: Borrow<InputStream>, count: UInt64) throws(Trap) in
        try call.result(try call.get(this).read(count))
    }
    streams.define("[method]input-stream.blocking-read") {
        (call, this: Borrow<InputStream>, count: UInt64) throws(Trap) in
        try call.result(try call.get(this).blockingRead(count, on: try call.wasi.task))
    }
    streams.define("[method]input-stream.skip") {
        (call, this: Borrow<InputStream>, count: UInt64) throws(Trap) in
        try call.result(try call.get(this).skip(count))
    }
    streams.define("[method]input-stream.blocking-skip") {
        (call, this: Borrow<InputStream>, count: UInt64) throws(Trap) in
        try call.result(try call.get(this).blockingSkip(count, on: try call.wasi.task))
    }
    streams.define("[method]input-stream.subscribe") {
        (call, this: Borrow<InputStream>) throws(Trap) in
        try call.push(PollableResource(try call.get(this).subscribe()), childOf: this)
    }
}

private func defineWriting(in streams: InstanceDefinition) {
    streams.define("[method]output-stream.check-write") {
        (call, this: Borrow<OutputStream>) throws(Trap) in
        try call.result(try call.get(this).checkWrite())
    }
    streams.define("[method]output-stream.write") {
        (call, this: Borrow<OutputStream>, contents: ByteList) throws(Trap) in
        let stream = try call.get(this)
        return try call.result(
            try call.withBytes(contents) { (bytes) throws(Trap) in try stream.write(bytes) })
    }
    streams.define("[method]output-stream.write-zeroes") {
        (call, this: Borrow<OutputStream>, count: UInt64) throws(Trap) in
        try call.result(try call.get(this).writeZeroes(count))
    }
    streams.define("[method]output-stream.flush") {
        (call, this: Borrow<OutputStream>) throws(Trap) in
        try call.result(try call.get(this).flush())
    }
    streams.define("[method]output-stream.subscribe") {
        (call, this: Borrow<OutputStream>) throws(Trap) in
        try call.push(PollableResource(try call.get(this).subscribe()), childOf: this)
    }
}

private func defineBlockingWriting(in streams: InstanceDefinition) {
    streams.define("[method]output-stream.blocking-write-and-flush") {
        (call, this: Borrow<OutputStream>, contents: ByteList) throws(Trap) in
        let stream = try call.get(this)
        let task = try call.wasi.task
        // Where there is room for all, the bytes are copied once.
        if contents.count <= WASILimits.blockingWriteBytes,
            case .success(let room) = stream.checkWrite(), room >= UInt64(contents.count)
        {
            let written = try call.withBytes(contents) { (bytes) throws(Trap) in
                try stream.write(bytes)
            }
            guard case .success = written else { return try call.result(written) }
            return try call.result(try stream.blockingFlush(on: task))
        }
        let bytes = try call.withBytes(contents) { (bytes) throws(Trap) in ByteArray(bytes).bytes }
        return try call.result(try stream.blockingWriteAndFlush(bytes, on: task))
    }
    streams.define("[method]output-stream.blocking-write-zeroes-and-flush") {
        (call, this: Borrow<OutputStream>, count: UInt64) throws(Trap) in
        let task = try call.wasi.task
        return try call.result(try call.get(this).blockingWriteZeroesAndFlush(count, on: task))
    }
    streams.define("[method]output-stream.blocking-flush") {
        (call, this: Borrow<OutputStream>) throws(Trap) in
        try call.result(try call.get(this).blockingFlush(on: try call.wasi.task))
    }
}

private func defineSplicing(in streams: InstanceDefinition) {
    streams.define("[method]output-stream.splice") {
        (call, this: Borrow<OutputStream>, source: Borrow<InputStream>, count: UInt64)
            throws(Trap) in
        try call.result(try call.get(this).splice(try call.get(source), count))
    }
    streams.define("[method]output-stream.blocking-splice") {
        (call, this: Borrow<OutputStream>, source: Borrow<InputStream>, count: UInt64)
            throws(Trap) in
        let task = try call.wasi.task
        return try call.result(
            try call.get(this).blockingSplice(try call.get(source), count, on: task))
    }
}
