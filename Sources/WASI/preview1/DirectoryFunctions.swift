// The directories that a guest has from the start, and the entries of directories.

import Wasm

extension Preview1 {
    func fdPrestatGet(_ caller: borrowing Caller) throws(Failure) {
        guard let name = try file(0, caller).preopenName else { throw .errno(.badf) }
        try caller.store(UInt32(0), caller.pointer(1))
        try caller.store(UInt32(truncatingIfNeeded: name.count), caller.pointer(1) + 4)
    }

    func fdPrestatDirName(_ caller: borrowing Caller) throws(Failure) {
        guard let name = try file(0, caller).preopenName else { throw .errno(.notdir) }
        guard name.count <= Int(caller.i32(2)) else { throw .errno(.nametoolong) }
        try caller.write(name[...], caller.pointer(1))
    }

    /// Fills the buffer with entries, the last of them cut off where there is no room for it. A buffer
    /// that is not full says that the directory ends.
    /// Spec: wasi_snapshot_preview1#fd_readdir
    func fdReaddir(_ caller: borrowing Caller) throws(Failure) {
        let file = try file(0, caller)
        let directory = try file.directory
        let address = caller.pointer(1)
        let room = Int(caller.i32(2))
        var place = caller.i64(3)
        try caller.check(address, room)
        try caller.checkStore(caller.pointer(4), UInt32.self)
        let stream: DirectoryEntryStream
        if let entries = file.entries {
            stream = entries
        } else {
            stream = try get { () throws(Trap) in try directory.readDirectory() }
            file.entries = stream
        }
        var used = 0
        while used < room {
            let from = place
            let entries = try get { () throws(Trap) in try stream.read(from: from) }
            guard !entries.isEmpty else { break }
            for entry in entries where used < room {
                let bytes = (Record.dirent(entry).bytes + entry.name).prefix(room - used)
                try caller.write(bytes, address + UInt64(used))
                used += bytes.count
                place = entry.next
            }
        }
        try caller.store(UInt32(truncatingIfNeeded: used), caller.pointer(4))
    }
}
