import Glibc

/// What went wrong with a file or a directory.
/// Spec: wasi:filesystem/types#error-code
package enum FilesystemErrorCode: UInt8, Error, Hashable, Sendable, CaseIterable {
    case access
    case wouldBlock
    case already
    case badDescriptor
    case busy
    case deadlock
    case quota
    case exist
    case fileTooLarge
    case illegalByteSequence
    case inProgress
    case interrupted
    case invalid
    case io
    case isDirectory
    case loop
    case tooManyLinks
    case messageSize
    case nameTooLong
    case noDevice
    case noEntry
    case noLock
    case insufficientMemory
    case insufficientSpace
    case notDirectory
    case notEmpty
    case notRecoverable
    case unsupported
    case noTTY
    case noSuchDevice
    case overflow
    case notPermitted
    case pipe
    case readOnly
    case invalidSeek
    case textFileBusy
    case crossDevice
}

extension FilesystemErrorCode {
    /// The kernel's numbers for them.
    private static let numbers: [(Int32, FilesystemErrorCode)] = [
        (EACCES, .access), (EAGAIN, .wouldBlock), (EALREADY, .already), (EBADF, .badDescriptor),
        (EBUSY, .busy), (EDEADLK, .deadlock), (EDQUOT, .quota), (EEXIST, .exist),
        (EFBIG, .fileTooLarge), (EILSEQ, .illegalByteSequence), (EINPROGRESS, .inProgress),
        (EINTR, .interrupted), (EINVAL, .invalid), (EIO, .io), (EISDIR, .isDirectory),
        (ELOOP, .loop), (EMLINK, .tooManyLinks), (EMSGSIZE, .messageSize),
        (ENAMETOOLONG, .nameTooLong), (ENODEV, .noDevice), (ENOENT, .noEntry), (ENOLCK, .noLock),
        (ENOMEM, .insufficientMemory), (ENOSPC, .insufficientSpace), (ENOTDIR, .notDirectory),
        (ENOTEMPTY, .notEmpty), (ENOTRECOVERABLE, .notRecoverable), (ENOTSUP, .unsupported),
        (ENOSYS, .unsupported), (ENOTTY, .noTTY), (ENXIO, .noSuchDevice), (EOVERFLOW, .overflow),
        (EPERM, .notPermitted), (EPIPE, .pipe), (EROFS, .readOnly), (ESPIPE, .invalidSeek),
        (ETXTBSY, .textFileBusy), (EXDEV, .crossDevice),
        // What the table of a process or of the system has no room for.
        (EMFILE, .insufficientMemory), (ENFILE, .insufficientMemory),
    ]

    /// The code for what the kernel says; `io` for what has no counterpart.
    package init(errno: Int32) {
        self = Self.numbers.first { $0.0 == errno }?.1 ?? .io
    }

    /// The code that a stream's error stands for; nil where it is of another interface.
    /// Spec: wasi:filesystem/types#filesystem-error-code
    package init?(_ error: IOError) {
        guard let code = error.cause as? FilesystemErrorCode else { return nil }
        self = code
    }
}

/// What the kernel gave, or its error as a code.
func filesystem(_ result: Int) throws(FilesystemErrorCode) -> Int {
    guard result >= 0 else { throw FilesystemErrorCode(errno: Int32(truncatingIfNeeded: -result)) }
    return result
}

/// What a call of the C library gave, or its `errno` as a code.
func filesystem(checking result: Int) throws(FilesystemErrorCode) -> Int {
    guard result >= 0 else { throw FilesystemErrorCode(errno: errno) }
    return result
}
