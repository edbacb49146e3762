// Unsafe here: the records that the kernel writes into an array of bytes, read within its length.
import CLinux
import Glibc
import Synchronization
import Wasm

/// An entry of a directory.
/// Spec: wasi:filesystem/types#directory-entry
package struct DirectoryEntry: Sendable, Hashable {
    package var type: DescriptorType
    package var name: [UInt8]
    /// Its object's number, and where the entry behind it begins: what preview 1 shows.
    package var inode: UInt64
    package var next: UInt64

    /// Whether it is the directory itself, or the one above it.
    package var isDot: Bool { name == [0x2E] || name == [0x2E, 0x2E] }
}

/// The entries of a directory, in the system's order.
///
/// Each has an open directory of its own, so that several do not disturb each other.
/// Spec: wasi:filesystem/types#directory-entry-stream
package final class DirectoryEntryStream {
    private let handle: SystemDescriptor
    private let system: System
    private var entries: ArraySlice<DirectoryEntry> = []

    fileprivate init(_ handle: SystemDescriptor, _ system: System) {
        self.handle = handle
        self.system = system
    }

    /// The next entry that is neither the directory itself nor the one above it; nil at the end.
    ///
    /// `illegalByteSequence` where its name is not UTF-8; the next call goes on behind it.
    package func readDirectoryEntry() throws(Trap) -> Descriptor.Answer<DirectoryEntry?> {
        while true {
            while let entry = entries.popFirst() {
                guard !entry.isDot else { continue }
                guard String(validating: entry.name, as: UTF8.self) != nil else {
                    return .failure(.illegalByteSequence)
                }
                return .success(entry)
            }
            switch try read() {
            case .success(let found) where found.isEmpty: return .success(nil)
            case .success(let found): entries = found[...]
            case .failure(let code): return .failure(code)
            }
        }
    }

    /// The entries from `place` on, as many as the system gives at once; none at the end.
    ///
    /// A place is 0 or the `next` of an entry of this directory.
    package func read(from place: UInt64) throws(Trap) -> Descriptor.Answer<[DirectoryEntry]> {
        try system.perform { [handle] in
            guard let offset = Int(exactly: place), lseek(handle.number, offset, SEEK_SET) >= 0
            else {
                return .failure(.invalid)
            }
            return handle.entries()
        }
    }

    private func read() throws(Trap) -> Descriptor.Answer<[DirectoryEntry]> {
        try system.perform { [handle] in handle.entries() }
    }
}

extension Descriptor {
    /// A stream of the directory's entries, from the first on.
    package func readDirectory() throws(Trap) -> Answer<DirectoryEntryStream> {
        let opened = try perform { (descriptor) throws(FilesystemErrorCode) in
            try descriptor.checkDirectory()
            let here = try Path(".")
            let count = descriptor.system.openFiles
            try count.check()
            return { [handle = descriptor.handle] () throws(FilesystemErrorCode) in
                try here.open(beneath: handle, O_RDONLY | O_DIRECTORY, in: count)
            }
        }
        return opened.map { DirectoryEntryStream($0, system) }
    }
}

extension SystemDescriptor {
    /// The next entries of a directory.
    fileprivate func entries() -> Result<[DirectoryEntry], FilesystemErrorCode> {
        var buffer = [UInt8](repeating: 0, count: WASILimits.directoryBytes)
        let count = unsafe buffer.withUnsafeMutableBytes { bytes in
            unsafe virga_read_entries(number, bytes.baseAddress, bytes.count)
        }
        guard count >= 0 else {
            return .failure(FilesystemErrorCode(errno: Int32(truncatingIfNeeded: -count)))
        }
        let entries = unsafe buffer.withUnsafeBytes { bytes in
            unsafe SystemDescriptor.entries(UnsafeRawBufferPointer(rebasing: bytes[..<count]))
        }
        return .success(entries)
    }

    /// Reads `struct linux_dirent64`: inode, place of the next, length, type, name and a zero.
    private static func entries(_ bytes: UnsafeRawBufferPointer) -> [DirectoryEntry] {
        var entries: [DirectoryEntry] = []
        var start = 0
        while start + 19 <= bytes.count {
            let length = unsafe Int(
                bytes.loadUnaligned(fromByteOffset: start + 16, as: UInt16.self)
            )
            guard length >= 19, start + length <= bytes.count else { break }
            let name = unsafe bytes[(start + 19)..<(start + length)].prefix { $0 != 0 }
            unsafe entries.append(
                DirectoryEntry(
                    type: DescriptorType(entry: bytes[start + 18]),
                    name: Array(name),
                    inode: bytes.loadUnaligned(fromByteOffset: start, as: UInt64.self),
                    next: bytes.loadUnaligned(fromByteOffset: start + 8, as: UInt64.self)
                )
            )
            start += length
        }
        return entries
    }
}
