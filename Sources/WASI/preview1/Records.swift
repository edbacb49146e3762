// The flags, enumerations and records of preview 1, with their layout in a guest's memory.

/// The type of a file.
/// Spec: wasi_snapshot_preview1#filetype
enum FileType: UInt8 {
    case unknown
    case blockDevice
    case characterDevice
    case directory
    case regularFile
    case socketDatagram
    case socketStream
    case symbolicLink

    init(_ type: DescriptorType) {
        self =
            switch type {
            case .unknown, .fifo: .unknown
            case .blockDevice: .blockDevice
            case .characterDevice: .characterDevice
            case .directory: .directory
            case .symbolicLink: .symbolicLink
            case .regularFile: .regularFile
            case .socket: .socketStream
            }
    }
}

/// Flags of an open file.
/// Spec: wasi_snapshot_preview1#fdflags
struct FDFlags: OptionSet {
    let rawValue: UInt16

    static let append = FDFlags(rawValue: 1 << 0)
    static let dsync = FDFlags(rawValue: 1 << 1)
    static let nonblock = FDFlags(rawValue: 1 << 2)
    static let rsync = FDFlags(rawValue: 1 << 3)
    static let sync = FDFlags(rawValue: 1 << 4)
    static let all: FDFlags = [.append, .dsync, .nonblock, .rsync, .sync]
    /// Those that an open file can be given and lose.
    static let mutable: FDFlags = [.append, .nonblock]
}

/// What may be done with an open file. They are told and not enforced: what a file may be used for
/// follows from how its directory was given, and how it was opened.
/// Spec: wasi_snapshot_preview1#rights
struct Rights: OptionSet {
    let rawValue: UInt64

    static let fdRead = Rights(rawValue: 1 << 1)
    static let fdSeek = Rights(rawValue: 1 << 2)
    static let fdWrite = Rights(rawValue: 1 << 6)
    static let fdReaddir = Rights(rawValue: 1 << 14)
    static let pathFilestatSetSize = Rights(rawValue: 1 << 19)
    static let fdFilestatSetSize = Rights(rawValue: 1 << 22)
    static let all = Rights(rawValue: 1 << 30 - 1)
    /// Those of a directory that the guest has from the start: paths, attributes and entries.
    static let preopen = Rights(rawValue: 0x07B7_FE00)
    /// Those that may be asked for of what is opened there.
    static let preopenInheriting = Rights(rawValue: 0x0FF7_FFFF)
    /// Those of a directory that the guest has opened.
    static let directory = Rights.all.subtracting([
        .fdSeek, .fdWrite, .pathFilestatSetSize, .fdFilestatSetSize,
    ])

    /// Those of a file that was opened with these flags.
    static func file(_ flags: DescriptorFlags) -> Rights {
        var rights = Rights.all
        if !flags.contains(.read) { rights.subtract([.fdRead, .fdReaddir]) }
        if !flags.contains(.write) { rights.subtract(.fdWrite) }
        return rights
    }
}

/// Which times of a file are set, and to what.
/// Spec: wasi_snapshot_preview1#fstflags
struct FSTFlags: OptionSet {
    let rawValue: UInt16

    static let atim = FSTFlags(rawValue: 1 << 0)
    static let atimNow = FSTFlags(rawValue: 1 << 1)
    static let mtim = FSTFlags(rawValue: 1 << 2)
    static let mtimNow = FSTFlags(rawValue: 1 << 3)
    static let all: FSTFlags = [.atim, .atimNow, .mtim, .mtimNow]

    /// What a time becomes; `inval` where it is to be both.
    func timestamp(
        _ given: FSTFlags,
        _ now: FSTFlags,
        _ nanoseconds: UInt64
    ) throws(Failure) -> NewTimestamp {
        switch (contains(given), contains(now)) {
        case (true, true): throw .errno(.inval)
        case (true, false): return .timestamp(Datetime(timestamp: nanoseconds))
        case (false, true): return .now
        case (false, false): return .noChange
        }
    }
}

/// Bytes that are laid out for a guest, little-endian.
struct Record {
    private(set) var bytes: [UInt8]

    /// `count` zeros.
    init(_ count: Int) { bytes = [UInt8](repeating: 0, count: count) }

    /// Writes a number at `offset`, which is a constant within the record.
    mutating func put<Number: FixedWidthInteger>(_ number: Number, _ offset: Int) {
        for index in 0..<(Number.bitWidth / 8) {
            bytes[offset + index] = UInt8(truncatingIfNeeded: number >> Number(8 * index))
        }
    }
}

extension Record {
    /// Spec: wasi_snapshot_preview1#fdstat
    static func fdstat(
        _ type: FileType,
        _ flags: FDFlags,
        _ base: Rights,
        _ inheriting: Rights
    ) -> Record {
        var record = Record(24)
        record.put(type.rawValue, 0)
        record.put(flags.rawValue, 2)
        record.put(base.rawValue, 8)
        record.put(inheriting.rawValue, 16)
        return record
    }

    /// Spec: wasi_snapshot_preview1#filestat
    static func filestat(_ status: DescriptorStat) -> Record {
        var record = Record(64)
        record.put(status.device, 0)
        record.put(status.inode, 8)
        record.put(FileType(status.type).rawValue, 16)
        record.put(status.linkCount, 24)
        record.put(status.size, 32)
        record.put(status.dataAccessTimestamp?.timestamp ?? 0, 40)
        record.put(status.dataModificationTimestamp?.timestamp ?? 0, 48)
        record.put(status.statusChangeTimestamp?.timestamp ?? 0, 56)
        return record
    }

    /// The attributes of a stream that is no file.
    static func filestat(_ type: FileType) -> Record {
        var record = Record(64)
        record.put(type.rawValue, 16)
        return record
    }

    /// The name follows the record.
    /// Spec: wasi_snapshot_preview1#dirent
    static func dirent(_ entry: DirectoryEntry) -> Record {
        var record = Record(24)
        record.put(entry.next, 0)
        record.put(entry.inode, 8)
        record.put(UInt32(truncatingIfNeeded: entry.name.count), 16)
        record.put(FileType(entry.type).rawValue, 20)
        return record
    }

    /// Spec: wasi_snapshot_preview1#event
    static func event(_ event: Event) -> Record {
        var record = Record(Event.bytes)
        record.put(event.userdata, 0)
        record.put(event.errno.rawValue, 8)
        record.put(event.type, 10)
        record.put(event.byteCount, 16)
        return record
    }
}
