import ComponentModel
import Wasm

// The functions of wasi:filesystem, by their names.

extension Descriptor: TableResource {
    package static let resourceType = HostResourceType("descriptor", of: Descriptor.self)
}

extension DirectoryEntryStream: TableResource {
    package static let resourceType = HostResourceType(
        "directory-entry-stream", of: DirectoryEntryStream.self)
    /// With the entries that were read and not given yet, which take some times the bytes of their names.
    package var price: UInt32 { WASILimits.resourceBytes + UInt32(4 * WASILimits.directoryBytes) }
}

private typealias FileResult<Ok: ComponentValue> = ComponentResult<Ok, FilesystemErrorCode>

/// What an operation on files gave, as the guest gets it.
private func result<Ok: LowerableValue>(
    _ answer: Descriptor.Answer<Ok>
) -> FileResult<Ok> {
    switch answer {
    case .success(let value): .ok(value)
    case .failure(let code): .error(code)
    }
}

private func result(_ answer: Descriptor.Answer<Void>) -> FileResult<Unit> {
    result(answer.map { Unit() })
}

extension HostCall {
    /// A resource that an operation on files gave, as the guest gets it.
    fileprivate func push<T: TableResource>(
        _ answer: Descriptor.Answer<T>
    ) throws(Trap) -> FileResult<Own<T>> {
        switch answer {
        case .success(let object): .ok(try push(object))
        case .failure(let code): .error(code)
        }
    }
}

/// Defines wasi:filesystem/types and wasi:filesystem/preopens.
func defineFilesystem(in linker: ComponentLinker) {
    let types = linker.instance("wasi:filesystem/types@0.2.12")
    types.define("input-stream", resource: InputStream.resourceType)
    types.define("output-stream", resource: OutputStream.resourceType)
    types.define("error", resource: IOError.resourceType)
    types.define("descriptor", resource: Descriptor.resourceType)
    types.define("directory-entry-stream", resource: DirectoryEntryStream.resourceType)
    defineStreams(in: types)
    defineContents(in: types)
    defineAttributes(in: types)
    defineDirectories(in: types)
    definePaths(in: types)
    definePathAttributes(in: types)
    types.define("filesystem-error-code") { (call, error: Borrow<IOError>) throws(Trap) in
        FilesystemErrorCode(try call.get(error))
    }
    let preopens = linker.instance("wasi:filesystem/preopens@0.2.12")
    preopens.define("descriptor", resource: Descriptor.resourceType)
    preopens.define("get-directories", effect: .resource) { (call) throws(Trap) in
        let system = try call.wasi.system
        var directories: [Tuple2<Own<Descriptor>, String>] = []
        for preopen in system.configuration.preopens {
            directories.append(Tuple2(try call.push(Descriptor(preopen, system)), preopen.guest))
        }
        return directories
    }
}

private func defineStreams(in types: InstanceDefinition) {
    types.define("[method]descriptor.read-via-stream") {
        (call, this: Borrow<Descriptor>, offset: UInt64) throws(Trap) in
        try call.push(try call.get(this).readViaStream(offset))
    }
    types.define("[method]descriptor.write-via-stream") {
        (call, this: Borrow<Descriptor>, offset: UInt64) throws(Trap) in
        try call.push(try call.get(this).writeViaStream(offset))
    }
    types.define("[method]descriptor.append-via-stream") {
        (call, this: Borrow<Descriptor>) throws(Trap) in
        try call.push(try call.get(this).appendViaStream())
    }
}

private func defineContents(in types: InstanceDefinition) {
    types.define("[method]descriptor.read") {
        (call, this: Borrow<Descriptor>, length: UInt64, offset: UInt64) throws(Trap) in
        let read = try call.get(this).read(length, at: offset)
        return result(read.map { Tuple2(ByteArray($0.bytes), $0.isEnd) })
    }
    types.define("[method]descriptor.write") {
        (call, this: Borrow<Descriptor>, buffer: ByteList, offset: UInt64) throws(Trap) in
        let taken = buffer.prefix(WASILimits.writeBytes)
        let bytes = try call.withBytes(taken) { (bytes) throws(Trap) in ByteArray(bytes).bytes }
        return result(try call.get(this).write(bytes, at: offset))
    }
    types.define("[method]descriptor.advise") {
        (call, this: Borrow<Descriptor>, offset: UInt64, length: UInt64, advice: Advice)
            throws(Trap) in
        result(try call.get(this).advise(offset, length, advice))
    }
    types.define("[method]descriptor.set-size") {
        (call, this: Borrow<Descriptor>, size: UInt64) throws(Trap) in
        result(try call.get(this).setSize(size))
    }
    types.define("[method]descriptor.sync-data") {
        (call, this: Borrow<Descriptor>) throws(Trap) in
        result(try call.get(this).syncData())
    }
    types.define("[method]descriptor.sync") {
        (call, this: Borrow<Descriptor>) throws(Trap) in
        result(try call.get(this).sync())
    }
}

