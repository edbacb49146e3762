import Testing
import WAT

/// Spec: Explainer "Type Definitions", Binary "Type Definitions"
@Suite struct ComponentTypeTests {
    @Test(arguments: [
        ("bool", "7f"), ("s8", "7e"), ("u8", "7d"), ("s16", "7c"), ("u16", "7b"), ("s32", "7a"),
        ("u32", "79"), ("s64", "78"), ("u64", "77"), ("f32", "76"), ("f64", "75"), ("char", "74"),
        ("string", "73"), ("error-context", "64"), ("float32", "76"), ("float64", "75"),
        ("(record (field \"a\" u8) (field \"b\" string))", "720201617d016273"),
        ("(variant (case \"a\") (case $c \"b\" u8))", "7102016100000162017d00"),
        ("(list u8)", "707d"), ("(list u8 300)", "677dac02"), ("(tuple u8 bool)", "6f027d7f"),
        ("(flags \"a\" \"b\")", "6e0201610162"), ("(enum \"a\" \"b\")", "6d0201610162"),
        ("(option u8)", "6b7d"), ("(result)", "6a0000"), ("(result u8)", "6a017d00"),
        ("(result (error u8))", "6a00017d"), ("(result u8 (error s8))", "6a017d017e"),
        ("(own 3)", "6903"), ("(borrow 200)", "68c801"), ("(stream)", "6600"),
        ("(stream u8)", "66017d"),
        ("(future)", "6500"), ("(future string)", "650173"), ("(map u8 string)", "637d73"),
        ("(list 70)", "70c600"), ("(list (type 70))", "70c600"),
        ("(resource (rep i32))", "3f7f00"), ("(resource (rep i64) (dtor 2))", "3f7e0102"),
        ("(resource (rep i32) (dtor (core func 2)))", "3f7f0102"),
        ("(func)", "40000100"), ("(func async)", "43000100"),
        ("(func (param \"a\" u8) (param \"b\" 5) (result string))", "400201617d0162050073"),
        ("(component)", "4100"), ("(instance)", "4200"),
    ])
    func types(type: String, code: String) throws {
        #expect(try definitions("(type \(type))") == ["07 01\(code)"])
    }

    @Test(arguments: [
        // What is inner is defined before what is outer, in the order of the text.
        Assembled("(type (list (list u8)))", "07 02707d7000"),
        Assembled("(type (tuple (list u8) (list s8)))", "07 03707d707e6f020001"),
        Assembled(
            "(type $t u8) (type (list $t)) (import \"f\" (func (param \"x\" (list $t))))",
            "07 047d7000700040010178020100",
            "0a 010001660103"
        ),
        Assembled(
            "(instance $i) (type (list (type $i \"t\")))",
            "05 010100",
            "06 010300000174",
            "07 017000"
        ),
        Assembled(
            "(instance $i) (type (own (type $i \"a\" \"t\")))",
            "05 010100",
            "06 0205000001610300010174",
            "07 016900"
        ),
    ])
    func typesWithinTypes(assembled: Assembled) throws {
        try assembled.check()
    }

    @Test("a type has index spaces of its own, and what it uses is defined in it")
    func declarators() throws {
        try Assembled(
            "(type $t u8) (type $c (component"
                + " (import \"a\" (type $r (sub resource)))"
                + " (import \"f\" (func (param \"x\" (own $r)) (result $t)))"
                + " (core type (func))"
                + " (type $l (list u8))"
                + " (export \"l\" (type $m (eq $l)))"
                + " (export \"i\" (instance (export \"x\" (func (result (list $m))))))))",
            "07 027d410a03000161030101690002030201000140010178010002030001660103"
                + "0060000001707d0400016c0300040142040203020105017000014000000104000178"
                + "0102040001690506"
        ).check()
    }

    @Test(arguments: [
        Assembled("(core type (func (param i32)))", "03 0160017f00"),
        Assembled("(core type (sub (struct)))", "03 010050005f00"),
        Assembled("(core type (sub final (array i8)))", "03 015e7800"),
        Assembled("(core type $t (struct (field (ref null $t))))", "03 015f01630000"),
        Assembled(
            "(core rec (type $a (struct (field (ref $b)))) (type $b (func)))",
            "03 014e025f01640100600000"
        ),
        Assembled("(core type (module))", "03 015000"),
        Assembled(
            "(core type $f (func)) (core type (module (alias outer 1 $f (type $g)) (import \"a\" \"b\" (func (type $g)))"
                + "(export \"c\" (func (result i32))) (export \"d\" (memory 1)) (export \"t\" (tag (type $g)))))",
            "03 026000005006021001010000016101620000016000017f0301630001030164020001030174040000"
        ),
    ])
    func coreTypes(assembled: Assembled) throws {
        try assembled.check()
    }

    @Test("an import of a module's type uses the function type that was defined before it")
    func definedFunctionTypes() throws {
        try Assembled(
            "(core type (module (type (func)) (import \"\" \"\" (func)) (export \"\" (func (param i32)))))",
            "03 0150040160000000000000000160017f0003000001"
        ).check()
    }

    @Test(arguments: [
        ("\"a\"", "000161"), ("(interface \"a:b/c\")", "0005613a622f63"),
        ("\"a\" (implements \"b\")", "02016101000162"),
        ("\"a\" (versionsuffix \".1\")", "0201610101022e31"),
        ("\"a\" (external-id \"b\") (implements \"c\")", "02016102020162000163"),
    ])
    func namesAndAttributes(name: String, code: String) throws {
        #expect(try definitions("(import \(name) (instance (type 0)))") == ["0a 01\(code)0500"])
        #expect(try definitions("(export \(name) (instance 0))") == ["0b 01\(code)050000"])
        #expect(
            try definitions("(instance (export \(name) (instance 0)))") == ["05 010101\(code)0500"]
        )
        #expect(try definitions("(instance (import \(name)) (type 0))") == ["0a 01\(code)0500"])
        #expect(
            try definitions("(instance (export \(name)))") == ["05 010100", "0b 01\(code)050000"]
        )
    }

    @Test(arguments: [
        ("(core module (type 1))", "001101"), ("(func (type 1))", "0101"), ("(value u8)", "02017d"),
        ("(value (eq 1))", "020001"), ("(value (type 1))", "020101"), ("(type (eq 1))", "030001"),
        ("(type (sub resource))", "0301"), ("(component (type 1))", "0401"),
        ("(instance (type 1))", "0501"),
    ])
    func externalTypes(type: String, code: String) throws {
        #expect(try definitions("(import \"a\" \(type))") == ["0a 01000161\(code)"])
        #expect(
            try definitions("(export \"a\" (func 0) \(type))") == ["0b 01000161010001\(code)"]
        )
    }
}
