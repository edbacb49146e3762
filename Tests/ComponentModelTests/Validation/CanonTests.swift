import ComponentModel
import Testing

/// Spec: CanonicalABI "canon lift", "canon lower", and the built-in functions.
@Suite struct CanonTests {
    /// Core functions `c.f`, with the type given, and what options name.
    private static func core(_ type: String) -> String {
        """
        (core module $m
          (memory (export "mem") 1) (memory (export "mem64") i64 1) (table (export "t") 1 externref)
          (func (export "realloc") (param i32 i32 i32 i32) (result i32) unreachable)
          (func (export "none")) (func (export "int") (param i32))
          (func (export "callback") (param i32 i32 i32) (result i32) unreachable)
          (func (export "f") \(type) unreachable))
        (core instance $c (instantiate $m))
        (alias core export $c "mem" (core memory $mem)) (alias core export $c "mem64" (core memory $mem64))
        (alias core export $c "realloc" (core func $realloc)) (alias core export $c "none" (core func $none))
        (alias core export $c "callback" (core func $callback)) (alias core export $c "t" (core table $t))
        (alias core export $c "f" (core func $f)) (alias core export $c "int" (core func $int))
        """
    }

    private static func lift(_ type: String, _ core: String, _ options: String = "") -> String {
        "\(self.core(core)) (type $t (func \(type))) (func (type $t) (canon lift (core func $f) \(options)))"
    }

    private static func lower(_ type: String, _ options: String = "") -> String {
        "\(core("")) (import \"f\" (func $g \(type))) (core func $l (canon lower (func $g) \(options)))"
    }

    private static let memory = "(memory $mem)"
    private static let both = "(memory $mem) (realloc $realloc)"

    @Test(arguments: [
        lift("", ""), lift("(param \"a\" u64) (result f32)", "(param i64) (result f32)"),
        lift("(param \"a\" string)", "(param i32 i32)", both),
        lift("(result string)", "(result i32)", memory),
        lift("(result (tuple u8 u8))", "(result i32)", memory),
        lift(
            "(param \"a\" (tuple \(String(repeating: "u8 ", count: 16))))",
            "(param \(String(repeating: "i32 ", count: 16)))"
        ),
        lift("(param \"a\" (tuple \(String(repeating: "u8 ", count: 17))))", "(param i32)", both),
        lift("(param \"a\" (list f32 3))", "(param f32 f32 f32)"),
        lift("(param \"a\" (option u64))", "(param i32 i64)"),
        lift("(param \"a\" (result f32 (error u32)))", "(param i32 i32)"),
        lift("(param \"a\" (result f32 (error f64)))", "(param i32 i64)"),
        lift("async (result string)", "", "async \(memory)"),
        lift("async (result u8)", "(result i32)", "async (callback $callback)"),
        lower(""), lower("(param \"a\" string)", memory), lower("(result string)", both),
        lower("async (param \"a\" u8) (result u8)", "async \(memory)"),
        lower("(result (tuple u8 u8))", memory),
    ])
    func valid(text: String) throws { try expectValid(text) }

    static let invalid: [InvalidCase] = [
        InvalidCase(
            lift("(param \"a\" u64)", "(param i32)"),
            "lowered parameter types `[I64]` do not match parameter types `[I32]` of core function"
        ),
        InvalidCase(
            lift("(result u8)", ""),
            "lowered result types `[I32]` do not match result types `[]`"
        ),
        InvalidCase(
            lift("(param \"a\" string)", "(param i32 i32)"),
            "canonical option `memory` is required"
        ),
        InvalidCase(
            lift("(param \"a\" string)", "(param i32 i32)", memory),
            "canonical option `realloc` is required"
        ),
        InvalidCase(
            lift("(result string)", "(result i32)"),
            "canonical option `memory` is required"
        ),
        InvalidCase(lower("(param \"a\" (list u8))"), "canonical option `memory` is required"),
        InvalidCase(lower("(result string)", memory), "canonical option `realloc` is required"),
        InvalidCase(lower("(result (tuple u8 u8))"), "canonical option `memory` is required"),
        InvalidCase(lower("async (result u8)", "async"), "canonical option `memory` is required"),
        InvalidCase(lift("", "", "\(memory) \(memory)"), "`memory` is specified more than once"),
        InvalidCase(
            lift("", "", "\(both) (realloc $realloc)"),
            "`realloc` is specified more than once"
        ),
        InvalidCase(
            lift("", "", "(post-return $none) (post-return $none)"),
            "`post-return` is specified more than once"
        ),
        InvalidCase(lift("async", "", "async async"), "`async` is specified more than once"),
        InvalidCase(
            lift("async", "(result i32)", "async (callback $callback) (callback $callback)"),
            "`callback` is specified more than once"
        ),
        InvalidCase(
            lift("", "", "string-encoding=utf8 string-encoding=latin1+utf16"),
            "canonical encoding option `utf8` conflicts with option `latin1-utf16`"
        ),
        InvalidCase(
            lift("", "", "(realloc $realloc)"),
            "`realloc` requires `memory` to also be specified"
        ),
        InvalidCase(
            lift("", "", "\(memory) (realloc $none)"),
            "`realloc` uses a core function with an incorrect signature"
        ),
        InvalidCase(
            lift("", "", "(post-return $int)"),
            "`post-return` uses a core function with an incorrect"
        ),
        InvalidCase(
            lift("async", "(result i32)", "async (callback $none)"),
            "`callback` uses a core function with an incorrect signature"
        ),
        InvalidCase(lift("", "", "(callback $callback)"), "cannot specify callback without async"),
        InvalidCase(
            lift("async", "", "async (post-return $none)"),
            "cannot specify post-return function in async"
        ),
        InvalidCase(
            lift("", "", "async"),
            "the `async` canonical option requires an async function type"
        ),
        InvalidCase(
            lower("", "async"),
            "the `async` canonical option requires an async function type"
        ),
        InvalidCase(
            lower("", "(post-return $none)"),
            "`post-return` cannot be specified for lowerings"
        ),
        InvalidCase(
            lower("async", "async (callback $callback)"),
            "`callback` cannot be specified for lowerings"
        ),
        InvalidCase(lift("", "", "(memory $mem64)"), "64-bit memories require the `cm64` feature"),
        InvalidCase(lift("", "", "(memory 7)"), "unknown memory 7: memory index out of bounds"),
        InvalidCase("(core func (canon lower (func 0)))", "unknown function 0"),
        InvalidCase(
            "(type $t u8) \(core("")) (func (type $t) (canon lift (core func $f)))",
            "type index 0 is not a function type"
        ),
    ]

