/// Something that a guest of preview 1 has open.
final class OpenFile {
    enum Kind {
        case input(InputStream, isTerminal: Bool)
        case output(OutputStream, isTerminal: Bool)
        case descriptor(Descriptor)
    }

    let kind: Kind
    /// Where the next read or write of a file begins.
    var position: UInt64 = 0
    var flags: FDFlags
    /// The guest's name for a directory that it has from the start.
    let preopenName: [UInt8]?
    /// What its entries are read from.
    var entries: DirectoryEntryStream?

    init(_ kind: Kind, _ flags: FDFlags = [], preopenName: String? = nil) {
        self.kind = kind
        self.flags = flags
        self.preopenName = preopenName.map { Array($0.utf8) }
    }

    /// The descriptor of a file or a directory; `badf` for a stream.
    var descriptor: Descriptor {
        get throws(Failure) {
            guard case .descriptor(let descriptor) = kind else { throw .errno(.badf) }
            return descriptor
        }
    }

    /// The descriptor of a file that is no directory; `badf` for the others.
    var file: Descriptor {
        get throws(Failure) {
            let descriptor = try descriptor
            guard !descriptor.isDirectory else { throw .errno(.badf) }
            return descriptor
        }
    }

    /// The descriptor of a directory; `notdir` for a file.
    var directory: Descriptor {
        get throws(Failure) {
            let descriptor = try descriptor
            guard descriptor.isDirectory else { throw .errno(.notdir) }
            return descriptor
        }
    }

    /// The type that the guest is told.
    var type: FileType {
        switch kind {
        case .input(_, let isTerminal), .output(_, let isTerminal):
            isTerminal ? .characterDevice : .unknown
        case .descriptor(let descriptor): FileType(descriptor.type)
        }
    }
}

/// What a guest has open, by number.
///
/// Spec: wasi_snapshot_preview1#fd
struct FileTable {
    /// Nil where a number is free.
    private var files: [OpenFile?] = []

    /// A table in which nothing is open.
    init() {}

    /// The standard streams and the directories of a system.
    init(_ system: System) {
        let stdio = system.stdio
        files = [
            OpenFile(.input(stdio.input, isTerminal: stdio.inputIsTerminal)),
            OpenFile(.output(stdio.output, isTerminal: stdio.outputIsTerminal)),
            OpenFile(.output(stdio.error, isTerminal: stdio.errorIsTerminal)),
        ]
        for preopen in system.configuration.preopens {
            files.append(
                OpenFile(.descriptor(Descriptor(preopen, system)), preopenName: preopen.guest)
            )
        }
    }

    /// What is open under a number; `badf` where nothing is.
    subscript(_ number: UInt32) -> OpenFile {
        get throws(Failure) {
            guard number < files.count, let file = files[Int(number)] else { throw .errno(.badf) }
            return file
        }
    }

    /// Throws `mfile` where there are `WASILimits.openFiles`.
    func checkRoom() throws(Failure) {
        guard files.count < WASILimits.openFiles || files.contains(where: { $0 == nil }) else {
            throw .errno(.mfile)
        }
    }

    /// Gives the file the least number that is free.
    mutating func add(_ file: OpenFile) -> UInt32 {
        let number = files.firstIndex { $0 == nil } ?? files.count
        if number == files.count { files.append(file) } else { files[number] = file }
        return UInt32(truncatingIfNeeded: number)
    }

    /// Closes what is open under a number.
    mutating func remove(_ number: UInt32) throws(Failure) {
        _ = try self[number]
        files[Int(number)] = nil
    }

    /// Gives what is open under `source` the number `target`, whose file is closed.
    mutating func renumber(_ source: UInt32, to target: UInt32) throws(Failure) {
        let file = try self[source]
        _ = try self[target]
        files[Int(source)] = nil
        files[Int(target)] = file
    }
}
