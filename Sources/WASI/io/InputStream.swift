import Wasm

/// Where the bytes of an input stream come from. It is ready when `read` has something to say.
package protocol InputSource: Pollable {
    /// Up to `count` bytes, at least one, that are there now; none where none are there yet; `closed`
    /// at the end. Never waits.
    func read(_ count: Int) -> Result<[UInt8], StreamError>
    /// Bytes that it holds at most until they are read.
    var heldBytes: Int { get }
}

extension InputSource {
    package var heldBytes: Int { 0 }
}

/// An input bytestream.
/// Spec: wasi:io/streams#input-stream
package final class InputStream {
    /// Nil once the stream is closed.
    private var source: (any InputSource)?

    package init(_ source: any InputSource) { self.source = source }

    /// Bytes that it holds at most until they are read.
    var heldBytes: Int { source?.heldBytes ?? 0 }

    /// A stream at its end.
    package init() {}

    /// Up to `count` bytes, `WASILimits.readBytes` at most; none where none are there yet.
    package func read(_ count: UInt64) -> Result<[UInt8], StreamError> {
        guard let source else { return .failure(.closed) }
        guard count > 0 else { return .success([]) }
        let result = source.read(Int(min(count, UInt64(WASILimits.readBytes))))
        if case .failure = result { self.source = nil }
        return result
    }

    /// As `read`, once there is at least one byte.
    package func blockingRead(
        _ count: UInt64,
        on task: GuestTask
    ) throws(Trap) -> Result<[UInt8], StreamError> {
        while true {
            let result = read(count)
            guard count > 0, case .success(let bytes) = result, bytes.isEmpty else { return result }
            try task.block(on: self)
        }
    }

    /// As `read`; only how many bytes there were.
    package func skip(_ count: UInt64) -> Result<UInt64, StreamError> {
        read(count).map { UInt64($0.count) }
    }

    /// As `blockingRead`; only how many bytes there were.
    package func blockingSkip(
        _ count: UInt64,
        on task: GuestTask
    ) throws(Trap) -> Result<UInt64, StreamError> {
        try blockingRead(count, on: task).map { UInt64($0.count) }
    }

    /// Ready when bytes are there, or the stream is closed.
    package func subscribe() -> any Pollable { self }
}

extension InputStream: Pollable {
    package var isReady: Bool { source?.isReady ?? true }
    package func await(_ task: GuestTask) { source?.await(task) }
    package func forget(_ task: GuestTask) { source?.forget(task) }
}
