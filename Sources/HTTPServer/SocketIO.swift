// Reading and writing one connection's socket, in clear or through TLS.
//
// Unsafe here: buffers of the queues, passed to the kernel or to OpenSSL for the time of one call.
import Glibc
import HTTP
import Reactor
import TLS

/// How reading or writing went.
enum IOResult: Equatable {
    /// So many bytes.
    case moved(Int)
    /// The kernel has none, or takes none, at the moment.
    case blocked
    /// TLS has to read before it can go on writing, or to write before it can go on reading.
    case blockedOnOther
    /// The peer has shut its side.
    case ended
    /// The connection is broken.
    case failed
}

/// A connected socket and the TLS on it, if any.
struct SocketIO: ~Copyable {
    let descriptor: Int32
    var tls: TLSSession?

    init(_ descriptor: Int32) { self.descriptor = descriptor }

    /// The user at the other end of a Unix socket (SO_PEERCRED gives process, user and group).
    func peerUser() -> UInt32? {
        var credentials: InlineArray<3, UInt32> = [0, 0, 0]
        var length = socklen_t(MemoryLayout<InlineArray<3, UInt32>>.size)
        let code = unsafe getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &credentials, &length)
        return code == 0 ? credentials[1] : nil
    }

    /// Reads once, at most what `queue` has room for (at least one buffer).
    func read(into queue: inout ByteQueue, _ room: Int) -> IOResult {
        var result = IOResult.blocked
        _ = unsafe queue.withSpace(room) { buffer in
            result = unsafe read(UnsafeMutableRawBufferPointer(rebasing: buffer.prefix(room)))
            if case .moved(let count) = result { return count }
            return 0
        }
        return result
    }

    private func read(_ buffer: UnsafeMutableRawBufferPointer) -> IOResult {
        if let tls {
            return switch unsafe tls.read(buffer) {
            case .done(let count): .moved(count)
            case .wantsRead: .blocked
            case .wantsWrite: .blockedOnOther
            case .closed: .ended
            case .failed: .failed
            }
        }
        while true {
            let count = unsafe recv(descriptor, buffer.baseAddress, buffer.count, 0)
            if count > 0 { return .moved(count) }
            if count == 0 { return .ended }
            switch errno {
            case EINTR: continue
            case EAGAIN: return .blocked
            default: return .failed
            }
        }
    }

    /// Writes the bytes once and says how many were taken. Where more follows at once, the kernel may
    /// wait for it before it sends them.
    func write(_ bytes: UnsafeRawBufferPointer, moreFollows: Bool = false) -> IOResult {
        if let tls {
            return switch unsafe tls.write(bytes) {
            case .done(let count): .moved(count)
            case .wantsRead: .blockedOnOther
            case .wantsWrite: .blocked
            case .closed, .failed: .failed
            }
        }
        while true {
            let count = unsafe send(
                descriptor,
                bytes.baseAddress,
                bytes.count,
                Int32(MSG_NOSIGNAL) | (moreFollows ? Int32(MSG_MORE) : 0)
            )
            if count >= 0 { return .moved(count) }
            switch errno {
            case EINTR: continue
            case EAGAIN: return .blocked
            default: return .failed
            }
        }
    }

    /// Sends at most `limit` bytes of a file (sendfile(2)), in clear only; `ended` where the file has
    /// become shorter.
    func sendFile(_ part: FilePart, limit: Int) -> IOResult {
        guard tls == nil else { return .failed }
        guard var offset = off_t(exactly: part.offset) else { return .failed }
        let wanted = min(limit, Int(clamping: part.length))
        while true {
            let count = unsafe Glibc.sendfile(descriptor, part.descriptor, &offset, wanted)
            if count > 0 { return .moved(count) }
            if count == 0 { return .ended }
            switch errno {
            case EINTR: continue
            case EAGAIN: return .blocked
            default: return .failed
            }
        }
    }

    /// Whether the peer, which has shut its side, has left nothing unread.
    ///
    /// What it has left under TLS, but for its farewell, cannot be told; it counts as nothing.
    func isAtEnd() -> Bool {
        guard tls == nil else { return true }
        var byte: UInt8 = 0
        return unsafe recv(descriptor, &byte, 1, Int32(MSG_PEEK)) == 0
    }

    /// Makes `close` send a reset.
    func prepareReset() {
        var option = linger(l_onoff: 1, l_linger: 0)
        unsafe setsockopt(
            descriptor,
            SOL_SOCKET,
            SO_LINGER,
            &option,
            socklen_t(MemoryLayout<linger>.size)
        )
    }

    /// Shuts the writing side.
    func shutWriting() {
        tls?.shutdown()
        Glibc.shutdown(descriptor, Int32(SHUT_WR))
    }
}
