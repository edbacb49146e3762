import ComponentModel
import Testing

/// Values as objects of the collector of core code: the option `gc`.
@Suite struct GCLoweringTests {
    private static let types = """
        (core type $bytes (array i8)) (core type $shorts (array i16)) (core type $ints (array i32))
        (core type $empty (struct)) (core type $pair (struct (field i8) (field (ref null $shorts))))
        """

    /// A function of one parameter that is lowered to a core function of one.
    private static func lower(_ type: String, _ core: String, _ options: String = "") -> String {
        """
        \(types) (core type $ty (func (param \(core))))
        (import "i" (instance $i (export "r" (type $r (sub resource)))
          (type $s (stream u8)) (type $f (future))
          (type $rec' (record (field "a" u8) (field "b" string))) (export "rec" (type $rec (eq $rec')))
          (type $var' (variant (case "a") (case "b" u8))) (export "var" (type $var (eq $var')))
          (type $fl' (flags "a" "b")) (export "fl" (type $fl (eq $fl')))
          (type $en' (enum "a" "b")) (export "en" (type $en (eq $en')))
          (export "f" (func (param "x" \(type))))))
        (core func (canon lower (func $i "f") gc (core-type $ty) \(options)))
        """
    }

    struct Case: CustomTestStringConvertible, Sendable {
        let type: String
        let core: String
        var options = ""
        /// What is wrong; nil where nothing is.
        var message: String?

        var testDescription: String { "\(type) as \(core)" }
    }

    static let valid: [Case] = [
        Case(type: "bool", core: "i32"), Case(type: "u16", core: "i32"),
        Case(type: "u64", core: "i64"),
        Case(type: "char", core: "i32"), Case(type: "f32", core: "f32"),
        Case(type: "f64", core: "f64"),
        Case(type: "string", core: "(ref $bytes)"), Case(type: "string", core: "(ref null $bytes)"),
        Case(type: "string", core: "(ref $shorts)", options: "string-encoding=utf16"),
        Case(type: "(list s8)", core: "(ref $bytes)"),
        Case(type: "(list u16)", core: "(ref $shorts)"),
        Case(type: "(list char)", core: "(ref $ints)"),
        Case(type: "(list u32 4)", core: "(ref $ints)"),
        Case(type: "$rec", core: "(ref $pair)", options: "string-encoding=utf16"),
        Case(type: "(tuple u8 (list s16))", core: "(ref $pair)"),
        Case(type: "$var", core: "(ref null $empty)"),
        Case(type: "(option u8)", core: "(ref $empty)"),
        Case(type: "(result)", core: "(ref $empty)"), Case(type: "$fl", core: "i32"),
        Case(type: "$en", core: "i32"), Case(type: "(own $r)", core: "externref"),
        Case(type: "(borrow $r)", core: "(ref extern)"), Case(type: "$s", core: "externref"),
        Case(type: "$f", core: "externref"), Case(type: "error-context", core: "externref"),
    ]

    static let invalid: [Case] = [
        Case(
            type: "bool",
            core: "i64",
            message: "component `bool` type to core `i32` type, found `i64`"
        ),
        Case(
            type: "(list u8)",
            core: "(ref $ints)",
            message: "`u8` type to core `i8` type, found `i32`"
        ),
        Case(
            type: "(list u16)",
            core: "(ref $bytes)",
            message: "`u16` type to core `i16` type, found `i8`"
        ),
        Case(
            type: "string",
            core: "(ref $shorts)",
            message: "core `(ref null? (array (mut? i8)))` type"
        ),
        Case(
            type: "string",
            core: "(ref $bytes)",
            options: "string-encoding=utf16",
            message: "core `(ref null? (array (mut? i16)))` type"
        ),
        Case(
            type: "(list u8)",
            core: "anyref",
            message: "into `(ref null? (array ...))`, but found `anyref`"
        ),
        Case(
            type: "$rec",
            core: "(ref $empty)",
            message: "core `struct` has 0 fields, but component `record` has 2"
        ),
        Case(
            type: "$rec",
            core: "(ref $bytes)",
            message: "core `(ref null? (struct ...))`, but found `(ref "
        ),
        Case(
            type: "(tuple u8 u8)",
            core: "(ref $pair)",
            message: "component `u8` type to core `i8` type"
        ),
        Case(
            type: "(option u8)",
            core: "(ref $pair)",
            message: "`option` type to core `(ref null? (struct))`"
        ),
        Case(
            type: "$fl",
            core: "i64",
            message: "component `flags` type into core `i32` type, but found `i64`"
        ),
        Case(
            type: "$en",
            core: "nullref",
            message: "component `enum` type into core `i32` type, but found `nullref`"
        ),
        Case(
            type: "(own $r)",
            core: "funcref",
            message: "`own` type into core `(ref null? extern)` type"
        ),
        Case(
            type: "(map u8 u8)",
            core: "(ref $bytes)",
            message: "a `map` is not passed as an object"
        ),
        Case(
            type: "u8",
            core: "i32 i32",
            message: "`core-type` has 2 parameters, but component function has 1"
        ),
    ]

    @Test(arguments: valid + invalid)
    func lowered(_ example: Case) throws {
        let text = Self.lower(example.type, example.core, example.options)
        switch (try component(text, [.standard, .gc]), example.message) {
        case (.success, nil): return
        case (.success, let message?): Issue.record("valid, expected: \(message)")
        case (.failure(let error), let message):
            #expect(message.map(error.message.contains) == true, "\(error)")
        }
    }

    @Test(arguments: [
        ("(canon lower (func $f) gc gc (core-type $ty))", "`gc` is specified more than once"),
        ("(canon lower (func $f) gc)", "cannot specify `gc` without also specifying a `core-type`"),
        ("(canon lower (func $f) (core-type $ty))", "cannot specify `core-type` without `gc`"),
        ("(canon lower (func $f) gc (core-type $a))", "must reference a core function type"),
        ("(canon lower (func $f) gc (core-type $m))", "must reference a core function type"),
        (
            "(canon lower (func $f) gc (core-type $ty) (core-type $ty))",
            "is specified more than once"
        ),
        (
            "(canon lower (func $f) gc (core-type $r))",
            "has 1 results, but component function has 0"
        ),
    ])
    func options(definition: String, message: String) throws {
        let text = """
            (import "f" (func $f)) (core type $ty (func)) (core type $a (array i8))
            (core type $m (module)) (core type $r (func (result i32))) (core func \(definition))
            """
        switch try component(text, [.standard, .gc]) {
        case .success: Issue.record("valid")
        case .failure(let error): #expect(error.message.contains(message), "\(error)")
        }
    }

    /// What is lowered is of the core type that was declared, whose group is not that of an equal type.
    @Test func declaredTypes() throws {
        let text = """
            (import "f" (func $f (param "s" string)))
            (core type $bytes (array i8)) (core type $ty (func (param (ref $bytes))))
            (core func $l (canon lower (func $f) gc (core-type $ty)))
            (core module $n
              (type $bytes (array i8)) (type $ty (func (param (ref $bytes))))
              (import "i" "f" (func (type $ty))))
            (core instance (instantiate $n (with "i" (instance (export "f" (func $l))))))
            """
        try expectValid(text, [.standard, .gc])
    }
}
