import ComponentModel
import Testing
import Wasm

/// That one use of a pooled instance leaves nothing to the next, and that nothing of a request is in
/// an image.
@Suite("Component pools") struct ComponentPoolTests {
    /// What a request of the tests has.
    final class Request {
        let number: UInt32
        var dropped: [UInt32] = []
        var calls = 0

        init(_ number: UInt32) { self.number = number }
    }

    static func pool(
        _ text: String, _ linker: ComponentLinker = ComponentLinker(), capacity: Int = 1
    ) throws -> ComponentPool {
        let plan = try linker.link(try assembled(text))
        return ComponentPool(try ComponentTemplate(plan, engine: Engine()), capacity: capacity)
    }

    static let directory = HostResourceType("directory") { context, number in
        (context as? Request)?.dropped.append(number)
    }

    enum Directory: HostResource {
        static var resourceType: HostResourceType { directory }
    }

    /// `random`, `get-directory`, and `answer`, which is always the same.
    static func linker() -> ComponentLinker {
        @Sendable func drawn(_ call: borrowing HostCall) throws(Trap) -> UInt32 {
            let request = try call.context(as: Request.self)
            request.calls += 1
            return request.number
        }
        let linker = ComponentLinker()
        linker.root.define(
            "random",
            HostFunctionDefinition(effect: .randomness) { (call: borrowing HostCall) throws(Trap) in
                try drawn(call)
            })
        linker.root.define("directory", resource: directory)
        linker.root.define(
            "get-directory",
            HostFunctionDefinition(effect: .resource) {
                (call: borrowing HostCall) throws(Trap) -> Own<Directory> in Own(try drawn(call))
            })
        linker.root.define(
            "answer",
            HostFunctionDefinition(effect: nil) {
                (_: borrowing HostCall) throws(Trap) -> UInt32 in 42
            })
        return linker
    }

    /// A component whose start function draws a number by `name`.
    static func drawing(_ name: String) -> String {
        """
        (component
          (import "\(name)" (func $draw (result u32)))
          (core func $draw (canon lower (func $draw)))
          (core module $M
            (import "" "draw" (func $draw (result i32)))
            (global $g (mut i32) (i32.const 0)) (global $calls (mut i32) (i32.const 0))
            (func $start (global.set $g (call $draw))) (start $start)
            (func (export "get") (result i32)
              (global.set $calls (i32.add (global.get $calls) (i32.const 1)))
              (i32.add (i32.mul (global.get $calls) (i32.const 1000)) (global.get $g))))
          (core instance $m (instantiate $M (with "" (instance (export "draw" (func $draw))))))
          (func (export "get") (result u32) (canon lift (core func $m "get"))))
        """
    }

