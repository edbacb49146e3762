// Variable, table, memory and constant instructions.
// Spec: core/valid/instructions#variable-instructions and the sections after it.

extension FunctionValidator {
    /// Validates the variable, table, memory or constant instruction `opcode`; false if it is none.
    mutating func variableInstruction() throws(ModuleError) -> Bool {
        switch opcode {
        case .globalGet:
            try push(context.globals[try globalIndex()].type)
        case .globalSet:
            let global = context.globals[try globalIndex()]
            guard global.isMutable else { throw invalid("immutable global") }
            try pop(global.type)
        case .tableGet:
            let table = context.tables[try tableIndex()]
            try pop(table.address)
            try push(table.element)
        case .tableSet:
            let table = context.tables[try tableIndex()]
            try pop(table.element)
            try pop(table.address)
        case .memorySize: try push(context.memories[try memoryIndex()])
        case .memoryGrow:
            let address = context.memories[try memoryIndex()]
            try pop(address)
            try push(address)
        case .f32Const:
            try reader.skip(4)
            try push(.f32)
        case .f64Const:
            try reader.skip(8)
            try push(.f64)
        default: return false
        }
        return true
    }

    private mutating func globalIndex() throws(ModuleError) -> Int {
        try checked(try reader.u32(), context.globals.count, "global")
    }

    // MARK: Locals

    /// A local's index and type.
    private mutating func local() throws(ModuleError) -> (UInt32, ValueType) {
        let index = try reader.u32()
        guard let type = locals.type(index, context) else {
            throw invalid("unknown local \(index)")
        }
        return (index, type)
    }

    mutating func localGet() throws(ModuleError) {
        let (index, type) = try local()
        guard locals.isSet(index, type) else { throw invalid("uninitialized local \(index)") }
        try push(type)
    }

    mutating func localSet() throws(ModuleError) {
        let (index, type) = try local()
        try pop(type)
        locals.set(index, type)
    }

    mutating func localTee() throws(ModuleError) {
        let (index, type) = try local()
        try pop(type)
        try push(type)
        locals.set(index, type)
    }

    // MARK: Memories

    /// Reads and checks the memarg of a load or store; the type of the memory's addresses.
    /// Spec: core/valid/instructions#memory-instructions
    mutating func memoryArgument(_ rule: InstructionRule) throws(ModuleError) -> ValueType {
        let argument = try reader.memoryArgument()
        let address = context.memories[
            try checked(argument.memory, context.memories.count, "memory")
        ]
        guard argument.alignment <= rule.alignment else {
            throw invalid(
                "alignment must not be larger than natural: 2^\(argument.alignment), natural is "
                    + "\(1 << Int(rule.alignment))"
            )
        }
        guard address == .i64 || argument.offset >> 32 == 0 else {
            throw invalid("offset out of range")
        }
        return address
    }

    // MARK: Bulk memory and table instructions

    /// Validates the bulk instruction `opcode`; false if it is none.
    mutating func bulkInstruction() throws(ModuleError) -> Bool {
        switch opcode {
        case .memoryInit:
            let index = try reader.u32()
            let address = context.memories[try memoryIndex()]
            try checkData(index)
            try popRange(address, .i32, .i32)
        case .dataDrop: try checkData(try reader.u32())
        case .memoryCopy:
            let target = context.memories[try memoryIndex()]
            let source = context.memories[try memoryIndex()]
            try popRange(target, source, shorter(target, source))
        case .memoryFill:
            let address = context.memories[try memoryIndex()]
            try popRange(address, .i32, address)
        case .tableInit:
            let index = try reader.u32()
            let table = context.tables[try tableIndex()]
            try requireMatch(try element(index), table.element)
            try popRange(table.address, .i32, .i32)
        case .elemDrop: _ = try element(try reader.u32())
        case .tableCopy:
            let target = context.tables[try tableIndex()]
            let source = context.tables[try tableIndex()]
            try requireMatch(source.element, target.element)
            try popRange(
                target.address,
                source.address,
                shorter(target.address, source.address)
            )
        case .tableGrow:
            let table = context.tables[try tableIndex()]
            try pop(table.address)
            try pop(table.element)
            try push(table.address)
        case .tableSize: try push(context.tables[try tableIndex()].address)
        case .tableFill:
            let table = context.tables[try tableIndex()]
            try popRange(table.address, table.element, table.address)
        default: return false
        }
        return true
    }

    /// Takes three operands, the first of which lies deepest.
    private mutating func popRange(
        _ first: ValueType,
        _ second: ValueType,
        _ third: ValueType
    ) throws(ModuleError) {
        try pop(third)
        try pop(second)
        try pop(first)
    }

    private func shorter(_ a: ValueType, _ b: ValueType) -> ValueType {
        a == .i64 && b == .i64 ? .i64 : .i32
    }

    /// Requires that elements of the type `source` may be put where `target` is held.
    func requireMatch(_ source: ValueType, _ target: ValueType) throws(ModuleError) {
        guard context.matches(source, target) else {
            throw mismatch(target.description, source.description)
        }
    }

    // MARK: Vectors. Spec: core/valid/instructions#vector-instructions

    /// Validates the vector instruction of `rule`; false if it is none.
    mutating func vectorInstruction(_ rule: InstructionRule) throws(ModuleError) -> Bool {
        switch opcode {
        case .v128Const:
            try reader.skip(16)
            try push(.v128)
            return true
        case .i8x16Shuffle:
            try shuffle()
            return true
        default: break
        }
        let row = opcode.instruction
        guard let signature = row.signature else { return false }
        var address = ValueType.i32
        if case .memarg = row.immediates.first { address = try memoryArgument(rule) }
        if opcode.laneCount > 0, try reader.byte() >= opcode.laneCount {
            throw invalid("invalid lane index")
        }
        for operand in signature.operands.reversed() {
            try pop(operand == .address ? address : ValueType(operand))
        }
        if let result = signature.result { try push(ValueType(result)) }
        return true
    }

    private mutating func shuffle() throws(ModuleError) {
        for _ in 0..<16 where try reader.byte() >= 32 { throw invalid("invalid lane index") }
        try pop(.v128)
        try pop(.v128)
        try push(.v128)
    }
}
