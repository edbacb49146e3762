// How the paths of a guest are resolved, so that no step leaves the directory that they begin at.
//
// Invariant: the kernel resolves a whole path beneath a directory that the guest has (`openat2` with
// RESOLVE_BENEATH), atomically with respect to renames; or it does so with all but the last name, and
// the call that follows gets that single name, which has no slash and is neither `.` nor `..`, and
// follows no link.

import CLinux
import Glibc

/// A path relative to a directory, as a guest gave it.
/// Spec: wasi:filesystem/types
struct Path: Sendable {
    private let text: String
    /// All but the last name; `.` where there is only one.
    private let parent: String
    /// The last name, without the slashes behind it.
    let name: String
    /// Whether slashes stand behind the last name, so that it must be a directory.
    let namesDirectory: Bool

    /// Throws where no directory can have such a path in it.
    init(_ text: String) throws(FilesystemErrorCode) {
        guard !text.isEmpty else { throw .noEntry }
        guard !text.utf8.contains(0) else { throw .invalid }
        guard text.utf8.first != UInt8(ascii: "/") else { throw .notPermitted }
        guard text.utf8.count < Int(PATH_MAX) else { throw .nameTooLong }
        self.text = text
        let bytes = Array(text.utf8)
        let slash = UInt8(ascii: "/")
        // The first byte is no slash, so that there is a name.
        let end = (bytes.lastIndex { $0 != slash } ?? 0) + 1
        let start = (bytes[..<end].lastIndex(of: slash) ?? -1) + 1
        name = String(decoding: bytes[start..<end], as: UTF8.self)
        parent = start == 0 ? "." : String(decoding: bytes[..<start], as: UTF8.self)
        namesDirectory = end < bytes.count
    }

    /// Whether the last name is no name but a step, which only `open` may take.
    private var endsInStep: Bool { name == "." || name == ".." }

    /// Opens what the path leads to, beneath `directory`; it counts in `count`.
    func open(
        beneath directory: SystemDescriptor,
        _ flags: Int32,
        mode: mode_t = 0,
        in count: OpenFileCount? = nil
    ) throws(FilesystemErrorCode) -> SystemDescriptor {
        try Path.open(text, beneath: directory, flags, mode, in: count)
    }

    /// Opens the directory that the last name is in, for calls that take that name.
    ///
    /// Where the path ends in a step, checks that it stays within `directory`, and throws `step`.
    func openParent(
        beneath directory: SystemDescriptor,
        orElse step: FilesystemErrorCode
    ) throws(FilesystemErrorCode) -> SystemDescriptor {
        guard !endsInStep else {
            _ = try open(beneath: directory, virga_place | O_DIRECTORY)
            throw step
        }
        return try Path.open(parent, beneath: directory, virga_place | O_DIRECTORY, 0)
    }

    private static func open(
        _ path: String,
        beneath directory: SystemDescriptor,
        _ flags: Int32,
        _ mode: mode_t,
        in count: OpenFileCount? = nil
    ) throws(FilesystemErrorCode) -> SystemDescriptor {
        // A terminal that a guest opens is not ours to be controlled by; a pipe without another end
        // is not waited for.
        let always = O_CLOEXEC | (flags & virga_place == 0 ? O_NOCTTY | O_NONBLOCK : 0)
        let mode = flags & O_CREAT == 0 ? 0 : UInt64(mode)
        for _ in 0..<WASILimits.pathResolutions {
            let number = unsafe virga_open_beneath(
                directory.number,
                path,
                UInt64(UInt32(bitPattern: flags | always)),
                mode
            )
            switch -number {
            case EAGAIN, EINTR:
                continue  // Something on the way was renamed meanwhile.
            case EXDEV: throw .notPermitted
            case let code where code > 0: throw FilesystemErrorCode(errno: code)
            default: return SystemDescriptor(number, in: count)
            }
        }
        throw .wouldBlock
    }
}
