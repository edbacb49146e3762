import ComponentModel
import Testing
import Wasm

/// What instances are made of, and what they share.
/// Spec: Explainer "Instance Definitions"
@Suite("Instances") struct InstanceTests {
    static let counter = """
        (core module $M
          (global $g (mut i32) (i32.const 0))
          (func (export "bump") (result i32)
            (global.set $g (i32.add (global.get $g) (i32.const 1)))
            (global.get $g)))
        """

    @Test func twoInstancesOfAModuleShareNothing() throws {
        let instance = try instance(
            """
            (component \(Self.counter)
              (core instance $a (instantiate $M)) (core instance $b (instantiate $M))
              (func (export "a") (result u32) (canon lift (core func $a "bump")))
              (func (export "b") (result u32) (canon lift (core func $b "bump"))))
            """)
        #expect(try instance.number("a") == 1)
        #expect(try instance.number("a") == 2)
        #expect(try instance.number("b") == 1)
        #expect(instance.coreInstances.count == 2)
        #expect(instance.plan.modules.count == 1)
    }

    /// A component that is instantiated twice has its modules once and its instances twice.
    @Test func twoInstancesOfAComponentShareModules() throws {
        let instance = try instance(
            """
            (component
              (component $C \(Self.counter)
                (core instance $i (instantiate $M))
                (func (export "bump") (result u32) (canon lift (core func $i "bump"))))
              (instance $a (instantiate $C)) (instance $b (instantiate $C))
              (export "a" (func $a "bump")) (export "b" (func $b "bump")) (export "i" (instance $a)))
            """)
        #expect(try instance.number("a") == 1)
        #expect(try instance.number("a") == 2)
        #expect(try instance.number("b") == 1)
        #expect(try instance.call("i", "bump", arguments: []) != nil)
        #expect(instance.plan.modules.count == 1)
        #expect(instance.store.instances.count == 3)
    }

    /// Components and modules of outer components are those of the frame in which the inner one was
    /// defined, wherever it is instantiated.
    @Test func outerAliasesAreOfTheDefiningComponent() throws {
        let instance = try instance(
            """
            (component
              (component $Maker
                (import "m" (core module $M (export "f" (func (result i32)))))
                (component $Made (export "C")
                  (alias outer $Maker $M (core module $M))
                  (core instance $i (instantiate $M))
                  (func (export "f") (result u32) (canon lift (core func $i "f")))))
              (core module $One (func (export "f") (result i32) (i32.const 1)))
              (core module $Two (func (export "f") (result i32) (i32.const 2)))
              (instance $one (instantiate $Maker (with "m" (core module $One))))
              (instance $two (instantiate $Maker (with "m" (core module $Two))))
              (alias export $one "C" (component $C1))
              (alias export $two "C" (component $C2))
              (instance $i1 (instantiate $C1)) (instance $i2 (instantiate $C2))
              (export "one" (func $i1 "f")) (export "two" (func $i2 "f")))
            """)
        #expect(try instance.number("one") == 1)
        #expect(try instance.number("two") == 2)
    }

    @Test func componentsAreValues() throws {
        let instance = try instance(
            """
            (component
              (component $Twice
                (import "c" (component $C (export "f" (func (result u32)))))
                (instance $a (instantiate $C)) (instance $b (instantiate $C))
                (export "a" (func $a "f")) (export "b" (func $b "f")))
              (component $Seven
                (core module $M (func (export "f") (result i32) (i32.const 7)))
                (core instance $i (instantiate $M))
                (func (export "f") (result u32) (canon lift (core func $i "f"))))
              (instance $t (instantiate $Twice (with "c" (component $Seven))))
              (export "a" (func $t "a")) (export "b" (func $t "b")))
            """)
        #expect(try instance.number("a") == 7)
        #expect(try instance.number("b") == 7)
        #expect(instance.coreInstances.count == 2)
    }

    /// A core name that is not in composed form is another name than one that is.
    @Test func coreNamesGoByTheirCodePoints() throws {
        let instance = try instance(
            """
            (component
              (core module $M
                (func (export "\\c3\\a9") (result i32) (i32.const 1))
                (func (export "e\\cc\\81") (result i32) (i32.const 2)))
              (core instance $i (instantiate $M))
              (func (export "one") (result u32) (canon lift (core func $i "\\c3\\a9")))
              (func (export "two") (result u32) (canon lift (core func $i "e\\cc\\81"))))
            """)
        #expect(try instance.number("one") == 1)
        #expect(try instance.number("two") == 2)
    }

    @Test func everySortOfCoreItemIsPassed() throws {
        let instance = try instance(
            """
            (component
              (core module $A
                (memory (export "m") 1) (global (export "g") (mut i32) (i32.const 3))
                (table (export "t") 2 funcref) (func $f (export "f") (result i32) (i32.const 4))
                (elem (i32.const 0) $f))
              (core instance $a (instantiate $A))
              (alias core export $a "t" (core table $t))
              (core instance $mixed
                (export "memory" (memory $a "m")) (export "global" (global $a "g"))
                (export "table" (table $t)) (export "func" (func $a "f")))
              (core module $B
                (import "x" "memory" (memory 1)) (import "x" "global" (global $g (mut i32)))
                (import "x" "table" (table 2 funcref)) (import "x" "func" (func $f (result i32)))
                (type $r (func (result i32)))
                (func (export "sum") (result i32)
                  (i32.store (i32.const 0) (i32.const 100))
                  (global.set $g (i32.const 30))
                  (i32.add (i32.load (i32.const 0)) (i32.add (global.get $g)
                    (i32.add (call $f) (call_indirect (type $r) (i32.const 0)))))))
              (core instance $b (instantiate $B (with "x" (instance $mixed))))
              (func (export "sum") (result u32) (canon lift (core func $b "sum"))))
            """)
        #expect(try instance.number("sum") == 138)
    }

