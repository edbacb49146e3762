// The operations of a directory's descriptor on paths that begin there. Each resolves its paths on the
// worker that does the rest (`Path`).

import CLinux
import Glibc
import Wasm

extension Descriptor {
    /// Opens a file or a directory.
    /// Spec: wasi:filesystem/types#[method]descriptor.open-at
    package func openAt(
        _ pathFlags: PathFlags,
        _ path: String,
        _ openFlags: OpenFlags,
        _ flags: DescriptorFlags
    ) throws(Trap) -> Answer<Descriptor> {
        let opened = try perform { (descriptor) throws(FilesystemErrorCode) in
            try descriptor.checkDirectory()
            let mutates = !flags.isDisjoint(with: [.write, .mutateDirectory])
            let creates = !openFlags.isDisjoint(with: [.truncate, .create])
            if mutates || creates { try descriptor.checkMutableDirectory() }
            let path = try Path(path)
            let number = try Descriptor.openNumber(pathFlags, openFlags, flags)
            let count = descriptor.system.openFiles
            try count.check()
            return { [handle = descriptor.handle] () throws(FilesystemErrorCode) in
                let opened = try path.open(beneath: handle, number, mode: 0o666, in: count)
                let type = try DescriptorStat(of: opened).type
                // Only a file is open for writing; only a directory for changes of what is in it.
                guard type != .directory || !flags.contains(.write) else { throw .isDirectory }
                return (opened, type)
            }
        }
        let isMutable = self.flags.contains(.mutateDirectory)
        return opened.map { handle, type in
            Descriptor(handle, type, flags.opened(type, isMutable: isMutable), system)
        }
    }

    /// What the kernel is told for these flags.
    private static func openNumber(
        _ pathFlags: PathFlags,
        _ openFlags: OpenFlags,
        _ flags: DescriptorFlags
    ) throws(FilesystemErrorCode) -> Int32 {
        if openFlags.contains(.directory),
            !openFlags.isDisjoint(with: [.create, .exclusive, .truncate])
        {
            throw .invalid
        }
        var number =
            flags.contains(.write) ? (flags.contains(.read) ? O_RDWR : O_WRONLY) : O_RDONLY
        if openFlags.contains(.create) { number |= O_CREAT }
        if openFlags.contains(.directory) { number |= O_DIRECTORY }
        if openFlags.contains(.exclusive) { number |= O_EXCL }
        if openFlags.contains(.truncate) { number |= O_TRUNC }
        if !pathFlags.contains(.symlinkFollow) { number |= O_NOFOLLOW }
        if flags.contains(.fileIntegritySync) { number |= O_SYNC }
        if flags.contains(.dataIntegritySync) { number |= O_DSYNC }
        return number
    }

    /// Makes a directory.
    package func createDirectoryAt(_ path: String) throws(Trap) -> Answer<Void> {
        try change(path, orElse: .exist) { (parent, path) throws(FilesystemErrorCode) in
            _ = try filesystem(checking: Int(unsafe mkdirat(parent.number, path.name, 0o777)))
        }
    }

    /// Removes an empty directory.
    package func removeDirectoryAt(_ path: String) throws(Trap) -> Answer<Void> {
        try change(path, orElse: .invalid) { (parent, path) throws(FilesystemErrorCode) in
            let result = unsafe unlinkat(parent.number, path.name, Int32(AT_REMOVEDIR))
            _ = try filesystem(checking: Int(result))
        }
    }

    /// Removes what is no directory.
    package func unlinkFileAt(_ path: String) throws(Trap) -> Answer<Void> {
        try change(path, orElse: .isDirectory) { (parent, path) throws(FilesystemErrorCode) in
            guard !path.namesDirectory else {
                throw try path.type(in: parent) == .directory ? .isDirectory : .notDirectory
            }
            _ = try filesystem(checking: Int(unsafe unlinkat(parent.number, path.name, 0)))
        }
    }

