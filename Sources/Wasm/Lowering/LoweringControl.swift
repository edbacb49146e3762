// Blocks and branches.
//
// At a label every value that it takes lies in its home, and no operand below is equal to a local:
// so all paths to it agree. Where nothing branches to a block's end, its results stay what they are.

/// A structured instruction that the lowering is within.
struct Block {
    enum Kind {
        case function
        case block
        /// A branch to it goes to its start, at this position.
        case loop(start: Int)
        /// `if`, before its `else`.
        case then
        case otherwise
    }

    var kind: Kind
    /// Operands below its parameters.
    let height: Int
    /// The home of its first parameter and of its first result.
    let base: Int
    var parameters: [ValueType] = []
    var results: [ValueType]
    /// Distances to its end that are not known yet: where they stand, and from where they count.
    var fixups: [(at: Int, start: Int)] = []
    /// The distance to its `else`.
    var elseFixup: (at: Int, start: Int)?

    init(
        kind: Kind, height: Int, base: Int, parameters: [ValueType] = [], results: [ValueType]
    ) {
        self.kind = kind
        self.height = height
        self.base = base
        self.parameters = parameters
        self.results = results
    }

    /// The types of the values that a branch to it takes.
    var labelTypes: [ValueType] {
        if case .loop = kind { parameters } else { results }
    }
}

/// What a conditional branch tests.
enum Condition {
    /// The 32-bit value in a slot: not zero.
    case slot(Int)
    /// The 64-bit value in a slot: not zero.
    case slot64(Int)
    /// The comparison that computed it: its operands' words.
    case comparison(Opcode, isImmediate: Bool, operands: ArraySlice<UInt16>)
}

extension BodyLowering {
    mutating func lowerControl(_ opcode: Opcode) {
        switch opcode {
        case .block: begin(.block)
        case .loop: begin(.loop(start: 0))
        case .if: begin(.then)
        case .else: lowerElse()
        case .end: lowerEnd()
        case .br:
            emitBranch(depth: Int(reader.u32()))
            isReachable = false
        case .brIf:
            let depth = Int(reader.u32())
            emitBranch(takeCondition(), when: true, depth: depth)
        case .brOnNull:
            let depth = Int(reader.u32())
            let reference = stack.pop()
            let slot = slot(reference)
            emitBranch(.slot64(slot), when: false, depth: depth)
            stack.push(
                reference.place == .constant(0) ? .home : reference.place, isVector: false)
        case .brOnNonNull:
            let depth = Int(reader.u32())
            materialize(1)
            emitBranch(.slot64(stack.base(1)), when: true, depth: depth)
            _ = stack.pop()
        case .brTable: lowerBranchTable()
        case .return:
            emitReturn()
            isReachable = false
        default:
            code.emit(.unreachableTrap)
            isReachable = false
        }
    }

    /// Passes over what cannot be reached, up to the `else` or `end` of the innermost block.
    mutating func skipUnreachable() {
        var depth = 0
        while let opcode = reader.opcode() {
            switch opcode {
            case .block, .loop, .if, .tryTable: depth += 1
            case .else where depth == 0:
                lowerElse()
                return
            case .end where depth == 0:
                lowerEnd()
                return
            case .end: depth -= 1
            default: break
            }
            reader.skipImmediates(of: opcode)
        }
        blocks.removeAll()
    }

    // MARK: Blocks

    private mutating func begin(_ kind: Block.Kind) {
        let type = signature(reader.blockType())
        var kind = kind
        var condition: Condition?
        if case .then = kind { condition = takeCondition() }
        settleLocals()
        materialize(type.parameters.count)
        let base = stack.base(type.parameters.count)
        if case .loop = kind { kind = .loop(start: code.bindLabel()) }
        var block = Block(
            kind: kind, height: stack.count - type.parameters.count, base: base,
            parameters: type.parameters, results: type.results)
        if let condition {
            block.elseFixup = emit(condition, when: false)
        }
        blocks.append(block)
    }

    private func signature(_ type: BlockType) -> FunctionType {
        switch type {
        case .empty: FunctionType(parameters: [], results: [])
        case .value(let value): FunctionType(parameters: [], results: [value])
        case .type(let index):
            module.functionType(index) ?? FunctionType(parameters: [], results: [])
        }
    }

