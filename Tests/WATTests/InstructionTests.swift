import Testing
import WAT
import Wasm

/// Spec: core/text/instructions
@Suite struct InstructionTests {
    @Test(
        arguments: [
            ("unreachable nop drop return", [0x00, 0x01, 0x1A, 0x0F]),
            ("br 1 br_if 0 br_table 0 1 2", [0x0C, 1, 0x0D, 0, 0x0E, 2, 0, 1, 2]),
            ("select", [0x1B]), ("select (result i32)", [0x1C, 1, 0x7F]),
            ("select (result i32) (result)", [0x1C, 1, 0x7F]), ("select (result)", [0x1C, 0]),
            ("call 0 call_indirect call_indirect 1 (type 0)", [0x10, 0, 0x11, 0, 0, 0x11, 0, 1]),
            ("return_call 0 return_call_indirect (type 0)", [0x12, 0, 0x13, 0, 0]),
            ("call_ref 0 return_call_ref 0", [0x14, 0, 0x15, 0]),
            ("table.get table.get 1 table.set 2", [0x25, 0, 0x25, 1, 0x26, 2]),
            ("table.size table.grow 1 table.fill", [0xFC, 0x10, 0, 0xFC, 0x0F, 1, 0xFC, 0x11, 0]),
            ("table.copy table.copy 1 2", [0xFC, 0x0E, 0, 0, 0xFC, 0x0E, 1, 2]),
            (
                "table.init 3 table.init 1 3 elem.drop 3",
                [0xFC, 0x0C, 3, 0, 0xFC, 0x0C, 3, 1, 0xFC, 0x0D, 3]
            ),
            ("memory.size memory.grow 1 memory.fill", [0x3F, 0, 0x40, 1, 0xFC, 0x0B, 0]),
            ("memory.copy memory.copy 1 2", [0xFC, 0x0A, 0, 0, 0xFC, 0x0A, 1, 2]),
            (
                "memory.init 3 memory.init 1 3 data.drop 3",
                [0xFC, 8, 3, 0, 0xFC, 8, 3, 1, 0xFC, 9, 3]
            ),
            ("ref.null func ref.func 0 ref.is_null", [0xD0, 0x70, 0xD2, 0, 0xD1]),
            ("ref.test (ref any) ref.test anyref", [0xFB, 0x14, 0x6E, 0xFB, 0x15, 0x6E]),
            ("ref.cast (ref 0) ref.cast (ref null 0)", [0xFB, 0x16, 0, 0xFB, 0x17, 0]),
            ("br_on_cast 1 anyref (ref i31)", [0xFB, 0x18, 1, 1, 0x6E, 0x6C]),
            ("br_on_cast_fail 0 (ref any) i31ref", [0xFB, 0x19, 2, 0, 0x6E, 0x6C]),
            ("array.new_fixed 0 5 array.copy 0 1", [0xFB, 8, 0, 5, 0xFB, 0x11, 0, 1]),
            ("throw 0 throw_ref", [0x08, 0, 0x0A]),
            ("i8x16.relaxed_swizzle", [0xFD, 0x80, 2]), ("i32.extend8_s", [0xC0]),
            ("i8x16.extract_lane_u 3", [0xFD, 0x16, 3]),
        ] as [(String, [UInt8])]
    )
    func plain(text: String, bytes: [UInt8]) throws {
        #expect(try code(text) == bytes)
    }

