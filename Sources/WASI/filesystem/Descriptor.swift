import CLinux
import Glibc
import Wasm

/// An object of a file system that a guest has opened, or that was opened for it.
///
/// What may wait for a disk is done by a worker, while the guest is suspended.
/// Spec: wasi:filesystem/types#descriptor
package final class Descriptor {
    /// How it may be used.
    package let flags: DescriptorFlags
    /// What it refers to.
    package let type: DescriptorType
    let handle: SystemDescriptor
    let system: System

    init(
        _ handle: SystemDescriptor,
        _ type: DescriptorType,
        _ flags: DescriptorFlags,
        _ system: System
    ) {
        self.handle = handle
        self.type = type
        self.flags = flags
        self.system = system
    }

    /// The descriptor of a directory that the guest may use.
    package init(_ preopen: Preopen, _ system: System) {
        handle = preopen.directory
        type = .directory
        flags = preopen.isReadOnly ? .read : [.read, .mutateDirectory]
        self.system = system
    }

    package var isDirectory: Bool { type == .directory }

    /// What one of its operations gives.
    package typealias Answer<Value> = Result<Value, FilesystemErrorCode>

    // MARK: Streams

    /// A stream of the file's bytes from `offset` on.
    package func readViaStream(_ offset: UInt64) -> Answer<InputStream> {
        answer { () throws(FilesystemErrorCode) in
            try checkFile(.read)
            return InputStream(FileSource(handle, try position(offset), system))
        }
    }

    /// A stream whose bytes are written to the file from `offset` on.
    package func writeViaStream(_ offset: UInt64) -> Answer<OutputStream> {
        answer { () throws(FilesystemErrorCode) in
            try checkFile(.write)
            return OutputStream(FileSink(handle, .offset(try position(offset)), system))
        }
    }

    /// A stream whose bytes are written behind the file's end.
    package func appendViaStream() -> Answer<OutputStream> {
        answer { () throws(FilesystemErrorCode) in
            try checkFile(.write)
            return OutputStream(FileSink(handle, .end, system))
        }
    }

    // MARK: Contents

    /// Up to `length` bytes at `offset`, `WASILimits.readBytes` at most, and whether the file ends
    /// there.
    package func read(
        _ length: UInt64,
        at offset: UInt64
    ) throws(Trap) -> Answer<(bytes: [UInt8], isEnd: Bool)> {
        let count = Int(min(length, UInt64(WASILimits.readBytes)))
        return try perform { (descriptor) throws(FilesystemErrorCode) in
            try descriptor.checkFile(.read)
            let position = try descriptor.position(offset)
            return { [handle = descriptor.handle] () throws(FilesystemErrorCode) in
                let bytes = try handle.read(count, at: position)
                return (bytes, bytes.isEmpty && count > 0)
            }
        }
    }

    /// Writes `buffer` at `offset`; how many bytes were written.
    package func write(_ buffer: [UInt8], at offset: UInt64) throws(Trap) -> Answer<UInt64> {
        try perform { (descriptor) throws(FilesystemErrorCode) in
            try descriptor.checkFile(.write)
            let place = FilePlace.offset(try descriptor.position(offset))
            return { [handle = descriptor.handle] () throws(FilesystemErrorCode) in
                UInt64(try handle.write(buffer[...], at: place))
            }
        }
    }

    /// Writes `buffer` behind the file's end; how many bytes were written.
    package func append(_ buffer: [UInt8]) throws(Trap) -> Answer<UInt64> {
        try perform { (descriptor) throws(FilesystemErrorCode) in
            try descriptor.checkFile(.write)
            return { [handle = descriptor.handle] () throws(FilesystemErrorCode) in
                UInt64(try handle.write(buffer[...], at: .end))
            }
        }
    }

    /// Says how a part of the file will be read.
    package func advise(
        _ offset: UInt64,
        _ length: UInt64,
        _ advice: Advice
    ) throws(Trap) -> Answer<Void> {
        try perform { (descriptor) throws(FilesystemErrorCode) in
            try descriptor.checkFile([])
            let offset = try descriptor.position(offset)
            let length = try descriptor.position(length)
            return { [handle = descriptor.handle] () throws(FilesystemErrorCode) in
                let code = posix_fadvise(handle.number, offset, length, advice.number)
                guard code == 0 else { throw FilesystemErrorCode(errno: code) }
            }
        }
    }

    /// Makes the file have room for `length` bytes at `offset`.
    package func allocate(_ offset: UInt64, _ length: UInt64) throws(Trap) -> Answer<Void> {
        try perform { (descriptor) throws(FilesystemErrorCode) in
            try descriptor.checkFile(.write)
            let offset = try descriptor.position(offset)
            let length = try descriptor.position(length)
            return { [handle = descriptor.handle] () throws(FilesystemErrorCode) in
                let code = posix_fallocate(handle.number, offset, length)
                guard code == 0 else { throw FilesystemErrorCode(errno: code) }
            }
        }
    }

    /// Cuts the file to `size` bytes, or adds zeros to it.
    package func setSize(_ size: UInt64) throws(Trap) -> Answer<Void> {
        try perform { (descriptor) throws(FilesystemErrorCode) in
            try descriptor.checkFile(.write)
            let size = try descriptor.position(size)
            return { [handle = descriptor.handle] () throws(FilesystemErrorCode) in
                _ = try filesystem(checking: Int(ftruncate(handle.number, size)))
            }
        }
    }

    /// Waits until the data are on the disk.
    package func syncData() throws(Trap) -> Answer<Void> { try sync { fdatasync($0) } }

    /// Waits until the data and what is known of them are on the disk.
    package func sync() throws(Trap) -> Answer<Void> { try sync { fsync($0) } }

    /// Without effect where the descriptor cannot be written to, or has no such thing as a disk.
    private func sync(_ call: @escaping @Sendable (Int32) -> Int32) throws(Trap) -> Answer<Void> {
        try perform { descriptor in
            let isWritable = descriptor.flags.contains(.write) || descriptor.isDirectory
            return { [handle = descriptor.handle] () throws(FilesystemErrorCode) in
                guard isWritable, call(handle.number) < 0 else { return }
                let code = errno
                if code != EINVAL && code != EROFS { throw FilesystemErrorCode(errno: code) }
            }
        }
    }

    // MARK: Attributes

    /// Its attributes.
    package func stat() throws(Trap) -> Answer<DescriptorStat> {
        try perform { descriptor in
            { [handle = descriptor.handle] () throws(FilesystemErrorCode) in
                try DescriptorStat(of: handle)
            }
        }
    }

    /// Sets the times of its last access and modification.
    package func setTimes(
        access: NewTimestamp,
        modification: NewTimestamp
    ) throws(Trap) -> Answer<Void> {
        try perform { (descriptor) throws(FilesystemErrorCode) in
            guard !descriptor.flags.isDisjoint(with: [.write, .mutateDirectory]) else {
                throw descriptor.isDirectory ? .readOnly : .badDescriptor
            }
            return { [handle = descriptor.handle] () throws(FilesystemErrorCode) in
                try handle.setTimes(access, modification)
            }
        }
    }

    /// Whether both refer to the same object.
    package func isSameObject(_ other: Descriptor) throws(Trap) -> Bool {
        guard case .success(let left) = try stat(), case .success(let right) = try other.stat()
        else {
            return false
        }
        return left.device == right.device && left.inode == right.inode
    }

    /// A hash of its metadata.
    package func metadataHash() throws(Trap) -> Answer<MetadataHashValue> {
        try stat().map { MetadataHashValue($0) }
    }
}