    @Test func aStartFunctionThatTrapsIsAnError() throws {
        let error = #expect(throws: ComponentInstantiationError.self) {
            try instance(
                """
                (component (core module $M (func $s unreachable) (start $s))
                  (core instance (instantiate $M)))
                """)
        }
        guard case .instantiation(.trap(let trap))? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(trap.kind == .unreachable)
    }

    /// What is validated and not run is refused by its name, all of it at once.
    @Test func whatIsNotRunIsNamed() throws {
        let error = try linkError(
            """
            (component
              (core func (canon task.cancel))
              (component $C (core func (canon subtask.drop)))
              (instance (instantiate $C)) (instance (instantiate $C)))
            """)
        #expect(error?.problems.map(\.kind) == [.unsupported])
        #expect(
            error?.description
                == "the component needs what is not run yet: `task.cancel`, `subtask.drop`")
    }

    /// What is not instantiated does not matter.
    @Test func whatIsNotInstantiatedIsNotNeeded() throws {
        #expect(
            try linkError("(component (component (core func (canon subtask.drop))))") == nil)
    }

    @Test func aModuleThatIsNotRunIsNamed() throws {
        let error = try linkError(
            """
            (component
              (core module $M (type $s (struct)) (func (drop (struct.new $s)))))
            """)
        #expect(error?.description.contains("`struct.new`") == true)
    }

    // MARK: Limits

    /// Each component instantiates the one before it twice.
    @Test func exponentialNestingIsRefused() throws {
        var text = "(component (component $c0)"
        for level in 1...24 {
            text += """
                (component $c\(level)
                  (alias outer 1 \(level - 1) (component $c))
                  (instance (instantiate $c)) (instance (instantiate $c)))
                """
        }
        text += "(instance (instantiate $c24)))"
        let error = try linkError(text)
        #expect(error?.problems.map(\.kind) == [.limit])
        #expect(
            error?.description
                == "instantiating the component takes more than \(ComponentLimits.planSteps) definitions")
    }

    /// Each of many instances lifts a function of a large type: one that is the same in all, or one in
    /// which a resource type is named, which is another in each.
    @Test func typesThatAreWalkedAgainAndAgainAreRefused() throws {
        func error(_ payload: String, _ instances: Int) throws -> ComponentLinkError? {
            let cases = (0..<10_000).map { "(case \"c\($0)\" \(payload))" }.joined()
            return try linkError(
                """
                (component
                  (component $C
                    (type $r (resource (rep i32))) (type $own (own $r)) (type $v (variant \(cases)))
                    (core module $M (func (export "f") (result i32) unreachable)
                      (memory (export "mem") 1))
                    (core instance $m (instantiate $M))
                    (func (result $v) (canon lift (core func $m "f") (memory (core memory $m "mem")))))
                  \(String(repeating: "(instance (instantiate $C))", count: instances)))
                """)
        }
        #expect(try error("$own", 20) == nil)
        #expect(try error("u8", 400) == nil)
        let problems = try error("$own", 400)?.problems
        #expect(problems?.map(\.kind) == [.limit])
    }

    @Test func deepNestingIsRefused() throws {
        var text = "(component (component $c0)"
        for level in 1...(ComponentLimits.instanceNesting + 1) {
            text += """
                (component $c\(level)
                  (alias outer 1 \(level - 1) (component $c)) (instance (instantiate $c)))
                """
        }
        let last = ComponentLimits.instanceNesting
        #expect(try linkError(text + "(instance (instantiate $c\(last - 2))))") == nil)
        let error = try linkError(text + "(instance (instantiate $c\(last + 1))))")
        #expect(error?.problems.map(\.kind) == [.limit])
    }

    // MARK: Backtraces

    /// A trap names the functions of all components that the call went through, innermost first.
    @Test func backtracesCrossComponents() throws {
        let instance = try instance(
            """
            (component
              (component $Inner
                (core module $inner-module
                  (func $deep unreachable)
                  (func $fail (export "fail") (call $deep)))
                (core instance $i (instantiate $inner-module))
                (func (export "fail") (canon lift (core func $i "fail"))))
              (component $Outer
                (import "inner" (instance $inner (export "fail" (func))))
                (core func $fail (canon lower (func $inner "fail")))
                (core module $outer-module
                  (import "" "fail" (func $imported))
                  (func $run (export "run") (call $imported)))
                (core instance $o (instantiate $outer-module
                  (with "" (instance (export "fail" (func $fail))))))
                (func (export "run") (canon lift (core func $o "run"))))
              (instance $inner (instantiate $Inner))
              (instance $outer (instantiate $Outer (with "inner" (instance $inner))))
              (export "run" (func $outer "run")))
            """)
        let trap = #expect(throws: Trap.self) { try instance.call("run", arguments: []) }
        #expect(trap?.kind == .unreachable)
        let frames = trap?.backtrace.map { "\($0.module ?? "?")!\($0.function ?? "?")" }
        #expect(frames == ["inner-module!deep", "inner-module!fail", "outer-module!run"])
    }
}
