/// String literals. Spec: core/text/values#strings
enum StringLiteral {
    /// How the literal at `start`, a quote, ends: the index after its closing quote, or why it is
    /// none and where that shows.
    static func end(_ text: [UInt8], from start: Int) -> Result<Int, Flaw> {
        var index = start + 1
        while index < text.count {
            let byte = text[index]
            if byte == .quote { return .success(index + 1) }
            if byte == .backslash {
                let length = escapeLength(text, at: index)
                if length == 0 { return .failure(Flaw(error: .illegalEscape, offset: index)) }
                index += length
            } else if byte.isNewline {
                return .failure(Flaw(error: .unclosedString, offset: start))
            } else if byte.isControl {
                return .failure(Flaw(error: .controlCharacterInString, offset: index))
            } else {
                let length = text.utf8Length(at: index)
                if length == 0 { return .failure(Flaw(error: .malformedUTF8, offset: index)) }
                index += length
            }
        }
        return .failure(Flaw(error: .unclosedString, offset: start))
    }

    struct Flaw: Error {
        var error: LexicalError
        var offset: Int
    }

    /// The bytes that `text[range]` stands for, which lies between the quotes of a literal.
    static func contents(_ text: [UInt8], _ range: Range<Int>) -> [UInt8] {
        guard text[range].contains(.backslash) else { return Array(text[range]) }
        var contents: [UInt8] = []
        contents.reserveCapacity(range.count)
        var index = range.lowerBound
        while index < range.upperBound {
            if text[index] != .backslash {
                contents.append(text[index])
                index += 1
                continue
            }
            let length = escapeLength(text, at: index)
            if length == 0 { return contents }
            unescape(text, index..<(index + length), into: &contents)
            index += length
        }
        return contents
    }

    /// The length of the escape at `index`, a backslash; 0 where it is none.
    private static func escapeLength(_ text: [UInt8], at index: Int) -> Int {
        guard index + 1 < text.count else { return 0 }
        switch text[index + 1] {
        case UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"), UInt8(ascii: "'"),
            .backslash, .quote:
            return 2
        case UInt8(ascii: "u"):
            guard let end = text[index...].firstIndex(of: UInt8(ascii: "}")),
                scalar(text, (index + 2)..<end) != nil
            else { return 0 }
            return end + 1 - index
        case let first:
            guard first.hexadecimalDigit != nil, index + 2 < text.count,
                text[index + 2].hexadecimalDigit != nil
            else { return 0 }
            return 3
        }
    }

    /// The character that `{`, `hexnum` in `text[range]` names.
    private static func scalar(_ text: [UInt8], _ range: Range<Int>) -> Unicode.Scalar? {
        guard range.count > 1, text[range.lowerBound] == UInt8(ascii: "{"),
            case let digits = range.dropFirst(),
            let value = IntegerLiteral.magnitude(text, digits, radix: 16)
        else { return nil }
        return UInt32(exactly: value).flatMap(Unicode.Scalar.init)
    }

    private static func unescape(
        _ text: [UInt8],
        _ escape: Range<Int>,
        into contents: inout [UInt8]
    ) {
        switch text[escape.lowerBound + 1] {
        case UInt8(ascii: "n"): contents.append(0x0A)
        case UInt8(ascii: "r"): contents.append(0x0D)
        case UInt8(ascii: "t"): contents.append(0x09)
        case UInt8(ascii: "u"):
            let digits = (escape.lowerBound + 2)..<(escape.upperBound - 1)
            if let scalar = scalar(text, digits) { contents.append(utf8: scalar) }
        case let first:
            guard escape.count == 3, let high = first.hexadecimalDigit,
                let low = text[escape.lowerBound + 2].hexadecimalDigit
            else { return contents.append(first) }
            contents.append(high << 4 | low)
        }
    }
}
