/// Finds the directory that a unit was compiled in, which line programs before version 5 do not say.
/// Spec: DWARF 5 section 7.5 "Format of Debugging Information"
struct CompilationUnits {
    private static let statementList: UInt64 = 0x10
    private static let compilationDirectory: UInt64 = 0x1B

    private let sections: DebugSections
    /// What was found before.
    private var known: [UInt64: String?] = [:]
    /// Attributes that may still be passed.
    private var attributesLeft = DWARFLimits.attributes

    init(_ sections: DebugSections) { self.sections = sections }

    /// The directory of the unit whose line program begins at an offset in `.debug_line`; nil where no
    /// unit says so.
    mutating func directory(ofLineProgram offset: UInt64) throws(DWARFError) -> String? {
        if let directory = known[offset] { return directory }
        let directory = try find(offset)
        known[offset] = .some(directory)
        return directory
    }

    private mutating func find(_ offset: UInt64) throws(DWARFError) -> String? {
        var cursor = SectionCursor(".debug_info", sections.info)
        while !cursor.isAtEnd {
            let length = try cursor.unitLength()
            var unit = try cursor.split(length)
            if let directory = try directory(of: &unit, offset) { return directory }
        }
        return nil
    }

    private mutating func directory(
        of unit: inout SectionCursor,
        _ program: UInt64
    ) throws(DWARFError) -> String? {
        let version = try unit.u16()
        guard (2...5).contains(version) else { throw unit.error(.version(version)) }
        let addressSize: Int
        let abbreviations: UInt64
        if version >= 5 {
            let kind = try unit.u8()
            addressSize = Int(try unit.u8())
            abbreviations = try unit.fixed(4)
            // Of a compilation or a part of one; others have more before their attributes.
            guard kind == 1 || kind == 3 else { return nil }
        } else {
            abbreviations = try unit.fixed(4)
            addressSize = Int(try unit.u8())
        }
        let code = try unit.uleb()
        guard code != 0, var declaration = try abbreviation(code, at: abbreviations) else { return nil }
        var directory: FormValue?
        var lines: UInt64?
        while true {
            let name = try declaration.uleb()
            let form = try declaration.uleb()
            if form == Form.implicitConst { _ = try declaration.sleb() }
            if name == 0, form == 0 { break }
            try pass(declaration)
            let value = try unit.value(form, addressSize: addressSize)
            if name == CompilationUnits.compilationDirectory { directory = value }
            if name == CompilationUnits.statementList, case .number(let offset) = value { lines = offset }
        }
        guard lines == program, let directory else { return nil }
        return try sections.text(directory, in: unit)
    }

    /// A cursor at the attributes of the abbreviation with this code.
    private mutating func abbreviation(
        _ code: UInt64,
        at offset: UInt64
    ) throws(DWARFError) -> SectionCursor? {
        var cursor = SectionCursor(".debug_abbrev", sections.abbreviations)
        try cursor.seek(offset)
        while true {
            let found = try cursor.uleb()
            guard found != 0 else { return nil }
            _ = try cursor.uleb()
            _ = try cursor.u8()
            if found == code { return cursor }
            while true {
                let name = try cursor.uleb()
                let form = try cursor.uleb()
                if form == Form.implicitConst { _ = try cursor.sleb() }
                if name == 0, form == 0 { break }
                try pass(cursor)
            }
        }
    }

    private mutating func pass(_ cursor: SectionCursor) throws(DWARFError) {
        guard attributesLeft > 0 else { throw cursor.error(.tooMuch("attributes")) }
        attributesLeft -= 1
    }
}
