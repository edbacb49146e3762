import ComponentModel
import Wasm

// Values of components as scripts write them. They follow the grammar of the component test suites.
extension TokenReader {
    /// Reads what follows the parenthesis of a value that only components have, if one comes next.
    mutating func takeComponentValue() throws(TextError) -> Val? {
        guard let keyword = token.keyword, Self.constants.contains(keyword) else { return nil }
        return try componentValue(0)
    }

    private static let constants: Set<Keyword> = [
        .boolConst, .s8Const, .u8Const, .s16Const, .u16Const, .s32Const, .u32Const, .s64Const,
        .u64Const, .charConst, .stringConst, .listConst, .recordConst, .tupleConst, .variantConst,
        .enumConst, .flagsConst, .optionNone, .optionSome, .resultOk, .resultErr,
    ]

    private mutating func componentValue(_ depth: Int) throws(TextError) -> Val {
        if depth > ComponentLimits.typeNesting { throw error("nesting too deep", at: token) }
        let token = token
        advance()
        switch token.opcode {
        case .f32Const: return .f32(Float(bitPattern: try f32()))
        case .f64Const: return .f64(Double(bitPattern: try f64()))
        default: break
        }
        switch token.keyword {
        case .boolConst: return .bool(try bool())
        case .s8Const: return .s8(try signed())
        case .u8Const: return .u8(try unsigned())
        case .s16Const: return .s16(try signed())
        case .u16Const: return .u16(try unsigned())
        case .s32Const: return .s32(try signed())
        case .u32Const: return .u32(try unsigned())
        case .s64Const: return .s64(try signed())
        case .u64Const: return .u64(try unsigned())
        case .charConst: return .char(try character())
        case .stringConst: return .string(try label())
        case .listConst: return .list(try values(depth))
        case .tupleConst: return .tuple(try values(depth))
        case .recordConst: return .record(try fields(depth))
        case .variantConst: return .variant(try label(), try valueIfAny(depth))
        case .enumConst: return .enumeration(try label())
        case .flagsConst: return .flags(try labels())
        case .optionNone: return .option(nil)
        case .optionSome: return .option(try value(depth))
        case .resultOk: return .ok(try valueIfAny(depth))
        case .resultErr: return .error(try valueIfAny(depth))
        default: throw error("unexpected token", at: token)
        }
    }

    /// Reads a value in its parentheses.
    private mutating func value(_ depth: Int) throws(TextError) -> Val {
        try expect(.leftParenthesis, "a constant")
        let value = try componentValue(depth + 1)
        try close()
        return value
    }

    private mutating func valueIfAny(_ depth: Int) throws(TextError) -> Val? {
        token.kind == .leftParenthesis ? try value(depth) : nil
    }

    private mutating func values(_ depth: Int) throws(TextError) -> [Val] {
        var values: [Val] = []
        while let value = try valueIfAny(depth) { values.append(value) }
        return values
    }

    private mutating func fields(_ depth: Int) throws(TextError) -> [(label: String, value: Val)] {
        var fields: [(label: String, value: Val)] = []
        while takeOpening(.field) {
            let label = try label()
            let hasParentheses = token.kind == .leftParenthesis
            fields.append(
                (label, hasParentheses ? try value(depth) : try componentValue(depth + 1))
            )
            try close()
        }
        return fields
    }

    private mutating func bool() throws(TextError) -> Bool {
        if take(.true) { return true }
        guard take(.false) else { throw unexpected("`true` or `false`") }
        return false
    }

    private mutating func label() throws(TextError) -> String {
        String(decoding: try name(), as: UTF8.self)
    }

    private mutating func labels() throws(TextError) -> [String] {
        var labels: [String] = []
        while token.kind == .string { labels.append(try label()) }
        return labels
    }

    private mutating func character() throws(TextError) -> Unicode.Scalar {
        let token = token
        let scalars = try label().unicodeScalars
        guard let first = scalars.first, scalars.count == 1 else {
            throw error("expected one character, got", at: token)
        }
        return first
    }

    private mutating func unsigned<Integer: UnsignedInteger & FixedWidthInteger>()
        throws(TextError) -> Integer
    {
        let value = try natural("u\(Integer.bitWidth)", upTo: UInt64(Integer.max))
        return Integer(truncatingIfNeeded: value)
    }

    private mutating func signed<Integer: SignedInteger & FixedWidthInteger>()
        throws(TextError) -> Integer
    {
        let token = token
        let isNegative = token.kind == .integer && text.bytes[Int(token.start)] == 0x2D
        let bits = Int64(bitPattern: try integer(64))
        guard (bits < 0) == isNegative || bits == 0, let value = Integer(exactly: bits) else {
            throw error("s\(Integer.bitWidth) constant out of range", at: token)
        }
        return value
    }
}
