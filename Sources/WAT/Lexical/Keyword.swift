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
    case offset, item, start, `import`, export, pagesize
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
    // Component definitions.
    case component, core, canon, alias, outer, instantiate, with, value, interface, implements
    case versionSuffix = "versionsuffix", externalID = "external-id"
    // Component types. The older names of the types of floats are read too.
    case bool, s8, u8, s16, u16, s32, u32, s64, u64, char, string, float32, float64
    case errorContext = "error-context"
    case record, variant, `case`, list, tuple, flags, `enum`, option, error, own, borrow, stream
    case future, map, resource, rep, dtor, async
    // Canonical definitions and their options.
    case lift, lower, realloc, postReturn = "post-return", callback, coreType = "core-type", gc
    case utf8 = "string-encoding=utf8", utf16 = "string-encoding=utf16"
    case latin1OrUTF16 = "string-encoding=latin1+utf16", cancellable, shared
    case resourceNew = "resource.new", resourceDrop = "resource.drop", resourceRep = "resource.rep"
    case backpressureInc = "backpressure.inc", backpressureDec = "backpressure.dec"
    case taskReturn = "task.return", taskCancel = "task.cancel"
    case contextGet = "context.get", contextSet = "context.set"
    case subtaskCancel = "subtask.cancel", subtaskDrop = "subtask.drop"
    case streamNew = "stream.new", streamRead = "stream.read", streamWrite = "stream.write"
    case streamCancelRead = "stream.cancel-read", streamCancelWrite = "stream.cancel-write"
    case streamDropReadable = "stream.drop-readable", streamDropWritable = "stream.drop-writable"
    case futureNew = "future.new", futureRead = "future.read", futureWrite = "future.write"
    case futureCancelRead = "future.cancel-read", futureCancelWrite = "future.cancel-write"
    case futureDropReadable = "future.drop-readable", futureDropWritable = "future.drop-writable"
    case errorContextNew = "error-context.new", errorContextDrop = "error-context.drop"
    case errorContextDebugMessage = "error-context.debug-message"
    case waitableSetNew = "waitable-set.new", waitableSetWait = "waitable-set.wait"
    case waitableSetPoll = "waitable-set.poll", waitableSetDrop = "waitable-set.drop"
    case waitableJoin = "waitable.join"
    case threadIndex = "thread.index", threadNewIndirect = "thread.new-indirect"
    case threadResumeLater = "thread.resume-later", threadSuspend = "thread.suspend"
    case threadYield = "thread.yield", threadSuspendThenResume = "thread.suspend-then-resume"
    case threadYieldThenResume = "thread.yield-then-resume"
    case threadSuspendThenPromote = "thread.suspend-then-promote"
    case threadYieldThenPromote = "thread.yield-then-promote"
    case threadSpawnRef = "thread.spawn-ref", threadSpawnIndirect = "thread.spawn-indirect"
    case threadAvailableParallelism = "thread.available-parallelism"
    // Component values, in scripts.
    case boolConst = "bool.const", s8Const = "s8.const", u8Const = "u8.const"
    case s16Const = "s16.const", u16Const = "u16.const", s32Const = "s32.const"
    case u32Const = "u32.const", s64Const = "s64.const", u64Const = "u64.const"
    case charConst = "char.const", stringConst = "str.const", listConst = "list.const"
    case recordConst = "record.const", tupleConst = "tuple.const", variantConst = "variant.const"
    case enumConst = "enum.const", flagsConst = "flags.const"
    case optionNone = "option.none", optionSome = "option.some"
    case resultOk = "result.ok", resultErr = "result.err", `true`, `false`
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
