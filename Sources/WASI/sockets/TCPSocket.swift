import CLinux
import Glibc

/// A TCP socket.
/// Spec: wasi:sockets/tcp#tcp-socket
package final class TCPSocket {
    /// Spec: wasi:sockets/tcp#shutdown-type
    package enum ShutdownType: UInt8, Sendable {
        case receive
        case send
        case both
    }

    private enum State {
        case unbound
        case bindInProgress
        case bound
        case listenInProgress
        case listening
        case connectInProgress
        /// The attempt has failed at once, which `finishConnect` tells.
        case connectFailed(NetworkErrorCode)
        case connected
        case closed
    }

    /// What its operations give.
    package typealias Answer<Value> = Result<Value, NetworkErrorCode>

    let socket: Socket
    private let system: System
    private var state: State
    private var backlog = WASILimits.backlog
    /// What it was bound to an address of.
    private var network: Network?
    private var source: SocketSource?
    private var sink: SocketSink?

    /// A new socket.
    /// Spec: wasi:sockets/tcp-create-socket
    package static func create(
        _ family: IPAddressFamily,
        _ system: System
    ) -> Answer<TCPSocket> {
        answer { () throws(NetworkErrorCode) in
            TCPSocket(try Socket(family, Int32(SOCK_STREAM.rawValue), system), .unbound, system)
        }
    }

    private init(_ socket: Socket, _ state: State, _ system: System) {
        self.socket = socket
        self.state = state
        self.system = system
    }

    // MARK: Binding

    package func startBind(_ network: Network, _ local: IPSocketAddress) -> Answer<Void> {
        answer { () throws(NetworkErrorCode) in
            try checkIdle()
            guard case .unbound = state else { throw .invalidState }
            try local.checkLocal(socket.family)
            try network.checkBind(local)
            // Connections that linger at the address do not keep it.
            try socket.set(Int(SOL_SOCKET), SO_REUSEADDR, 1)
            try socket.bind(local)
            self.network = network
            state = .bindInProgress
        }
    }

    package func finishBind() -> Answer<Void> {
        guard case .bindInProgress = state else { return .failure(.notInProgress) }
        state = .bound
        return .success(())
    }

    // MARK: Connecting

    package func startConnect(_ network: Network, _ remote: IPSocketAddress) -> Answer<Void> {
        answer { () throws(NetworkErrorCode) in
            try checkIdle()
            switch state {
            case .unbound, .bound: break
            default: throw .invalidState
            }
            try remote.checkRemote(socket.family)
            guard remote.address.isUnicast, self.network.map({ $0 === network }) ?? true else {
                throw .invalidArgument
            }
            try network.checkRemote(remote)
            self.network = network
            do throws(NetworkErrorCode) {
                try socket.connect(remote)
                state = .connectInProgress
            } catch {
                state = .connectFailed(error)
            }
        }
    }

    package func finishConnect() -> Answer<(input: InputStream, output: OutputStream)> {
        answer { () throws(NetworkErrorCode) in
            switch state {
            case .connectFailed(let code):
                state = .closed
                throw code
            case .connectInProgress: break
            default: throw .notInProgress
            }
            guard socket.readiness.isReady(.output) else { throw .wouldBlock }
            let code = try socket.get(Int(SOL_SOCKET), SO_ERROR)
            guard code == 0 else {
                state = .closed
                throw NetworkErrorCode(errno: code)
            }
            state = .connected
            return streams()
        }
    }

    private func streams() -> (input: InputStream, output: OutputStream) {
        let source = SocketSource(socket)
        let sink = SocketSink(socket)
        self.source = source
        self.sink = sink
        return (InputStream(source), OutputStream(sink))
    }

    // MARK: Listening

    package func startListen() -> Answer<Void> {
        answer { () throws(NetworkErrorCode) in
            try checkIdle()
            guard case .bound = state else { throw .invalidState }
            try network?.checkListen(try socket.localAddress())
            _ = try WASI.network(checking: Int(listen(socket.descriptor.number, backlog)))
            state = .listenInProgress
        }
    }

    package func finishListen() -> Answer<Void> {
        guard case .listenInProgress = state else { return .failure(.notInProgress) }
        state = .listening
        return .success(())
    }

    package func accept() -> Answer<(socket: TCPSocket, input: InputStream, output: OutputStream)> {
        answer { () throws(NetworkErrorCode) in
            guard case .listening = state else { throw .invalidState }
            var address = sockaddr_storage()
            var length = socklen_t(0)
            let number = unsafe virga_accept(socket.descriptor.number, &address, &length)
            guard number >= 0 else {
                // A client that has gone again is none; others may wait.
                throw number == -EINTR ? .wouldBlock : NetworkErrorCode(errno: -number)
            }
            let accepted = try Socket(accepted: number, socket.family, system)
            let client = TCPSocket(accepted, .connected, system)
            let streams = client.streams()
            return (client, streams.input, streams.output)
        }
    }

    // MARK: State

    package func localAddress() -> Answer<IPSocketAddress> {
        switch state {
        case .unbound, .bindInProgress, .closed: .failure(.invalidState)
        default: answer { () throws(NetworkErrorCode) in try socket.localAddress() }
        }
    }

    package func remoteAddress() -> Answer<IPSocketAddress> {
        guard case .connected = state else { return .failure(.invalidState) }
        return answer { () throws(NetworkErrorCode) in try socket.remoteAddress() }
    }

    package var isListening: Bool { if case .listening = state { true } else { false } }

    package var addressFamily: IPAddressFamily { socket.family }

    /// Ends one direction of a connection, or both.
    package func shutdown(_ type: ShutdownType) -> Answer<Void> {
        guard case .connected = state else { return .failure(.invalidState) }
        if type != .send { source?.close() }
        if type != .receive { sink?.close() }
        return .success(())
    }

    /// Ready when what is in progress can be finished, or a client can be accepted.
    package func subscribe() -> any Pollable { self }

    // MARK: Options

    package func setListenBacklogSize(_ value: UInt64) -> Answer<Void> {
        answer { () throws(NetworkErrorCode) in
            guard value > 0 else { throw .invalidArgument }
            let size = Int32(clamping: min(value, UInt64(WASILimits.mostBacklog)))
            switch state {
            case .unbound, .bindInProgress, .bound: backlog = size
            case .listenInProgress, .listening:
                _ = try WASI.network(checking: Int(listen(socket.descriptor.number, size)))
                backlog = size
            default: throw .invalidState
            }
        }
    }

    /// Reads an option; `invalidState` once the socket is closed.
    func option<Value>(
        _ read: (Socket) throws(NetworkErrorCode) -> Value
    ) -> Answer<Value> {
        answer { () throws(NetworkErrorCode) in
            if case .closed = state { throw .invalidState }
            return try read(socket)
        }
    }

    /// Throws where an operation is in progress, or the socket is closed.
    private func checkIdle() throws(NetworkErrorCode) {
        switch state {
        case .bindInProgress, .listenInProgress, .connectInProgress, .connectFailed:
            throw .concurrencyConflict
        case .closed: throw .invalidState
        case .unbound, .bound, .listening, .connected: break
        }
    }
}

/// What `body` gives, or its error.
func answer<Value>(
    _ body: () throws(NetworkErrorCode) -> Value
) -> Result<Value, NetworkErrorCode> {
    do throws(NetworkErrorCode) {
        return .success(try body())
    } catch {
        return .failure(error)
    }
}

extension TCPSocket: Pollable {
    private var side: DescriptorReadiness.Side? {
        switch state {
        case .connectInProgress: .output
        case .listening: .input
        default: nil
        }
    }

    package var isReady: Bool { side.map { socket.readiness.isReady($0) } ?? true }
    package func await(_ task: GuestTask) { if let side { socket.readiness.await(task, side) } }

    package func forget(_ task: GuestTask) {
        // The state may have changed since: a task waits on one side at most.
        if let side { socket.readiness.forget(task, side) }
    }
}
