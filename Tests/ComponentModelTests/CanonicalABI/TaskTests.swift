import ComponentModel
import Testing
import Wasm

/// Spec: CanonicalABI "Tasks", "`canon lift`", "`canon lower`"
@Suite("Tasks") struct TaskTests {
    /// What is asked for by a lowered function: the trap of calling `run`, whose core function has
    /// `body`, with an import `f` that another component lifts with `options`.
    static func run(
        callee: String,
        type: String,
        options: String = "",
        imports: String,
        body: String
    ) throws -> Val? {
        try instance(
            """
            (component
              (component $C
                (core module $M (memory (export "mem") 1) \(callee))
                (core instance $m (instantiate $M))
                (func (export "f") \(type) (canon lift (core func $m "f") \(options))))
              (component $D
                (import "f" (func $f \(type)))
                (core module $Memory (memory (export "mem") 1))
                (core instance $memory (instantiate $Memory))
                (core func $f' (canon lower (func $f) (memory (core memory $memory "mem"))))
                (core module $M
                  (import "" "f" (func $f \(imports)))
                  (func (export "run") (result i32) \(body) (i32.const 42)))
                (core instance $m (instantiate $M (with "" (instance (export "f" (func $f'))))))
                (func (export "run") (result u32) (canon lift (core func $m "run"))))
              (instance $c (instantiate $C))
              (instance $d (instantiate $D (with "f" (func $c "f"))))
              (export "run" (func $d "run")))
            """
        ).call("run", arguments: [])
    }

    /// A result is read before the callee is told that it may let go of it.
    @Test func resultsAreReadBeforePostReturn() throws {
        let instance = try instance(
            """
            (component
              (core module $M (memory (export "mem") 1) (data (i32.const 64) "\\08\\00\\00\\00\\02\\00\\00\\00")
                (data (i32.const 8) "ok")
                (global $after (mut i32) (i32.const 0))
                (func (export "f") (result i32) (i32.const 64))
                (func (export "post") (param i32)
                  (global.set $after (local.get 0))
                  (i32.store (i32.const 64) (i32.const -1)))
                (func (export "after") (result i32) (global.get $after)))
              (core instance $m (instantiate $M))
              (func (export "f") (result string) (canon lift (core func $m "f")
                (memory (core memory $m "mem")) (post-return (core func $m "post"))))
              (func (export "after") (result u32) (canon lift (core func $m "after"))))
            """
        )
        guard case .string(let text)? = try instance.call("f", arguments: []) else {
            Issue.record("no string came")
            return
        }
        #expect(text == "ok")
        #expect(try instance.number("after") == 64)
    }

    /// After a trap nothing enters the instance any more, until it is reset.
    @Test func aTrapLocksTheInstance() throws {
        let instance = try instance(
            """
            (component
              (core module $M (func (export "bad") unreachable) (func (export "good")))
              (core instance $m (instantiate $M))
              (func (export "bad") (canon lift (core func $m "bad")))
              (func (export "good") (canon lift (core func $m "good"))))
            """
        )
        #expect(try instance.call("good", arguments: []) == nil)
        #expect(trap { _ = try instance.call("bad", arguments: []) }?.kind == .unreachable)
        let refused = trap { _ = try instance.call("good", arguments: []) }
        #expect(refused?.description == "cannot enter component instance")
        instance.store.reset()
        #expect(try instance.call("good", arguments: []) == nil)
    }

    @Test func reallocMayNotCallOut() throws {
        let text = """
            (component
              (component $C
                (core module $M (func (export "f")))
                (core instance $m (instantiate $M))
                (func (export "f") (canon lift (core func $m "f"))))
              (component $D
                (import "f" (func $f))
                (core func $f' (canon lower (func $f)))
                (core module $M (import "" "f" (func $f)) (memory (export "mem") 1)
                  (func (export "realloc") (param i32 i32 i32 i32) (result i32) (call $f) (i32.const 8))
                  (func (export "g") (param i32 i32)))
                (core instance $m (instantiate $M (with "" (instance (export "f" (func $f'))))))
                (func (export "g") (param "s" string) (canon lift (core func $m "g")
                  (memory (core memory $m "mem")) (realloc (core func $m "realloc")))))
              (instance $c (instantiate $C))
              (instance $d (instantiate $D (with "f" (func $c "f"))))
              (export "g" (func $d "g")))
            """
        let trap = trap { _ = try instance(text).call("g", arguments: [.string("a")]) }
        #expect(trap?.description == "cannot leave component instance")
    }

    /// The host may not call an instance that has called it.
    @Test func anInstanceIsNotEnteredTwice() throws {
        final class Context { var instance: ComponentInstance? }
        let linker = ComponentLinker()
        linker.root.define("f") { (call) throws(Trap) -> UInt32 in
            let context = try call.context(as: Context.self)
            guard case .u32(let number)? = try context.instance?.call("g", arguments: []) else {
                return 0
            }
            return number
        }
        let context = Context()
        let made = try instance(
            """
            (component
              (import "f" (func $f (result u32)))
              (core func $f' (canon lower (func $f)))
              (core module $M (import "" "f" (func $f (result i32)))
                (func (export "run") (result i32) (call $f))
                (func (export "g") (result i32) (i32.const 1)))
              (core instance $m (instantiate $M (with "" (instance (export "f" (func $f'))))))
              (func (export "run") (result u32) (canon lift (core func $m "run")))
              (func (export "g") (result u32) (canon lift (core func $m "g"))))
            """,
            linker,
            context: context
        )
        context.instance = made
        let trap = trap { _ = try made.number("run") }
        #expect(trap?.description == "cannot enter component instance")
        context.instance = nil
    }

    static let pointers: [(callee: String, type: String, body: String, sentence: String)] = [
        (
            "(result i32) (i32.const 3)", "(result (tuple u32 u32))", "(call $f (i32.const 8))",
            "unaligned pointer"
        ),
        (
            "(result i32) (i32.const 65532)", "(result (tuple u32 u32))", "(call $f (i32.const 8))",
            "pointer out of bounds of memory"
        ),
        (
            "(result i32) (i32.const 8)", "(result (tuple u32 u32))", "(call $f (i32.const 2))",
            "unaligned pointer"
        ),
        (
            "(result i32) (i32.const 8)", "(result (tuple u32 u32))",
            "(call $f (i32.const 0xfffffff8))",
            "pointer out of bounds of memory"
        ),
    ]

    @Test(arguments: pointers.indices) func addressesOfResultsAreChecked(_ index: Int) throws {
        let (callee, type, body, sentence) = Self.pointers[index]
        let trap = trap {
            _ = try Self.run(
                callee: "(func (export \"f\") \(callee))",
                type: type,
                options: "(memory (core memory $m \"mem\"))",
                imports: "(param i32)",
                body: body
            )
        }
        #expect(trap?.kind == .canonicalABI)
        #expect(trap?.description == sentence)
    }

    /// The backtrace goes through the component that was called to the one that called.
    @Test func backtracesCrossComponents() throws {
        let trap = trap {
            _ = try Self.run(
                callee: "(func (export \"f\") (call $g)) (func $g unreachable)",
                type: "",
                imports: "",
                body: "(call $f)"
            )
        }
        #expect(trap?.kind == .unreachable)
        #expect(trap?.backtrace.map(\.function) == ["g", "f", "run"])
    }
}
