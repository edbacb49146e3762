import Testing

@testable import HTTP

/// The queue of bytes and its pool.
@Suite struct ByteQueueTests {
    @Test func keepsOrderThroughGrowth() {
        let pool = BufferPool(Limits())
        var queue = ByteQueue(pool)
        var expected: [UInt8] = []
        var generator = SystemRandomNumberGenerator()
        for step in 0..<2_000 {
            let count = Int.random(in: 0...400, using: &generator)
            let bytes = [UInt8](repeating: UInt8(truncatingIfNeeded: step), count: count)
            queue.append(bytes)
            expected += bytes
            let consumed = Int.random(in: 0...min(300, expected.count), using: &generator)
            queue.consume(consumed)
            expected.removeFirst(consumed)
            #expect(queue.count == expected.count)
        }
        let content = queue.withSpan { span in
            (0..<span.byteCount).map { unsafe span.unsafeLoad(fromByteOffset: $0, as: UInt8.self) }
        }
        #expect(content == expected)
    }

    @Test func anEmptyQueueHoldsNoBuffer() {
        let pool = BufferPool(Limits())
        var queue = ByteQueue(pool)
        queue.append([UInt8](repeating: 1, count: 10_000))
        #expect(queue.allocated == pool.bufferBytes)
        queue.consume(10_000)
        #expect(queue.allocated == 0)
        _ = unsafe queue.withSpace(100) { _ in 0 }
        #expect(queue.allocated == 0)
    }

    @Test(arguments: [
        (0, 10, "0"), (1234567890, 10, "1234567890"), (255, 16, "ff"),
        (UInt64.max, 10, "18446744073709551615"),
    ])
    func numbers(_ number: UInt64, _ radix: UInt64, _ text: String) {
        var queue = ByteQueue(BufferPool(Limits()))
        queue.append(number: number, radix: radix)
        #expect(
            queue.withSpan { span in
                (0..<span.byteCount).map {
                    unsafe span.unsafeLoad(fromByteOffset: $0, as: UInt8.self)
                }
            } == Array(text.utf8)
        )
    }
}
