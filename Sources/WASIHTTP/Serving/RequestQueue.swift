import HTTP
import Reactor

/// Requests that wait for an instance, first come first served.
///
/// The loop's timer looks at the first of them only: all may wait for the same time.
final class RequestQueue {
    /// A request that waits.
    final class Entry: ExchangeObserver {
        fileprivate(set) var exchange: Exchange?
        fileprivate let arrived: Instant
        fileprivate let deadline: Instant
        private unowned let queue: RequestQueue

        fileprivate init(_ exchange: Exchange, _ arrived: Instant, _ queue: RequestQueue) {
            self.exchange = exchange
            self.arrived = arrived
            deadline = arrived.after(milliseconds: queue.milliseconds)
            self.queue = queue
        }

        func exchangeReadable(_ exchange: Exchange) {}
        func exchangeWritable(_ exchange: Exchange) {}

        func exchangeCancelled(_ exchange: Exchange, _ reason: HTTP.Cancellation) {
            self.exchange = nil
            queue.oneIsGone()
        }
    }

    /// A request, and since when it has waited.
    typealias Waited = (exchange: Exchange, arrived: Instant)

    private let loop: EventLoop
    private let limit: Int
    fileprivate let milliseconds: Int
    private let expired: (Waited) -> Void
    /// From `first` on; those whose client has vanished have no exchange.
    private var entries: [Entry] = []
    private var first = 0
    private var timer: TimerID?
    /// Requests that wait.
    private(set) var count = 0

    /// A queue for `limit` requests, each of which may wait for so long; `expired` is given those that
    /// did.
    init(
        on loop: EventLoop,
        limit: Int,
        milliseconds: Int,
        expired: @escaping (Waited) -> Void
    ) {
        self.loop = loop
        self.limit = limit
        self.milliseconds = milliseconds
        self.expired = expired
    }

    var isEmpty: Bool { count == 0 }

    /// Has a request wait; false where too many do already.
    func append(_ exchange: Exchange) -> Bool {
        guard count < limit else { return false }
        let entry = Entry(exchange, Instant.now, self)
        exchange.observer = entry
        entries.append(entry)
        count += 1
        if timer == nil { timer = loop.schedule(entry.deadline, self) }
        return true
    }

    /// The request that has waited longest, and since when.
    func popFirst() -> Waited? {
        while first < entries.count {
            let entry = entries[first]
            first += 1
            if first == entries.count || first > 1_024 {
                entries.removeFirst(first)
                first = 0
            }
            guard let exchange = entry.exchange else { continue }
            entry.exchange = nil
            exchange.observer = nil
            count -= 1
            return (exchange, entry.arrived)
        }
        return nil
    }

    fileprivate func oneIsGone() { count -= 1 }

    /// When the first of those that wait has waited enough.
    private var nextDeadline: Instant? {
        for index in first..<entries.count where entries[index].exchange != nil {
            return entries[index].deadline
        }
        return nil
    }
}

extension RequestQueue: Watcher {
    func ready(_ readiness: Readiness) {}

    func timerFired(_ timer: TimerID) {
        self.timer = nil
        while let deadline = nextDeadline {
            guard deadline <= loop.now else {
                self.timer = loop.schedule(deadline, self)
                return
            }
            if let first = popFirst() { expired(first) }
        }
    }
}
