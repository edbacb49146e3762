// Calls of core functions with their arguments in slots, for hosts that call often: nothing is
// allocated, nothing is counted.
//
// Invariant: slots are reserved and released in the order of a stack, within `Store.enter` or a host
// call; a reference to a function or a memory is used while its store lives.

import Fiber

/// Slots of 64 bits, for parameters and results: an `i32` or `f32` is in the low half of its own.
@usableFromInline @safe package struct Slots {
    @usableFromInline let address: UnsafeMutableRawPointer

    @inlinable @inline(__always) init(address: UnsafeMutableRawPointer) {
        unsafe self.address = address
    }

    /// No slots: none may be read or written.
    @inlinable package static var none: Slots {
        unsafe Slots(address: UnsafeMutableRawPointer(bitPattern: 8).unsafelyUnwrapped)
    }

    @inlinable @inline(__always) package func u32(_ slot: Int) -> UInt32 {
        unsafe address.load(fromByteOffset: slot &* 8, as: UInt32.self)
    }
    @inlinable @inline(__always) package func u64(_ slot: Int) -> UInt64 {
        unsafe address.load(fromByteOffset: slot &* 8, as: UInt64.self)
    }

    /// Sets the whole slot, its high half to zero.
    @inlinable @inline(__always) package func setU32(_ slot: Int, _ value: UInt32) {
        setU64(slot, UInt64(truncatingIfNeeded: value))
    }
    @inlinable @inline(__always) package func setU64(_ slot: Int, _ value: UInt64) {
        unsafe address.storeBytes(of: value, toByteOffset: slot &* 8, as: UInt64.self)
    }

    /// The slots from `slot` on.
    @inlinable @inline(__always) package func advanced(_ slot: Int) -> Slots {
        unsafe Slots(address: address + slot &* 8)
    }
}

/// The stack on which a store's functions run, where the host may reserve slots and call.
@usableFromInline @safe package struct CallStack {
    let context: Context

    /// Reserves `count` slots at the stack's top, whose contents are undefined. They are to be given
    /// to `release` when they are no longer needed. Throws where the stack is exhausted.
    package func reserve(_ count: Int) throws(Trap) -> Slots {
        let frame = context.top
        guard count < Limits.frameSlots, context.hasRoom(frame, 8 * count) else {
            throw Trap(.callStackExhausted)
        }
        context.top = frame.advanced(count)
        return unsafe Slots(address: frame.address)
    }

    /// Gives back `slots`, and what was reserved since.
    package func release(_ slots: Slots) {
        unsafe context.top = Frame(slots.address)
    }

    /// Calls a function whose arguments are in `slots`, where its results are afterwards. The slots
    /// must be reserved, as many as its parameters and as its results take. Throws what ended the run.
    package func call(_ function: FunctionReference, _ slots: Slots) throws(Trap) {
        guard !Fiber.isCurrent || Fiber.remainingStackBytes > Limits.hostStackReserve,
            let activation = unsafe context.record.pointee.activation
        else { throw Trap(.callStackExhausted) }
        // The rethrowing closure cannot say what it throws.
        let trap: Trap? = unsafe activation._withUnsafeGuaranteedRef { activation in
            do throws(Trap) {
                unsafe try activation.run(function, in: Frame(slots.address))
                return nil
            } catch {
                return error
            }
        }
        if let trap { throw trap }
    }

    /// Bytes of stack that are left to host code before `Limits.hostStackReserve` is touched.
    package var remainingHostBytes: Int {
        Fiber.isCurrent ? Fiber.remainingStackBytes - Limits.hostStackReserve : .max
    }

    /// Counts work on `bytes` that has no safepoint in it, a safepoint for each 64 and one at least. Others
    /// may run meanwhile. Throws where the run is to end.
    package func charge(bytes: Int) throws(Trap) {
        context.charge(UInt64(bytes) / 64)
        if context.countDown(), let kind = context.safepoint() { throw Trap(kind) }
    }

    /// Suspends the fiber that the guest runs on: whoever resumed it is told `value`, below 2^63,
    /// and says what this gives. Throws where the run is cancelled; the host function lets that
    /// through. Must be called on a fiber.
    package func suspend(_ value: UInt64) throws(Trap) -> UInt64 {
        guard let store = context.store else {
            throw .host("a host function can suspend a guest on a fiber only")
        }
        return try store.suspend(value)
    }
}

extension Store {
    /// Calls `body` with the stack of what runs in the store, with one of the engine's where nothing
    /// runs. Throws what `body` throws, or that there is no memory for a stack.
    package func enter<R>(_ body: (CallStack) throws(Trap) -> R) throws(Trap) -> R {
        try withActivation { (activation) throws(Trap) in
            try body(CallStack(context: activation.context))
        }
    }
}

extension Caller {
    /// The slots of parameters and results.
    package var slots: Slots { unsafe Slots(address: frame.address) }

    /// The stack that the caller runs on.
    package var stack: CallStack { CallStack(context: context) }
}

/// The address of a memory.
@usableFromInline @safe package struct MemoryReference {
    @usableFromInline let record: UnsafeMutablePointer<MemoryRecord>

    package init(_ memory: Memory) { unsafe record = memory.record }

    /// A memory without a byte.
    package init(emptyOf engine: Engine) { unsafe record = engine.emptyMemory }

    /// Its bytes, as they are until a guest runs again.
    @inlinable @inline(__always) package var contents: GuestMemory {
        unsafe GuestMemory(view: MemoryView(record.pointee.base, record.pointee.byteCount))
    }
}
