// Sockets that listen. Unsafe here: socket addresses passed to the kernel by pointer.
import Glibc
import HTTP
import Reactor

/// A listening socket; closed with this object.
final class ListenerSocket: Sendable {
    let descriptor: Int32
    let address: ListenerAddress
    /// Whether several loops wait on this one socket.
    let isShared: Bool
    /// The file of a Unix socket, which is removed with this object if it is still the same one.
    private let file: SocketFile?

    /// Opens a socket at `address` and listens; the file of a Unix socket gets `mode`.
    init(
        _ address: ListenerAddress,
        _ limits: Limits,
        mode: UInt32? = nil
    ) throws(SystemError) {
        switch address {
        case .ip(let text, let port):
            let made = try ListenerSocket.open(text, port, limits)
            descriptor = made
            self.address = .ip(text, port: ListenerSocket.port(of: made))
            isShared = false
            file = nil
        case .unix(let path):
            descriptor = try ListenerSocket.open(path, limits, mode)
            self.address = address
            isShared = true
            file = SocketFile(path)
        case .inherited(let inherited):
            descriptor = inherited
            let flags = fcntl(inherited, F_GETFL)
            guard flags >= 0 else { throw SystemError("fcntl", errno) }
            _ = fcntl(inherited, F_SETFL, flags | O_NONBLOCK)
            _ = fcntl(inherited, F_SETFD, FD_CLOEXEC)
            ListenerSocket.setForAccepted(inherited, limits)
            self.address = address
            isShared = true
            file = nil
        }
    }

    deinit {
        close(descriptor)
        file?.remove()
    }

    private static func open(
        _ text: String,
        _ port: UInt16,
        _ limits: Limits,
        isAlone: Bool = false
    ) throws(SystemError) -> Int32 {
        guard let address = IPAddress(text) else { throw SystemError("inet_pton \(text)", EINVAL) }
        let isFour = !text.contains(":")
        let descriptor = try Sockets.open(isFour ? AF_INET : AF_INET6)
        set(descriptor, SOL_SOCKET, SO_REUSEADDR, 1)
        if !isAlone { set(descriptor, SOL_SOCKET, SO_REUSEPORT, 1) }
        setForAccepted(descriptor, limits)
        if !isFour { set(descriptor, Int32(IPPROTO_IPV6), IPV6_V6ONLY, 1) }
        do throws(SystemError) {
            if isFour {
                var name = sockaddr_in()
                name.sin_family = sa_family_t(AF_INET)
                name.sin_port = port.bigEndian
                name.sin_addr.s_addr = UInt32(truncatingIfNeeded: address.low).bigEndian
                try bind(descriptor, &name, MemoryLayout<sockaddr_in>.size)
            } else {
                var name = sockaddr_in6()
                name.sin6_family = sa_family_t(AF_INET6)
                name.sin6_port = port.bigEndian
                unsafe withUnsafeMutableBytes(of: &name.sin6_addr) { bytes in
                    unsafe bytes.storeBytes(of: address.high.bigEndian, as: UInt64.self)
                    unsafe bytes.storeBytes(
                        of: address.low.bigEndian,
                        toByteOffset: 8,
                        as: UInt64.self
                    )
                }
                try bind(descriptor, &name, MemoryLayout<sockaddr_in6>.size)
            }
            try listen(descriptor, limits)
        } catch {
            close(descriptor)
            throw error
        }
        return descriptor
    }

