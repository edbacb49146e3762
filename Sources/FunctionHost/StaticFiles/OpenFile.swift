// Unsafe here: calls of the system with a buffer's own length.

import CLinux
import Glibc

/// An open file or directory, which is closed with this object.
final class OpenFile: Sendable {
    let descriptor: Int32
    /// Bytes.
    let size: UInt64
    let isDirectory: Bool
    let isRegular: Bool
    /// When its bytes last changed, and when anything about it did: nanoseconds since 1970.
    let modified: Int64
    let changed: Int64

    /// Why something cannot be opened.
    enum Failure: Error, Equatable {
        /// There is nothing of that name, or it must not be reached.
        case absent
        /// The system has no descriptor, or fails to read.
        case system(Int32)
    }

    /// Opens `path`, which must stay beneath `directory`: no step out of it, by `..` or by a link.
    convenience init(_ path: String, beneath directory: OpenFile) throws(Failure) {
        try self.init(owning: OpenFile.open(path, beneath: directory))
    }

    private static func open(_ path: String, beneath directory: OpenFile) throws(Failure) -> Int32 {
        let flags = O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK
        for _ in 0..<StaticFileLimits.pathResolutions {
            let number = unsafe virga_open_beneath(
                directory.descriptor,
                path,
                UInt64(UInt32(bitPattern: flags)),
                0
            )
            switch -number {
            case EAGAIN, EINTR: continue
            case EMFILE, ENFILE, ENOMEM, EIO: throw .system(-number)
            case let code where code > 0: throw .absent
            default: return number
            }
        }
        throw .absent
    }

    /// Opens a directory by any path.
    convenience init(directory path: String) throws(Failure) {
        let number = unsafe Glibc.open(path, O_RDONLY | O_CLOEXEC | O_DIRECTORY)
        guard number >= 0 else { throw .system(errno) }
        try self.init(owning: number)
    }

    private init(owning number: Int32) throws(Failure) {
        descriptor = number
        var status = stat()
        let code = unsafe fstat(number, &status) == 0 ? 0 : errno
        size = UInt64(max(0, status.st_size))
        isDirectory = status.st_mode & S_IFMT == S_IFDIR
        isRegular = status.st_mode & S_IFMT == S_IFREG
        modified = OpenFile.nanoseconds(status.st_mtim)
        changed = OpenFile.nanoseconds(status.st_ctim)
        if code != 0 { throw .system(code) }
    }

    deinit { close(descriptor) }

    private static func nanoseconds(_ time: timespec) -> Int64 {
        Int64(time.tv_sec).multipliedReportingOverflow(by: 1_000_000_000).partialValue
            &+ Int64(time.tv_nsec)
    }

    /// Reads at most `count` bytes at `offset`, fewer at the end of the file; nil where it cannot be read.
    func read(_ count: Int, at offset: UInt64) -> [UInt8]? {
        guard let offset = off_t(exactly: offset) else { return nil }
        var failed = false
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, length in
            length = 0
            while length < count {
                let taken = unsafe pread(
                    descriptor,
                    buffer.baseAddress.map { unsafe $0 + length },
                    count - length,
                    offset + off_t(length)
                )
                if taken < 0, errno == EINTR { continue }
                failed = taken < 0
                guard taken > 0 else { return }
                length += taken
            }
        }
        return failed ? nil : bytes
    }
}