// MARK: Checks

extension Descriptor {
    /// Has a worker do what `prepare` gives, once that has looked at the descriptor; waits for it.
    func perform<Output: Sendable>(
        _ prepare: (Descriptor) throws(FilesystemErrorCode)
            -> (@Sendable () throws(FilesystemErrorCode) -> Output)
    ) throws(Trap) -> Answer<Output> {
        let work: @Sendable () throws(FilesystemErrorCode) -> Output
        do throws(FilesystemErrorCode) {
            work = try prepare(self)
        } catch {
            return .failure(error)
        }
        return try system.perform { () -> Result<Output, FilesystemErrorCode> in
            do throws(FilesystemErrorCode) {
                return .success(try work())
            } catch {
                return .failure(error)
            }
        }
    }

    private func answer<Value>(
        _ body: () throws(FilesystemErrorCode) -> Value
    ) -> Answer<Value> {
        do throws(FilesystemErrorCode) {
            return .success(try body())
        } catch {
            return .failure(error)
        }
    }

    /// Throws where it is a directory, or may not be used in these ways.
    fileprivate func checkFile(_ needed: DescriptorFlags) throws(FilesystemErrorCode) {
        guard !isDirectory, flags.isSuperset(of: needed) else { throw .badDescriptor }
    }

    /// A place in a file as the kernel has it.
    fileprivate func position(_ offset: UInt64) throws(FilesystemErrorCode) -> Int {
        guard let offset = Int(exactly: offset) else { throw .invalid }
        return offset
    }

    /// Throws where it is no directory.
    func checkDirectory() throws(FilesystemErrorCode) {
        guard isDirectory else { throw .notDirectory }
    }

    /// Throws where it is no directory, or one in which nothing may be changed.
    func checkMutableDirectory() throws(FilesystemErrorCode) {
        try checkDirectory()
        guard flags.contains(.mutateDirectory) else { throw .readOnly }
    }
}
