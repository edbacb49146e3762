/// A place in a source.
package struct SourceLocation: Hashable, Sendable, CustomStringConvertible {
    /// The file's path, as the compiler wrote it.
    package var file: String
    /// From 1 on.
    package var line: Int
    /// From 1 on; nil where it was not said.
    package var column: Int?

    package var description: String { "\(file):\(line)" + (column.map { ":\($0)" } ?? "") }
}

/// Which lines of which sources the code of a module comes from: the line programs of `.debug_line`, of
/// versions 2 to 5.
///
/// Nothing is read before it is asked for, and then all programs are run once: the time is that of a walk
/// through the section, whatever it holds.
package struct LineTable: Sendable {
    private let sections: DebugSections

    /// The table that these sections have.
    package init(_ sections: DebugSections) { self.sections = sections }

    /// The places that the instructions at `addresses` come from, nil where that is not said. Addresses of
    /// a WebAssembly module count from the beginning of its code section's contents.
    ///
    /// Throws where a program cannot be read.
    package func locations(of addresses: [UInt64]) throws(DWARFError) -> [SourceLocation?] {
        var locations = [SourceLocation?](repeating: nil, count: addresses.count)
        guard let least = addresses.min(), let most = addresses.max() else { return locations }
        var cursor = SectionCursor(".debug_line", sections.line)
        guard sections.line.count <= DWARFLimits.lineBytes else { throw cursor.error(.tooMuch("lines")) }
        var units = CompilationUnits(sections)
        while !cursor.isAtEnd {
            let offset = cursor.offset
            var unit = try cursor.split(try cursor.unitLength())
            let header = try LineProgramHeader(&unit, at: offset)
            var program = LineProgram(header, unit)
            var rows = [LineProgram.Row?](repeating: nil, count: addresses.count)
            try program.run { row, end in
                guard row.address <= most, end > least, row.line > 0 else { return }
                for (index, address) in addresses.enumerated()
                where rows[index] == nil && row.address <= address && address < end {
                    rows[index] = row
                }
            }
            for (index, row) in rows.enumerated() where locations[index] == nil {
                guard let row, let file = try header.path(row.file, sections, &units) else { continue }
                locations[index] = SourceLocation(
                    file: file,
                    line: Int(row.line),
                    column: row.column > 0 ? Int(clamping: row.column) : nil
                )
            }
            if locations.allSatisfy({ $0 != nil }) { break }
        }
        return locations
    }
}
