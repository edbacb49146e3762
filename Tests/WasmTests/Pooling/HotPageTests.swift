import Testing

@testable import Wasm

/// Which pages are kept from use to use, and what a use costs then.
@Suite struct HotPageTests {
    static let text = """
        (module
          (memory (export "memory") 64 128)
          (func $start (memory.fill (i32.const 0) (i32.const 1) (i32.const 2097152)))
          (start $start)
          (func (export "write") (param $count i32) (param $step i32)
            (local $at i32)
            (loop
              (i32.store (local.get $at) (i32.const 9))
              (local.set $at (i32.add (local.get $at) (local.get $step)))
              (br_if 0 (local.tee $count (i32.sub (local.get $count) (i32.const 1))))))
          (func (export "growAndWrite")
            (drop (memory.grow (i32.const 4)))
            (i32.store (i32.const 4194304) (i32.const 5))))
        """

    private func use(_ pool: InstancePool, _ count: UInt32, _ step: UInt32) throws {
        let lease = try pool.take()
        try lease.instances[0].call("write", .i32(count), .i32(step))
        pool.giveBack(lease)
    }

    @Test func scatteredPagesAreLearned() throws {
        let pool = InstancePool(try template(Self.text), capacity: 1)
        for _ in 0..<4 { try use(pool, 100, 36_864) }
        #expect(pool.hotPageCount == 100)
        let faults = pool.template.tracker.faultCount()
        for _ in 0..<20 { try use(pool, 100, 36_864) }
        // What the test's own calls take beside it is not nothing.
        #expect(pool.template.tracker.faultCount() - faults < 20)
    }

    @Test func pageWrittenOnceIsDropped() throws {
        let pool = InstancePool(try template(Self.text), capacity: 1)
        try use(pool, 10, 4_096)
        #expect(pool.hotPageCount == 0)
        try use(pool, 10, 65_536)
        #expect(pool.hotPageCount == 1)
    }

    @Test func hotPagesAreBounded() throws {
        let pool = InstancePool(try template(Self.text), capacity: 1)
        for _ in 0..<4 { try use(pool, 1_000, 4_096) }
        #expect(pool.hotPageCount == Limits.hotPages)
    }

    @Test func hotPagesAreForgotten() throws {
        let pool = InstancePool(try template(Self.text), capacity: 1)
        for _ in 0..<4 { try use(pool, 10, 4_096) }
        #expect(pool.hotPageCount == 10)
        for _ in 4..<Limits.hotPageLifetime { try use(pool, 1, 4_096) }
        #expect(pool.hotPageCount == 0)
        for _ in 0..<4 { try use(pool, 1, 4_096) }
        #expect(pool.hotPageCount == 1)
    }

    /// A page behind the memory's size is kept too, clean.
    @Test func grownPagesAreLearned() throws {
        let pool = InstancePool(try template(Self.text), capacity: 1)
        let first = try pool.take()
        let image = StoreState(first.store)
        pool.giveBack(first)
        for _ in 0..<5 {
            let lease = try pool.take()
            try lease.instances[0].call("growAndWrite")
            pool.giveBack(lease)
            let next = try pool.take()
            #expect(StoreState(next.store) == image)
            pool.giveBack(next)
            let grown = try pool.take()
            let memory = try #require(grown.instances[0].memory)
            #expect(memory.grow(by: 4) == 64)
            #expect(try memory.contents.load(4_194_304, as: UInt32.self) == 0)
            pool.giveBack(grown)
        }
        #expect(pool.hotPageCount >= 1)
    }

    /// Where the system tells nothing, all is dropped and nothing is missed.
    @Test(arguments: [(false, true), (true, false), (false, false)])
    func systemThatTellsLess(_ countsFaults: Bool, _ findsPages: Bool) throws {
        let template = try template(IsolationTests.text)
        template.tracker.limit(countsFaults: countsFaults, findsPages: findsPages)
        let pool = InstancePool(template, capacity: 1)
        let first = try pool.take()
        let image = StoreState(first.store)
        pool.giveBack(first)
        for pages in 0..<8 {
            let lease = try pool.take()
            try lease.instances[0].call("havoc", .i32(UInt32(pages)))
            pool.giveBack(lease)
            let next = try pool.take()
            #expect(StoreState(next.store) == image)
            pool.giveBack(next)
        }
    }
}
