import Testing
import WAT

/// Spec: core/text/values
@Suite struct ValueTests {
    @Test(
        arguments: [
            ("0", [0x00]), ("-1", [0x7F]), ("+1", [0x01]), ("0x10", [0x10]),
            ("1_000", [0xE8, 0x07]),
            ("4294967295", [0x7F]), ("0xffff_ffff", [0x7F]),
            ("-2147483648", [0x80, 0x80, 0x80, 0x80, 0x78]),
            ("64", [0xC0, 0x00]), ("-65", [0xBF, 0x7F]),
            ("-0x80000000", [0x80, 0x80, 0x80, 0x80, 0x78]),
        ] as [(String, [UInt8])]
    )
    func i32(literal: String, bytes: [UInt8]) throws {
        #expect(try code("i32.const \(literal)") == [0x41] + bytes)
    }

    @Test func i64() throws {
        #expect(try code("i64.const 18446744073709551615") == [0x42, 0x7F])
        #expect(
            try code("i64.const -9223372036854775808")
                == [0x42, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x7F]
        )
    }

    @Test(arguments: [
        Refusal("(func i32.const 4294967296)", "constant out of range", at: "1:17"),
        Refusal("(func i32.const -2147483649)", "constant out of range"),
        Refusal("(func i32.const 1.0)", "constant out of range"),
        Refusal("(func i64.const 18446744073709551616)", "constant out of range"),
        Refusal("(func i64.const 0x1_0000_0000_0000_0000)", "constant out of range"),
        Refusal("(func i32.const 1__0)", "unknown operator 1__0"),
        Refusal("(func i32.const 1_)", "unknown operator 1_"),
        Refusal("(func i32.const 0x)", "unknown operator 0x"),
        Refusal("(func i32.const 0x_1)", "unknown operator 0x_1"),
        Refusal("(func i32.const nan:canonical)", "unexpected token nan:canonical"),
        Refusal("(func i32.const)", "unexpected token )"),
        Refusal("(func f32.const 1e39)", "constant out of range"),
        Refusal("(func f32.const 0x1p128)", "constant out of range"),
        Refusal("(func f64.const 1e309)", "constant out of range"),
        Refusal("(func f32.const nan:0x0)", "constant out of range"),
        Refusal("(func f32.const nan:0x800000)", "constant out of range"),
        Refusal("(func f64.const nan:0x10000000000000)", "constant out of range"),
        Refusal("(func f32.const 1e)", "unknown operator 1e"),
        Refusal("(func f32.const .5)", "unknown operator .5"),
        Refusal("(func f32.const nan:1)", "unknown operator nan:1"),
    ])
    func refused(refusal: Refusal) { refusal.check() }

    @Test(
        arguments: [
            ("0", 0), ("-0.0", 0x8000_0000), ("1", 0x3F80_0000), ("1.5e0", 0x3FC0_0000),
            ("0x1.8p1", 0x4040_0000), ("0x1.P-1", 0x3F00_0000), ("1_0.0_1", 0x4120_28F6),
            ("inf", 0x7F80_0000), ("-inf", 0xFF80_0000), ("nan", 0x7FC0_0000),
            ("-nan", 0xFFC0_0000),
            ("nan:0x1", 0x7F80_0001), ("+nan:0x7f_ffff", 0x7FFF_FFFF), ("1e-46", 0),
            ("0x1p-149", 1),
            // Halfway between two, to be rounded to even; and a hair more.
            ("0x1.000001p0", 0x3F80_0000), ("0x1.0000010000000000001p0", 0x3F80_0001),
            // Rounding to f64 first, and then to f32, would give 0x3F800000.
        ("1.000000059604644776257986737988403547205962240695953369140625", 0x3F80_0001),
            ("8.8817847263968443573e-16", 0x2680_0000),
        ] as [(String, UInt32)]
    )
    func f32(literal: String, bits: UInt32) throws {
        let bytes = (0..<4).map { UInt8(truncatingIfNeeded: bits >> (8 * $0)) }
        #expect(try code("f32.const \(literal)") == [0x43] + bytes)
    }

    @Test(
        arguments: [
            ("0x1.fffffffffffffp1023", 0x7FEF_FFFF_FFFF_FFFF), ("4.9406564584124654e-324", 1),
            ("2.2250738585072011e-308", 0x000F_FFFF_FFFF_FFFF), ("1e23", 0x44B5_2D02_C7E1_4AF6),
            ("nan", 0x7FF8_0000_0000_0000), ("-nan:0x1", 0xFFF0_0000_0000_0001),
            ("123456789012345678901234567890", 0x45F8_EE90_FF6C_373E),
            ("0x1234567890abcdef1", 0x43F2_3456_7890_ABCE),
        ] as [(String, UInt64)]
    )
    func f64(literal: String, bits: UInt64) throws {
        let bytes = (0..<8).map { UInt8(truncatingIfNeeded: bits >> (8 * $0)) }
        #expect(try code("f64.const \(literal)") == [0x44] + bytes)
    }

    @Test func vectors() throws {
        #expect(
            try code("v128.const i8x16 0 1 2 3 4 5 6 7 8 9 10 11 12 13 -1 0xff")
                == [0xFD, 0x0C] + (0..<14).map { UInt8($0) } + [0xFF, 0xFF]
        )
        let half: [UInt8] = [0, 0, 0, 0x3F]
        #expect(
            try code("v128.const f32x4 0.5 0.5 0.5 0.5") == [0xFD, 0x0C] + half + half + half + half
        )
        #expect(
            try code("v128.const i64x2 1 -1")
                == [0xFD, 0x0C, 1, 0, 0, 0, 0, 0, 0, 0] + [UInt8](repeating: 0xFF, count: 8)
        )
    }

    @Test(arguments: [
        Refusal("(func v128.const i32x4 1 2 3)", "wrong number of lane literals"),
        Refusal("(func v128.const i64x2 1 2 0x10000000000000000)", "wrong number of lane literals"),
        Refusal(
            "(func v128.const i8x16 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 256)",
            "constant out of range"
        ),
        Refusal("(func v128.const i64x2 0x_0 0)", "unknown operator 0x_0"),
        Refusal("(func v128.const 1 2)", "unexpected token 1"),
        Refusal("(func i8x16.shuffle 1 2 3)", "invalid lane length"),
        Refusal(
            "(func i8x16.shuffle 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 256)",
            "i8 constant out of range"
        ),
        Refusal(
            "(func i8x16.shuffle 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 -1)",
            "i8 constant out of range"
        ),
        Refusal("(func i8x16.extract_lane_s 256)", "i8 constant out of range"),
    ])
    func refusedVectors(refusal: Refusal) { refusal.check() }

    @Test func strings() throws {
        let text = #"(memory 1) (data "a\n\t\r\"\'\\\00\fF\u{e9}\u{1_f600}ü" "" "z")"#
        let bytes: [UInt8] =
            [0x61, 0x0A, 0x09, 0x0D, 0x22, 0x27, 0x5C, 0x00, 0xFF, 0xC3, 0xA9]
            + Array("\u{1F600}ü".utf8) + [0x7A]
        #expect(try section(11, text) == [1, 1, UInt8(bytes.count)] + bytes)
    }

    @Test func names() {
        Refusal(#"(func (export "\ff"))"#, "malformed UTF-8 encoding", at: "1:15").check()
        Refusal(#"(import "\80" "" (func))"#, "malformed UTF-8 encoding").check()
        Refusal(#"(import "" "\c3" (func))"#, "malformed UTF-8 encoding").check()
    }

    /// Identifiers are the same if their names are, however written.
    @Test func identifiers() throws {
        let text = #"(func $a (call $"a") (call $"\61") (call $"\u{61}")) (func $"ü ")"#
        #expect(try section(10, text)?.dropFirst(3).prefix(6) == [0x10, 0, 0x10, 0, 0x10, 0])
        #expect(try code("(local $!#$%&'*+-./:<=>?@\\^_`|~ i32)").isEmpty == false)
    }
}
