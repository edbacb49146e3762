// One client's connection: socket, TLS, protocol, timers. Everything ends in `settle`, which writes
// what there is, reads on if it may, and sets what to wait for.
import CLinux
import Glibc
import HTTP
import Reactor
import TLS

/// A connection of one loop.
final class Connection: Watcher {
    private enum Phase {
        /// The PROXY header is awaited.
        case proxyHeader([UInt8])
        case handshake
        /// The first bytes are to tell the protocol.
        case unknownProtocol
        case open
        /// All is written; what the client still sends is thrown away.
        case lingering
        case closed
    }

    let worker: Worker
    private(set) var address: IPAddress?
    private var port: UInt16
    private let listener: Listener
    /// The place in the worker's list; -1 when not in it.
    var index = -1
    /// When it last did anything, on the context's clock.
    private(set) var lastActive: UInt64

    private var phase = Phase.unknownProtocol
    private var socket: SocketIO
    private var engine: (any Engine)?
    private var input: ByteQueue
    private let output: Output

    private var registration: Registration?
    private var interest = Readiness.nothing
    private var isWriteBlocked = false
    private var isHandshakeWriting = false
    private var isUnwanted = false
    private var isAtEnd = false
    private var isQueued = false
    private var isBusy = false
    private var readsAgain = false

    private var timer: TimerID?
    private var timerDue = UInt64.max
    private let accepted: UInt64
    /// The period in which the client must take something; none while nothing waits for it.
    private var writeSince: UInt64?
    private var writtenInPeriod: UInt64 = 0
    private var lingerSince: UInt64 = 0
    private var lingered = 0

    init(_ worker: Worker, _ descriptor: Int32, _ peer: SocketPeer, _ listener: Listener) {
        self.worker = worker
        self.listener = listener
        socket = SocketIO(descriptor)
        address = peer.address
        port = peer.port
        input = ByteQueue(worker.context.pool)
        output = Output(worker.context.pool)
        accepted = worker.context.now
        lastActive = accepted
    }

    private var limits: Limits { worker.context.limits }
    private var now: UInt64 { worker.context.now }

    /// Whether a request was ever begun on it.
    private(set) var hasServed = false

    /// Whether closing it loses nothing that was begun, or its client has probably gone.
    var givesWay: Bool {
        if isAtEnd { return true }
        switch phase {
        case .unknownProtocol: return input.isEmpty
        case .open: return engine?.isIdle ?? true
        case .lingering: return true
        case .proxyHeader, .handshake, .closed: return false
        }
    }

    /// Whether this idle connection gives way before that one: first those whose client has shut its
    /// side, then those that never brought a request, then the longest idle.
    func isIdler(than other: Connection?) -> Bool {
        guard let other else { return true }
        if isAtEnd != other.isAtEnd { return isAtEnd }
        if hasServed != other.hasServed { return !hasServed }
        return lastActive < other.lastActive
    }

    // MARK: Beginning

    /// Registers with the loop.
    func start() {
        do throws(SystemError) {
            interest = .input
            registration = try worker.loop.watch(socket.descriptor, interest, self)
        } catch {
            worker.note(error)
            return close(.clientGone)
        }
        if !listener.proxySources.isEmpty, listener.trusts(address) {
            phase = .proxyHeader([])
        } else {
            beginTLS()
        }
        armTimer()
    }

    private func beginTLS() {
        guard let context = listener.tls else {
            phase = .unknownProtocol
            return
        }
        guard let session = TLSSession(context, descriptor: socket.descriptor) else {
            return close(.clientGone)
        }
        socket.tls = session
        phase = .handshake
    }

    private func open(_ isHTTP2: Bool) {
        let peer = Peer(
            address: address?.text ?? "unix", port: port, isSecure: socket.tls != nil,
            certificateSubject: socket.tls?.clientSubject)
        let engine: any Engine =
            isHTTP2
            ? HTTP2Session(worker.context, output, peer)
            : HTTP1Engine(worker.context, output, peer)
        engine.delegate = self
        self.engine = engine
        phase = .open
        if worker.isDraining { engine.drain() }
    }

    // MARK: Events

    func ready(_ readiness: Readiness) {
        isBusy = true
        if readiness.has(.lost) {
            isBusy = false
            return close(.clientGone)
        }
        if readiness.has(.writable) { isWriteBlocked = false }
        if readiness.has(.input) || isHandshakeWriting {
            readable(readiness)
        }
        settle()
        isBusy = false
    }

    func turnEnds() {
        isQueued = false
        if case .closed = phase { return }
        isBusy = true
        if readsAgain { readable(.readable) }
        settle()
        isBusy = false
    }

