import ComponentModel
import Testing
import Wasm

/// Spec: CanonicalABI "Resource State", "`canon resource.new`" and those after it
@Suite("Handles") struct HandleTests {
    /// What the host has done, and the representation that is dropped last.
    final class Log {
        var dropped: [UInt32] = []
        var used: [UInt32] = []
    }

    enum Thing: HostResource {
        static let resourceType = HostResourceType("thing") { (context, rep) throws(Trap) in
            (context as? Log)?.dropped.append(rep)
        }
    }

    enum Other: HostResource {
        static let resourceType = HostResourceType("other") { (_, _) throws(Trap) in }
    }

    /// A component of functions on the host's things: `body` is the functions of its core module.
    static func component(_ exports: [String], _ body: String, _ log: Log) throws
        -> ComponentInstance
    {
        let linker = ComponentLinker()
        let interface = linker.instance("host")
        interface.define("thing", resource: Thing.resourceType)
        interface.define("other", resource: Other.resourceType)
        interface.define("make") { (_, rep: UInt32) throws(Trap) -> Own<Thing> in Own(rep) }
        interface.define("take") { (call, thing: Own<Thing>) throws(Trap) -> Unit in
            try call.context(as: Log.self).used.append(thing.rep)
            return Unit()
        }
        interface.define("use") { (call, thing: Borrow<Thing>) throws(Trap) -> UInt32 in
            try call.context(as: Log.self).used.append(thing.rep)
            return thing.rep
        }
        interface.define("lend-and-take") {
            (_, _: Borrow<Thing>, _: Own<Thing>) throws(Trap) -> Unit in Unit()
        }
        interface.define("take-other") { (_, _: Own<Other>) throws(Trap) -> Unit in Unit() }
        let names = ["make", "take", "use", "lend-and-take", "take-other"]
        let lowered = names.map { "(core func $\($0)' (canon lower (func $h \"\($0)\")))" }
        let given = names.map { "(export \"\($0)\" (func $\($0)'))" }
        let lifted = exports.map {
            "(func (export \"\($0)\") (result u32) (canon lift (core func $m \"\($0)\")))"
        }
        return try instance(
            """
            (component
              (import "host" (instance $h
                (export "thing" (type $thing (sub resource)))
                (export "other" (type $other (sub resource)))
                (export "make" (func (param "rep" u32) (result (own $thing))))
                (export "take" (func (param "t" (own $thing))))
                (export "use" (func (param "t" (borrow $thing)) (result u32)))
                (export "lend-and-take" (func (param "a" (borrow $thing)) (param "b" (own $thing))))
                (export "take-other" (func (param "t" (own $other))))))
              (alias export $h "thing" (type $thing))
              \(lowered.joined(separator: "\n"))
              (core func $drop' (canon resource.drop $thing))
              (core module $M
                (import "" "make" (func $make (param i32) (result i32)))
                (import "" "take" (func $take (param i32)))
                (import "" "use" (func $use (param i32) (result i32)))
                (import "" "lend-and-take" (func $lend-and-take (param i32 i32)))
                (import "" "take-other" (func $take-other (param i32)))
                (import "" "drop" (func $drop (param i32)))
                \(body))
              (core instance $m (instantiate $M (with "" (instance
                \(given.joined(separator: " ")) (export "drop" (func $drop'))))))
              \(lifted.joined(separator: "\n")))
            """,
            linker,
            context: log
        )
    }

    /// Handles are given out from 1 on, what was freed last first.
    @Test func handlesOfTheHost() throws {
        let log = Log()
        let instance = try Self.component(
            ["run"],
            """
            (func (export "run") (result i32)
              (if (i32.ne (i32.const 1) (call $make (i32.const 70))) (then unreachable))
              (if (i32.ne (i32.const 2) (call $make (i32.const 80))) (then unreachable))
              (if (i32.ne (i32.const 3) (call $make (i32.const 90))) (then unreachable))
              (call $take (i32.const 2))
              (call $drop (i32.const 1))
              (if (i32.ne (i32.const 1) (call $make (i32.const 100))) (then unreachable))
              (if (i32.ne (i32.const 2) (call $make (i32.const 110))) (then unreachable))
              (drop (call $use (i32.const 3)))
              (call $use (i32.const 3)))
            """,
            log
        )
        #expect(try instance.number("run") == 90)
        #expect(log.used == [80, 90, 90])
        #expect(log.dropped == [70])
        // What is left is dropped when the instance is reset.
        instance.store.reset()
        #expect(log.dropped.sorted() == [70, 90, 100, 110])
        #expect(try instance.number("run") == 90)
    }

