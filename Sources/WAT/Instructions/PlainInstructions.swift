import Wasm

// Instructions that are no blocks: the opcode, and what stands behind it.
// Spec: core/text/instructions#plain-instructions
extension Assembler {
    /// Reads the immediates of an instruction, and writes it in the binary format.
    mutating func plainInstruction(_ opcode: Opcode) throws(TextError) {
        switch opcode {
        case .refTest, .refCast: try referenceTest(opcode)
        case .brOnCast, .brOnCastFail: try castBranch(opcode)
        case .select: try select()
        case .callIndirect, .returnCallIndirect:
            writeOpcode(opcode)
            let table = try indexIfAny(.table) ?? 0
            body.code.append(unsigned: try typeUse())
            body.code.append(unsigned: table)
        case .tableInit:
            writeOpcode(opcode)
            try segmentAndSpace(.element, .table)
        case .memoryInit:
            writeOpcode(opcode)
            try segmentAndSpace(.data, .memory)
            sections.needsDataCount = true
        case .tableCopy:
            writeOpcode(opcode)
            try twoOrNone(.table)
        case .memoryCopy:
            writeOpcode(opcode)
            try twoOrNone(.memory)
        default:
            writeOpcode(opcode)
            let instruction = opcode.instruction
            if instruction.immediates == [.memarg, .lane] { return try memargAndLane(opcode) }
            for immediate in instruction.immediates { try self.immediate(immediate, opcode) }
        }
    }

    /// Reads an immediate that is written where the binary format has it.
    private mutating func immediate(
        _ immediate: Immediate,
        _ opcode: Opcode
    ) throws(TextError) {
        switch immediate {
        case .label: body.code.append(unsigned: try label())
        case .labels: try labels()
        case .function: body.code.append(unsigned: try index(.function))
        case .type: body.code.append(unsigned: try typeImmediate())
        case .table: body.code.append(unsigned: try indexIfAny(.table) ?? 0)
        case .memory: body.code.append(unsigned: try indexIfAny(.memory) ?? 0)
        case .local: body.code.append(unsigned: try index(.local))
        case .global: body.code.append(unsigned: try index(.global))
        case .tag: body.code.append(unsigned: try index(.tag))
        case .element: body.code.append(unsigned: try index(.element))
        case .data:
            body.code.append(unsigned: try index(.data))
            sections.needsDataCount = true
        case .field: body.code.append(unsigned: try field(of: lastType))
        case .count: body.code.append(unsigned: try reader.u32())
        case .heapType: body.code.append(try heapType())
        case .memarg: try memarg(try indexIfAny(.memory) ?? 0, opcode)
        case .lane: body.code.append(try reader.u8())
        case .lanes: try lanes()
        case .i32: body.code.append(signed: Int64(Int32(truncatingIfNeeded: try integer(32))))
        case .i64: body.code.append(signed: Int64(bitPattern: try integer(64)))
        case .f32: body.code.append(littleEndian: try f32())
        case .f64: body.code.append(littleEndian: try f64())
        case .v128: body.code.append(contentsOf: try vector())
        case .blockType, .catches, .castFlags, .valueTypes: break
        }
    }

    private mutating func typeImmediate() throws(TextError) -> UInt32 {
        lastType = try index(.type)
        return lastType
    }

    /// Reads the index of a field of the structure type `type`.
    private mutating func field(of type: UInt32) throws(TextError) -> UInt32 {
        let token = reader.token
        guard let symbol = reader.takeIdentifier() else { return try reader.u32() }
        if let index = types.fields[type]?[symbol] { return index }
        note(reader.error("unknown field", at: token))
        return 0
    }

    /// Reads a label. Spec: core/text/instructions#text-label
    mutating func label() throws(TextError) -> UInt32 {
        let token = reader.token
        guard let symbol = reader.takeIdentifier() else {
            guard token.kind == .natural else { throw reader.unexpected("a label") }
            return try reader.u32()
        }
        if let index = body.labels[symbol] { return index }
        note(reader.error("unknown label", at: token))
        return 0
    }

    private mutating func labels() throws(TextError) {
        var labels = [try label()]
        while [.natural, .identifier].contains(reader.token.kind) { labels.append(try label()) }
        body.code.append(unsigned: labels.count - 1)
        for label in labels { body.code.append(unsigned: label) }
    }