    @Test(
        arguments: [
            ("i32.load", [0x28, 2, 0]), ("i64.load8_u offset=3", [0x31, 0, 3]),
            ("f64.store align=1", [0x39, 0, 0]),
            ("i32.load offset=0x80 align=0x2", [0x28, 1, 0x80, 1]),
            ("i32.load 1", [0x28, 0x42, 1, 0]), ("i64.store32 0 offset=1", [0x3E, 2, 1]),
            ("v128.load", [0xFD, 0, 4, 0]), ("v128.load8x8_s", [0xFD, 1, 3, 0]),
            ("v128.load32_splat", [0xFD, 9, 2, 0]), ("v128.load64_zero", [0xFD, 0x5D, 3, 0]),
            ("v128.load8_lane 5", [0xFD, 0x54, 0, 0, 5]),
            ("v128.load16_lane 1 5", [0xFD, 0x55, 0x41, 1, 0, 5]),
            ("v128.store64_lane offset=1 align=1 1", [0xFD, 0x5B, 0, 1, 1]),
            ("v128.store32_lane 1 align=2 3", [0xFD, 0x5A, 0x41, 1, 0, 3]),
            (
                "i32.load offset=0xffff_ffff_ffff_ffff",
                [0x28, 2, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1]
            ),
        ] as [(String, [UInt8])]
    )
    func memoryArguments(text: String, bytes: [UInt8]) throws {
        #expect(try code(text) == bytes)
    }

    @Test(
        arguments: [
            ("block end", [0x02, 0x40, 0x0B]),
            ("loop $l (result i32) br $l end $l", [0x03, 0x7F, 0x0C, 0, 0x0B]),
            ("if nop else unreachable end", [0x04, 0x40, 0x01, 0x05, 0x00, 0x0B]),
            ("if $l else $l br $l end $l", [0x04, 0x40, 0x05, 0x0C, 0, 0x0B]),
            ("block (param i32) end", [0x02, 1, 0x0B]), ("block (type 0) end", [0x02, 0, 0x0B]),
            (
                "block $a block $b block $a br $a br $b end end end",
                [0x02, 0x40, 0x02, 0x40, 0x02, 0x40, 0x0C, 0, 0x0C, 1, 0x0B, 0x0B, 0x0B]
            ),
            // A label is visible again when the one that hid it is closed.
            ("block $a block $a end br $a end", [0x02, 0x40, 0x02, 0x40, 0x0B, 0x0C, 0, 0x0B]),
            ("try_table end", [0x1F, 0x40, 0, 0x0B]),
            // A clause's label is not among those of its block.
            (
                "block $a try_table $a (catch 1 $a) (catch_ref 1 0) (catch_all 0) (catch_all_ref 0) end end",
                [0x02, 0x40, 0x1F, 0x40, 4, 0, 1, 0, 1, 1, 0, 2, 0, 3, 0, 0x0B, 0x0B]
            ),
        ] as [(String, [UInt8])]
    )
    func blocks(text: String, bytes: [UInt8]) throws {
        #expect(try code(text) == bytes)
    }

    @Test(
        arguments: [
            ("(drop (i32.add (i32.const 1) (i32.const 2)))", [0x41, 1, 0x41, 2, 0x6A, 0x1A]),
            ("(block (nop) nop)", [0x02, 0x40, 0x01, 0x01, 0x0B]),
            ("(block $l (br $l))", [0x02, 0x40, 0x0C, 0, 0x0B]),
            ("(if (i32.const 0) (then nop) (else))", [0x41, 0, 0x04, 0x40, 0x01, 0x05, 0x0B]),
            ("(if (then))", [0x04, 0x40, 0x0B]),
            (
                "(if $l (result i32) (nop) (nop) (then br $l))",
                [0x01, 0x01, 0x04, 0x7F, 0x0C, 0, 0x0B]
            ),
            ("(call_indirect (type 0) (i32.const 0))", [0x41, 0, 0x11, 0, 0]),
            ("(select (result i32) (nop))", [0x01, 0x1C, 1, 0x7F]),
            ("(br_table 0 0 (nop))", [0x01, 0x0E, 1, 0, 0]),
            ("(try_table (result i32) (catch_all 0) (nop))", [0x1F, 0x7F, 1, 2, 0, 0x01, 0x0B]),
            (
                "(loop (if (block (nop)) (then (nop (nop)))))",
                [0x03, 0x40, 0x02, 0x40, 0x01, 0x0B, 0x04, 0x40, 0x01, 0x01, 0x0B, 0x0B]
            ),
            // Operands of an `if` are outside its label.
            (
                "(block $a (if $a (br $a) (then (br $a))))",
                [0x02, 0x40, 0x0C, 0, 0x04, 0x40, 0x0C, 0, 0x0B, 0x0B]
            ),
        ] as [(String, [UInt8])]
    )
    func folded(text: String, bytes: [UInt8]) throws {
        #expect(try code(text) == bytes)
    }