    static let faults: [(body: String, sentence: String)] = [
        ("(call $take (i32.const 5))", "unknown handle index 5"),
        ("(drop (call $use (i32.const 0)))", "unknown handle index 0"),
        (
            "(call $take (call $make (i32.const 1))) (call $take (i32.const 1))",
            "unknown handle index 1"
        ),
        (
            "(drop (call $make (i32.const 1))) (call $lend-and-take (i32.const 1) (i32.const 1))",
            "cannot remove owned resource while borrowed"
        ),
        (
            "(call $take-other (call $make (i32.const 1)))",
            "handle index 1 used with the wrong type, expected the host's resource other "
                + "but found the host's resource thing"
        ),
    ]

    @Test(arguments: faults.indices) func handlesThatAreNotThereTrap(_ index: Int) throws {
        let (body, sentence) = Self.faults[index]
        let text = "(func (export \"run\") (result i32) \(body) (i32.const 0))"
        let instance = try Self.component(["run"], text, Log())
        let trap = trap { _ = try instance.number("run") }
        #expect(trap?.kind == .canonicalABI)
        #expect(trap?.description == sentence)
    }

    /// A component that defines a resource type with a destructor, and one that uses it with `body`.
    static func guests(_ body: String) throws -> ComponentInstance {
        try instance(
            """
            (component
              (component $C
                (core module $State
                  (global $dropped (mut i32) (i32.const 0))
                  (func (export "dtor") (param i32)
                    (global.set $dropped (i32.add (i32.mul (global.get $dropped) (i32.const 100))
                      (local.get 0))))
                  (func (export "dropped") (result i32) (global.get $dropped)))
                (core instance $state (instantiate $State))
                (type $R' (resource (rep i32) (dtor (core func $state "dtor"))))
                (export $R "r" (type $R'))
                (core func $new (canon resource.new $R'))
                (core func $rep (canon resource.rep $R'))
                (core func $drop (canon resource.drop $R'))
                (core module $M
                  (import "" "new" (func $new (param i32) (result i32)))
                  (import "" "rep" (func $rep (param i32) (result i32)))
                  (import "" "drop" (func $drop (param i32)))
                  (global $kept (mut i32) (i32.const 0))
                  (func (export "make") (param i32) (result i32) (call $new (local.get 0)))
                  (func (export "take") (param i32) (result i32)
                    (call $rep (local.get 0)) (call $drop (local.get 0)))
                  (func (export "use") (param i32) (result i32) (local.get 0)))
                (core instance $m (instantiate $M (with "" (instance
                  (export "new" (func $new)) (export "rep" (func $rep)) (export "drop" (func $drop))))))
                (func (export "make") (param "rep" u32) (result (own $R)) (canon lift (core func $m "make")))
                (func (export "take") (param "r" (own $R)) (result u32) (canon lift (core func $m "take")))
                (func (export "use") (param "r" (borrow $R)) (result u32) (canon lift (core func $m "use")))
                (func (export "dropped") (result u32) (canon lift (core func $state "dropped"))))
              (component $User
                (import "r" (type $R (sub resource)))
                (core func $drop (canon resource.drop $R))
                (core module $M
                  (import "" "drop" (func $drop (param i32)))
                  (func (export "keep") (param i32))
                  (func (export "return") (param i32) (call $drop (local.get 0))))
                (core instance $m (instantiate $M (with "" (instance (export "drop" (func $drop))))))
                (func (export "keep") (param "r" (borrow $R)) (canon lift (core func $m "keep")))
                (func (export "return") (param "r" (borrow $R)) (canon lift (core func $m "return"))))
              (component $D
                (import "c" (instance $c
                  (export "r" (type $R (sub resource)))
                  (export "make" (func (param "rep" u32) (result (own $R))))
                  (export "take" (func (param "r" (own $R)) (result u32)))
                  (export "use" (func (param "r" (borrow $R)) (result u32)))))
                (alias export $c "r" (type $R))
                (import "keep" (func $keep (param "r" (borrow $R))))
                (import "return" (func $return (param "r" (borrow $R))))
                (core func $make' (canon lower (func $c "make")))
                (core func $take' (canon lower (func $c "take")))
                (core func $use' (canon lower (func $c "use")))
                (core func $keep' (canon lower (func $keep)))
                (core func $return' (canon lower (func $return)))
                (core func $drop' (canon resource.drop $R))
                (core module $M
                  (import "" "make" (func $make (param i32) (result i32)))
                  (import "" "take" (func $take (param i32) (result i32)))
                  (import "" "use" (func $use (param i32) (result i32)))
                  (import "" "keep" (func $keep (param i32)))
                  (import "" "return" (func $return (param i32)))
                  (import "" "drop" (func $drop (param i32)))
                  (func (export "run") (result i32) \(body)))
                (core instance $m (instantiate $M (with "" (instance
                  (export "make" (func $make')) (export "take" (func $take')) (export "use" (func $use'))
                  (export "keep" (func $keep')) (export "return" (func $return'))
                  (export "drop" (func $drop'))))))
                (func (export "run") (result u32) (canon lift (core func $m "run"))))
              (instance $c (instantiate $C))
              (alias export $c "r" (type $R))
              (instance $user (instantiate $User (with "r" (type $R))))
              (instance $d (instantiate $D (with "c" (instance $c))
                (with "keep" (func $user "keep")) (with "return" (func $user "return"))))
              (export "run" (func $d "run")) (export "c" (instance $c)))
            """
        )
    }

