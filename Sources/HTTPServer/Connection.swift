// One client's connection: socket, TLS, protocol. This file has its beginning and what comes in;
// every event ends in `settle` (`ConnectionSettling.swift`).
//
// Unsafe here: the received bytes, lent to the protocol for one call, and compared with its
// preface.
import Glibc
import HTTP
import Reactor
import TLS

/// A connection of one loop.
final class Connection: Watcher {
    enum Phase {
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
    var lastActive: UInt64

    var phase = Phase.unknownProtocol
    var socket: SocketIO
    var engine: (any Engine)?
    var input: ByteQueue
    let output: Output

    var registration: Registration?
    var interest = Readiness.nothing
    var isWriteBlocked = false
    var isHandshakeWriting = false
    private var isHandshakeBegun = false
    var isUnwanted = false
    var isAtEnd = false
    var isQueued = false
    var isBusy = false
    var readsAgain = false
    /// Whether TLS may hold bytes that were not wanted when they came, which epoll does not know
    /// of.
    var isHeldBack = false

    var timer: TimerID?
    var timerDue = UInt64.max
    let accepted: UInt64
    /// The period in which the client must take something; none while nothing waits for it.
    var writeSince: UInt64?
    var writtenInPeriod: UInt64 = 0
    var lingerSince: UInt64 = 0
    var lingered = 0

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

    var limits: Limits { worker.context.limits }
    var now: UInt64 { worker.context.now }

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

    /// Whether this idle connection gives way before that one: first those whose client has shut
    /// its side, then those that never brought a request, then the longest idle.
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
            address: address?.text ?? "unix",
            port: port,
            isSecure: socket.tls != nil,
            certificateSubject: socket.tls?.clientSubject,
            user: address == nil ? socket.peerUser() : nil
        )
        output.takesFiles = socket.tls == nil
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
                header.withSpan {
                    for index in 0..<$0.byteCount {
                        bytes.append(unsafe $0.unsafeLoad(fromByteOffset: index, as: UInt8.self))
                    }
                }
            }
        }
    }

    private func setAddress(_ address: IPAddress, _ port: UInt16) {
        worker.recount(self, from: self.address, to: address)
        self.address = address
        self.port = port
    }

    private func shakeHands() {
        // The first step has the signature in it; what follows is cheap, and has a request behind it.
        guard let tls = socket.tls, isHandshakeBegun || worker.takesHandshake() else { return }
        isHandshakeBegun = true
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
            isHeldBack = socket.tls != nil
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
    func feed() {
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
