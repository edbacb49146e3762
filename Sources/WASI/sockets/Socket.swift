// What TCP and UDP sockets have in common: a descriptor, its readiness, its options. Unsafe here: the
// values of options, which are 32-bit numbers.
import CLinux
import Glibc

/// A socket of the system.
final class Socket {
    let descriptor: SystemDescriptor
    let readiness: DescriptorReadiness
    let family: IPAddressFamily
    private let system: System

    /// A new socket of `type` (SOCK_STREAM, SOCK_DGRAM).
    init(
        _ family: IPAddressFamily,
        _ type: Int32,
        _ system: System
    ) throws(NetworkErrorCode) {
        guard system.socketCount < WASILimits.sockets else { throw .newSocketLimit }
        let number = virga_socket_of_type(family.number, type)
        guard number >= 0 else { throw NetworkErrorCode(errno: -number) }
        descriptor = SystemDescriptor(number)
        readiness = DescriptorReadiness(descriptor, on: system.loop)
        self.family = family
        self.system = system
        system.socketCount += 1
        if family == .ipv6 { try set(IPPROTO_IPV6, IPV6_V6ONLY, 1) }
    }

    /// A connection that was accepted.
    init(
        accepted number: Int32,
        _ family: IPAddressFamily,
        _ system: System
    ) throws(NetworkErrorCode) {
        descriptor = SystemDescriptor(number)
        guard system.socketCount < WASILimits.sockets else { throw .newSocketLimit }
        readiness = DescriptorReadiness(descriptor, on: system.loop)
        self.family = family
        self.system = system
        system.socketCount += 1
    }

    deinit { system.socketCount -= 1 }

    /// Binds it to an address.
    func bind(_ local: IPSocketAddress) throws(NetworkErrorCode) {
        let result = unsafe local.withKernelAddress { address, length in
            unsafe Glibc.bind(descriptor.number, address, length)
        }
        _ = try network(checking: Int(result))
    }

    /// Connects it; a stream's connection comes later.
    func connect(_ remote: IPSocketAddress) throws(NetworkErrorCode) {
        let result = unsafe remote.withKernelAddress { address, length in
            unsafe Glibc.connect(descriptor.number, address, length)
        }
        guard result < 0 else { return }
        let code = errno
        // The kernel says so where no port is left for it.
        if code == EADDRNOTAVAIL { throw .addressInUse }
        if code != EINPROGRESS { throw NetworkErrorCode(errno: code) }
    }

    func localAddress() throws(NetworkErrorCode) -> IPSocketAddress {
        try unsafe IPSocketAddress.of(descriptor, getsockname)
    }

    func remoteAddress() throws(NetworkErrorCode) -> IPSocketAddress {
        try unsafe IPSocketAddress.of(descriptor, getpeername)
    }

    // MARK: Options

    func get(_ level: Int, _ option: Int32) throws(NetworkErrorCode) -> Int32 {
        var value: Int32 = 0
        var length = socklen_t(MemoryLayout<Int32>.size)
        let result = unsafe getsockopt(descriptor.number, Int32(level), option, &value, &length)
        _ = try network(checking: Int(result))
        return value
    }

    func set(_ level: Int, _ option: Int32, _ value: Int32) throws(NetworkErrorCode) {
        var value = value
        let length = socklen_t(MemoryLayout<Int32>.size)
        let result = unsafe setsockopt(descriptor.number, Int32(level), option, &value, length)
        _ = try network(checking: Int(result))
    }

    /// Sets an option to a number that is brought into `range`; `invalidArgument` for 0.
    func set(
        _ level: Int,
        _ option: Int32,
        _ value: UInt64,
        within range: ClosedRange<Int32>
    ) throws(NetworkErrorCode) {
        guard value > 0 else { throw .invalidArgument }
        let value = Int32(clamping: value)
        try set(level, option, min(max(value, range.lowerBound), range.upperBound))
    }

    var hopLimitOption: (level: Int, option: Int32) {
        family == .ipv4 ? (IPPROTO_IP, IP_TTL) : (IPPROTO_IPV6, IPV6_UNICAST_HOPS)
    }

    func hopLimit() throws(NetworkErrorCode) -> UInt8 {
        UInt8(clamping: try get(hopLimitOption.level, hopLimitOption.option))
    }

    func setHopLimit(_ value: UInt8) throws(NetworkErrorCode) {
        try set(hopLimitOption.level, hopLimitOption.option, UInt64(value), within: 1...255)
    }

    /// A buffer's size; the kernel counts what it needs itself in, which is as much again.
    func bufferSize(_ option: Int32) throws(NetworkErrorCode) -> UInt64 {
        UInt64(max(try get(Int(SOL_SOCKET), option) / 2, 0))
    }

    func setBufferSize(_ option: Int32, _ value: UInt64) throws(NetworkErrorCode) {
        try set(Int(SOL_SOCKET), option, value, within: 1...(1 << 29))
    }
}
