import ComponentModel
import Testing

/// What is validated where it is switched on, and refused by its name when it would be run.
/// Spec: Explainer "Gated Features".
@Suite struct FeatureTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let text: String
        let feature: ComponentFeatures
        /// What is said where the feature is off.
        let off: String
        /// What is said when the component would be instantiated; nil where nothing is.
        let needs: String?

        var testDescription: String { off }
    }

    /// A memory of 64-bit addresses, with what may be lifted from it.
    private static let wide = """
        (core module $m
          (memory (export "mem") i64 1)
          (func (export "realloc") (param i64 i64 i64 i64) (result i64) unreachable)
          (func (export "f") (param i64 i64) (result i64) unreachable))
        (core instance $c (instantiate $m))
        (func (param "a" string) (result (list u8))
          (canon lift (core func $c "f") (memory (core memory $c "mem"))
            (realloc (core func $c "realloc"))))
        """

    static let cases: [Case] = [
        Case(
            text: "(core func (canon subtask.cancel async))",
            feature: .moreAsyncBuiltins,
            off: "async `subtask.cancel` requires the component model more async builtins feature",
            needs: "`subtask.cancel`"
        ),
        Case(
            text: "(type $s (stream)) (core func (canon stream.read $s))",
            feature: .moreAsyncBuiltins,
            off:
                "synchronous `stream.read` requires the component model more async builtins feature",
            needs: "`stream.read`"
        ),
        Case(
            text: "(type $s (future)) (core func (canon future.cancel-write $s async))",
            feature: .moreAsyncBuiltins,
            off: "async `future.cancel-write` requires",
            needs: "`future.cancel-write`"
        ),
        Case(
            text: "(core func (canon thread.index))",
            feature: .threading,
            off: "`thread.index` requires the component model threading feature",
            needs: "`thread.index`"
        ),
        Case(
            text: "(core func (canon context.get i32 1))",
            feature: .threading,
            off: "`context.get` immediate must be zero: 1",
            needs: "`context.get`"
        ),
        Case(
            text: "(core func (canon context.set i64 0))",
            feature: .memory64,
            off: "64-bit `context.set` requires the component model 64-bit feature",
            needs: "`context.set`"
        ),
        Case(
            text: "(type $r (resource (rep i64))) (core func (canon resource.rep $r))",
            feature: .memory64,
            off: "resources with `i64` require the `cm64` feature",
            needs: "`resource (rep i64)`"
        ),
        Case(
            text: wide,
            feature: .memory64,
            off: "64-bit memories require the `cm64` feature",
            needs: "`canon lift with a 64-bit memory`"
        ),
        Case(
            text: """
                (core module $m (func (export "f") (param i32)))
                (core instance $c (instantiate $m))
                (func (param "a" u8) (canon lift (core func $c "f") gc))
                """,
            feature: .gc,
            off: "canonical option `gc` requires the `cm-gc` feature",
            needs: "`canon lift gc`"
        ),
        Case(
            text: """
                (core module $m (memory (export "m") 1 (pagesize 1)))
                (core instance $c (instantiate $m))
                """,
            feature: .customPageSizes,
            off: "malformed limits flags",
            needs: "`memory with pages of one byte`"
        ),
        Case(
            text: "(component (import \"a:b:c/d/e\" (func)))",
            feature: .nestedNames,
            off: "expected `/` after package name",
            needs: nil
        ),
    ]

    @Test(arguments: cases)
    func features(_ feature: Case) throws {
        switch try component(feature.text, ComponentFeatures.standard.subtracting(feature.feature))
        {
        case .success: Issue.record("valid")
        case .failure(let error): #expect(error.message.contains(feature.off), "\(error)")
        }
        let component = try #require(try expectValid(feature.text, [.standard, feature.feature]))
        let error = linkError(component)
        if let needs = feature.needs {
            let problem = try #require(error?.problems.first)
            #expect(problem.kind == .unsupported)
            #expect(problem.detail.contains(needs), "\(problem)")
        } else {
            #expect(error == nil)
        }
    }

    /// A shared memory may be there, but no value is lifted from it, and it is not run.
    @Test func sharedMemories() throws {
        let memory = """
            (core module $m (memory (export "m") 1 2 shared)) (core instance $c (instantiate $m))
            """
        let component = try #require(try expectValid(memory))
        #expect(linkError(component)?.description.contains("`shared memory`") == true)
        let lower =
            "(import \"f\" (func $f)) (core func (canon lower (func $f) (memory (core memory $c \"m\"))))"
        try expect("\(memory) \(lower)", .invalid, "mismatch in the shared flag for memories")
        try expect(
            "(core module (memory 1 shared))",
            .invalid,
            "shared memory must have maximum size"
        )
        try expect(
            "\(memory) (core module $n (import \"i\" \"m\" (memory 1 2)))"
                + "(core instance (instantiate $n (with \"i\" (instance $c))))",
            .invalid,
            "mismatch in the shared flag for memories"
        )
    }

    /// `context.get` and `context.set` of a component are all of one type.
    @Test func contextsAreOfOneType() throws {
        let text = "(core func (canon context.get i32 0)) (core func (canon context.set i64 0))"
        switch try component(text, [.standard, .memory64]) {
        case .success: Issue.record("valid")
        case .failure(let error):
            #expect(error.message == "`context.set` type must match previous context type")
        }
    }

    /// A function is passed addresses of the size that its memory has.
    @Test func addressesAreOfTheMemorys() throws {
        let types: [(type: String, core: String)] = [
            ("(param \"a\" (option string))", "(param i32 i64 i64)"),
            ("(param \"a\" (result u8 (error (list u8))))", "(param i32 i64 i64)"),
            ("(param \"a\" (tuple \(String(repeating: "u8 ", count: 17))))", "(param i64)"),
        ]
        for (type, core) in types {
            for (core, isValid) in [(core, true), (core.replacing("i64", with: "i32"), false)] {
                let text = """
                    (core module $m
                      (memory (export "mem") i64 1)
                      (func (export "realloc") (param i64 i64 i64 i64) (result i64) unreachable)
                      (func (export "f") \(core) unreachable))
                    (core instance $c (instantiate $m))
                    (func \(type) (canon lift (core func $c "f") (memory (core memory $c "mem"))
                      (realloc (core func $c "realloc"))))
                    """
                switch try component(text, [.standard, .memory64]) {
                case .success: #expect(isValid, "\(type) is lifted from \(core)")
                case .failure(let error):
                    #expect(!isValid, "\(error)")
                    #expect(error.message.contains("lowered parameter types"))
                }
            }
        }
    }
}
