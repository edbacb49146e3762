// Instructions as bytes: opcodes, immediates, and expressions read for their grammar alone.
// Spec: core/binary/instructions.

/// What the grammar of an expression tells of the instructions in it.
struct ExpressionFacts {
    /// The first instruction that names a data segment.
    var dataOffset: Int?
}

/// Where a memory is accessed. Spec: core/binary/instructions#memory-instructions
struct MemoryArgument {
    var memory: UInt32
    /// log2 of the alignment.
    var alignment: UInt32
    var offset: UInt64
}

/// What a handler of a `try_table` catches. Spec: core/binary/instructions#control-instructions
enum CatchClause {
    case one(tag: UInt32, label: UInt32)
    case oneReference(tag: UInt32, label: UInt32)
    case all(label: UInt32)
    case allReference(label: UInt32)
}

/// The types of a cast branch. Spec: core/binary/instructions#reference-instructions
struct CastTypes {
    var label: UInt32
    var source: ReferenceType
    var target: ReferenceType
}

extension ByteReader {
    /// The opcode that the byte before the offset begins.
    mutating func opcode(after byte: UInt8) throws(ModuleError) -> InstructionRule {
        let start = offset - 1
        var rule = InstructionRules.shared[byte]
        if rule.form == .prefix {
            let code = try u32()
            rule = InstructionRules.shared[byte, code]
            guard rule.form != .illegal else {
                throw malformed("illegal opcode \(hex(UInt32(byte))) \(hex(code))", at: start)
            }
        }
        guard rule.form != .illegal else {
            throw malformed("illegal opcode \(hex(UInt32(byte)))", at: start)
        }
        return rule
    }

    private func hex(_ number: UInt32) -> String {
        (number < 16 ? "0" : "") + String(number, radix: 16)
    }

    mutating func memoryArgument() throws(ModuleError) -> MemoryArgument {
        let start = offset
        let flags = try u32()
        guard flags < 0x80 else { throw malformed("malformed memop flags", at: start) }
        let memory = flags & 0x40 == 0 ? 0 : try u32()
        return MemoryArgument(memory: memory, alignment: flags & 0x3F, offset: try u64())
    }

    mutating func catchClause() throws(ModuleError) -> CatchClause {
        let start = offset
        switch try byte() {
        case 0:
            let tag = try u32()
            return .one(tag: tag, label: try u32())
        case 1:
            let tag = try u32()
            return .oneReference(tag: tag, label: try u32())
        case 2: return .all(label: try u32())
        case 3: return .allReference(label: try u32())
        default: throw malformed("malformed catch clause", at: start)
        }
    }

    /// The number of targets of a `br_table`, without the default.
    mutating func branchTableLength() throws(ModuleError) -> Int {
        try length(limit: Limits.branchTableTargets, "targets of a br_table")
    }

    mutating func castTypes() throws(ModuleError) -> CastTypes {
        let start = offset
        let flags = try byte()
        guard flags < 4 else { throw malformed("malformed br_on_cast flags", at: start) }
        let label = try u32()
        let source = ReferenceType(isNullable: flags & 1 != 0, heapType: try heapType())
        let target = ReferenceType(isNullable: flags & 2 != 0, heapType: try heapType())
        return CastTypes(label: label, source: source, target: target)
    }

    /// Reads an expression up to its final `end` by the grammar alone.
    mutating func expression() throws(ModuleError) -> ExpressionFacts {
        var facts = ExpressionFacts()
        /// For each block that is open, whether it is an `if` that may have an `else`.
        var blocks = [false]
        while let innermost = blocks.last {
            let start = offset
            let opcode = try opcode(after: byte()).opcode
            try immediates(of: opcode, &facts)
            switch opcode {
            case .block, .loop, .tryTable: blocks.append(false)
            case .if: blocks.append(true)
            case .else:
                guard innermost else { throw malformed("END opcode expected", at: start) }
                blocks[blocks.count - 1] = false
            case .end: blocks.removeLast()
            default: break
            }
            guard blocks.count <= Limits.blockNesting + 1 else { throw nestingError(at: start) }
        }
        return facts
    }

    func nestingError(at offset: Int) -> ModuleError {
        ModuleError(
            .limit,
            at: offset,
            "more than \(Limits.blockNesting) blocks within one another"
        )
    }

    /// Passes over the immediates of `opcode`.
    mutating func skipImmediates(of opcode: Opcode) throws(ModuleError) {
        var facts = ExpressionFacts()
        try immediates(of: opcode, &facts)
    }

    private mutating func immediates(
        of opcode: Opcode,
        _ facts: inout ExpressionFacts
    ) throws(ModuleError) {
        let start = offset
        switch opcode {
        case .brOnCast, .brOnCastFail:
            _ = try castTypes()
            return
        default: break
        }
        for immediate in opcode.instruction.immediates {
            if case .data = immediate, facts.dataOffset == nil { facts.dataOffset = start }
            try skip(immediate)
        }
    }

    private mutating func skip(_ immediate: Immediate) throws(ModuleError) {
        switch immediate {
        case .blockType: _ = try blockType()
        case .labels:
            for _ in 0..<(try branchTableLength()) { _ = try u32() }
            _ = try u32()
        case .catches: for _ in 0..<(try length()) { _ = try catchClause() }
        case .label, .function, .type, .table, .memory, .local, .global, .tag, .element, .data,
            .field, .count:
            _ = try u32()
        case .castFlags, .lane: try skip(1)
        case .valueTypes: for _ in 0..<(try length()) { _ = try valueType() }
        case .heapType: _ = try heapType()
        case .memarg: _ = try memoryArgument()
        case .lanes, .v128: try skip(16)
        case .i32: _ = try signed(bits: 32)
        case .i64: _ = try signed(bits: 64)
        case .f32: try skip(4)
        case .f64: try skip(8)
        }
    }
}
