// The records, flags and enumerations of wasi:filesystem/types.

import Glibc

/// The type of an object of a file system.
/// Spec: wasi:filesystem/types#descriptor-type
package enum DescriptorType: UInt8, Sendable, Hashable {
    case unknown
    case blockDevice
    case characterDevice
    case directory
    case fifo
    case symbolicLink
    case regularFile
    case socket

    /// The type that a mode says.
    init(mode: mode_t) {
        self =
            switch mode & S_IFMT {
            case S_IFBLK: .blockDevice
            case S_IFCHR: .characterDevice
            case S_IFDIR: .directory
            case S_IFIFO: .fifo
            case S_IFLNK: .symbolicLink
            case S_IFREG: .regularFile
            case S_IFSOCK: .socket
            default: .unknown
            }
    }

    /// The type that an entry of a directory says: the mode's bits, without those below them.
    init(entry: UInt8) { self.init(mode: mode_t(entry) << 12) }
}

/// How a descriptor may be used.
/// Spec: wasi:filesystem/types#descriptor-flags
package struct DescriptorFlags: OptionSet, Sendable, Hashable {
    package let rawValue: UInt8
    package init(rawValue: UInt8) { self.rawValue = rawValue }

    package static let read = DescriptorFlags(rawValue: 1 << 0)
    package static let write = DescriptorFlags(rawValue: 1 << 1)
    package static let fileIntegritySync = DescriptorFlags(rawValue: 1 << 2)
    package static let dataIntegritySync = DescriptorFlags(rawValue: 1 << 3)
    package static let requestedWriteSync = DescriptorFlags(rawValue: 1 << 4)
    package static let mutateDirectory = DescriptorFlags(rawValue: 1 << 5)
}

/// How a path's last link is treated.
/// Spec: wasi:filesystem/types#path-flags
package struct PathFlags: OptionSet, Sendable, Hashable {
    package let rawValue: UInt8
    package init(rawValue: UInt8) { self.rawValue = rawValue }

    package static let symlinkFollow = PathFlags(rawValue: 1 << 0)
}

/// How a path is opened.
/// Spec: wasi:filesystem/types#open-flags
package struct OpenFlags: OptionSet, Sendable, Hashable {
    package let rawValue: UInt8
    package init(rawValue: UInt8) { self.rawValue = rawValue }

    package static let create = OpenFlags(rawValue: 1 << 0)
    package static let directory = OpenFlags(rawValue: 1 << 1)
    package static let exclusive = OpenFlags(rawValue: 1 << 2)
    package static let truncate = OpenFlags(rawValue: 1 << 3)
}

/// How a file will be read.
/// Spec: wasi:filesystem/types#advice
package enum Advice: UInt8, Sendable {
    case normal
    case sequential
    case random
    case willNeed
    case dontNeed
    case noReuse

    /// The kernel's number for it.
    var number: Int32 {
        switch self {
        case .normal: POSIX_FADV_NORMAL
        case .sequential: POSIX_FADV_SEQUENTIAL
        case .random: POSIX_FADV_RANDOM
        case .willNeed: POSIX_FADV_WILLNEED
        case .dontNeed: POSIX_FADV_DONTNEED
        case .noReuse: POSIX_FADV_NOREUSE
        }
    }
}

/// What a timestamp is set to.
/// Spec: wasi:filesystem/types#new-timestamp
package enum NewTimestamp: Sendable, Hashable {
    case noChange
    case now
    case timestamp(Datetime)

    /// As `utimensat` wants it. Throws `overflow` where the kernel's time does not hold it.
    func time() throws(FilesystemErrorCode) -> (seconds: Int64, nanoseconds: Int) {
        switch self {
        case .noChange: return (0, (1 << 30) - 2)  // UTIME_OMIT
        case .now: return (0, (1 << 30) - 1)  // UTIME_NOW
        case .timestamp(let time):
            guard let seconds = Int64(exactly: time.seconds) else { throw .overflow }
            guard time.nanoseconds < 1_000_000_000 else { throw .invalid }
            return (seconds, Int(time.nanoseconds))
        }
    }
}

/// The attributes of an object of a file system.
/// Spec: wasi:filesystem/types#descriptor-stat
package struct DescriptorStat: Sendable, Hashable {
    package var type: DescriptorType
    package var linkCount: UInt64
    package var size: UInt64
    /// Nil where it is before 1970.
    package var dataAccessTimestamp: Datetime?
    package var dataModificationTimestamp: Datetime?
    package var statusChangeTimestamp: Datetime?
    /// The number of the file system, and of the object in it: what preview 1 shows of them.
    package var device: UInt64
    package var inode: UInt64

    init(_ status: stat) {
        type = DescriptorType(mode: status.st_mode)
        linkCount = UInt64(status.st_nlink)
        size = UInt64(max(status.st_size, 0))
        dataAccessTimestamp = Datetime(status.st_atim)
        dataModificationTimestamp = Datetime(status.st_mtim)
        statusChangeTimestamp = Datetime(status.st_ctim)
        device = UInt64(status.st_dev)
        inode = UInt64(status.st_ino)
    }

    /// The attributes of what a descriptor refers to.
    init(of descriptor: borrowing SystemDescriptor) throws(FilesystemErrorCode) {
        var status = stat()
        _ = try filesystem(checking: Int(unsafe fstat(descriptor.number, &status)))
        self.init(status)
    }
}

/// What becomes of an object's metadata when they are hashed.
/// Spec: wasi:filesystem/types#metadata-hash-value
package struct MetadataHashValue: Sendable, Hashable {
    package var lower: UInt64
    package var upper: UInt64

    /// Depends on the object's place, size and last modification.
    init(_ status: DescriptorStat) {
        var lower: UInt64 = 0x6A09_E667_F3BC_C908
        var upper: UInt64 = 0xBB67_AE85_84CA_A73B
        let time = status.dataModificationTimestamp
        let words = [
            status.device, status.inode, status.size, time?.seconds ?? .max,
            UInt64(time?.nanoseconds ?? 0), UInt64(status.type.rawValue),
        ]
        for word in words {
            var scramble = InsecureRandom(seed: (lower ^ word, upper))
            lower = scramble.u64()
            upper = scramble.u64()
        }
        self.lower = lower
        self.upper = upper
    }
}
