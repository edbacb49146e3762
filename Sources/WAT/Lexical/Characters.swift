// The classes of characters, by byte. Spec: core/text/lexical#characters.

/// Bytes that an identifier, a number or a keyword is made of, as two sets of 64.
private let identifierCharacters: (UInt64, UInt64) = {
    var sets: (UInt64, UInt64) = (0, 0)
    let symbols = "!#$%&'*+-./:<=>?@\\^_`|~"
    for byte in Array(symbols.utf8) + Array(0x30...0x39) + Array(0x41...0x5A) + Array(0x61...0x7A) {
        if byte < 64 {
            sets.0 |= 1 << UInt64(byte)
        } else {
            sets.1 |= 1 << UInt64(byte - 64)
        }
    }
    return sets
}()

extension UInt8 {
    static let quote = UInt8(ascii: "\"")
    static let backslash = UInt8(ascii: "\\")
    static let leftParenthesis = UInt8(ascii: "(")
    static let rightParenthesis = UInt8(ascii: ")")
    static let semicolon = UInt8(ascii: ";")
    static let dollar = UInt8(ascii: "$")
    static let at = UInt8(ascii: "@")
    static let underscore = UInt8(ascii: "_")

    /// Whether identifiers, numbers and keywords are made of it.
    /// Spec: core/text/values#text-idchar
    var isIdentifierCharacter: Bool {
        if self < 64 { return identifierCharacters.0 >> UInt64(self) & 1 == 1 }
        return self < 128 && identifierCharacters.1 >> UInt64(self - 64) & 1 == 1
    }

    var isDigit: Bool { self >= 0x30 && self <= 0x39 }
    var isLowercase: Bool { self >= 0x61 && self <= 0x7A }
    var isNewline: Bool { self == 0x0A || self == 0x0D }
    var isSpace: Bool { self == 0x20 || self == 0x09 || isNewline }
    var isControl: Bool { self < 0x20 || self == 0x7F }

    /// The value of a hexadecimal digit, nil of any other byte.
    var hexadecimalDigit: UInt8? {
        switch self {
        case 0x30...0x39: self - 0x30
        case 0x41...0x46: self - 0x37
        case 0x61...0x66: self - 0x57
        default: nil
        }
    }
}

extension [UInt8] {
    /// The length of the UTF-8 encoding of the character at `index`, 0 where there is none.
    /// Spec: core/binary/values#binary-utf8
    func utf8Length(at index: Int) -> Int {
        guard index < count else { return 0 }
        let first = self[index]
        if first < 0x80 { return 1 }
        let (length, second): (Int, ClosedRange<UInt8>) =
            switch first {
            case 0xC2...0xDF: (2, 0x80...0xBF)
            case 0xE0: (3, 0xA0...0xBF)
            case 0xED: (3, 0x80...0x9F)
            case 0xE1...0xEF: (3, 0x80...0xBF)
            case 0xF0: (4, 0x90...0xBF)
            case 0xF1...0xF3: (4, 0x80...0xBF)
            case 0xF4: (4, 0x80...0x8F)
            default: (0, 0x80...0xBF)
            }
        guard length > 0, index + length <= count, second.contains(self[index + 1]) else {
            return 0
        }
        for offset in 2..<4 where offset < length && self[index + offset] & 0xC0 != 0x80 {
            return 0
        }
        return length
    }

    /// Whether the bytes are UTF-8 throughout.
    var isUTF8: Bool {
        var index = 0
        while index < count {
            let length = utf8Length(at: index)
            if length == 0 { return false }
            index += length
        }
        return true
    }

    /// Appends the UTF-8 encoding of `scalar`.
    mutating func append(utf8 scalar: Unicode.Scalar) {
        append(contentsOf: UTF8.encode(scalar).map { Array<UInt8>($0) } ?? [])
    }
}
