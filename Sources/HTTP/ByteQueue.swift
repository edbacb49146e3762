// Bytes that wait: to be parsed, to be read by a handler, to be written to a socket.
//
// Unsafe here: the storage. Invariant: `base` is the start of `capacity` bytes owned by this queue,
// 0 <= start <= end <= capacity, and the bytes from start up to end are initialised.
#if canImport(Glibc)
import Glibc
#endif

/// The buffers of one loop, reused so that an idle connection holds none.
@safe
package final class BufferPool {
    /// The size of each pooled buffer.
    package let bufferBytes: Int
    private let kept: Int
    private var free: [UnsafeMutableRawPointer] = unsafe []

    /// A pool of buffers of `limits.bufferBytes` that keeps at most `limits.pooledBuffers` unused.
    package init(_ limits: Limits) {
        bufferBytes = limits.bufferBytes
        kept = limits.pooledBuffers
        unsafe free.reserveCapacity(kept)
    }

    deinit {
        while let buffer = unsafe free.popLast() { unsafe buffer.deallocate() }
    }

    fileprivate func take() -> UnsafeMutableRawPointer {
        if let buffer = unsafe free.popLast() { return unsafe buffer }
        return UnsafeMutableRawPointer.allocate(byteCount: bufferBytes, alignment: 16)
    }

    fileprivate func give(_ buffer: UnsafeMutableRawPointer) {
        guard unsafe free.count < kept else { return unsafe buffer.deallocate() }
        unsafe free.append(buffer)
    }
}

/// A queue of bytes that borrows a buffer of its pool while it holds any.
@safe
package struct ByteQueue: ~Copyable {
    private static let smallBytes = 512

    private let pool: BufferPool
    private var base: UnsafeMutableRawPointer?
    private var capacity = 0
    private var start = 0
    private var end = 0

    /// An empty queue.
    package init(_ pool: BufferPool) { self.pool = pool }

    deinit {
        guard let base = unsafe base else { return }
        if capacity == pool.bufferBytes { unsafe pool.give(base) } else { unsafe base.deallocate() }
    }

    /// Bytes held.
    package var count: Int { end &- start }

    /// Whether no byte is held.
    package var isEmpty: Bool { start == end }

    /// Bytes that the storage holds at the moment, used or not.
    package var allocated: Int { capacity }

    /// Gives the bytes held, oldest first, to `body`.
    package func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        unsafe body(
            UnsafeRawBufferPointer(
                start: base.map { unsafe UnsafeRawPointer($0) + start },
                count: count
            )
        )
    }

    /// Gives the bytes held, oldest first, to `body` as a span.
    package func withSpan<Result>(_ body: (RawSpan) -> Result) -> Result {
        unsafe withBytes { bytes in body(unsafe bytes.bytes) }
    }

    /// Forgets the first `count` bytes; the buffer goes back to its pool when none is left.
    package mutating func consume(_ count: Int) {
        precondition(count >= 0 && count <= self.count)
        start &+= count
        if start == end { release() }
    }

    /// Forgets everything.
    package mutating func removeAll() { release() }

    /// Has `body` write up to `minimum` bytes or more at the end, and keeps as many as it says.
    package mutating func withSpace(
        _ minimum: Int,
        _ body: (UnsafeMutableRawBufferPointer) -> Int
    ) -> Int {
        reserve(minimum)
        guard let base = unsafe base else { return 0 }
        let room = capacity &- end
        let written = unsafe body(UnsafeMutableRawBufferPointer(start: base + end, count: room))
        precondition(written >= 0 && written <= room)
        end &+= written
        if start == end { release() }
        return written
    }

    /// Appends bytes.
    package mutating func append(_ bytes: UnsafeRawBufferPointer) {
        guard bytes.count > 0, let source = bytes.baseAddress else { return }
        reserve(bytes.count)
        guard let base = unsafe base else { return }
        unsafe memcpy(base + end, source, bytes.count)
        end &+= bytes.count
    }

    /// Appends bytes.
    package mutating func append(_ bytes: RawSpan) {
        let count = bytes.byteCount
        guard count > 0 else { return }
        reserve(count)
        guard let base = unsafe base else { return }
        unsafe bytes.withUnsafeBytes { source in
            guard let address = source.baseAddress else { return }
            unsafe memcpy(base + end, address, count)
        }
        end &+= count
    }

    /// Appends bytes.
    package mutating func append(_ bytes: [UInt8]) { append(bytes.span) }

    /// Appends bytes.
    package mutating func append(_ bytes: Span<UInt8>) { unsafe append(bytes.bytes) }

    /// Appends the bytes of a literal.
    package mutating func append(_ text: StaticString) {
        unsafe append(UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    /// Appends one byte.
    package mutating func append(_ byte: UInt8) {
        reserve(1)
        guard let base = unsafe base else { return }
        unsafe base.storeBytes(of: byte, toByteOffset: end, as: UInt8.self)
        end &+= 1
    }

    /// Appends a number in base ten or sixteen.
    package mutating func append(number: UInt64, radix: UInt64 = 10) {
        var digits = InlineArray<20, UInt8>(repeating: 0)
        var index = 20
        var rest = number
        repeat {
            index &-= 1
            let digit = UInt8(truncatingIfNeeded: rest % radix)
            digits[index] = digit < 10 ? digit &+ 0x30 : digit &+ 0x57
            rest /= radix
        } while rest > 0
        append(digits.span.extracting(index..<20))
    }

    private mutating func release() {
        start = 0
        end = 0
        guard let base = unsafe base else { return }
        if capacity == pool.bufferBytes { unsafe pool.give(base) } else { unsafe base.deallocate() }
        unsafe self.base = nil
        capacity = 0
    }

    /// Makes room for `count` more bytes: by moving what is held to the front, or into larger
    /// storage.
    @inline(__always)
    private mutating func reserve(_ count: Int) {
        if capacity &- end < count { grow(count) }
    }

    @inline(never)
    private mutating func grow(_ more: Int) {
        let held = end &- start
        if let base = unsafe base, held + more <= capacity, start >= held {
            unsafe memcpy(base, base + start, held)
        } else {
            let (storage, size) = unsafe allocate(held + more)
            if let base = unsafe base {
                unsafe memcpy(storage, base + start, held)
                if capacity == pool.bufferBytes {
                    unsafe pool.give(base)
                } else {
                    unsafe base.deallocate()
                }
            }
            unsafe base = storage
            capacity = size
        }
        start = 0
        end = held
    }

    private func allocate(_ bytes: Int) -> (UnsafeMutableRawPointer, Int) {
        if bytes > ByteQueue.smallBytes && bytes <= pool.bufferBytes {
            return unsafe (pool.take(), pool.bufferBytes)
        }
        var size = ByteQueue.smallBytes
        while size < bytes { size *= 2 }
        return (.allocate(byteCount: size, alignment: 16), size)
    }
}
