import Testing
import WAT

/// What is no component in the text format, and what is said of it and where.
@Suite struct ComponentErrorTests {
    static func refusal(of text: String) -> TextError? {
        do throws(TextError) {
            _ = try ComponentAssembler.assemble(Array(text.utf8))
            return nil
        } catch {
            return error
        }
    }

    @Test(arguments: [
        Refusal("(module)", "unexpected token", at: "1:1"),
        Refusal("(component", "unexpected token end of text"),
        Refusal("(component) (component)", "unexpected token (", at: "1:13"),
        Refusal(
            "(component\n  (foo))",
            "unexpected token foo, expected a definition of a component",
            at: "2:4"
        ),
        Refusal("(component (core foo))", "unexpected token foo"),
        Refusal("(component (canon lift))", "unexpected token"),
        Refusal("(component (core func (canon lift (core func 0))))", "unexpected token lift"),
        Refusal("(component (canon backpressure.set))", "unexpected token backpressure.set"),
        Refusal("(component (type (list)))", "unexpected token )", at: "1:23"),
        Refusal("(component (type (import \"a\" (func))))", "unexpected token import"),
        Refusal("(component (type (instance (import \"a\" (func)))))", "unexpected token import"),
        Refusal("(component (type (instance (type (export \"\") u8))))", "unexpected token export"),
        Refusal("(component (core type (module (func))))", "unexpected token func"),
        Refusal("(component (export \"a\"))", "unexpected token )"),
        Refusal("(component (import \"a\" (core func)))", "unexpected token core"),
        Refusal(
            "(component (import \"a\" (implements \"b\") (implements \"b\") (func)))",
            "unexpected token implements",
            at: "1:42"
        ),
        Refusal("(component (import \"\\zz\" (func)))", "invalid string escape", at: "1:21"),
        Refusal("(component (import \"\\ff\" (func)))", "malformed UTF-8 encoding"),
        Refusal(
            "(component (type (list u8 4294967296)))",
            "invalid u32 number: constant out of range"
        ),
        Refusal("(component (type 4294967296))", "unexpected token"),
        Refusal("(component (core module (func (local.get $x))))", "unknown local"),
        Refusal("(component (@custom))", "@custom annotation: unexpected token"),
        Refusal("(component (@custom \"\\ff\"))", "@custom annotation: malformed UTF-8 encoding"),
        Refusal(
            "(component (core instance $i) (canon thread.new-indirect (core type $i \"t\") 0 (core func)))",
            "core instances cannot export this kind of item $i"
        ),
    ])
    func grammar(refusal: Refusal) {
        refusal.checkComponent()
    }

    @Test(arguments: [
        Refusal(
            "(component (export \"a\" (func $f)))",
            "unknown func: failed to find name `$f`",
            at: "1:30"
        ),
        Refusal("(component (type (list $t)))", "unknown type: failed to find name `$t`"),
        Refusal("(component (type $t (list $t)))", "unknown type: failed to find name `$t`"),
        Refusal("(component (core instance (instantiate $m)))", "unknown core module"),
        Refusal("(component (core func (canon lower (func $i \"f\"))))", "unknown instance"),
        Refusal("(component (core type (func (param (ref $t)))))", "unknown core type"),
        Refusal(
            "(component (type $a u8) (type $a u8))",
            "duplicate type identifier $a",
            at: "1:31"
        ),
        Refusal(
            "(component (core type $a (func)) (core rec (type $a (func))))",
            "duplicate core type identifier"
        ),
        Refusal(
            "(component (type (variant (case $a \"a\") (case $a \"b\"))))",
            "duplicate variant case identifier"
        ),
        Refusal(
            "(component (alias outer $c 0 (type)))",
            "outer component `c` not found",
            at: "1:25"
        ),
        Refusal("(component (alias outer 9 $t (type)))", "outer count of `9` is too large"),
        Refusal("(component $c (component (alias outer $c $t (type))))", "unknown type"),
        Refusal(
            "(component (import \"f\" (func $f)) (component (export \"f\" (func $f))))",
            "outer item `f` is not a module, type, or component"
        ),
        Refusal(
            "(component (start 0) (start 0))",
            "component cannot have more than one start function"
        ),
        // An error of grammar comes first, wherever it stands.
        Refusal("(component (export \"a\" (func $f)) (foo))", "unexpected token foo"),
    ])
    func identifiers(refusal: Refusal) {
        refusal.checkComponent()
    }

    @Test(
        "nesting is bounded, and what is within the bound is assembled",
        arguments: [
            ("(component ", "(component ", "", ")", ")"),
            ("(component (type ", "(list ", "u8", ")", "))"),
            ("(component (type ", "(instance (type ", "u8", "))", "))"),
        ]
    )
    func nesting(start: String, opening: String, core: String, closing: String, end: String) {
        func text(_ depth: Int) -> String {
            start + String(repeating: opening, count: depth) + core
                + String(repeating: closing, count: depth) + end
        }
        #expect(Self.refusal(of: text(99)) == nil)
        #expect(Self.refusal(of: text(101))?.message == "nesting too deep")
        #expect(Self.refusal(of: text(40_000))?.message == "nesting too deep")
    }
}

extension Refusal {
    func checkComponent() {
        guard let error = ComponentErrorTests.refusal(of: text) else {
            Issue.record("\(text) is accepted")
            return
        }
        #expect(error.message.hasPrefix(message), "\(error)")
        if let place { #expect("\(error.location)" == place) }
    }
}
