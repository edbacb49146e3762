/// Lowers the body of one function to the register machine, in one pass over its instructions.
///
/// An operand that is a local or a constant stays what it is until something must find it in its
/// slot: a call, a label, a write to the local. A comparison whose value is branched on is fused with
/// the branch; a value that is computed for a local is computed in the local's slot.
struct BodyLowering {
    let module: Module
    let context: LoweringContext
    let body: FunctionBody
    /// The slot of the frame's header.
    let header: Int
    let resultCount: Int
    var locals: [Local] = []
    var reader: InstructionReader
    var code = CodeBuffer()
    var stack: LoweringStack
    var blocks: [Block] = []
    /// Whether the next instruction can be reached.
    var isReachable = true
    /// Where each instruction's operations begin; only if asked for.
    var positions: [(word: Int, offset: Int)]?

    struct Local {
        let slot: Int
        let isVector: Bool
    }

    init(_ context: LoweringContext, _ index: Int, recordsPositions: Bool = false) {
        self.context = context
        module = context.module
        body = module.bodies[index]
        let typeIndex = module.functions[module.importedFunctionCount + index]
        let type =
            module.functionType(typeIndex) ?? FunctionType(parameters: [], results: [])
        header = type.headerSlot
        resultCount = type.results.count
        var slot = 0
        for parameter in type.parameters {
            locals.append(Local(slot: slot, isVector: parameter.isVector))
            slot += parameter.slotCount
        }
        slot = header + Frame.headerSlots
        for (count, type) in body.locals {
            for _ in 0..<count {
                locals.append(Local(slot: slot, isVector: type.isVector))
                slot += type.slotCount
            }
        }
        stack = LoweringStack(bottom: slot, localCount: locals.count)
        reader = InstructionReader(bytes: module.bytes, position: body.range.lowerBound)
        if recordsPositions { positions = [] }
        blocks.append(Block(kind: .function, height: 0, base: slot, results: type.results))
    }

    /// Sets the locals that are not parameters to zero, and up to seven slots behind them.
    private mutating func clearLocals() {
        let first = header + Frame.headerSlots
        let count = stack.top - first
        if count > 32 {
            code.emit(.clearRange, first)
            code.append(UInt32(count))
        } else {
            for start in stride(from: 0, to: count, by: 8) {
                code.emit(.clearEight, first + start)
            }
            stack.reserve(7)
        }
    }

    /// Lowers the body; nil if it takes more than `Limits.loweredWords`.
    mutating func run() -> LoweredBody? {
        clearLocals()
        while !blocks.isEmpty {
            guard code.position < Limits.loweredWords, stack.highest < Limits.frameSlots + 500
            else { return nil }
            if isReachable {
                positions?.append((code.position, reader.position))
                guard let opcode = reader.opcode() else { return nil }
                lower(opcode)
            } else {
                skipUnreachable()
            }
        }
        return LoweredBody(
            words: code.words, frameBytes: stack.highest * 8, positions: positions ?? [])
    }

    private mutating func lower(_ opcode: Opcode) {
        if let plain = PlainLowering.all[Int(opcode.rawValue)] {
            lowerPlain(opcode, plain)
            return
        }
        switch opcode {
        case .i32Const:
            stack.push(
                .constant(UInt64(UInt32(truncatingIfNeeded: reader.s64()))), isVector: false)
        case .i64Const:
            stack.push(.constant(UInt64(bitPattern: reader.s64())), isVector: false)
        case .f32Const: stack.push(.constant(reader.fixed(4)), isVector: false)
        case .f64Const: stack.push(.constant(reader.fixed(8)), isVector: false)
        case .localGet:
            let index = Int(reader.u32())
            stack.push(.local(index), isVector: locals[index].isVector)
        case .localSet: setLocal(Int(reader.u32()))
        case .localTee:
            let index = Int(reader.u32())
            setLocal(index)
            stack.push(.local(index), isVector: locals[index].isVector)
        case .drop: _ = stack.pop()
        case .nop: break
        default: lowerStructured(opcode)
        }
    }

