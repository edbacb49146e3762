import Glibc

/// The state of instances: their memories, tables, globals and functions, and the stack that their
/// frames lie on. All of it lives as long as the store. A store stays on its engine's thread.
///
/// Invariant: records are allocated here and freed in `deinit` only.
/// Spec: core/exec/runtime#store
@safe package final class Store {
    package let engine: Engine
    let context: Context
    private let stack: UnsafeMutableRawPointer
    /// The operation that ends a run, as code: where the frame that the host enters returns to.
    private let exitCode: UnsafeMutablePointer<UInt64>
    private var modules: [LoweredModule] = []
    private var hostFunctions: [HostFunctionBox] = []
    private var functions: [(UnsafeMutablePointer<FunctionRecord>, count: Int)] = unsafe []
    private var memories: [UnsafeMutablePointer<MemoryRecord>] = unsafe []
    private var tables: [UnsafeMutablePointer<TableRecord>] = unsafe []
    private var globals: [UnsafeMutablePointer<GlobalRecord>] = unsafe []
    private var instances: [UnsafeMutablePointer<InstanceRecord>] = unsafe []
    private var allocations: [UnsafeMutableRawPointer] = unsafe []
    /// A memory without a byte: what instances without memories have as their first.
    let emptyMemory: UnsafeMutablePointer<MemoryRecord>
    /// What a host function threw, until the run that called it has ended.
    var pendingTrap: Trap?

    /// Safepoints that a run may pass: loop iterations, calls. Nil, the default: any number.
    package var safepointLimit: Int64?

    /// A store with a stack of `Limits.stackBytes`. Throws where there is no memory for it.
    package init(engine: Engine) throws(ResourceError) {
        self.engine = engine
        guard
            let stack = unsafe mmap(
                nil, Limits.stackBytes, PROT_READ | PROT_WRITE,
                MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0), unsafe stack != MAP_FAILED
        else { throw .noStack(bytes: Limits.stackBytes) }
        unsafe self.stack = stack
        unsafe exitCode = .allocate(capacity: 1)
        unsafe exitCode.initialize(to: UInt64(Operation.exit.rawValue))
        unsafe emptyMemory = .allocate(capacity: 1)
        unsafe emptyMemory.initialize(
            to: MemoryRecord(
                base: stack, byteCount: 0, reservedBytes: 0,
                type: MemoryType(addressType: .i32, limits: SizeLimits(minimum: 0, maximum: 0))))
        let record = UnsafeMutablePointer<ContextRecord>.allocate(capacity: 1)
        let instance = UnsafeMutablePointer<InstanceRecord>.allocate(capacity: 1)
        unsafe context = Context(record)
        unsafe instance.initialize(to: Store.emptyInstance(emptyMemory))
        unsafe instances.append(instance)
        unsafe record.initialize(
            to: ContextRecord(
                stackEnd: UInt(bitPattern: stack) + UInt(Limits.stackBytes), budget: .max,
                instance: instance, top: Frame(stack), trap: nil, trapProgramCounter: nil,
                trapFrame: stack, trapDetail: 0, nesting: 0,
                store: Unmanaged.passUnretained(self)))
    }

    deinit {
        for unsafe memory in unsafe memories {
            unsafe Memory.release(memory)
            unsafe memory.deallocate()
        }
        for unsafe table in unsafe tables {
            unsafe free(table.pointee.base)
            unsafe table.deallocate()
        }
        for unsafe (record, _) in unsafe functions { unsafe record.deallocate() }
        for unsafe global in unsafe globals { unsafe global.deallocate() }
        for unsafe instance in unsafe instances { unsafe instance.deallocate() }
        for unsafe allocation in unsafe allocations { unsafe allocation.deallocate() }
        unsafe emptyMemory.deallocate()
        unsafe exitCode.deallocate()
        unsafe context.record.deallocate()
        unsafe munmap(stack, Limits.stackBytes)
    }

    private static func emptyInstance(
        _ memory: UnsafeMutablePointer<MemoryRecord>
    ) -> InstanceRecord {
        // No code runs in it, so that none of its index spaces is ever read.
        let nothing = UnsafeMutableRawPointer(memory)
        return unsafe InstanceRecord(
            firstMemory: memory,
            memories: nothing.assumingMemoryBound(to: UnsafeMutablePointer<MemoryRecord>.self),
            tables: nothing.assumingMemoryBound(to: UnsafeMutablePointer<TableRecord>.self),
            globals: nothing.assumingMemoryBound(to: UnsafeMutablePointer<GlobalRecord>.self),
            functions: nothing.assumingMemoryBound(to: UnsafeMutablePointer<FunctionRecord>.self),
            elements: nothing.assumingMemoryBound(to: ElementRecord.self),
            data: nothing.assumingMemoryBound(to: DataRecord.self), module: nil)
    }

    /// Where the frame that the host enters returns to.
    var exit: ProgramCounter { unsafe ProgramCounter(exitCode) }

    /// The budget of safepoints when it is used up; nil where that ends the run.
    func refill() -> Int64? { safepointLimit == nil ? .max : nil }

    /// Keeps what the code of an instance refers to.
    func retain(_ module: LoweredModule) { modules.append(module) }

    // MARK: Records

    func add(_ record: MemoryRecord) -> UnsafeMutablePointer<MemoryRecord> {
        unsafe memories.append(.allocate(capacity: 1))
        unsafe memories[memories.count - 1].initialize(to: record)
        return unsafe memories[memories.count - 1]
    }

    func add(_ record: TableRecord) -> UnsafeMutablePointer<TableRecord> {
        unsafe tables.append(.allocate(capacity: 1))
        unsafe tables[tables.count - 1].initialize(to: record)
        return unsafe tables[tables.count - 1]
    }

    func add(_ record: GlobalRecord) -> UnsafeMutablePointer<GlobalRecord> {
        unsafe globals.append(.allocate(capacity: 1))
        unsafe globals[globals.count - 1].initialize(to: record)
        return unsafe globals[globals.count - 1]
    }

    func add(_ record: InstanceRecord) -> UnsafeMutablePointer<InstanceRecord> {
        unsafe instances.append(.allocate(capacity: 1))
        unsafe instances[instances.count - 1].initialize(to: record)
        return unsafe instances[instances.count - 1]
    }

    /// Room for `count` function records, not initialised.
    func addFunctions(_ count: Int) -> UnsafeMutablePointer<FunctionRecord> {
        let records = UnsafeMutablePointer<FunctionRecord>.allocate(capacity: max(count, 1))
        unsafe functions.append((records, count))
        return unsafe records
    }

    /// Room for `count` values of a trivial type, not initialised, that lives as long as the store.
    func allocate<T>(_ type: T.Type, _ count: Int) -> UnsafeMutablePointer<T> {
        let pointer = UnsafeMutablePointer<T>.allocate(capacity: max(count, 1))
        unsafe allocations.append(UnsafeMutableRawPointer(pointer))
        return unsafe pointer
    }

    func add(_ function: HostFunctionBox) { hostFunctions.append(function) }
}

/// What the machine could not give.
package enum ResourceError: Error, Hashable, Sendable {
    case noStack(bytes: Int)
    case noMemory(bytes: UInt64)
    case noTable(elements: UInt64)
}

extension ResourceError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .noStack(let bytes): "the system has no room for a stack of \(bytes) bytes"
        case .noMemory(let bytes): "the system has no room for a memory of \(bytes) bytes"
        case .noTable(let elements): "the system has no room for a table of \(elements) elements"
        }
    }
}
