import Wasm

/// A word of a text: what it is, and where it stands.
/// Spec: core/text/lexical#tokens
struct Token {
    enum Kind: UInt8 {
        case leftParenthesis, rightParenthesis
        /// Numbers with no sign and no fraction; with a sign; with a fraction, an exponent or a name.
        case natural, integer, float
        case string
        case identifier
        case keyword
        case instruction
        /// `offset=` or `align=` with the number behind it.
        case offset, align
        /// Any other word, in an annotation only.
        case atom
        /// What is no token at all.
        case malformed
        /// What follows the last token.
        case end
    }

    var kind: Kind
    /// Which keyword, where it is one.
    var keyword: Keyword?
    /// Which instruction, where it is one.
    var opcode: Opcode?
    /// The bytes of the text that it is written with.
    var start: UInt32
    var end: UInt32
    /// Of `(` the index of the token that closes it, of an identifier its symbol, of what is
    /// malformed the raw value of a `LexicalError`.
    var value: UInt32 = 0

    init(_ kind: Kind, _ range: Range<Int>, value: UInt32 = 0) {
        self.kind = kind
        self.start = UInt32(truncatingIfNeeded: range.lowerBound)
        self.end = UInt32(truncatingIfNeeded: range.upperBound)
        self.value = value
    }

    /// Where it stands, in bytes.
    var range: Range<Int> { Int(start)..<Int(end) }
}

/// Why there is no token somewhere. The words are those of the reference interpreter.
enum LexicalError: UInt32 {
    case unknownOperator, emptyIdentifier
    case unclosedString, controlCharacterInString, illegalEscape
    case malformedUTF8, misplacedControl, misplacedUnicode
    case emptyAnnotation, unclosedAnnotation, illegalCharacter
    case unclosedComment
    case nestingTooDeep
}

extension LexicalError: CustomStringConvertible {
    var description: String {
        switch self {
        case .unknownOperator: "unknown operator"
        case .emptyIdentifier: "empty identifier"
        case .unclosedString: "unclosed string literal"
        case .controlCharacterInString: "illegal control character in string literal"
        case .illegalEscape: "illegal escape"
        case .malformedUTF8: "malformed UTF-8 encoding"
        case .misplacedControl: "misplaced control character"
        case .misplacedUnicode: "misplaced unicode character"
        case .emptyAnnotation: "empty annotation id"
        case .unclosedAnnotation: "unclosed annotation"
        case .illegalCharacter: "illegal character"
        case .unclosedComment: "unclosed comment"
        case .nestingTooDeep: "nesting too deep"
        }
    }
}
