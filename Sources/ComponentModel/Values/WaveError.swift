/// Why a text is refused as a value or a call in WAVE, and where.
/// Spec: WAVE "Encoding"
package struct WaveError: Error, Hashable, Sendable {
    /// The text that was read.
    package var text: String
    /// Where in its UTF-8 it is wrong.
    package var offset: Int
    package var message: String

    package init(_ text: String, at offset: Int, _ message: String) {
        self.text = text
        self.offset = min(max(offset, 0), text.utf8.count)
        self.message = message
    }

    /// Line and column of what is wrong, counted from one, columns in Unicode scalars.
    package var place: (line: Int, column: Int) {
        var line = 1
        var column = 1
        for scalar in scalarsBefore {
            column += 1
            if scalar == "\n" {
                line += 1
                column = 1
            }
        }
        return (line, column)
    }

    private var scalarsBefore: [Unicode.Scalar] {
        Array(String(decoding: text.utf8.prefix(offset), as: UTF8.self).unicodeScalars)
    }
}

extension WaveError: CustomStringConvertible {
    /// The sentence, the line that is wrong, and a caret below the place.
    package var description: String {
        let place = self.place
        let position =
            text.utf8.contains(UInt8(ascii: "\n"))
            ? "line \(place.line), column \(place.column)" : "column \(place.column)"
        return "\(position): \(message)\n    \(excerpt.line)\n    \(excerpt.caret)"
    }

    /// The part of the line around the place, with nothing in it that a terminal would obey.
    private var excerpt: (line: String, caret: String) {
        let reach = 48
        let before = scalarsBefore.reversed().prefix { $0 != "\n" }.reversed()
        let after = String(decoding: text.utf8.dropFirst(offset), as: UTF8.self)
            .unicodeScalars.prefix { $0 != "\n" }
        let shownBefore = before.suffix(reach)
        let lead = shownBefore.count < before.count ? "..." : ""
        let trail = after.dropFirst(reach).isEmpty ? "" : "..."
        var line = String.UnicodeScalarView()
        for scalar in Array(shownBefore) + Array(after.prefix(reach)) {
            line.append(scalar.properties.generalCategory.isInvisible ? " " : scalar)
        }
        let caret = String(repeating: " ", count: lead.count + shownBefore.count) + "^"
        return (lead + String(line) + trail, caret)
    }
}

extension Unicode.GeneralCategory {
    /// Whether a scalar of this category leaves no mark of its own.
    var isInvisible: Bool {
        switch self {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator,
            .paragraphSeparator:
            true
        default: false
        }
    }
}
