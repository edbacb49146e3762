// Calls: the arguments lie in their homes, where the callee's frame begins; its results take their
// place.

extension BodyLowering {
    mutating func lowerCall(_ opcode: Opcode) {
        switch opcode {
        case .call:
            let index = reader.u32()
            let type = functionType(module.functions[Int(index)])
            let base = beginCall(type)
            if let defined = definedIndex(index) {
                code.emit(.callDirect, base)
                code.append(context.entryAddress(defined))
            } else {
                code.emit(.callFunction, base)
                code.append(index)
            }
            endCall(type)
        case .callIndirect:
            let (type, table, index) = indirectCallee()
            let base = beginCall(functionType(type))
            code.emit(is64(table) ? .callTable64 : .callTable, base, index, table)
            code.append(context.typeIDs[Int(type)])
            endCall(functionType(type))
        case .callRef:
            let type = functionType(reader.u32())
            let function = calleeSlot()
            let base = beginCall(type)
            code.emit(.callReference, base, function)
            endCall(type)
        case .returnCall:
            let index = reader.u32()
            let base = beginCall(functionType(module.functions[Int(index)]))
            code.emit(.tailCallFunction, base, header)
            code.append(index)
            isReachable = false
        case .returnCallIndirect:
            let (type, table, index) = indirectCallee()
            let base = beginCall(functionType(type))
            code.emit(
                is64(table) ? .tailCallTable64 : .tailCallTable, base, header, index, table)
            code.append(context.typeIDs[Int(type)])
            isReachable = false
        default:
            let type = functionType(reader.u32())
            let function = calleeSlot()
            let base = beginCall(type)
            code.emit(.tailCallReference, base, header, function)
            isReachable = false
        }
    }

    private func functionType(_ index: TypeIndex) -> FunctionType {
        module.functionType(index) ?? FunctionType(parameters: [], results: [])
    }

    private func definedIndex(_ function: UInt32) -> Int? {
        let index = Int(function) - module.importedFunctionCount
        return index >= 0 ? index : nil
    }

    private func is64(_ table: Int) -> Bool { module.tables[table].addressType == .i64 }

    private mutating func indirectCallee() -> (type: UInt32, table: Int, index: Int) {
        let type = reader.u32()
        let table = Int(reader.u32())
        return (type, table, calleeSlot())
    }

    /// The slot of what says which function is called, above the arguments: nothing that is done to
    /// put those into their homes writes to it.
    private mutating func calleeSlot() -> Int { popSlot() }

    /// Puts the arguments into their homes and pops them; the slot of the first.
    private mutating func beginCall(_ type: FunctionType) -> Int {
        let count = type.parameters.count
        materialize(count)
        let base = stack.base(count)
        stack.truncate(to: stack.count - count)
        return base
    }

    private mutating func endCall(_ type: FunctionType) {
        for result in type.results { stack.push(isVector: result.isVector) }
    }
}
