import ComponentModel
import WASI
import Wasm

/// An instance that a request has.
final class ServedInstance {
    fileprivate var lease: ComponentLease?
    let component: ComponentInstance
    /// What its host functions have.
    let context: WASIContext
    /// Where its standard output and error go, if it may be used again as it is.
    let log: GuestLog?

    fileprivate init(_ lease: consuming ComponentLease, _ context: WASIContext, _ log: GuestLog?) {
        self.context = context
        self.log = log
        component = lease.instance
        self.lease = consume lease
    }

    /// Bytes of its memories now.
    var memoryBytes: UInt64 {
        var sum: UInt64 = 0
        for instance in component.coreInstances {
            let module = instance.module.module
            for index in module.importedMemoryCount..<module.memories.count {
                if case .memory(let memory) = instance.item(at: .memory(UInt32(index))) {
                    sum += memory.byteCount
                }
            }
        }
        return sum
    }
}

/// The instances of one component on one loop, as its policy has them.
final class ServedInstances {
    private let pool: ComponentPool
    private let policy: ServingLimits.InstancePolicy
    /// Those that go on as they are, when no request has them.
    private var kept: [ServedInstance] = []
    /// Instances that were given back to be reset, so far.
    private(set) var resetCount: UInt64 = 0

    init(_ pool: ComponentPool, _ policy: ServingLimits.InstancePolicy) {
        self.pool = pool
        self.policy = policy
    }

    /// Instances at once.
    var capacity: Int { pool.capacity }

    /// Makes instances until `count` are idle.
    func fill(to count: Int) throws(ComponentPool.Failure) { try pool.fill(to: count) }

    /// Lets idle instances go until `count` are left.
    func drain(keeping count: Int) {
        kept.removeFirst(max(kept.count - count, 0))
        pool.drain(keeping: max(count - kept.count, 0))
    }

    /// Sees to it that the next `take` finds an instance that has been made.
    func prepare() throws(ComponentPool.Failure) {
        if kept.isEmpty, pool.idleCount == 0 { try pool.fill(to: 1) }
    }

    /// An instance that goes on as it is, if there is one; what it holds refers to its system.
    func takeKept() -> ServedInstance? { kept.popLast() }

    /// An instance whose guest sees `system`, with output that goes to `log` where it may be used again.
    /// May run what instantiation
    /// does for each use, within `limits`.
    func take(
        _ system: System, _ log: GuestLog?, _ limits: RunLimits
    ) throws(ComponentPool.Failure) -> ServedInstance {
        let context = WASIContext(system)
        let lease = try pool.take(context: context, runLimits: limits)
        let instance = ServedInstance(lease, context, log)
        context.table.memory.store = instance.component.store.core
        return instance
    }

    /// Takes an instance back; one that is not sound is let go or reset.
    func giveBack(_ instance: ServedInstance, isSound: Bool) {
        if policy == .reuse, isSound { return kept.append(instance) }
        instance.context.table.memory.end()
        switch policy {
        case .fresh: instance.lease = nil
        case .reset, .reuse:
            resetCount += 1
            if let lease = instance.lease.take() { pool.giveBack(lease) }
        }
    }

    /// Notes what there is now.
    func note(in counts: inout ServingCounts) {
        counts.idle += pool.idleCount
        counts.inUse += pool.inUseCount - kept.count
        counts.kept += kept.count
        noteTotals(in: &counts)
    }

    /// Notes what there has been so far.
    func noteTotals(in counts: inout ServingCounts) {
        counts.resets += resetCount
        counts.discarded += UInt64(pool.discardedCount)
    }
}
