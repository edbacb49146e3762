// The validation of function bodies and constant expressions, in one pass over their bytes.
// Spec: core/appendix/algorithm.

/// A block that is open.
struct ControlFrame: BitwiseCopyable {
    enum Kind: UInt8 { case function, block, loop, `if`, `else`, tryTable }

    var kind: Kind
    var parameters: TypeList
    var results: TypeList
    /// How many settings of locals there were at its start.
    var localsMark: Int
    /// Of the block around it: see `OperandStack`.
    var outerFloor: Int
    var isOuterPolymorphic: Bool

    /// What a branch to the block takes.
    var labelTypes: TypeList { kind == .loop ? parameters : results }
}

/// Validates one function body after the other, with buffers that it keeps.
///
/// What most instructions need is done in `instructions()`, where only operands of exactly the right
/// type will do; all else, and every error, is in the functions for each kind of instruction.
struct FunctionValidator: ~Copyable {
    var context = ModuleContext()
    var reader: ByteReader
    var operands = OperandStack()
    var controls = FlatBuffer<ControlFrame>()
    var locals = LocalTypes()
    /// Where the current instruction starts.
    var start = 0
    var opcode = Opcode.nop
    /// Whether a vector that is no local has been on the stack of the function.
    var usesVectors = false
    /// The first instruction that the interpreter does not run.
    var unsupported: Opcode?
    /// Where each list of label types was last checked by a `br_table`, by its place in the pool.
    var branchTableMarks = FlatBuffer<Int>()

    init(_ reader: ByteReader) { self.reader = reader }

    deinit { operands.deallocate() }

    /// Validates the instructions of a function at the reader's offset, up to the final `end`.
    mutating func validate(
        _ type: FunctionSignature,
        _ declared: [(count: UInt32, type: ValueType)]
    ) throws(ModuleError) {
        let bodyStart = reader.offset
        locals.start(type.parameters, declared, context)
        try run(results: type.results)
        var slots = 16
        for index in 0..<Int(type.parameters.count) {
            slots += context.type(type.parameters, index).slotCount
        }
        for (count, type) in declared { slots += Int(count) * type.slotCount }
        // A function with vectors is taken to have nothing else on the stack.
        let hasVectors =
            usesVectors || type.parameters.hasVector || declared.contains { $0.type == .v128 }
        slots += operands.peak * (hasVectors ? 2 : 1)
        guard slots <= Limits.frameSlots else {
            throw ModuleError(
                .limit,
                at: bodyStart,
                "a frame of \(slots) slots, the limit is \(Limits.frameSlots)"
            )
        }
    }

    /// Validates instructions that make `results`, with the locals as they are.
    mutating func run(results: TypeList) throws(ModuleError) {
        operands.reset()
        controls.truncate(to: 0)
        locals.unset(to: 0)
        usesVectors = false
        controls.append(
            ControlFrame(
                kind: .function,
                parameters: TypeList(),
                results: results,
                localsMark: 0,
                outerFloor: 0,
                isOuterPolymorphic: false
            )
        )
        try instructions()
    }

