// Unsafe here: paths passed to the C library, buffers of their own length.

import Glibc
import SpinManifest
import Synchronization

/// The files that a component may read, gathered into a directory of their own, which is removed with
/// this object. A file is linked where the file system can, and copied where it cannot.
package final class MountTree: Sendable {
    /// The directories that are there.
    private static let all = Mutex<Set<String>>([])

    let path: String

    /// What could not be done with a file.
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// Gathers `files` in a new directory in `folder`, or where temporary files belong.
    init(_ files: [MountedFile], in folder: String? = nil) throws(Failure) {
        let temporary = unsafe getenv("TMPDIR").map { unsafe String(cString: $0) }
        let base = folder ?? temporary ?? "/tmp"
        var name = Array("\(base)/virga-files-XXXXXX".utf8CString)
        let isMade = unsafe name.withUnsafeMutableBufferPointer { buffer in
            guard let start = buffer.baseAddress else { return false }
            return unsafe mkdtemp(start) != nil
        }
        guard isMade else {
            throw Failure(description: "no directory can be made in \(base): \(MountTree.reason)")
        }
        path = String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        _ = MountTree.all.withLock { [path] in $0.insert(path) }
        for file in files { try add(file) }
    }

    deinit {
        MountTree.remove(path)
        _ = MountTree.all.withLock { [path] in $0.remove(path) }
    }

    /// Removes all of them, where the program ends without letting go of what has them.
    package static func removeAll() {
        for path in all.withLock({ $0 }) { remove(path) }
    }

    private static var reason: String { unsafe String(cString: strerror(errno)) }

    private func add(_ file: MountedFile) throws(Failure) {
        var directory = path
        let parts = file.guestPath.split(separator: "/")
        for part in parts.dropLast() {
            directory += "/\(part)"
            _ = unsafe mkdir(directory, 0o755)
        }
        guard let last = parts.last else { return }
        let target = "\(directory)/\(last)"
        if unsafe link(file.hostPath, target) == 0 { return }
        try copy(file.hostPath, target)
    }

    private func copy(_ source: String, _ target: String) throws(Failure) {
        let input = unsafe open(source, O_RDONLY | O_CLOEXEC)
        guard input >= 0 else {
            throw Failure(description: "\(source) cannot be read: \(MountTree.reason)")
        }
        defer { close(input) }
        let output = unsafe open(target, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
        guard output >= 0 else {
            throw Failure(description: "\(target) cannot be written: \(MountTree.reason)")
        }
        defer { close(output) }
        while true {
            let count = sendfile(output, input, nil, 1 << 24)
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else {
                throw Failure(description: "\(source) cannot be copied: \(MountTree.reason)")
            }
            if count == 0 { return }
        }
    }

    /// Removes a directory that this program made, with all in it.
    static func remove(_ path: String) {
        var names: [String] = []
        if let directory = unsafe opendir(path) {
            while let entry = unsafe readdir(directory) {
                let name = unsafe withUnsafePointer(to: entry.pointee.d_name) {
                    unsafe $0.withMemoryRebound(to: CChar.self, capacity: 256) {
                        unsafe String(cString: $0)
                    }
                }
                if name != "." && name != ".." { names.append(name) }
            }
            unsafe closedir(directory)
        }
        for name in names {
            let entry = "\(path)/\(name)"
            if unsafe unlink(entry) != 0 { remove(entry) }
        }
        unsafe rmdir(path)
    }
}
