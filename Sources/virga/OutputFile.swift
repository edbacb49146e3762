// Unsafe here: an array's own bytes written to a file.
import Glibc

/// A file that a command writes.
enum OutputFile {
    /// Writes a file as a whole: whoever reads it meets the old one or the new one.
    ///
    /// Throws a sentence if it cannot be written. What is no regular file is written in place.
    static func write(_ bytes: [UInt8], to path: String) throws(Failure) {
        var status = stat()
        let isThere = unsafe stat(path, &status) == 0
        if isThere, status.st_mode & S_IFMT != S_IFREG {
            return try put(bytes, in: path, as: path, O_WRONLY)
        }
        let target = isThere ? ModuleFile.realPath(path) : path
        let aside = "\(target).\(getpid())~"
        do throws(Failure) {
            try put(bytes, in: aside, as: path, O_WRONLY | O_CREAT | O_EXCL)
        } catch {
            unsafe unlink(aside)
            throw error
        }
        if isThere { unsafe chmod(aside, status.st_mode & 0o7777) }
        guard unsafe rename(aside, target) == 0 else {
            let failure = failure(path)
            unsafe unlink(aside)
            throw failure
        }
    }

    private static func put(
        _ bytes: [UInt8],
        in path: String,
        as name: String,
        _ flags: Int32
    ) throws(Failure) {
        let descriptor = unsafe open(path, flags | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw failure(name) }
        defer { close(descriptor) }
        var written = 0
        while written < bytes.count {
            let count = unsafe bytes.withUnsafeBytes { buffer in
                unsafe Glibc.write(
                    descriptor,
                    buffer.baseAddress.map { unsafe $0 + written },
                    buffer.count - written
                )
            }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { throw failure(name) }
            written += count
        }
    }

    private static func failure(_ path: String) -> Failure {
        Failure("\(path) cannot be written: \(unsafe String(cString: strerror(errno)))")
    }
}
