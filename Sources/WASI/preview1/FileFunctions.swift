// Functions on what is open: bytes, positions, entries.

import Wasm

extension Preview1 {
    /// What is open under the number that a parameter says.
    func file(_ slot: Int, _ caller: borrowing Caller) throws(Failure) -> OpenFile {
        try files[caller.i32(slot)]
    }

    // MARK: Reading

    func fdRead(_ caller: borrowing Caller) throws(Failure) {
        let file = try file(0, caller)
        let buffers = try caller.buffers(1)
        try caller.checkStore(caller.pointer(3), UInt32.self)
        let bytes: [UInt8]
        switch file.kind {
        case .output: throw .errno(.badf)
        case .input(let stream, _): bytes = try read(stream, buffers.byteCount, file.flags)
        case .descriptor:
            let descriptor = try file.file
            let position = file.position
            bytes = try get { () throws(Trap) in
                try descriptor.read(buffers.byteCount, at: position)
            }.bytes
            file.position = position + UInt64(bytes.count)
        }
        try caller.scatter(bytes, buffers)
        try caller.store(UInt32(truncatingIfNeeded: bytes.count), caller.pointer(3))
    }

    /// Reads a stream, waiting for a byte if the flags allow it; nothing at its end.
    private func read(
        _ stream: InputStream,
        _ count: UInt64,
        _ flags: FDFlags
    ) throws(Failure) -> [UInt8] {
        let task = try system.task
        let result =
            flags.contains(.nonblock)
            ? stream.read(count)
            : try trapping { () throws(Trap) in try stream.blockingRead(count, on: task) }
        switch result {
        case .success(let bytes) where bytes.isEmpty && count > 0: throw .errno(.again)
        case .success(let bytes): return bytes
        case .failure(.closed): return []
        case .failure(let error): throw .errno(Errno(error))
        }
    }

    func fdPread(_ caller: borrowing Caller) throws(Failure) {
        let descriptor = try seekable(0, caller)
        let buffers = try caller.buffers(1)
        let offset = caller.i64(3)
        try caller.checkStore(caller.pointer(4), UInt32.self)
        let bytes = try get { () throws(Trap) in
            try descriptor.read(buffers.byteCount, at: offset)
        }.bytes
        try caller.scatter(bytes, buffers)
        try caller.store(UInt32(truncatingIfNeeded: bytes.count), caller.pointer(4))
    }

    /// The file that a parameter names; `spipe` for a stream, which has no positions.
    private func seekable(_ slot: Int, _ caller: borrowing Caller) throws(Failure) -> Descriptor {
        let file = try file(slot, caller)
        guard case .descriptor = file.kind else { throw .errno(.spipe) }
        return try file.file
    }

    // MARK: Writing

    func fdWrite(_ caller: borrowing Caller) throws(Failure) {
        let file = try file(0, caller)
        let buffers = try caller.buffers(1)
        try caller.checkStore(caller.pointer(3), UInt32.self)
        let bytes = try caller.gather(buffers, most: WASILimits.writeBytes)
        let count: Int
        switch file.kind {
        case .input: throw .errno(.badf)
        case .output(let stream, _):
            count = try write(bytes, stream, file.flags)
        case .descriptor: count = try write(bytes, file)
        }
        try caller.store(UInt32(truncatingIfNeeded: count), caller.pointer(3))
    }

    /// Writes to a file where it stands, or at its end if it is one to append to.
    private func write(_ bytes: [UInt8], _ file: OpenFile) throws(Failure) -> Int {
        let descriptor = try file.file
        if file.flags.contains(.append) {
            let count = try get { () throws(Trap) in try descriptor.append(bytes) }
            file.position = try get { () throws(Trap) in try descriptor.stat() }.size
            return Int(count)
        }
        let position = file.position
        let count = try get { () throws(Trap) in try descriptor.write(bytes, at: position) }
        file.position = position + count
        return Int(count)
    }

    /// Writes to a stream: all of `bytes`, or what it takes at once if it is not to be waited for.
    private func write(
        _ bytes: [UInt8],
        _ stream: OutputStream,
        _ flags: FDFlags
    ) throws(Failure) -> Int {
        let task = try system.task
        var count = bytes.count
        if flags.contains(.nonblock) {
            switch stream.checkWrite() {
            case .success(let room): count = Int(min(room, UInt64(count)))
            case .failure(let error): throw .errno(Errno(error))
            }
            guard count > 0 || bytes.isEmpty else { throw .errno(.again) }
        }
        let result = try trapping { () throws(Trap) in
            let result = try stream.blockingWrite(Array(bytes.prefix(count)), on: task)
            guard case .success = result else { return result }
            return try stream.blockingFlush(on: task)
        }
        if case .failure(let error) = result { throw .errno(Errno(error)) }
        return count
    }

    func fdPwrite(_ caller: borrowing Caller) throws(Failure) {
        let descriptor = try seekable(0, caller)
        let buffers = try caller.buffers(1)
        let offset = caller.i64(3)
        try caller.checkStore(caller.pointer(4), UInt32.self)
        let bytes = try caller.gather(buffers, most: WASILimits.writeBytes)
        let count = try get { () throws(Trap) in try descriptor.write(bytes, at: offset) }
        try caller.store(UInt32(truncatingIfNeeded: count), caller.pointer(4))
    }

    // MARK: Positions

