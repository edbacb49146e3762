import ComponentModel
import Testing

/// Spec: Explainer "Type Checking".
@Suite struct SubtypingTests {
    /// A component that imports an item of type `wanted` is given one of type `actual`.
    private static func supply(_ actual: String, _ wanted: String) -> String {
        """
        (import "x" \(actual))
        (component $c (import "x" \(wanted)))
        (instance (instantiate $c (with "x" \(sort(actual)))))
        """
    }

    private static func sort(_ text: String) -> String {
        for sort in ["core module", "func", "instance", "component", "type", "value"]
        where text.hasPrefix("(\(sort)") {
            return "(\(sort) 0)"
        }
        return text
    }

    /// A function with a parameter of a type is wanted, and one with another is there.
    private static func parameters(_ actual: String, _ wanted: String) -> (String, String) {
        ("(func (param \"p\" \(actual)))", "(func (param \"p\" \(wanted)))")
    }

    @Test(arguments: [
        ("(func (param \"p\" u8))", "(func (param \"p\" u8))"),
        ("(func async (result string))", "(func async (result string))"),
        (
            "(instance (export \"a\" (func)) (export \"b\" (func)))",
            "(instance (export \"b\" (func)))"
        ),
        ("(component (export \"a\" (func)))", "(component (import \"i\" (func)))"),
        (
            "(component (import \"i\" (instance (export \"f\" (func)))))",
            "(component (import \"i\" (instance (export \"f\" (func)) (export \"g\" (func)))))"
        ),
        (
            "(component (import \"r\" (type $r (sub resource))) (export \"f\" (func (param \"p\" (own $r)))))",
            "(component (import \"r\" (type $r (sub resource))) (export \"f\" (func (param \"p\" (own $r)))))"
        ),
        (
            "(component (export \"r\" (type $r (sub resource))) (export \"f\" (func (result (own $r)))))",
            "(component (export \"r\" (type $r (sub resource))) (export \"f\" (func (result (own $r)))))"
        ),
        (
            "(core module (export \"a\" (func)) (export \"m\" (memory 2 3)))",
            "(core module (import \"x\" \"y\" (func)) (export \"m\" (memory 1 4)))"
        ),
        (
            "(core module (import \"a\" \"t\" (table 1 funcref)) (export \"g\" (global (mut i32))))",
            "(core module (import \"a\" \"t\" (table 2 funcref)) (export \"g\" (global (mut i32))))"
        ),
    ])
    func valid(actual: String, wanted: String) throws {
        try expectValid(Self.supply(actual, wanted))
    }

    static let mismatches: [(actual: String, wanted: String, message: String)] = [
        ("(func)", "(instance)", "expected instance, found func"),
        ("(instance)", "(component)", "expected component, found instance"),
        ("(core module)", "(func)", "expected func, found module"),
        ("(func)", "(func async)", "expected async function, found sync function"),
        ("(func async)", "(func)", "expected sync function, found async function"),
        ("(func (param \"a\" u8))", "(func)", "expected 0 parameters, found 1"),
        (
            "(func (param \"a\" u8))", "(func (param \"b\" u8))",
            "expected parameter named `b`, found `a`"
        ),
        ("(func)", "(func (result u8))", "expected a result, found none"),
        ("(func (result u8))", "(func)", "expected no result, found one"),
        ("(func (result u8))", "(func (result s8))", "type mismatch with result type"),
        ("(instance)", "(instance (export \"a\" (func)))", "missing expected export `a`"),
        (
            "(instance (export \"a\" (func)))", "(instance (export \"a\" (func (result u8))))",
            "type mismatch in instance export `a`"
        ),
        ("(component)", "(component (export \"a\" (func)))", "missing export named `a`"),
        ("(component (import \"a\" (func)))", "(component)", "missing import named `a`"),
        (
            "(component (import \"a\" (func)))", "(component (import \"a\" (instance)))",
            "type mismatch for import `a`: expected func, found instance"
        ),
        ("(core module)", "(core module (export \"a\" (func)))", "missing expected export `a`"),
        (
            "(core module (import \"a\" \"b\" (func)))", "(core module)",
            "missing expected import `a::b`"
        ),
        (
            "(core module (export \"a\" (func)))",
            "(core module (export \"a\" (func (param i32))))",
            "expected: (func (param i32))\nfound:    (func)"
        ),
        (
            "(core module (export \"a\" (func)))", "(core module (export \"a\" (memory 1)))",
            "expected memory, found func"
        ),
        (
            "(core module (export \"a\" (memory 1)))", "(core module (export \"a\" (memory 2)))",
            "mismatch in memory limits"
        ),
        (
            "(core module (export \"a\" (memory 1)))",
            "(core module (export \"a\" (memory i64 1)))",
            "mismatch in index type used for memories"
        ),
        (
            "(core module (export \"a\" (table 1 funcref)))",
            "(core module (export \"a\" (table 1 externref)))",
            "expected table element type externref, found funcref"
        ),
        (
            "(core module (export \"a\" (table 1 funcref)))",
            "(core module (export \"a\" (table 1 2 funcref)))", "mismatch in table limits"
        ),
        (
            "(core module (export \"a\" (global i32)))",
            "(core module (export \"a\" (global i64)))",
            "expected global type i64, found i32"
        ),
        (
            "(core module (export \"a\" (global i32)))",
            "(core module (export \"a\" (global (mut i32))))", "global types differ in mutability"
        ),
    ]

