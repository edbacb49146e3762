import Testing
import WAT
import Wasm

/// Spec: core/text/modules
@Suite struct ModuleTests {
    @Test func imports() throws {
        let text = """
            (import "m" "f" (func $f (param $x i32))) (import "" "t" (table 1 funcref))
            (import "" "e" (memory i64 1)) (import "" "g" (global (mut i32))) (import "" "x" (tag))
            """
        #expect(
            try section(2, text) == [5, 1, 0x6D, 1, 0x66, 0, 0, 0, 1, 0x74, 1, 0x70, 0, 1]
                + [0, 1, 0x65, 2, 4, 1, 0, 1, 0x67, 3, 0x7F, 1, 0, 1, 0x78, 4, 0, 1]
        )
        #expect(try section(1, text) == [2, 0x60, 1, 0x7F, 0, 0x60, 0, 0])
    }

    /// An import within a field takes its place among the imports, and the names are the same.
    @Test func inlineImportsAndExports() throws {
        let text = """
            (func $a (export "a") (export "b") (import "m" "f") (param i32))
            (import "" "" (func $b))
            (memory (export "m") 1) (table (export "t") 0 funcref) (tag $e (export "e"))
            (global $g (export "g") i32 (i32.const 0)) (func (export "h") call $b)
            """
        #expect(
            try section(2, text) == [2, 1, 0x6D, 1, 0x66, 0, 0, 0, 0, 0, 1]
        )
        #expect(
            try section(7, text) == [7, 1, 0x61, 0, 0, 1, 0x62, 0, 0, 1, 0x6D, 2, 0, 1, 0x74, 1, 0]
                + [1, 0x65, 4, 0, 1, 0x67, 3, 0, 1, 0x68, 0, 2]
        )
        #expect(try section(10, text) == [1, 4, 0, 0x10, 1, 0x0B])
    }

    @Test func exportsAndStart() throws {
        let text = #"(export "f" (func $f)) (start $f) (func) (func $f) (export "" (func 0))"#
        #expect(try section(7, text) == [2, 1, 0x66, 0, 1, 0, 0, 0])
        #expect(try section(8, text) == [1])
    }

    @Test func locals() throws {
        let text =
            "(func (param $a i32) (param i64) (local i32 i32) (local $b i32) (local f32) local.get $b)"
        #expect(try section(10, text) == [1, 8, 2, 3, 0x7F, 1, 0x7D, 0x20, 4, 0x0B])
        // The parameters of the type that is used count, though they are not written out.
        let used = "(type $t (func (param i32 i32))) (func (type $t) (local $a i32) local.get $a)"
        #expect(try section(10, used) == [1, 6, 1, 1, 0x7F, 0x20, 2, 0x0B])
    }

    @Test(
        arguments: [
            ("(elem (i32.const 0) 0 0)", [0, 0x41, 0, 0x0B, 2, 0, 0]),
            ("(elem (i32.const 0) func 0)", [0, 0x41, 0, 0x0B, 1, 0]),
            ("(elem (offset i32.const 0))", [0, 0x41, 0, 0x0B, 0]),
            ("(elem func 0)", [1, 0, 1, 0]), ("(elem $e func $f)", [1, 0, 1, 0]),
            ("(elem (table 1) (i32.const 0) func 0)", [2, 1, 0x41, 0, 0x0B, 0, 1, 0]),
            ("(elem declare func 0)", [3, 0, 1, 0]),
            ("(elem (i32.const 0) funcref (ref.func 0))", [4, 0x41, 0, 0x0B, 1, 0xD2, 0, 0x0B]),
            ("(elem funcref (item ref.null func))", [5, 0x70, 1, 0xD0, 0x70, 0x0B]),
            ("(elem (ref func) (item (ref.func 0)))", [5, 0x64, 0x70, 1, 0xD2, 0, 0x0B]),
            ("(elem (i32.const 0) externref)", [6, 0, 0x41, 0, 0x0B, 0x6F, 0]),
            ("(elem (table 1) (offset (i32.const 0)) funcref)", [6, 1, 0x41, 0, 0x0B, 0x70, 0]),
            ("(elem declare funcref (ref.func $f))", [7, 0x70, 1, 0xD2, 0, 0x0B]),
        ] as [(String, [UInt8])]
    )
    func elementSegments(text: String, bytes: [UInt8]) throws {
        #expect(try section(9, "(func $f) \(text)") == [1] + bytes)
    }

    @Test func inlineSegments() throws {
        let tables = "(table funcref (elem $f 0)) (table i64 (ref 0) (elem $f)) (func $f)"
        #expect(try section(4, tables) == [2, 0x70, 1, 2, 2, 0x64, 0, 5, 1, 1])
        #expect(
            try section(9, tables) == [2, 0, 0x41, 0, 0x0B, 2, 0, 0]
                + [6, 1, 0x42, 0, 0x0B, 0x64, 0, 1, 0xD2, 0, 0x0B]
        )
        let expressions = "(table funcref (elem (ref.null func) (item ref.func 0))) (func)"
        #expect(
            try section(9, expressions) == [
                1, 4, 0x41, 0, 0x0B, 2, 0xD0, 0x70, 0x0B, 0xD2, 0, 0x0B,
            ]
        )
        let memories =
            #"(memory i64 (data "a" "b")) (memory (data)) (data $d "c") (func data.drop $d)"#
        #expect(try section(5, memories) == [2, 5, 1, 1, 1, 0, 0])
        #expect(
            try section(11, memories)
                == [3, 0, 0x42, 0, 0x0B, 2, 0x61, 0x62, 2, 1, 0x41, 0, 0x0B, 0, 1, 1, 0x63]
        )
        #expect(try section(12, memories) == [3])
        #expect(try section(10, memories) == [1, 5, 0, 0xFC, 9, 2, 0x0B])
    }

    @Test func dataSegments() throws {
        let text =
            #"(memory $m 1) (memory $n 1) (data "a") (data (i32.const 1)) (data (memory $n) (offset i32.const 2) "b" "c")"#
        #expect(
            try section(11, text) == [
                3, 1, 1, 0x61, 0, 0x41, 1, 0x0B, 0, 2, 1, 0x41, 2, 0x0B, 2, 0x62, 0x63,
            ]
        )
        #expect(try section(12, text) == nil)
    }

    @Test func tablesWithAValue() throws {
        #expect(
            try section(4, "(table 1 2 (ref func) (ref.func 0)) (func)")
                == [1, 0x40, 0, 0x64, 0x70, 1, 1, 2, 0xD2, 0, 0x0B]
        )
    }

    @Test func names() throws {
        let text = """
            (module $m (import "" "" (func $i)) (type $t (struct (field $x i32) (field i32)))
              (func $f (param $p i32) (local i32) (local $l i32)) (tag $e))
            """
        #expect(
            try customSection("name", text) == [0, 2, 1, 0x6D, 1, 7, 2, 0, 1, 0x69, 1, 1, 0x66]
                + [2, 9, 1, 1, 2, 0, 1, 0x70, 2, 1, 0x6C, 4, 4, 1, 0, 1, 0x74]
                + [10, 6, 1, 0, 1, 0, 1, 0x78, 11, 4, 1, 0, 1, 0x65]
        )
        let module = try Module(decoding: try assemble(text))
        #expect(module.names.module == "m")
        #expect(module.names.functions == [0: "i", 1: "f"])
        #expect(try customSection("name", "(module (func))") == nil)
    }

    @Test(arguments: [
        Refusal("(func $f) (func $f)", "duplicate function $f", at: "1:17"),
        Refusal(
            "(import \"\" \"\" (global $g i32)) (global $g i32 (i32.const 0))",
            "duplicate global $g"
        ),
        Refusal("(memory $m 1) (memory $m 1)", "duplicate memory $m"),
        Refusal("(table $t 1 funcref) (table $t 1 funcref)", "duplicate table $t"),
        Refusal("(tag $e) (tag $e)", "duplicate tag $e"),
        Refusal("(elem $e func) (elem $e func)", "duplicate elem segment $e"),
        Refusal("(data $d) (data $d)", "duplicate data segment $d"),
        Refusal("(func (param $x i32) (local $x i32))", "duplicate local $x"),
        Refusal("(func (param $x i32 i32))", "unexpected token i32"),
        Refusal("(func) (import \"\" \"\" (func))", "import after function definition"),
        Refusal("(table 0 funcref) (memory (import \"\" \"\") 1)", "import after table definition"),
        Refusal("(memory 1) (import \"\" \"\" (func))", "import after memory definition"),
        Refusal(
            "(global i32 (i32.const 0)) (import \"\" \"\" (func))",
            "import after global definition"
        ),
        Refusal("(tag) (import \"\" \"\" (func))", "import after tag definition"),
        Refusal("(func) (start 0) (start 0)", "multiple start sections", at: "1:18"),
        Refusal("(start $f)", "unknown function $f"),
        Refusal("(export \"\" (func $f))", "unknown function $f"),
        Refusal("(export \"\" (type 0))", "unexpected token ("),
        Refusal("(import \"\" (func))", "unexpected token ("),
        Refusal("(import \"\" \"\" (func)", "unexpected token end of text"),
        Refusal("(import \"\" \"\" (start))", "unexpected token ("),
        Refusal("(func (import \"\" \"\") (local i32))", "unexpected token ("),
        Refusal("(func (import \"\" \"\") (export \"\"))", "unexpected token ("),
        Refusal("(memory (data) 1)", "unexpected token 1"),
        Refusal("(elem (i32.const 0) (i32.const 0))", "unexpected token ("),
        Refusal("(elem (offset) (offset) func)", "unexpected token ("),
        Refusal("(data 0)", "unexpected token 0"),
        Refusal("(data (nop) (nop))", "unexpected token ("),
        Refusal("(global i32) (global)", "unexpected token )"),
        Refusal("(module))", "unexpected token )"),
        Refusal("(module) (module)", "unexpected token ("),
        Refusal("(module (module))", "unexpected token ("),
        Refusal("(module nop)", "unexpected token nop"),
        Refusal("(module", "unexpected token end of text"),
        Refusal("module", "unexpected token module"),
        Refusal("(frob)", "unknown operator frob"),
        Refusal("()", "unexpected token ("),
    ])
    func refused(refusal: Refusal) { refusal.check() }

    /// What is wrong with the grammar is said first, though it stands last.
    @Test func grammarComesFirst() {
        Refusal("(func call $unknown) (func block)", "unexpected token )").check()
        Refusal("(func call $a) (func call $b)", "unknown function $a").check()
    }
}
