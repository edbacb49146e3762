import Wasm

/// A function of a component instance: what `canon lift` makes of a core function.
/// Spec: CanonicalABI "`canon lift`"
package final class LiftedFunction {
    package let signature: CanonicalSignature
    package let context: CanonicalContext
    let callee: FunctionReference
    private let postReturn: FunctionReference?
    /// What signature says, once and for all.
    let spillsParameters: Bool
    let spillsResult: Bool
    /// Slots of the core function's parameters and results.
    let slotCount: Int
    /// The component instances that the host enters when it calls.
    private let levels: Int

    package init(
        _ callee: Function,
        _ signature: CanonicalSignature,
        _ context: CanonicalContext,
        postReturn: Function? = nil
    ) {
        self.signature = signature
        self.context = context
        self.callee = FunctionReference(callee)
        self.postReturn = postReturn.map(FunctionReference.init)
        spillsParameters = signature.spillsParameters
        spillsResult = signature.spillsResult
        let type = signature.coreTypeOfLifted(isMemory64: context.isMemory64)
        slotCount = max(type.parameters.count, type.results.count)
        levels = context.instance.levels(from: nil)
    }

    /// Calls the function from the host: `lower` writes the parameters into slots, `lift` reads the
    /// result from them before the function is told that it may let go of it. Throws what ended the
    /// run.
    package func call<R>(
        lower: (LiftLowerContext, Slots) throws(Trap) -> Void,
        lift: (LiftLowerContext, Slots) throws(Trap) -> R
    ) throws(Trap) -> R {
        try context.instance.store.core.enter { (stack) throws(Trap) in
            let instance = context.reference
            try instance.enter(levels: levels)
            instance.beginTask()
            let slots = try stack.reserve(slotCount)
            defer { stack.release(slots) }
            let cx = LiftLowerContext(context, stack)
            try lower(cx, slots)
            try stack.call(callee, slots)
            let result = try lift(cx, slots)
            try context.instance.checkBorrows()
            try callPostReturn(slots, stack)
            instance.endTask()
            instance.leave(levels: levels)
            return result
        }
    }

    /// Calls what the function wants to be called when its results have been read; `slots` has them.
    @inline(__always) func callPostReturn(_ slots: Slots, _ stack: CallStack) throws(Trap) {
        guard let postReturn else { return }
        let instance = context.reference
        instance.mayLeave = false
        try stack.call(postReturn, slots)
        instance.mayLeave = true
    }

    /// Calls the function with values of its parameters' types; its result, nil where it has none.
    /// Throws `.host` where an argument is not of its type, and what ended the run.
    package func call(_ arguments: [Val]) throws(Trap) -> Val? {
        let values = GenericValues(signature, context)
        try values.check(arguments)
        return try call { (cx, slots) throws(Trap) in
            try values.lowerParameters(arguments, slots, cx.stack)
        } lift: { (cx, slots) throws(Trap) in
            try values.liftResult(slots, cx.stack)
        }
    }

    /// Calls the function with values of Swift types, of which its type must be made. Throws what ended
    /// the run.
    package func call<each P: LowerableValue, R: LiftableValue>(
        _ arguments: repeat each P,
        returning: R.Type
    ) throws(Trap) -> R {
        var layout = RecordLayout()
        for type in repeat (each P).self { layout.add(type) }
        let table = signature.types.table(isMemory64: context.isMemory64)
        let parameters = table[signature.function.parameters]
        let result = signature.function.result.map { table[$0] }
        guard layout.flatCount == Int(parameters.flatCount),
            layout.alignedSize == Int(parameters.size), R.size == Int(result?.size ?? 0)
        else { throw .host("the function is called with values that are not of its type") }
        return try call { (cx, slots) throws(Trap) in
            var writer = RecordWriter(cx, slots)
            if spillsParameters { try writer.spill(layout) }
            repeat try writer.add(each arguments)
        } lift: { (cx, slots) throws(Trap) in
            guard R.flatCount > ComponentLimits.flatResults else {
                return try R.liftFlat(cx, slots)
            }
            let address = UInt64(slots.u32(0))
            try cx.check(address, R.size, R.alignment)
            return try R.load(from: cx, at: address)
        }
    }
}
