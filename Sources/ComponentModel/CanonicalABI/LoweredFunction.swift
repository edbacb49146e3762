import Wasm

/// A function of one component instance, lowered for another.
/// Spec: CanonicalABI "`canon lower`"
final class LoweredFunction {
    private let function: LiftedFunction
    private let context: CanonicalContext
    private let caller: InstanceReference
    private let callee: InstanceReference
    private let callerState: ComponentInstanceState
    private let calleeState: ComponentInstanceState
    private let parameters: Transfer
    private let results: Transfer
    private let parametersType: Int
    private let resultType: Int?
    /// The slot of the address where the caller wants a result that is not passed flat.
    private let resultSlot: Int
    /// The component instances that a call enters.
    private let levels: Int
    /// Whether the caller lies in the callee, or the callee in the caller.
    private let isNested: Bool

    init(_ function: LiftedFunction, _ context: CanonicalContext) {
        self.function = function
        self.context = context
        let signature = function.signature
        (callerState, calleeState) = (context.instance, function.context.instance)
        (caller, callee) = (callerState.reference, calleeState.reference)
        parameters = Transfer(signature.types, from: context, to: function.context)
        results = Transfer(signature.types, from: function.context, to: context)
        parametersType = signature.function.parameters
        resultType = signature.function.result
        let table = signature.types.table(isMemory64: false)
        resultSlot = function.spillsParameters ? 1 : Int(table[parametersType].flatCount)
        levels = calleeState.levels(from: callerState)
        isNested = calleeState.contains(callerState) || callerState.contains(calleeState)
    }

    /// Calls the function with parameters in `slots`, where its result is afterwards.
    func call(_ slots: Slots, _ stack: CallStack) throws(Trap) {
        try trapIf(!caller.mayLeave, .cannotLeave)
        try trapIf(isNested, .cannotEnter)
        try callee.enter(levels: levels)
        callee.beginTask()
        let subtask = caller.lenders
        let frame = try stack.reserve(function.slotCount)
        defer { stack.release(frame) }
        if function.spillsParameters {
            let address = context.address(slots, 0)
            frame.setU64(0, try parameters.spilled(parametersType, address, stack))
        } else {
            try parameters.flat(parametersType, slots, frame, stack)
        }
        try stack.call(function.callee, frame)
        try calleeState.checkBorrows()
        if let resultType {
            if function.spillsResult {
                try results.spilled(
                    resultType,
                    function.context.address(frame, 0),
                    to: context.address(slots, resultSlot),
                    stack
                )
            } else {
                try results.flat(resultType, frame, slots, stack)
            }
        }
        try function.callPostReturn(frame, stack)
        callee.endTask()
        callerState.endSubtask(subtask)
        callee.leave(levels: levels)
    }
}

extension CanonicalContext {
    /// The address in a slot.
    @inline(__always) func address(_ slots: Slots, _ slot: Int) -> UInt64 {
        isMemory64 ? slots.u64(slot) : UInt64(slots.u32(slot))
    }
}

/// The core function that a component's function is lowered to, for core code of the component
/// instance of `context`: values are copied from memory to memory.
/// Spec: CanonicalABI "`canon lower`"
package func canonLower(_ function: LiftedFunction, _ context: CanonicalContext) -> Function {
    let type = function.signature.coreTypeOfLowered(isMemory64: context.isMemory64)
    let lowered = LoweredFunction(function, context)
    return Function.host(context.instance.store.core, type) { (caller) throws(Trap) in
        try lowered.call(caller.slots, caller.stack)
    }
}