    /// What the destructor was called with, in order.
    static func dropped(_ instance: ComponentInstance) throws -> UInt32? {
        guard case .u32(let number)? = try instance.call("c", "dropped", arguments: []) else {
            return nil
        }
        return number
    }

    @Test func ownersAreCalledWhenResourcesAreDropped() throws {
        let instance = try Self.guests(
            """
            (drop (call $make (i32.const 7))) (drop (call $make (i32.const 8)))
            (call $return (i32.const 1))
            (call $drop (i32.const 1))
            (if (i32.ne (i32.const 8) (call $use (i32.const 2))) (then unreachable))
            (call $take (i32.const 2))
            """
        )
        #expect(try instance.number("run") == 8)
        #expect(try Self.dropped(instance) == 708)
    }

    @Test func aBorrowThatIsKeptTraps() throws {
        let instance = try Self.guests(
            "(call $keep (call $make (i32.const 7))) (i32.const 0)"
        )
        let trap = trap { _ = try instance.number("run") }
        #expect(trap?.description == "borrow handles still remain at the end of the call")
    }

    /// The host holds a resource of a component and lets go of it.
    @Test func theHostDropsAComponentsResource() throws {
        let instance = try Self.guests("(i32.const 0)")
        guard case .own(let resource)? = try instance.call("c", "make", arguments: [.u32(9)]) else {
            Issue.record("no resource came")
            return
        }
        #expect(resource.representation == 9)
        try instance.store.drop(resource)
        #expect(try Self.dropped(instance) == 9)
    }

