import Wasm

/// Instances of one component that wait to be used: filled ahead, handed out, reset when they come
/// back. A pool is one thread's.
package final class ComponentPool {
    package typealias Failure = InstancePool.Failure

    package let template: ComponentTemplate
    private let stores: InstancePool

    /// A pool of at most `capacity` instances, idle or in use.
    package init(_ template: ComponentTemplate, capacity: Int) {
        self.template = template
        stores = InstancePool(template.stores, capacity: capacity)
    }

    package var capacity: Int { stores.capacity }
    package var idleCount: Int { stores.idleCount }
    package var inUseCount: Int { stores.inUseCount }
    /// Instances that were not used again since their state could not be vouched for.
    package var discardedCount: Int { stores.discardedCount }

    /// Makes instances until `count` are idle, at most as many as the pool's capacity lets be.
    package func fill(to count: Int) throws(Failure) { try stores.fill(to: count) }

    /// Lets all idle instances go but `count`.
    package func drain(keeping count: Int = 0) { stores.drain(keeping: count) }

    /// An instance in the state of the template's image. Host functions find `context` in its store,
    /// those too that instantiation calls for each use. What runs may take `runLimits`; where there are
    /// none, instantiation may take the template's.
    package func take(
        context: AnyObject? = nil, runLimits: RunLimits? = nil
    ) throws(Failure) -> ComponentLease {
        var taken: PooledInstance?
        do throws(Failure) {
            let lease = try stores.take { companion in
                taken = companion as? PooledInstance
                taken?.instance.store.context = context
                taken?.instance.store.core.runLimits = runLimits ?? template.startLimits
            }
            guard let taken else { throw .template(.otherShape) }
            taken.instance.store.core.runLimits = runLimits ?? RunLimits()
            return ComponentLease(lease, taken.instance)
        } catch {
            taken?.reset()
            throw error
        }
    }

    /// Takes an instance back and resets it. Destructors of its own resource types do not run; host
    /// resources that it still holds are dropped.
    package func giveBack(_ lease: consuming ComponentLease) {
        let instance = lease.instance
        if instance.store.core.isIdle { instance.store.reset() }
        instance.store.context = nil
        stores.giveBack(lease.end())
    }
}

/// An instance that is taken from a pool, for one use. One that is not given back is discarded when
/// the lease goes.
package struct ComponentLease: ~Copyable {
    private let lease: InstanceLease
    package let instance: ComponentInstance

    fileprivate init(_ lease: consuming InstanceLease, _ instance: ComponentInstance) {
        self.lease = lease
        self.instance = instance
    }

    fileprivate consuming func end() -> InstanceLease { lease }
}

/// An instance in a pool; when it goes, the host resources that it holds are dropped.
final class PooledInstance {
    let instance: ComponentInstance

    init(_ instance: ComponentInstance) { self.instance = instance }

    deinit { reset() }

    func reset() {
        instance.store.reset()
        instance.store.context = nil
    }
}
