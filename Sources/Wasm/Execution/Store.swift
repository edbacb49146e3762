import Glibc

/// The state of instances: their memories, tables, globals and functions. All of it lives as long as
/// the store. A store stays on its engine's thread.
///
/// Invariant: records are allocated here and freed in `deinit` only.
/// Spec: core/exec/runtime#store
@safe package final class Store {
    package let engine: Engine
    /// What runs in the store now.
    private(set) var activation: Activation?
    private var modules: [LoweredModule] = []
    private var hostFunctions: [HostFunctionBox] = []
    private var functions: [(UnsafeMutablePointer<FunctionRecord>, count: Int)] = unsafe []
    private var memories: [UnsafeMutablePointer<MemoryRecord>] = unsafe []
    private var tables: [UnsafeMutablePointer<TableRecord>] = unsafe []
    private var globals: [UnsafeMutablePointer<GlobalRecord>] = unsafe []
    private var instances: [UnsafeMutablePointer<InstanceRecord>] = unsafe []
    private var allocations: [UnsafeMutableRawPointer] = unsafe []
    /// What each call from the host into the store may take.
    package var runLimits = RunLimits()

    package init(engine: Engine) { self.engine = engine }

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
    }

    /// Calls `body` with the activation that runs in the store, with one of the engine's where
    /// nothing runs. Throws what `body` throws, or that there is no memory for a stack.
    func withActivation<R>(_ body: (Activation) throws(Trap) -> R) throws(Trap) -> R {
        if let activation { return try body(activation) }
        let taken: Activation
        do throws(ResourceError) {
            taken = try engine.takeActivation()
        } catch {
            throw Trap(.callStackExhausted, detail: "\(error)")
        }
        taken.attach(to: self)
        activation = taken
        defer {
            activation = nil
            taken.attach(to: nil)
            engine.giveBack(taken)
        }
        return try body(taken)
    }

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
