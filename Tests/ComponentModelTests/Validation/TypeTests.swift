import ComponentModel
import Testing

/// Spec: Binary "Type Definitions".
@Suite struct TypeTests {
    @Test func everyKindOfType() throws {
        try expectValid(
            """
            (type $r (resource (rep i32)))
            (type bool) (type s8) (type error-context) (type string)
            (type $rec (record (field "a" u8) (field "b-c" string)))
            (type (variant (case "a") (case "b" $rec)))
            (type (list $rec)) (type (list u8 4)) (type (tuple u8 char)) (type (flags "a" "B"))
            (type (enum "x" "y")) (type (option f32)) (type (result)) (type (result u8 (error $rec)))
            (type (own $r)) (type (borrow $r)) (type (map string u8))
            (type (stream u8)) (type (stream)) (type (future string)) (type (future))
            (type (func (param "a" (borrow $r)) (result (own $r)))) (type (func async))
            (type (component (import "a" (func)) (export "b" (type (sub resource)))))
            (type (instance (type $x (record (field "x" u8))) (export "a" (type $t (eq $x))) (export "f" (func (result $t)))))
            """
        )
    }

    static let invalid: [InvalidCase] = [
        InvalidCase("(type (record))", "record type must have at least one field"),
        InvalidCase("(type (variant))", "variant type must have at least one case"),
        InvalidCase("(type (tuple))", "tuple type must have at least one type"),
        InvalidCase("(type (flags))", "flags must have at least one entry"),
        InvalidCase("(type (enum))", "enum type must have at least one variant"),
        InvalidCase("(type (list u8 0))", "must have more than zero elements"),
        InvalidCase(
            "(type (flags " + (0..<33).map { "\"f\($0)\"" }.joined(separator: " ") + "))",
            "cannot have more than 32 flags"
        ),
        InvalidCase(
            "(type (record (field \"a\" u8) (field \"A\" u8)))",
            "conflicts with previous field"
        ),
        InvalidCase("(type (variant (case \"a\") (case \"A\")))", "conflicts with previous case"),
        InvalidCase("(type (flags \"a\" \"A\"))", "conflicts with previous flag"),
        InvalidCase("(type (enum \"a\" \"A\"))", "conflicts with previous tag"),
        InvalidCase(
            "(type (func (param \"a\" u8) (param \"A\" u8)))",
            "conflicts with previous parameter"
        ),
        InvalidCase("(type (record (field \"\" u8)))", "record field name cannot be empty"),
        InvalidCase("(type (record (field \"a_b\" u8)))", "`a_b` is not in kebab case"),
        InvalidCase("(type (stream char))", "`stream<char>` is not valid"),
        InvalidCase("(type $c char) (type (stream $c))", "`stream<char>` is not valid"),
        InvalidCase(
            "(type $r (resource (rep i32))) (type (stream (borrow $r)))",
            "cannot contain a `borrow`"
        ),
        InvalidCase(
            "(type $r (resource (rep i32))) (type (future (tuple (borrow $r))))",
            "cannot contain a `borrow`"
        ),
        InvalidCase(
            "(type $r (resource (rep i32))) (type (func (result (list (borrow $r)))))",
            "function result cannot contain a `borrow` type"
        ),
        InvalidCase("(type (map f32 u8))", "a map's key cannot be a `f32`"),
        InvalidCase("(type $l (list u8)) (type (map $l u8))", "a map's key cannot be a `list`"),
        InvalidCase("(type $f (func)) (type (list $f))", "type index 0 is not a defined type"),
        InvalidCase("(type (list 3))", "unknown type 3: type index out of bounds"),
        InvalidCase("(type $f (func)) (type (own $f))", "type index 0 is not a resource type"),
        InvalidCase("(type (resource (rep f32)))", "resources can only be represented by"),
        InvalidCase("(type (resource (rep i64)))", "resources with `i64` require"),
        InvalidCase(
            "(type (component (type (resource (rep i32)))))",
            "resources can only be defined within a concrete component"
        ),
        InvalidCase(
            "(type (instance (type (resource (rep i32)))))",
            "resources can only be defined within a concrete component"
        ),
        InvalidCase(
            """
            (core module $m (func (export "f") (param i64))) (core instance $i (instantiate $m))
            (type (resource (rep i32) (dtor (core func $i "f"))))
            """,
            "core function 0 has wrong signature for a destructor"
        ),
        InvalidCase(
            "(type $t u8) (import \"a\" (func (type $t)))",
            "type index 0 is not a function type"
        ),
        InvalidCase("(type $t u8) (import \"a\" (instance (type $t)))", "is not an instance type"),
        InvalidCase("(type $t u8) (import \"a\" (component (type $t)))", "is not a component type"),
        InvalidCase(
            "(core type $t (func)) (import \"a\" (core module (type $t)))",
            "core type index 0 is not a module type"
        ),
    ]

