import Glibc
import Testing
import Wasm

@testable import WASI

@Suite("wasi:clocks") struct ClockTests {
    let guests: Guests

    init() throws { guests = try Guests() }

    @Test func theMonotonicClockBeginsWithTheGuest() throws {
        let clock = MonotonicClock(on: guests.loop)
        #expect((1_000_000_000..<2_000_000_000).contains(clock.now))
        #expect(clock.now <= clock.now)
        #expect(clock.resolution > 0)
    }

    @Test func aTimerIsReadyWhenItsTimeHasCome() throws {
        let elapsed = try guests.result { (system) throws(Trap) in
            let begin = system.monotonicClock.now
            try system.task.block(on: system.monotonicClock.subscribeDuration(20_000_000))
            try system.task.block(on: system.monotonicClock.subscribeInstant(begin + 30_000_000))
            return system.monotonicClock.now - begin
        }
        #expect(elapsed >= 30_000_000)
        #expect(guests.loop.timerCount == 0)
    }

    @Test func aTimeThatNeverComesIsNoTimer() throws {
        let clock = MonotonicClock(on: guests.loop)
        let never = [clock.subscribeDuration(.max), clock.subscribeInstant(.max)]
        #expect(never.allSatisfy { !$0.isReady })
        let ready = try guests.result { (system) throws(Trap) in
            try system.task.poll(never + [system.monotonicClock.subscribeDuration(1_000_000)])
        }
        #expect(ready == [2])
        #expect(clock.subscribeInstant(0).isReady)
    }

    @Test func theWallClockIsTheSystems() {
        let now = WallClock().now
        #expect(abs(Int(now.seconds) - time(nil)) <= 1)
        #expect(now.nanoseconds < 1_000_000_000)
        #expect(now.timestamp.map { Datetime(timestamp: $0) } == now)
        #expect(Datetime(seconds: .max, nanoseconds: 0).timestamp == nil)
        #expect(WallClock().resolution.nanoseconds > 0)
    }
}

@Suite("wasi:random") struct RandomTests {
    @Test func randomBytesAreFresh() throws {
        let first = try Random.bytes(1000)
        #expect(first.count == 1000)
        #expect(try Random.bytes(1000) != first)
        #expect(try Random.bytes(0) == [])
        #expect(try Random.u64() != Random.u64())
        #expect(Set(first).count > 100)
    }

    @Test func tooMuchTraps() {
        #expect(throws: Trap.self) { try Random.bytes(UInt64(WASILimits.randomBytes) + 1) }
        var insecure = InsecureRandom(seed: (1, 2))
        #expect(throws: Trap.self) { try insecure.bytes(.max) }
    }

    @Test func insecureNumbersFollowFromTheSeed() throws {
        var left = InsecureRandom(seed: (1, 2))
        var right = InsecureRandom(seed: (1, 2))
        var other = InsecureRandom(seed: (1, 3))
        let numbers = try left.bytes(999)
        #expect(try right.bytes(999) == numbers)
        #expect(try other.bytes(999) != numbers)
        #expect(left.u64() == right.u64())
        #expect(left.seed == (1, 2))
    }
}
