// Control instructions. Spec: core/valid/instructions#control-instructions.

extension FunctionValidator {
    /// Validates the control instruction `opcode`; false if it is none.
    mutating func controlInstruction() throws(ModuleError) -> Bool {
        switch opcode {
        case .unreachable: becomeUnreachable()
        case .nop: break
        case .block: try enter(.block, try blockTypes())
        case .loop: try enter(.loop, try blockTypes())
        case .if:
            let types = try blockTypes()
            try pop(.i32)
            try enter(.if, types)
        case .else: try elseBranch()
        case .end: try end()
        case .br:
            try pop(try label())
            becomeUnreachable()
        case .brIf:
            let types = try label()
            try pop(.i32)
            try pass(types)
        case .brTable: try branchTable()
        case .return:
            try pop(controls[0].results)
            becomeUnreachable()
        case .throw:
            try pop(try tagParameters(try reader.u32()))
            becomeUnreachable()
        case .throwRef:
            try pop(ReferenceType(isNullable: true, heapType: .exception))
            becomeUnreachable()
        case .tryTable: try tryTable()
        default:
            if try callInstruction() { return true }
            return try parametricInstruction()
        }
        return true
    }

    // MARK: Blocks

    private mutating func blockTypes() throws(ModuleError) -> FunctionSignature {
        switch try reader.blockType() {
        case .empty: return FunctionSignature()
        case .value(let type):
            try check(type)
            return FunctionSignature(results: context.list(type))
        case .type(let index): return try signature(index)
        }
    }

    /// Opens a block, whose parameters it takes.
    private mutating func enter(
        _ kind: ControlFrame.Kind,
        _ types: FunctionSignature
    ) throws(ModuleError) {
        guard controls.count <= Limits.blockNesting else { throw reader.nestingError(at: start) }
        try pop(types.parameters)
        controls.append(
            ControlFrame(
                kind: kind,
                parameters: types.parameters,
                results: types.results,
                localsMark: locals.mark,
                outerFloor: operands.floor,
                isOuterPolymorphic: operands.isPolymorphic
            )
        )
        operands.enter()
        try push(types.parameters)
    }

    /// Takes the results of the innermost block, after which it must have no operands.
    private mutating func finish(_ frame: ControlFrame) throws(ModuleError) {
        try pop(frame.results)
        guard operands.height == operands.floor else {
            let rest = operands.height - operands.floor
            throw invalid(
                "type mismatch: \(rest) values more than the block's results on the stack"
            )
        }
        locals.unset(to: frame.localsMark)
    }

    private mutating func elseBranch() throws(ModuleError) {
        let innermost = controls.count - 1
        let frame = controls[innermost]
        guard frame.kind == .if else { throw reader.malformed("END opcode expected", at: start) }
        try finish(frame)
        controls[innermost].kind = .else
        operands.enter()
        try push(frame.parameters)
    }

    private mutating func end() throws(ModuleError) {
        let frame = controls[controls.count - 1]
        try finish(frame)
        if frame.kind == .if, !context.matches(frame.parameters, frame.results) {
            throw mismatch(
                "an else branch to give \(describe(frame.results))",
                describe(frame.parameters)
            )
        }
        controls.removeLast()
        if controls.count == 0 { return }
        operands.leave(floor: frame.outerFloor, isPolymorphic: frame.isOuterPolymorphic)
        try push(frame.results)
    }

    private mutating func tryTable() throws(ModuleError) {
        let types = try blockTypes()
        for _ in 0..<(try reader.length()) { try catchClause() }
        try enter(.tryTable, types)
    }

    private mutating func catchClause() throws(ModuleError) {
        switch try reader.catchClause() {
        case .one(let tag, let label):
            try checkCatch(try tagParameters(tag), hasReference: false, label)
        case .oneReference(let tag, let label):
            try checkCatch(try tagParameters(tag), hasReference: true, label)
        case .all(let label): try checkCatch(TypeList(), hasReference: false, label)
        case .allReference(let label): try checkCatch(TypeList(), hasReference: true, label)
        }
    }

    /// Checks that a label takes what a handler gives: values of a tag, and a reference if it says.
    private func checkCatch(
        _ values: TypeList,
        hasReference: Bool,
        _ depth: UInt32
    ) throws(ModuleError) {
        let target = try label(depth)
        var prefix = target
        var isMatch = true
        if hasReference {
            isMatch =
                target.count > 0
                && context.matches(
                    .reference(.exception, isNullable: false),
                    context.type(target, Int(target.count) - 1)
                )
            prefix.count = max(prefix.count, 1) - 1
        }
        guard isMatch, context.matches(values, prefix) else {
            throw invalid(
                "type mismatch: label expected \(describe(target)), the catch handler has "
                    + describe(values) + (hasReference ? " and an exception reference" : "")
            )
        }
    }