    private mutating func lowerElse() {
        guard var block = blocks.popLast() else { return }
        if isReachable {
            materialize(block.results.count)
            let start = code.position
            code.emit(.jump)
            block.fixups.append((code.position, start))
            code.append(UInt32(0))
        }
        bindElse(&block)
        restore(block, block.parameters)
        block.kind = .otherwise
        blocks.append(block)
        isReachable = true
    }

    private mutating func bindElse(_ block: inout Block) {
        guard let fixup = block.elseFixup else { return }
        code.patch(at: fixup.at, from: fixup.start, to: code.bindLabel())
        block.elseFixup = nil
    }

    /// The operand stack as it is at a label of `block` that takes values of these types.
    private mutating func restore(_ block: Block, _ types: [ValueType]) {
        stack.truncate(to: block.height)
        for type in types { stack.push(isVector: type.isVector) }
    }

    private mutating func lowerEnd() {
        guard var block = blocks.popLast() else { return }
        if case .function = block.kind {
            if isReachable { emitReturn() }
            return
        }
        let isLabelUsed = !block.fixups.isEmpty || block.elseFixup != nil
        guard isLabelUsed else {
            if !isReachable { restore(block, block.results) }
            return
        }
        if isReachable { materialize(block.results.count) }
        bindElse(&block)
        let end = code.bindLabel()
        for fixup in block.fixups { code.patch(at: fixup.at, from: fixup.start, to: end) }
        restore(block, block.results)
        isReachable = true
    }

    // MARK: Branches

    /// Pops a condition; the comparison that computed it, if that was emitted last, is taken back.
    private mutating func takeCondition() -> Condition {
        let operand = stack.pop()
        if isPending(operand), let last = code.last?.operation, let opcode = last.opcode,
            PlainLowering.all[Int(opcode.rawValue)]?.branchIf != nil
        {
            return .comparison(
                opcode, isImmediate: last.isImmediate,
                operands: ArraySlice(code.takeLast().dropFirst(2)))
        }
        return .slot(slot(operand))
    }

    /// Emits a branch that is taken where `condition` is `when`: where its distance stands, and from
    /// where that counts.
    private mutating func emit(_ condition: Condition, when holds: Bool) -> (at: Int, start: Int) {
        if let fixup = emitCounting(condition, when: holds) { return fixup }
        let mark = code.mark
        switch condition {
        case .slot(let slot): code.emit(holds ? .branchIf : .branchIfI32Eqz, slot)
        case .slot64(let slot): code.emit(holds ? .branchIf64 : .branchIfI64Eqz, slot)
        case .comparison(let opcode, let isImmediate, let operands):
            let plain = PlainLowering.all[Int(opcode.rawValue)]
            let operation =
                switch (holds, isImmediate) {
                case (true, false): plain?.branchIf
                case (false, false): plain?.branchUnless
                case (true, true): plain?.branchIfImmediate
                case (false, true): plain?.branchUnlessImmediate
                }
            code.emit(operation ?? .unreachableTrap)
            for word in operands { code.append(word) }
        }
        code.keepAccumulator(mark)
        let at = code.position
        code.append(UInt32(0))
        return (at, mark.start)
    }

    /// Emits the branch of a loop whose counter was just changed by a constant, together with the
    /// change; nil where this is none.
    private mutating func emitCounting(
        _ condition: Condition, when holds: Bool
    ) -> (at: Int, start: Int)? {
        guard let last = code.last?.operation, last.sum != nil else { return nil }
        var operation = Operation.addImmediateBranchIfI32NeImmediate
        var other: [UInt16] = [0, 0]
        switch condition {
        case .slot(let slot) where holds && slot == last.destination: break
        case .comparison(holds ? .i32Ne : .i32Eq, isImmediate: true, let operands)
        where operands.first.map(Int.init) == last.destination:
            other = Array(operands.dropFirst())
        case .comparison(holds ? .i32Ne : .i32Eq, isImmediate: false, let operands):
            guard let index = operands.firstIndex(of: UInt16(truncatingIfNeeded: last.destination))
            else { return nil }
            operation = .addImmediateBranchIfI32Ne
            other = index == operands.startIndex ? [operands[index + 1]] : [operands[index - 1]]
        default: return nil
        }
        guard let sum = last.sum else { return nil }
        _ = code.takeLast()
        let start = code.position
        code.emit(operation, last.destination, sum.source)
        code.append(sum.constant)
        for word in other { code.append(word) }
        let accumulator = CodeBuffer.Accumulator(slot: last.destination, kind: .integer)
        code.keepAccumulator(.init(start: start, previous: nil, accumulator: accumulator))
        let at = code.position
        code.append(UInt32(0))
        return (at, start)
    }

