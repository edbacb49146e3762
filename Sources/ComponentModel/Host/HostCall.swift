// Calls of the host by a component. No reference is counted, nothing is allocated.
//
// Invariant: a call is borrowed by the host function for as long as it lasts, and what it refers to
// lives longer.

import Wasm

/// A call of a host function by a component: flat values in slots, the caller's memory, its handles.
/// Valid during the call only.
///
/// Parameters lie in slots from 0 on; where they are more than `ComponentLimits.flatParameters`, slot 0
/// has their address. Behind them is the address where the result is wanted, if it is more than
/// `ComponentLimits.flatResults`; otherwise it goes into slot 0, once the parameters have been read.
@usableFromInline @safe package struct HostCall: ~Copyable {
    /// The slots of the lowered function's parameters and results.
    @usableFromInline package let slots: Slots
    /// The caller's memory and handles.
    @usableFromInline package let cx: LiftLowerContext
    unowned(unsafe) let function: LoweredHostFunction

    init(_ function: LoweredHostFunction, slots: Slots, _ cx: LiftLowerContext) {
        unsafe self.function = function
        self.slots = slots
        self.cx = cx
    }

    @inlinable package func i32(_ slot: Int) -> UInt32 { slots.u32(slot) }
    @inlinable package func i64(_ slot: Int) -> UInt64 { slots.u64(slot) }
    @inlinable package func f32(_ slot: Int) -> Float { Float(bitPattern: slots.u32(slot)) }
    @inlinable package func f64(_ slot: Int) -> Double { Double(bitPattern: slots.u64(slot)) }

    @inlinable package func setI32(_ slot: Int, _ value: UInt32) { slots.setU32(slot, value) }
    @inlinable package func setI64(_ slot: Int, _ value: UInt64) { slots.setU64(slot, value) }
    @inlinable package func setF32(_ slot: Int, _ value: Float) {
        slots.setU32(slot, value.bitPattern)
    }
    @inlinable package func setF64(_ slot: Int, _ value: Double) {
        slots.setU64(slot, value.bitPattern)
    }

    /// The caller's memory as it is until the guest runs.
    @inlinable package var memory: GuestMemory { cx.memory }

    /// What the embedder gave the store for host functions to find their state in.
    @usableFromInline package var contextObject: AnyObject? {
        unsafe function.context.instance.store.context
    }

    /// The store's context, which the embedder has made one of this type. Throws where there is none.
    @inlinable package func context<T: AnyObject>(as type: T.Type) throws(Trap) -> T {
        guard let object = contextObject else { throw HostCall.noContext }
        assert(object is T)
        return unsafe unsafeDowncast(object, to: T.self)
    }

    @usableFromInline static var noContext: Trap { .host("the store has no context") }

    /// Suspends the fiber that the guest runs on: whoever resumed it is told `value`, below 2^63, and
    /// says what this gives. Nothing may be held over it but values: no span of memory, no access to
    /// shared state. Throws where the run is cancelled; the host function lets that through.
    package func suspend(_ value: UInt64) throws(Trap) -> UInt64 { try cx.stack.suspend(value) }

    // MARK: Views of lists

    /// Calls `body` with the bytes of a list, which it must not keep.
    @inlinable package func withBytes<R>(
        _ list: ByteList,
        _ body: (RawSpan) throws(Trap) -> R
    ) throws(Trap) -> R {
        try memory.withBytes(list.address, list.count, body)
    }

    // MARK: Generic functions

    /// The parameters as values. Throws where one is not valid.
    package func arguments() throws(Trap) -> [Val] {
        let function = unsafe self.function
        return try GenericValues(function.signature, function.context)
            .liftParameters(slots, cx.stack)
    }

    /// Gives the caller a result, nil for none, when the parameters have been read. Throws `.host`
    /// where it is not of the function's type.
    package func setResult(_ result: Val?) throws(Trap) {
        let function = unsafe self.function
        try GenericValues(function.signature, function.context)
            .lowerResult(result, slots, cx.stack)
    }
}
