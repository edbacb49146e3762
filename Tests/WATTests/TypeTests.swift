import Testing
import WAT

/// Spec: core/text/types
@Suite struct TypeTests {
    @Test(
        arguments: [
            ("i32", [0x7F]), ("i64", [0x7E]), ("f32", [0x7D]), ("f64", [0x7C]), ("v128", [0x7B]),
            ("funcref", [0x70]), ("externref", [0x6F]), ("anyref", [0x6E]), ("eqref", [0x6D]),
            ("i31ref", [0x6C]), ("structref", [0x6B]), ("arrayref", [0x6A]), ("exnref", [0x69]),
            ("nullref", [0x71]), ("nullexternref", [0x72]), ("nullfuncref", [0x73]),
            ("nullexnref", [0x74]), ("(ref null func)", [0x70]), ("(ref func)", [0x64, 0x70]),
            ("(ref null 0)", [0x63, 0x00]), ("(ref $t)", [0x64, 0x00]),
            ("(ref none)", [0x64, 0x71]),
            ("(ref 100)", [0x64, 0xE4, 0x00]),
        ] as [(String, [UInt8])]
    )
    func valueTypes(type: String, bytes: [UInt8]) throws {
        let text = "(type $t (func)) (type (func (param \(type))))"
        #expect(try section(1, text) == [2, 0x60, 0, 0, 0x60, 1] + bytes + [0])
    }

    @Test func functionTypes() throws {
        let text =
            "(type (func (param i32 i64) (param $x f32) (param) (result f64) (result i32 i32)))"
        #expect(try section(1, text) == [1, 0x60, 3, 0x7F, 0x7E, 0x7D, 3, 0x7C, 0x7F, 0x7F])
    }

    @Test func aggregateTypes() throws {
        let text =
            "(type (struct (field i8 (mut i16)) (field $f f32) (field))) (type (array (mut i64)))"
        #expect(
            try section(1, text) == [2, 0x5F, 3, 0x78, 0, 0x77, 1, 0x7D, 0, 0x5E, 0x7E, 1]
        )
    }

    @Test func recursiveTypes() throws {
        let text = """
            (rec (type $a (sub (struct (field (ref null $b))))) (type $b (sub final $a (struct))))
            (rec) (type (sub 0 1 (array i8)))
            """
        #expect(
            try section(1, text)
                == [3, 0x4E, 2, 0x50, 0, 0x5F, 1, 0x63, 1, 0, 0x4F, 1, 0, 0x5F, 0]
                + [0x4E, 0, 0x50, 2, 0, 1, 0x5E, 0x78, 0]
        )
    }

    @Test func tablesMemoriesAndGlobals() throws {
        #expect(
            try section(4, "(table 1 funcref) (table i64 0 2 externref)")
                == [2, 0x70, 0, 1, 0x6F, 5, 0, 2]
        )
        #expect(
            try section(5, "(memory 1) (memory i64 0 0x100) (memory i32 0)")
                == [3, 0, 1, 5, 0, 0x80, 2, 0, 0]
        )
        #expect(
            try section(6, "(global i32 (i32.const 0)) (global (mut i64) i64.const 1)")
                == [2, 0x7F, 0, 0x41, 0, 0x0B, 0x7E, 1, 0x42, 1, 0x0B]
        )
    }

    /// A type use makes a type where there is none like it, and finds one where there is.
    @Test func typeUses() throws {
        let text = """
            (func (param i32)) (func (result f64)) (type $t (func (param i32))) (func (type $t))
            (func (type $t) (param $x i32)) (func)
            """
        #expect(
            try section(1, text) == [3, 0x60, 1, 0x7F, 0, 0x60, 0, 1, 0x7C, 0x60, 0, 0]
        )
        #expect(try section(3, text) == [5, 0, 1, 0, 0, 2])
        // Neither a type that can have subtypes nor one of a group is found.
        let others = "(type (sub (func))) (rec (type (func)) (type (func))) (func)"
        #expect(try section(3, others) == [1, 3])
    }

    @Test(arguments: [
        Refusal("(type (func (result i32) (param i32)))", "unexpected token ("),
        Refusal("(type (func (param $x i32 i32)))", "unexpected token i32"),
        Refusal("(type (func (result $x i32)))", "unexpected token $x"),
        Refusal("(type (func (param i8)))", "unexpected token i8"),
        Refusal("(type (func (param (ref null nul))))", "unknown operator nul"),
        Refusal("(type (func (param (ref $t))))", "unknown type $t", at: "1:25"),
        Refusal("(type (struct (field $x i32) (field $x i32)))", "duplicate field $x"),
        Refusal("(type (array i32 i32))", "unexpected token i32"),
        Refusal("(type $t (func)) (type $t (func))", "duplicate type $t"),
        Refusal("(type i32)", "unexpected token i32"),
        Refusal("(memory f32 1)", "malformed address type f32"),
        Refusal("(memory -1)", "unexpected token -1"),
        Refusal("(memory 0x1_0000_0000_0000_0000)", "i64 constant out of range"),
        Refusal("(table 1)", "unexpected token )"),
        Refusal("(type $t (func)) (func (type $t) (param i32))", "inline function type"),
        Refusal("(func (type 3) (param i32))", "unknown type 3"),
        Refusal("(func (type 3) (local $x i32))", "unknown type 3"),
        Refusal("(type $s (struct)) (func (type $s) (param i32))", "non-function type $s"),
        Refusal("(func (type 4294967296))", "i32 constant out of range"),
    ])
    func refused(refusal: Refusal) { refusal.check() }
}
