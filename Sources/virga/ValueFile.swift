// Unsafe here: a path passed to stat(2) for the time of the call.

import Glibc
import Synchronization

/// Files of the command line that are read each time the app is loaded. What can be read only once, as a
/// pipe can, is kept as it was the first time.
enum ValueFile {
    private static let kept = Mutex<[String: [UInt8]]>([:])

    /// The bytes of the file at `path`. Throws a sentence if it cannot be read, or has more than `limit`.
    static func read(_ path: String, limit: Int) throws(Failure) -> [UInt8] {
        if let bytes = kept.withLock({ $0[path] }) { return bytes }
        let isKept = !isReadAnew(path)
        guard let bytes = ModuleFile.read(path, limit: limit) else {
            throw errno == EFBIG
                ? Failure("\(path) has more than \(limit) bytes")
                : Failure("\(path): \(unsafe String(cString: strerror(errno)))")
        }
        if isKept { kept.withLock { $0[path] = bytes } }
        return bytes
    }

    /// Whether reading it again gives what is there then: of a file and a directory, and of what is not
    /// there yet.
    static func isReadAnew(_ path: String) -> Bool {
        var status = Glibc.stat()
        guard unsafe stat(path, &status) == 0 else { return true }
        return [S_IFREG, S_IFDIR].contains(status.st_mode & S_IFMT)
    }
}