    @Test(arguments: invalid) func invalidAreRefused(_ test: InvalidCase) throws {
        try test.check()
    }

    /// Spec: Binary "Type Definitions", the last note.
    @Test func sizesOfValues() throws {
        try expectValid("(type (list u8 268435455))")
        for text in [
            "(type (list u8 268435456))", "(type (list u64 33554432))",
            "(type (list (list u8 268435455) 2))", "(type (list string 16777216))",
            "(type (tuple (list u8 268435455) u8))",
            "(type (variant (case \"a\" (list u8 268435455))))",
        ] {
            try expect(text, .invalid, "exceeds maximum byte size")
        }
    }

    // MARK: Core types

    @Test func coreTypes() throws {
        try expectValid(
            """
            (core type $f (func (param i32)))
            (core type $s (struct (field i8)))
            (core rec (type $a (struct (field (ref null $b)))) (type $b (array (ref null $a))))
            (core type $m (module
              (alias outer 1 $f (type $g))
              (type $h (func (result i64)))
              (import "a" "b" (func (type $g)))
              (export "c" (func (type $h)))
              (export "m" (memory 1 2)) (export "t" (table 1 funcref)) (export "g" (global (mut i32)))))
            (import "x" (core module (type $m)))
            """
        )
    }

    static let invalidCore: [InvalidCase] = [
        InvalidCase("(core type (func (param (ref 9))))", "unknown type 9"),
        InvalidCase(
            "(core type $m (module)) (core type (func (param (ref $m))))",
            "type index 0 is a module type"
        ),
        InvalidCase(
            "(core type $m (module)) (core type (module (alias outer 1 $m (type))))",
            "a core module type cannot be aliased into another"
        ),
        InvalidCase("(core type (module (import \"a\" \"b\" (func (type 3)))))", "unknown type 3"),
        InvalidCase(
            "(core type (module (import \"a\" \"b\" (func)) (import \"a\" \"b\" (func))))",
            "duplicate import name `a:b`"
        ),
        InvalidCase(
            "(core type (module (export \"a\" (func)) (export \"a\" (memory 1))))",
            "duplicate export name `a` already defined"
        ),
        InvalidCase(
            "(core type (module (export \"a\" (memory 2 1))))",
            "size minimum must not be greater"
        ),
        InvalidCase(
            "(core type (module (export \"a\" (memory 65537))))",
            "memory size must be at most"
        ),
        InvalidCase(
            "(core type (module (type $s (struct)) (import \"a\" \"b\" (func (type $s)))))",
            "type index 0 is not a function type"
        ),
        InvalidCase(
            "(core type (module (export \"a\" (tag (result i32)))))",
            "non-empty tag result type"
        ),
        InvalidCase(
            "(core type $a (sub final (func))) (core type (sub $a (func)))",
            "sub type cannot have a final super type"
        ),
        InvalidCase(
            "(core module (import \"a\" \"b\" (func)) (import \"a\" \"b\" (func)))",
            "duplicate import name `a:b`"
        ),
    ]

    @Test(arguments: invalidCore) func invalidCoreAreRefused(_ test: InvalidCase) throws {
        try test.check()
    }
}
