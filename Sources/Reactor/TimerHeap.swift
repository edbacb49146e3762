/// Names one scheduled timer; stale names are recognised and ignored.
package struct TimerID: Equatable, Sendable {
    let slot: UInt32
    let generation: UInt32
}

/// The timers of one loop: a binary heap by deadline, with each timer's place in it known, so that
/// scheduling and cancelling cost O(log n) and the next deadline O(1).
struct TimerHeap {
    struct Entry {
        var deadline: Instant
        var slot: UInt32
    }

    struct Slot {
        var watcher: (any Watcher)?
        var place: Int32
        var generation: UInt32
    }

    private(set) var heap: [Entry] = []
    private var slots: [Slot] = []
    private var free: [UInt32] = []

    var count: Int { heap.count }

    /// The earliest deadline, or none.
    var next: Instant? { heap.first?.deadline }

    mutating func insert(_ deadline: Instant, _ watcher: any Watcher) -> TimerID {
        let slot: UInt32
        if let reused = free.popLast() {
            slot = reused
        } else {
            slot = UInt32(slots.count)
            slots.append(Slot(watcher: nil, place: -1, generation: 0))
        }
        let index = Int(slot)
        slots[index].watcher = watcher
        slots[index].place = Int32(heap.count)
        heap.append(Entry(deadline: deadline, slot: slot))
        siftUp(heap.count - 1)
        return TimerID(slot: slot, generation: slots[index].generation)
    }

    /// Forgets a timer; false where it has fired or been cancelled already.
    @discardableResult
    mutating func remove(_ id: TimerID) -> Bool {
        let index = Int(id.slot)
        guard index < slots.count, slots[index].generation == id.generation,
            slots[index].place >= 0
        else { return false }
        removeFromHeap(at: Int(slots[index].place))
        release(index)
        return true
    }

    /// Takes the earliest timer out if its deadline is not after `now`.
    mutating func popExpired(_ now: Instant) -> ((any Watcher), TimerID)? {
        guard let first = heap.first, first.deadline <= now else { return nil }
        let index = Int(first.slot)
        removeFromHeap(at: 0)
        let id = TimerID(slot: first.slot, generation: slots[index].generation)
        let watcher = slots[index].watcher
        release(index)
        guard let watcher else { return nil }
        return (watcher, id)
    }

    private mutating func release(_ index: Int) {
        slots[index].watcher = nil
        slots[index].place = -1
        slots[index].generation &+= 1
        free.append(UInt32(index))
    }

    private mutating func removeFromHeap(at place: Int) {
        let last = heap.count - 1
        if place != last {
            heap.swapAt(place, last)
            slots[Int(heap[place].slot)].place = Int32(place)
        }
        heap.removeLast()
        guard place < heap.count else { return }
        siftDown(place)
        siftUp(place)
    }

    private mutating func siftUp(_ start: Int) {
        var place = start
        while place > 0 {
            let parent = (place - 1) / 2
            guard heap[place].deadline < heap[parent].deadline else { return }
            exchange(place, parent)
            place = parent
        }
    }

    private mutating func siftDown(_ start: Int) {
        var place = start
        while true {
            var least = place
            for child in (2 * place + 1)...(2 * place + 2) where child < heap.count {
                if heap[child].deadline < heap[least].deadline { least = child }
            }
            guard least != place else { return }
            exchange(place, least)
            place = least
        }
    }

    private mutating func exchange(_ left: Int, _ right: Int) {
        heap.swapAt(left, right)
        slots[Int(heap[left].slot)].place = Int32(left)
        slots[Int(heap[right].slot)].place = Int32(right)
    }
}
