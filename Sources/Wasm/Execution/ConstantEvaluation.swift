// The value of a constant expression. Spec: core/exec/modules#instantiation, core/valid/instructions
// #constant-expressions

/// Two slots: a vector's, or one that counts and one that does not.
struct ConstantValue {
    var low: UInt64
    var high: UInt64 = 0
}

extension ConstantExpression {
    /// The expression's value. Its globals and functions are those of `instance`, as far as they are
    /// there: validation sees to it that no later one is named.
    func value(_ bytes: [UInt8], _ instance: InstanceReference) -> ConstantValue {
        var reader = InstructionReader(bytes: bytes, position: range.lowerBound)
        var stack: [ConstantValue] = []
        func binary(_ operation: (UInt64, UInt64) -> UInt64) {
            let right = stack.popLast()?.low ?? 0
            let left = stack.popLast()?.low ?? 0
            stack.append(ConstantValue(low: operation(left, right)))
        }
        while reader.position < range.upperBound, let opcode = reader.opcode() {
            switch opcode {
            case .i32Const:
                stack.append(ConstantValue(low: UInt64(UInt32(truncatingIfNeeded: reader.s64()))))
            case .i64Const: stack.append(ConstantValue(low: UInt64(bitPattern: reader.s64())))
            case .f32Const: stack.append(ConstantValue(low: reader.fixed(4)))
            case .f64Const: stack.append(ConstantValue(low: reader.fixed(8)))
            case .v128Const:
                stack.append(ConstantValue(low: reader.fixed(8), high: reader.fixed(8)))
            case .refNull:
                reader.skipImmediates(of: opcode)
                stack.append(ConstantValue(low: 0))
            case .refFunc:
                stack.append(ConstantValue(low: instance.function(reader.u32()).bits))
            case .globalGet:
                let global = unsafe instance.record.pointee.globals[Int(reader.u32())]
                stack.append(
                    unsafe ConstantValue(low: global.pointee.low, high: global.pointee.high))
            case .i32Add: binary { UInt64(UInt32(truncatingIfNeeded: $0 &+ $1)) }
            case .i32Sub: binary { UInt64(UInt32(truncatingIfNeeded: $0 &- $1)) }
            case .i32Mul: binary { UInt64(UInt32(truncatingIfNeeded: $0 &* $1)) }
            case .i64Add: binary { $0 &+ $1 }
            case .i64Sub: binary { $0 &- $1 }
            case .i64Mul: binary { $0 &* $1 }
            default: return stack.last ?? ConstantValue(low: 0)
            }
        }
        return stack.last ?? ConstantValue(low: 0)
    }
}