    private mutating func instructions() throws(ModuleError) {
        let rules = InstructionRules.shared
        let address = context.memories.count > 0 ? context.memories[0] : .bottom
        var reader = self.reader
        var operands = self.operands
        while true {
            let start = reader.offset
            let rule = rules[try reader.byte()]
            switch rule.form {
            case .unary: if operands.replace(rule.first, by: rule.result) { continue }
            case .binary: if operands.replace(rule.first, rule.second, by: rule.result) { continue }
            case .load:
                var ahead = reader
                if try ahead.plainMemoryArgument(rule.alignment, address),
                    operands.replace(address, by: rule.result)
                {
                    reader = ahead
                    continue
                }
            case .store:
                var ahead = reader
                if try ahead.plainMemoryArgument(rule.alignment, address),
                    operands.popExactly(address, rule.first)
                {
                    reader = ahead
                    continue
                }
            case .constant32:
                var ahead = reader
                _ = try ahead.signed(bits: 32)
                if operands.push(.i32) {
                    reader = ahead
                    continue
                }
            case .constant64:
                var ahead = reader
                _ = try ahead.signed(bits: 64)
                if operands.push(.i64) {
                    reader = ahead
                    continue
                }
            case .localGet:
                var ahead = reader
                if let type = locals.readable(try ahead.u32()), operands.push(type) {
                    reader = ahead
                    continue
                }
            case .localSet:
                var ahead = reader
                if let type = locals.readable(try ahead.u32()), operands.popExactly(type) {
                    reader = ahead
                    continue
                }
            case .localTee:
                var ahead = reader
                if let type = locals.readable(try ahead.u32()), operands.replace(type, by: type) {
                    reader = ahead
                    continue
                }
            case .illegal, .prefix, .other: break
            }
            self.reader = reader
            self.operands = operands
            self.start = start
            try instruction(rule)
            if controls.count == 0 { return }
            reader = self.reader
            operands = self.operands
        }
    }

    /// Validates the instruction at `start`, whose first byte has been read and has `rule`.
    @inline(never) private mutating func instruction(
        _ firstRule: InstructionRule
    ) throws(ModuleError) {
        var rule = firstRule
        if rule.form == .prefix || rule.form == .illegal {
            reader.seek(to: start)
            rule = try reader.opcode(after: reader.byte())
        }
        opcode = rule.opcode
        switch rule.form {
        case .unary:
            try pop(rule.first)
            try push(rule.result)
        case .binary:
            try pop(rule.second)
            try pop(rule.first)
            try push(rule.result)
        case .load:
            try pop(try memoryArgument(rule))
            try push(rule.result)
        case .store:
            let address = try memoryArgument(rule)
            try pop(rule.first)
            try pop(address)
        case .constant32:
            _ = try reader.signed(bits: 32)
            try push(.i32)
        case .constant64:
            _ = try reader.signed(bits: 64)
            try push(.i64)
        case .localGet: try localGet()
        case .localSet: try localSet()
        case .localTee: try localTee()
        case .illegal, .prefix, .other: try other(rule)
        }
    }

    /// Validates an instruction that has no form of its own.
    private mutating func other(_ rule: InstructionRule) throws(ModuleError) {
        if opcode.isUnsupported, unsupported == nil { unsupported = opcode }
        let isDone =
            if opcode.rawValue <= Opcode.tryTable.rawValue {
                try controlInstruction()
            } else if opcode.rawValue <= Opcode.f64Const.rawValue {
                try variableInstruction()
            } else if opcode.rawValue <= Opcode.brOnNonNull.rawValue {
                try referenceInstruction()
            } else if opcode.rawValue <= Opcode.i31GetU.rawValue {
                try aggregateInstruction()
            } else if opcode.rawValue <= Opcode.tableFill.rawValue {
                try bulkInstruction()
            } else {
                try vectorInstruction(rule)
            }
        guard isDone else { throw invalid("\(opcode.instruction.mnemonic) is not known here") }
    }
}

extension Opcode {
    /// Whether the interpreter does not run the instruction: those of GC and of exceptions.
    var isUnsupported: Bool {
        switch self {
        case .throw, .throwRef, .tryTable, .refEq: true
        default: Self.structNew.rawValue <= rawValue && rawValue <= Self.i31GetU.rawValue
        }
    }
}

extension ByteReader {
    /// Reads a memarg, and says whether it is a valid one of the first memory, whose addresses are
    /// of the type `address`; `bottom` where there is none.
    @inline(__always) fileprivate mutating func plainMemoryArgument(
        _ alignment: UInt8,
        _ address: ValueType
    ) throws(ModuleError) -> Bool {
        guard try byte() <= alignment else { return false }
        let offset = try u64()
        return address == .i32 ? offset >> 32 == 0 : address == .i64
    }
}
