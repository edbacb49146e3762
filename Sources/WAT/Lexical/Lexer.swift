import Wasm

/// Cuts a text into tokens. Spec: core/text/lexical
struct Lexer {
    var text: TokenizedText
    var position = 0
    /// The `(` that are not closed yet, by token index.
    private var open: [UInt32] = []
    private let vocabulary = Vocabulary.shared

    init(_ bytes: [UInt8]) { text = TokenizedText(unread: bytes) }

    /// Reads all tokens, up to the first place where it is unclear where the next one would begin.
    mutating func readTokens() {
        text.tokens.reserveCapacity(text.bytes.count / 5 + 2)
        while position < text.bytes.count, readToken() {}
        let end = text.bytes.count..<text.bytes.count
        text.tokens.append(Token(.end, end))
        text.tokens.append(Token(.end, end))
        for index in open { text.tokens[Int(index)].value = UInt32(text.tokens.count - 2) }
    }

    /// Reads a token or what stands between tokens; false after what makes going on pointless.
    private mutating func readToken() -> Bool {
        let byte = text.bytes[position]
        switch byte {
        case 0x20, 0x09, 0x0A, 0x0D:
            position += 1
            return true
        case .leftParenthesis:
            return readLeftParenthesis()
        case .rightParenthesis:
            if let index = open.popLast() {
                text.tokens[Int(index)].value = UInt32(truncatingIfNeeded: text.tokens.count)
            }
            append(Token(.rightParenthesis, position..<(position + 1)))
            return true
        case .semicolon where next == .semicolon:
            return skipLine()
        default:
            if byte.isIdentifierCharacter || byte == .quote { return readWord() }
            return readOther(byte)
        }
    }

    var next: UInt8? { position + 1 < text.bytes.count ? text.bytes[position + 1] : nil }

    private mutating func append(_ token: Token) {
        text.tokens.append(token)
        position = Int(token.end)
    }

    /// Notes that what stands at `range` is no token; there is no going on after it.
    mutating func fail(_ error: LexicalError, _ range: Range<Int>) -> Bool {
        append(Token(.malformed, range, value: error.rawValue))
        return false
    }

    /// A parenthesis, an annotation or a comment.
    private mutating func readLeftParenthesis() -> Bool {
        let range = position..<(position + 1)
        if next == .semicolon { return skipComment() }
        if next == .at { return readAnnotation() }
        if open.count >= Limits.textNesting { return fail(.nestingTooDeep, range) }
        open.append(UInt32(truncatingIfNeeded: text.tokens.count))
        append(Token(.leftParenthesis, range))
        return true
    }

    /// Goes past a comment up to the end of the line.
    /// Spec: core/text/lexical#comments
    mutating func skipLine() -> Bool {
        var index = position + 2
        while index < text.bytes.count, !text.bytes[index].isNewline {
            let length = text.bytes.utf8Length(at: index)
            if length == 0 { return fail(.malformedUTF8, index..<(index + 1)) }
            index += length
        }
        position = index
        return true
    }

    /// Goes past a comment in parentheses, with those in it.
    /// Spec: core/text/lexical#comments
    mutating func skipComment() -> Bool {
        let start = position
        var depth = 0
        while position < text.bytes.count {
            switch (text.bytes[position], next) {
            case (.leftParenthesis, .semicolon):
                depth += 1
                position += 2
            case (.semicolon, .rightParenthesis):
                depth -= 1
                position += 2
                if depth == 0 { return true }
            default:
                let length = text.bytes.utf8Length(at: position)
                if length == 0 { return fail(.malformedUTF8, position..<(position + 1)) }
                position += length
            }
        }
        return fail(.unclosedComment, start..<(start + 2))
    }

