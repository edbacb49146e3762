import Wasm

/// The options of a lifted or lowered function, and the component instance that it belongs to.
/// Spec: CanonicalABI "Lifting and Lowering Context" (`LiftLowerContext`)
package final class CanonicalContext {
    package let instance: ComponentInstanceState
    package let memory: MemoryReference
    /// Whether addresses in the memory have 64 bits.
    package let isMemory64: Bool
    package let realloc: FunctionReference?
    package let stringEncoding: StringEncoding

    package init(
        instance: ComponentInstanceState,
        memory: Memory? = nil,
        realloc: Function? = nil,
        stringEncoding: StringEncoding = .utf8
    ) {
        self.instance = instance
        self.memory =
            memory.map(MemoryReference.init)
            ?? MemoryReference(emptyOf: instance.store.core.engine)
        isMemory64 = memory?.type.addressType == .i64
        self.realloc = realloc.map(FunctionReference.init)
        self.stringEncoding = stringEncoding
    }
}
