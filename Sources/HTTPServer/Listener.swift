// Accepts connections for one loop.
import Glibc
import HTTP
import Reactor
import TLS

/// A listening socket in one loop's epoll.
final class Listener: Watcher {
    let worker: Worker
    /// Given up when the listener stops; connections keep the listener, not the socket.
    private var socket: ListenerSocket?
    private let descriptor: Int32
    let proxySources: [AddressRange]
    var tls: TLSContext?
    private var registration: Registration?
    /// A descriptor kept for the moment when there is no other: closed, it lets one connection be
    /// accepted and closed, so that its client hears of it and the queue moves on.
    private var reserve: Int32 = -1
    private static let pause = 50

    init(
        _ worker: Worker,
        _ socket: ListenerSocket,
        _ tls: TLSContext?,
        proxySources: [AddressRange]
    ) {
        self.worker = worker
        self.socket = socket
        descriptor = socket.descriptor
        self.tls = tls
        self.proxySources = proxySources
    }

    /// Whether connections of `address` must begin with a PROXY header.
    func trusts(_ address: IPAddress?) -> Bool {
        guard let address else { return true }
        return proxySources.contains { $0.contains(address) }
    }

    func start() throws(SystemError) {
        reserve = Sockets.reserve()
        let interest: Readiness = socket?.isShared ?? false ? [.readable, .exclusive] : .readable
        registration = try worker.loop.watch(descriptor, interest, self)
    }

    func stop() {
        if let registration { worker.loop.unwatch(descriptor, registration) }
        registration = nil
        socket = nil
        if reserve >= 0 { close(reserve) }
        reserve = -1
    }

    func ready(_ readiness: Readiness) {
        for _ in 0..<worker.limits.acceptsPerTurn {
            guard accept() else { return }
        }
    }

    /// Takes what the kernel has queued already, before the socket is closed.
    func acceptTheRest() {
        for _ in 0..<worker.limits.backlog {
            guard accept() else { return }
        }
    }

    func timerFired(_ timer: TimerID) {
        guard let registration else { return }
        worker.loop.rewatch(descriptor, .readable, registration)
    }

    /// Accepts one connection; false where there is none or none can be had.
    private func accept() -> Bool {
        do throws(SystemError) {
            let accepted = try Sockets.accept(descriptor)
            take(accepted.descriptor, SocketPeer(accepted.address))
            return true
        } catch {
            return recover(error.code)
        }
    }

    private func take(_ accepted: Int32, _ peer: SocketPeer) {
        guard worker.admits(peer.address) else { return turnAway(accepted) }
        let connection = Connection(worker, accepted, peer, self)
        worker.add(connection)
        connection.start()
    }

    /// RFC 9110 section 15.6.4, in clear only: a client that expects TLS could not read it.
    private func turnAway(_ descriptor: Int32) {
        worker.counters.shed += 1
        if tls == nil {
            let text =
                "HTTP/1.1 503 Service Unavailable\r\n"
                + "retry-after: \(worker.limits.retryAfterSeconds)"
                + "\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
            unsafe send(descriptor, text, text.utf8.count, Int32(MSG_NOSIGNAL))
            Glibc.shutdown(descriptor, Int32(SHUT_WR))
            // A request that is left unread would turn the close into a reset, and lose the answer.
            unsafe withUnsafeTemporaryAllocation(byteCount: 4_096, alignment: 1) { buffer in
                _ = unsafe recv(descriptor, buffer.baseAddress, buffer.count, Int32(MSG_DONTWAIT))
            }
        }
        close(descriptor)
    }

    /// What to do after accept has failed: whether to try again at once.
    private func recover(_ code: Int32) -> Bool {
        switch code {
        case EAGAIN: return false
        case EINTR, ECONNABORTED, EPROTO, EPERM, ENETDOWN, ENOPROTOOPT, EHOSTDOWN, ENONET,
            EHOSTUNREACH, EOPNOTSUPP, ENETUNREACH:
            return true
        case EMFILE, ENFILE: return shedForDescriptors(code)
        default:
            rest(code)
            return false
        }
    }

    /// Out of descriptors: an idle connection's will do; otherwise the newcomer is closed.
    private func shedForDescriptors(_ code: Int32) -> Bool {
        worker.note(SystemError("accept4", code))
        if worker.closeIdle() { return true }
        guard reserve >= 0 else {
            rest(code)
            return false
        }
        close(reserve)
        let shed = try? Sockets.accept(descriptor)
        if let shed { turnAway(shed.descriptor) }
        reserve = Sockets.reserve()
        return shed != nil && reserve >= 0
    }

    /// Leaves the queue alone for a moment.
    private func rest(_ code: Int32) {
        guard let registration else { return }
        worker.note(SystemError("accept4", code))
        if reserve < 0 { reserve = Sockets.reserve() }
        worker.loop.rewatch(descriptor, [], registration)
        _ = worker.loop.schedule(worker.loop.now.after(milliseconds: Listener.pause), self)
    }
}
