import Fiber
import Glibc
import Testing

/// Goes down the stack without end, or until fewer than `reserve` bytes are left; gives how far.
@inline(never) @_optimize(none)
func descend(_ reserve: Int, _ depth: UInt64 = 0) -> UInt64 {
    guard Fiber.remainingStackBytes > reserve else { return depth }
    return max(descend(reserve, depth + 1), depth)
}

/// What a body may use of its stack, and what happens beyond.
@Suite struct StackTests {
    @Test func theRestOfTheStackIsKnown() throws {
        let pool = FiberPool(stackBytes: 128 << 10)
        let thread = Fiber.remainingStackBytes
        #expect(thread > 128 << 10)
        let fiber = try Fiber(on: pool) { () throws(Cancelled) in
            let before = Fiber.remainingStackBytes
            let value = try Fiber.suspend(UInt64(before))
            return UInt64(abs(before - Fiber.remainingStackBytes)) + value
        }
        guard case .suspended(let left) = fiber.resume() else {
            Issue.record("it did not suspend itself")
            return
        }
        #expect(left > 120 << 10 && left < 128 << 10)
        #expect(abs(Fiber.remainingStackBytes - thread) < 4_096)
        #expect(fiber.resume() == .finished(0))
    }

    @Test func aRecursionThatLooksEndsInTime() throws {
        let pool = FiberPool(stackBytes: 256 << 10)
        let fiber = try Fiber(on: pool) { () throws(Cancelled) in
            let first = descend(100 << 10)
            _ = try Fiber.suspend(first)
            return descend(50 << 10)
        }
        guard case .suspended(let first) = fiber.resume(),
            case .finished(let second) = fiber.resume()
        else {
            Issue.record("it did not come to its end")
            return
        }
        #expect(first > 100 && second > first)
    }

    @Test func aRecursionWithoutEndHitsTheGuard() async {
        let condition: ExitTest.Condition = isSanitized ? .failure : .signal(SIGSEGV)
        await #expect(processExitsWith: condition) {
            let pool = FiberPool()
            // The neighbours below are what an overflow without a guard would write to.
            try pool.fill(to: 16)
            let fiber = try Fiber(on: pool) { () throws(Cancelled) in descend(-1) }
            _ = fiber.resume()
            exit(0)
        }
    }

    @Test func workOnTheThreadsStackHasMoreRoom() throws {
        let pool = FiberPool()
        let thread = Fiber.remainingStackBytes
        let fiber = try Fiber(on: pool) { () throws(Cancelled) in
            var below = 0
            var onFiber = true
            Fiber.onThreadStack {
                below = Fiber.remainingStackBytes
                onFiber = Fiber.isCurrent
            }
            guard !onFiber, Fiber.isCurrent, abs(below - thread) < 4_096 else { return 0 }
            return try Fiber.suspend(1)
        }
        #expect(fiber.resume() == .suspended(1))
        #expect(fiber.resume(2) == .finished(2))
    }

    @Test func workOfANestedFiberIsDoneBelowAll() throws {
        let pool = FiberPool()
        let journal = Journal()
        let outer = try Fiber(on: pool) { () throws(Cancelled) in
            guard
                let inner = try? Holder(
                    pool,
                    { () throws(Cancelled) in
                        for step in 0..<3 as Range<UInt64> {
                            Fiber.onThreadStack {
                                journal.note("work \(step), on a fiber: \(Fiber.isCurrent)")
                            }
                            _ = try Fiber.suspend(step)
                        }
                        return 3
                    }
                )
            else { return 0 }
            while case .suspended(let step) = inner.resume() {
                journal.note("outer \(step)")
                _ = try Fiber.suspend(step)
            }
            return 4
        }
        for step in 0..<3 as Range<UInt64> { #expect(outer.resume() == .suspended(step)) }
        #expect(outer.resume() == .finished(4))
        #expect(
            journal.entries
                == (0..<3).flatMap { ["work \($0), on a fiber: false", "outer \($0)"] }
        )
        Fiber.onThreadStack { journal.note("without a fiber") }
        #expect(journal.entries.last == "without a fiber")
    }

    @Test func workMayUseFibersOfItsOwn() throws {
        let pool = FiberPool()
        let fiber = try Fiber(on: pool) { () throws(Cancelled) in
            var sum: UInt64 = 0
            Fiber.onThreadStack {
                let other = try? Holder(pool) { () throws(Cancelled) in try Fiber.suspend(1) }
                guard other?.resume() == .suspended(1) else { return }
                if case .finished(let value)? = other?.resume(41) { sum = value }
            }
            return try Fiber.suspend(sum) + sum
        }
        #expect(fiber.resume() == .suspended(41))
        #expect(fiber.resume(1) == .finished(42))
        #expect(pool.liveCount == 1)
    }
}