    @Test(arguments: [
        Refusal("(func br $l)", "unknown label $l"),
        Refusal("(func block $a end $b)", "mismatching label $b", at: "1:20"),
        Refusal("(func block end $b)", "mismatching label $b"),
        Refusal("(func if $a else $b end)", "mismatching label $b"),
        Refusal("(func call $f)", "unknown function $f"),
        Refusal("(func local.get $x)", "unknown local $x"),
        Refusal("(func global.get $x)", "unknown global $x"),
        Refusal("(func table.get $x)", "unknown table $x"),
        Refusal("(func memory.size $x)", "unknown memory $x"),
        Refusal("(func throw $x)", "unknown tag $x"),
        Refusal("(func elem.drop $x)", "unknown elem segment $x"),
        Refusal("(func data.drop $x)", "unknown data segment $x"),
        Refusal("(func struct.new $x)", "unknown type $x"),
        Refusal("(type $s (struct)) (func struct.get $s $f)", "unknown field $f"),
        Refusal("(func block)", "unexpected token )"),
        Refusal("(func end)", "unexpected token end"),
        Refusal("(func else)", "unexpected token else"),
        Refusal("(func block else end)", "unexpected token else"),
        Refusal("(func if else else end)", "unexpected token else"),
        Refusal("(func (block end))", "unexpected token end"),
        Refusal("(func (nop nop))", "unexpected token nop"),
        Refusal("(func (if (then) (else) (nop)))", "unexpected token ("),
        Refusal("(func (if (else)))", "unexpected token ("),
        Refusal("(func (if (nop)))", "unexpected token )"),
        Refusal("(func (then))", "unexpected token ("),
        Refusal("(func (end))", "unexpected token ("),
        Refusal("(func (nop)", "unexpected token end of text"),
        Refusal("(func call)", "unexpected token )"),
        Refusal("(func br)", "unexpected token )"),
        Refusal("(func memory.copy 1)", "unexpected token )"),
        Refusal("(func block (param $x i32) end)", "unexpected token $x"),
        Refusal("(func call_indirect (param $x i32))", "unexpected token $x"),
        Refusal("(func i32.load align=3)", "alignment must be a power of two align=3"),
        Refusal("(func i32.load align=0)", "alignment must be a power of two"),
        Refusal("(func i32.load offset=-1)", "unknown operator offset=-1"),
        Refusal("(func i32.load align=4 offset=4)", "unexpected token offset=4"),
        Refusal("(func i32.load offset=0x10000000000000000)", "i64 constant out of range"),
        Refusal("(func ref.test any)", "unexpected token any"),
        Refusal("(func ref.test_null any)", "unknown operator ref.test_null"),
        Refusal("(func try_table (catch 0) end)", "unexpected token )"),
        Refusal("(type $t (func)) (func block (type $t) (result i32) end)", "inline function type"),
    ])
    func refused(refusal: Refusal) { refusal.check() }

    /// Every mnemonic is a word, and the decoder knows what it is written as.
    @Test func everyInstructionIsAWord() throws {
        let unwritten: Set<Opcode> = [.refTestNull, .refCastNull]
        for instruction in Instruction.all
        where instruction.immediates.isEmpty && !unwritten.contains(instruction.opcode) {
            if [.else, .end].contains(instruction.opcode) { continue }
            let bytes = try code(instruction.mnemonic)
            #expect(
                bytes.first
                    == (instruction.prefix == 0 ? UInt8(instruction.code) : instruction.prefix)
            )
        }
    }
}
