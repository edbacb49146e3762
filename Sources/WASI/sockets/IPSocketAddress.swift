// Unsafe here: sockaddr_storage read and written as its family's structure, which is never larger.
import Glibc

/// An address and a port.
/// Spec: wasi:sockets/network#ip-socket-address
package struct IPSocketAddress: Hashable, Sendable {
    package var address: IPAddress
    package var port: UInt16
    /// Of IPv6 only.
    package var flowInfo: UInt32
    package var scopeID: UInt32

    package init(_ address: IPAddress, port: UInt16, flowInfo: UInt32 = 0, scopeID: UInt32 = 0) {
        self.address = address
        self.port = port
        self.flowInfo = flowInfo
        self.scopeID = scopeID
    }

    /// What the kernel gave; nil where it is no IP address.
    init?(_ storage: sockaddr_storage) {
        let read: IPSocketAddress? = unsafe withUnsafeBytes(of: storage) { bytes in
            switch Int32(storage.ss_family) {
            case AF_INET:
                let four = unsafe bytes.load(as: sockaddr_in.self)
                return IPSocketAddress(
                    .ipv4(UInt32(bigEndian: four.sin_addr.s_addr)),
                    port: UInt16(bigEndian: four.sin_port)
                )
            case AF_INET6:
                let six = unsafe bytes.load(as: sockaddr_in6.self)
                return IPSocketAddress(
                    .ipv6(
                        UInt64(bigEndian: unsafe bytes.load(fromByteOffset: 8, as: UInt64.self)),
                        UInt64(bigEndian: unsafe bytes.load(fromByteOffset: 16, as: UInt64.self))
                    ),
                    port: UInt16(bigEndian: six.sin6_port),
                    flowInfo: UInt32(bigEndian: six.sin6_flowinfo),
                    scopeID: six.sin6_scope_id
                )
            default: return nil
            }
        }
        guard let read else { return nil }
        self = read
    }

    /// Calls `body` with the address as the kernel has it.
    func withKernelAddress<Value>(
        _ body: (UnsafePointer<sockaddr>, socklen_t) -> Value
    ) -> Value {
        var storage = sockaddr_storage()
        let length = unsafe withUnsafeMutableBytes(of: &storage) { bytes in
            switch address {
            case .ipv4(let number):
                var four = sockaddr_in()
                four.sin_family = sa_family_t(AF_INET)
                four.sin_port = port.bigEndian
                four.sin_addr.s_addr = number.bigEndian
                unsafe bytes.storeBytes(of: four, as: sockaddr_in.self)
                return MemoryLayout<sockaddr_in>.size
            case .ipv6(let high, let low):
                var six = sockaddr_in6()
                six.sin6_family = sa_family_t(AF_INET6)
                six.sin6_port = port.bigEndian
                six.sin6_flowinfo = flowInfo.bigEndian
                six.sin6_scope_id = scopeID
                unsafe bytes.storeBytes(of: six, as: sockaddr_in6.self)
                unsafe bytes.storeBytes(of: high.bigEndian, toByteOffset: 8, as: UInt64.self)
                unsafe bytes.storeBytes(of: low.bigEndian, toByteOffset: 16, as: UInt64.self)
                return MemoryLayout<sockaddr_in6>.size
            }
        }
        return unsafe withUnsafePointer(to: &storage) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                unsafe body(address, socklen_t(length))
            }
        }
    }

    /// The address that `call` (`getsockname`, `getpeername`) gives of a socket.
    static func of(
        _ socket: SystemDescriptor,
        _ call: (Int32, UnsafeMutablePointer<sockaddr>?, UnsafeMutablePointer<socklen_t>?) -> Int32
    ) throws(NetworkErrorCode) -> IPSocketAddress {
        var storage = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let result = unsafe withUnsafeMutablePointer(to: &storage) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                unsafe call(socket.number, address, &length)
            }
        }
        _ = try network(checking: Int(result))
        guard let address = IPSocketAddress(storage) else { throw .unknown }
        return address
    }

    /// Throws `invalidArgument` where a socket of `family` cannot have it as its own.
    func checkLocal(_ family: IPAddressFamily) throws(NetworkErrorCode) {
        guard address.family == family, address.isUnicast, !address.isMapped else {
            throw .invalidArgument
        }
    }

    /// Throws `invalidArgument` where a socket of `family` cannot talk to it.
    func checkRemote(_ family: IPAddressFamily) throws(NetworkErrorCode) {
        guard address.family == family, !address.isUnspecified, !address.isMapped, port != 0 else {
            throw .invalidArgument
        }
    }
}

extension IPSocketAddress: CustomStringConvertible {
    package var description: String {
        address.family == .ipv4 ? "\(address):\(port)" : "[\(address)]:\(port)"
    }
}
