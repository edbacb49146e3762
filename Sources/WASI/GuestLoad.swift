import Reactor

/// Who waits for a turn on a loop: a guest that could go on, a request whose guest is to start.
package protocol TurnTaker: AnyObject {
    /// False of one who has gone meanwhile (`GuestShare.withdraw`).
    var wantsTurn: Bool { get }
    /// Its turn has come; it returns when a slice is over at the latest.
    func takeTurn()
}

/// What the guests of one loop could do at once: whose turn it is, and how long they take turns before
/// the loop looks at its events again.
///
/// Each component has a share. The next turn is that of the share which has had the least of the loop's
/// time, so that guests that take little do not wait behind the many of a component that takes much.
/// It belongs to its loop's thread.
package final class GuestLoad {
    /// Who waits for a turn.
    package private(set) var ready = 0
    /// Shares that somebody of waits.
    private var active: [GuestShare] = []
    /// Who asked for a turn while turns were taken: it comes behind the events that are ready.
    private var late: [(share: GuestShare, taker: any TurnTaker)] = []
    private var isTaking = false
    private var isScheduled = false
    /// The time that the share had which was the last to have a turn, before that turn.
    private var least: UInt64 = 0
    /// The loop's turn that `used` is of.
    private var turn = -1
    /// Nanoseconds that guests have had of it.
    private var used: UInt64 = 0

    package init() {}

    /// Has a taker wait for its turn.
    fileprivate func append(_ taker: any TurnTaker, _ share: GuestShare) {
        ready += 1
        if isTaking {
            late.append((share, taker))
        } else {
            enter(taker, share)
            schedule(share.loop)
        }
    }

    fileprivate func withdrawOne() { ready -= 1 }

    private func enter(_ taker: any TurnTaker, _ share: GuestShare) {
        if share.isEmpty {
            // Time in which it wanted nothing is not saved up.
            share.used = max(share.used, least)
            active.append(share)
        }
        share.takers.append(taker)
    }

    private func schedule(_ loop: EventLoop) {
        guard !isScheduled else { return }
        isScheduled = true
        loop.runAtEndOfTurn(self)
    }

    /// Whether one who wants a turn need not wait for it.
    fileprivate func isFree(_ loop: EventLoop) -> Bool {
        guard ready == 0, !isTaking else { return false }
        if turn != loop.turns {
            turn = loop.turns
            used = 0
        }
        return used < WASILimits.turnNanoseconds
    }

    fileprivate func give(_ taker: any TurnTaker, _ share: GuestShare) {
        let start = Instant.now
        taker.takeTurn()
        let time = Instant.now.since(start)
        least = max(least, share.used)
        share.used = least &+ time
        used &+= time
    }

    /// Takes out whose turn is next.
    private func popNext() -> (share: GuestShare, taker: any TurnTaker)? {
        while !active.isEmpty {
            var best = 0
            for index in active.indices where active[index].used < active[best].used {
                best = index
            }
            let share = active[best]
            let taker = share.popFirst()
            if share.isEmpty {
                active.swapAt(best, active.count - 1)
                active.removeLast()
            }
            guard let taker, taker.wantsTurn else { continue }
            ready -= 1
            return (share, taker)
        }
        return nil
    }
}

@available(*, unavailable)
extension GuestLoad: Sendable {}

extension GuestLoad: Watcher {
    package func ready(_ readiness: Readiness) {}

    package func turnEnds() {
        isScheduled = false
        isTaking = true
        var loop: EventLoop?
        repeat {
            guard let (share, taker) = popNext() else { break }
            loop = share.loop
            if turn != share.loop.turns {
                turn = share.loop.turns
                used = 0
            }
            give(taker, share)
        } while used < WASILimits.turnNanoseconds
        isTaking = false
        for (share, taker) in late { enter(taker, share) }
        late.removeAll(keepingCapacity: true)
        if ready > 0, let loop { schedule(loop) }
    }
}

/// The share of a loop's time that one component's guests have.
package final class GuestShare {
    fileprivate let load: GuestLoad
    fileprivate let loop: EventLoop
    /// Nanoseconds that its guests have had, or would have had if they had always wanted some.
    fileprivate var used: UInt64 = 0
    /// From `first` on: who waits, in the order in which they came.
    fileprivate var takers: [any TurnTaker] = []
    private var first = 0

    /// A share of the time of `loop`, whose guests take turns as `load` has them.
    package init(of load: GuestLoad = GuestLoad(), on loop: EventLoop) {
        self.load = load
        self.loop = loop
    }

    /// Has a taker wait for its turn, at the end of the loop's turn at the earliest.
    package func append(_ taker: any TurnTaker) { load.append(taker, self) }

    /// Gives a taker its turn now, where nobody waits for one and the loop's turn has been short so far;
    /// otherwise has it wait.
    package func take(_ taker: any TurnTaker) {
        if load.isFree(loop) { load.give(taker, self) } else { load.append(taker, self) }
    }

    /// One who waits wants no turn any more.
    package func withdraw() { load.withdrawOne() }

    fileprivate var isEmpty: Bool { first == takers.count }

    fileprivate func popFirst() -> (any TurnTaker)? {
        guard first < takers.count else { return nil }
        let taker = takers[first]
        first += 1
        // What is left is moved once for as many takers as are dropped.
        if first * 2 >= takers.count {
            takers.removeFirst(first)
            first = 0
        }
        return taker
    }
}

@available(*, unavailable)
extension GuestShare: Sendable {}
