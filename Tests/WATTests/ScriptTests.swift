import Testing
import WAT
import Wasm

/// The script language of the reference interpreter.
@Suite struct ScriptTests {
    private func run(_ script: String) -> ScriptReport { ScriptRunner.run(Array(script.utf8)) }

    private static let functions = """
        (module $m
          (func (export "add") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1)))
          (func (export "trap") unreachable)
          (func $deep (export "deep") call $deep)
          (func (export "nan") (param f32) (result f32) (f32.add (local.get 0) (local.get 0)))
          (func (export "ref") (param externref) (result externref) local.get 0)
          (func $f (export "func") (result funcref) ref.func $f)
          (func (export "vector") (result v128) v128.const f32x4 1 nan:0x400000 nan:0x600000 -0)
          (func (export "pair") (result i64 f64) i64.const -1 f64.const inf)
          (global (export "g") i64 (i64.const 7)))

        """

    @Test func assertionsThatHold() {
        let report = run(
            Self.functions + """
                (assert_return (invoke "add" (i32.const -1) (i32.const 0x10)) (i32.const 15))
                (assert_return (invoke $m "add" (i32.const 1) (i32.const 1)) (i32.const 2))
                (assert_return (invoke "pair") (i64.const -1) (f64.const inf))
                (assert_return (invoke "nan" (f32.const nan)) (f32.const nan:canonical))
                (assert_return (invoke "nan" (f32.const nan:0x200000)) (f32.const nan:arithmetic))
                (assert_return (invoke "vector") (v128.const f32x4 1 nan:canonical nan:arithmetic -0))
                (assert_return (invoke "vector")
                  (v128.const i32x4 0x3f800000 0x7fc00000 0x7fe00000 0x80000000))
                (assert_return (invoke "ref" (ref.extern 3)) (ref.extern 3))
                (assert_return (invoke "ref" (ref.extern 3)) (ref.extern))
                (assert_return (invoke "ref" (ref.null extern)) (ref.null extern))
                (assert_return (invoke "ref" (ref.null extern)) (ref.null))
                (assert_return (invoke "func") (ref.func))
                (assert_return (get $m "g") (i64.const 7))
                (assert_return (get "g") (either (i64.const 8) (i64.const 7)))
                (assert_trap (invoke "trap") "unreachable")
                (assert_exhaustion (invoke "deep") "call stack exhausted")
                (assert_malformed (module quote "(func br $l)") "unknown label")
                (assert_malformed (module binary "\\00asm") "unexpected end")
                (assert_invalid (module (func (result i32))) "type mismatch")
                (assert_unlinkable (module (import "a" "b" (func))) "unknown import")
                (assert_unlinkable (module (import "spectest" "memory" (func)))
                  "incompatible import type")
                (assert_trap (module (memory 0) (data (i32.const 0) "a")) "out of bounds memory access")
                """
        )
        #expect(report.failures.map(\.description) == [])
        #expect(report.passed == 22)
        #expect(report.skippedCount == 0)
    }

