import Testing
import WAT
import Wasm

/// Spec: core/text/lexical
@Suite struct LexicalTests {
    static let empty: [UInt8] = [0x00, 0x61, 0x73, 0x6D, 0x01, 0x00, 0x00, 0x00]

    @Test(arguments: [
        "", "(module)", " \t\r\n(module)\n", ";; a comment", ";; a comment\n(module)",
        "(; a (; nested ;) comment ;)(module)", "(;)(;;);)(module)", "(module;;\r)", "( module )",
        "(;Grüße;)",
    ])
    func spaceAndComments(text: String) throws {
        #expect(try assemble(text) == Self.empty)
    }

    @Test(arguments: [
        Refusal("(module) foo", "unknown operator foo", at: "1:10"),
        Refusal("(module\n  (func\n    nopp))", "unknown operator nopp", at: "3:5"),
        Refusal("(func (drop (i32.const0)))", "unknown operator i32.const0"),
        Refusal("(func br 0drop)", "unknown operator 0drop"),
        Refusal("(data \"a\"\"b\")", "unknown operator \"a\"\"b\""),
        Refusal("(func $a\"b\")", "unknown operator $a\"b\""),
        Refusal("(module ,)", "unknown operator ,"),
        Refusal("(module ])", "unknown operator ]"),
        Refusal("(func $)", "empty identifier", at: "1:7"),
        Refusal("(func $\"\")", "empty identifier"),
        Refusal("(func $\"\\ff\")", "malformed UTF-8 encoding"),
        Refusal("(; never closed (; ;)", "unclosed comment", at: "1:1"),
        Refusal("(module \u{1})", "misplaced control character"),
        Refusal("(module ü)", "misplaced unicode character"),
        Refusal("(data \"abc\n\")", "unclosed string literal", at: "1:7"),
        Refusal("(data \"abc", "unclosed string literal"),
        Refusal("(data \"a\tb\")", "illegal control character in string literal"),
        Refusal("(data \"\\q\")", "illegal escape", at: "1:8"),
        Refusal("(data \"\\0g\")", "illegal escape"),
        Refusal("(data \"\\u{d800}\")", "illegal escape"),
        Refusal("(data \"\\u{110000}\")", "illegal escape"),
    ])
    func noTokens(refusal: Refusal) { refusal.check() }

    /// An error of grammar comes before one of words that stands behind it.
    @Test func firstErrorFirst() {
        Refusal("(module (func nop drop]", "unknown operator ]").check()
        Refusal("(module module nopp)", "unexpected token module").check()
    }

    @Test(arguments: [
        [0x80], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xE2, 0x82],
    ])
    func malformedUTF8(bytes: [UInt8]) {
        for (before, after) in [("", ""), (";;", ""), ("(;", ";)"), ("(data \"", "\")")] {
            let text = Array(before.utf8) + bytes + Array(after.utf8)
            do throws(TextError) {
                _ = try Assembler.assemble(text)
                Issue.record("\(text) is accepted")
            } catch {
                #expect(error.message.hasPrefix("malformed UTF-8 encoding"), "\(error)")
            }
        }
    }

    @Test func limits() throws {
        let depth = Limits.textNesting
        let blocks = String(repeating: "(block", count: depth)
        Refusal("(func \(blocks)", "nesting too deep").check()
        Refusal("(@a \(blocks)", "nesting too deep").check()
        let nops = String(repeating: "(block ", count: depth - 2)
        let ends = String(repeating: ")", count: depth - 2)
        #expect(try code("\(nops)\(ends)").count > 0)
        #expect(throws: TextError(at: TextLocation(line: 1, column: 1), "text too large")) {
            try Assembler.assemble([UInt8](repeating: 0x20, count: Limits.textBytes + 1))
        }
    }

    @Test func errorsSayWhere() {
        let error = TextError(at: TextLocation(line: 3, column: 14), "unknown operator x")
        #expect(error.description == "3:14: unknown operator x")
    }
}