    @Test(arguments: mismatches)
    func mismatchesAreRefused(actual: String, wanted: String, message: String) throws {
        try expect(Self.supply(actual, wanted), .invalid, message)
    }

    static let values: [(actual: String, wanted: String, message: String)] = [
        ("u8", "u16", "expected primitive `u16` found primitive `u8`"),
        ("(list u8)", "u8", "expected u8, found list"),
        ("u8", "(list u8)", "expected list, found u8"),
        ("(list u8)", "(list u16)", "expected primitive `u16` found primitive `u8`"),
        ("(list u8 3)", "(list u8 4)", "expected fixed-length 4, found size 3"),
        ("(tuple u8)", "(tuple u8 u8)", "expected 2 types, found 1"),
        ("(tuple u8)", "(tuple u16)", "type mismatch in tuple field 0"),
        ("(option u8)", "(list u8)", "expected list, found option"),
        ("(result u8)", "(result)", "expected ok type to not be present"),
        ("(result)", "(result u8)", "expected ok type, but found none"),
        ("(result (error u8))", "(result)", "expected err type to not be present"),
        ("(result)", "(result (error u8))", "expected err type, but found none"),
        ("(result u8)", "(result u16)", "type mismatch in ok variant"),
        ("(map u8 u8)", "(map u16 u8)", "type mismatch in map key"),
        ("(map u8 u8)", "(map u8 u16)", "type mismatch in map value"),
        ("(stream u8)", "(stream)", "expected stream type to not be present"),
        ("(stream u8)", "(stream u16)", "type mismatch in stream"),
        ("(future)", "(future u8)", "expected future type, but found none"),
    ]

    @Test(arguments: values) func valuesAreRefused(actual: String, wanted: String, message: String)
        throws
    {
        let (actual, wanted) = Self.parameters(actual, wanted)
        try expect(Self.supply(actual, wanted), .invalid, message)
        try expectValid(Self.supply(actual, actual))
    }

    /// Types that must be named, of the same name in an instance.
    static let named: [(actual: String, wanted: String, message: String)] = [
        (
            "(record (field \"a\" u8))", "(record (field \"b\" u8))",
            "expected field name `b`, found `a`"
        ),
        (
            "(record (field \"a\" u8))", "(record (field \"a\" u16))",
            "type mismatch in record field `a`"
        ),
        (
            "(record (field \"a\" u8))", "(record (field \"a\" u8) (field \"b\" u8))",
            "expected 2 fields, found 1"
        ),
        ("(record (field \"a\" u8))", "u8", "expected primitive, found record"),
        ("(variant (case \"a\"))", "(variant (case \"b\"))", "expected case named `b`, found `a`"),
        ("(variant (case \"a\"))", "(variant (case \"a\" u8))", "to have a type, found none"),
        (
            "(variant (case \"a\" u8))", "(variant (case \"a\"))",
            "expected case `a` to have no type"
        ),
        (
            "(variant (case \"a\" u8))", "(variant (case \"a\" u16))",
            "type mismatch in variant case `a`"
        ),
        (
            "(variant (case \"a\"))", "(variant (case \"a\") (case \"b\"))",
            "expected 2 cases, found 1"
        ),
        ("(flags \"a\")", "(flags \"b\")", "mismatch in flags elements"),
        ("(enum \"a\")", "(enum \"b\")", "mismatch in enum elements"),
        ("(enum \"a\")", "(flags \"a\")", "expected flags, found enum"),
    ]

    @Test(arguments: named) func namedAreRefused(actual: String, wanted: String, message: String)
        throws
    {
        func instance(_ type: String) -> String {
            "(instance (type $t \(type)) (export \"t\" (type (eq $t))))"
        }
        try expect(Self.supply(instance(actual), instance(wanted)), .invalid, message)
        try expectValid(Self.supply(instance(actual), instance(actual)))
    }

    @Test func ascriptions() throws {
        try expectValid(
            """
            (import "i" (instance $i (export "a" (func)) (export "b" (func))))
            (export $e "e" (instance $i) (instance (export "a" (func))))
            (alias export $e "a" (func))
            """
        )
        try expect(
            """
            (import "i" (instance $i (export "a" (func)) (export "b" (func))))
            (export $e "e" (instance $i) (instance (export "a" (func))))
            (alias export $e "b" (func))
            """,
            .invalid,
            "instance 1 has no export named `b`"
        )
        try expect(
            "(import \"f\" (func $f)) (export \"g\" (func $f) (func (result u8)))",
            .invalid,
            "ascribed type of export is not compatible with item's type: expected a result"
        )
    }
}
