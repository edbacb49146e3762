// The options of TCP sockets. Numbers out of the kernel's range are brought into it; 0 is
// `invalidArgument`.
// Spec: wasi:sockets/tcp#tcp-socket

import Glibc

extension TCPSocket {
    package func keepAliveEnabled() -> Answer<Bool> {
        option { (socket) throws(NetworkErrorCode) in
            try socket.get(Int(SOL_SOCKET), SO_KEEPALIVE) != 0
        }
    }

    package func setKeepAliveEnabled(_ value: Bool) -> Answer<Void> {
        option { (socket) throws(NetworkErrorCode) in
            try socket.set(Int(SOL_SOCKET), SO_KEEPALIVE, value ? 1 : 0)
        }
    }

    /// Nanoseconds that a connection is idle before it is looked after.
    package func keepAliveIdleTime() -> Answer<UInt64> { seconds(TCP_KEEPIDLE) }

    package func setKeepAliveIdleTime(_ nanoseconds: UInt64) -> Answer<Void> {
        setSeconds(TCP_KEEPIDLE, nanoseconds)
    }

    /// Nanoseconds between two packets that look after it.
    package func keepAliveInterval() -> Answer<UInt64> { seconds(TCP_KEEPINTVL) }

    package func setKeepAliveInterval(_ nanoseconds: UInt64) -> Answer<Void> {
        setSeconds(TCP_KEEPINTVL, nanoseconds)
    }

    package func keepAliveCount() -> Answer<UInt32> {
        option { (socket) throws(NetworkErrorCode) in
            UInt32(clamping: try socket.get(IPPROTO_TCP, TCP_KEEPCNT))
        }
    }

    package func setKeepAliveCount(_ value: UInt32) -> Answer<Void> {
        option { (socket) throws(NetworkErrorCode) in
            try socket.set(IPPROTO_TCP, TCP_KEEPCNT, UInt64(value), within: 1...127)
        }
    }

    package func hopLimit() -> Answer<UInt8> {
        option { (socket) throws(NetworkErrorCode) in try socket.hopLimit() }
    }

    package func setHopLimit(_ value: UInt8) -> Answer<Void> {
        option { (socket) throws(NetworkErrorCode) in try socket.setHopLimit(value) }
    }

    package func receiveBufferSize() -> Answer<UInt64> {
        option { (socket) throws(NetworkErrorCode) in try socket.bufferSize(SO_RCVBUF) }
    }

    package func setReceiveBufferSize(_ value: UInt64) -> Answer<Void> {
        option { (socket) throws(NetworkErrorCode) in try socket.setBufferSize(SO_RCVBUF, value) }
    }

    package func sendBufferSize() -> Answer<UInt64> {
        option { (socket) throws(NetworkErrorCode) in try socket.bufferSize(SO_SNDBUF) }
    }

    package func setSendBufferSize(_ value: UInt64) -> Answer<Void> {
        option { (socket) throws(NetworkErrorCode) in try socket.setBufferSize(SO_SNDBUF, value) }
    }

    private func seconds(_ number: Int32) -> Answer<UInt64> {
        option { (socket) throws(NetworkErrorCode) in
            UInt64(max(try socket.get(IPPROTO_TCP, number), 0)) * 1_000_000_000
        }
    }

    /// The kernel counts whole seconds: what is begun counts.
    private func setSeconds(_ number: Int32, _ nanoseconds: UInt64) -> Answer<Void> {
        option { (socket) throws(NetworkErrorCode) in
            let seconds = nanoseconds / 1_000_000_000
            let rounded = seconds + (nanoseconds % 1_000_000_000 == 0 ? 0 : 1)
            try socket.set(IPPROTO_TCP, number, rounded, within: 1...32_767)
        }
    }
}
