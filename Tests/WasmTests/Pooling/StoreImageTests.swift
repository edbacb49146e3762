import Testing

@testable import Wasm

/// What an image holds, and when it is taken.
@Suite struct StoreImageTests {
    static let drawing = """
        (module
          (import "env" "draw" (func $draw (result i32)))
          (memory 1)
          (data (i32.const 100) "data")
          (global $g (mut i32) (i32.const 0))
          (func $start (global.set $g (call $draw)) (i32.store (i32.const 8) (i32.const 1)))
          (start $start)
          (func (export "get") (result i32) (global.get $g))
          (func (export "set") (param i32) (global.set $g (local.get 0)))
          (func (export "byte") (param i32) (result i32) (i32.load8_u (local.get 0))))
        """

    @Test func startIsInTheImage() throws {
        let pool = InstancePool(try template(Self.drawing), capacity: 1)
        #expect(pool.template.image.deferral == nil)
        let lease = try pool.take()
        #expect(try lease.instances[0].number("get") == 4)
        pool.giveBack(lease)
    }

    @Test(arguments: [HostEffect.randomness, .time, .environment, .resource, .state])
    func effectsAreNotFrozen(_ effect: HostEffect) throws {
        let pool = InstancePool(try template(Self.drawing, effect: effect), capacity: 1)
        let deferral = try #require(pool.template.image.deferral)
        #expect(deferral == ObservedEffect(effect: effect, instance: 0))
        #expect(
            deferral.description
                == "the start function of instance 0 calls a host function that gives \(effect.rawValue)"
        )
        let memory = pool.template.image.memories[0]
        #expect(memory.fileBytes == 4_096)
        for _ in 0..<3 {
            let lease = try pool.take()
            #expect(try lease.instances[0].number("get") == 4)
            #expect(try lease.instances[0].number("byte", .i32(8)) == 1)
            try lease.instances[0].call("set", .i32(77))
            pool.giveBack(lease)
        }
    }

    /// A start function with an effect leaves what comes after it for each use too, in order.
    @Test func whatFollowsAnEffectIsLeftToo() throws {
        let engine = Engine()
        let texts = [
            """
            (module (memory (export "m") 1) (data (i32.const 0) "a")
              (func $s (i32.store8 (i32.const 1) (i32.const 98))) (start $s))
            """,
            """
            (module (import "0" "m" (memory 1)) (import "env" "draw" (func $draw (result i32)))
              (data (i32.const 2) "c")
              (func $s (i32.store8 (i32.const 3) (i32.add (call $draw) (i32.load8_u (i32.const 0)))))
              (start $s))
            """,
            """
            (module (import "0" "m" (memory 1)) (data (i32.const 3) "d")
              (func $s (i32.store8 (i32.const 4) (i32.load8_u (i32.const 3)))) (start $s)
              (func (export "byte") (param i32) (result i32) (i32.load8_u (local.get 0))))
            """,
        ]
        let modules = try texts.map { LoweredModule(try module($0), engine: engine) }
        let template = try StoreTemplate(engine: engine) { store throws(InstantiationError) in
            let linker = Linker()
            let type = FunctionType(parameters: [], results: [.i32])
            linker.define(
                module: "env",
                name: "draw",
                .function(
                    .host(store, type, effect: .time) { (caller: borrowing Caller) throws(Trap) in
                        caller.setI32(0, 5)
                    }
                )
            )
            var instances: [Instance] = []
            for (place, module) in modules.enumerated() {
                instances.append(try linker.instantiate(module, in: store))
                linker.define(instance: instances[place], as: "\(place)")
            }
            return StoreContents(instances)
        }
        #expect(template.image.deferral == ObservedEffect(effect: .time, instance: 1))
        let pool = InstancePool(template, capacity: 1)
        for _ in 0..<2 {
            let lease = try pool.take()
            let bytes = try (0..<5).map { try lease.instances[2].number("byte", .i32(UInt32($0))) }
            #expect(bytes == [97, 98, 99, 100, 100])
            pool.giveBack(lease)
        }
    }

    /// The host is not asked while the image is made: there is no request that it could answer for.
    @Test func theHostIsNotCalledForTheImage() throws {
        var calls = 0
        let engine = Engine()
        let module = LoweredModule(try module(Self.drawing), engine: engine)
        let template = try StoreTemplate(engine: engine) { store throws(InstantiationError) in
            let type = FunctionType(parameters: [], results: [.i32])
            let draw = Function.host(store, type, effect: .time) {
                (caller: borrowing Caller) throws(Trap) in
                calls += 1
                caller.setI32(0, 6)
            }
            return [try store.instantiate(module, checkedImports: [.function(draw)])]
        }
        #expect(calls == 0)
        let pool = InstancePool(template, capacity: 1)
        try pool.fill(to: 1)
        #expect(calls == 0)
        let lease = try pool.take()
        #expect(calls == 1)
        #expect(try lease.instances[0].number("get") == 6)
        pool.giveBack(lease)
    }

    /// What a start function does with what the host gives is not known before a use.
    @Test func startThatTrapsEachTimeTrapsAtEachUse() throws {
        let text = """
            (module (import "env" "draw" (func $draw (result i32))) (memory 1)
              (func $s (i32.store (i32.mul (call $draw) (i32.const 65536)) (i32.const 1)))
              (start $s))
            """
        let pool = InstancePool(try template(text, effect: .time), capacity: 1)
        for _ in 0..<2 {
            do throws(InstancePool.Failure) {
                _ = try pool.take()
                Issue.record("the start function does not trap")
            } catch {
                guard case .start(let trap) = error else {
                    Issue.record("\(error)")
                    continue
                }
                #expect(trap.kind == .memoryOutOfBounds)
            }
        }
        let early = text.replacing("(call $draw)", with: "(i32.const 4)")
        #expect(throws: StoreTemplateError.self) { try template(early) }
    }

    /// What the layer above makes in a store stays with it, and is told before what is left for a use.
    @Test func aStoreHasItsCompanion() throws {
        final class Companion { var isPrepared = false }
        let engine = Engine()
        let module = LoweredModule(try module(Self.drawing), engine: engine)
        var current: Companion?
        let template = try StoreTemplate(engine: engine) { store throws(InstantiationError) in
            let type = FunctionType(parameters: [], results: [.i32])
            let companion = Companion()
            let draw = Function.host(store, type, effect: .state) {
                (caller: borrowing Caller) throws(Trap) in
                caller.setI32(0, current?.isPrepared == true ? 1 : 0)
            }
            let instance = try store.instantiate(module, checkedImports: [.function(draw)])
            return StoreContents([instance], companion: companion)
        }
        let pool = InstancePool(template, capacity: 1)
        let lease = try pool.take { companion in
            current = companion as? Companion
            current?.isPrepared = true
        }
        #expect(lease.companion != nil)
        #expect(lease.companion === current)
        #expect(try lease.instances[0].number("get") == 1)
        pool.giveBack(lease)
    }

    /// Imports by index are checked where that is asked for.
    @Test func importsByIndexAreChecked() throws {
        let engine = Engine()
        let store = Store(engine: engine)
        let module = LoweredModule(try module(Self.drawing), engine: engine)
        let other = Function.host(store, FunctionType(parameters: [.i64], results: [])) {
            (_: borrowing Caller) throws(Trap) in
        }
        let none = #expect(throws: LinkError.self) { try module.check([]) }
        #expect(none?.kind == .unknownImport)
        let wrong = #expect(throws: LinkError.self) { try module.check([.function(other)]) }
        #expect(wrong?.kind == .incompatibleImportType)
        #expect(wrong?.module == "env" && wrong?.name == "draw")
    }

    /// What each use begins with may trap; the store is reset then, and the next use may go well.
    @Test func startOfAUseThatTraps() throws {
        let text = """
            (module (import "env" "draw" (func $draw (result i32))) (memory 1)
              (global $g (mut i32) (i32.const 0))
              (func $s
                (global.set $g (i32.add (global.get $g) (i32.const 1)))
                (i32.store (i32.mul (call $draw) (i32.const 65536)) (i32.const 1)))
              (start $s)
              (func (export "get") (result i32) (global.get $g)))
            """
        let engine = Engine()
        let module = LoweredModule(try module(text), engine: engine)
        var drawn: UInt32 = 0
        let template = try StoreTemplate(engine: engine) { store throws(InstantiationError) in
            let linker = Linker()
            let type = FunctionType(parameters: [], results: [.i32])
            linker.define(
                module: "env",
                name: "draw",
                .function(
                    .host(store, type, effect: .randomness) {
                        (caller: borrowing Caller) throws(Trap) in
                        caller.setI32(0, drawn)
                    }
                )
            )
            return [try linker.instantiate(module, in: store)]
        }
        let pool = InstancePool(template, capacity: 1)
        drawn = 1
        do throws(InstancePool.Failure) {
            _ = try pool.take()
            Issue.record("the start function does not trap")
        } catch {
            guard case .start(let trap) = error, trap.kind == .memoryOutOfBounds else {
                Issue.record("\(error)")
                return
            }
        }
        #expect(pool.idleCount == 1 && pool.inUseCount == 0)
        drawn = 0
        let lease = try pool.take()
        #expect(try lease.instances[0].number("get") == 1)
        pool.giveBack(lease)
    }

    /// An image is another thread's as well: another engine, with other types, makes stores from it.
    @Test func imageServesOtherEngines() throws {
        let first = try template(IsolationTests.text)
        let lease = try InstancePool(first, capacity: 1).take()
        let engine = Engine()
        _ = LoweredModule(
            try module("(module (type (func (param i64 i64))) (type (struct (field i32))))"),
            engine: engine
        )
        let second = try template(IsolationTests.text, engine: engine, image: first.image)
        let other = try InstancePool(second, capacity: 1).take()
        #expect(StoreState(lease.store) == StoreState(other.store))
        #expect(try other.instances[0].number("callAll") == 6)
    }

    @Test func imageOfAnotherModuleIsRefused() throws {
        let other = try template("(module (memory 2))")
        let template = try template(Self.drawing, image: other.image)
        #expect {
            _ = try template.makeStore()
        } throws: {
            if case StoreTemplateError.otherShape = $0 { true } else { false }
        }
    }

    @Test func zerosAtTheEndAreLeftOut() throws {
        let empty = try template("(module (memory 16))")
        #expect(empty.image.memories[0].fileBytes == 0)
        #expect(empty.image.byteCount == 16 * 65_536)
        let short = try template("(module (memory 16) (data (i32.const 5000) \"x\"))")
        #expect(short.image.memories[0].fileBytes == 8_192)
    }
}