    /// A failure says where, what was wanted and what came; the commands after it are run.
    @Test(arguments: [
        (
            "(assert_return (invoke \"add\" (i32.const 1) (i32.const 1)) (i32.const 3))",
            "expected [i32:3], got [i32:2]"
        ),
        (
            "(assert_return (invoke \"pair\") (i64.const 1))",
            "expected [i64:1], got [i64:-1, f64:inf (0x7ff0000000000000)]"
        ),
        (
            "(assert_return (invoke \"nan\" (f32.const 1)) (f32.const nan:canonical))",
            "expected [f32:nan:canonical], got [f32:2.0 (0x40000000)]"
        ),
        (
            "(assert_return (invoke \"ref\" (ref.extern 3)) (ref.extern 4))",
            "expected [extern:4], got [extern:3]"
        ),
        (
            "(assert_return (invoke \"ref\" (ref.extern 3)) (ref.null))",
            "expected [null], got [extern:3]"
        ),
        (
            "(assert_return (invoke \"func\") (ref.extern))",
            "expected [a extern reference], got [a func reference]"
        ),
        ("(assert_return (invoke \"trap\"))", "expected [], got trap: unreachable"),
        ("(assert_return (invoke \"nothing\"))", "expected an export \"nothing\", got none"),
        ("(assert_return (invoke $x \"add\"))", "expected an instance, got none"),
        (
            "(assert_return (get \"add\"))",
            "expected a global \"add\", got an export of another kind"
        ),
        (
            "(assert_trap (invoke \"trap\") \"integer overflow\")",
            "expected trap: integer overflow, got trap: unreachable"
        ),
        (
            "(assert_trap (invoke \"pair\") \"unreachable\")",
            "expected trap: unreachable, got [i64:-1, f64:inf (0x7ff0000000000000)]"
        ),
        ("(assert_exception (invoke \"trap\"))", "expected exception, got trap: unreachable"),
        (
            "(assert_malformed (module quote \"(func)\") \"unexpected token\")",
            "expected malformed: unexpected token, got a valid module"
        ),
        (
            "(assert_malformed (module quote \"(funk)\") \"unexpected token\")",
            "expected malformed: unexpected token, got malformed: unknown operator funk"
        ),
        (
            "(assert_invalid (module) \"type mismatch\")",
            "expected invalid: type mismatch, got a valid module"
        ),
        (
            "(assert_invalid (module (funk)) \"type mismatch\")",
            "expected invalid: type mismatch, got malformed: 2:26: unknown operator funk"
        ),
        (
            "(assert_unlinkable (module) \"unknown import\")",
            "expected unlinkable: unknown import, got an instance"
        ),
        ("(register \"m\" $x)", "expected an instance to register, got none"),
        ("(module instance $a $x)", "expected a module, got no module $x"),
        ("(invoke \"trap\")", "expected results, got trap: unreachable"),
        ("(module (func (result i32)))", "expected a valid module, got invalid module"),
        ("(frob)", "expected a command, got 2:2: unknown operator frob"),
        (
            "(assert_return (invoke \"add\") (i32.const))",
            "expected a command, got 2:41: unexpected token )"
        ),
        ("(input \"file\")", "expected a command that is run, got `input`, which is not"),
        ("(output)", "expected a command that is run, got `output`, which is not"),
        ("(script)", "expected a command that is run, got `script`, which is not"),
        (
            "(assert_return (invoke \"ref\" (ref.host 1)))",
            "expected an argument, got `ref.host`, which is not one here"
        ),
    ])
    func failures(command: String, message: String) {
        // The module's text takes one line, so that the command stands in the second.
        let functions = Self.functions.filter { $0 != "\n" } + "\n"
        let report = run(
            functions + command + "\n(assert_trap (invoke $m \"trap\") \"unreachable\")"
        )
        #expect(report.failures.count == 1)
        let failure = report.failures.first?.description ?? ""
        #expect(failure.hasPrefix("2:1: \(message)"), "\(failure)")
        #expect(report.passed == 1)
    }

    @Test func modules() {
        let report = run(
            """
            (module definition $D (global (export "g") (mut i32) (i32.const 1))
              (func (export "set") (global.set 0 (i32.const 2))))
            (module instance $A $D)
            (module instance $B $D)
            (invoke $A "set")
            (assert_return (get $A "g") (i32.const 2))
            (assert_return (get $B "g") (i32.const 1))
            (register "a" $A)
            (module (import "a" "g" (global (mut i32))) (export "again" (global 0)))
            (assert_return (get "again") (i32.const 2))
            (module quote "(func (export \\"q\\"))")
            (assert_return (invoke "q"))
            (module binary "\\00asm" "\\01\\00\\00\\00")
            """
        )
        #expect(report.failures.map(\.description) == [])
        #expect(report.passed == 4)
    }

    /// A script may be the fields of one module.
    @Test func inlineModule() {
        #expect(run("(func) (memory 1)").failures.isEmpty)
        #expect(
            run("(func) (assert_return)").failures.map(\.description)
                == [
                    "1:1: expected a valid module, got 1:8: unexpected token (, expected a module field"
                ]
        )
    }

    /// What is validated only is skipped, and so is what imports from it.
    @Test func skipped() {
        let report = run(
            """
            (module (type $s (struct)) (global (export "g") (ref $s) (struct.new $s))
              (func (export "f") (result (ref $s)) (struct.new $s)))
            (assert_return (invoke "f") (ref.struct))
            (register "gc")
            (module (import "gc" "f" (func)))
            (assert_return (invoke "g"))
            (assert_trap (module (type $s (struct)) (func $f (drop (struct.new $s))) (start $f)) "")
            (module)
            (assert_return (invoke "h"))
            """
        )
        #expect(
            report.skipped == [
                "needs struct.new, which is validated but not run": 2,
                "imports from a module that needs struct.new, which is validated but not run": 1,
            ]
        )
        #expect(report.failures.count == 1)
    }

    @Test func malformedScripts() {
        for script in ["(", ")", "(module", "(assert_return", "\"", "(module))", "x", "(invoke)"] {
            #expect(!run(script).failures.isEmpty, "\(script)")
        }
        #expect(run("").failures.isEmpty)
    }
}
