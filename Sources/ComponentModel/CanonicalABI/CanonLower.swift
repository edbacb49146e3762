import Wasm

/// The core function that a component's function is lowered to, for core code of the component
/// instance of `context`: values are copied from memory to memory.
/// Spec: CanonicalABI "`canon lower`"
package func canonLower(_ function: LiftedFunction, _ context: CanonicalContext) -> Function {
    let type = function.signature.coreTypeOfLowered(isMemory64: context.isMemory64)
    return Function.host(context.instance.store.core, type) { (_: borrowing Caller) throws(Trap) in
        throw .host("nothing is lowered yet")
    }
}

/// The core function that a function of the host is lowered to.
package func canonLower(
    _ function: HostFunctionDefinition,
    _ signature: CanonicalSignature,
    _ context: CanonicalContext
) -> Function {
    let type = signature.coreTypeOfLowered(isMemory64: context.isMemory64)
    return Function.host(context.instance.store.core, type, effect: function.effect) {
        (_: borrowing Caller) throws(Trap) in
        throw .host("nothing is lowered yet")
    }
}

/// Spec: CanonicalABI "`canon resource.new`"
package func canonResourceNew(_ type: ResourceNumber, _ instance: ComponentInstanceState)
    -> Function
{
    canonResource(instance, results: [.i32])
}

/// Spec: CanonicalABI "`canon resource.drop`"
package func canonResourceDrop(_ type: ResourceNumber, _ instance: ComponentInstanceState)
    -> Function
{
    canonResource(instance, results: [])
}

/// Spec: CanonicalABI "`canon resource.rep`"
package func canonResourceRep(_ type: ResourceNumber, _ instance: ComponentInstanceState)
    -> Function
{
    canonResource(instance, results: [.i32])
}

private func canonResource(_ instance: ComponentInstanceState, results: [ValueType]) -> Function {
    Function.host(instance.store.core, FunctionType(parameters: [.i32], results: results)) {
        (_: borrowing Caller) throws(Trap) in
        throw .host("nothing is done to resources yet")
    }
}
