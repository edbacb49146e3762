import Wasm

/// The options of a lifted or lowered function, and the component instance that it belongs to.
/// Spec: CanonicalABI "Lifting and Lowering Context" (`LiftLowerContext`)
package final class CanonicalContext {
    package let instance: ComponentInstanceState
    /// The instance as calls know it.
    let reference: InstanceReference
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
        reference = instance.reference
        self.memory =
            memory.map(MemoryReference.init)
            ?? MemoryReference(emptyOf: instance.store.core.engine)
        isMemory64 = memory?.type.addressType == .i64
        self.realloc = realloc.map(FunctionReference.init)
        self.stringEncoding = stringEncoding
    }

    /// What marks a length of the encoding latin1+utf16 as one of UTF-16 code units.
    /// Spec: CanonicalABI "Loading" (`utf16_tag`)
    var utf16Tag: UInt64 { isMemory64 ? 1 << 63 : 1 << 31 }

    // MARK: Memory

    /// Whether `count` bytes at `address` are within the memory.
    @inline(__always) func holds(_ address: UInt64, _ count: UInt64) -> Bool {
        let (end, overflow) = address.addingReportingOverflow(count)
        return !overflow && end <= memory.contents.byteCount
    }

    /// Throws where a value of the type is not aligned at `address`, or not within the memory.
    func check(_ address: UInt64, _ type: TypeNode) throws(Trap) {
        try trapIf(address & UInt64(type.alignment - 1) != 0, .unaligned)
        try trapIf(!holds(address, UInt64(type.size)), .pointerOutOfBounds)
    }

    /// Memory of `byteCount` bytes that the guest gives: its address. Throws where that is not aligned
    /// or not so much memory, `outOfBounds` to a component.
    func allocate(
        _ stack: CallStack,
        _ alignment: UInt64,
        _ byteCount: UInt64,
        _ peer: Peer,
        _ outOfBounds: @autoclosure () -> Trap
    ) throws(Trap) -> UInt64 {
        try reallocate(stack, 0, 0, alignment, byteCount, peer, outOfBounds())
    }

    /// Memory of `newCount` bytes that begins with what is in `oldCount` bytes at `old`.
    /// Spec: `LiftLowerContext.reallocate`
    func reallocate(
        _ stack: CallStack,
        _ old: UInt64,
        _ oldCount: UInt64,
        _ alignment: UInt64,
        _ newCount: UInt64,
        _ peer: Peer,
        _ outOfBounds: @autoclosure () -> Trap
    ) throws(Trap) -> UInt64 {
        // Validation sees to it that there is one where it is needed.
        guard let realloc else { throw .host("a function was lowered without realloc") }
        let slots = try stack.reserve(4)
        defer { stack.release(slots) }
        slots.setU64(0, old)
        slots.setU64(1, oldCount)
        slots.setU64(2, alignment)
        slots.setU64(3, newCount)
        reference.mayLeave = false
        try stack.call(realloc, slots)
        reference.mayLeave = true
        let address = isMemory64 ? slots.u64(0) : UInt64(slots.u32(0))
        try trapIf(address & (alignment - 1) != 0, peer.reallocUnaligned)
        try trapIf(!holds(address, newCount), peer.reallocOutOfBounds(outOfBounds()))
        return address
    }
}
