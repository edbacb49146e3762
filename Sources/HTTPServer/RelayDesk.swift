import HTTP
import Reactor

/// Where one loop's requests go to other loops, and theirs come in: a loop whose guests are computing
/// hands a request, before its guest starts, to a loop that has less to do, and the answer comes back
/// as messages. A message names an exchange by a number that means something to one desk only.
final class RelayDesk {
    private unowned let worker: Worker
    private let board: RelayBoard
    private let index: Int
    private var published = 0
    private var next: UInt64 = 0
    /// Exchanges of this loop that others answer.
    private var home: [UInt64: HomeExchange] = [:]
    /// Exchanges of other loops that are answered here.
    private var visiting: [UInt64: VisitingExchange] = [:]

    init(_ worker: Worker, _ board: RelayBoard, _ index: Int) {
        self.worker = worker
        self.board = board
        self.index = index
    }

    /// Tells the other loops how much there is to compute here.
    func publish(_ backlog: Int) {
        guard backlog != published else { return }
        published = backlog
        board.publish(backlog, at: index)
    }

    /// Whether no request of another loop is answered here or on its way.
    var isIdle: Bool { visiting.isEmpty && !board.hasComing(at: index) }

    /// Takes no more requests of other loops.
    func close() { board.close(index) }

    /// Ends what is answered here for others.
    func cut() {
        for visit in Array(visiting.values) { visit.receive(.cancelled(.shutdown)) }
    }

    /// The desk of the loop that a message is run on.
    private static func of(_ loop: EventLoop) -> RelayDesk? { (loop.owner as? Worker)?.desk }

    // MARK: At home

    /// Hands the exchange over if another loop had better answer it.
    func handsOver(_ exchange: Exchange, _ worker: Worker) -> Bool {
        let backlog = worker.handler.backlog
        guard backlog > 0, !worker.isDraining,
            let place = board.reserve(lessThan: backlog, except: index)
        else {
            return false
        }
        let number = next
        next += 1
        let away = place.mailbox
        let origin = Origin(mailbox: worker.loop.mailbox, desk: index, number: number)
        let relayed = HomeExchange(exchange, worker.context.pool) { message in
            away.post { RelayDesk.of($0)?.receive(message, from: origin) }
        } ended: { [weak self] in
            self?.home[number] = nil
        }
        home[number] = relayed
        let request = exchange.request
        let peer = exchange.peer
        let accepted = away.post { RelayDesk.of($0)?.begin(request, peer, origin) }
        guard accepted else {
            board.arrived(at: place.index)
            exchange.observer = nil
            home[number] = nil
            return false
        }
        return true
    }

    private func receive(_ message: RelayedResponse, number: UInt64) {
        home[number]?.receive(message)
    }

    // MARK: Visiting

    /// Whose exchange it is.
    private struct Origin: Sendable {
        let mailbox: Mailbox
        let desk: Int
        let number: UInt64

        /// Below 2^16 loops.
        var key: UInt64 { number << 16 | UInt64(desk) }
    }

    private func begin(_ request: RequestHead, _ peer: Peer, _ origin: Origin) {
        let number = origin.number
        let key = origin.key
        let visit = VisitingExchange(request, peer, worker.context) { message in
            origin.mailbox.post { RelayDesk.of($0)?.receive(message, number: number) }
        } ended: { [weak self] in
            self?.ended(key)
        }
        visiting[key] = visit
        worker.handler.handle(visit.exchange)
        publish(worker.handler.backlog)
        board.arrived(at: index)
    }

    private func ended(_ key: UInt64) {
        visiting[key] = nil
        worker.visitEnded()
    }

    private func receive(_ message: RelayedRequest, from origin: Origin) {
        visiting[origin.key]?.receive(message)
    }
}
