import Fiber
import Testing

/// A fiber and its resumer take turns.
@Suite struct SwitchTests {
    let pool = FiberPool()
    let journal = Journal()

    @Test func bodiesRunInTurnWithTheirResumers() throws {
        let journal = journal
        let fiber = try Fiber(on: pool) { () throws(Cancelled) in
            journal.note("body begins")
            _ = try Fiber.suspend()
            journal.note("body goes on")
            return 0
        }
        journal.note("made")
        #expect(fiber.resume() == .suspended(0))
        journal.note("suspended")
        #expect(fiber.resume() == .finished(0))
        journal.note("finished")
        #expect(
            journal.entries
                == ["made", "body begins", "suspended", "body goes on", "finished"]
        )
        #expect(fiber.hasEnded == true)
    }

    @Test func numbersPassBothWays() throws {
        let fiber = try Fiber(on: pool) { () throws(Cancelled) in
            var sum: UInt64 = 0
            for step in 1...100 as ClosedRange<UInt64> { sum += try Fiber.suspend(step) }
            return sum
        }
        var outcome = fiber.resume(.max)
        for step in 1...100 as ClosedRange<UInt64> {
            #expect(outcome == .suspended(step))
            outcome = fiber.resume(step * step)
        }
        #expect(outcome == .finished(338_350))
    }

    @Test func allBitsOfANumberPass() throws {
        let fiber = try Fiber(on: pool) { () throws(Cancelled) in
            try Fiber.suspend(.max) &+ 1
        }
        #expect(fiber.resume() == .suspended(.max))
        #expect(fiber.resume(.max) == .finished(0))
    }

    @Test func aSuspensionGoesToTheInnermostResumer() throws {
        let (pool, journal) = (pool, journal)
        let outer = try Fiber(on: pool) { () throws(Cancelled) in
            guard
                let inner = try? Holder(
                    pool,
                    { () throws(Cancelled) in
                        journal.note("inner")
                        return try Fiber.suspend(1) + 100
                    }
                )
            else { return 0 }
            guard inner.resume() == .suspended(1) else { return 1 }
            journal.note("outer")
            let value = try Fiber.suspend(2)
            guard inner.resume(value) == .finished(value + 100) else { return 2 }
            return 3
        }
        #expect(outer.resume() == .suspended(2))
        #expect(journal.entries == ["inner", "outer"])
        #expect(outer.resume(7) == .finished(3))
        #expect(pool.liveCount == 1)
    }

    @Test func fibersNestDeeply() throws {
        let pool = pool
        func nested(_ depth: UInt64) -> UInt64 {
            guard depth > 0 else { return 1 }
            guard let inner = try? Holder(pool, { () throws(Cancelled) in nested(depth - 1) })
            else { return 0 }
            guard case .finished(let value) = inner.resume() else { return 0 }
            return value + 1
        }
        #expect(nested(200) == 201)
        #expect(pool.liveCount == 0)
    }

    @Test func anInnerFiberIsResumedFromAnotherPlace() throws {
        let pool = pool
        let inner = try Holder(pool) { () throws(Cancelled) in
            try Fiber.suspend(1) + Fiber.suspend(2)
        }
        #expect(inner.resume() == .suspended(1))
        let outer = try Fiber(on: pool) { () throws(Cancelled) in
            guard inner.resume(10) == .suspended(2) else { return 0 }
            return try Fiber.suspend(3)
        }
        #expect(outer.resume() == .suspended(3))
        #expect(inner.resume(20) == .finished(30))
        #expect(outer.resume(4) == .finished(4))
    }

    @Test func manyFibersLiveAtOnce() throws {
        let count = isSanitized ? 500 : 10_000
        let fibers = try (0..<count).map { index in
            try Holder(pool) { () throws(Cancelled) in
                var value = UInt64(index)
                for _ in 0..<3 { value += try Fiber.suspend(value) }
                return value
            }
        }
        #expect(pool.liveCount == count)
        for round in 0..<3 {
            for (index, holder) in fibers.enumerated() {
                let expected = Fiber.Outcome.suspended(UInt64(index + round))
                if holder.resume(1) != expected { Issue.record("fiber \(index) in \(round)") }
            }
        }
        for (index, holder) in fibers.enumerated()
        where holder.resume(1) != .finished(UInt64(index + 3)) {
            Issue.record("fiber \(index) at its end")
        }
        for holder in fibers { holder.fiber = nil }
        #expect(pool.liveCount == 0)
        #expect(pool.idleCount == min(count, pool.idleLimit))
    }

    @Test func aBodyKnowsThatItIsOnAFiber() throws {
        #expect(!Fiber.isCurrent)
        let fiber = try Fiber(on: pool) { () throws(Cancelled) in
            let first = Fiber.isCurrent
            _ = try Fiber.suspend()
            return first && Fiber.isCurrent ? 1 : 0
        }
        #expect(fiber.resume() == .suspended(0))
        #expect(!Fiber.isCurrent)
        #expect(fiber.resume() == .finished(1))
    }

    @Test func eachThreadHasItsFibers() throws {
        onAnotherThread {
            let pool = FiberPool()
            let fiber = try? Holder(pool) { () throws(Cancelled) in try Fiber.suspend(1) }
            #expect(fiber?.resume() == .suspended(1))
            #expect(!Fiber.isCurrent)
            #expect(fiber?.resume(2) == .finished(2))
        }
        let fiber = try Fiber(on: pool) { () throws(Cancelled) in
            onAnotherThread { #expect(!Fiber.isCurrent) }
            return 1
        }
        #expect(fiber.resume() == .finished(1))
    }

    @Test func floatingPointStateIsTheFibersOwn() throws {
        let fiber = try Fiber(on: pool) { () throws(Cancelled) in
            var sum = 0.0
            for _ in 0..<10 { sum += Double(bitPattern: try Fiber.suspend()) }
            return sum.bitPattern
        }
        var outcome = fiber.resume()
        for step in 0..<10 { outcome = fiber.resume((Double(step) / 3).bitPattern) }
        let sum = (0..<10).reduce(0.0) { $0 + Double($1) / 3 }
        #expect(outcome == .finished(sum.bitPattern))
    }
}