    @Test func aStartFunctionThatReadsRandomRunsAtEachUse() throws {
        let pool = try Self.pool(Self.drawing("random"), Self.linker())
        let deferral = try #require(pool.template.image.deferral)
        #expect(deferral.effect == .randomness)
        #expect(
            "\(deferral)"
                == "the start function of instance 0 calls a host function that gives randomness")
        for number in [UInt32(5), 6, 7] {
            let request = Request(number)
            let lease = try pool.take(context: request)
            #expect(try lease.instance.number("get") == 1_000 + number)
            #expect(request.calls == 1)
            pool.giveBack(lease)
        }
    }

    @Test func whatIsAlwaysTheSameIsInTheImage() throws {
        let pool = try Self.pool(Self.drawing("answer"), Self.linker())
        #expect(pool.template.image.deferral == nil)
        for _ in 0..<3 {
            let lease = try pool.take()
            #expect(try lease.instance.number("get") == 1_042)
            pool.giveBack(lease)
        }
    }

    /// Functions whose effect is not said are taken to have one.
    @Test func anEffectIsTheDefault() throws {
        let linker = ComponentLinker()
        linker.root.define(
            "draw", HostFunctionDefinition { (_: borrowing HostCall) throws(Trap) -> UInt32 in 1 })
        let pool = try Self.pool(Self.drawing("draw"), linker)
        #expect(pool.template.image.deferral?.effect == .state)
    }

    /// The start function is called again, after the reset, where it trapped at the use before.
    @Test func aStartFunctionThatTrapsDoesNotSpoilTheNextUse() throws {
        let pool = try Self.pool(Self.drawing("random"), Self.linker())
        #expect(throws: ComponentPool.Failure.self) { _ = try pool.take() }
        #expect(pool.inUseCount == 0)
        let lease = try pool.take(context: Request(9))
        #expect(try lease.instance.number("get") == 1_009)
        pool.giveBack(lease)
    }

    static let holding = """
        (component
          (import "directory" (type $directory (sub resource)))
          (import "get-directory" (func $get (result (own $directory))))
          (core func $get (canon lower (func $get)))
          (core func $drop (canon resource.drop $directory))
          (core module $M
            (import "" "get" (func $get (result i32))) (import "" "drop" (func $drop (param i32)))
            (global $h (mut i32) (i32.const 0))
            (func $start (global.set $h (call $get))) (start $start)
            (func (export "handle") (result i32) (global.get $h))
            (func (export "more") (result i32) (call $get))
            (func (export "drop") (param i32) (call $drop (local.get 0))))
          (core instance $m (instantiate $M
            (with "" (instance (export "get" (func $get)) (export "drop" (func $drop))))))
          (func (export "handle") (result u32) (canon lift (core func $m "handle")))
          (func (export "more") (result u32) (canon lift (core func $m "more")))
          (func (export "drop") (param "h" u32) (canon lift (core func $m "drop"))))
        """

    /// Host resources that a use leaves are dropped, each once, with that use's context.
    @Test func aStartFunctionThatGetsDirectoriesRunsAtEachUse() throws {
        let pool = try Self.pool(Self.holding, Self.linker())
        #expect(pool.template.image.deferral?.effect == .resource)
        for number in [UInt32(5), 6] {
            let request = Request(number)
            let lease = try pool.take(context: request)
            #expect(try lease.instance.number("handle") == 1)
            #expect(try lease.instance.number("more") == 2)
            #expect(request.dropped == [])
            pool.giveBack(lease)
            #expect(request.dropped == [number, number])
        }
    }

    @Test func whatTheGuestHasDroppedIsNotDroppedAgain() throws {
        let pool = try Self.pool(Self.holding, Self.linker())
        let request = Request(3)
        let lease = try pool.take(context: request)
        _ = try lease.instance.call("drop", arguments: [.u32(1)])
        #expect(request.dropped == [3])
        pool.giveBack(lease)
        #expect(request.dropped == [3])
    }

    @Test func aLeaseThatIsNotGivenBackDropsWhatItHolds() throws {
        let pool = try Self.pool(Self.holding, Self.linker())
        let request = Request(3)
        do { _ = try pool.take(context: request) }
        #expect(request.dropped == [3])
        #expect(pool.discardedCount == 1)
        #expect(pool.inUseCount == 0)
    }

    /// A component with a resource type of its own: its start function makes two and drops one.
    static let own = """
        (component
          (core module $D
            (global (export "destroyed") (mut i32) (i32.const 0))
            (func (export "destroy") (param i32)
              (global.set 0 (i32.add (global.get 0) (local.get 0)))))
          (core instance $d (instantiate $D))
          (type $r (resource (rep i32) (dtor (core func $d "destroy"))))
          (core func $new (canon resource.new $r))
          (core func $rep (canon resource.rep $r))
          (core func $drop (canon resource.drop $r))
          (core module $M
            (import "" "new" (func $new (param i32) (result i32)))
            (import "" "rep" (func $rep (param i32) (result i32)))
            (import "" "drop" (func $drop (param i32)))
            (import "d" "destroyed" (global $destroyed (mut i32)))
            (func $start
              (drop (call $new (i32.const 11))) (drop (call $new (i32.const 12)))
              (call $drop (i32.const 1)))
            (start $start)
            (func (export "new") (param i32) (result i32) (call $new (local.get 0)))
            (func (export "rep") (param i32) (result i32) (call $rep (local.get 0)))
            (func (export "drop") (param i32) (call $drop (local.get 0)))
            (func (export "destroyed") (result i32) (global.get $destroyed)))
          (core instance $m (instantiate $M
            (with "" (instance (export "new" (func $new)) (export "rep" (func $rep))
              (export "drop" (func $drop))))
            (with "d" (instance $d))))
          (func (export "new") (param "r" u32) (result u32) (canon lift (core func $m "new")))
          (func (export "rep") (param "h" u32) (result u32) (canon lift (core func $m "rep")))
          (func (export "drop") (param "h" u32) (canon lift (core func $m "drop")))
          (func (export "destroyed") (result u32) (canon lift (core func $m "destroyed"))))
        """

    /// Handles that a start function leaves are in the image: entries and the free list.
    @Test func handlesThatInstantiationLeavesAreInTheImage() throws {
        let pool = try Self.pool(Self.own)
        #expect(pool.template.image.deferral == nil)
        for _ in 0..<3 {
            let lease = try pool.take()
            #expect(try lease.instance.number("destroyed") == 11)
            #expect(try lease.instance.number("rep", 2) == 12)
            #expect(throws: Trap.self) { try lease.instance.number("rep", 1) }
            pool.giveBack(lease)
        }
    }

    /// A use may leave handles, drop those of the image, or trap: the next one sees none of it, and no
    /// destructor of the guest's runs for what is left.
    @Test func usesLeaveNothing() throws {
        let pool = try Self.pool(Self.own)
        for _ in 0..<3 {
            let lease = try pool.take()
            #expect(try lease.instance.number("new", 100) == 1)
            #expect(try lease.instance.number("new", 200) == 3)
            _ = try lease.instance.call("drop", arguments: [.u32(2)])
            #expect(try lease.instance.number("destroyed") == 23)
            #expect(throws: Trap.self) { try lease.instance.number("rep", 2) }
            pool.giveBack(lease)
        }
        #expect(pool.discardedCount == 0)
    }

    @Test func anInstanceThatHasTrappedIsAsNew() throws {
        let text = """
            (component
              (core module $M (memory (export "m") 1)
                (func (export "write") (i32.store (i32.const 8) (i32.const 9)) unreachable)
                (func (export "read") (result i32) (i32.load (i32.const 8))))
              (core instance $m (instantiate $M))
              (func (export "write") (canon lift (core func $m "write")))
              (func (export "read") (result u32) (canon lift (core func $m "read"))))
            """
        let pool = try Self.pool(text)
        for _ in 0..<3 {
            let lease = try pool.take()
            #expect(try lease.instance.number("read") == 0)
            #expect(throws: Trap.self) { try lease.instance.call("write", arguments: []) }
            // Nothing enters an instance that has trapped.
            #expect(throws: Trap.self) { try lease.instance.number("read") }
            pool.giveBack(lease)
        }
    }

    /// An image that one loop has made serves the others.
    @Test func imagesAreShared() throws {
        let linker = Self.linker()
        let plan = try linker.link(try assembled(Self.own))
        let first = try ComponentTemplate(plan, engine: Engine())
        let second = try ComponentTemplate(plan, engine: Engine(), image: first.image)
        let pool = ComponentPool(second, capacity: 1)
        let lease = try pool.take()
        #expect(try lease.instance.number("rep", 2) == 12)
        #expect(try lease.instance.number("destroyed") == 11)
        pool.giveBack(lease)
    }

    @Test func aPoolHasItsCapacity() throws {
        let pool = try Self.pool(Self.own, capacity: 2)
        try pool.fill(to: 5)
        #expect(pool.idleCount == 2)
        let one = try pool.take()
        let other = try pool.take()
        #expect(throws: ComponentPool.Failure.self) { _ = try pool.take() }
        pool.giveBack(one)
        pool.giveBack(other)
        #expect(pool.idleCount == 2)
        pool.drain()
        #expect(pool.idleCount == 0)
    }

    @Test func memoriesAreBounded() throws {
        let plan = try ComponentLinker().link(
            try assembled(
                "(component (core module $M (memory 4)) (core instance (instantiate $M)))"))
        #expect(throws: StoreTemplateError.self) {
            try ComponentTemplate(
                plan, engine: Engine(), limits: StoreLimits(byteCount: 3 * 65_536))
        }
    }

    @Test func aStartFunctionThatDoesNotEndIsEnded() throws {
        let plan = try ComponentLinker().link(
            try assembled(
                """
                (component
                  (core module $M (func $start (loop (br 0))) (start $start))
                  (core instance (instantiate $M)))
                """))
        let error = #expect(throws: StoreTemplateError.self) {
            try ComponentTemplate(plan, engine: Engine(), startLimits: RunLimits(fuel: 1_000))
        }
        #expect("\(try #require(error))".contains("fuel"))
    }

    @Test func aStartFunctionOfEachUseIsBounded() throws {
        let text = Self.drawing("random").replacing(
            "(global.set $g (call $draw))", with: "(global.set $g (call $draw)) (loop (br 0))")
        let pool = try Self.pool(text, Self.linker())
        for _ in 0..<2 {
            #expect(throws: ComponentPool.Failure.self) {
                _ = try pool.take(context: Request(1), runLimits: RunLimits(fuel: 1_000))
            }
        }
        #expect(pool.inUseCount == 0)
    }

    // MARK: Real guests

    @Test(
        .enabled(if: Fixtures.isPresent, "no ../shared/fixtures beside the project"),
        arguments: [
            "c-http/c-http.wasm", "rust/rust-http.wasm", "swift-http/swift-http.wasm",
            "python-http/python-http.wasm", "python-spin-p2/python-spin-p2.wasm",
            "wat/composed.wasm", "wat/hello.wasm", "wat/encoder.wasm", "wat/ingestor.wasm",
        ])
    func realGuestsAreFrozen(_ path: String) throws {
        let bytes = try #require(Fixtures.bytes(path))
        let linker = ComponentLinker()
        linker.unknownImports = .trapping
        let plan = try linker.link(try Component(decoding: bytes))
        let pool = ComponentPool(try ComponentTemplate(plan, engine: Engine()), capacity: 1)
        #expect(pool.template.image.deferral == nil)
        for _ in 0..<2 { pool.giveBack(try pool.take()) }
        #expect(pool.discardedCount == 0)
    }
}
