import Wasm

/// Where the bytes of an output stream go. It is ready when `checkWrite` gives more than 0 or an error.
package protocol OutputSink: Pollable {
    /// Bytes that `write` would take now; 0 while there is no room or a flush is under way.
    func checkWrite() -> Result<Int, StreamError>
    /// Takes all of `bytes`, as many as `checkWrite` gave at most, and keeps no reference to them.
    /// Never waits.
    func write(_ bytes: RawSpan) -> Result<Void, StreamError>
    /// Begins to pass on what it keeps; `checkWrite` gives 0 until that is done.
    func flush() -> Result<Void, StreamError>
    /// Bytes that it holds at most until they are passed on.
    var heldBytes: Int { get }
}

extension OutputSink {
    package var heldBytes: Int { 0 }
}

/// An output bytestream.
/// Spec: wasi:io/streams#output-stream
package final class OutputStream {
    /// Nil once the stream is closed.
    private var sink: (any OutputSink)?
    /// Bytes that it holds at most until they are passed on.
    var heldBytes: Int { sink?.heldBytes ?? 0 }
    /// Bytes that the last `checkWrite` permitted and that were not written since.
    private var permitted: UInt64 = 0

    package init(_ sink: any OutputSink) { self.sink = sink }

    /// A stream that is closed.
    package init() {}

    /// Closes the stream where a result is an error.
    private func settle<Value>(_ result: Result<Value, StreamError>) -> Result<Value, StreamError> {
        if case .failure = result {
            sink = nil
            permitted = 0
        }
        return result
    }

    /// Bytes that the next `write` may have.
    package func checkWrite() -> Result<UInt64, StreamError> {
        guard let sink else { return .failure(.closed) }
        let room = settle(sink.checkWrite()).map { UInt64(max($0, 0)) }
        if case .success(let count) = room { permitted = count }
        return room
    }

    /// Takes bytes. Traps where they are more than `checkWrite` permitted.
    package func write(_ contents: RawSpan) throws(Trap) -> Result<Void, StreamError> {
        guard let sink else { return .failure(.closed) }
        try permit(UInt64(contents.byteCount))
        guard contents.byteCount > 0 else { return .success(()) }
        return settle(sink.write(contents))
    }

    /// Takes `count` zeros. Traps where they are more than `checkWrite` permitted.
    package func writeZeroes(_ count: UInt64) throws(Trap) -> Result<Void, StreamError> {
        guard let sink else { return .failure(.closed) }
        try permit(count)
        var left = count
        let zeros = [UInt8](repeating: 0, count: WASILimits.blockingWriteBytes)
        while left > 0 {
            let piece = Int(min(left, UInt64(zeros.count)))
            let result = unsafe settle(sink.write(zeros.span.bytes.extracting(first: piece)))
            guard case .success = result else { return result }
            left -= UInt64(piece)
        }
        return .success(())
    }

    private func permit(_ count: UInt64) throws(Trap) {
        guard count <= permitted else {
            throw .host("write: \(count) bytes are more than the \(permitted) that were permitted")
        }
        permitted -= count
    }

    /// Begins to pass on what was written.
    package func flush() -> Result<Void, StreamError> {
        guard let sink else { return .failure(.closed) }
        permitted = 0
        return settle(sink.flush())
    }

    /// Passes on what was written, and waits until that is done.
    package func blockingFlush(on task: GuestTask) throws(Trap) -> Result<Void, StreamError> {
        let result = flush()
        guard case .success = result else { return result }
        return try waitForRoom(on: task).map { _ in }
    }

    /// Waits until something can be written; how much.
    private func waitForRoom(on task: GuestTask) throws(Trap) -> Result<UInt64, StreamError> {
        while true {
            let room = checkWrite()
            guard case .success(0) = room else { return room }
            try task.block(on: self)
        }
    }

    /// Writes all of `contents`, waiting for room as often as it takes.
    package func blockingWrite(
        _ contents: [UInt8],
        on task: GuestTask
    ) throws(Trap) -> Result<Void, StreamError> {
        var written = 0
        while written < contents.count {
            let room: UInt64
            switch try waitForRoom(on: task) {
            case .success(let count): room = count
            case .failure(let error): return .failure(error)
            }
            let end = written + Int(min(room, UInt64(contents.count - written)))
            let result = try unsafe write(contents.span.bytes.extracting(written..<end))
            guard case .success = result else { return result }
            written = end
        }
        return .success(())
    }

    /// Writes up to 4096 bytes and waits until they are passed on. Traps where there are more.
    package func blockingWriteAndFlush(
        _ contents: [UInt8],
        on task: GuestTask
    ) throws(Trap) -> Result<Void, StreamError> {
        guard contents.count <= WASILimits.blockingWriteBytes else {
            throw .host("blocking-write-and-flush: \(contents.count) bytes are more than 4096")
        }
        let result = try blockingWrite(contents, on: task)
        guard case .success = result else { return result }
        return try flushed(on: task)
    }

    /// Waits for a flush. A stream that closes when all is written has done what it was told.
    private func flushed(on task: GuestTask) throws(Trap) -> Result<Void, StreamError> {
        switch try blockingFlush(on: task) {
        case .failure(.closed): .success(())
        case let result: result
        }
    }

    /// Writes up to 4096 zeros and waits until they are passed on. Traps where there are more.
    package func blockingWriteZeroesAndFlush(
        _ count: UInt64,
        on task: GuestTask
    ) throws(Trap) -> Result<Void, StreamError> {
        guard count <= UInt64(WASILimits.blockingWriteBytes) else {
            throw .host("blocking-write-zeroes-and-flush: \(count) bytes are more than 4096")
        }
        return try blockingWriteAndFlush([UInt8](repeating: 0, count: Int(count)), on: task)
    }

    /// Moves up to `count` bytes from `source` to this stream; how many.
    package func splice(
        _ source: InputStream,
        _ count: UInt64
    ) throws(Trap) -> Result<UInt64, StreamError> {
        let room: UInt64
        switch checkWrite() {
        case .success(let permitted): room = permitted
        case .failure(let error): return .failure(error)
        }
        let most = min(room, count)
        guard most > 0 || count == 0 else { return .success(0) }
        switch source.read(most) {
        case .success(let bytes):
            return try unsafe write(bytes.span.bytes).map { UInt64(bytes.count) }
        case .failure(let error): return .failure(error)
        }
    }

    /// As `splice`, once this stream has room and `source` has bytes.
    package func blockingSplice(
        _ source: InputStream,
        _ count: UInt64,
        on task: GuestTask
    ) throws(Trap) -> Result<UInt64, StreamError> {
        while true {
            if case .failure(let error) = try waitForRoom(on: task) { return .failure(error) }
            let result = try splice(source, count)
            guard count > 0, case .success(0) = result else { return result }
            try task.block(on: source)
        }
    }

    /// Ready when `checkWrite` gives more than 0 or an error.
    package func subscribe() -> any Pollable { self }
}

extension OutputStream: Pollable {
    package var isReady: Bool { sink?.isReady ?? true }
    package func await(_ task: GuestTask) { sink?.await(task) }
    package func forget(_ task: GuestTask) { sink?.forget(task) }
}
