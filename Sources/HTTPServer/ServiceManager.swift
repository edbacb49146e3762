// What a service manager passes to the program, and is told by it. Unsafe here: the environment, and the
// address of a socket passed to the kernel by pointer.
import Glibc
import Reactor

/// The sockets that systemd, or another starter, has passed in (`LISTEN_PID`, `LISTEN_FDS`).
/// Spec: sd_listen_fds(3)
package func inheritedListeners() -> [ListenerAddress] {
    guard let process = unsafe getenv("LISTEN_PID"), let count = unsafe getenv("LISTEN_FDS"),
        unsafe String(cString: process) == String(getpid()),
        let number = Int32(unsafe String(cString: count)), (1...256).contains(number)
    else { return [] }
    return (3..<3 + number).map { .inherited(descriptor: $0) }
}

/// Whoever started the program and wants to know how it is (`NOTIFY_SOCKET`); where nobody does, nothing is
/// told.
/// Spec: sd_notify(3)
package struct ServiceManager: Sendable {
    /// What it is told.
    package enum Notice: Sendable {
        /// Requests are answered, for the first time or after a reload.
        case ready
        case reloading
        /// What is under way is finished, nothing new is begun.
        case stopping

        var text: String {
            switch self {
            case .ready: "READY=1"
            case .reloading: "RELOADING=1\nMONOTONIC_USEC=\(Instant.now.nanoseconds / 1_000)"
            case .stopping: "STOPPING=1"
            }
        }
    }

    /// A path, or a name that begins with `@` (an abstract address).
    private let path: String?

    package init() { path = unsafe getenv("NOTIFY_SOCKET").map { unsafe String(cString: $0) } }

    /// Tells it, without waiting. That it does not listen is no failure of this program.
    package func tell(_ notice: Notice) {
        guard let path else { return }
        var name = sockaddr_un()
        var bytes = Array(path.utf8)
        guard (1..<MemoryLayout.size(ofValue: name.sun_path)).contains(bytes.count) else { return }
        if bytes[0] == UInt8(ascii: "@") { bytes[0] = 0 }
        name.sun_family = sa_family_t(AF_UNIX)
        unsafe withUnsafeMutableBytes(of: &name.sun_path) { unsafe $0.copyBytes(from: bytes) }
        let size = socklen_t(MemoryLayout<sa_family_t>.size + bytes.count)
        let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        let text = Array(notice.text.utf8)
        unsafe withUnsafeBytes(of: &name) { address in
            guard let base = unsafe address.baseAddress?.assumingMemoryBound(to: sockaddr.self)
            else { return }
            let flags = Int32(MSG_DONTWAIT) | Int32(MSG_NOSIGNAL)
            _ = unsafe sendto(descriptor, text, text.count, flags, base, size)
        }
    }
}