    private func readable(_ readiness: Readiness) {
        readsAgain = false
        switch phase {
        case .proxyHeader: readProxyHeader()
        case .handshake: shakeHands()
        case .unknownProtocol, .open: readSome(readiness)
        case .lingering: readAndDrop()
        case .closed: break
        }
    }

    private func readProxyHeader() {
        guard case .proxyHeader(var bytes) = phase else { return }
        while true {
            switch ProxyHeader.parse(bytes) {
            case .malformed: return close(.malformed)
            case .done(let header):
                if case .client(let address, let port) = header { setAddress(address, port) }
                return beginTLS()
            case .needs(let count):
                var header = ByteQueue(worker.context.pool)
                guard case .moved = socket.read(into: &header, count) else {
                    phase = .proxyHeader(bytes)
                    if socket.isAtEnd() { close(.clientGone) }
                    return
                }
                header.withSpan { for index in 0..<$0.byteCount { bytes.append(unsafe $0.unsafeLoad(fromByteOffset: index, as: UInt8.self)) } }
            }
        }
    }

    private func setAddress(_ address: IPAddress, _ port: UInt16) {
        worker.recount(self, from: self.address, to: address)
        self.address = address
        self.port = port
    }

    private func shakeHands() {
        guard let tls = socket.tls, worker.takesHandshake() else { return }
        isHandshakeWriting = false
        switch tls.shakeHands() {
        case .done:
            open(tls.isHTTP2)
            readSome(.readable)
        case .wantsRead: break
        case .wantsWrite: isHandshakeWriting = true
        case .closed, .failed:
            worker.counters.handshakeFailures += 1
            close(.clientGone)
        }
    }

    private func readSome(_ readiness: Readiness) {
        guard engine?.wantsInput ?? true, input.count < limits.bufferBytes, !isAtEnd else {
            isUnwanted = true
            if readiness.has(.peerClosed), !isAtEnd, input.isEmpty, socket.isAtEnd() {
                inputEnded()
            }
            return
        }
        let room = limits.bufferBytes - input.count
        switch socket.read(into: &input, room) {
        case .moved(let count):
            lastActive = now
            feed()
            readsAgain = socket.tls?.hasPending ?? (count == room && readiness.has(.peerClosed))
        case .blocked, .blockedOnOther: break
        case .ended: inputEnded()
        case .failed: close(.clientGone)
        }
    }

    private func inputEnded() {
        isAtEnd = true
        isUnwanted = true
        guard let engine else { return close(.clientGone) }
        engine.receiveEnd()
    }

    /// Gives what was read to the protocol.
    private func feed() {
        if case .unknownProtocol = phase { chooseProtocol() }
        guard let engine, !input.isEmpty else { return }
        let used = unsafe input.withBytes { unsafe engine.receive($0) }
        if case .closed = phase { return }
        input.consume(used)
    }

    /// HTTP/2 by prior knowledge (RFC 9113 section 3.3): no other protocol begins with "PRI ".
    private func chooseProtocol() {
        let preface: StaticString = "PRI "
        let matching = unsafe input.withBytes { bytes in
            var count = 0
            while count < min(4, bytes.count), unsafe bytes[count] == preface.utf8Start[count] {
                count += 1
            }
            return count == bytes.count && count < 4 ? -1 : count
        }
        if matching >= 0 { open(matching == 4) }
    }

    private func readAndDrop() {
        var dropped = ByteQueue(worker.context.pool)
        switch socket.read(into: &dropped, limits.bufferBytes) {
        case .moved(let count):
            lingered += count
            if lingered > limits.lingerBytes { close(.clientGone) }
        case .blocked, .blockedOnOther: break
        case .ended, .failed: close(.clientGone)
        }
    }

    // MARK: Settling

    /// Writes what there is, reads on if it may, and sets what to wait for.
    private func settle() {
        if let engine, case .open = phase {
            engine.produce()
            if !output.queue.isEmpty { flush(engine) }
            if !input.isEmpty, engine.wantsInput {
                feed()
                engine.produce()
                if !output.queue.isEmpty { flush(engine) }
                if !input.isEmpty, engine.wantsInput { queue() }
            }
            if engine.isClosing, output.queue.isEmpty { finish(engine) }
        }
        if case .closed = phase { return }
        if readsAgain { queue() }
        setInterest()
        armTimer()
    }

    private func flush(_ engine: any Engine) {
        var moved = 0
        while moved < limits.connectionOutput, !isWriteBlocked, !output.queue.isEmpty {
            let result = unsafe output.queue.withBytes { unsafe socket.write($0) }
            switch result {
            case .moved(let count):
                output.queue.consume(count)
                moved += count
                writtenInPeriod &+= UInt64(count)
                lastActive = now
                if !output.queue.isEmpty, socket.tls == nil {
                    isWriteBlocked = true
                } else {
                    engine.outputDrained()
                    engine.produce()
                }
            case .blocked: isWriteBlocked = true
            case .blockedOnOther, .ended: return
            case .failed: return close(.clientGone)
            }
        }
        if !output.queue.isEmpty, !isWriteBlocked { queue() }
        noteWaiting()
    }

