// Spec: core/valid/instructions#constant-expressions.

extension FunctionValidator {
    /// Validates the expression at the reader's offset, which follows the grammar: whether it is
    /// constant, and gives a value of `type`.
    mutating func validateConstant(_ type: ValueType) throws(ModuleError) {
        let first = reader.offset
        var isEnd = false
        while !isEnd {
            start = reader.offset
            opcode = try reader.opcode(after: reader.byte()).opcode
            isEnd = opcode == .end
            try requireConstant()
        }
        reader.seek(to: first)
        locals.start(TypeList(), [], context)
        try run(results: context.list(type))
    }

    /// Requires that the instruction `opcode` is constant, and reads its immediates.
    private mutating func requireConstant() throws(ModuleError) {
        switch opcode {
        case .globalGet:
            let index = try checked(try reader.u32(), context.globals.count, "global")
            guard !context.globals[index].isMutable else {
                throw invalid("constant expression required: global \(index) is mutable")
            }
        case .refFunc:
            let index = try functionIndex()
            context.declare(UInt32(index))
        case .end, .i32Const, .i64Const, .f32Const, .f64Const, .v128Const, .i32Add, .i32Sub,
            .i32Mul, .i64Add, .i64Sub, .i64Mul, .refNull, .refI31, .structNew, .structNewDefault,
            .arrayNew, .arrayNewDefault, .arrayNewFixed, .anyConvertExtern, .externConvertAny:
            try reader.skipImmediates(of: opcode)
        default:
            throw invalid("constant expression required, not \(opcode.instruction.mnemonic)")
        }
    }
}