    private mutating func lowerStructured(_ opcode: Opcode) {
        switch opcode {
        case .block, .loop, .if, .else, .end, .br, .brIf, .brTable, .return, .unreachable,
            .brOnNull, .brOnNonNull:
            lowerControl(opcode)
        case .call, .callIndirect, .callRef, .returnCall, .returnCallIndirect, .returnCallRef:
            lowerCall(opcode)
        default: lowerState(opcode)
        }
    }

    // MARK: Operands

    /// The slot to read `operand` from; a constant is put into its home first.
    mutating func slot(_ operand: LoweringStack.Operand) -> Int {
        switch operand.place {
        case .home: return operand.home
        case .local(let index): return locals[index].slot
        case .constant(let bits):
            emitConstant(bits, to: operand.home)
            return operand.home
        }
    }

    mutating func popSlot() -> Int { slot(stack.pop()) }

    /// Puts `operand` into `destination`.
    mutating func move(_ operand: LoweringStack.Operand, to destination: Int) {
        switch operand.place {
        case .home: emitCopy(from: operand.home, to: destination, isVector: operand.isVector)
        case .local(let index):
            emitCopy(from: locals[index].slot, to: destination, isVector: operand.isVector)
        case .constant(let bits): emitConstant(bits, to: destination)
        }
    }

    mutating func emitCopy(from source: Int, to destination: Int, isVector: Bool) {
        guard source != destination else { return }
        guard isVector else {
            code.emitCopy(from: source, to: destination)
            return
        }
        let mark = code.mark
        code.emit(.copyVector, destination, source)
        code.setLast(mark, destination: destination, nil)
    }

    mutating func emitConstant(_ bits: UInt64, to destination: Int) {
        let mark = code.mark
        if let value = UInt32(exactly: bits) {
            code.emit(.constant32, destination)
            code.append(value)
        } else {
            code.emit(.constant64, destination)
            code.append(bits)
        }
        code.setLast(mark, destination: destination, .integer)
    }

    /// Puts the `count` operands at the top into their homes.
    mutating func materialize(_ count: Int) {
        for index in (stack.count - count)..<stack.count {
            let operand = stack.operands[index]
            guard operand.place != .home else { continue }
            move(operand, to: operand.home)
            stack.settle(index)
        }
    }

    /// Puts the operands that are equal to a local into their homes.
    mutating func settleLocals() {
        for index in stack.unsettled() {
            let operand = stack.operands[index]
            move(operand, to: operand.home)
            stack.settle(index)
        }
    }

    /// Whether `operand` is what the operation emitted last computed.
    func isPending(_ operand: LoweringStack.Operand) -> Bool {
        guard let last = code.last else { return false }
        return last.isPending && operand.place == .home && last.operation.destination == operand.home
    }

    /// Pops a value into the local `index`.
    private mutating func setLocal(_ index: Int) {
        let value = stack.pop()
        let slot = locals[index].slot
        let position = code.position
        for copy in stack.copies(of: index) {
            let operand = stack.operands[copy]
            move(operand, to: operand.home)
            stack.settle(copy)
        }
        if value.place == .home, code.position == position, isPending(value) {
            code.retargetLast(to: slot)
        } else {
            move(value, to: slot)
        }
    }
}

/// What is lowered, with what its code names: types and functions.
struct LoweringContext {
    let module: Module
    /// The canonical id of each type.
    let typeIDs: [UInt32]
    /// The address of the entry of a function that the module defines, by its place among those.
    let entryAddress: @Sendable (Int) -> UInt64
}

/// A body as lowered.
struct LoweredBody {
    let words: [UInt16]
    let frameBytes: Int
    let positions: [(word: Int, offset: Int)]
}

extension FunctionType {
    /// Slots that the parameters take.
    var parameterSlots: Int { parameters.reduce(0) { $0 + $1.slotCount } }

    /// The slot of a frame's header: the first behind both parameters and results.
    var headerSlot: Int { max(parameterSlots, results.reduce(0) { $0 + $1.slotCount }) }
}
