// Unsafe here: a path passed to the C library.

import Digest
import Glibc
import Reactor

/// A file's digest and size.
package struct FileDigest: Sendable, Equatable {
    package let digest: SHA256Digest
    package let size: UInt64

    /// Reads the file at a path.
    package init(_ path: String) throws(SystemError) {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw SystemError("open \(path)", errno) }
        defer { close(descriptor) }
        try self.init(descriptor, path)
    }

    /// Reads an open file, which messages call `path`, to its end.
    init(_ descriptor: Int32, _ path: String) throws(SystemError) {
        var hash = SHA256()
        var size: UInt64 = 0
        try StateFiles.forEachPiece(descriptor, path) { piece in
            hash.update(piece)
            size += UInt64(piece.byteCount)
        }
        self.size = size
        do throws(SHA256Error) {
            digest = try hash.finish()
        } catch {
            throw SystemError("SHA-256 of \(path)", ENOMEM)
        }
    }
}
