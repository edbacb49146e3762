/// Reads the literals of chars and strings.
/// Spec: WAVE "Chars", "Strings", "Multiline Strings"
struct WaveLiteral {
    let text: String
    let bytes: [UInt8]
    /// At the quote that opens the literal; after the one that closes it when it has been read.
    var position: Int

    private func error(_ message: String, at offset: Int) -> WaveError {
        WaveError(text, at: offset, message)
    }

    mutating func char() throws(WaveError) -> Unicode.Scalar {
        let start = position
        position += 1
        guard position < bytes.count else { throw error("a char has no end", at: start) }
        if bytes[position] == UInt8(ascii: "'") {
            throw error("a char holds one character; ' is written \\'", at: start)
        }
        let scalar = try scalar(before: bytes.count)
        guard position < bytes.count, bytes[position] == UInt8(ascii: "'") else {
            throw error("a char holds one character and ends with '", at: start)
        }
        position += 1
        return scalar
    }

    mutating func string() throws(WaveError) -> String {
        if position + 2 < bytes.count, bytes[position + 1] == UInt8(ascii: "\""),
            bytes[position + 2] == UInt8(ascii: "\"")
        {
            return try multilineString()
        }
        let start = position
        position += 1
        var contents: [UInt8] = []
        while position < bytes.count, bytes[position] != UInt8(ascii: "\"") {
            try element(&contents, before: bytes.count)
        }
        guard position < bytes.count else { throw error("a string has no end", at: start) }
        position += 1
        return String(decoding: contents, as: UTF8.self)
    }

    private mutating func multilineString() throws(WaveError) -> String {
        let start = position
        let first = start + 3
        guard let end = tripleQuote(from: first) else { throw error("a string has no end", at: start) }
        var lines = lineRanges(first..<end)
        let opening = lines.removeFirst()
        guard let closing = lines.popLast(), withoutReturn(opening).isEmpty else {
            throw error("\"\"\" is followed by a line break", at: first)
        }
        guard bytes[closing].allSatisfy({ $0 == UInt8(ascii: " ") }) else {
            throw error("the closing \"\"\" has nothing but spaces before it on its line", at: end)
        }
        var contents: [UInt8] = []
        for (index, range) in lines.enumerated() {
            if index > 0 { contents.append(UInt8(ascii: "\n")) }
            let line = withoutReturn(range)
            guard bytes[range].prefix(closing.count).count == closing.count,
                bytes[range].prefix(closing.count).allSatisfy({ $0 == UInt8(ascii: " ") })
            else {
                throw error(
                    "a line is indented less than the closing \"\"\"", at: range.lowerBound)
            }
            position = range.lowerBound + closing.count
            while position < line.upperBound { try element(&contents, before: line.upperBound) }
        }
        position = end + 3
        return String(decoding: contents, as: UTF8.self)
    }

    private func tripleQuote(from start: Int) -> Int? {
        var place = start
        while place + 2 < bytes.count {
            if bytes[place..<place + 3].allSatisfy({ $0 == UInt8(ascii: "\"") }) { return place }
            place += 1
        }
        return nil
    }

    private func lineRanges(_ range: Range<Int>) -> [Range<Int>] {
        var lines: [Range<Int>] = []
        var start = range.lowerBound
        for place in range where bytes[place] == UInt8(ascii: "\n") {
            lines.append(start..<place)
            start = place + 1
        }
        lines.append(start..<range.upperBound)
        return lines
    }

    private func withoutReturn(_ line: Range<Int>) -> Range<Int> {
        let endsInReturn = !line.isEmpty && bytes[line.upperBound - 1] == UInt8(ascii: "\r")
        return line.lowerBound..<line.upperBound - (endsInReturn ? 1 : 0)
    }

    /// Adds the character or escape at `position`.
    private mutating func element(_ contents: inout [UInt8], before end: Int) throws(WaveError) {
        switch bytes[position] {
        case UInt8(ascii: "\\"):
            contents += Array(String(Character(try escape(before: end))).utf8)
        case UInt8(ascii: "\n"):
            throw error("a line break in a string is written \\n", at: position)
        default:
            contents.append(bytes[position])
            position += 1
        }
    }

    /// The scalar at `position`, escaped or not.
    private mutating func scalar(before end: Int) throws(WaveError) -> Unicode.Scalar {
        if bytes[position] == UInt8(ascii: "\\") { return try escape(before: end) }
        if bytes[position] == UInt8(ascii: "\n") {
            throw error("a line break in a char is written \\n", at: position)
        }
        let shown = String(decoding: bytes[position..<end].prefix(4), as: UTF8.self)
        let scalar = shown.unicodeScalars.first ?? "\u{FFFD}"
        position += UTF8.width(scalar)
        return scalar
    }

    private mutating func escape(before end: Int) throws(WaveError) -> Unicode.Scalar {
        let start = position
        position += 2
        guard start + 1 < end else { throw error("a backslash begins an escape", at: start) }
        switch bytes[start + 1] {
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "'"): return "'"
        case UInt8(ascii: "\""): return "\""
        case UInt8(ascii: "\\"): return "\\"
        case UInt8(ascii: "u"): break
        default:
            throw error("the escapes are \\' \\\" \\\\ \\t \\n \\r and \\u{...}", at: start)
        }
        let digits = bytes[min(position, end)..<end].prefix { $0 != UInt8(ascii: "}") }.dropFirst()
        let number = UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
        guard position < end, bytes[position] == UInt8(ascii: "{"), digits.endIndex < end,
            (1...6).contains(digits.count), digits.first != UInt8(ascii: "+"), let number
        else { throw error("\\u{...} holds one to six hexadecimal digits", at: start) }
        guard let scalar = Unicode.Scalar(number) else {
            throw error("\\u{\(String(number, radix: 16))} is no Unicode scalar value", at: start)
        }
        position = digits.endIndex + 1
        return scalar
    }
}
