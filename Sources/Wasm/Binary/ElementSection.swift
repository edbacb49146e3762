// Spec: core/binary/modules#element-section, core/valid/modules#element-segments.

extension ModuleDecoder {
    mutating func elementSection() throws(ModuleError) {
        for _ in 0..<(try reader.length(limit: Limits.elementSegments, "element segments")) {
            try elementSegment()
        }
    }

    private mutating func elementSegment() throws(ModuleError) {
        let start = reader.offset
        let flags = try reader.u32()
        guard flags < 8 else {
            throw reader.malformed("malformed elements segment kind", at: start)
        }
        let mode = try elementMode(flags)
        var type = ReferenceType(isNullable: flags == 4, heapType: .function)
        if flags & 3 != 0 {
            if flags & 4 == 0 { try elementKind() } else { type = try reader.referenceType() }
        }
        check(ValueType(type), at: start)
        let items = flags & 4 == 0 ? try elementFunctions() : try elementExpressions(type)
        if case .active(let table, _) = mode, isValid {
            let element = module.tables[Int(table)].element
            require(
                validator.context.matches(type, element),
                at: start,
                "type mismatch: element segment's type \(type) does not match table's "
                    + "element type \(element)"
            )
        }
        module.elements.append(ElementSegment(type: type, mode: mode, items: items))
        validator.context.elements.append(ValueType(type))
    }

    private mutating func elementMode(
        _ flags: UInt32
    ) throws(ModuleError) -> ElementSegment.Mode {
        if flags & 1 != 0 { return flags & 2 == 0 ? .passive : .declarative }
        let start = reader.offset
        let table = flags & 2 == 0 ? 0 : try reader.u32()
        require(table, module.tables.count, at: start, "table")
        let address = isValid ? module.tables[Int(table)].addressType.valueType : .i32
        return .active(table: table, offset: try constantExpression(address))
    }

    private mutating func elementKind() throws(ModuleError) {
        let start = reader.offset
        guard try reader.byte() == 0 else {
            throw reader.malformed("malformed element kind", at: start)
        }
    }

    private mutating func elementFunctions() throws(ModuleError) -> ElementSegment.Items {
        let count = try reader.length(limit: Limits.elementsPerSegment, "elements")
        var functions: [UInt32] = []
        functions.reserveCapacity(count)
        for _ in 0..<count {
            let start = reader.offset
            let function = try reader.u32()
            require(function, module.functions.count, at: start, "function")
            validator.context.declare(function)
            functions.append(function)
        }
        return .functions(functions)
    }

    private mutating func elementExpressions(
        _ type: ReferenceType
    ) throws(ModuleError) -> ElementSegment.Items {
        let count = try reader.length(limit: Limits.elementsPerSegment, "elements")
        var expressions: [ConstantExpression] = []
        for _ in 0..<count { expressions.append(try constantExpression(ValueType(type))) }
        return .expressions(expressions)
    }
}
