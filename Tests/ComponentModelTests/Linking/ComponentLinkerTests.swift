import ComponentModel
import Testing
import Wasm

/// What is defined, what is wanted, and what is said where the two do not meet.
@Suite("Linker") struct ComponentLinkerTests {
    /// A function that gives `number`.
    static func constant(_ number: UInt32) -> HostFunctionDefinition {
        HostFunctionDefinition { (_: borrowing HostCall) throws(Trap) in number }
    }

    static func importing(_ name: String) -> String {
        """
        (component
          (import "\(name)" (instance $i (export "f" (func (result u32)))))
          (core func $f (canon lower (func $i "f")))
          (core module $M (import "" "f" (func $f (result i32)))
            (func (export "g") (result i32) (call $f)))
          (core instance $m (instantiate $M (with "" (instance (export "f" (func $f))))))
          (func (export "g") (result u32) (canon lift (core func $m "g"))))
        """
    }

    @Test func functionsOfTheHostAreFoundByName() throws {
        let linker = ComponentLinker()
        linker.root.define("f", Self.constant(1))
        linker.instance("a:b/c").define("f", Self.constant(2))
        linker.instance("a:b/c").define("not-wanted", Self.constant(3))
        let instance = try instance(
            """
            (component
              (import "f" (func $f (result u32)))
              (import "a:b/c" (instance $i (export "f" (func (result u32)))))
              (core func $f (canon lower (func $f)))
              (core func $g (canon lower (func $i "f")))
              (core module $M
                (import "" "f" (func $f (result i32))) (import "" "g" (func $g (result i32)))
                (func (export "sum") (result i32)
                  (i32.add (i32.mul (i32.const 10) (call $f)) (call $g))))
              (core instance $m (instantiate $M
                (with "" (instance (export "f" (func $f)) (export "g" (func $g))))))
              (func (export "sum") (result u32) (canon lift (core func $m "sum"))))
            """, linker)
        #expect(try instance.number("sum") == 12)
        #expect(instance.plan.hostFunctions.map(\.path) == [["f"], ["a:b/c", "f"]])
    }

    /// A component that is defined within another refers to the definitions around it, which have it.
    @Test func componentsGoWithTheLastOfTheirPlans() throws {
        weak var made: Component?
        func link() throws {
            let outer = try component(
                """
                (component
                  (component $C
                    (core module $M (func (export "g") (result i32) (i32.const 7)))
                    (core instance $m (instantiate $M))
                    (func (export "g") (result u32) (canon lift (core func $m "g"))))
                  (instance $c (instantiate $C))
                  (instance $both (export "c" (component $C)) (export "i" (instance $c)))
                  (export "c" (component $C))
                  (export "i" (instance $c)))
                """
            ).get()
            made = outer
            let plan = try ComponentLinker().link(outer)
            #expect(plan.component === made)
        }
        try link()
        #expect(made == nil)
    }

    @Test func compatibleVersionsMatch() throws {
        let linker = ComponentLinker()
        linker.instance("a:b/c@0.2.3").define("f", Self.constant(3))
        linker.instance("a:b/c@0.2.5").define("f", Self.constant(5))
        #expect(try instance(Self.importing("a:b/c@0.2.3"), linker).number("g") == 3)
        #expect(try instance(Self.importing("a:b/c@0.2.0"), linker).number("g") == 5)
        #expect(try linkError(Self.importing("a:b/c@0.3.0"), linker) != nil)
        #expect(try linkError(Self.importing("a:b/c@0.2.0-rc1"), linker) != nil)
    }