    private static func open(
        _ path: String,
        _ limits: Limits,
        _ mode: UInt32?
    ) throws(SystemError) -> Int32 {
        var name = sockaddr_un()
        name.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.utf8)
        guard bytes.count < 108, !bytes.isEmpty else {
            throw SystemError("bind \(path)", ENAMETOOLONG)
        }
        unsafe withUnsafeMutableBytes(of: &name.sun_path) { unsafe $0.copyBytes(from: bytes) }
        let descriptor = try Sockets.open(AF_UNIX)
        do throws(SystemError) {
            // A socket file that nobody listens at is what an ended program has left behind.
            if let file = SocketFile(path) {
                guard isRefused(&name) else { throw SystemError("bind \(path)", EADDRINUSE) }
                file.remove()
            }
            // The file is made with the permissions that the socket has: it is never open to others.
            if let mode, fchmod(descriptor, mode) != 0 { throw SystemError("fchmod", errno) }
            try bind(descriptor, &name, MemoryLayout<sockaddr_un>.size)
            try listen(descriptor, limits)
        } catch {
            close(descriptor)
            throw error
        }
        return descriptor
    }

    /// Whether nobody listens at an address and port; loops share a port, and so would another program.
    static func isFree(_ text: String, _ port: UInt16) -> Bool {
        guard port > 0 else { return true }
        do throws(SystemError) {
            close(try open(text, port, Limits(), isAlone: true))
            return true
        } catch {
            return error.code != EADDRINUSE
        }
    }

    /// Whether a socket's file is there and nobody listens at it.
    private static func isRefused(_ name: inout sockaddr_un) -> Bool {
        guard let probe = try? Sockets.open(AF_UNIX) else { return false }
        defer { close(probe) }
        let code = unsafe withUnsafeBytes(of: &name) { bytes in
            guard let base = bytes.baseAddress else { return Int32(0) }
            return unsafe connect(
                probe,
                base.assumingMemoryBound(to: sockaddr.self),
                socklen_t(bytes.count)
            )
        }
        return code != 0 && errno == ECONNREFUSED
    }

    private static func bind<Name>(
        _ descriptor: Int32,
        _ name: inout Name,
        _ size: Int
    ) throws(SystemError) {
        let code = unsafe withUnsafeBytes(of: &name) { bytes -> Int32 in
            guard let base = bytes.baseAddress else { return -1 }
            return unsafe Glibc.bind(
                descriptor,
                base.assumingMemoryBound(to: sockaddr.self),
                socklen_t(size)
            )
        }
        guard code == 0 else { throw SystemError("bind", errno) }
    }

    private static func listen(_ descriptor: Int32, _ limits: Limits) throws(SystemError) {
        guard Glibc.listen(descriptor, Int32(limits.backlog)) == 0 else {
            throw SystemError("listen", errno)
        }
    }

    private static func set(_ descriptor: Int32, _ level: Int32, _ name: Int32, _ value: Int32) {
        var value = value
        unsafe setsockopt(descriptor, level, name, &value, socklen_t(MemoryLayout<Int32>.size))
    }

    /// Sets what accepted sockets inherit, which saves calls for each.
    private static func setForAccepted(_ descriptor: Int32, _ limits: Limits) {
        set(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, 1)
        set(descriptor, Int32(IPPROTO_TCP), TCP_NOTSENT_LOWAT, Int32(clamping: limits.unsentBytes))
    }

    private static func port(of descriptor: Int32) -> UInt16 {
        var storage = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let code = unsafe withUnsafeMutableBytes(of: &storage) { bytes -> Int32 in
            guard let base = bytes.baseAddress else { return -1 }
            return unsafe getsockname(
                descriptor,
                base.assumingMemoryBound(to: sockaddr.self),
                &length
            )
        }
        return code == 0 ? SocketPeer(storage).port : 0
    }
}

extension ListenerAddress {
    /// Whether no other program listens there; true where that cannot be told beforehand.
    var isFree: Bool {
        guard case .ip(let address, let port) = self else { return true }
        return ListenerSocket.isFree(address, port)
    }
}

/// The file of a Unix socket, as it was when it was looked at.
struct SocketFile {
    private let path: String
    private let device: UInt64
    private let inode: UInt64

    /// The socket at a path; nil where there is none, or something else.
    init?(_ path: String) {
        var status = stat()
        guard unsafe lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFSOCK else { return nil }
        self.path = path
        device = UInt64(status.st_dev)
        inode = UInt64(status.st_ino)
    }

    /// Removes the file, unless another is there by now.
    func remove() {
        guard let now = SocketFile(path), now.device == device, now.inode == inode else { return }
        unsafe unlink(path)
    }
}
