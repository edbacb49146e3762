import Wasm

/// Values of a function's types between a component and a generic caller.
/// Spec: CanonicalABI "Lifting and Lowering Values"
struct GenericValues {
    private let signature: CanonicalSignature
    private let context: CanonicalContext
    private let table: TypeTable

    init(_ signature: CanonicalSignature, _ context: CanonicalContext) {
        self.signature = signature
        self.context = context
        table = signature.types.table(isMemory64: context.isMemory64)
    }

    /// Throws `.host` where the arguments are not of the parameters' types.
    func check(_ arguments: [Val]) throws(Trap) {
        let parameters = table[signature.function.parameters]
        guard arguments.count == Int(parameters.count) else {
            throw .host(
                "the function takes \(parameters.count) parameters, not \(arguments.count)"
            )
        }
        let matching = ValMatching(types: signature.types, table: table)
        for (index, argument) in arguments.enumerated()
        where !matching.matches(argument, Int(table.child(parameters, index).node)) {
            throw .host("argument \(index + 1) is not of the parameter's type")
        }
    }

    /// Writes arguments that match the types into the slots of the function that is called.
    /// Spec: `lower_flat_values`
    func lowerParameters(_ arguments: [Val], _ slots: Slots, _ stack: CallStack) throws(Trap) {
        let lowering = ValLowering(signature.types, context, stack)
        let place = signature.function.parameters
        guard signature.spillsParameters else {
            return try lowering.lower(.tuple(arguments), place, FlatPlace(slots))
        }
        let type = table[place]
        let address = try context.allocate(
            stack,
            UInt64(type.alignment),
            UInt64(type.size),
            .host,
            .pointerOutOfBounds
        )
        slots.setU64(0, address)
        try lowering.lower(.tuple(arguments), place, MemoryPlace(context.memory, address))
    }

    /// Reads the result from the slots of the function that was called.
    /// Spec: `lift_flat_values`
    func liftResult(_ slots: Slots, _ stack: CallStack) throws(Trap) -> Val? {
        guard let place = signature.function.result else { return nil }
        var lifting = ValLifting(signature.types, context, stack)
        guard signature.spillsResult else { return try lifting.lift(place, FlatPlace(slots)) }
        let address = context.address(slots, 0)
        try context.check(address, table[place])
        return try lifting.lift(place, MemoryPlace(context.memory, address))
    }

    /// Reads the arguments from the slots of a function of the host that is called.
    func liftParameters(_ slots: Slots, _ stack: CallStack) throws(Trap) -> [Val] {
        var lifting = ValLifting(signature.types, context, stack)
        let place = signature.function.parameters
        var arguments: Val
        if signature.spillsParameters {
            let address = context.address(slots, 0)
            try context.check(address, table[place])
            arguments = try lifting.lift(place, MemoryPlace(context.memory, address))
        } else {
            arguments = try lifting.lift(place, FlatPlace(slots))
        }
        guard case .tuple(let values) = arguments else { return [] }
        return values
    }

    /// Writes the result of a function of the host to where the caller wants it. Throws `.host` where
    /// it is not of the result's type.
    func lowerResult(_ result: Val?, _ slots: Slots, _ stack: CallStack) throws(Trap) {
        guard let place = signature.function.result else {
            guard result == nil else { throw .host("the function has no result") }
            return
        }
        let matching = ValMatching(types: signature.types, table: table)
        guard let result, matching.matches(result, place) else {
            throw .host("the host's result is not of the function's type")
        }
        let lowering = ValLowering(signature.types, context, stack)
        guard signature.spillsResult else {
            return try lowering.lower(result, place, FlatPlace(slots))
        }
        let flat = Int(table[signature.function.parameters].flatCount)
        let address = context.address(slots, signature.spillsParameters ? 1 : flat)
        try context.check(address, table[place])
        try lowering.lower(result, place, MemoryPlace(context.memory, address))
    }
}

extension ResourceHandle {
    init(_ type: ResourceNumber, _ representation: UInt32) {
        self.init(resource: Int(bitPattern: type.bits), representation: representation)
    }

    /// The resource type.
    package var number: ResourceNumber { ResourceNumber(bits: UInt(bitPattern: resource)) }
}
