import Fiber
import Testing

/// A fiber is never dropped: it is resumed with `Cancelled` and unwinds.
@Suite struct CancellationTests {
    let pool = FiberPool()
    let census = Census()

    /// A body that suspends itself in `depth` nested functions, on the way in and on the way out, each
    /// with an object of its own.
    static func descend(_ depth: Int, _ census: Census) throws(Cancelled) -> UInt64 {
        let witness = census.witness()
        defer { withExtendedLifetime(witness) {} }
        _ = try Fiber.suspend()
        guard depth > 0 else { return 1 }
        let many = (0..<depth).map { _ in census.witness() }
        let below = try descend(depth - 1, census)
        _ = try Fiber.suspend()
        return below + UInt64(many.count)
    }

    @Test func itUnwindsFromEverySuspensionPoint() throws {
        let census = census
        let depth = 12
        for steps in 0...(2 * depth + 2) {
            do {
                let witness = census.witness()
                let fiber = try Fiber(on: pool) { () throws(Cancelled) in
                    let count = try Self.descend(depth, census)
                    return withExtendedLifetime(witness) { count }
                }
                for _ in 0..<steps { _ = fiber.resume() }
                #expect(fiber.hasEnded == (steps == 2 * depth + 2))
                #expect(census.living > 0)
            }
            #expect(census.living == 0, "after \(steps) steps")
            #expect(pool.liveCount == 0)
        }
        #expect(pool.idleCount == 1)
    }

    @Test func aBodyThatWasNeverEnteredIsNotRun() throws {
        let census = census
        do {
            let witness = census.witness()
            let fiber = try Fiber(on: pool) { () throws(Cancelled) in
                Issue.record("the body ran")
                return withExtendedLifetime(witness) { 0 }
            }
            fiber.cancel()
            #expect(fiber.hasEnded == true)
        }
        #expect(census.living == 0)
    }

    @Test func laterSuspensionsThrowAtOnce() throws {
        var thrown = 0
        let fiber = try Holder(pool) { () throws(Cancelled) in
            for _ in 0..<3 {
                do throws(Cancelled) { _ = try Fiber.suspend() } catch { thrown += 1 }
            }
            return try Fiber.suspend()
        }
        #expect(fiber.resume() == .suspended(0))
        fiber.fiber?.cancel()
        #expect(thrown == 3)
        #expect(fiber.fiber?.hasEnded == true)
        fiber.fiber?.cancel()
    }

    @Test func aBodyMayEndWellAllTheSame() throws {
        let fiber = try Fiber(on: pool) { () throws(Cancelled) in
            do throws(Cancelled) { return try Fiber.suspend() } catch { return 5 }
        }
        #expect(fiber.resume() == .suspended(0))
        fiber.cancel()
        #expect(fiber.hasEnded == true)
    }

    @Test func aFiberThatRunsIsCancelledAtItsNextSuspension() throws {
        let journal = Journal()
        var holder: Holder?
        holder = try Holder(pool) { () throws(Cancelled) in
            holder?.fiber?.cancel()
            journal.note("still runs")
            return try Fiber.suspend()
        }
        #expect(holder?.resume() == .cancelled)
        #expect(journal.entries == ["still runs"])
        holder = nil
        #expect(pool.liveCount == 0)
    }

    @Test func aHandleThatIsReplacedIsCancelled() throws {
        let (pool, census) = (pool, census)
        func body() throws(Cancelled) -> UInt64 {
            let witness = census.witness()
            let value = try Fiber.suspend()
            return withExtendedLifetime(witness) { value }
        }
        let holder = try Holder(pool, body)
        #expect(holder.resume() == .suspended(0))
        #expect(census.living == 1)
        holder.fiber = try Fiber(on: pool, body)
        #expect(census.living == 0)
        #expect(holder.resume() == .suspended(0))
        holder.fiber = nil
        #expect(census.living == 0)
        var holders = try (0..<3).map { _ in try Holder(pool, body) }
        for holder in holders { _ = holder.resume() }
        #expect(census.living == 3)
        holders.removeLast()
        #expect(census.living == 2)
        holders = []
        #expect(census.living == 0)
        #expect(pool.liveCount == 0)
    }

    @Test func aFiberTakesThoseItOwnsWithIt() throws {
        let (pool, census) = (pool, census)
        func tower(_ height: Int) throws(Cancelled) -> UInt64 {
            let witness = census.witness()
            defer { withExtendedLifetime(witness) {} }
            guard height > 0 else { return try Fiber.suspend() }
            guard let inner = try? Holder(pool, { () throws(Cancelled) in try tower(height - 1) })
            else { return 0 }
            _ = inner.resume()
            return try Fiber.suspend()
        }
        do {
            let fiber = try Fiber(on: pool) { () throws(Cancelled) in try tower(20) }
            #expect(fiber.resume() == .suspended(0))
            #expect(census.living == 21)
            #expect(pool.liveCount == 21)
        }
        #expect(census.living == 0)
        #expect(pool.liveCount == 0)
    }
}
