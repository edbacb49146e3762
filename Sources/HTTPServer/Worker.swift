import Glibc
import HTTP
import Reactor
import TLS

/// One loop with all that belongs to it: listeners, connections, handler, counters, log.
package final class Worker {
    /// The loop.
    package let loop: EventLoop
    let context: ProtocolContext
    let handler: any Handler
    var counters = Counters()
    let log: AccessLog?
    /// When connections that have brought nothing are closed in a drain; never outside of one.
    private(set) var drainEnd = UInt64.max
    private(set) var isDraining = false
    private(set) var connections: [Connection] = []

    private var listeners: [Listener] = []
    private var perAddress: [IPAddress: Int] = [:]
    private var cursor = 0
    private var handshakeTurn = -1
    private var handshakes = 0
    private var flusher: LogFlusher?
    private var hasEnded = false
    private var isRechecking = false
    private var noted: Set<String> = []
    private let overloaded: ResponseHead
    /// Where requests go to other loops and come from them; none where there is one loop only.
    private(set) var desk: RelayDesk?
    /// Sources of signals and of file changes that live as long as this worker.
    private var attachments: [AnyObject] = []
    private let ended: () -> Void

    /// A worker whose limits are this loop's share.
    ///
    /// `ended` is called when a drain is complete.
    init(
        _ loop: EventLoop,
        _ limits: Limits,
        _ handler: any Handler,
        _ log: AccessLog?,
        ended: @escaping () -> Void
    ) {
        self.loop = loop
        self.handler = handler
        self.log = log
        self.ended = ended
        context = ProtocolContext(limits)
        var fields = Fields()
        try? fields.append("retry-after", "\(limits.retryAfterSeconds)")
        overloaded = ResponseHead(.serviceUnavailable, fields)
        setTime()
        loop.turnBegins = { [unowned self] in setTime() }
    }

    /// Takes part in handing requests over: this is the loop with the place `index` on `board`.
    func join(_ board: RelayBoard, at index: Int) {
        desk = RelayDesk(self, board, index)
        loop.turnBegins = { [unowned self] in
            setTime()
            desk?.publish(handler.backlog)
        }
    }

    var limits: Limits { context.limits }

    /// Brings the context's clocks to the loop's.
    private func setTime() {
        let milliseconds = loop.now.nanoseconds / 1_000_000
        guard milliseconds != context.now else { return }
        context.now = milliseconds
        context.wallSeconds = Instant.wallSeconds
    }

    /// Keeps what `make` gives as long as this worker lives; tells of it where it fails.
    func attach(_ make: () throws -> AnyObject) {
        do { attachments.append(try make()) } catch { tell("virga: \(error)\n") }
    }

    // MARK: Listeners

    func add(_ listener: Listener) throws(SystemError) {
        try listener.start()
        listeners.append(listener)
    }

    /// Has the listener with this index use new certificates from its next connection on.
    func use(_ tls: TLSContext, at index: Int) {
        guard index < listeners.count else { return }
        listeners[index].tls = tls
    }

    // MARK: Connections

    /// Whether one more connection of `address` is within the limits; makes room if need be.
    func admits(_ address: IPAddress?) -> Bool {
        if let address, perAddress[address.client, default: 0] >= limits.connectionsPerAddress {
            return false
        }
        return connections.count < limits.connections || closeIdle()
    }

    func add(_ connection: Connection) {
        connection.index = connections.count
        connections.append(connection)
        counters.accepted += 1
        counters.open += 1
        if let address = connection.address { perAddress[address.client, default: 0] += 1 }
    }

    func remove(_ connection: Connection) {
        let index = connection.index
        guard index >= 0, index < connections.count, connections[index] === connection else {
            return
        }
        let last = connections.removeLast()
        if last !== connection {
            connections[index] = last
            last.index = index
        }
        connection.index = -1
        counters.open -= 1
        if let address = connection.address?.client, let count = perAddress[address] {
            perAddress[address] = count > 1 ? count - 1 : nil
        }
        if isDraining { checkDrained() }
    }

    /// Closes the longest idle of some connections, looked at in turn.
    ///
    /// False where none was idle.
    func closeIdle() -> Bool {
        var oldest: Connection?
        for _ in 0..<min(64, connections.count) {
            cursor = cursor + 1 < connections.count ? cursor + 1 : 0
            let candidate = connections[cursor]
            guard candidate.givesWay else { continue }
            if candidate.isIdler(than: oldest) { oldest = candidate }
        }
        guard let oldest else { return false }
        counters.shed += 1
        oldest.close(.shutdown)
        return true
    }

    /// Counts a connection under the address that a PROXY header gave.
    func recount(_ connection: Connection, from old: IPAddress?, to new: IPAddress) {
        if let old = old?.client, let count = perAddress[old] {
            perAddress[old] = count > 1 ? count - 1 : nil
        }
        perAddress[new.client, default: 0] += 1
    }

    /// Whether this turn has room to begin one more TLS handshake; if not, epoll reports the
    /// connection again in the next.
    func takesHandshake() -> Bool {
        if handshakeTurn != loop.turns {
            handshakeTurn = loop.turns
            handshakes = 0
        }
        handshakes += 1
        return handshakes <= limits.handshakesPerTurn
    }

    // MARK: Exchanges

    /// Hands a request to the handler, or refuses it because of a limit.
    func begin(_ exchange: Exchange) {
        counters.requests += 1
        guard counters.inFlight < limits.requestsInFlight else {
            return exchange.respond(overloaded, content: RawSpan())
        }
        counters.inFlight += 1
        exchange.isCounted = true
        // RFC 9110 section 9.3.6: this is no proxy.
        guard exchange.request.method != .connect else {
            return exchange.respond(ResponseHead(.notImplemented), content: RawSpan())
        }
        if let desk, desk.handsOver(exchange, self) { return }
        handler.handle(exchange)
        desk?.publish(handler.backlog)
    }

    /// Counts and logs an exchange that has ended.
    func end(_ exchange: Exchange) {
        if exchange.isCounted {
            exchange.isCounted = false
            counters.inFlight -= 1
        }
        counters.responses.count(exchange.status)
        if exchange.stage == .cancelled { counters.cancelled += 1 }
        guard let log else { return }
        if exchange.handling.answered > 0 { exchange.handling.finish(Instant.now.nanoseconds) }
        log.append(exchange, context)
        if flusher == nil { startFlushing() }
    }

    private func startFlushing() {
        flusher = LogFlusher(self)
    }

    /// The log was written; the next line starts the clock again.
    func logFlushed() { flusher = nil }

    /// Writes an error to the standard error, once for each kind.
    func note(_ error: SystemError) {
        guard noted.insert("\(error)").inserted else { return }
        tell("virga: \(error); shedding load until it is over\n")
    }

    // MARK: Ending

    /// Stops accepting, lets what is in flight finish, and calls `ended`.
    func drain() {
        guard !isDraining else { return }
        isDraining = true
        drainEnd = context.now + UInt64(limits.drainIdleTimeout)
        desk?.close()
        for listener in listeners { listener.acceptTheRest() }
        for listener in listeners { listener.stop() }
        listeners = []
        for connection in connections { connection.drain() }
        checkDrained()
        if !connections.isEmpty { _ = DrainLimit(self) }
    }

    /// Cuts everything off at once.
    func cut() {
        for listener in listeners { listener.stop() }
        listeners = []
        isDraining = true
        desk?.close()
        desk?.cut()
        for connection in connections { connection.close(.shutdown) }
        checkDrained()
    }

    /// A request of another loop has been answered.
    func visitEnded() {
        if isDraining { checkDrained() }
    }

    fileprivate func checkDrained() {
        guard connections.isEmpty, !hasEnded else { return }
        if let desk, !desk.isIdle { return recheckLater() }
        hasEnded = true
        handler.shutdown()
        log?.flush()
        ended()
    }

    private func recheckLater() {
        guard !isRechecking else { return }
        isRechecking = true
        _ = DrainCheck(self)
    }

    fileprivate func recheck() {
        isRechecking = false
        checkDrained()
    }
}

/// Writes a log's lines out a second after the first of them.
private final class LogFlusher: Watcher {
    private let worker: Worker

    init(_ worker: Worker) {
        self.worker = worker
        _ = worker.loop.schedule(worker.loop.now.after(milliseconds: 1_000), self)
    }

    func ready(_ readiness: Readiness) {}

    func timerFired(_ timer: TimerID) {
        worker.log?.flush()
        worker.logFlushed()
    }
}

/// Cuts a drain that takes too long.
private final class DrainLimit: Watcher {
    private let worker: Worker

    init(_ worker: Worker) {
        self.worker = worker
        let end = worker.loop.now.after(milliseconds: worker.limits.drainTimeout)
        _ = worker.loop.schedule(end, self)
    }

    func ready(_ readiness: Readiness) {}

    func timerFired(_ timer: TimerID) { worker.cut() }
}

/// Looks again, a little later, whether other loops' requests have been answered.
private final class DrainCheck: Watcher {
    private let worker: Worker

    init(_ worker: Worker) {
        self.worker = worker
        _ = worker.loop.schedule(worker.loop.now.after(milliseconds: 10), self)
    }

    func ready(_ readiness: Readiness) {}

    func timerFired(_ timer: TimerID) { worker.recheck() }
}