    /// Makes a symbolic link with the contents `target`.
    package func symlinkAt(_ target: String, _ path: String) throws(Trap) -> Answer<Void> {
        try change(path, orElse: .exist) { (parent, path) throws(FilesystemErrorCode) in
            guard !target.isEmpty else { throw .noEntry }
            guard target.utf8.first != UInt8(ascii: "/") else { throw .notPermitted }
            guard !target.utf8.contains(0) else { throw .invalid }
            guard !path.namesDirectory else {
                _ = try path.type(in: parent)
                throw .exist
            }
            _ = try filesystem(checking: Int(unsafe symlinkat(target, parent.number, path.name)))
        }
    }

    /// The contents of a symbolic link.
    package func readlinkAt(_ path: String) throws(Trap) -> Answer<String> {
        try perform { (descriptor) throws(FilesystemErrorCode) in
            try descriptor.checkDirectory()
            let path = try Path(path)
            return { [handle = descriptor.handle] () throws(FilesystemErrorCode) in
                try path.open(beneath: handle, virga_place | O_NOFOLLOW).linkContents()
            }
        }
    }

    /// Makes a hard link to the file at `oldPath`.
    package func linkAt(
        _ oldPathFlags: PathFlags,
        _ oldPath: String,
        _ newDescriptor: Descriptor,
        _ newPath: String
    ) throws(Trap) -> Answer<Void> {
        try changeTwo(oldPath, newDescriptor, newPath, orElse: .notPermitted) {
            (old, oldPath, new, newPath) throws(FilesystemErrorCode) in
            guard !oldPathFlags.contains(.symlinkFollow) else { throw .invalid }
            let type = try oldPath.type(in: old)
            guard !oldPath.namesDirectory || type == .directory else { throw .notDirectory }
            guard type != .directory else { throw .notPermitted }
            guard !newPath.namesDirectory else { throw .noEntry }
            let result = unsafe linkat(old.number, oldPath.name, new.number, newPath.name, 0)
            _ = try filesystem(checking: Int(result))
        }
    }

    /// Gives an object another name, or moves it to another directory.
    package func renameAt(
        _ oldPath: String,
        _ newDescriptor: Descriptor,
        _ newPath: String
    ) throws(Trap) -> Answer<Void> {
        try changeTwo(oldPath, newDescriptor, newPath, orElse: .busy) {
            (old, oldPath, new, newPath) throws(FilesystemErrorCode) in
            if oldPath.namesDirectory || newPath.namesDirectory {
                guard try oldPath.type(in: old) == .directory else { throw .notDirectory }
            }
            let result = unsafe renameat(old.number, oldPath.name, new.number, newPath.name)
            _ = try filesystem(checking: Int(result))
        }
    }

    // MARK: Attributes

    /// The attributes of what a path leads to.
    package func statAt(
        _ pathFlags: PathFlags,
        _ path: String
    ) throws(Trap) -> Answer<DescriptorStat> {
        try inspect(pathFlags, path) { (found) throws(FilesystemErrorCode) in
            try DescriptorStat(of: found)
        }
    }

    /// A hash of the metadata of what a path leads to.
    package func metadataHashAt(
        _ pathFlags: PathFlags,
        _ path: String
    ) throws(Trap) -> Answer<MetadataHashValue> {
        try statAt(pathFlags, path).map { MetadataHashValue($0) }
    }

    /// Sets the times of what a path leads to.
    package func setTimesAt(
        _ pathFlags: PathFlags,
        _ path: String,
        access: NewTimestamp,
        modification: NewTimestamp
    ) throws(Trap) -> Answer<Void> {
        let isMutable = flags.contains(.mutateDirectory)
        return try inspect(pathFlags, path) { (found) throws(FilesystemErrorCode) in
            guard isMutable else { throw .readOnly }
            try found.setTimes(access, modification)
        }
    }

