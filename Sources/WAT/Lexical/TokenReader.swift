import Wasm

/// A place among the tokens of a text, and what can be asked of the tokens there.
struct TokenReader {
    let text: TokenizedText
    /// The index of the next token.
    private(set) var position = 0
    /// Whether a component is read, whose scripts have other words for some errors.
    var isInComponent = false

    init(_ text: TokenizedText) { self.text = text }

    /// The next token.
    var token: Token { text.tokens[position] }
    /// The token after the next one.
    var following: Token { text.tokens[min(position + 1, text.tokens.count - 1)] }

    /// The token at the index `position`, or the last one.
    func token(at position: Int) -> Token { text.tokens[min(position, text.tokens.count - 1)] }

    mutating func advance() { position = min(position + 1, text.tokens.count - 1) }

    mutating func move(to position: Int) { self.position = min(position, text.tokens.count - 1) }

    /// The index of the token that closes the parenthesis that is the next token.
    var closing: Int { Int(token.value) }

    /// Whether a parenthesis with `keyword` in it comes next.
    func opens(_ keyword: Keyword) -> Bool {
        token.kind == .leftParenthesis && following.keyword == keyword
    }

    /// Reads `keyword` if it comes next.
    mutating func take(_ keyword: Keyword) -> Bool {
        guard token.keyword == keyword else { return false }
        advance()
        return true
    }

    /// Reads `(` and `keyword` if they come next.
    mutating func takeOpening(_ keyword: Keyword) -> Bool {
        guard opens(keyword) else { return false }
        position += 2
        return true
    }

    /// Reads a token of the kind `kind`, called `name` where it is missing.
    @discardableResult
    mutating func expect(_ kind: Token.Kind, _ name: String) throws(TextError) -> Token {
        let token = token
        guard token.kind == kind else { throw unexpected(name) }
        advance()
        return token
    }

    mutating func close() throws(TextError) { try expect(.rightParenthesis, "`)`") }

    mutating func open(_ keyword: Keyword) throws(TextError) {
        guard takeOpening(keyword) else { throw unexpected("`(\(keyword.rawValue)`") }
    }

    /// Reads an identifier if one comes next.
    mutating func takeIdentifier() -> SymbolTable.Symbol? {
        guard token.kind == .identifier else { return nil }
        defer { advance() }
        return token.value
    }

    /// Reads a string that has to be UTF-8. Spec: core/text/values#names
    mutating func name() throws(TextError) -> [UInt8] {
        let token = try expect(.string, "a string")
        let name = text.string(token)
        if !name.isUTF8 { throw error("malformed UTF-8 encoding", at: token) }
        return name
    }

    /// Reads any number of strings, one after the other. Spec: core/text/values#text-datastring
    mutating func dataString() -> [UInt8] {
        var bytes: [UInt8] = []
        while token.kind == .string {
            bytes.append(contentsOf: text.string(token))
            advance()
        }
        return bytes
    }

    /// Reads a number without a sign, at most `maximum`.
    mutating func natural(
        _ type: String,
        upTo maximum: UInt64
    ) throws(TextError) -> UInt64 {
        let token = try expect(.natural, "a number")
        guard let value = IntegerLiteral.natural(text.bytes, token.range), value <= maximum else {
            throw error("\(type) constant out of range", at: token)
        }
        return value
    }

    mutating func u8() throws(TextError) -> UInt8 {
        UInt8(truncatingIfNeeded: try natural("i8", upTo: UInt64(UInt8.max)))
    }

    mutating func u32() throws(TextError) -> UInt32 {
        UInt32(truncatingIfNeeded: try natural("i32", upTo: UInt64(UInt32.max)))
    }

    mutating func u64() throws(TextError) -> UInt64 {
        try natural("i64", upTo: .max)
    }

    /// Throws where what comes next is no token at all.
    func checkToken() throws(TextError) {
        if token.kind == .malformed { throw unexpected("") }
    }

    /// What to say of `token`, with its spelling behind.
    func error(_ message: String, at token: Token) -> TextError {
        let spelling = token.kind == .end ? "" : " \(text.spelling(token))"
        return TextError(at: text.location(Int(token.start)), message + spelling)
    }

    /// That the identifier `token` is bound to no `thing`.
    func unknown(_ thing: String, at token: Token) -> TextError {
        guard isInComponent else { return error("unknown \(thing)", at: token) }
        let name = "`\(text.spelling(token))`"
        return TextError(
            at: text.location(Int(token.start)),
            "unknown \(thing): failed to find name \(name)"
        )
    }

    /// That `expected` is not what comes next; or, where that is no token at all, why.
    func unexpected(_ expected: String) -> TextError {
        for token in [token, following] {
            if token.kind == .malformed {
                let reason = LexicalError(rawValue: token.value) ?? .unknownOperator
                // The words of a component are no closed list.
                if isInComponent, reason == .unknownOperator { break }
                if isInComponent, reason == .illegalEscape {
                    return error("invalid string escape", at: token)
                }
                return error(reason.description, at: token)
            }
            if token.kind != .leftParenthesis { break }
        }
        let found = token.kind == .end ? "end of text" : text.spelling(token)
        return TextError(
            at: text.location(Int(token.start)),
            "unexpected token \(found), expected \(expected)"
        )
    }
}
