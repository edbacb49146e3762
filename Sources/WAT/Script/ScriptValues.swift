import Wasm

// The arguments and results of a script.
extension ScriptParser {
    mutating func literal() throws(TextError) -> Literal {
        let opcode = reader.following.opcode
        let keyword = reader.following.keyword
        try reader.expect(.leftParenthesis, "a constant")
        if let value = try reader.takeComponentValue() {
            try reader.close()
            return .component(value)
        }
        let literal: Literal
        switch opcode {
        case .i32Const:
            reader.advance()
            literal = .i32(UInt32(truncatingIfNeeded: try reader.integer(32)))
        case .i64Const:
            reader.advance()
            literal = .i64(try reader.integer(64))
        case .f32Const:
            reader.advance()
            literal = .f32(try reader.f32())
        case .f64Const:
            reader.advance()
            literal = .f64(try reader.f64())
        case .v128Const:
            reader.advance()
            literal = .v128(try reader.vector())
        case .refNull:
            reader.advance()
            literal = .null(try heapType())
        default:
            guard keyword == .refExtern || keyword == .refHost else {
                throw reader.unexpected("a constant")
            }
            reader.advance()
            let number = try reader.u32()
            literal = keyword == .refExtern ? .external(number) : .host(number)
        }
        try reader.close()
        return literal
    }

    private mutating func heapType() throws(TextError) -> HeapType {
        if let type = reader.abstractHeapType() { return type }
        guard reader.token.kind == .natural else { throw reader.unexpected("a heap type") }
        return .defined(min(try reader.u32(), HeapType.maximumIndex - 1))
    }

    /// Reads a pattern of a result. Alternatives within alternatives are refused.
    mutating func result() throws(TextError) -> ResultPattern {
        guard reader.takeOpening(.either) else { return try simpleResult() }
        var alternatives = [try simpleResult()]
        while reader.token.kind == .leftParenthesis { alternatives.append(try simpleResult()) }
        try reader.close()
        return .either(alternatives)
    }

    private mutating func simpleResult() throws(TextError) -> ResultPattern {
        try reader.expect(.leftParenthesis, "a result")
        let pattern: ResultPattern =
            if let value = try reader.takeComponentValue() {
                .component(value)
            } else if let opcode = reader.token.opcode {
                try result(opcode)
            } else if let keyword = reader.token.keyword {
                try referenceResult(keyword)
            } else {
                throw reader.unexpected("a result")
            }
        try reader.close()
        return pattern
    }

    private mutating func result(_ opcode: Opcode) throws(TextError) -> ResultPattern {
        let token = reader.token
        reader.advance()
        switch opcode {
        case .i32Const: return .number(.i32, .exactly(try reader.integer(32)))
        case .i64Const: return .number(.i64, .exactly(try reader.integer(64)))
        case .f32Const:
            return .number(
                .f32,
                try float { reader throws(TextError) in
                    UInt64(try reader.f32())
                }
            )
        case .f64Const:
            return .number(
                .f64,
                try float { reader throws(TextError) in
                    try reader.f64()
                }
            )
        case .v128Const: return try vectorResult()
        case .refNull:
            if reader.token.kind != .rightParenthesis { _ = try heapType() }
            return .null
        case .refFunc: return .reference(.function)
        case .refEq: return .reference(.eq)
        case .refI31: return .reference(.i31)
        default: throw reader.error("unexpected token", at: token)
        }
    }

    private mutating func referenceResult(_ keyword: Keyword) throws(TextError) -> ResultPattern {
        let token = reader.token
        reader.advance()
        switch keyword {
        case .ref: return .reference(.any)
        case .refStruct: return .reference(.structure)
        case .refArray: return .reference(.array)
        case .refExn: return .reference(.exception)
        case .refHost: return .host(try reader.u32())
        case .refExtern:
            if reader.token.kind == .rightParenthesis { return .reference(.external) }
            return .external(try reader.u32())
        default: throw reader.error("unexpected token", at: token)
        }
    }

    /// Reads a kind of NaN, or else what `read` reads.
    private mutating func float(
        _ read: (inout TokenReader) throws(TextError) -> UInt64
    ) throws(TextError) -> ResultPattern.Bits {
        if reader.take(.nanCanonical) { return .canonicalNaN }
        if reader.take(.nanArithmetic) { return .arithmeticNaN }
        return .exactly(try read(&reader))
    }

    private mutating func vectorResult() throws(TextError) -> ResultPattern {
        let start = reader.token
        let shape = try reader.shape()
        var lanes: [ResultPattern.Bits] = []
        while reader.token.kind != .rightParenthesis {
            switch shape {
            case .f32x4, .f64x2:
                lanes.append(
                    try float { reader throws(TextError) in try reader.lane(shape) }
                )
            case .i8x16, .i16x8, .i32x4, .i64x2:
                lanes.append(.exactly(try reader.lane(shape)))
            }
        }
        if lanes.count != shape.laneCount {
            throw reader.error("wrong number of lane literals", at: start)
        }
        return .vector(shape, lanes)
    }
}
