import Fiber
import Glibc

/// The state of instances: their memories, tables, globals and functions. All of it lives as long as
/// the store. A store stays on its engine's thread.
///
/// Invariant: records are allocated here and freed in `deinit` only; they are only ever added.
/// Spec: core/exec/runtime#store
@safe package final class Store {
    package let engine: Engine
    /// What runs in the store now.
    private(set) var activation: Activation?
    private var modules: [LoweredModule] = []
    private var hostFunctions: [HostFunctionBox] = []
    private(set) var functions: [FunctionBlock] = []
    private(set) var memories: [UnsafeMutablePointer<MemoryRecord>] = unsafe []
    private(set) var tables: [UnsafeMutablePointer<TableRecord>] = unsafe []
    private(set) var globals: [UnsafeMutablePointer<GlobalRecord>] = unsafe []
    private(set) var instances: [UnsafeMutablePointer<InstanceRecord>] = unsafe []
    private var allocations: [UnsafeMutableRawPointer] = unsafe []
    /// What each call from the host into the store may take.
    package var runLimits = RunLimits()

    /// What the memories and tables take together.
    let usage: UnsafeMutablePointer<UsageRecord>
    /// What instantiation does here once the index spaces are made.
    var initialization = Initialization()

    /// Function records that were allocated together.
    @safe struct FunctionBlock {
        let base: UnsafeMutablePointer<FunctionRecord>
        let count: Int
    }

    /// A store whose memories and tables may take `limits` together.
    package init(engine: Engine, limits: StoreLimits = StoreLimits()) {
        self.engine = engine
        unsafe usage = .allocate(capacity: 1)
        unsafe usage.initialize(to: UsageRecord(byteCount: 0, limit: limits.byteCount))
    }

    deinit {
        for index in unsafe memories.indices {
            let memory = unsafe memories[index]
            unsafe Memory.release(memory)
            unsafe memory.deallocate()
        }
        for index in unsafe tables.indices {
            let table = unsafe tables[index]
            unsafe free(table.pointee.base)
            unsafe table.deallocate()
        }
        for block in functions { unsafe block.base.deallocate() }
        for index in unsafe globals.indices { unsafe globals[index].deallocate() }
        for index in unsafe instances.indices { unsafe instances[index].deallocate() }
        for index in unsafe allocations.indices { unsafe allocations[index].deallocate() }
        unsafe usage.deallocate()
    }

    /// Calls `body` with the activation that runs in the store, with one of the engine's where
    /// nothing runs. Throws what `body` throws, or that there is no memory for a stack.
    func withActivation<R>(_ body: (Activation) throws(Trap) -> R) throws(Trap) -> R {
        if let activation {
            guard !activation.isSuspended else {
                throw .host("a call into the store is suspended, and must end first")
            }
            return try body(activation)
        }
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

    /// Suspends the fiber that the caller is on, and with it what runs in the store, whose processor
    /// time stands still; whoever resumed the fiber is told `value`, below 2^63, and says what this
    /// gives. Throws where the run is cancelled or is on no fiber.
    package func suspend(_ value: UInt64) throws(Trap) -> UInt64 {
        guard Fiber.isCurrent else {
            throw .host("a host function can suspend a guest on a fiber only")
        }
        do throws(Cancelled) {
            guard let activation else { return try Fiber.suspend(value) }
            return try activation.suspend(value)
        } catch {
            throw Trap(.cancelled)
        }
    }

    /// Whether nothing runs in it, or is suspended.
    package var isIdle: Bool { activation == nil }

    /// Whether instantiation leaves its instances to be brought to the state of an image.
    package var isRestored: Bool { initialization.isRestored }

    /// Keeps what the code of an instance refers to.
    func retain(_ module: LoweredModule) { modules.append(module) }

    /// What its memories and tables may take together; what they take now is left to them even where
    /// it is more.
    package var limits: StoreLimits {
        get { unsafe StoreLimits(byteCount: usage.pointee.limit) }
        set { unsafe usage.pointee.limit = newValue.byteCount }
    }

    /// Counts bytes that the host holds for guests among those of memories and tables; false, and nothing is
    /// counted, where they would be over the limit together.
    package func charge(_ bytes: UInt64) -> Bool { unsafe usage.pointee.add(bytes) }

    /// Counts bytes no more that were charged before.
    package func discharge(_ bytes: UInt64) { unsafe usage.pointee.remove(bytes) }

    /// Why `bytes` more are over the store's limit; nil where they are not.
    func refusal(of bytes: UInt64) -> ResourceError? {
        let (sum, overflow) = unsafe usage.pointee.byteCount.addingReportingOverflow(bytes)
        guard unsafe overflow || sum > usage.pointee.limit else { return nil }
        return unsafe .overLimit(bytes: bytes, limit: usage.pointee.limit)
    }

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
        unsafe functions.append(FunctionBlock(base: records, count: count))
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
    /// The store's memories and tables would take more than they may together.
    case overLimit(bytes: UInt64, limit: UInt64)
    /// An image needs a file in memory, and the system refused one for the reason `errno`.
    case noImage(errno: Int32)
}

/// What the memories and tables of a store may take together.
package struct StoreLimits: Hashable, Sendable {
    /// Bytes: a memory's size, eight for each element of a table.
    package var byteCount: UInt64

    /// Limits, as wide as they get where nothing is given.
    package init(byteCount: UInt64 = .max) { self.byteCount = byteCount }
}

extension ResourceError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .noStack(let bytes): "the system has no room for a stack of \(bytes) bytes"
        case .noMemory(let bytes): "the system has no room for a memory of \(bytes) bytes"
        case .noTable(let elements): "the system has no room for a table of \(elements) elements"
        case .overLimit(let bytes, let limit):
            "\(bytes) bytes more would be over the limit of \(limit) bytes for memories and tables"
        case .noImage(let errno): "the system gave no file for an image: error \(errno)"
        }
    }
}