    @Test(arguments: invalid) func invalidAreRefused(_ test: InvalidCase) throws {
        try test.check()
    }

    private static let types = "(type $s (stream string)) (type $u (future)) (type $n u8)"

    static let builtIns: [InvalidCase] = [
        InvalidCase(
            "\(types) (core func (canon stream.new $u))",
            "`stream.new` requires a stream type"
        ),
        InvalidCase(
            "\(types) (core func (canon future.new $s))",
            "`future.new` requires a future type"
        ),
        InvalidCase(
            "\(types) (core func (canon stream.drop-readable $n))",
            "requires a stream type"
        ),
        InvalidCase(
            "\(types) (core func (canon stream.read $s async))",
            "option `memory` is required"
        ),
        InvalidCase(
            "\(core("")) \(types) (core func (canon stream.read $s async \(memory)))",
            "option `realloc` is required"
        ),
        InvalidCase(
            "\(core("")) \(types) (core func (canon stream.write $s async \(memory) (callback $callback)))",
            "`callback` cannot be specified for lowerings"
        ),
        InvalidCase(
            "\(core("")) (core func (canon task.return \(both)))",
            "cannot specify `realloc` option on `task.return`"
        ),
        InvalidCase(
            "\(core("")) (core func (canon task.return (post-return $none)))",
            "cannot specify `post-return` option on `task.return`"
        ),
        InvalidCase(
            "(core func (canon task.return async))",
            "cannot specify `async` option on `task.return`"
        ),
        InvalidCase(
            "(core func (canon task.return (result string)))",
            "canonical option `memory` is required"
        ),
        InvalidCase(
            "(core func (canon error-context.new))",
            "canonical option `memory` is required"
        ),
        InvalidCase(
            "\(core("")) (core func (canon error-context.new async \(memory)))",
            "cannot specify `async` option on `error-context.new`"
        ),
        InvalidCase(
            "\(core("")) (core func (canon error-context.debug-message \(memory)))",
            "canonical option `realloc` is required"
        ),
        InvalidCase("(core func (canon context.get i64 0))", "64-bit `context.get` requires"),
        InvalidCase(
            "(core func (canon context.set f32 0))",
            "`context.set` only supports `i32` or `i64`"
        ),
        InvalidCase("(core func (canon context.get i32 2))", "immediate must be zero or one: 2"),
        InvalidCase("(core func (canon waitable-set.wait (memory 0)))", "unknown memory 0"),
        InvalidCase(
            "\(core("")) (core type $p (func)) (core func (canon thread.new-indirect $p (table $t)))",
            "start function must take a single `i32` argument"
        ),
        InvalidCase(
            """
            \(core("")) (core type $p (func (param i32) (result i32)))
            (core func (canon thread.new-indirect $p (table $t)))
            """,
            "start function must not return any values"
        ),
        InvalidCase(
            "\(core("")) (core type $p (func (param i32))) (core func (canon thread.new-indirect $p (table $t)))",
            "table is not a 32-bit table of (ref null (func))"
        ),
        InvalidCase(
            "\(core("")) (core type $p (struct)) (core func (canon thread.new-indirect $p (table $t)))",
            "start type must be a function"
        ),
        InvalidCase(
            "\(core("")) (core type $p (module)) (core func (canon thread.new-indirect $p (table $t)))",
            "expected a core function type"
        ),
    ]

    @Test(arguments: builtIns) func builtInsAreRefused(_ test: InvalidCase) throws {
        try test.check()
    }

    @Test func sharedThreads() {
        for code: UInt8 in [0x40, 0x41, 0x42] {
            expect(
                decode(componentBytes(section(8, [1, code, 0, 0]))),
                .invalid,
                "requires the shared-everything-threads proposal",
                at: 11
            )
        }
    }
}
