import Fiber
import Glibc
import Testing

/// The stacks of a thread's fibers: bounded, reused, given back.
@Suite(.serialized) struct PoolTests {
    static func nothing() throws(Cancelled) -> UInt64 { 0 }
    static func wait() throws(Cancelled) -> UInt64 { try Fiber.suspend() }

    @Test func itRefusesMoreThanItsLimit() throws {
        let pool = FiberPool(limit: 2)
        let first = try Holder(pool, Self.wait)
        let second = try Holder(pool, Self.wait)
        #expect(throws: FiberError.tooManyFibers(limit: 2)) { try Holder(pool, Self.wait) }
        first.fiber = nil
        let third = try Holder(pool, Self.wait)
        #expect(third.resume() == .suspended(0))
        #expect(second.resume() == .suspended(0))
        #expect(pool.liveCount == 2)
    }

    @Test func itGivesOutStacksAgain() throws {
        let pool = FiberPool()
        for _ in 0..<1_000 {
            let fiber = try Fiber(on: pool, Self.wait)
            #expect(fiber.resume() == .suspended(0))
        }
        #expect(pool.idleCount == 1)
        #expect(pool.liveCount == 0)
    }

    @Test func itKeepsNoMoreThanItMay() throws {
        let pool = FiberPool(idleLimit: 3)
        var fibers = try (0..<10).map { _ in try Holder(pool, Self.wait) }
        for fiber in fibers { _ = fiber.resume() }
        #expect(pool.idleCount == 0)
        fibers = []
        #expect(pool.idleCount == 3)
        pool.drain(to: 5)
        #expect(pool.idleCount == 3)
        pool.drain(to: 1)
        #expect(pool.idleCount == 1)
        pool.drain()
        #expect(pool.idleCount == 0)
    }

    @Test func itIsFilledAhead() throws {
        let pool = FiberPool(idleLimit: 8)
        try pool.fill(to: 5)
        #expect(pool.idleCount == 5)
        try pool.fill(to: 100)
        #expect(pool.idleCount == 8)
        let fiber = try Fiber(on: pool, Self.nothing)
        #expect(pool.idleCount == 7)
        #expect(fiber.resume() == .finished(0))
    }

    @Test func itLivesAsLongAsItsFibers() throws {
        let fiber: Holder
        do {
            let pool = FiberPool()
            fiber = try Holder(pool, Self.wait)
        }
        #expect(fiber.resume() == .suspended(0))
        #expect(fiber.resume(9) == .finished(9))
        fiber.fiber = nil
    }

    @Test func sizesAreBroughtIntoRange() {
        #expect(FiberPool(stackBytes: -5).stackBytes == FiberLimits.stackBytesRange.lowerBound)
        #expect(FiberPool(stackBytes: .max).stackBytes == FiberLimits.stackBytesRange.upperBound)
        #expect(FiberPool(stackBytes: 70_000).stackBytes == 73_728)
    }

    @Test(.enabled(if: !isSanitized, "sanitizers map memory of their own"))
    func mappingsReturnToWhatTheyWere() async {
        await #expect(processExitsWith: .success) {
            func use(_ count: Int) throws {
                let pool = FiberPool()
                let fibers = try (0..<count).map { _ in try Holder(pool, PoolTests.wait) }
                for fiber in fibers { _ = fiber.resume() }
            }
            try use(1_000)
            let before = mappingCount()
            for _ in 0..<20 { try use(1_000) }
            exit(abs(mappingCount() - before) < 10 ? 0 : 2)
        }
    }

    @Test(.enabled(if: !isSanitized, "sanitizers need all address space"))
    func withoutAddressSpaceItRefuses() async {
        await #expect(processExitsWith: .success) {
            let pool = FiberPool(stackBytes: 1 << 20)
            var bound = rlimit(rlim_cur: 4 << 30, rlim_max: 4 << 30)
            guard unsafe setrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &bound) == 0
            else { exit(2) }
            var fibers: [Holder] = []
            do throws(FiberError) {
                while true { fibers.append(try Holder(pool, PoolTests.wait)) }
            } catch {
                guard error == .noStack(bytes: 1 << 20), fibers.count > 100 else { exit(3) }
            }
            let count = fibers.count
            for fiber in fibers { guard fiber.resume() == .suspended(0) else { exit(4) } }
            fibers = []
            pool.drain()
            for _ in 0..<count / 2 { fibers.append(try Holder(pool, PoolTests.wait)) }
            for fiber in fibers { guard fiber.resume() == .suspended(0) else { exit(5) } }
            exit(0)
        }
    }

    @Test func errorsSayWhatIsMissing() {
        #expect(
            FiberError.tooManyFibers(limit: 3).description
                == "there are 3 fibers, the most there may be"
        )
        #expect(
            FiberError.noStack(bytes: 65_536).description
                == "the system has no room for a stack of 65536 bytes"
        )
    }
}
