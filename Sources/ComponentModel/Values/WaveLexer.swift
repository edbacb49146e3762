/// A token of WAVE.
enum WaveToken: Hashable {
    case braceOpen, braceClose, parenOpen, parenClose, bracketOpen, bracketClose, colon, comma
    /// Digits with sign, fraction and exponent, or `-inf`.
    case number
    /// A label or a keyword, `%` not counted.
    case label(String, isEscaped: Bool)
    case char(Unicode.Scalar)
    case string(String)
    case end
}

/// Cuts a text into the tokens of WAVE, one token ahead of its reader.
/// Spec: WAVE "Encoding", "Whitespace", "Comments"
struct WaveLexer {
    let text: String
    let bytes: [UInt8]
    /// The token to come, and where it stands.
    private(set) var token = WaveToken.end
    private(set) var range = 0..<0
    private var position: Int

    /// A lexer of `text` from the byte at `start` on.
    init(_ text: String, from start: Int = 0) throws(WaveError) {
        self.text = text
        bytes = Array(text.utf8)
        position = start
        try advance()
    }

    /// The bytes of the token to come as text.
    var slice: String { String(decoding: bytes[range], as: UTF8.self) }

    func error(_ message: String, at offset: Int? = nil) -> WaveError {
        WaveError(text, at: offset ?? range.lowerBound, message)
    }

    /// Goes to the next token.
    mutating func advance() throws(WaveError) {
        skipSpace()
        let start = position
        token = try next()
        range = start..<position
    }

    private func byte(_ ahead: Int = 0) -> UInt8? {
        position + ahead < bytes.count ? bytes[position + ahead] : nil
    }

    private mutating func skipSpace() {
        while let byte = byte() {
            switch byte {
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\r"):
                position += 1
            case UInt8(ascii: "/") where self.byte(1) == UInt8(ascii: "/"):
                while let byte = self.byte(), byte != UInt8(ascii: "\n") { position += 1 }
            default: return
            }
        }
    }

    private mutating func next() throws(WaveError) -> WaveToken {
        guard let first = byte() else { return .end }
        switch first {
        case UInt8(ascii: "{"): return take(.braceOpen)
        case UInt8(ascii: "}"): return take(.braceClose)
        case UInt8(ascii: "("): return take(.parenOpen)
        case UInt8(ascii: ")"): return take(.parenClose)
        case UInt8(ascii: "["): return take(.bracketOpen)
        case UInt8(ascii: "]"): return take(.bracketClose)
        case UInt8(ascii: ":"): return take(.colon)
        case UInt8(ascii: ","): return take(.comma)
        case UInt8(ascii: "'"), UInt8(ascii: "\""):
            let start = position
            var literal = WaveLiteral(text: text, bytes: bytes, position: start)
            let token: WaveToken =
                first == UInt8(ascii: "'") ? .char(try literal.char()) : .string(try literal.string())
            position = literal.position
            return token
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
        case UInt8(ascii: "%"): return try label()
        default:
            if first.isWaveLetter { return try label() }
            let shown = String(decoding: bytes[position...].prefix(4), as: UTF8.self).unicodeScalars.first
            throw error("no value begins with \(Val.char(shown ?? "?").wave)", at: position)
        }
    }

    private mutating func take(_ token: WaveToken) -> WaveToken {
        position += 1
        return token
    }

    private mutating func number() throws(WaveError) -> WaveToken {
        let start = position
        if byte() == UInt8(ascii: "-") { position += 1 }
        if position > start, byte() == UInt8(ascii: "i"), byte(1) == UInt8(ascii: "n"),
            byte(2) == UInt8(ascii: "f")
        {
            position += 3
            return .number
        }
        guard let first = byte(), first.isWaveDigit else {
            throw error("a number has a digit after its sign", at: start)
        }
        position += 1
        if first == UInt8(ascii: "0"), byte()?.isWaveDigit == true {
            throw error("a number does not begin with a needless 0", at: start)
        }
        skipDigits()
        if byte() == UInt8(ascii: "."), byte(1)?.isWaveDigit == true {
            position += 1
            skipDigits()
        }
        if let mark = byte(), mark | 0x20 == UInt8(ascii: "e") {
            let isSigned = byte(1) == UInt8(ascii: "+") || byte(1) == UInt8(ascii: "-")
            if byte(isSigned ? 2 : 1)?.isWaveDigit == true {
                position += isSigned ? 2 : 1
                skipDigits()
            }
        }
        return .number
    }

    private mutating func skipDigits() {
        while byte()?.isWaveDigit == true { position += 1 }
    }

    /// Spec: WAVE "Labels"
    private mutating func label() throws(WaveError) -> WaveToken {
        let isEscaped = byte() == UInt8(ascii: "%")
        if isEscaped { position += 1 }
        let start = position
        var isFirst = true
        repeat {
            if !isFirst { position += 1 }
            guard let head = byte(), head.isWaveLetter || (!isFirst && head.isWaveDigit) else {
                throw error("a label's words begin with a letter", at: position)
            }
            try word()
            isFirst = false
        } while byte() == UInt8(ascii: "-")
        return .label(String(decoding: bytes[start..<position], as: UTF8.self), isEscaped: isEscaped)
    }

    private mutating func word() throws(WaveError) {
        var hasLower = false
        var hasUpper = false
        while let byte = byte(), byte.isWaveLetter || byte.isWaveDigit {
            hasLower = hasLower || (byte.isWaveLetter && byte & 0x20 != 0)
            hasUpper = hasUpper || (byte.isWaveLetter && byte & 0x20 == 0)
            if hasLower && hasUpper {
                throw error("a label's word is in capitals or in small letters, not both", at: position)
            }
            position += 1
        }
    }
}

extension UInt8 {
    var isWaveDigit: Bool { self >= UInt8(ascii: "0") && self <= UInt8(ascii: "9") }

    var isWaveLetter: Bool { self | 0x20 >= UInt8(ascii: "a") && self | 0x20 <= UInt8(ascii: "z") }
}

extension WaveToken: CustomStringConvertible {
    var description: String {
        switch self {
        case .braceOpen: "{"
        case .braceClose: "}"
        case .parenOpen: "("
        case .parenClose: ")"
        case .bracketOpen: "["
        case .bracketClose: "]"
        case .colon: ":"
        case .comma: ","
        case .number: "a number"
        case .label(let name, let isEscaped): (isEscaped ? "%" : "") + name
        case .char: "a char"
        case .string: "a string"
        case .end: "the end"
        }
    }
}