    private func tagParameters(_ index: UInt32) throws(ModuleError) -> TypeList {
        try signature(context.tags[try checked(index, context.tags.count, "tag")]).parameters
    }

    // MARK: Branches

    /// The types of the label `depth` blocks out.
    @inline(__always) func label(_ depth: UInt32) throws(ModuleError) -> TypeList {
        controls[controls.count - 1 - (try checked(depth, controls.count, "label"))].labelTypes
    }

    mutating func label() throws(ModuleError) -> TypeList { try label(try reader.u32()) }

    private mutating func branchTable() throws(ModuleError) {
        branchTableMarks.pad(to: context.typePool.count, with: -1)
        let count = try reader.branchTableLength()
        try pop(.i32)
        var arity: UInt16?
        var last = TypeList()
        for _ in 0...count {
            last = try label()
            guard last.count == arity ?? last.count else {
                throw invalid("type mismatch: br_table has labels of different arity")
            }
            arity = last.count
            try checkOperands(last)
        }
        try pop(last)
        becomeUnreachable()
    }

    /// Checks that the top operands match `list`, unless this instruction has done so.
    private mutating func checkOperands(_ list: TypeList) throws(ModuleError) {
        guard list.count > 0, branchTableMarks[Int(list.start)] != start else { return }
        branchTableMarks[Int(list.start)] = start
        for depth in 0..<Int(list.count) {
            let expected = context.type(list, Int(list.count) - 1 - depth)
            guard let type = operands.peek(depth) else {
                guard operands.isPolymorphic else {
                    throw mismatch(expected.description, "nothing")
                }
                return
            }
            guard context.matches(type, expected) else {
                throw mismatch(expected.description, type.description)
            }
        }
    }

    // MARK: Calls

    private mutating func callInstruction() throws(ModuleError) -> Bool {
        switch opcode {
        case .call: try call(try signature(context.functions[try functionIndex()]))
        case .returnCall: try tailCall(try signature(context.functions[try functionIndex()]))
        case .callIndirect:
            let (type, address) = try indirectCallee()
            try pop(address)
            try call(type)
        case .returnCallIndirect:
            let (type, address) = try indirectCallee()
            try pop(address)
            try tailCall(type)
        case .callRef: try call(try referenceCallee())
        case .returnCallRef: try tailCall(try referenceCallee())
        default: return false
        }
        return true
    }

    private mutating func call(_ type: FunctionSignature) throws(ModuleError) {
        try pop(type.parameters)
        try push(type.results)
    }

    private mutating func tailCall(_ type: FunctionSignature) throws(ModuleError) {
        guard context.matches(type.results, controls[0].results) else {
            throw invalid(
                "type mismatch: current function requires result type "
                    + "\(describe(controls[0].results)) but callee returns "
                    + describe(type.results)
            )
        }
        try pop(type.parameters)
        becomeUnreachable()
    }

    /// The type that an indirect call states, and that of the table's addresses.
    private mutating func indirectCallee() throws(ModuleError) -> (FunctionSignature, ValueType) {
        let type = try signature(try reader.u32())
        let table = context.tables[try tableIndex()]
        guard context.matches(table.element, .funcref) else {
            throw invalid(
                "type mismatch: instruction requires table of function type but table has "
                    + "element type \(table.element)"
            )
        }
        return (type, table.address)
    }

    /// The type of the function reference that a call states, which it takes.
    private mutating func referenceCallee() throws(ModuleError) -> FunctionSignature {
        let index = try reader.u32()
        let type = try signature(index)
        try pop(ReferenceType(isNullable: true, heapType: .defined(index)))
        return type
    }

    // MARK: Parametric instructions. Spec: core/valid/instructions#parametric-instructions

    private mutating func parametricInstruction() throws(ModuleError) -> Bool {
        switch opcode {
        case .drop: _ = try pop()
        case .select: try select()
        case .selectTyped: try selectTyped()
        default: return false
        }
        return true
    }

    private mutating func select() throws(ModuleError) {
        try pop(.i32)
        let second = try pop()
        let first = try pop()
        for type in [first, second] where type.isReference {
            throw mismatch("a number or a vector", type.description)
        }
        guard first == second || first == .bottom || second == .bottom else {
            throw mismatch(first.description, second.description)
        }
        try push(first == .bottom ? second : first)
    }

    private mutating func selectTyped() throws(ModuleError) {
        let count = try reader.length()
        var type = ValueType.bottom
        for _ in 0..<count { type = try reader.valueType() }
        guard count == 1 else {
            throw invalid("invalid result arity other than 1 is not (yet) allowed")
        }
        try check(type)
        try pop(.i32)
        try pop(type)
        try pop(type)
        try push(type)
    }
}