    /// Where the word that starts at `position` ends: identifier characters and strings, with
    /// nothing between them. Spec: core/text/lexical#text-reserved
    func wordEnd() -> (end: Int, hasString: Bool, flaw: StringLiteral.Flaw?) {
        var index = position
        var hasString = false
        while index < text.bytes.count {
            if text.bytes[index].isIdentifierCharacter {
                index += 1
            } else if text.bytes[index] == .quote {
                switch StringLiteral.end(text.bytes, from: index) {
                case .success(let end):
                    index = end
                    hasString = true
                case .failure(let flaw):
                    return (index, hasString, flaw)
                }
            } else {
                break
            }
        }
        return (index, hasString, nil)
    }

    private mutating func readWord() -> Bool {
        let (end, hasString, flaw) = wordEnd()
        guard end > position else {
            let offset = flaw?.offset ?? position
            return fail(flaw?.error ?? .unclosedString, offset..<(offset + 1))
        }
        let range = position..<end
        if let token = hasString ? quotedToken(range) : plainToken(range) {
            append(token)
            return true
        }
        let isDollar = range.count == 1 && text.bytes[position] == .dollar
        append(
            Token(
                .malformed,
                range,
                value: (isDollar ? LexicalError.emptyIdentifier : .unknownOperator).rawValue
            )
        )
        return true
    }

    /// A string or a quoted identifier; nil where more stands before or behind it.
    mutating func quotedToken(_ range: Range<Int>) -> Token? {
        let isIdentifier = text.bytes[range.lowerBound] == .dollar
        let quote = isIdentifier ? range.lowerBound + 1 : range.lowerBound
        guard text.bytes[quote] == .quote,
            case .success(range.upperBound) = StringLiteral.end(text.bytes, from: quote)
        else { return nil }
        if !isIdentifier { return Token(.string, range) }
        let name = StringLiteral.contents(text.bytes, (quote + 1)..<(range.upperBound - 1))
        if name.isEmpty {
            return Token(.malformed, range, value: LexicalError.emptyIdentifier.rawValue)
        }
        if !name.isUTF8 {
            return Token(.malformed, range, value: LexicalError.malformedUTF8.rawValue)
        }
        return Token(.identifier, range, value: text.symbols.intern(name, name.indices))
    }

    private mutating func plainToken(_ range: Range<Int>) -> Token? {
        let first = text.bytes[range.lowerBound]
        if first == .dollar {
            guard range.count > 1 else { return nil }
            return Token(
                .identifier,
                range,
                value: text.symbols.intern(text.bytes, range.dropFirst())
            )
        }
        if first.isLowercase { return wordToken(range) }
        return number(range)
    }

    private func wordToken(_ range: Range<Int>) -> Token? {
        if let token = vocabulary.token(text.bytes, range) { return token }
        for (kind, prefix) in [(Token.Kind.offset, "offset="), (.align, "align=")] {
            let digits = range.dropFirst(prefix.utf8.count)
            if text.bytes[range].starts(with: prefix.utf8), isNatural(digits) {
                return Token(kind, range)
            }
        }
        return FloatLiteral.isFloat(text.bytes, range) ? Token(.float, range) : nil
    }

    private func number(_ range: Range<Int>) -> Token? {
        if isNatural(range) { return Token(.natural, range) }
        let first = text.bytes[range.lowerBound]
        let signed = first == UInt8(ascii: "-") || first == UInt8(ascii: "+")
        if signed, isNatural(range.dropFirst()) { return Token(.integer, range) }
        return FloatLiteral.isFloat(text.bytes, range) ? Token(.float, range) : nil
    }

    private func isNatural(_ range: Range<Int>) -> Bool {
        IntegerLiteral.isHexadecimal(text.bytes, range)
            ? IntegerLiteral.isNumber(text.bytes, range.dropFirst(2), radix: 16)
            : IntegerLiteral.isNumber(text.bytes, range, radix: 10)
    }

    /// A byte that begins no token.
    private mutating func readOther(_ byte: UInt8) -> Bool {
        let length = text.bytes.utf8Length(at: position)
        let range = position..<(position + max(1, length))
        if byte.isControl { return fail(.misplacedControl, range) }
        if length == 0 { return fail(.malformedUTF8, range) }
        return fail(length > 1 ? .misplacedUnicode : .unknownOperator, range)
    }
}
