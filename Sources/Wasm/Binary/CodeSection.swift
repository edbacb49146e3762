// Function bodies and constant expressions.
// Spec: core/binary/modules#code-section, core/valid/modules#functions.

extension ModuleDecoder {
    mutating func codeSection() throws(ModuleError) {
        let count = try reader.length(limit: Limits.functions, "function bodies")
        let defined = module.functions.count - module.importedFunctionCount
        module.bodies.reserveCapacity(min(count, defined))
        for index in 0..<count {
            let size = try reader.length()
            let start = reader.offset
            try limit(size, Limits.functionBytes, "bytes of a function's body")
            let function = module.importedFunctionCount + index
            let type = index < defined ? module.functions[function] : nil
            let parameters = type.flatMap { module.functionType($0)?.parameters.count } ?? 0
            let locals = try self.locals(after: parameters)
            let first = reader.offset
            try body(type, locals)
            guard reader.offset == start + size else {
                throw reader.malformed("section size mismatch", at: start)
            }
            module.bodies.append(FunctionBody(locals: locals, range: first..<reader.offset))
        }
    }

    /// The locals of a body after so many parameters, without runs of none.
    private mutating func locals(
        after parameters: Int
    ) throws(ModuleError) -> [(count: UInt32, type: ValueType)] {
        let start = reader.offset
        var locals: [(count: UInt32, type: ValueType)] = []
        var total: UInt64 = 0
        for _ in 0..<(try reader.length()) {
            let count = try reader.u32()
            let typeStart = reader.offset
            let type = try reader.valueType()
            check(type, at: typeStart)
            total += UInt64(count)
            if count > 0 && total <= Limits.locals { locals.append((count, type)) }
        }
        guard total < 1 << 32 else { throw reader.malformed("too many locals", at: start) }
        try limit(Int(total) + parameters, Limits.locals, "parameters and locals")
        return locals
    }

    /// Reads the instructions of a function, whose type is not known where there are more bodies
    /// than functions.
    private mutating func body(
        _ type: TypeIndex?,
        _ locals: [(count: UInt32, type: ValueType)]
    ) throws(ModuleError) {
        let start = reader.offset
        if isValid, let type {
            validator.reader = reader
            do {
                try validator.validate(validator.context.signatures[Int(type)], locals)
                reader = validator.reader
                return
            } catch {
                try note(error)
            }
        }
        reader.seek(to: start)
        let facts = try reader.expression()
        if validator.context.dataCount == nil, undeclaredDataOffset == nil {
            undeclaredDataOffset = facts.dataOffset
        }
    }

    // MARK: Constant expressions

    /// Reads an expression that is constant and gives a value of `type`.
    /// Spec: core/binary/instructions#expressions, core/valid/instructions#constant-expressions
    mutating func constantExpression(
        _ type: ValueType
    ) throws(ModuleError) -> ConstantExpression {
        let start = reader.offset
        check(type, at: start)
        _ = try reader.expression()
        let expression = ConstantExpression(range: start..<reader.offset)
        guard isValid else { return expression }
        validator.reader = reader
        validator.reader.seek(to: start)
        do { try validator.validateConstant(type) } catch { try note(error) }
        return expression
    }
}
