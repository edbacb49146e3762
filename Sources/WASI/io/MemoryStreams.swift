/// Bytes that are all there from the start.
package final class MemorySource: InputSource {
    private let bytes: [UInt8]
    private var position = 0

    package init(_ bytes: [UInt8]) { self.bytes = bytes }

    package func read(_ count: Int) -> Result<[UInt8], StreamError> {
        guard position < bytes.count else { return .failure(.closed) }
        let end = position + min(count, bytes.count - position)
        defer { position = end }
        return .success(Array(bytes[position..<end]))
    }

    package var isReady: Bool { true }
    package func await(_ task: GuestTask) {}
    package func forget(_ task: GuestTask) {}
}

/// Takes bytes and keeps the first `limit` of them.
package final class MemorySink: OutputSink {
    /// What was written.
    package private(set) var bytes: [UInt8] = []
    private let limit: Int

    /// A sink that keeps `limit` bytes and drops what comes after them.
    package init(limit: Int = .max) { self.limit = limit }

    package func checkWrite() -> Result<Int, StreamError> { .success(WASILimits.permittedBytes) }

    package func write(_ contents: RawSpan) -> Result<Void, StreamError> {
        let kept = min(contents.byteCount, limit - bytes.count)
        unsafe contents.withUnsafeBytes { unsafe bytes.append(contentsOf: $0.prefix(kept)) }
        return .success(())
    }

    package func flush() -> Result<Void, StreamError> { .success(()) }

    package var isReady: Bool { true }
    package func await(_ task: GuestTask) {}
    package func forget(_ task: GuestTask) {}
}
