import ComponentModel
import Testing

/// Instances, aliases, values and start functions.
@Suite struct InstantiationTests {
    private static let module = """
        (core module $m (import "a" "f" (func (param i32))) (export "g" (global 0)) (global i32 i32.const 0))
        (core module $a (func (export "f") (param i32)) (func (export "g")))
        (core instance $a (instantiate $a))
        """

    static let invalid: [InvalidCase] = [
        InvalidCase(
            "(core instance (instantiate 0))",
            "unknown module 0: module index out of bounds"
        ),
        InvalidCase(
            "\(module) (core instance (instantiate $m))",
            "missing module instantiation argument named `a`"
        ),
        InvalidCase(
            "\(module) (core instance $e) (core instance (instantiate $m (with \"a\" (instance $e))))",
            "module instantiation argument `a` does not export an item named `f`"
        ),
        InvalidCase(
            """
            \(module) (core instance $e (export "f" (func $a "g")))
            (core instance (instantiate $m (with "a" (instance $e))))
            """,
            "type mismatch for export `f` of module instantiation argument `a`"
        ),
        InvalidCase(
            "\(module) (core instance (instantiate $m (with \"a\" (instance $a)) (with \"a\" (instance $a))))",
            "duplicate module instantiation argument named `a`"
        ),
        InvalidCase("(core instance (export \"a\" (func 0)))", "unknown core function 0"),
        InvalidCase("(core instance (export \"a\" (memory 0)))", "unknown memory 0"),
        InvalidCase("(core instance (export \"a\" (table 0)))", "unknown table 0"),
        InvalidCase("(core instance (export \"a\" (global 0)))", "unknown global 0"),
        InvalidCase("(core instance (export \"a\" (tag 0)))", "unknown tag 0"),
        InvalidCase(
            """
            \(module) (alias core export $a "f" (core func $f))
            (core instance (export "a" (func $f)) (export "a" (func $f)))
            """,
            "export name `a` already defined"
        ),
        InvalidCase("(alias core export 0 \"a\" (core func))", "unknown core instance 0"),
        InvalidCase(
            "\(module) (alias core export $a \"x\" (core func))",
            "core instance 0 has no export named `x`"
        ),
        InvalidCase(
            "\(module) (alias core export $a \"f\" (core memory))",
            "export `f` for core instance 0 is not a memory"
        ),
        InvalidCase(
            "(instance (instantiate 0))",
            "unknown component 0: component index out of bounds"
        ),
        InvalidCase(
            "(component $c (import \"a\" (func))) (instance (instantiate $c))",
            "missing import named `a`"
        ),
        InvalidCase(
            """
            (import "f" (func $f)) (component $c (import "a" (func)))
            (instance (instantiate $c (with "a" (func $f)) (with "a" (func $f))))
            """,
            "instantiation argument `a` conflicts with previous argument `a`"
        ),
        InvalidCase(
            "(instance (export \"a\" (func 0)))",
            "unknown function 0: function index out of bounds"
        ),
        InvalidCase(
            "(alias export 0 \"a\" (func))",
            "unknown instance 0: instance index out of bounds"
        ),
        InvalidCase(
            "(import \"i\" (instance $i)) (alias export $i \"a\" (func))",
            "instance 0 has no export named `a`"
        ),
        InvalidCase(
            "(import \"i\" (instance $i (export \"a\" (func)))) (alias export $i \"a\" (core module))",
            "export `a` for instance 0 is not a module"
        ),
        InvalidCase(
            "(type (instance (alias outer 1 0 (core module))))",
            "aliases in a component or instance type may only refer to types or instances"
        ),
        InvalidCase(
            "(type (component (import \"i\" (instance $i (export \"f\" (func)))) (alias export $i \"f\" (func))))",
            "aliases in a component or instance type may only refer to types or instances"
        ),
        InvalidCase("(alias outer 0 0 (core module))", "unknown module 0"),
        InvalidCase("(alias outer 0 0 (component))", "unknown component 0"),
        InvalidCase("(alias outer 0 0 (core type))", "unknown type 0"),
    ]

    @Test(arguments: invalid) func invalidAreRefused(_ test: InvalidCase) throws {
        try test.check()
    }

    /// Names that are equal to a reader and not as bytes are two names.
    @Test func canonicallyEquivalentNames() throws {
        try expectValid(
            """
            (core module $m (func (export "\\u{e9}")) (func (export "e\\u{301}") (param i32)))
            (core instance $i (instantiate $m))
            (alias core export $i "\\u{e9}" (core func))
            (alias core export $i "e\\u{301}" (core func))
            """
        )
    }

    static let values: [InvalidCase] = [
        InvalidCase("(import \"a\" (value u8))", "value index 0 was not used"),
        InvalidCase(
            "(import \"a\" (value $a u8)) (export \"b\" (value $a)) (export \"c\" (value $a))",
            "value 0 cannot be used more than once"
        ),
        InvalidCase("(export \"b\" (value 0))", "unknown value 0"),
        InvalidCase(
            """
            (import "a" (value $a u8)) (import "f" (func $f)) (start $f (value $a))
            """,
            "component start function requires 0 arguments but was given 1"
        ),
        InvalidCase(
            "(import \"f\" (func $f (result u8))) (start $f)",
            "start function has a result count of 0"
        ),
        InvalidCase(
            """
            (import "a" (value $a u8)) (import "f" (func $f (param "x" u16))) (start $f (value $a))
            """,
            "type mismatch for component start function argument 0"
        ),
        InvalidCase(
            """
            (import "r" (type $r (sub resource))) (type $b (borrow $r)) (import "a" (value $v $b))
            """,
            "a value cannot contain a `borrow` type"
        ),
    ]

    @Test(arguments: values) func valuesAreRefused(_ test: InvalidCase) throws { try test.check() }

    /// The text format has no second one.
    @Test func startFunctions() {
        let imports = section(7, [1, 0x40, 0, 1, 0]) + section(10, [1, 0] + name("f") + [1, 0])
        let start = section(9, [0, 0, 0])
        #expect((try? decode(componentBytes(imports, start)).get()) != nil)
        expect(
            decode(componentBytes(imports, start, start)),
            .invalid,
            "component cannot have more than one start function"
        )
        expect(
            decode(componentBytes(imports, section(9, [0, 0] + leb(1_001)))),
            .malformed,
            "start function results size is out of bounds"
        )
    }
}