private func defineAttributes(in types: InstanceDefinition) {
    types.define("[method]descriptor.get-flags") {
        (call, this: Borrow<Descriptor>) throws(Trap) in
        FileResult<DescriptorFlags>.ok(try call.get(this).flags)
    }
    types.define("[method]descriptor.get-type") {
        (call, this: Borrow<Descriptor>) throws(Trap) in
        FileResult<DescriptorType>.ok(try call.get(this).type)
    }
    types.define("[method]descriptor.stat") {
        (call, this: Borrow<Descriptor>) throws(Trap) in
        result(try call.get(this).stat())
    }
    types.define("[method]descriptor.set-times") {
        (
            call, this: Borrow<Descriptor>, access: NewTimestamp, modification: NewTimestamp
        ) throws(Trap) in
        result(try call.get(this).setTimes(access: access, modification: modification))
    }
    types.define("[method]descriptor.is-same-object") {
        (call, this: Borrow<Descriptor>, other: Borrow<Descriptor>) throws(Trap) in
        try call.get(this).isSameObject(try call.get(other))
    }
    types.define("[method]descriptor.metadata-hash") {
        (call, this: Borrow<Descriptor>) throws(Trap) in
        result(try call.get(this).metadataHash())
    }
}

private func defineDirectories(in types: InstanceDefinition) {
    types.define("[method]descriptor.read-directory") {
        (call, this: Borrow<Descriptor>) throws(Trap) in
        try call.push(try call.get(this).readDirectory())
    }
    types.define("[method]directory-entry-stream.read-directory-entry") {
        (call, this: Borrow<DirectoryEntryStream>) throws(Trap) in
        let entry = try call.get(this).readDirectoryEntry()
        return result(entry.map { $0.map { DirectoryEntryValue($0) } })
    }
    types.define("[method]descriptor.create-directory-at") {
        (call, this: Borrow<Descriptor>, path: String) throws(Trap) in
        result(try call.get(this).createDirectoryAt(path))
    }
    types.define("[method]descriptor.remove-directory-at") {
        (call, this: Borrow<Descriptor>, path: String) throws(Trap) in
        result(try call.get(this).removeDirectoryAt(path))
    }
}

private func definePaths(in types: InstanceDefinition) {
    types.define("[method]descriptor.open-at") {
        (
            call, this: Borrow<Descriptor>, pathFlags: PathFlags, path: String,
            openFlags: OpenFlags, flags: DescriptorFlags
        ) throws(Trap) in
        try call.push(try call.get(this).openAt(pathFlags, path, openFlags, flags))
    }
    types.define("[method]descriptor.link-at") {
        (
            call, this: Borrow<Descriptor>, oldPathFlags: PathFlags, oldPath: String,
            newDescriptor: Borrow<Descriptor>, newPath: String
        ) throws(Trap) in
        let other = try call.get(newDescriptor)
        return result(try call.get(this).linkAt(oldPathFlags, oldPath, other, newPath))
    }
    types.define("[method]descriptor.rename-at") {
        (
            call, this: Borrow<Descriptor>, oldPath: String, newDescriptor: Borrow<Descriptor>,
            newPath: String
        ) throws(Trap) in
        result(try call.get(this).renameAt(oldPath, try call.get(newDescriptor), newPath))
    }
    types.define("[method]descriptor.readlink-at") {
        (call, this: Borrow<Descriptor>, path: String) throws(Trap) in
        result(try call.get(this).readlinkAt(path))
    }
    types.define("[method]descriptor.symlink-at") {
        (call, this: Borrow<Descriptor>, oldPath: String, newPath: String) throws(Trap) in
        result(try call.get(this).symlinkAt(oldPath, newPath))
    }
    types.define("[method]descriptor.unlink-file-at") {
        (call, this: Borrow<Descriptor>, path: String) throws(Trap) in
        result(try call.get(this).unlinkFileAt(path))
    }
}

private func definePathAttributes(in types: InstanceDefinition) {
    types.define("[method]descriptor.stat-at") {
        (call, this: Borrow<Descriptor>, flags: PathFlags, path: String) throws(Trap) in
        result(try call.get(this).statAt(flags, path))
    }
    types.define("[method]descriptor.metadata-hash-at") {
        (call, this: Borrow<Descriptor>, flags: PathFlags, path: String) throws(Trap) in
        result(try call.get(this).metadataHashAt(flags, path))
    }
    types.define("[method]descriptor.set-times-at") {
        (
            call, this: Borrow<Descriptor>, flags: PathFlags, path: String, access: NewTimestamp,
            modification: NewTimestamp
        ) throws(Trap) in
        result(
            try call.get(this).setTimesAt(flags, path, access: access, modification: modification))
    }
}
