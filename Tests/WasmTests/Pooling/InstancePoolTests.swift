import Testing

@testable import Wasm

/// The pool's bounds, and those of its stores.
@Suite struct InstancePoolTests {
    static let text = """
        (module (memory 1) (table 10 funcref)
          (func (export "grow") (param i32) (result i32) (memory.grow (local.get 0)))
          (func (export "growTable") (param i32) (result i32)
            (table.grow (ref.null func) (local.get 0)))
          (func (export "loop") (loop (br 0))))
        """

    @Test func filledTakenAndDrained() throws {
        let pool = InstancePool(try template(Self.text), capacity: 3)
        try pool.fill(to: 2)
        #expect(pool.idleCount == 2 && pool.inUseCount == 0)
        let one = try pool.take()
        let two = try pool.take()
        let three = try pool.take()
        #expect(pool.idleCount == 0 && pool.inUseCount == 3)
        expectExhausted(pool)
        try pool.fill(to: 5)
        #expect(pool.idleCount == 0)
        pool.giveBack(two)
        let again = try pool.take()
        expectExhausted(pool)
        pool.giveBack(again)
        pool.giveBack(one)
        pool.giveBack(three)
        #expect(pool.idleCount == 3)
        pool.drain(keeping: 1)
        #expect(pool.idleCount == 1)
        pool.drain()
        #expect(pool.idleCount == 0 && pool.discardedCount == 0)
    }

    private func expectExhausted(_ pool: InstancePool) {
        do throws(InstancePool.Failure) {
            _ = try pool.take()
            Issue.record("there is a fourth store")
        } catch {
            guard case .exhausted = error else {
                Issue.record("\(error)")
                return
            }
        }
    }

    @Test func leaseThatIsDroppedIsDiscarded() throws {
        let pool = InstancePool(try template(Self.text), capacity: 1)
        func drop() throws { _ = try pool.take() }
        try drop()
        #expect(pool.inUseCount == 0 && pool.idleCount == 0 && pool.discardedCount == 1)
        let lease = try pool.take()
        pool.giveBack(lease)
    }

    /// A store goes with the pool's last reference to it.
    @Test func storesGo() throws {
        let pool = InstancePool(try template(Self.text), capacity: 3)
        weak var drained: Store?
        weak var dropped: Store?
        weak var refused: Store?
        func use() throws {
            let one = try pool.take()
            drained = one.store
            let two = try pool.take()
            dropped = two.store
            let three = try pool.take()
            refused = three.store
            _ = Global(three.store, GlobalType(value: .i32, isMutable: true), .i32(1))
            pool.giveBack(three)
            pool.giveBack(one)
        }
        try use()
        #expect(drained != nil && dropped == nil && refused == nil)
        pool.drain()
        #expect(drained == nil)
    }

    @Test func limitsAreOverAllTogether() throws {
        let limits = StoreLimits(byteCount: 3 * 65_536 + 200)
        let pool = InstancePool(try template(Self.text, limits: limits), capacity: 1)
        for _ in 0..<3 {
            let lease = try pool.take()
            let instance = lease.instances[0]
            #expect(try instance.number("grow", .i32(3)) == -1)
            #expect(try instance.number("grow", .i32(2)) == 1)
            #expect(try instance.number("growTable", .i32(16)) == -1)
            #expect(try instance.number("growTable", .i32(15)) == 10)
            #expect(try instance.number("growTable", .i32(1)) == -1)
            pool.giveBack(lease)
        }
        #expect(pool.discardedCount == 0)
        let lease = try pool.take()
        lease.store.limits = StoreLimits(byteCount: 65_536 + 80)
        #expect(try lease.instances[0].number("grow", .i32(1)) == -1)
        pool.giveBack(lease)
        let next = try pool.take()
        #expect(try next.instances[0].number("grow", .i32(1)) == 1)
    }

    @Test func instantiationOverTheLimitIsRefused() throws {
        for (bytes, refused) in [(65_536 as UInt64, 80 as UInt64), (65_535, 65_536)] {
            #expect {
                try template(Self.text, limits: StoreLimits(byteCount: bytes))
            } throws: {
                guard case StoreTemplateError.instantiation(.resource(let error)) = $0 else {
                    return false
                }
                return error == .overLimit(bytes: refused, limit: bytes)
            }
        }
        let image = try template(Self.text).image
        let small = try template(Self.text, limits: StoreLimits(byteCount: 100_000), image: image)
        let pool = InstancePool(small, capacity: 1)
        try pool.fill(to: 1)
        #expect(pool.idleCount == 1)
        let grown = try template(IsolationTests.text)
        let large = InstancePool(
            try template(
                IsolationTests.text,
                limits: StoreLimits(byteCount: 17 * 65_536 + 500),
                image: grown.image
            ),
            capacity: 1
        )
        #expect(throws: InstancePool.Failure.self) { try large.fill(to: 1) }
    }

    @Test func sizing() {
        let resources = SystemResources(
            mappings: 65_530,
            mappingsInUse: 530,
            descriptors: 1_024,
            descriptorsInUse: 24,
            addressSpace: 1 << 47,
            addressSpaceInUse: 0
        )
        func demand(_ mappings: UInt64, _ descriptors: UInt64, _ bytes: UInt64) -> PoolSizing.Demand
        {
            PoolSizing.Demand(mappings: mappings, descriptors: descriptors, addressSpace: bytes)
        }
        let byMappings = PoolSizing(resources, demand(5, 0, 6 << 30))
        #expect(byMappings.capacity == 9_750 && byMappings.bound == .mappings)
        let shared = PoolSizing(resources, demand(5, 0, 6 << 30), pools: 4)
        #expect(shared.capacity == 2_437)
        let byDescriptors = PoolSizing(resources, demand(5, 2, 6 << 30))
        #expect(byDescriptors.capacity == 375 && byDescriptors.bound == .descriptors)
        let byAddresses = PoolSizing(resources, demand(1, 0, 60 << 30))
        #expect(byAddresses.capacity == 1_638 && byAddresses.bound == .addressSpace)
        let wanted = PoolSizing(resources, demand(5, 0, 6 << 30), wanted: 100)
        #expect(wanted.capacity == 100 && wanted.bound == .wanted)
        var full = resources
        full.mappingsInUse = 70_000
        #expect(PoolSizing(full, demand(5, 0, 6 << 30)).capacity == 0)
    }

    @Test func systemIsRead() throws {
        let resources = SystemResources.current()
        #expect(resources.mappings > 1_000 && resources.mappingsInUse > 10)
        #expect(resources.descriptors > 10 && resources.descriptorsInUse > 2)
        #expect(resources.addressSpaceInUse > 1 << 20)
        let demand = PoolSizing.Demand(of: try template(Self.text).image)
        #expect(demand.mappings == 5 && demand.addressSpace == 6 << 30)
    }
}
