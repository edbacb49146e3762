// Unsafe here: memchr within the bounds of a span.
#if canImport(Glibc)
import Glibc
#endif

/// Finds lines in bytes that come in pieces, without looking at any byte twice.
struct LineScanner {
    /// Bytes of the unfinished line that hold no line feed.
    private var scanned = 0

    /// The length of the line at `start`, its CRLF left out; nil where it is not complete yet.
    ///
    /// RFC 9112 section 2.2: a line ends in CRLF; neither CR nor LF stands alone.
    mutating func line(
        _ bytes: Span<UInt8>,
        from start: Int
    ) throws(RequestError) -> Int? {
        let from = start &+ scanned
        guard let feed = find(0x0A, bytes, from: from) else {
            // A CR at the very end may yet be followed by its LF.
            if let lone = find(0x0D, bytes, from: from) {
                guard lone == bytes.count &- 1 else { throw RequestError(.bareCarriageReturn) }
                scanned = lone &- start
            } else {
                scanned = bytes.count &- start
            }
            return nil
        }
        scanned = 0
        guard feed > start, bytes[feed &- 1] == 0x0D else { throw RequestError(.bareLineFeed) }
        return feed &- 1 &- start
    }

    private func find(_ byte: UInt8, _ bytes: Span<UInt8>, from start: Int) -> Int? {
        guard start < bytes.count else { return nil }
        return unsafe bytes.withUnsafeBytes { buffer in
            guard let base = buffer.baseAddress,
                let found = unsafe memchr(base + start, Int32(byte), buffer.count &- start)
            else { return nil }
            return unsafe base.distance(to: UnsafeRawPointer(found))
        }
    }
}
