import Reactor
import Synchronization

/// How much each loop has to compute, where all loops see it, and how to reach them. With the mailboxes
/// the one thing that loops share: numbers that only say where a request had better go.
final class RelayBoard: Sendable {
    private final class Place: Sendable {
        /// Requests that the loop's handler could go on with.
        let backlog = Atomic<Int>(0)
        /// Requests that were sent to the loop and have not begun there.
        let coming = Atomic<Int>(0)
        let mailbox = Mutex<Mailbox?>(nil)

        var load: Int { backlog.load(ordering: .relaxed) + coming.load(ordering: .relaxed) }
    }

    private let places: [Place]

    /// A board for `count` loops, none of which takes part yet.
    init(_ count: Int) { places = (0..<count).map { _ in Place() } }

    /// The loop with this place can be reached.
    func open(_ index: Int, _ mailbox: Mailbox) { places[index].mailbox.withLock { $0 = mailbox } }

    func publish(_ backlog: Int, at index: Int) {
        places[index].backlog.store(backlog, ordering: .relaxed)
    }

    /// The loop with this place takes no more requests of others.
    func close(_ index: Int) { places[index].mailbox.withLock { $0 = nil } }

    /// Whether requests are on their way to this loop.
    func hasComing(at index: Int) -> Bool { places[index].coming.load(ordering: .acquiring) > 0 }

    /// A request that was sent to this loop has begun there, or will not come.
    func arrived(at index: Int) { places[index].coming.subtract(1, ordering: .releasing) }

    /// The loop that has the least to do, if that is less than `backlog`; it is then expected to get
    /// one request more.
    func reserve(lessThan backlog: Int, except own: Int) -> (index: Int, mailbox: Mailbox)? {
        var best: (index: Int, load: Int)?
        for (index, place) in places.enumerated() where index != own {
            let load = place.load
            if load < best?.load ?? backlog { best = (index, load) }
        }
        guard let best, let mailbox = places[best.index].mailbox.withLock({ $0 }) else {
            return nil
        }
        places[best.index].coming.add(1, ordering: .relaxed)
        return (best.index, mailbox)
    }
}
