import Fiber
import Testing

@testable import Wasm

/// What one use does, the next does not see.
@Suite struct IsolationTests {
    /// Changes all that a module can change. Its memory is 1 MiB with something at both ends of the
    /// first half, so that the image ends within it.
    static let text = """
        (module
          (import "env" "draw" (func $draw (result i32)))
          (memory (export "memory") 16 40)
          (memory $second 1 3)
          (table $t (export "table") 8 64 funcref)
          (table $other 2 externref)
          (global $g (mut i32) (i32.const 7))
          (global $v (mut v128) (v128.const i32x4 1 2 3 4))
          (global $r (mut funcref) (ref.func $one))
          (global $constant funcref (ref.func $two))
          (data (i32.const 0) "at the beginning")
          (data (i32.const 524280) "the end")
          (data $passive "passive data")
          (data (memory $second) (i32.const 100) "second")
          (elem (table $t) (i32.const 1) func $one $two)
          (elem $functions func $two $one $draw)
          (elem declare func $three)
          (func $one (result i32) (i32.const 1))
          (func $two (result i32) (i32.const 2))
          (func $three (result i32) (i32.const 3))
          (func $start
            (i32.store (i32.const 8192) (i32.const 99))
            (drop (memory.grow (i32.const 1)))
            (i32.store (i32.const 1114000) (i32.const 77))
            (drop (table.grow $t (ref.func $three) (i32.const 2)))
            (global.set $g (i32.const 8)))
          (start $start)
          (func (export "havoc") (param $pages i32)
            (local $at i32)
            (drop (memory.grow (local.get $pages)))
            (memory.fill (i32.const 0) (i32.const 0xA5)
              (i32.mul (memory.size) (i32.const 65536)))
            (drop (memory.grow $second (i32.const 2)))
            (memory.fill $second (i32.const 0) (i32.const 0x5A) (i32.const 196608))
            (memory.init $passive (i32.const 3) (i32.const 0) (i32.const 4))
            (data.drop $passive)
            (drop (table.grow $t (ref.func $two) (i32.const 20)))
            (table.fill $t (i32.const 0) (ref.null func) (i32.const 9))
            (table.init $t $functions (i32.const 3) (i32.const 0) (i32.const 3))
            (elem.drop $functions)
            (global.set $g (i32.const 123))
            (global.set $v (v128.const i32x4 9 9 9 9))
            (global.set $r (ref.func $three)))
          (func (export "trap") (param $pages i32)
            (i32.store (i32.const 40000) (i32.const 5))
            (table.set $t (i32.const 2) (ref.func $three))
            (table.copy $t $t (i32.const 4) (i32.const 1) (i32.const 2))
            (data.drop $passive)
            unreachable)
          (func (export "loop") (param $step i32)
            (local $at i32)
            (loop $l
              (i32.store (local.get $at) (i32.const -1))
              (table.set $t (i32.and (local.get $at) (i32.const 7)) (ref.func $three))
              (global.set $g (local.get $at))
              (local.set $at
                (i32.rem_u (i32.add (local.get $at) (local.get $step)) (i32.const 1000000)))
              (br $l)))
          (func (export "write") (param $at i32) (param $value i32)
            (i32.store (local.get $at) (local.get $value)))
          (func (export "read") (param $at i32) (result i32) (i32.load (local.get $at)))
          (func (export "grow") (param $pages i32) (result i32) (memory.grow (local.get $pages)))
          (func (export "growTable") (param $count i32) (result i32)
            (table.grow $t (ref.func $one) (local.get $count)))
          (func (export "setTable") (param $at i32)
            (table.set $t (local.get $at) (ref.func $three)))
          (func (export "setExternal") (param $at i32) (param $value externref)
            (table.set $other (local.get $at) (local.get $value)))
          (func (export "drop") (data.drop $passive))
          (func (export "dropElements") (elem.drop $functions))
          (func (export "setGlobal") (param $value i32)
            (global.set $g (local.get $value)) (global.set $r (ref.null func)))
          (func (export "callAll") (result i32)
            (i32.add (call_indirect $t (result i32) (i32.const 1))
              (i32.add (call_indirect $t (result i32) (i32.const 2))
                (call_indirect $t (result i32) (i32.const 9))))))
        """

    @Test func imageIsTheStateAfterStart() throws {
        let pool = InstancePool(try template(Self.text), capacity: 1)
        let lease = try pool.take()
        let instance = lease.instances[0]
        #expect(pool.template.image.deferral == nil)
        #expect(try instance.number("read", .i32(8192)) == 99)
        #expect(try instance.number("read", .i32(1_114_000)) == 77)
        #expect(try instance.number("callAll") == 6)
        #expect(lease.store.usage(in: pool.template) == 18 * 65_536 + 12 * 8)
        pool.giveBack(lease)
    }

    @Test(arguments: ["havoc", "trap"])
    func nextUseSeesTheImage(_ function: String) throws {
        let pool = InstancePool(try template(Self.text), capacity: 2)
        let first = try pool.take()
        let image = StoreState(first.store)
        pool.giveBack(first)
        for pages in 0..<12 {
            let lease = try pool.take()
            #expect(StoreState(lease.store) == image)
            _ = try? lease.instances[0].call(function, .i32(UInt32(pages)))
            #expect(StoreState(lease.store) != image)
            pool.giveBack(lease)
        }
        let last = try pool.take()
        #expect(StoreState(last.store) == image)
        #expect(try last.instances[0].number("callAll") == 6)
        pool.giveBack(last)
        #expect(pool.discardedCount == 0 && pool.idleCount == 1)
    }

