// What the interpreter's loop reaches by address: contexts, instances, functions, memories, tables,
// globals. Each record is made and freed by the store, the engine or the lowered module that owns
// it, and has no Swift reference in it that would be counted.
//
// Invariant: a record outlives every use of its address. A store frees its records when it goes,
// and everything that reaches them from outside holds the store.

/// How to enter a function: what a call reads.
///
/// Its tier changes by a change of `code`; whoever runs the old code goes on doing so.
@unsafe struct FunctionEntry {
    /// Where its code begins: the stub below until the body has been lowered.
    var code: UnsafeRawPointer
    /// Bytes of its frame, operands included.
    var frameBytes: Int
    /// The slot of its frame's header: as many as there are slots of parameters or of results.
    var header: UInt16
    /// The operation `lowerBody`, as code.
    var stub: UInt64 = UInt64(Operation.lowerBody.rawValue)
    /// The function's index in its module.
    var index: UInt32
    /// The lowered module that the function belongs to; nil of a host function.
    var module: Unmanaged<LoweredModule>?

    /// Where `stub` lies in an entry.
    static var stubOffset: Int { unsafe MemoryLayout<FunctionEntry>.offset(of: \.stub) ?? 0 }
}

/// A function of an instance, or of the host: what a function reference points to.
@unsafe struct FunctionRecord {
    var entry: UnsafeMutablePointer<FunctionEntry>
    /// Nil of a host function, which runs in its caller's instance.
    var instance: UnsafeMutablePointer<InstanceRecord>?
    /// The canonical id of its type.
    var type: UInt32
}

/// A linear memory.
@usableFromInline @unsafe struct MemoryRecord {
    @usableFromInline var base: UnsafeMutableRawPointer
    /// Bytes in use: whole pages of 64 KiB.
    @usableFromInline var byteCount: UInt64
    /// Bytes of address space from `base` on.
    var reservedBytes: Int
    /// Bytes from `base` on that the system lets be written; those behind `byteCount` are zeros.
    var accessibleBytes: UInt64 = 0
    var type: MemoryType
    /// What its store's memories and tables take together; nil of the engine's empty memory.
    var usage: UnsafeMutablePointer<UsageRecord>?
}

/// A table: its references are 64 bits each, 0 is null.
@unsafe struct TableRecord {
    var base: UnsafeMutablePointer<UInt64>
    var count: UInt64
    var capacity: UInt64
    /// With canonical ids in it.
    var type: TableType
    /// Whether an element was written, or one was added, since this was last set to false.
    var isWritten = true
    /// What its store's memories and tables take together.
    var usage: UnsafeMutablePointer<UsageRecord>
}

/// The bytes that a store's memories and tables take together, and those that they may.
@unsafe struct UsageRecord {
    var byteCount: UInt64
    var limit: UInt64

    /// Counts `bytes` more; false where that is over the limit.
    mutating func add(_ bytes: UInt64) -> Bool {
        let (sum, overflow) = unsafe byteCount.addingReportingOverflow(bytes)
        guard !overflow, unsafe sum <= limit else { return false }
        unsafe byteCount = sum
        return true
    }

    /// Counts `bytes` less, which were added before.
    mutating func remove(_ bytes: UInt64) { unsafe byteCount -= bytes }
}

/// A global: a value of 64 bits in the low half, or a vector.
@unsafe struct GlobalRecord {
    var low: UInt64
    var high: UInt64
    /// With canonical ids in it.
    var type: GlobalType
}

/// A passive or declared element segment of an instance.
@unsafe struct ElementRecord {
    var base: UnsafeMutablePointer<UInt64>?
    /// References of it; 0 once dropped.
    var count: Int
}

/// A data segment of an instance.
@unsafe struct DataRecord {
    /// Where it begins in the module's bytes.
    var start: Int
    /// Bytes of it; 0 once dropped.
    var count: Int
}

/// An instance: its index spaces.
@unsafe struct InstanceRecord {
    /// The first memory; an empty one where there is none.
    var firstMemory: UnsafeMutablePointer<MemoryRecord>
    var memories: UnsafeMutablePointer<UnsafeMutablePointer<MemoryRecord>>
    var tables: UnsafeMutablePointer<UnsafeMutablePointer<TableRecord>>
    var globals: UnsafeMutablePointer<UnsafeMutablePointer<GlobalRecord>>
    var functions: UnsafeMutablePointer<UnsafeMutablePointer<FunctionRecord>>
    var elements: UnsafeMutablePointer<ElementRecord>
    var data: UnsafeMutablePointer<DataRecord>
    /// The module whose instance this is; nil of the instance in which host functions run that
    /// the host calls.
    var module: Unmanaged<LoweredModule>?
    /// Whether a segment was dropped since this was last set to false.
    var hasDropped = true
}

/// The state of an activation that the loop does not hold in locals.
@unsafe struct ContextRecord {
    /// The address behind the stack's last usable byte.
    var stackEnd: UInt
    /// Safepoints to pass before `safepoint` is asked what to do.
    var budget: Int64
    /// The instance whose code runs.
    var instance: UnsafeMutablePointer<InstanceRecord>
    /// Where a frame may begin that the host enters.
    var top: Frame
    /// What ended the run; nil where it returned.
    var trap: Trap.Kind?
    /// Where it trapped.
    var trapProgramCounter: UnsafeRawPointer?
    var trapFrame: UnsafeMutableRawPointer
    /// A number that belongs to the trap: the index of a table's element.
    var trapDetail: UInt64
    /// Host calls that are under way.
    var nesting: Int
    /// The store that is called into; nil between calls.
    var store: Unmanaged<Store>?
    /// The activation whose state this is.
    var activation: Unmanaged<Activation>?
}
