/// A function of an instance or of the host.
/// Spec: core/exec/runtime#function-instances
@safe package struct Function {
    package let store: Store
    let record: UnsafeMutablePointer<FunctionRecord>

    init(_ store: Store, _ record: UnsafeMutablePointer<FunctionRecord>) {
        self.store = store
        unsafe self.record = record
    }

    /// The canonical id of its type.
    var typeID: UInt32 { unsafe record.pointee.type }

    /// Its type; type indices in it are canonical ids of the engine.
    package var type: FunctionType {
        guard case .function(let type) = store.engine.types.composite(typeID) else {
            return FunctionType(parameters: [], results: [])
        }
        return type
    }

    /// Calls the function. Throws what ended the run; `.host` where the arguments are not of the
    /// function's type.
    package func call(_ arguments: [Value]) throws(Trap) -> [Value] {
        let type = type
        guard arguments.count == type.parameters.count,
            zip(arguments, type.parameters).allSatisfy({ $0.matches($1, store.engine) })
        else { throw .host("the arguments are not of the function's type \(type)") }
        return try store.withActivation { (activation) throws(Trap) in
            let frame = activation.context.top
            let least = 8 * (type.headerSlot + Frame.headerSlots)
            guard activation.context.hasRoom(frame, least) else { throw Trap(.callStackExhausted) }
            var slot = 0
            for (argument, parameter) in zip(arguments, type.parameters) {
                argument.store(in: frame, slot)
                slot += parameter.slotCount
            }
            try activation.run(FunctionReference(self), in: frame)
            slot = 0
            return type.results.map { result in
                defer { slot += result.slotCount }
                return Value(result, in: frame, slot, store: store)
            }
        }
    }
}

extension FunctionReference {
    package init(_ function: Function) { unsafe self.init(function.record) }
}

extension FunctionType: CustomStringConvertible {
    package var description: String {
        let parameters = parameters.map(\.description).joined(separator: ", ")
        let results = results.map(\.description).joined(separator: ", ")
        return "(\(parameters)) -> (\(results))"
    }
}
