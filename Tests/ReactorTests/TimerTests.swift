import Testing

@testable import Reactor

private final class Recorder: Watcher {
    var fired: [TimerID] = []
    func ready(_ readiness: Readiness) {}
    func timerFired(_ timer: TimerID) { fired.append(timer) }
}

/// The heap of timers.
@Suite struct TimerTests {
    private func at(_ nanoseconds: Int) -> Instant { Instant(nanoseconds: UInt64(nanoseconds)) }

    @Test func comeInOrderOfDeadlines() {
        var heap = TimerHeap()
        let recorder = Recorder()
        var generator = SystemRandomNumberGenerator()
        var ids: [Int: TimerID] = [:]
        for deadline in Array(1...1000).shuffled(using: &generator) {
            ids[deadline] = heap.insert(at(deadline), recorder)
        }
        for deadline in 1...1000 {
            #expect(heap.next == at(deadline))
            let early = heap.popExpired(at(deadline - 1))
            let due = heap.popExpired(at(deadline))
            #expect(early == nil && due?.1 == ids[deadline])
        }
        #expect(heap.count == 0 && heap.next == nil)
    }

    @Test func cancelledOnesDoNotCome() {
        var heap = TimerHeap()
        let recorder = Recorder()
        let ids = (0..<100).map { heap.insert(at($0), recorder) }
        for index in stride(from: 0, to: 100, by: 2) { heap.remove(ids[index]) }
        var count = 0
        while let (_, id) = heap.popExpired(at(1000)) {
            #expect(id == ids[2 * count + 1])
            count += 1
        }
        #expect(count == 50)
    }

    @Test func staleNamesAreIgnored() {
        var heap = TimerHeap()
        let recorder = Recorder()
        let old = heap.insert(at(1), recorder)
        _ = heap.popExpired(at(1))
        let new = heap.insert(at(2), recorder)
        let removals = [heap.remove(old), heap.remove(new), heap.remove(new)]
        #expect(old != new && removals == [false, true, false])
    }

    @Test func takesAHundredThousand() {
        var heap = TimerHeap()
        let recorder = Recorder()
        var ids: [TimerID] = []
        for index in 0..<100_000 { ids.append(heap.insert(at(index &* 7919 % 100_003), recorder)) }
        for index in stride(from: 0, to: 100_000, by: 3) { heap.remove(ids[index]) }
        var last = Instant(nanoseconds: 0)
        while let next = heap.next {
            #expect(last <= next)
            last = next
            _ = heap.popExpired(next)
        }
    }
}
