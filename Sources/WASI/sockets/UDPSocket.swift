import CLinux
import Glibc

/// A UDP socket.
/// Spec: wasi:sockets/udp#udp-socket
package final class UDPSocket {
    private enum State {
        case unbound
        case bindInProgress
        case bound
    }

    package typealias Answer<Value> = Result<Value, NetworkErrorCode>

    private let socket: Socket
    private var state = State.unbound
    /// Where its streams send to and receive from; nil for anywhere.
    private var remote: IPSocketAddress?
    private var network: Network?
    /// The streams that were given last; earlier ones are of no more use.
    private var association: DatagramAssociation?

    /// A new socket.
    /// Spec: wasi:sockets/udp-create-socket
    package static func create(
        _ family: IPAddressFamily,
        _ system: System
    ) -> Answer<UDPSocket> {
        answer { () throws(NetworkErrorCode) in
            UDPSocket(try Socket(family, Int32(SOCK_DGRAM.rawValue), system))
        }
    }

    private init(_ socket: Socket) { self.socket = socket }

    package func startBind(_ network: Network, _ local: IPSocketAddress) -> Answer<Void> {
        answer { () throws(NetworkErrorCode) in
            switch state {
            case .unbound: break
            case .bindInProgress: throw .concurrencyConflict
            case .bound: throw .invalidState
            }
            guard local.address.family == socket.family, !local.address.isMapped else {
                throw .invalidArgument
            }
            try network.checkBind(local)
            try socket.bind(local)
            self.network = network
            state = .bindInProgress
        }
    }

    package func finishBind() -> Answer<Void> {
        guard state == .bindInProgress else { return .failure(.notInProgress) }
        state = .bound
        return .success(())
    }

    /// Streams for datagrams to and from anywhere, or `remote` alone.
    package func stream(
        _ remote: IPSocketAddress?
    ) -> Answer<(incoming: IncomingDatagramStream, outgoing: OutgoingDatagramStream)> {
        answer { () throws(NetworkErrorCode) in
            guard state == .bound, let network else { throw .invalidState }
            if let remote {
                try remote.checkRemote(socket.family)
                try network.checkRemote(remote)
            }
            association?.isOver = true
            association = nil
            if self.remote != nil {
                let result = virga_disconnect(socket.descriptor.number)
                guard result >= 0 else { throw NetworkErrorCode(errno: -result) }
                self.remote = nil
            }
            if let remote { try socket.connect(remote) }
            self.remote = remote
            let association = DatagramAssociation(socket, network, remote)
            self.association = association
            return (IncomingDatagramStream(association), OutgoingDatagramStream(association))
        }
    }

    package func localAddress() -> Answer<IPSocketAddress> {
        guard state == .bound else { return .failure(.invalidState) }
        return answer { () throws(NetworkErrorCode) in try socket.localAddress() }
    }

    package func remoteAddress() -> Answer<IPSocketAddress> {
        remote.map { .success($0) } ?? .failure(.invalidState)
    }

    package var addressFamily: IPAddressFamily { socket.family }

    // MARK: Options

    package func unicastHopLimit() -> Answer<UInt8> {
        answer { () throws(NetworkErrorCode) in try socket.hopLimit() }
    }

    package func setUnicastHopLimit(_ value: UInt8) -> Answer<Void> {
        answer { () throws(NetworkErrorCode) in try socket.setHopLimit(value) }
    }

    package func receiveBufferSize() -> Answer<UInt64> {
        answer { () throws(NetworkErrorCode) in try socket.bufferSize(SO_RCVBUF) }
    }

    package func setReceiveBufferSize(_ value: UInt64) -> Answer<Void> {
        answer { () throws(NetworkErrorCode) in try socket.setBufferSize(SO_RCVBUF, value) }
    }

    package func sendBufferSize() -> Answer<UInt64> {
        answer { () throws(NetworkErrorCode) in try socket.bufferSize(SO_SNDBUF) }
    }

    package func setSendBufferSize(_ value: UInt64) -> Answer<Void> {
        answer { () throws(NetworkErrorCode) in try socket.setBufferSize(SO_SNDBUF, value) }
    }

    /// Ready always: what it begins is done at once.
    package func subscribe() -> any Pollable { AlwaysReady() }
}

/// What a pair of streams of a UDP socket has in common.
final class DatagramAssociation {
    let socket: Socket
    let network: Network
    /// Nil for anywhere.
    let remote: IPSocketAddress?
    /// Whether the socket has given other streams since.
    var isOver = false

    init(_ socket: Socket, _ network: Network, _ remote: IPSocketAddress?) {
        self.socket = socket
        self.network = network
        self.remote = remote
    }
}
