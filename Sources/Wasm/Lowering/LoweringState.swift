// Instructions on globals, references, tables and memories, and `select`.

extension BodyLowering {
    mutating func lowerState(_ opcode: Opcode) {
        switch opcode {
        case .select: lowerSelect()
        case .selectTyped:
            reader.skipImmediates(of: opcode)
            lowerSelect()
        case .globalGet, .globalSet: lowerGlobal(opcode)
        case .refNull:
            reader.skipImmediates(of: opcode)
            stack.push(.constant(0), isVector: false)
        case .refIsNull: lowerIsNull()
        case .refFunc:
            let index = reader.u32()
            let destination = stack.push(isVector: false)
            code.emit(.referenceFunction, destination)
            code.append(index)
        case .refAsNonNull:
            let reference = stack.pop()
            let source = slot(reference)
            code.emit(.referenceAsNonNull, source)
            stack.push(
                reference.place == .constant(0) ? .home : reference.place, isVector: false)
        case .tableGet, .tableSet, .tableSize, .tableGrow, .tableFill, .tableCopy, .tableInit,
            .elemDrop:
            lowerTable(opcode)
        case .memorySize, .memoryGrow, .memoryFill, .memoryCopy, .memoryInit, .dataDrop:
            lowerMemory(opcode)
        default: lowerVector(opcode)
        }
    }

    private mutating func lowerSelect() {
        let condition = popSlot()
        let second = stack.pop()
        let secondSlot = slot(second)
        let firstSlot = popSlot()
        let destination = stack.push(isVector: second.isVector)
        let mark = code.mark
        code.emit(
            second.isVector ? .selectVector : .selectValue, destination, firstSlot, secondSlot,
            condition)
        code.setLast(mark, destination: destination, second.isVector ? nil : .integer)
    }

    private mutating func lowerGlobal(_ opcode: Opcode) {
        let index = reader.u32()
        let isVector = module.globals[Int(index)].value.isVector
        if opcode == .globalGet {
            let destination = stack.push(isVector: isVector)
            let mark = code.mark
            code.emit(isVector ? .globalGetVector : .globalGetValue, destination)
            code.append(index)
            code.setLast(mark, destination: destination, isVector ? nil : .integer)
        } else {
            let source = popSlot()
            code.emit(isVector ? .globalSetVector : .globalSetValue)
            code.append(index)
            code.append(UInt16(truncatingIfNeeded: source))
        }
    }

    /// A null reference is 64 bits of zero, so that the test is that of an integer.
    private mutating func lowerIsNull() {
        let source = popSlot()
        let destination = stack.push(isVector: false)
        let mark = code.mark
        code.emit(.i64Eqz, destination, source)
        code.setLast(mark, destination: destination, .integer, opcode: .i64Eqz)
    }

    /// Pops `count` operands; their slots, the lowest first.
    private mutating func popSlots(_ count: Int) -> [Int] {
        var slots: [Int] = []
        for _ in 0..<count { slots.append(popSlot()) }
        return slots.reversed()
    }

    private mutating func lowerTable(_ opcode: Opcode) {
        let first = Int(reader.u32())
        switch opcode {
        case .tableGet:
            let index = popSlot()
            code.emit(.tableGetElement, stack.push(isVector: false), index, first)
        case .tableSet:
            let slots = popSlots(2)
            code.emit(.tableSetElement, slots[0], slots[1], first)
        case .tableSize: code.emit(.tableSizeOf, stack.push(isVector: false), first)
        case .tableGrow:
            let slots = popSlots(2)
            code.emit(.tableGrowBy, stack.push(isVector: false), slots[0], slots[1], first)
        case .tableFill:
            let slots = popSlots(3)
            code.emit(.tableFillRange, slots[0], slots[1], slots[2], first)
        case .tableCopy:
            let source = Int(reader.u32())
            let slots = popSlots(3)
            code.emit(.tableCopyRange, slots[0], slots[1], slots[2], first, source)
        case .tableInit:
            let table = Int(reader.u32())
            let slots = popSlots(3)
            code.emit(.tableInitRange, slots[0], slots[1], slots[2], table)
            code.append(UInt32(first))
        default:
            code.emit(.elementDrop)
            code.append(UInt32(first))
        }
    }

    private mutating func lowerMemory(_ opcode: Opcode) {
        let first = Int(reader.u32())
        switch opcode {
        case .memorySize: code.emit(.memorySizeOf, stack.push(isVector: false), first)
        case .memoryGrow:
            let pages = popSlot()
            code.emit(.memoryGrowBy, stack.push(isVector: false), pages, first)
        case .memoryFill:
            let slots = popSlots(3)
            code.emit(.memoryFillRange, slots[0], slots[1], slots[2], first)
        case .memoryCopy:
            let source = Int(reader.u32())
            let slots = popSlots(3)
            code.emit(.memoryCopyRange, slots[0], slots[1], slots[2], first, source)
        case .memoryInit:
            let memory = Int(reader.u32())
            let slots = popSlots(3)
            code.emit(.memoryInitRange, slots[0], slots[1], slots[2], memory)
            code.append(UInt32(first))
        default:
            code.emit(.dataDropSegment)
            code.append(UInt32(first))
        }
    }

    private mutating func lowerVector(_ opcode: Opcode) {
        switch opcode {
        case .v128Const:
            let low = reader.fixed(8)
            let high = reader.fixed(8)
            let home = stack.push(isVector: true)
            emitConstant(low, to: home)
            emitConstant(high, to: home + 1)
            _ = code.bindLabel()
        case .i8x16Shuffle:
            let low = reader.fixed(8)
            let high = reader.fixed(8)
            let second = popSlot()
            let first = popSlot()
            let destination = stack.push(isVector: true)
            let mark = code.mark
            code.emit(.shuffleLanes, destination, first, second)
            code.append(low)
            code.append(high)
            code.setLast(mark, destination: destination, nil)
        default:
            // Instantiation refuses modules with the instructions that are left.
            code.emit(.unreachableTrap)
            isReachable = false
        }
    }
}
