/// Stores of one template that wait to be used: filled ahead, handed out, reset when they come back. A
/// pool is one thread's, as its engine is.
package final class InstancePool {
    /// Why there is no store to be had.
    package enum Failure: Error {
        /// As many as may be are in use; one that comes back can be had.
        case exhausted
        case template(StoreTemplateError)
        /// What instantiation does for each use has trapped.
        case start(Trap)
    }

    package let template: StoreTemplate
    /// Stores that may be there at once, idle or in use.
    package let capacity: Int
    private var idle: [RestoredStore] = []
    private var inUse = 0
    /// Of each memory of a store.
    private(set) var hot: [HotPages]
    private var faultCount = 0
    /// Stores that were not used again since their state could not be vouched for.
    package private(set) var discardedCount = 0

    package init(_ template: StoreTemplate, capacity: Int) {
        self.template = template
        self.capacity = capacity
        hot = Array(repeating: HotPages(), count: template.image.memories.count)
    }

    package var idleCount: Int { idle.count }
    package var inUseCount: Int { inUse }

    /// Makes stores until `count` are idle, at most as many as the pool's capacity lets be.
    package func fill(to count: Int) throws(Failure) {
        while idle.count < count, idle.count + inUse < capacity { idle.append(try make()) }
    }

    /// A store in the state of the template's image: the one that came back last, else a new one.
    /// `prepare` is called with its companion before what instantiation does for each use.
    package func take(preparing prepare: (AnyObject?) -> Void = { _ in }) throws(Failure) -> InstanceLease {
        guard !idle.isEmpty || inUse < capacity else { throw .exhausted }
        let taken: RestoredStore
        if let last = idle.popLast() { taken = last } else { taken = try make() }
        taken.faultCount = faultCount
        taken.isInUse = true
        taken.store.limits = template.limits
        inUse += 1
        let lease = InstanceLease(taken, self)
        prepare(taken.contents.companion)
        do throws(Trap) {
            try taken.store.runPending()
        } catch {
            giveBack(lease)
            throw .start(error)
        }
        return lease
    }

    /// Takes a store back and resets it, or discards it where its state cannot be vouched for.
    package func giveBack(_ lease: consuming InstanceLease) {
        let restored = lease.restored
        restored.isInUse = false
        inUse -= 1
        let count = template.tracker.countsFaults ? template.tracker.faultCount() : faultCount &+ 1
        let mayHaveMore = count != restored.faultCount
        faultCount = count
        guard restored.reset(&hot, template.tracker, mayHaveMore: mayHaveMore) else {
            discardedCount += 1
            return
        }
        if mayHaveMore, template.tracker.countsFaults {
            faultCount = template.tracker.faultCount()
        }
        idle.append(restored)
    }

    /// Lets all idle stores go but `count`.
    package func drain(keeping count: Int = 0) {
        idle.removeFirst(max(idle.count - max(count, 0), 0))
    }

    private func make() throws(Failure) -> RestoredStore {
        do throws(StoreTemplateError) {
            return try template.makeStore()
        } catch {
            throw .template(error)
        }
    }

    /// Forgets a store that was not given back.
    fileprivate func discard() {
        inUse -= 1
        discardedCount += 1
    }
}

/// A store that is taken from a pool, for one use. One that is not given back is discarded when the
/// lease goes.
package struct InstanceLease: ~Copyable {
    fileprivate let restored: RestoredStore
    private let pool: InstancePool

    fileprivate init(_ restored: RestoredStore, _ pool: InstancePool) {
        self.restored = restored
        self.pool = pool
    }

    deinit { if restored.isInUse { pool.discard() } }

    package var store: Store { restored.store }
    /// What the template's recipe has made.
    package var instances: [Instance] { restored.contents.instances }
    /// What the layer above has made beside them.
    package var companion: AnyObject? { restored.contents.companion }
}

extension InstancePool.Failure: CustomStringConvertible {
    package var description: String {
        switch self {
        case .exhausted: "all instances are in use"
        case .template(let error): error.description
        case .start(let trap): trap.description
        }
    }
}
