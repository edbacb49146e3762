import Wasm

/// A text and the tokens that it is made of.
struct TokenizedText {
    let bytes: [UInt8]
    /// Where each line ends.
    private var newlines: [UInt32] = []
    /// Two of the kind `end` are the last.
    var tokens: [Token] = []
    /// In the order of the text.
    var annotations: [Annotation] = []
    var annotationTokens: [Token] = []
    /// The identifiers.
    var symbols = SymbolTable()

    /// Reads the tokens of `bytes`. What is no token becomes one of the kind `malformed`.
    ///
    /// Throws if there are more bytes than `Limits.textBytes`.
    init(_ bytes: [UInt8]) throws(TextError) {
        guard bytes.count <= Limits.textBytes else {
            throw TextError(at: TextLocation(line: 1, column: 1), "text too large")
        }
        var lexer = Lexer(bytes)
        lexer.readTokens()
        self = lexer.text
    }

    /// A text of which no token is read yet.
    init(unread bytes: [UInt8]) {
        self.bytes = bytes
        for (index, byte) in bytes.enumerated() where byte == 0x0A {
            newlines.append(UInt32(truncatingIfNeeded: index))
        }
    }

    /// The line and column of the byte at `offset`.
    func location(_ offset: Int) -> TextLocation {
        var low = 0
        var high = newlines.count
        while low < high {
            let middle = (low + high) / 2
            if newlines[middle] < offset { low = middle + 1 } else { high = middle }
        }
        let lineStart = low == 0 ? 0 : Int(newlines[low - 1]) + 1
        return TextLocation(line: low + 1, column: offset - lineStart + 1)
    }

    /// The text of `token`, as it is written; the first of it where that is long.
    func spelling(_ token: Token) -> String {
        let limit = 60
        let range = token.range.clamped(to: 0..<bytes.count)
        if range.count <= limit { return String(decoding: bytes[range], as: UTF8.self) }
        return String(decoding: bytes[range.prefix(limit)], as: UTF8.self) + "…"
    }

    /// The name of an identifier, with its dollar sign.
    func identifier(_ symbol: SymbolTable.Symbol) -> String {
        let name = symbols.name(symbol)
        let plain = !name.isEmpty && name.allSatisfy(\.isIdentifierCharacter)
        let string = String(decoding: name, as: UTF8.self)
        return plain ? "$\(string)" : "$\"\(string)\""
    }

    /// The bytes that a string literal stands for.
    /// Spec: core/text/values#strings
    func string(_ token: Token) -> [UInt8] {
        let range = token.range
        guard range.count >= 2 else { return [] }
        return StringLiteral.contents(bytes, (range.lowerBound + 1)..<(range.upperBound - 1))
    }
}