    /// Opens a period for the client to take something in, or ends it.
    private func noteWaiting() {
        guard !output.queue.isEmpty else { return writeSince = nil }
        guard writeSince == nil else { return }
        writeSince = now
        writtenInPeriod = 0
    }

    /// All is written and the protocol is done.
    private func finish(_ engine: any Engine) {
        if engine.isAborted {
            socket.prepareReset()
            return close(.clientGone)
        }
        guard engine.lingers || !input.isEmpty, !isAtEnd else {
            socket.tls?.shutdown()
            return close(.clientGone)
        }
        socket.shutWriting()
        input.removeAll()
        phase = .lingering
        lingerSince = now
        lingered = 0
    }

    private func setInterest() {
        var wanted = Readiness.nothing
        switch phase {
        case .proxyHeader, .unknownProtocol: wanted = .readable
        case .lingering: wanted = .readable
        case .handshake: wanted = isHandshakeWriting ? .writable : .readable
        case .open:
            if engine?.wantsInput ?? false, input.count < limits.bufferBytes { wanted = .readable }
            if isWriteBlocked { wanted = wanted.with(.writable) }
        case .closed: return
        }
        if isAtEnd { wanted = wanted.without(.readable) }
        let isMissing = !interest.covers(wanted)
        let isSuperfluous = isUnwanted || (interest.has(.writable) && !wanted.has(.writable))
        guard isMissing || isSuperfluous, let registration else { return }
        if !isUnwanted, !isAtEnd { wanted = wanted.with(.peerClosed) }
        isUnwanted = false
        guard wanted.rawValue != interest.rawValue else { return }
        interest = wanted
        worker.loop.rewatch(socket.descriptor, wanted, registration)
    }

    private func queue() {
        guard !isQueued else { return }
        isQueued = true
        worker.loop.runAtEndOfTurn(self)
    }

    // MARK: Time

    private var deadline: UInt64 {
        switch phase {
        case .proxyHeader, .handshake: return accepted + UInt64(limits.handshakeTimeout)
        case .unknownProtocol: return accepted + UInt64(limits.headTimeout)
        case .open:
            let own = writeSince.map { $0 + UInt64(limits.writeTimeout) } ?? .max
            return min(own, engine?.deadline ?? .max)
        case .lingering: return lingerSince + UInt64(limits.lingerTimeout)
        case .closed: return .max
        }
    }

    /// Schedules a timer unless one that comes no later is scheduled already: deadlines mostly move
    /// away, and a timer that comes too early only schedules the next.
    private func armTimer() {
        let due = deadline
        guard due < timerDue else { return }
        if let timer { worker.loop.cancel(timer) }
        timerDue = due
        timer = worker.loop.schedule(Instant(nanoseconds: due &* 1_000_000), self)
    }

    func timerFired(_ timer: TimerID) {
        self.timer = nil
        timerDue = .max
        isBusy = true
        if now >= deadline { timedOut() }
        settle()
        isBusy = false
    }

    private func timedOut() {
        switch phase {
        case .proxyHeader, .handshake, .unknownProtocol, .lingering: close(.timedOut)
        case .open:
            if let writeSince, now >= writeSince + UInt64(limits.writeTimeout) {
                guard writtenInPeriod >= limits.writeProgressBytes else { return close(.timedOut) }
                self.writeSince = now
                writtenInPeriod = 0
            }
            engine?.deadlineReached()
        case .closed: break
        }
    }

    // MARK: Ending

    func drain() {
        engine?.drain()
        if engine == nil, case .unknownProtocol = phase, input.isEmpty {
            // Nothing has come: what may be on its way gets a moment.
            open(false)
            engine?.drain()
        }
        queue()
    }

    /// Ends the connection at once.
    func close(_ reason: Cancellation) {
        if case .closed = phase { return }
        phase = .closed
        if let timer { worker.loop.cancel(timer) }
        timer = nil
        if let engine {
            engine.connectionLost(reason)
            engine.delegate = nil
        }
        engine = nil
        if let registration { worker.loop.forget(registration) }
        registration = nil
        socket.tls = nil
        Glibc.close(socket.descriptor)
        worker.remove(self)
    }
}

extension Connection: EngineDelegate {
    func engineBegan(_ exchange: Exchange) {
        hasServed = true
        worker.begin(exchange)
    }

    func engineEnded(_ exchange: Exchange) { worker.end(exchange) }

    func engineNeedsAttention() {
        guard !isBusy else { return }
        queue()
    }
}
