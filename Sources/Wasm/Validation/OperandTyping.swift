// Operands taken and put, and what is said where they are not of the right type.

extension FunctionValidator {
    // MARK: Operands

    mutating func push(_ type: ValueType) throws(ModuleError) {
        if type == .v128 { usesVectors = true }
        guard operands.push(type) else { throw overflow() }
    }

    @inline(never) private func overflow() -> ModuleError {
        ModuleError(
            .limit,
            at: start,
            "more than \(OperandStack.capacity) operands on the stack"
        )
    }

    mutating func push(_ list: TypeList) throws(ModuleError) {
        if list.count == 0 { return }
        if list.count == 1 { return try push(context.type(list, 0)) }
        usesVectors = usesVectors || list.hasVector
        guard operands.push(context.typePool, context.range(list)) else { throw overflow() }
    }

    mutating func push(_ type: ReferenceType) throws(ModuleError) { try push(ValueType(type)) }

    /// Takes an operand of any type; `bottom` where unreachable code gives what is wanted.
    mutating func pop() throws(ModuleError) -> ValueType {
        if let type = operands.pop() { return type }
        guard operands.isPolymorphic else { throw mismatch("an operand", "nothing") }
        return .bottom
    }

    mutating func pop(_ expected: ValueType) throws(ModuleError) {
        if operands.popExactly(expected) { return }
        guard let type = operands.peek() else {
            guard operands.isPolymorphic else {
                throw mismatch(expected.description, "nothing")
            }
            return
        }
        guard context.matches(type, expected) else {
            throw mismatch(expected.description, type.description)
        }
        _ = operands.pop()
    }

    mutating func pop(_ expected: ReferenceType) throws(ModuleError) {
        try pop(ValueType(expected))
    }

    mutating func pop(_ list: TypeList) throws(ModuleError) {
        if list.count == 0 || operands.popExactly(context.typePool, context.range(list)) { return }
        let before = operands
        var index = Int(list.count)
        while index > 0, operands.mayHoldMore {
            index -= 1
            let type = context.type(list, index)
            if operands.popExactly(type) { continue }
            guard let found = operands.pop(), context.matches(found, type) else {
                throw mismatch(list, before)
            }
        }
    }

    /// Takes a reference of any type.
    mutating func popReference() throws(ModuleError) -> ReferenceType {
        let type = try pop()
        if type == .bottom { return ReferenceType(isNullable: false, heapType: .bottom) }
        guard let reference = type.reference else {
            throw mismatch("a reference", type.description)
        }
        return reference
    }

    /// Puts the operands `list` in the place of themselves, or of such that match them.
    mutating func pass(_ list: TypeList) throws(ModuleError) {
        try pop(list)
        try push(list)
    }

    mutating func becomeUnreachable() { operands.becomePolymorphic() }

    // MARK: Indices

    /// The index `index` of `what`, of which there are `count`.
    @inline(__always) func checked(
        _ index: UInt32,
        _ count: Int,
        _ what: StaticString
    ) throws(ModuleError) -> Int {
        guard index < count else { throw Self.unknown(what, index, at: start) }
        return Int(index)
    }

    @inline(never) private static func unknown(
        _ what: StaticString,
        _ index: UInt32,
        at offset: Int
    ) -> ModuleError {
        ModuleError(.invalid, at: offset, "unknown \(what) \(index)")
    }

    mutating func typeIndex() throws(ModuleError) -> Int {
        try checked(try reader.u32(), context.types.count, "type")
    }

    mutating func tableIndex() throws(ModuleError) -> Int {
        try checked(try reader.u32(), context.tables.count, "table")
    }

    mutating func memoryIndex() throws(ModuleError) -> Int {
        try checked(try reader.u32(), context.memories.count, "memory")
    }

    /// The type of an element segment.
    func element(_ index: UInt32) throws(ModuleError) -> ValueType {
        context.elements[try checked(index, context.elements.count, "elem segment")]
    }

    func checkData(_ index: UInt32) throws(ModuleError) {
        guard let count = context.dataCount else {
            throw reader.malformed("data count section required", at: start)
        }
        _ = try checked(index, Int(count), "data segment")
    }

    mutating func functionIndex() throws(ModuleError) -> Int {
        try checked(try reader.u32(), context.functions.count, "function")
    }

    /// The signature of a type index that must be a function type's.
    @inline(__always) func signature(_ index: UInt32) throws(ModuleError) -> FunctionSignature {
        let signature = context.signatures[
            try checked(index, context.signatures.count, "type")
        ]
        guard signature.isFunction else { throw invalid("non-function type \(index)") }
        return signature
    }

    /// A heap type whose type index, if it is one, there is.
    mutating func heapType() throws(ModuleError) -> HeapType {
        let type = try reader.heapType()
        if let index = type.index { _ = try checked(index, context.types.count, "type") }
        return type
    }

    func check(_ type: ValueType) throws(ModuleError) {
        if let index = type.reference?.heapType.index {
            _ = try checked(index, context.types.count, "type")
        }
    }

    // MARK: Errors

    @inline(never) func invalid(_ message: String) -> ModuleError {
        ModuleError(.invalid, at: start, message)
    }

    @inline(never) func mismatch(_ expected: String, _ found: String) -> ModuleError {
        invalid("type mismatch: \(opcode.instruction.mnemonic) expected \(expected), got \(found)")
    }

    private func mismatch(_ expected: TypeList, _ operands: OperandStack) -> ModuleError {
        let depths = (0..<Int(expected.count)).reversed()
        let found = depths.compactMap { operands.peek($0)?.description }.joined(separator: " ")
        return invalid(
            "type mismatch: instruction requires \(describe(expected)) but stack has [\(found)] "
                + "in \(opcode.instruction.mnemonic)"
        )
    }

    /// What a list of types is called in messages.
    func describe(_ list: TypeList) -> String {
        "[\(context.array(list).map(\.description).joined(separator: " "))]"
    }
}
