/// A place in a file.
///
/// Lines and columns count from 1, columns in Unicode scalars.
package struct SourcePosition: Sendable, Equatable, Comparable {
    package var line: Int
    package var column: Int

    package init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }

    package static func < (a: SourcePosition, b: SourcePosition) -> Bool {
        (a.line, a.column) < (b.line, b.column)
    }
}

/// From a place up to, and without, another.
package struct SourceRegion: Sendable, Equatable {
    package var start: SourcePosition
    package var end: SourcePosition

    package init(start: SourcePosition, end: SourcePosition) {
        self.start = start
        self.end = end
    }
}

/// A file's name and lines, to be shown beside what is wrong with it.
package struct SourceText: Sendable {
    /// As the person named it.
    package let name: String
    private let lines: [String]

    package init(name: String, bytes: [UInt8]) {
        self.name = name
        // A byte order mark is no character of the first line.
        let text = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...]
        lines = text.split(separator: 10, omittingEmptySubsequences: false).map { line in
            String(decoding: line.last == 13 ? line.dropLast() : line, as: UTF8.self)
        }
    }

    /// Characters of a line that are shown.
    private static let width = 100

    /// The line of a region, and below it a caret under each character of the region's first line.
    ///
    /// A long line is shown in part; control characters are shown as spaces.
    func excerpt(_ region: SourceRegion) -> [String] {
        guard region.start.line >= 1, region.start.line <= lines.count else { return [] }
        let scalars = Array(lines[region.start.line - 1].unicodeScalars)
        let start = min(max(region.start.column, 1), scalars.count + 1)
        var end = region.end.line > region.start.line ? scalars.count + 1 : region.end.column
        end = min(max(end, start + 1), max(scalars.count + 1, start + 1))
        let first = start > SourceText.width ? start - SourceText.width / 2 : 1
        let last = min(scalars.count, first + SourceText.width - 1)
        let shown = first <= last ? scalars[first - 1..<last] : []
        var text = first > 1 ? "..." : ""
        let margin = text.count
        for scalar in shown { text.unicodeScalars.append(scalar.value < 32 ? " " : scalar) }
        if last < scalars.count { text += "..." }
        let carets = max(1, min(end, last + 1) - start)
        let number = String(region.start.line)
        let gutter = String(repeating: " ", count: number.count)
        let indent = String(repeating: " ", count: margin + start - first)
        return [
            text.isEmpty ? "  \(number) |" : "  \(number) | \(text)",
            "  \(gutter) | \(indent)\(String(repeating: "^", count: carets))",
        ]
    }
}
