import Wasm

/// A function of the host, lowered for a component instance.
package final class LoweredHostFunction {
    package let context: CanonicalContext
    let signature: CanonicalSignature
    let body: HostFunctionDefinition.Body

    init(
        _ definition: HostFunctionDefinition,
        _ signature: CanonicalSignature,
        _ context: CanonicalContext
    ) {
        body = definition.body
        self.signature = signature
        self.context = context
    }

    /// Calls the function with parameters in `slots`, where its result is afterwards.
    func call(_ slots: Slots, _ stack: CallStack) throws(Trap) {
        let instance = context.reference
        try trapIf(!instance.mayLeave, .cannotLeave)
        let subtask = instance.lenders
        try body(HostCall(self, slots: slots, LiftLowerContext(context, stack)))
        if instance.lenders != subtask { context.instance.endSubtask(subtask) }
    }
}

/// The core function that a function of the host is lowered to.
/// Spec: CanonicalABI "`canon lower`"
package func canonLower(
    _ function: HostFunctionDefinition,
    _ signature: CanonicalSignature,
    _ context: CanonicalContext
) -> Function {
    let store = context.instance.store.core
    let type = signature.coreTypeOfLowered(isMemory64: context.isMemory64)
    guard !context.isMemory64 || !signature.hasPointers && !signature.spillsParameters else {
        return Function.host(store, type, effect: function.effect) { (_) throws(Trap) in
            throw .host("functions of the host are not passed addresses of 64 bits")
        }
    }
    let lowered = LoweredHostFunction(function, signature, context)
    return Function.host(store, type, effect: function.effect) { (caller) throws(Trap) in
        try lowered.call(caller.slots, caller.stack)
    }
}
