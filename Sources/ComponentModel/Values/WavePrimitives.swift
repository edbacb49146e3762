// Primitive values in WAVE. Spec: WAVE "Bools", "Integers", "Floats", "Chars", "Strings".

extension WaveReader {
    mutating func primitive(_ type: PrimValType) throws(WaveError) -> Val {
        let value = try self.token(type)
        try lexer.advance()
        return value
    }

    /// The value of the token to come.
    private func token(_ type: PrimValType) throws(WaveError) -> Val {
        switch type {
        case .bool:
            switch lexer.token {
            case .label("true", isEscaped: false): return .bool(true)
            case .label("false", isEscaped: false): return .bool(false)
            default: throw lexer.error("expected true or false, found \(found)")
            }
        case .s8: return .s8(try integer(type))
        case .u8: return .u8(try integer(type))
        case .s16: return .s16(try integer(type))
        case .u16: return .u16(try integer(type))
        case .s32: return .s32(try integer(type))
        case .u32: return .u32(try integer(type))
        case .s64: return .s64(try integer(type))
        case .u64: return .u64(try integer(type))
        case .f32: return .f32(try float(type))
        case .f64: return .f64(try float(type))
        case .char:
            guard case .char(let scalar) = lexer.token else {
                throw lexer.error("expected a char, as in 'x', found \(found)")
            }
            return .char(scalar)
        case .string:
            guard case .string(let string) = lexer.token else {
                throw lexer.error("expected a string, as in \"abc\", found \(found)")
            }
            return .string(string)
        case .errorContext:
            throw lexer.error("WAVE has no form for a value of the type error-context")
        }
    }

    private func integer<Number: FixedWidthInteger>(_ type: PrimValType) throws(WaveError) -> Number {
        let slice = lexer.slice
        guard lexer.token == .number, Number.isSigned || !slice.hasPrefix("-"),
            let number = Number(slice)
        else {
            throw lexer.error(
                "expected a \(type.witName), from \(Number.min) to \(Number.max), found \(found)")
        }
        return number
    }

    private func float<Number: BinaryFloatingPoint & LosslessStringConvertible>(
        _ type: PrimValType
    ) throws(WaveError) -> Number {
        switch lexer.token {
        case .label("nan", isEscaped: false): return .nan
        case .label("inf", isEscaped: false): return .infinity
        case .number where lexer.slice == "-inf": return -.infinity
        case .number: if let number = Number(lexer.slice) { return number }
        default: break
        }
        throw lexer.error("expected a number of the type \(type.witName), nan, inf or -inf, found \(found)")
    }
}