    /// All that is wrong is told at once: where, what is wanted, what is there.
    @Test func allProblemsAreTold() throws {
        let linker = ComponentLinker()
        linker.instance("wasi:http/types@0.2.0").define(
            "[static]fields.get",
            HostFunctionDefinition { (_: borrowing HostCall, _: UInt32) throws(Trap) -> UInt32 in 0 })
        linker.instance("a:b/c").define("r", Self.constant(0))
        linker.root.define("g", Self.constant(0))
        let error = try #require(
            try linkError(
                """
                (component
                  (import "wasi:http/types@0.2.0" (instance
                    (export "fields" (type $f (sub resource)))
                    (export "[static]fields.get" (func (param "name" string) (result u32)))
                    (export "absent" (func (param "a" (list u8)) (result (option char))))))
                  (import "x:y/z@1.0.0" (instance (export "one" (func)) (export "two" (func))))
                  (import "a:b/c" (instance (export "r" (type (sub resource)))))
                  (import "f" (func (param "a" u32)))
                  (import "g" (instance))
                  (import "m" (core module))
                  (import "k" (component)))
                """, linker))
        let types = "wasi:http/types@0.2.0"
        #expect(
            error.problems.map(\.path) == [
                [types, "fields"], [types, "[static]fields.get"], [types, "absent"], ["x:y/z@1.0.0"],
                ["a:b/c", "r"], ["f"], ["g"], ["m"], ["k"],
            ])
        #expect(
            error.problems.map(\.kind) == [
                .unknownImport, .incompatibleImport, .unknownImport, .unknownImport,
                .incompatibleImport, .unknownImport, .incompatibleImport, .unknownImport,
                .unknownImport,
            ])
        #expect(error.problems[1].wanted == "func(name: string) -> u32")
        #expect(error.problems[1].present == "func(u32) -> u32")
        #expect(error.problems[2].wanted == "func(a: list<u8>) -> option<char>")
        #expect(error.problems[3].wanted == "an instance with `one`, `two`")
        let lines = error.description.split(separator: "\n")
        #expect(lines[0] == "the import `\(types)`, `fields` is not defined")
        #expect(lines[1] == "    wanted: a resource type")
        #expect(lines.contains { $0.hasPrefix("the import `\(types)`, `[static]fields.get` does not match: ") })
        #expect(error.problems[1].detail == "parameter `name`: string is wanted, u32 is there")
        #expect(lines.contains("    there:  func(u32) -> u32"))
        #expect(
            lines.contains(
                "the import `a:b/c`, `r` does not match: a resource type is wanted, a function is there"
            ))
        #expect(
            lines.contains(
                "the import `m` is not defined: a core module is wanted, which no definition can give"))
    }

    @Test func otherVersionsOfAnInterfaceAreNamed() throws {
        let linker = ComponentLinker()
        for name in ["a:b/c@0.3.0-rc-1", "a:b/c@0.2.3", "a:b/d@1.0.0", "a:b/c"] { _ = linker.instance(name) }
        let error = try #require(
            try linkError(
                """
                (component
                  (import "a:b/c@0.3.0" (instance)) (import "a:b/e@0.2.0" (instance))
                  (import "a:b/d@1.1.0" (instance)))
                """, linker))
        #expect(
            error.description.split(separator: "\n") == [
                "the import `a:b/c@0.3.0` is not defined: of other versions there is `a:b/c`, "
                    + "`a:b/c@0.2.3`, `a:b/c@0.3.0-rc-1`",
                "    wanted: an instance",
                "the import `a:b/e@0.2.0` is not defined",
                "    wanted: an instance",
            ])
    }

    // MARK: Resource types

    /// A type that one interface has from another must be the same in both.
    @Test func resourceTypesAreTheSameWhereverTheyAreUsed() throws {
        let text = """
            (component
              (import "a" (instance $a (export "r" (type (sub resource)))))
              (alias export $a "r" (type $r))
              (import "b" (instance (export "r" (type (eq $r))) (export "f" (func (param "r" (own $r)))))))
            """
        let one = HostResourceType("one") { _, _ in }
        let other = HostResourceType("other") { _, _ in }
        func linker(_ inB: HostResourceType?, _ parameter: HostResourceType) -> ComponentLinker {
            let linker = ComponentLinker()
            linker.instance("a").define("r", resource: one)
            if let inB { linker.instance("b").define("r", resource: inB) }
            let type = HostFuncType(parameters: [.own(parameter.number)], result: .unit)
            linker.instance("b").define(
                "f", HostFunctionDefinition(type, body: { (_: borrowing HostCall) throws(Trap) in }))
            return linker
        }
        #expect(try linkError(text, linker(one, one)) == nil)
        #expect(try linkError(text, linker(nil, one)) == nil)
        let wrong = try linkError(text, linker(other, one))
        #expect(wrong?.problems.map(\.path) == [["b", "r"]])
        #expect(
            wrong?.description
                == "the import `b`, `r` does not match: the resource type that is there is not the one "
                + "that another import has")
        #expect(try linkError(text, linker(nil, other))?.problems.map(\.path) == [["b", "f"]])
    }

    // MARK: Unknown imports

    @Test func unknownImportsMayTrap() throws {
        let linker = ComponentLinker()
        linker.unknownImports = .trapping
        let instance = try instance(Self.importing("a:b/c@0.2.0"), linker)
        let trap = #expect(throws: Trap.self) { try instance.call("g", arguments: []) }
        #expect(trap?.description == "the import `a:b/c@0.2.0`, `f` is not defined")
    }

    // MARK: Components as definitions

    static let provider = """
        (component
          (core module $M (global $n (mut i32) (i32.const 40))
            (func (export "f") (result i32)
              (global.set $n (i32.add (global.get $n) (i32.const 1))) (global.get $n)))
          (core instance $m (instantiate $M))
          (func $f (result u32) (canon lift (core func $m "f")))
          (instance $c (export "f" (func $f)))
          (export "a:b/c@0.2.1" (instance $c)))
        """

    @Test func anInstanceIsLinkedToAnother() throws {
        let store = ComponentStore(core: Store(engine: Engine()))
        let linker = ComponentLinker()
        let first = try linker.instantiate(try assembled(Self.provider), in: store)
        linker.root.define(exportsOf: first)
        let second = try linker.instantiate(try assembled(Self.importing("a:b/c@0.2.0")), in: store)
        #expect(try second.number("g") == 41)
        #expect(try first.call("a:b/c@0.2.0", "f", arguments: []) != nil)
        #expect(try second.number("g") == 43)
        #expect(throws: ComponentLinkError.self) {
            try linker.link(try assembled(Self.importing("a:b/c@0.2.0")))
        }
    }

    @Test func anInstanceOfAnotherTypeIsRefused() throws {
        let store = ComponentStore(core: Store(engine: Engine()))
        let linker = ComponentLinker()
        let first = try linker.instantiate(try assembled(Self.provider), in: store)
        linker.root.define(exportsOf: first)
        let error = try linkError(
            """
            (component (import "a:b/c@0.2.0" (instance (export "f" (func (result string))))))
            """, linker)
        #expect(
            error?.problems.first?.detail
                == "result: string is wanted, u32 is there")
        #expect(error?.problems.first?.present == "func() -> u32")
    }

    /// A component that others import from is instantiated as part of the same plan, once.
    @Test func aComponentIsLinkedToAnother() throws {
        let linker = ComponentLinker()
        linker.root.define(exportsOf: try assembled(Self.provider))
        let plan = try linker.link(try assembled(Self.importing("a:b/c@0.2.0")))
        let pool = ComponentPool(try ComponentTemplate(plan, engine: Engine()), capacity: 1)
        for _ in 0..<2 {
            let lease = try pool.take()
            #expect(try lease.instance.number("g") == 41)
            #expect(try lease.instance.number("g") == 42)
            pool.giveBack(lease)
        }
    }

    @Test func aCircleIsRefused() throws {
        let linker = ComponentLinker()
        linker.root.define(
            exportsOf: try assembled(
                """
                (component
                  (import "x" (instance $x (export "f" (func))))
                  (instance $y (export "f" (func $x "f")))
                  (export "y" (instance $y)))
                """))
        linker.root.define(
            exportsOf: try assembled(
                """
                (component
                  (import "y" (instance $y (export "f" (func))))
                  (instance $x (export "f" (func $y "f")))
                  (export "x" (instance $x)))
                """))
        let error = try linkError("(component (import \"x\" (instance (export \"f\" (func)))))", linker)
        #expect(error?.problems.map(\.kind) == [.unsupported])
        #expect(error?.description.contains("in a circle") == true)
    }

    /// Resource types keep their identity between instances that are linked.
    @Test func resourceTypesCrossInstances() throws {
        let provider = """
            (component
              (type $r' (resource (rep i32)))
              (core func $new (canon resource.new $r'))
              (core module $M (import "" "new" (func $new (param i32) (result i32)))
                (func (export "make") (result i32) (call $new (i32.const 77)))
                (func (export "rep") (param i32) (result i32) (local.get 0)))
              (core instance $m (instantiate $M (with "" (instance (export "new" (func $new))))))
              (export $r "r" (type $r'))
              (func (export "make") (result (own $r)) (canon lift (core func $m "make")))
              (func (export "rep") (param "r" (borrow $r)) (result u32) (canon lift (core func $m "rep"))))
            """
        let user = """
            (component
              (import "p" (instance $p
                (export "r" (type $r (sub resource)))
                (export "make" (func (result (own $r))))
                (export "rep" (func (param "r" (borrow $r)) (result u32)))))
              (alias export $p "r" (type $r))
              (core func $make (canon lower (func $p "make")))
              (core func $rep (canon lower (func $p "rep")))
              (core func $drop (canon resource.drop $r))
              (type $own' (resource (rep i32)))
              (core func $own-new (canon resource.new $own'))
              (core module $M
                (import "" "make" (func $make (result i32)))
                (import "" "rep" (func $rep (param i32) (result i32)))
                (import "" "drop" (func $drop (param i32)))
                (import "" "own-new" (func $own-new (param i32) (result i32)))
                (func (export "run") (result i32) (local $h i32)
                  (local.set $h (call $make))
                  (call $rep (local.get $h))
                  (call $drop (local.get $h)))
                (func (export "wrong") (result i32) (call $rep (call $own-new (i32.const 1)))))
              (core instance $m (instantiate $M (with "" (instance
                (export "make" (func $make)) (export "rep" (func $rep))
                (export "drop" (func $drop)) (export "own-new" (func $own-new))))))
              (func (export "run") (result u32) (canon lift (core func $m "run")))
              (func (export "wrong") (result u32) (canon lift (core func $m "wrong"))))
            """
        let store = ComponentStore(core: Store(engine: Engine()))
        let linker = ComponentLinker()
        let first = try linker.instantiate(try assembled(provider), in: store)
        linker.root.define("p", instance: first)
        let second = try linker.instantiate(try assembled(user), in: store)
        #expect(try second.number("run") == 77)
        #expect(try second.number("run") == 77)
        let trap = #expect(throws: Trap.self) { try second.call("wrong", arguments: []) }
        #expect(trap?.description.contains("used with the wrong type") == true)
    }
}
