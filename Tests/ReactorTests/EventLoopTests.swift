import Glibc
import Synchronization
import Testing

@testable import Reactor

/// A watcher made of closures.
private final class Probe: Watcher {
    var onReady: (Readiness) -> Void = { _ in }
    var onTimer: (TimerID) -> Void = { _ in }
    var onTurn: () -> Void = {}
    func ready(_ readiness: Readiness) { onReady(readiness) }
    func timerFired(_ timer: TimerID) { onTimer(timer) }
    func turnEnds() { onTurn() }
}

/// A loop's descriptors, timers and messages.
@Suite struct EventLoopTests {
    private func pair() -> (Int32, Int32) {
        var ends: [Int32] = [-1, -1]
        _ = unsafe socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends)
        return (ends[0], ends[1])
    }

    @Test func tellsOfReadiness() throws {
        let loop = try EventLoop()
        let (here, there) = pair()
        defer { close(here); close(there) }
        let probe = Probe()
        var seen: [Readiness] = []
        probe.onReady = { seen.append($0) }
        let registration = try loop.watch(here, .readable, probe)
        loop.turn(atMost: 0)
        #expect(seen.isEmpty)
        _ = unsafe write(there, "x", 1)
        loop.turn(atMost: 100)
        loop.turn(atMost: 100)
        #expect(seen == [.readable, .readable], "level-triggered")
        loop.rewatch(here, .writable, registration)
        loop.turn(atMost: 100)
        #expect(seen.last == .writable)
        loop.unwatch(here, registration)
        loop.turn(atMost: 0)
        #expect(seen.count == 3)
    }

    @Test func staleEventsAreDropped() throws {
        let loop = try EventLoop()
        let (a, peerA) = pair()
        let (b, peerB) = pair()
        defer { for descriptor in [a, b, peerA, peerB] { close(descriptor) } }
        let first = Probe()
        let second = Probe()
        let newcomer = Probe()
        var registrations: [Registration] = []
        var calls = 0
        var newcomerCalls = 0
        newcomer.onReady = { _ in newcomerCalls += 1 }
        // Whichever comes first takes both out and registers another in a freed slot, within the
        // turn for which both events are already queued.
        let takeBoth: (Readiness) -> Void = { _ in
            calls += 1
            guard calls == 1 else { return }
            loop.unwatch(a, registrations[0])
            loop.unwatch(b, registrations[1])
            _ = try? loop.watch(b, .writable, newcomer)
        }
        first.onReady = takeBoth
        second.onReady = takeBoth
        registrations = [try loop.watch(a, .readable, first), try loop.watch(b, .readable, second)]
        _ = unsafe write(peerA, "x", 1)
        _ = unsafe write(peerB, "x", 1)
        loop.turn(atMost: 100)
        #expect(calls == 1 && newcomerCalls == 0)
        loop.turn(atMost: 100)
        #expect(newcomerCalls == 1)
    }

    @Test func timersFireAndWakeTheLoop() throws {
        let loop = try EventLoop()
        let probe = Probe()
        var fired: [TimerID] = []
        probe.onTimer = { fired.append($0) }
        let start = Instant.now
        let late = loop.schedule(start.after(milliseconds: 30), probe)
        let early = loop.schedule(start.after(milliseconds: 10), probe)
        let never = loop.schedule(start.after(milliseconds: 20), probe)
        loop.cancel(never)
        while fired.count < 2 { loop.turn() }
        #expect(fired == [early, late])
        #expect(Instant.now.since(start) >= 30_000_000)
    }

    @Test func deferredWorkRunsAtTheEndOfTheTurnAndNeverRecursively() throws {
        let loop = try EventLoop()
        let probe = Probe()
        var runs: [Int] = []
        probe.onTurn = {
            runs.append(loop.turns)
            if runs.count < 3 { loop.runAtEndOfTurn(probe) }
        }
        loop.runAtEndOfTurn(probe)
        for _ in 0..<5 { loop.turn(atMost: 0) }
        #expect(runs == [1, 2, 3])
    }

    @Test func deferredWorkIsBoundedPerTurn() throws {
        var limits = LoopLimits()
        limits.deferredPerTurn = 10
        let loop = try EventLoop(limits: limits)
        var runs = 0
        let probes = (0..<25).map { _ in Probe() }
        for probe in probes {
            probe.onTurn = { runs += 1 }
            loop.runAtEndOfTurn(probe)
        }
        var counts: [Int] = []
        for _ in 0..<4 {
            loop.turn(atMost: 0)
            counts.append(runs)
        }
        #expect(counts == [10, 20, 25, 25])
    }

    @Test func messagesComeFromOtherThreads() throws {
        let mailbox = Mutex<Mailbox?>(nil)
        let count = Atomic<Int>(0)
        let ready = Answer<Bool>()
        try withExtendedLifetime(ready) {
            let thread = try LoopThread(name: "test", core: nil) {
                guard let loop = try? EventLoop() else { return ready.give(false) }
                mailbox.withLock { $0 = loop.mailbox }
                ready.give(true)
                loop.run()
            }
            #expect(ready.wait())
            let box = mailbox.withLock { $0 }
            for _ in 0..<10_000 { box?.post { _ in } }
            let done = Answer<Int>()
            for number in 1...1000 {
                box?.post { loop in
                    if number == 1000 {
                        done.give(number)
                        loop.stop()
                    }
                }
            }
            #expect(done.wait() == 1000)
            thread.join()
            #expect(box?.post { _ in } == false, "a loop that ended takes no message")
        }
        #expect(count.load(ordering: .relaxed) == 0)
    }
}