    /// Has a worker do `work` with what a path leads to, opened as a mere place.
    private func inspect<Output: Sendable>(
        _ pathFlags: PathFlags,
        _ path: String,
        _ work: @escaping @Sendable (SystemDescriptor) throws(FilesystemErrorCode) -> Output
    ) throws(Trap) -> Answer<Output> {
        try perform { (descriptor) throws(FilesystemErrorCode) in
            try descriptor.checkDirectory()
            let path = try Path(path)
            let follow = pathFlags.contains(.symlinkFollow) ? 0 : O_NOFOLLOW
            return { [handle = descriptor.handle] () throws(FilesystemErrorCode) in
                try work(path.open(beneath: handle, virga_place | follow))
            }
        }
    }

    // MARK: Changes

    /// Has a worker do `work` with the directory that a path's last name is in.
    private func change(
        _ path: String,
        orElse step: FilesystemErrorCode,
        _ work: @escaping @Sendable (SystemDescriptor, Path) throws(FilesystemErrorCode) -> Void
    ) throws(Trap) -> Answer<Void> {
        try perform { (descriptor) throws(FilesystemErrorCode) in
            try descriptor.checkMutableDirectory()
            let path = try Path(path)
            return { [handle = descriptor.handle] () throws(FilesystemErrorCode) in
                try work(path.openParent(beneath: handle, orElse: step), path)
            }
        }
    }

    /// Has a worker do `work` with the directories that the last names of two paths are in.
    private func changeTwo(
        _ oldPath: String,
        _ newDescriptor: Descriptor,
        _ newPath: String,
        orElse step: FilesystemErrorCode,
        _ work:
            @escaping @Sendable (SystemDescriptor, Path, SystemDescriptor, Path)
            throws(FilesystemErrorCode) -> Void
    ) throws(Trap) -> Answer<Void> {
        try perform { (descriptor) throws(FilesystemErrorCode) in
            try descriptor.checkMutableDirectory()
            try newDescriptor.checkMutableDirectory()
            let oldPath = try Path(oldPath)
            let newPath = try Path(newPath)
            return {
                [old = descriptor.handle, new = newDescriptor.handle] ()
                    throws(FilesystemErrorCode) in
                let old = try oldPath.openParent(beneath: old, orElse: step)
                let new = try newPath.openParent(beneath: new, orElse: step)
                try work(old, oldPath, new, newPath)
            }
        }
    }
}

extension Path {
    /// The type of what the last name means in its directory; a link is not followed.
    func type(in parent: SystemDescriptor) throws(FilesystemErrorCode) -> DescriptorType {
        var status = stat()
        let result = unsafe fstatat(parent.number, name, &status, AT_SYMLINK_NOFOLLOW)
        _ = try filesystem(checking: Int(result))
        return DescriptorStat(status).type
    }
}

extension SystemDescriptor {
    /// What the symbolic link says that this refers to. A rooted path is not told.
    fileprivate func linkContents() throws(FilesystemErrorCode) -> String {
        var buffer = [UInt8](repeating: 0, count: Int(PATH_MAX))
        let length = unsafe buffer.withUnsafeMutableBytes { bytes in
            let characters = unsafe bytes.assumingMemoryBound(to: CChar.self)
            guard let base = characters.baseAddress else { return -1 }
            return unsafe readlinkat(number, "", base, bytes.count)
        }
        // What is no link has no contents: the kernel says that it has no entry of that name.
        guard length >= 0 else {
            let code = errno
            throw code == ENOENT ? .invalid : FilesystemErrorCode(errno: code)
        }
        guard length < buffer.count else { throw .nameTooLong }
        guard buffer.first != UInt8(ascii: "/") else { throw .notPermitted }
        guard let text = String(validating: buffer[..<length], as: UTF8.self) else {
            throw .illegalByteSequence
        }
        return text
    }
}

extension DescriptorFlags {
    /// The flags of what was opened with these.
    fileprivate func opened(_ type: DescriptorType, isMutable: Bool) -> DescriptorFlags {
        guard type != .directory else {
            // A directory may be changed as the one that it was opened from.
            return isMutable ? [.read, .mutateDirectory] : .read
        }
        let flags = subtracting(.mutateDirectory)
        return flags.contains(.write) ? flags : flags.union(.read)
    }
}
