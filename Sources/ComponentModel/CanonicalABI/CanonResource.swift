import Wasm

/// Spec: CanonicalABI "`canon resource.new`"
package func canonResourceNew(
    _ type: ResourceNumber,
    _ instance: ComponentInstanceState
) -> Function {
    canonResource(instance, results: [.i32]) { (slots, _) throws(Trap) in
        try trapIf(!instance.reference.mayLeave, .cannotLeave)
        slots.setU32(0, try instance.lowerOwn(slots.u32(0), type))
    }
}

/// Spec: CanonicalABI "`canon resource.rep`"
package func canonResourceRep(
    _ type: ResourceNumber,
    _ instance: ComponentInstanceState
) -> Function {
    canonResource(instance, results: [.i32]) { (slots, _) throws(Trap) in
        slots.setU32(0, try instance.rep(slots.u32(0), type))
    }
}

/// Spec: CanonicalABI "`canon resource.drop`"
package func canonResourceDrop(
    _ type: ResourceNumber,
    _ instance: ComponentInstanceState
) -> Function {
    canonResource(instance, results: []) { (slots, stack) throws(Trap) in
        try trapIf(!instance.reference.mayLeave, .cannotLeave)
        guard let rep = try instance.drop(slots.u32(0), type) else { return }
        try instance.store.destroy(type, rep, from: instance, stack)
    }
}

private func canonResource(
    _ instance: ComponentInstanceState,
    results: [ValueType],
    _ body: @escaping (Slots, CallStack) throws(Trap) -> Void
) -> Function {
    Function.host(instance.store.core, FunctionType(parameters: [.i32], results: results)) {
        (caller) throws(Trap) in
        try body(caller.slots, caller.stack)
    }
}

extension ComponentStore {
    /// Calls a resource's destructor, nil `caller` from the host. Throws what ended its run.
    func destroy(
        _ type: ResourceNumber,
        _ rep: UInt32,
        from caller: ComponentInstanceState?,
        _ stack: CallStack
    ) throws(Trap) {
        guard let number = type.defined else {
            try type.hostType?.destructor(context, rep)
            return
        }
        guard let type = resource(number) else { throw .host("a resource type was not defined") }
        let levels = type.impl.levels(from: caller)
        let instance = type.impl.reference
        try instance.enter(levels: levels)
        if let destructor = type.destructor {
            instance.beginTask()
            let slots = try stack.reserve(1)
            defer { stack.release(slots) }
            slots.setU32(0, rep)
            try stack.call(destructor, slots)
            try type.impl.checkBorrows()
            instance.endTask()
        }
        instance.leave(levels: levels)
    }

    /// Drops a resource that a generic caller owns: its destructor is called. Throws what ended that.
    package func drop(_ resource: ResourceHandle) throws(Trap) {
        try core.enter { (stack) throws(Trap) in
            try destroy(resource.number, resource.representation, from: nil, stack)
        }
    }
}