    /// A component that makes `n` handles, and lends the last of them `lent` times over in one list.
    static func making(_ log: Log = Log()) throws -> ComponentInstance {
        let linker = ComponentLinker()
        linker.root.define("thing", resource: Thing.resourceType)
        linker.root.define("make") { (_, rep: UInt32) throws(Trap) -> Own<Thing> in Own(rep) }
        linker.root.define("count") { (_, things: [Borrow<Thing>]) throws(Trap) -> UInt32 in
            UInt32(things.count)
        }
        return try instance(
            """
            (component
              (import "thing" (type $thing (sub resource)))
              (import "make" (func $make (param "rep" u32) (result (own $thing))))
              (import "count" (func $count (param "t" (list (borrow $thing))) (result u32)))
              (core module $Memory (memory (export "memory") 80)
                (func (export "realloc") (param i32 i32 i32 i32) (result i32) unreachable))
              (core instance $memory (instantiate $Memory))
              (core func $make' (canon lower (func $make)))
              (core func $count' (canon lower (func $count) (memory $memory "memory")
                (realloc (func $memory "realloc"))))
              (core module $M
                (import "memory" "memory" (memory 80))
                (import "" "make" (func $make (param i32) (result i32)))
                (import "" "count" (func $count (param i32 i32) (result i32)))
                (func (export "make") (param i32) (result i32) (local $last i32)
                  (loop $more
                    (local.set $last (call $make (i32.const 7)))
                    (br_if $more (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))
                  (local.get $last))
                (func (export "lend") (param $n i32) (result i32) (local $at i32)
                  (loop $more
                    (i32.store (local.get $at) (i32.const 1))
                    (local.set $at (i32.add (local.get $at) (i32.const 4)))
                    (br_if $more
                      (i32.lt_u (local.get $at) (i32.mul (local.get $n) (i32.const 4)))))
                  (call $count (i32.const 0) (local.get $n))))
              (core instance $m (instantiate $M (with "memory" (instance $memory)) (with "" (instance
                (export "make" (func $make')) (export "count" (func $count'))))))
              (func (export "make") (param "n" u32) (result u32) (canon lift (core func $m "make")))
              (func (export "lend") (param "n" u32) (result u32) (canon lift (core func $m "lend"))))
            """,
            linker,
            context: log
        )
    }

    @Test func handlesAreLimited() throws {
        let instance = try Self.making()
        let limit = UInt32(ComponentLimits.handles)
        #expect(try instance.number("make", limit) == limit)
        #expect(
            trap { _ = try instance.number("make", 1) }?.description == "more than \(limit) handles"
        )
        // After a reset the first is the first again.
        instance.store.reset()
        #expect(try instance.number("make", 1) == 1)
    }

    @Test func listsForTheHostAreLimited() throws {
        let instance = try Self.making()
        let limit = UInt32(ComponentLimits.hostListElements)
        #expect(try instance.number("make", 1) == 1)
        #expect(try instance.number("lend", limit) == limit)
        #expect(
            trap { _ = try instance.number("lend", limit + 1) }?.description
                == "a list of more than \(limit) elements is given to the host")
    }

    /// Handles count in the memory of the store, by blocks of which the first is free.
    @Test func handlesCountAsMemory() throws {
        let log = Log()
        let instance = try Self.making(log)
        let free = UInt32(ComponentLimits.idleHandles)
        let block = UInt64(free) * 24
        let memory: UInt64 = 80 * 65_536
        let reason = "the memory limit is reached by the handles that the component holds or lends"
        instance.store.core.limits = StoreLimits(byteCount: memory + 2 * block)
        for _ in 0..<3 {
            #expect(try instance.number("make", 3 * free - 1) == 3 * free - 1)
            #expect(trap { _ = try instance.number("make", 1) }?.description == reason)
            instance.store.reset()
            #expect(log.dropped.count == Int(3 * free - 1))
            log.dropped = []
        }
        instance.store.core.limits = StoreLimits(byteCount: memory)
        #expect(try instance.number("make", 1) == 1)
        #expect(try instance.number("lend", free) == free)
        #expect(trap { _ = try instance.number("lend", free + 1) }?.description == reason)
        instance.store.reset()
        // What was lent is counted at its size.
        instance.store.core.limits = StoreLimits(byteCount: memory + UInt64(free) * 4)
        #expect(try instance.number("make", 1) == 1)
        #expect(try instance.number("lend", 2 * free) == 2 * free)
        #expect(try instance.number("lend", 2 * free) == 2 * free)
        #expect(trap { _ = try instance.number("lend", 2 * free + 1) }?.description == reason)
    }
}
