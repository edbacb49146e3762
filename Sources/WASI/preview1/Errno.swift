/// Error codes of preview 1.
/// Spec: wasi_snapshot_preview1#errno
package enum Errno: UInt16, Error, Hashable, Sendable {
    case success = 0
    case acces = 2
    case again = 6
    case already = 7
    case badf = 8
    case busy = 10
    case deadlk = 16
    case dquot = 19
    case exist = 20
    case fbig = 22
    case ilseq = 25
    case inprogress = 26
    case intr = 27
    case inval = 28
    case io = 29
    case isdir = 31
    case loop = 32
    case mfile = 33
    case mlink = 34
    case msgsize = 35
    case nametoolong = 37
    case nodev = 43
    case noent = 44
    case nolck = 46
    case nomem = 48
    case nospc = 51
    case notdir = 54
    case notempty = 55
    case notrecoverable = 56
    case notsock = 57
    case notsup = 58
    case notty = 59
    case nxio = 60
    case overflow = 61
    case perm = 63
    case pipe = 64
    case rofs = 69
    case spipe = 70
    case txtbsy = 74
    case xdev = 75

    /// What preview 1 calls an error of a file system.
    package init(_ code: FilesystemErrorCode) {
        self =
            switch code {
            case .access: .acces
            case .wouldBlock: .again
            case .already: .already
            case .badDescriptor: .badf
            case .busy: .busy
            case .deadlock: .deadlk
            case .quota: .dquot
            case .exist: .exist
            case .fileTooLarge: .fbig
            case .illegalByteSequence: .ilseq
            case .inProgress: .inprogress
            case .interrupted: .intr
            case .invalid: .inval
            case .io: .io
            case .isDirectory: .isdir
            case .loop: .loop
            case .tooManyLinks: .mlink
            case .messageSize: .msgsize
            case .nameTooLong: .nametoolong
            case .noDevice: .nodev
            case .noEntry: .noent
            case .noLock: .nolck
            case .insufficientMemory: .nomem
            case .insufficientSpace: .nospc
            case .notDirectory: .notdir
            case .notEmpty: .notempty
            case .notRecoverable: .notrecoverable
            case .unsupported: .notsup
            case .noTTY: .notty
            case .noSuchDevice: .nxio
            case .overflow: .overflow
            case .notPermitted: .perm
            case .pipe: .pipe
            case .readOnly: .rofs
            case .invalidSeek: .spipe
            case .textFileBusy: .txtbsy
            case .crossDevice: .xdev
            }
    }

    /// What preview 1 calls an error of a stream.
    init(_ error: StreamError) {
        switch error {
        case .closed: self = .pipe
        case .lastOperationFailed(let failure):
            self = FilesystemErrorCode(failure).map { Errno($0) } ?? .io
        }
    }
}