    /// Reads the result types of a `select`, if it has any.
    /// Spec: core/text/instructions#parametric-instructions
    private mutating func select() throws(TextError) {
        guard reader.opens(.result) else { return writeOpcode(.select) }
        writeOpcode(.selectTyped)
        body.code.append(try results())
    }

    private mutating func referenceTest(_ opcode: Opcode) throws(TextError) {
        let type = try referenceType()
        switch (opcode, type.isNullable) {
        case (.refTest, true): writeOpcode(.refTestNull)
        case (.refCast, true): writeOpcode(.refCastNull)
        default: writeOpcode(opcode)
        }
        body.code.append(type.heapType)
    }

    private mutating func castBranch(_ opcode: Opcode) throws(TextError) {
        let label = try label()
        let source = try referenceType()
        let target = try referenceType()
        writeOpcode(opcode)
        body.code.append((source.isNullable ? 1 : 0) | (target.isNullable ? 2 : 0))
        body.code.append(unsigned: label)
        body.code.append(source.heapType)
        body.code.append(target.heapType)
    }

    /// Reads the index of a segment, which that of a table or memory may come before.
    private mutating func segmentAndSpace(_ segment: Space, _ space: Space) throws(TextError) {
        var index: UInt32 = 0
        if [.natural, .identifier].contains(reader.following.kind) {
            index = try self.index(space)
        }
        body.code.append(unsigned: try self.index(segment))
        body.code.append(unsigned: index)
    }

    /// Reads two indices, which may both be left out.
    private mutating func twoOrNone(_ space: Space) throws(TextError) {
        let target = try indexIfAny(space)
        let source = target == nil ? 0 : try index(space)
        body.code.append(unsigned: target ?? 0)
        body.code.append(unsigned: source)
    }

    // MARK: Memory arguments

    /// Reads an offset and an alignment, which may be left out, of an access to `memory`.
    /// Spec: core/text/instructions#text-memarg
    private mutating func memarg(_ memory: UInt32, _ opcode: Opcode) throws(TextError) {
        let offset = try assigned(.offset, "offset=") ?? 0
        let token = reader.token
        var alignment = Self.naturalAlignments[Int(opcode.rawValue)]
        if let bytes = try assigned(.align, "align=") {
            if bytes.nonzeroBitCount != 1 {
                note(reader.error("alignment must be a power of two", at: token))
            }
            alignment = UInt8(truncatingIfNeeded: bytes.trailingZeroBitCount) & 0x3F
        }
        body.code.append(alignment | (memory == 0 ? 0 : 0x40))
        if memory != 0 { body.code.append(unsigned: memory) }
        body.code.append(unsigned: offset)
    }

    /// The number after `prefix` if the next token is of the kind `kind`.
    private mutating func assigned(
        _ kind: Token.Kind,
        _ prefix: StaticString
    ) throws(TextError) -> UInt64? {
        let token = reader.token
        guard token.kind == kind else { return nil }
        let digits = token.range.dropFirst(prefix.utf8CodeUnitCount)
        guard let value = IntegerLiteral.natural(reader.text.bytes, digits) else {
            throw reader.error("i64 constant out of range", at: token)
        }
        reader.advance()
        return value
    }

    /// Reads what a lane's load or store has: a number alone is the lane.
    private mutating func memargAndLane(_ opcode: Opcode) throws(TextError) {
        let isMemory =
            reader.token.kind == .identifier
            || (reader.token.kind == .natural
                && [.natural, .offset, .align].contains(reader.following.kind))
        try memarg(isMemory ? try index(.memory) : 0, opcode)
        body.code.append(try reader.u8())
    }

    /// The binary logarithm of the bytes that an instruction accesses, by opcode; 0 where none.
    private static let naturalAlignments: [UInt8] = Instruction.all.map { instruction in
        guard instruction.immediates.first == .memarg else { return 0 }
        let parts = instruction.mnemonic.split(separator: ".")
        let access = parts[1].drop { !$0.isNumber }
        let width = Int(access.prefix { $0.isNumber }) ?? Int(parts[0].dropFirst()) ?? 8
        // `8x8`, `16x4` and `32x2` are eight bytes.
        let bits = access.contains("x") ? 64 : width
        return UInt8(truncatingIfNeeded: (bits / 8).trailingZeroBitCount)
    }
}
