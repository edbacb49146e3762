// Functions on paths, which begin at a directory that is open.

import Wasm

extension Preview1 {
    private func directory(_ slot: Int, _ caller: borrowing Caller) throws(Failure) -> Descriptor {
        try file(slot, caller).directory
    }

    /// How the last link of a path is treated, as a parameter says.
    private func lookup(_ slot: Int, _ caller: borrowing Caller) throws(Failure) -> PathFlags {
        guard caller.i32(slot) <= 1 else { throw .errno(.inval) }
        return caller.i32(slot) == 1 ? .symlinkFollow : []
    }

    func pathCreateDirectory(_ caller: borrowing Caller) throws(Failure) {
        let directory = try directory(0, caller)
        let path = try caller.string(1)
        try get { () throws(Trap) in try directory.createDirectoryAt(path) }
    }

    func pathFilestatGet(_ caller: borrowing Caller) throws(Failure) {
        let directory = try directory(0, caller)
        let flags = try lookup(1, caller)
        let path = try caller.string(2)
        let status = try get { () throws(Trap) in try directory.statAt(flags, path) }
        try caller.store(.filestat(status), caller.pointer(4))
    }

    func pathFilestatSetTimes(_ caller: borrowing Caller) throws(Failure) {
        let directory = try directory(0, caller)
        let flags = try lookup(1, caller)
        let path = try caller.string(2)
        let (access, modification) = try times(4, caller)
        try get { () throws(Trap) in
            try directory.setTimesAt(flags, path, access: access, modification: modification)
        }
    }

    func pathLink(_ caller: borrowing Caller) throws(Failure) {
        let old = try directory(0, caller)
        let flags = try lookup(1, caller)
        let oldPath = try caller.string(2)
        let new = try directory(4, caller)
        let newPath = try caller.string(5)
        try get { () throws(Trap) in try old.linkAt(flags, oldPath, new, newPath) }
    }

    /// Spec: wasi_snapshot_preview1#path_open
    func pathOpen(_ caller: borrowing Caller) throws(Failure) {
        let directory = try directory(0, caller)
        let lookup = try lookup(1, caller)
        let path = try caller.string(2)
        guard let number = UInt8(exactly: caller.i32(4)), number <= 15,
            caller.i32(7) <= UInt32(FDFlags.all.rawValue)
        else { throw .errno(.inval) }
        let open = OpenFlags(rawValue: number)
        let rights = Rights(rawValue: caller.i64(5))
        let flags = FDFlags(rawValue: UInt16(truncatingIfNeeded: caller.i32(7)))
        try caller.checkStore(caller.pointer(8), UInt32.self)
        try files.checkRoom()
        let mode = DescriptorFlags(rights, flags)
        let opened = try get { () throws(Trap) in
            try directory.openAt(lookup, path, open, mode)
        }
        let file = OpenFile(.descriptor(opened), flags)
        try caller.store(files.add(file), caller.pointer(8))
    }

    func pathReadlink(_ caller: borrowing Caller) throws(Failure) {
        let directory = try directory(0, caller)
        let path = try caller.string(1)
        let room = Int(caller.i32(4))
        try caller.check(caller.pointer(3), room)
        let contents = try get { () throws(Trap) in try directory.readlinkAt(path) }
        let bytes = Array(contents.utf8).prefix(room)
        try caller.write(bytes, caller.pointer(3))
        try caller.store(UInt32(truncatingIfNeeded: bytes.count), caller.pointer(5))
    }

    func pathRemoveDirectory(_ caller: borrowing Caller) throws(Failure) {
        let directory = try directory(0, caller)
        let path = try caller.string(1)
        try get { () throws(Trap) in try directory.removeDirectoryAt(path) }
    }

    func pathRename(_ caller: borrowing Caller) throws(Failure) {
        let old = try directory(0, caller)
        let oldPath = try caller.string(1)
        let new = try directory(3, caller)
        let newPath = try caller.string(4)
        try get { () throws(Trap) in try old.renameAt(oldPath, new, newPath) }
    }

    func pathSymlink(_ caller: borrowing Caller) throws(Failure) {
        let target = try caller.string(0)
        let directory = try directory(2, caller)
        let path = try caller.string(3)
        try get { () throws(Trap) in try directory.symlinkAt(target, path) }
    }

    func pathUnlinkFile(_ caller: borrowing Caller) throws(Failure) {
        let directory = try directory(0, caller)
        let path = try caller.string(1)
        try get { () throws(Trap) in try directory.unlinkFileAt(path) }
    }
}

extension DescriptorFlags {
    /// How a file is opened whose use asks for these rights.
    fileprivate init(_ rights: Rights, _ flags: FDFlags) {
        self = []
        if rights.contains(.fdRead) { insert(.read) }
        if rights.contains(.fdWrite) { insert(.write) }
        if flags.contains(.dsync) { insert(.dataIntegritySync) }
        if flags.contains(.rsync) { insert(.requestedWriteSync) }
        if flags.contains(.sync) { insert(.fileIntegritySync) }
    }
}
