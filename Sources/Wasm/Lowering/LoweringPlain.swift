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
        let mark = code.mark
        if let (operation, operand) = accumulated(opcode, plain, slots.0, slots.1) {
            code.emit(operation, destination, operand)
        } else {
            switch count {
            case 1: code.emit(plain.operation, destination, slots.0)
            case 2: code.emit(plain.operation, destination, slots.0, slots.1)
            default: code.emit(plain.operation, destination, slots.0, slots.1, slots.2)
            }
            if let lane { code.append(UInt16(lane)) }
        }
        code.setLast(mark, destination: destination, opcode.accumulator, opcode: opcode)
    }

    /// The form of a binary operation that takes one operand from an accumulator, and the slot of the
    /// other; nil where no accumulator holds one.
    private func accumulated(
        _ opcode: Opcode, _ plain: PlainLowering, _ first: Int, _ second: Int
    ) -> (Operation, Int)? {
        guard let accumulator = code.accumulator, accumulator.kind == opcode.accumulator else {
            return nil
        }
        if let form = plain.accumulator, accumulator.slot == first { return (form, second) }
        if accumulator.slot == second, plain.mirrored == plain.operation, let form = plain.accumulator {
            return (form, first)
        }
        return nil
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
        let mark = code.mark
        let accumulated = PlainLowering.all[Int(form.rawValue)]?.accumulatorImmediate
        if let accumulated, code.accumulator == .init(slot: source, kind: .integer) {
            code.emit(accumulated, destination)
        } else {
            code.emit(operation, destination, source)
        }
        if form.instruction.signature?.operands.last == .f64 {
            code.append(constant)
        } else {
            code.append(UInt32(truncatingIfNeeded: constant))
        }
        var sum: CodeBuffer.Sum?
        if form == .i32Add {
            sum = .init(source: source, constant: UInt32(truncatingIfNeeded: constant))
        } else if form == .i32Sub {
            sum = .init(source: source, constant: 0 &- UInt32(truncatingIfNeeded: constant))
        }
        code.setLast(
            mark, destination: destination, form.accumulator, opcode: form, isImmediate: true,
            sum: sum)
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
        let address = stack.pop()
        let memory = module.memories[Int(memarg.memory)]
        let opensWindow =
            memarg.memory != 0 || memory.addressType == .i64 || memarg.offset > UInt32.max
        let sum = opensWindow || plain.sum == nil ? nil : takeSum(address, below: value)
        var addressSlot = sum?.source ?? slot(address)
        if let value, case .constant(let bits) = value.place, let form = plain.immediate,
            sum == nil, !opensWindow, fits(bits, opcode)
        {
            let mark = code.mark
            code.emit(form, addressSlot)
            code.append(UInt32(truncatingIfNeeded: bits))
            code.append(UInt32(truncatingIfNeeded: memarg.offset))
            code.keepAccumulator(mark)
            return
        }
        let valueSlot = value.map { slot($0) } ?? 0
        if opensWindow {
            let scratch = scratchSlot()
            code.emit(.openWindow, scratch, addressSlot, Int(memarg.memory))
            code.append(memarg.offset)
            addressSlot = scratch
        }
        let offset = opensWindow ? 0 : UInt32(truncatingIfNeeded: memarg.offset)
        let operation = sum.flatMap { _ in plain.sum } ?? plain.operation
        let mark = code.mark
        var destination: Int?
        if plain.shape == .store {
            code.emit(operation, addressSlot, valueSlot)
        } else {
            let home = stack.push(isVector: instruction.signature?.result == .v128)
            code.emit(operation, home, addressSlot)
            if value != nil { code.append(UInt16(truncatingIfNeeded: valueSlot)) }
            destination = home
        }
        code.append(offset)
        if let lane { code.append(UInt16(lane)) }
        if let sum { code.append(sum.constant) }
        if let destination {
            code.setLast(mark, destination: destination, opcode.accumulator)
        } else {
            code.keepAccumulator(mark)
        }
        if opensWindow { code.emit(.closeWindow) }
    }

    /// Takes back the addition of a constant that computed `address`, if that was emitted last and what
    /// was added to is still there when the access is made: a constant `value` is written to its own slot
    /// before, which is above that of the address, as the second operand of the addition may have been.
    private mutating func takeSum(
        _ address: LoweringStack.Operand, below value: LoweringStack.Operand?
    ) -> CodeBuffer.Sum? {
        guard isPending(address), let sum = code.last?.operation.sum else { return nil }
        if case .constant? = value?.place, sum.source > slot(address) { return nil }
        _ = code.takeLast()
        return sum
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
    /// The accumulator that holds the result of the instruction's operations.
    var accumulator: CodeBuffer.Accumulator.Kind? {
        switch instruction.signature?.result {
        case .i32, .i64: .integer
        case .f64: .floating
        default: nil
        }
    }

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