    @Test func endedAtAnySafepoint() throws {
        let pool = InstancePool(try template(Self.text), capacity: 1)
        let first = try pool.take()
        let image = StoreState(first.store)
        pool.giveBack(first)
        var random = Generator(seed: 1)
        for _ in 0..<1_000 {
            let lease = try pool.take()
            lease.store.runLimits.fuel = random.next() % 2_000
            let step = UInt32(truncatingIfNeeded: random.next() % 100_000)
            #expect(throws: Trap.self) { try lease.instances[0].call("loop", .i32(step)) }
            pool.giveBack(lease)
            let next = try pool.take()
            #expect(next.store.runLimits == RunLimits())
            #expect(StoreState(next.store) == image)
            pool.giveBack(next)
        }
    }

    @Test func cancelledAtAnySafepoint() throws {
        let pool = InstancePool(try template(Self.text), capacity: 1)
        let fibers = FiberPool(stackBytes: 4 << 20)
        let first = try pool.take()
        let image = StoreState(first.store)
        pool.giveBack(first)
        var random = Generator(seed: 2)
        for _ in 0..<1_000 {
            let lease = try pool.take()
            lease.store.runLimits.sliceSafepoints = random.next() % 20 + 1
            let instance = lease.instances[0]
            let step = UInt32(truncatingIfNeeded: random.next() % 100_000)
            let fiber = try Fiber(on: fibers) {
                _ = try? instance.call("loop", .i32(step))
                return 0
            }
            for _ in 0..<random.next() % 20 + 1 { _ = fiber.resume() }
            fiber.cancel()
            pool.giveBack(lease)
            let next = try pool.take()
            #expect(StoreState(next.store) == image)
            pool.giveBack(next)
        }
        #expect(pool.discardedCount == 0)
    }

    @Test func storeWithASuspendedRunIsDiscarded() throws {
        let pool = InstancePool(try template(Self.text), capacity: 1)
        let lease = try pool.take()
        lease.store.runLimits.sliceSafepoints = 5
        let instance = lease.instances[0]
        let fiber = try Fiber(on: FiberPool(stackBytes: 4 << 20)) {
            _ = try? instance.call("loop", .i32(8))
            return 0
        }
        _ = fiber.resume()
        pool.giveBack(lease)
        #expect(pool.discardedCount == 1 && pool.idleCount == 0 && pool.inUseCount == 0)
        fiber.cancel()
    }

    /// Does things at random to several stores whose uses overlap.
    @Test(arguments: 0..<8)
    func anyUses(_ seed: UInt64) throws {
        var random = Generator(seed: seed)
        let pool = InstancePool(try template(Self.text), capacity: 4)
        let first = try pool.take()
        let image = StoreState(first.store)
        pool.giveBack(first)
        let favourites = (0..<20).map { _ in UInt32(random.next() % 1_114_108) }
        for _ in 0..<100 {
            let one = try pool.take()
            let two = try pool.take()
            #expect(StoreState(one.store) == image && StoreState(two.store) == image)
            for _ in 0..<random.next() % 40 {
                act(
                    random.next() & 1 == 0 ? one.instances[0] : two.instances[0],
                    &random,
                    favourites
                )
            }
            if random.next() & 1 == 0 {
                pool.giveBack(one)
                act(two.instances[0], &random, favourites)
                pool.giveBack(two)
            } else {
                pool.giveBack(two)
                act(one.instances[0], &random, favourites)
                pool.giveBack(one)
            }
        }
        #expect(pool.idleCount == 2 && pool.inUseCount == 0)
    }

    private func act(_ instance: Instance, _ random: inout Generator, _ favourites: [UInt32]) {
        let number = UInt32(truncatingIfNeeded: random.next() >> 16)
        let place = favourites[Int(number) % favourites.count]
        switch random.next() % 12 {
        case 0: _ = try? instance.call("havoc", .i32(number % 30))
        case 1: _ = try? instance.call("trap", .i32(0))
        case 2: _ = try? instance.call("write", .i32(number % 2_000_000), .i32(number))
        case 3: _ = try? instance.call("grow", .i32(number % 9))
        case 4: _ = try? instance.call("growTable", .i32(number % 9))
        case 5: _ = try? instance.call("setTable", .i32(number % 12))
        case 6: _ = try? instance.call("drop")
        case 7: _ = try? instance.call("dropElements")
        case 8: _ = try? instance.call("setGlobal", .i32(number))
        case 9:
            _ = try? instance.call("setExternal", .i32(number % 3), .reference(.external(5)))
        default: _ = try? instance.call("write", .i32(place), .i32(number))
        }
    }

    @Test func storeThatWasAddedToIsDiscarded() throws {
        let pool = InstancePool(try template(Self.text), capacity: 1)
        let lease = try pool.take()
        _ = Global(lease.store, GlobalType(value: .i32, isMutable: true), .i32(1))
        pool.giveBack(lease)
        #expect(pool.discardedCount == 1 && pool.idleCount == 0)
    }
}

extension Store {
    /// Bytes that its memories and tables take.
    func usage(in template: StoreTemplate) -> UInt64 { unsafe usage.pointee.byteCount }
}

/// Random numbers of a seed (SplitMix64).
struct Generator: RandomNumberGenerator {
    var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}
