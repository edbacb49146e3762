import Reactor
import Testing

@testable import WASI

@Suite struct GuestLoadTests {
    let loop: EventLoop
    let load = GuestLoad()

    init() throws { loop = try EventLoop() }

    /// Takes a turn of so many nanoseconds at least.
    final class Taker: TurnTaker {
        var wantsTurn = true
        private let body: () -> Void
        private let length: UInt64

        init(_ length: UInt64 = 0, _ body: @escaping () -> Void) {
            self.body = body
            self.length = length
        }

        func takeTurn() {
            let start = Instant.now
            body()
            while Instant.now.since(start) < length {}
        }
    }

    @Test func whoComesFirstHasTheTurnAtOnce() {
        var count = 0
        GuestShare(of: load, on: loop).take(Taker { count += 1 })
        #expect(count == 1)
        #expect(load.ready == 0)
    }

    @Test func aTurnOfTheLoopIsSharedOutOnce() {
        let share = GuestShare(of: load, on: loop)
        var order: [Int] = []
        for number in 1...4 {
            share.take(Taker(WASILimits.turnNanoseconds) { order.append(number) })
        }
        #expect(order == [1], "the others wait for the end of the loop's turn")
        #expect(load.ready == 3)
        for number in 2...4 {
            loop.turn(atMost: 0)
            #expect(order == Array(1...number))
        }
        #expect(load.ready == 0)
    }

    @Test func theShareThatHadLeastIsNext() {
        let heavy = GuestShare(of: load, on: loop)
        let light = GuestShare(of: load, on: loop)
        var order: [String] = []
        for _ in 0..<6 { heavy.append(Taker(WASILimits.turnNanoseconds) { order.append("heavy") }) }
        for _ in 0..<3 { loop.turn(atMost: 0) }
        light.append(Taker { order.append("light") })
        loop.turn(atMost: 0)
        #expect(order[..<4] == ["heavy", "heavy", "heavy", "light"])
    }

    @Test func timeInWhichNothingWasWantedIsNotSavedUp() {
        let busy = GuestShare(of: load, on: loop)
        let idle = GuestShare(of: load, on: loop)
        for _ in 0..<20 {
            busy.take(Taker(WASILimits.turnNanoseconds) {})
            loop.turn(atMost: 0)
        }
        var order: [String] = []
        for _ in 0..<5 {
            idle.append(Taker(WASILimits.turnNanoseconds * 2) { order.append("idle") })
            busy.append(Taker(WASILimits.turnNanoseconds) { order.append("busy") })
        }
        for _ in 0..<10 { loop.turn(atMost: 0) }
        #expect(order.count == 10)
        #expect(order[..<5].contains("busy"), "\(order)")
    }

    @Test func whoHasGoneHasNoTurn() {
        let share = GuestShare(of: load, on: loop)
        var order: [Int] = []
        let takers = (0..<3).map { number in Taker { order.append(number) } }
        for taker in takers { share.append(taker) }
        takers[1].wantsTurn = false
        share.withdraw()
        #expect(load.ready == 2)
        loop.turn(atMost: 0)
        #expect(order == [0, 2])
        #expect(load.ready == 0)
    }

    @Test func whoAsksAgainWithinATurnComesBehindTheEvents() {
        let share = GuestShare(of: load, on: loop)
        var count = 0
        final class Again: TurnTaker {
            let wantsTurn = true
            let body: (Again) -> Void
            init(_ body: @escaping (Again) -> Void) { self.body = body }
            func takeTurn() { body(self) }
        }
        share.append(
            Again { taker in
                count += 1
                if count < 3 { share.append(taker) }
            }
        )
        for number in 1...3 {
            loop.turn(atMost: 0)
            #expect(count == number)
        }
    }
}
