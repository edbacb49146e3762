import CLinux
import Glibc

/// A directory of the host that a guest may use, under a name of its own.
///
/// It is opened once; what takes its place at the same path later is not the guest's.
package struct Preopen: Sendable {
    /// Where it is on the host, for messages.
    package let host: String
    /// What the guest calls it.
    package let guest: String
    /// Whether nothing in it may be changed.
    package let isReadOnly: Bool
    let directory: SystemDescriptor

    /// Why a directory cannot be given to a guest.
    package enum Failure: Error, CustomStringConvertible {
        case syntax(String)
        case cannotOpen(host: String, FilesystemErrorCode)

        package var description: String {
            switch self {
            case .syntax(let text):
                "'\(text)' is no directory for a guest: write HOST::GUEST or HOST::GUEST:ro"
            case .cannotOpen(let host, let code): "the directory \(host) cannot be opened: \(code)"
            }
        }
    }

    /// Opens the directory at `host`.
    package init(host: String, guest: String, isReadOnly: Bool) throws(Failure) {
        let flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC
        let number = unsafe open(host, flags)
        guard number >= 0 else { throw .cannotOpen(host: host, FilesystemErrorCode(errno: errno)) }
        directory = SystemDescriptor(number)
        self.host = host
        self.guest = guest
        self.isReadOnly = isReadOnly
    }

    /// Opens the directory that `HOST::GUEST`, `HOST::GUEST:ro`, `HOST` or `HOST:ro` says; without
    /// `GUEST` the guest uses the host's name.
    package init(_ text: String) throws(Failure) {
        let isReadOnly = text.hasSuffix(":ro")
        let names = isReadOnly ? text.dropLast(3) : text[...]
        var host = names
        var guest = names
        if let colon = names.indices.first(where: { names[$0...].hasPrefix("::") }) {
            host = names[..<colon]
            guest = names[names.index(colon, offsetBy: 2)...]
        }
        guard !host.isEmpty, !guest.isEmpty, !text.utf8.contains(0) else { throw .syntax(text) }
        try self.init(host: String(host), guest: String(guest), isReadOnly: isReadOnly)
    }
}