    /// Spec: wasi_snapshot_preview1#fd_seek
    func fdSeek(_ caller: borrowing Caller) throws(Failure) {
        let file = try file(0, caller)
        let descriptor = try seekable(0, caller)
        let offset = Int64(bitPattern: caller.i64(1))
        try caller.checkStore(caller.pointer(3), UInt64.self)
        let base: UInt64
        switch caller.i32(2) {
        case 0: base = 0
        case 1: base = file.position
        case 2: base = try get { () throws(Trap) in try descriptor.stat() }.size
        default: throw .errno(.inval)
        }
        let (position, overflow) = Int64(clamping: base).addingReportingOverflow(offset)
        guard !overflow, position >= 0 else { throw .errno(.inval) }
        file.position = UInt64(position)
        try caller.store(file.position, caller.pointer(3))
    }

    func fdTell(_ caller: borrowing Caller) throws(Failure) {
        let file = try file(0, caller)
        _ = try seekable(0, caller)
        try caller.store(file.position, caller.pointer(1))
    }

    // MARK: Files

    func fdAdvise(_ caller: borrowing Caller) throws(Failure) {
        let descriptor = try seekable(0, caller)
        let offset = caller.i64(1)
        let length = caller.i64(2)
        guard let number = UInt8(exactly: caller.i32(3)), let advice = Advice(rawValue: number)
        else {
            throw .errno(.inval)
        }
        try get { () throws(Trap) in try descriptor.advise(offset, length, advice) }
    }

    func fdAllocate(_ caller: borrowing Caller) throws(Failure) {
        let descriptor = try file(0, caller).file
        let offset = caller.i64(1)
        let length = caller.i64(2)
        try get { () throws(Trap) in try descriptor.allocate(offset, length) }
    }

    func fdClose(_ caller: borrowing Caller) throws(Failure) { try files.remove(caller.i32(0)) }

    func fdDatasync(_ caller: borrowing Caller) throws(Failure) {
        let descriptor = try file(0, caller).descriptor
        try get { () throws(Trap) in try descriptor.syncData() }
    }

    func fdSync(_ caller: borrowing Caller) throws(Failure) {
        let descriptor = try file(0, caller).descriptor
        try get { () throws(Trap) in try descriptor.sync() }
    }

    func fdRenumber(_ caller: borrowing Caller) throws(Failure) {
        try files.renumber(caller.i32(0), to: caller.i32(1))
    }

    // MARK: Attributes

    func fdFdstatGet(_ caller: borrowing Caller) throws(Failure) {
        let file = try file(0, caller)
        let rights: (base: Rights, inheriting: Rights)
        switch file.kind {
        case .input: rights = (.fdRead, .fdRead)
        case .output: rights = (.fdWrite, .fdWrite)
        case .descriptor(let descriptor) where !descriptor.isDirectory:
            let both = Rights.file(descriptor.flags)
            rights = (both, both)
        case .descriptor where file.preopenName != nil: rights = (.preopen, .preopenInheriting)
        case .descriptor: rights = (.directory, .directory)
        }
        try caller.store(
            .fdstat(file.type, file.flags, rights.base, rights.inheriting),
            caller.pointer(1)
        )
    }

    func fdFdstatSetFlags(_ caller: borrowing Caller) throws(Failure) {
        let flags = FDFlags(rawValue: UInt16(truncatingIfNeeded: caller.i32(1)))
        let file = try file(0, caller)
        guard caller.i32(1) <= UInt32(FDFlags.all.rawValue), flags.isSubset(of: .mutable) else {
            throw .errno(.inval)
        }
        _ = try file.file
        file.flags = file.flags.subtracting(.mutable).union(flags)
    }

    /// Rights are not enforced, and so cannot be given up.
    func fdFdstatSetRights(_ caller: borrowing Caller) throws(Failure) {
        _ = try file(0, caller)
        throw .errno(.notsup)
    }

    func fdFilestatGet(_ caller: borrowing Caller) throws(Failure) {
        let file = try file(0, caller)
        guard case .descriptor(let descriptor) = file.kind else {
            return try caller.store(.filestat(file.type), caller.pointer(1))
        }
        let status = try get { () throws(Trap) in try descriptor.stat() }
        try caller.store(.filestat(status), caller.pointer(1))
    }

    func fdFilestatSetSize(_ caller: borrowing Caller) throws(Failure) {
        let descriptor = try file(0, caller).file
        let size = caller.i64(1)
        try get { () throws(Trap) in try descriptor.setSize(size) }
    }

    func fdFilestatSetTimes(_ caller: borrowing Caller) throws(Failure) {
        let descriptor = try file(0, caller).descriptor
        let (access, modification) = try times(1, caller)
        try get { () throws(Trap) in
            try descriptor.setTimes(access: access, modification: modification)
        }
    }

    /// The times that three parameters say: access, modification, and which of them are set.
    func times(
        _ slot: Int,
        _ caller: borrowing Caller
    ) throws(Failure) -> (access: NewTimestamp, modification: NewTimestamp) {
        let flags = FSTFlags(rawValue: UInt16(truncatingIfNeeded: caller.i32(slot + 2)))
        guard caller.i32(slot + 2) <= UInt32(FSTFlags.all.rawValue) else { throw .errno(.inval) }
        return (
            try flags.timestamp(.atim, .atimNow, caller.i64(slot)),
            try flags.timestamp(.mtim, .mtimNow, caller.i64(slot + 1))
        )
    }
}
