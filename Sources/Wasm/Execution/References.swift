// Addresses of records with the operations that the interpreter's loop has on them.
//
// Invariant: as in Records.swift, whoever holds one of these knows that the record is alive; indices
// come from validated code.

/// The address of a function's entry.
@safe struct Callee {
    private let entry: UnsafeMutablePointer<FunctionEntry>

    @inline(__always) init(_ entry: UnsafeMutablePointer<FunctionEntry>) {
        unsafe self.entry = entry
    }

    @inline(__always) init(bits: UInt64) {
        unsafe entry = UnsafeMutablePointer(bitPattern: UInt(bits)).unsafelyUnwrapped
    }

    @inline(__always) var code: ProgramCounter { unsafe ProgramCounter(entry.pointee.code) }
    @inline(__always) var frameBytes: Int { unsafe entry.pointee.frameBytes }
    @inline(__always) var header: Int { unsafe Int(entry.pointee.header) }
}

/// A function reference that is not null: the address of a function's record.
@safe package struct FunctionReference {
    /// As it stands in a slot.
    let bits: UInt64

    @inline(__always) init(bits: UInt64) { self.bits = bits }

    @inline(__always) init(_ record: UnsafeMutablePointer<FunctionRecord>) {
        bits = UInt64(UInt(bitPattern: record))
    }

    @inline(__always) var record: UnsafeMutablePointer<FunctionRecord> {
        unsafe UnsafeMutablePointer(bitPattern: UInt(bits)).unsafelyUnwrapped
    }

    @inline(__always) var callee: Callee { unsafe Callee(record.pointee.entry) }

    /// Whether a caller in `instance` need not change it: host functions run in any.
    @inline(__always) func runs(in instance: InstanceReference) -> Bool {
        let own = unsafe UInt(bitPattern: record.pointee.instance)
        return own == instance.bits || own == 0
    }

    /// The function's instance; only where `runs(in:)` is false.
    @inline(__always) var instance: InstanceReference {
        unsafe InstanceReference(bits: UInt(bitPattern: record.pointee.instance))
    }
}

/// The address of a global's record.
@safe struct GlobalReference {
    private let record: UnsafeMutablePointer<GlobalRecord>

    @inline(__always) init(_ record: UnsafeMutablePointer<GlobalRecord>) {
        unsafe self.record = record
    }

    @inline(__always) var value: UInt64 { unsafe record.pointee.low }
    @inline(__always) var vector: V128 { unsafe v128(record.pointee.low, record.pointee.high) }
    @inline(__always) func setValue(_ value: UInt64) { unsafe record.pointee.low = value }
    @inline(__always) func setVector(_ value: V128) {
        unsafe UnsafeMutableRawPointer(record).storeBytes(of: value, as: V128.self)
    }
}

/// The address of an instance's record.
@safe struct InstanceReference {
    let bits: UInt

    @inline(__always) init(bits: UInt) { self.bits = bits }

    @inline(__always) init(_ record: UnsafeMutablePointer<InstanceRecord>) {
        bits = UInt(bitPattern: record)
    }

    @inline(__always) var record: UnsafeMutablePointer<InstanceRecord> {
        unsafe UnsafeMutablePointer(bitPattern: bits).unsafelyUnwrapped
    }

    /// The first memory, as it is now.
    @inline(__always) var memory: MemoryView {
        unsafe InstanceReference.view(record.pointee.firstMemory)
    }

    /// The memory with this index, as it is now.
    @inline(__always) func memory(_ index: Int) -> MemoryView {
        unsafe InstanceReference.view(record.pointee.memories[index])
    }

    @inline(__always) private static func view(
        _ memory: UnsafeMutablePointer<MemoryRecord>
    ) -> MemoryView {
        unsafe MemoryView(memory.pointee.base, memory.pointee.byteCount)
    }

    @inline(__always) func function(_ index: UInt32) -> FunctionReference {
        unsafe FunctionReference(record.pointee.functions[Int(index)])
    }

    @inline(__always) func global(_ index: UInt32) -> GlobalReference {
        unsafe GlobalReference(record.pointee.globals[Int(index)])
    }

    /// The function in a table at `index`, if its type is `type`, a canonical id, or a subtype.
    /// Spec: core/exec/instructions#exec-call-indirect
    @inline(__always) func callee(
        table: Int, index: UInt64, type: UInt32, _ context: Context
    ) -> (Trap.Kind?, FunctionReference) {
        let table = unsafe record.pointee.tables[table]
        guard unsafe _fastPath(index < table.pointee.count) else {
            return (.undefinedElement, FunctionReference(bits: 0))
        }
        let function = unsafe FunctionReference(bits: table.pointee.base[Int(index)])
        guard _fastPath(function.bits != 0) else {
            return (context.uninitializedElement(index), function)
        }
        guard unsafe _fastPath(function.record.pointee.type == type) else {
            return (context.checkSubtype(function, type), function)
        }
        return (nil, function)
    }
}

/// The address of an activation's context.
@safe struct Context {
    let record: UnsafeMutablePointer<ContextRecord>

    @inline(__always) init(_ record: UnsafeMutablePointer<ContextRecord>) {
        unsafe self.record = record
    }

    @inline(__always) var instance: InstanceReference {
        get { unsafe InstanceReference(record.pointee.instance) }
        nonmutating set { unsafe record.pointee.instance = newValue.record }
    }

    /// Where a frame may begin that the host enters.
    var top: Frame {
        get { unsafe record.pointee.top }
        nonmutating set { unsafe record.pointee.top = newValue }
    }

    var store: Store? { unsafe record.pointee.store?.takeUnretainedValue() }

    /// Whether a frame of this size fits on the stack.
    @inline(__always) func hasRoom(_ frame: Frame, _ bytes: Int) -> Bool {
        unsafe UInt(bitPattern: frame.address) &+ UInt(bitPattern: bytes) <= record.pointee.stackEnd
    }

    /// Counts a safepoint; true where `safepoint` is to be asked.
    @inline(__always) func countDown() -> Bool {
        let budget = unsafe record.pointee.budget &- 1
        if _slowPath(budget < 0) { return true }
        unsafe record.pointee.budget = budget
        return false
    }

    /// What a run does whose budget is used up: go on with a new one, or end.
    @inline(never) func safepoint() -> Trap.Kind? {
        guard let activation = store?.activation else { return .cancelled }
        return activation.safepoint()
    }

    @inline(never) func uninitializedElement(_ index: UInt64) -> Trap.Kind {
        unsafe record.pointee.trapDetail = index
        return .uninitializedElement
    }

    /// Nil where the function's type is a subtype of `type`.
    @inline(never) func checkSubtype(_ function: FunctionReference, _ type: UInt32) -> Trap.Kind? {
        let isSubtype = unsafe store?.engine.types.isSubtype(
            function.record.pointee.type, of: type)
        return isSubtype == true ? nil : .indirectCallTypeMismatch
    }

    /// Counts a host call; false where `Limits.hostCallNesting` are under way.
    func beginHostCall() -> Bool {
        guard unsafe record.pointee.nesting < Limits.hostCallNesting else { return false }
        unsafe record.pointee.nesting += 1
        return true
    }

    func endHostCall() { unsafe record.pointee.nesting -= 1 }
}

/// Leaves the loop: the run ends with a trap, at `pc` in `frame`.
@inline(never) func leave(
    _ context: Context, _ pc: ProgramCounter, _ frame: Frame, _ kind: Trap.Kind
) {
    unsafe context.record.pointee.trap = kind
    unsafe context.record.pointee.trapProgramCounter = pc.address
    unsafe context.record.pointee.trapFrame = frame.address
}
