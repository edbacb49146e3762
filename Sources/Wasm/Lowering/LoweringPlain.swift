// Instructions that compute a value from registers, load it or store it.

extension BodyLowering {
    mutating func lowerPlain(_ opcode: Opcode, _ plain: PlainLowering) {
        switch plain.shape {
        case .plain: lowerComputation(opcode, plain)
        case .load, .store: lowerAccess(opcode, plain)
        }
    }

    private mutating func lowerComputation(_ opcode: Opcode, _ plain: PlainLowering) {
        let instruction = opcode.instruction
        let lane = instruction.immediates.isEmpty ? nil : Int(reader.byte())
        let isVector = instruction.signature?.result == .v128
        let count = instruction.signature?.operands.count ?? 0
        if count == 2, plain.immediate != nil, lowerImmediate(opcode, plain) { return }
        let third = count > 2 ? stack.pop() : nil
        let second = count > 1 ? stack.pop() : nil
        let slots = (popSlot(), second.map { slot($0) } ?? 0, third.map { slot($0) } ?? 0)
        let destination = stack.push(isVector: isVector)
        let start = code.position
        switch count {
        case 1: code.emit(plain.operation, destination, slots.0)
        case 2: code.emit(plain.operation, destination, slots.0, slots.1)
        default: code.emit(plain.operation, destination, slots.0, slots.1, slots.2)
        }
        if let lane { code.append(UInt16(lane)) }
        code.setLast(start: start, destination: destination, opcode: opcode)
    }

    /// Lowers a binary instruction with a constant operand; false where there is none that fits.
    private mutating func lowerImmediate(_ opcode: Opcode, _ plain: PlainLowering) -> Bool {
        let second = stack.operands[stack.count - 1]
        let first = stack.operands[stack.count - 2]
        var form = opcode
        let register: LoweringStack.Operand
        let constant: UInt64
        if case .constant(let bits) = second.place, fits(bits, opcode) {
            register = first
            constant = bits
        } else if case .constant(let bits) = first.place, fits(bits, opcode),
            let mirrored = plain.mirrored.flatMap(Opcode.init(plain:))
        {
            register = second
            constant = bits
            form = mirrored
        } else {
            return false
        }
        guard let operation = PlainLowering.all[Int(form.rawValue)]?.immediate else { return false }
        _ = stack.pop()
        _ = stack.pop()
        let source = slot(register)
        let destination = stack.push(isVector: false)
        let start = code.position
        code.emit(operation, destination, source)
        if form.instruction.signature?.operands.last == .f64 {
            code.append(constant)
        } else {
            code.append(UInt32(truncatingIfNeeded: constant))
        }
        code.setLast(start: start, destination: destination, opcode: form, isImmediate: true)
        return true
    }

    /// Whether the immediate form has room for a constant of these bits.
    private func fits(_ bits: UInt64, _ opcode: Opcode) -> Bool {
        guard opcode.instruction.signature?.operands.last == .i64 else { return true }
        return Int32(exactly: Int64(bitPattern: bits)) != nil
    }

    // MARK: Memory

    private mutating func lowerAccess(_ opcode: Opcode, _ plain: PlainLowering) {
        let instruction = opcode.instruction
        let memarg = reader.memarg()
        let lane = instruction.immediates.count > 1 ? Int(reader.byte()) : nil
        // A store has the value above the address; so has a load of a lane the vector.
        let value = instruction.signature?.operands.count == 2 ? stack.pop() : nil
        let valueSlot = value.map { slot($0) }
        let address = stack.pop()
        var addressSlot = slot(address)
        let memory = module.memories[Int(memarg.memory)]
        let opensWindow =
            memarg.memory != 0 || memory.addressType == .i64 || memarg.offset > UInt32.max
        if opensWindow {
            let scratch = scratchSlot()
            code.emit(.openWindow, scratch, addressSlot, Int(memarg.memory))
            code.append(memarg.offset)
            addressSlot = scratch
        }
        let offset = opensWindow ? 0 : UInt32(truncatingIfNeeded: memarg.offset)
        let start = code.position
        if plain.shape == .store {
            code.emit(plain.operation, addressSlot, valueSlot ?? 0)
            code.append(offset)
            if let lane { code.append(UInt16(lane)) }
        } else {
            let isVector = instruction.signature?.result == .v128
            let destination = stack.push(isVector: isVector)
            if let valueSlot {
                code.emit(plain.operation, destination, addressSlot, valueSlot)
            } else {
                code.emit(plain.operation, destination, addressSlot)
            }
            code.append(offset)
            if let lane { code.append(UInt16(lane)) }
            code.setLast(start: start, destination: destination)
        }
        if opensWindow { code.emit(.closeWindow) }
    }

    /// A slot above an address and a value that were just popped: three slots at most.
    private mutating func scratchSlot() -> Int {
        stack.push(isVector: false)
        stack.push(isVector: true)
        let scratch = stack.push(isVector: false)
        stack.truncate(to: stack.count - 3)
        return scratch
    }
}

extension Opcode {
    /// The instruction that has `operation` as its plain form.
    init?(plain operation: Operation) {
        guard let opcode = Opcode.plainForms[operation] else { return nil }
        self = opcode
    }

    private static let plainForms: [Operation: Opcode] = Dictionary(
        zip(PlainLowering.all, allCases).compactMap { lowering, opcode in
            lowering.map { ($0.operation, opcode) }
        }, uniquingKeysWith: { first, _ in first })
}
