/// What a line program says before it begins: how its opcodes count, and the names of files.
/// Spec: DWARF 5 section 6.2.4 "The Line Number Program Header"
struct LineProgramHeader {
    /// A file's name, and which directory it is in.
    private struct Entry {
        var name = FormValue.other
        var directory = 0
    }

    /// Where the program's unit begins in `.debug_line`.
    let offset: Int
    let version: UInt16
    let minimumInstructionLength: UInt64
    let lineBase: Int64
    let lineRange: UInt8
    let opcodeBase: UInt8
    /// Operands of each standard opcode, from 1 on.
    let operandCounts: [UInt8]
    private var directories: [Entry] = []
    private var files: [Entry] = []
    /// The unit, in which names may stand.
    private let unit: SectionCursor

    /// Reads the header of the unit that `cursor` is at, which begins at `offset`, and leaves the cursor at
    /// the first opcode.
    init(_ cursor: inout SectionCursor, at offset: Int) throws(DWARFError) {
        unit = cursor
        self.offset = offset
        version = try cursor.u16()
        guard (2...5).contains(version) else { throw cursor.error(.version(version)) }
        if version >= 5 { try cursor.skip(2) }
        let length = try cursor.fixed(4)
        let program = UInt64(cursor.offset) + length
        minimumInstructionLength = UInt64(try cursor.u8())
        if version >= 4 { try cursor.skip(1) }
        try cursor.skip(1)
        lineBase = Int64(Int8(bitPattern: try cursor.u8()))
        lineRange = try cursor.u8()
        opcodeBase = try cursor.u8()
        var counts: [UInt8] = [0]
        for _ in 1..<max(Int(opcodeBase), 1) { counts.append(try cursor.u8()) }
        operandCounts = counts
        if version >= 5 {
            directories = try LineProgramHeader.entries(&cursor)
            files = try LineProgramHeader.entries(&cursor)
        } else {
            try readNames(&cursor)
        }
        try cursor.seek(program)
    }

    /// Directories and files as they are before version 5.
    private mutating func readNames(_ cursor: inout SectionCursor) throws(DWARFError) {
        // The first of each is not written down: the directory of the unit, and no file.
        directories = [Entry()]
        files = [Entry()]
        while true {
            let start = cursor.offset
            try cursor.skipString()
            if cursor.offset == start + 1 { break }
            try LineProgramHeader.add(Entry(name: .inlineString(start)), to: &directories, cursor)
        }
        while true {
            let start = cursor.offset
            try cursor.skipString()
            if cursor.offset == start + 1 { break }
            let directory = Int(truncatingIfNeeded: try cursor.uleb())
            _ = try cursor.uleb()
            _ = try cursor.uleb()
            let entry = Entry(name: .inlineString(start), directory: directory)
            try LineProgramHeader.add(entry, to: &files, cursor)
        }
    }

    /// A table of directories or of files of version 5.
    private static func entries(_ cursor: inout SectionCursor) throws(DWARFError) -> [Entry] {
        let formatCount = Int(try cursor.u8())
        guard formatCount <= DWARFLimits.formats else { throw cursor.error(.tooMuch("entry formats")) }
        var formats: [(content: UInt64, form: UInt64)] = []
        for _ in 0..<formatCount { formats.append((try cursor.uleb(), try cursor.uleb())) }
        let count = try cursor.uleb()
        guard count <= UInt64(DWARFLimits.entries) else { throw cursor.error(.tooMuch("files")) }
        var entries: [Entry] = []
        for _ in 0..<count {
            var entry = Entry()
            for format in formats {
                let value = try cursor.value(format.form)
                switch (format.content, value) {
                case (1, _): entry.name = value
                case (2, .number(let index)): entry.directory = Int(truncatingIfNeeded: index)
                default: break
                }
            }
            entries.append(entry)
        }
        return entries
    }

    private static func add(
        _ entry: Entry,
        to entries: inout [Entry],
        _ cursor: SectionCursor
    ) throws(DWARFError) {
        guard entries.count <= DWARFLimits.entries else { throw cursor.error(.tooMuch("files")) }
        entries.append(entry)
    }

    /// The path of the file with this number, as far as it is said; nil of a file that is not there.
    func path(
        _ file: UInt64,
        _ sections: DebugSections,
        _ units: inout CompilationUnits
    ) throws(DWARFError) -> String? {
        guard file < UInt64(files.count) else { return nil }
        let entry = files[Int(file)]
        guard let name = try sections.text(entry.name, in: unit) else { return nil }
        guard !name.hasPrefix("/"), directories.indices.contains(entry.directory) else { return name }
        let folder = try sections.text(directories[entry.directory].name, in: unit)
        if let folder, folder.hasPrefix("/") { return "\(folder)/\(name)" }
        let base: String?
        if version >= 5 {
            base = try sections.text(directories[0].name, in: unit)
        } else {
            base = try units.directory(ofLineProgram: UInt64(offset))
        }
        let isBase = entry.directory == 0
        return [base, isBase ? nil : folder, name].compactMap { $0 }.joined(separator: "/")
    }
}
