import ComponentModel
import Wasm

// The types of wasi:filesystem/types as components pass them, with their labels.

extension DescriptorType: ComponentEnum {
    package static let labels = [
        "unknown", "block-device", "character-device", "directory", "fifo", "symbolic-link",
        "regular-file", "socket",
    ]
}

extension Advice: ComponentEnum {
    package static let labels = [
        "normal", "sequential", "random", "will-need", "dont-need", "no-reuse",
    ]
}

extension DescriptorFlags: ComponentFlags {
    package static let labels = [
        "read", "write", "file-integrity-sync", "data-integrity-sync", "requested-write-sync",
        "mutate-directory",
    ]
    package static let all: UInt8 = 0b111111
}

extension PathFlags: ComponentFlags {
    package static let labels = ["symlink-follow"]
    package static let all: UInt8 = 0b1
}

extension OpenFlags: ComponentFlags {
    package static let labels = ["create", "directory", "exclusive", "truncate"]
    package static let all: UInt8 = 0b1111
}

extension FilesystemErrorCode: ComponentEnum {
    package static let labels = [
        "access", "would-block", "already", "bad-descriptor", "busy", "deadlock", "quota", "exist",
        "file-too-large", "illegal-byte-sequence", "in-progress", "interrupted", "invalid", "io",
        "is-directory", "loop", "too-many-links", "message-size", "name-too-long", "no-device",
        "no-entry", "no-lock", "insufficient-memory", "insufficient-space", "not-directory",
        "not-empty", "not-recoverable", "unsupported", "no-tty", "no-such-device", "overflow",
        "not-permitted", "pipe", "read-only", "invalid-seek", "text-file-busy", "cross-device",
    ]
}

extension NewTimestamp: LiftableVariant {
    package static func cases<V: CaseVisitor>(_ visitor: inout V) {
        visitor.case("no-change")
        visitor.case("now")
        visitor.case("timestamp", Datetime.self)
    }

    package init(discriminant: Int, from reader: inout RecordReader) throws(Trap) {
        switch discriminant {
        case 0: self = .noChange
        case 1: self = .now
        default: self = .timestamp(try reader.next(Datetime.self))
        }
    }
}

extension DescriptorStat: LowerableRecord {
    package static func fields<V: FieldVisitor>(_ visitor: inout V) {
        visitor.field("type", DescriptorType.self)
        visitor.field("link-count", UInt64.self)
        visitor.field("size", UInt64.self)
        visitor.field("data-access-timestamp", Datetime?.self)
        visitor.field("data-modification-timestamp", Datetime?.self)
        visitor.field("status-change-timestamp", Datetime?.self)
    }

    package func write(to writer: inout RecordWriter) throws(Trap) {
        try writer.add(type)
        try writer.add(linkCount)
        try writer.add(size)
        try writer.add(dataAccessTimestamp)
        try writer.add(dataModificationTimestamp)
        try writer.add(statusChangeTimestamp)
    }
}

extension MetadataHashValue: LowerableRecord {
    package static func fields<V: FieldVisitor>(_ visitor: inout V) {
        visitor.field("lower", UInt64.self)
        visitor.field("upper", UInt64.self)
    }

    package func write(to writer: inout RecordWriter) throws(Trap) {
        try writer.add(lower)
        try writer.add(upper)
    }
}

/// An entry of a directory as a guest gets it, its name being valid UTF-8.
/// Spec: wasi:filesystem/types#directory-entry
struct DirectoryEntryValue: LowerableRecord {
    let type: DescriptorType
    let name: String

    init(_ entry: DirectoryEntry) {
        type = entry.type
        name = String(decoding: entry.name, as: UTF8.self)
    }

    static func fields<V: FieldVisitor>(_ visitor: inout V) {
        visitor.field("type", DescriptorType.self)
        visitor.field("name", String.self)
    }

    func write(to writer: inout RecordWriter) throws(Trap) {
        try writer.add(type)
        try writer.add(name)
    }
}