    /// Emits a branch to the block `depth` blocks out, its values moved to the label's homes.
    private mutating func emitBranch(depth: Int) {
        let index = blocks.count - 1 - depth
        guard index > 0 else {
            emitReturn()
            return
        }
        moveValues(to: blocks[index])
        let start = code.position
        code.emit(.jump)
        let at = code.position
        code.append(UInt32(0))
        aim(at, from: start, at: index)
    }

    private mutating func emitBranch(_ condition: Condition, when holds: Bool, depth: Int) {
        let index = blocks.count - 1 - depth
        if index > 0 && !needsMoves(to: blocks[index]) {
            let distance = emit(condition, when: holds)
            aim(distance.at, from: distance.start, at: index)
            return
        }
        let skip = emit(condition, when: !holds)
        emitBranch(depth: depth)
        code.patch(at: skip.at, from: skip.start, to: code.bindLabel())
    }

    /// Lets the distance at `at`, counted from `start`, lead to the label of the block `index`.
    private mutating func aim(_ at: Int, from start: Int, at index: Int) {
        if case .loop(let target) = blocks[index].kind {
            code.patch(at: at, from: start, to: target)
        } else {
            blocks[index].fixups.append((at, start))
        }
    }

    private func needsMoves(to block: Block) -> Bool {
        let types = block.labelTypes
        return !types.isEmpty
            && (stack.base(types.count) != block.base
                || stack.operands.suffix(types.count).contains { $0.place != .home })
    }

    /// Moves the values at the top to the homes of the label of `block`. Homes of the label lie at
    /// or below those of the values, so that going upwards nothing is overwritten that is yet read.
    private mutating func moveValues(to block: Block) {
        let types = block.labelTypes
        var destination = block.base
        for (index, type) in zip((stack.count - types.count)..<stack.count, types) {
            move(stack.operands[index], to: destination)
            destination += type.slotCount
        }
    }

    private mutating func lowerBranchTable() {
        let count = Int(reader.u32())
        let index = popSlot()
        let start = code.position
        code.emit(.branchTable, index)
        code.append(UInt32(count))
        var depths: [(depth: Int, at: Int)] = []
        var stubs: [Int: Int] = [:]
        for _ in 0...count {
            let depth = Int(reader.u32())
            let at = code.position
            code.append(UInt32(0))
            let target = blocks.count - 1 - depth
            if target > 0 && !needsMoves(to: blocks[target]) {
                aim(at, from: start, at: target)
            } else {
                depths.append((depth, at))
            }
        }
        for (depth, at) in depths {
            if let stub = stubs[depth] {
                code.patch(at: at, from: start, to: stub)
                continue
            }
            let stub = code.bindLabel()
            stubs[depth] = stub
            code.patch(at: at, from: start, to: stub)
            guard code.position < Limits.loweredWords else { break }
            emitBranch(depth: depth)
        }
        isReachable = false
    }

    // MARK: Return

    /// Returns the values at the top.
    mutating func emitReturn() {
        let count = resultCount
        guard count > 0 else {
            code.emit(.returnNothing, header)
            return
        }
        let range = (stack.count - count)..<stack.count
        if count == 1, let operand = stack.operands.last, !operand.isVector {
            code.emit(.returnValue, header, slot(operand))
            return
        }
        // A parameter that a result before it would overwrite is saved first.
        var saved: [Int: Int] = [:]
        var destination = 0
        for index in range {
            let operand = stack.operands[index]
            if case .local(let local) = operand.place, locals[local].slot < destination {
                move(operand, to: operand.home)
                saved[index] = operand.home
            }
            destination += operand.isVector ? 2 : 1
        }
        destination = 0
        for index in range {
            let operand = stack.operands[index]
            if let home = saved[index] {
                emitCopy(from: home, to: destination, isVector: operand.isVector)
            } else {
                move(operand, to: destination)
            }
            destination += operand.isVector ? 2 : 1
        }
        code.emit(.returnNothing, header)
    }
}
