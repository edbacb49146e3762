// Unsafe here: the kernel reads and fills an array's own bytes, and an address of its own size.
import Glibc
import Wasm

/// Spec: wasi:sockets/udp#incoming-datagram
package struct IncomingDatagram: Sendable, Hashable {
    package var data: [UInt8]
    package var remoteAddress: IPSocketAddress
}

/// Spec: wasi:sockets/udp#outgoing-datagram
package struct OutgoingDatagram: Sendable, Hashable {
    package var data: [UInt8]
    /// Nil where the stream has one.
    package var remoteAddress: IPSocketAddress?

    package init(data: [UInt8], remoteAddress: IPSocketAddress? = nil) {
        self.data = data
        self.remoteAddress = remoteAddress
    }
}

/// The datagrams that come to a UDP socket.
/// Spec: wasi:sockets/udp#incoming-datagram-stream
package final class IncomingDatagramStream {
    private let association: DatagramAssociation

    init(_ association: DatagramAssociation) { self.association = association }

    /// Up to `most` datagrams that are there.
    package func receive(_ most: UInt64) -> Result<[IncomingDatagram], NetworkErrorCode> {
        answer { () throws(NetworkErrorCode) in
            guard !association.isOver else { throw .invalidState }
            var received: [IncomingDatagram] = []
            let most = min(most, UInt64(WASILimits.datagrams))
            while received.count < most {
                do throws(NetworkErrorCode) {
                    guard let datagram = try association.receive() else { break }
                    // What came before the socket had this peer may be of others.
                    if association.remote.map({ $0.isSamePlace(datagram.remoteAddress) }) ?? true {
                        received.append(datagram)
                    }
                } catch {
                    guard received.isEmpty else { break }
                    throw error
                }
            }
            return received
        }
    }

    package func subscribe() -> any Pollable { self }
}

extension IncomingDatagramStream: Pollable {
    package var isReady: Bool {
        association.isOver || association.socket.readiness.isReady(.input)
    }
    package func await(_ task: GuestTask) { association.socket.readiness.await(task, .input) }
    package func forget(_ task: GuestTask) { association.socket.readiness.forget(task, .input) }
}

/// The datagrams that a UDP socket sends.
/// Spec: wasi:sockets/udp#outgoing-datagram-stream
package final class OutgoingDatagramStream {
    private let association: DatagramAssociation
    /// Datagrams that the last `checkSend` permitted and that were not sent since.
    private var permitted: UInt64 = 0

    init(_ association: DatagramAssociation) { self.association = association }

    /// How many datagrams the next `send` may have.
    package func checkSend() -> Result<UInt64, NetworkErrorCode> {
        guard !association.isOver else { return .failure(.invalidState) }
        permitted =
            association.socket.readiness.isReady(.output) ? UInt64(WASILimits.datagrams) : 0
        return .success(permitted)
    }

    /// Traps where `count` datagrams are more than `checkSend` permitted.
    package func checkPermit(_ count: Int) throws(Trap) {
        guard UInt64(count) <= permitted else {
            throw .host("send: \(count) datagrams are more than the permitted \(permitted)")
        }
    }

    /// Sends datagrams until one cannot be; how many were sent. Traps where they are more than
    /// `checkSend` permitted.
    package func send(
        _ datagrams: [OutgoingDatagram]
    ) throws(Trap) -> Result<UInt64, NetworkErrorCode> {
        try checkPermit(datagrams.count)
        return answer { () throws(NetworkErrorCode) in
            guard !association.isOver else { throw .invalidState }
            var sent: UInt64 = 0
            for datagram in datagrams {
                do throws(NetworkErrorCode) {
                    guard try association.send(datagram) else { break }
                    sent += 1
                } catch {
                    guard sent > 0 else { throw error }
                    break
                }
            }
            permitted -= sent
            return sent
        }
    }

    package func subscribe() -> any Pollable { self }
}

extension OutgoingDatagramStream: Pollable {
    package var isReady: Bool {
        association.isOver || association.socket.readiness.isReady(.output)
    }
    package func await(_ task: GuestTask) { association.socket.readiness.await(task, .output) }
    package func forget(_ task: GuestTask) { association.socket.readiness.forget(task, .output) }
}

extension DatagramAssociation {
    /// The next datagram; nil where none is there.
    fileprivate func receive() throws(NetworkErrorCode) -> IncomingDatagram? {
        var data = [UInt8](repeating: 0, count: WASILimits.datagramBytes + 1)
        var storage = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let got = unsafe data.withUnsafeMutableBytes { buffer in
            unsafe withUnsafeMutablePointer(to: &storage) { pointer in
                unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                    unsafe recvfrom(
                        socket.descriptor.number,
                        buffer.baseAddress,
                        buffer.count,
                        Int32(MSG_DONTWAIT),
                        address,
                        &length
                    )
                }
            }
        }
        guard got >= 0 else {
            let code = errno
            if code == EAGAIN || code == EINTR { return nil }
            throw NetworkErrorCode(errno: code)
        }
        guard let remote = IPSocketAddress(storage) else { throw .unknown }
        return IncomingDatagram(data: Array(data.prefix(got)), remoteAddress: remote)
    }

    /// Sends a datagram; false where the system takes none now.
    fileprivate func send(_ datagram: OutgoingDatagram) throws(NetworkErrorCode) -> Bool {
        let target: IPSocketAddress?
        switch (datagram.remoteAddress, remote) {
        case (let given?, let remote?):
            guard given == remote else { throw .invalidArgument }
            target = nil
        case (nil, .some): target = nil
        case (let given?, nil):
            try given.checkRemote(socket.family)
            try network.checkRemote(given)
            target = given
        case (nil, nil): throw .invalidArgument
        }
        let flags = Int32(MSG_DONTWAIT) | Int32(MSG_NOSIGNAL)
        let number = socket.descriptor.number
        let sent = unsafe datagram.data.withUnsafeBytes { bytes in
            guard let target else {
                return unsafe Glibc.send(number, bytes.baseAddress, bytes.count, flags)
            }
            return unsafe target.withKernelAddress { address, length in
                unsafe sendto(number, bytes.baseAddress, bytes.count, flags, address, length)
            }
        }
        guard sent < 0 else { return true }
        let code = errno
        if code == EAGAIN || code == EINTR || code == ENOBUFS { return false }
        throw NetworkErrorCode(errno: code)
    }
}

extension IPSocketAddress {
    /// Whether both are the same address and port.
    fileprivate func isSamePlace(_ other: IPSocketAddress) -> Bool {
        address == other.address && port == other.port
    }
}
