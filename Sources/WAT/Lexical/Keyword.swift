import Wasm

/// The words of the text format and of the script language that name no instruction.
enum Keyword: String, CaseIterable {
    // Types.
    case i8, i16, i32, i64, f32, f64, v128, i8x16, i16x8, i32x4, i64x2, f32x4, f64x2, any
    case anyref, none, nullref, eq, eqref, i31, i31ref, structref, arrayref, nofunc, funcref
    case nullfuncref, exn, noexn, exnref, nullexnref, `extern`, noextern, externref
    case nullexternref, ref, null, array, `struct`, field, mut, sub, final, rec
    // Blocks, and the clauses of try_table.
    case then, `catch`, catchRef = "catch_ref", catchAll = "catch_all"
    case catchAllRef = "catch_all_ref"
    // Modules.
    case type, tag, global, memory, table, `func`, param, result, local, data, elem, declare
    case offset, item, start, `import`, export
    // Scripts.
    case module, binary, quote, definition, instance, script, register, invoke, get
    case assertMalformed = "assert_malformed", assertInvalid = "assert_invalid"
    case assertMalformedCustom = "assert_malformed_custom"
    case assertInvalidCustom = "assert_invalid_custom", assertUnlinkable = "assert_unlinkable"
    case assertReturn = "assert_return", assertTrap = "assert_trap"
    case assertException = "assert_exception", assertExhaustion = "assert_exhaustion"
    case nanCanonical = "nan:canonical", nanArithmetic = "nan:arithmetic", either, input, output
    case refStruct = "ref.struct", refArray = "ref.array", refExn = "ref.exn"
    case refExtern = "ref.extern", refHost = "ref.host"
}

/// The words that name something: each instruction by its opcode, then each keyword.
struct Vocabulary {
    /// What each of the first symbols of `symbols` stands for.
    private enum Meaning {
        case instruction(Opcode)
        case keyword(Keyword)
    }

    private var symbols = SymbolTable()
    private var meanings: [Meaning] = []

    static let shared = Vocabulary()

    private init() {
        // The forms of reference tests that the text format writes as one, by the type they name.
        let unwritten: Set<Opcode> = [.refTestNull, .refCastNull, .selectTyped]
        for instruction in Instruction.all where !unwritten.contains(instruction.opcode) {
            add(instruction.mnemonic, .instruction(instruction.opcode))
        }
        for keyword in Keyword.allCases {
            add(keyword.rawValue, .keyword(keyword))
        }
    }

    private mutating func add(_ word: String, _ meaning: Meaning) {
        let bytes = Array(word.utf8)
        let symbol = symbols.intern(bytes, bytes.indices)
        precondition(Int(symbol) == meanings.count, "two meanings of \(word)")
        meanings.append(meaning)
    }

    /// The token that `text[range]` is; nil where it is no word of the language.
    func token(_ text: [UInt8], _ range: Range<Int>) -> Token? {
        guard let symbol = symbols.find(text, range) else { return nil }
        switch meanings[Int(symbol)] {
        case .instruction(let opcode):
            var token = Token(.instruction, range)
            token.opcode = opcode
            return token
        case .keyword(let keyword):
            var token = Token(.keyword, range)
            token.keyword = keyword
            return token
        }
    }
}
