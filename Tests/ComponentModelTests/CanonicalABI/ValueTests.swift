import ComponentModel
import Testing
import Wasm

/// Values of each type from the host to a component, to another and all the way back.
/// Spec: CanonicalABI "Loading", "Storing", "Flat Lifting", "Flat Lowering"
@Suite("Values") struct ValueTests {
    struct Case: CustomTestStringConvertible {
        let type: String
        let values: [Val]
        /// A type that it is made of and that must be named.
        var named: NamedType?

        var testDescription: String { type }
    }

    static let records = [
        Val.record([("a", .u8(1)), ("b", .string("é")), ("c", .u64(.max))]),
        Val.record([("a", .u8(0)), ("b", .string("")), ("c", .u64(0))]),
    ]

    static let cases = [
        Case(type: "bool", values: [.bool(true), .bool(false)]),
        Case(type: "u8", values: [.u8(0), .u8(.max)]),
        Case(type: "s8", values: [.s8(.min), .s8(-1), .s8(.max)]),
        Case(type: "u16", values: [.u16(0), .u16(.max)]),
        Case(type: "s16", values: [.s16(.min), .s16(-1), .s16(.max)]),
        Case(type: "u32", values: [.u32(0), .u32(.max)]),
        Case(type: "s32", values: [.s32(.min), .s32(-1), .s32(.max)]),
        Case(type: "u64", values: [.u64(0), .u64(.max)]),
        Case(type: "s64", values: [.s64(.min), .s64(-1), .s64(.max)]),
        Case(
            type: "f32",
            values: [.f32(-0.0), .f32(1.5), .f32(.infinity), .f32(.leastNonzeroMagnitude)]
        ),
        Case(type: "f64", values: [.f64(-0.0), .f64(1.5), .f64(-.infinity), .f64(.pi)]),
        Case(
            type: "char",
            values: [.char("a"), .char("\u{D7FF}"), .char("\u{E000}"), .char("\u{10FFFF}")]
        ),
        Case(type: "string", values: [.string(""), .string("aé☃\u{1F370}")]),
        Case(type: "(list u8)", values: [.list([]), .list((0...255).map { .u8($0) })]),
        Case(type: "(list bool)", values: [.list([.bool(true), .bool(false)])]),
        Case(type: "(list char)", values: [.list([.char("☃")])]),
        Case(type: "(list string)", values: [.list([.string("a"), .string(""), .string("☃")])]),
        Case(
            type: "(list (list (tuple u8 u16)))",
            values: [
                .list([.list([]), .list([.tuple([.u8(1), .u16(2)]), .tuple([.u8(3), .u16(4)])])])
            ]
        ),
        Case(
            type: "(tuple u8 s64 f32)",
            values: [.tuple([.u8(9), .s64(-9), .f32(0.25)])]
        ),
        Case(type: "(option string)", values: [.option(nil), .option(.string("x"))]),
        Case(
            type: "(option (option u8))",
            values: [.option(nil), .option(.option(nil)), .option(.option(.u8(1)))]
        ),
        Case(
            type: "(result u8 (error string))",
            values: [.ok(.u8(1)), .error(.string("no"))]
        ),
        Case(type: "(result)", values: [.ok(nil), .error(nil)]),
        Case(
            type: "$f",
            values: [.flags([]), .flags(["l0"]), .flags(["l0", "l2"])],
            named: NamedType(name: "f", text: "(flags \"l0\" \"l1\" \"l2\")")
        ),
        Case(
            type: "$e",
            values: [.enumeration("x"), .enumeration("y")],
            named: NamedType(name: "e", text: "(enum \"x\" \"y\")")
        ),
        Case(
            type: "(list $r)",
            values: [.list(records)],
            named: NamedType(
                name: "r",
                text: "(record (field \"a\" u8) (field \"b\" string) (field \"c\" u64))"
            )
        ),
        Case(
            type: "(list $v)",
            values: [
                .list([
                    .variant("n", nil), .variant("f", .f32(0.5)), .variant("l", .u64(.max)),
                    .variant("s", .string("☃")),
                ])
            ],
            named: NamedType(
                name: "v",
                text: "(variant (case \"n\") (case \"f\" f32) (case \"l\" u64) (case \"s\" string))"
            )
        ),
    ]

    @Test(arguments: cases) func inMemory(_ test: Case) throws {
        let echo = try echo(test.type, outer: "utf16", test.named)
        for value in test.values {
            let echoed = try #require(try echo.echoed(value))
            #expect("\(echoed)" == "\(value)")
        }
    }

    static let flat: [(type: String, core: String)] = [
        ("bool", "i32"), ("u8", "i32"), ("s8", "i32"), ("u16", "i32"), ("s16", "i32"),
        ("u32", "i32"), ("s32", "i32"), ("u64", "i64"), ("s64", "i64"), ("f32", "f32"),
        ("f64", "f64"), ("char", "i32"), ("$f", "i32"), ("$e", "i32"), ("(result)", "i32"),
    ]

    @Test(arguments: flat.indices) func inSlots(_ index: Int) throws {
        let (type, core) = Self.flat[index]
        let test = try #require(Self.cases.first { $0.type == type })
        let echo = try echo(type, core: core, test.named)
        for value in test.values {
            let echoed = try #require(try echo.call("d", "echo", arguments: [value]))
            #expect("\(echoed)" == "\(value)")
        }
    }

    /// Variants whose cases share slots of other types.
    @Test func flatVariantsShareSlots() throws {
        let instance = try instance(
            """
            (component
              (component $C
                (type $v' (variant (case "f" f32) (case "d" f64) (case "i" s32) (case "n")
                  (case "p" (tuple u8 f32))))
                (export $v "v" (type $v'))
                (core module $M
                  (memory (export "mem") 1)
                  (func (export "f") (param i32 i64 f32) (result i32)
                    (i64.store (i32.const 8) (local.get 1)) (f32.store (i32.const 16) (local.get 2))
                    (i32.const 8)))
                (core instance $m (instantiate $M))
                (func (export "f") (param "v" $v) (result (tuple u64 u32))
                  (canon lift (core func $m "f") (memory (core memory $m "mem")))))
              (instance $c (instantiate $C))
              (export "c" (instance $c)))
            """
        )
        func slots(_ label: String, _ value: Val?) throws -> String {
            "\(try #require(try instance.call("c", "f", arguments: [.variant(label, value)])))"
        }
        func pair(_ a: UInt64, _ b: UInt32) -> String { "\(Val.tuple([.u64(a), .u32(b)]))" }
        #expect(try slots("f", .f32(1)) == pair(0x3F80_0000, 0))
        #expect(try slots("d", .f64(1)) == pair(0x3FF0_0000_0000_0000, 0))
        #expect(try slots("i", .s32(-1)) == pair(0xFFFF_FFFF, 0))
        #expect(try slots("n", nil) == pair(0, 0))
        #expect(try slots("p", .tuple([.u8(7), .f32(1)])) == pair(7, 0x3F80_0000))
    }

    /// A long list of plain numbers, and one for which the memory must grow.
    @Test func longLists() throws {
        let echo = try echo("(list u64)")
        let values = (0..<100_000).map { Val.u64($0 &* 0x9E37_79B9_7F4A_7C15) }
        let echoed = try #require(try echo.echoed(.list(values)))
        #expect("\(echoed)" == "\(Val.list(values))")
    }

    static let mistakes: [[Val]] = [
        [], [.u32(1)], [.string("a"), .string("b")], [.option(.string("a"))],
    ]

    @Test(arguments: mistakes.indices) func argumentsOfOtherTypesAreRefused(_ index: Int) throws {
        let instance = try instance(
            """
            (component \(allocatingModule)
              (core module $M (func (export "f") (param i32 i32)))
              (core instance $m (instantiate $M))
              (func (export "f") (param "s" string) (canon lift (core func $m "f")
                (memory (core memory $libc "mem")) (realloc (core func $libc "realloc")))))
            """
        )
        let trap = trap { _ = try instance.call("f", arguments: Self.mistakes[index]) }
        #expect(trap?.kind == .host)
        // It can still be called.
        #expect(try instance.call("f", arguments: [.string("x")]) == nil)
    }

    /// Values that are read from a result at 64 of the memory, whose numbers are given.
    static func returning(_ type: String, _ words: [UInt32], _ definitions: String = "") throws
        -> Val?
    {
        let data = words.map { word in
            (0..<4).map { byte in
                let text = String(word >> (8 * UInt32(byte)) & 0xFF, radix: 16)
                return "\\" + (text.count < 2 ? "0" : "") + text
            }.joined()
        }.joined()
        return try instance(
            """
            (component
              (component $C \(definitions)
                (core module $M
                  (memory (export "mem") 1) (data (i32.const 64) "\(data)")
                  (func (export "f") (result i32) (i32.const 64)))
                (core instance $m (instantiate $M))
                (func (export "f") (result \(type))
                  (canon lift (core func $m "f") (memory (core memory $m "mem")))))
              (instance $c (instantiate $C))
              (export "c" (instance $c)))
            """
        ).call("c", "f", arguments: [])
    }

    static let faults: [(type: String, words: [UInt32], sentence: String)] = [
        ("(tuple char u8)", [0xD800, 0], "invalid `char` bit pattern"),
        ("(tuple char u8)", [0x11_0000, 0], "invalid `char` bit pattern"),
        ("(option u32)", [2, 0], "invalid variant discriminant"),
        ("(result u32 (error u8))", [255, 0], "invalid variant discriminant"),
        ("(list u32)", [2, 1], "unaligned pointer"),
        ("(list u8)", [0x1_0000, 1], "list pointer/length out of bounds of memory"),
        ("(list u64)", [8, 0x2000_0000], "list pointer/length out of bounds of memory"),
        ("string", [0xFFFF_FFFF, 0], "string pointer/length out of bounds of memory"),
    ]

    @Test(arguments: faults.indices) func resultsThatAreNotValidTrap(_ index: Int) throws {
        let (type, words, sentence) = Self.faults[index]
        let trap = trap { _ = try Self.returning(type, words) }
        #expect(trap?.kind == .canonicalABI)
        #expect(trap?.description == sentence)
    }

    @Test func bitsWithoutMeaningAreDropped() throws {
        let tuple = try Self.returning("(tuple bool s8 u32)", [0x0000_FF02, 7])
        #expect("\(try #require(tuple))" == "\(Val.tuple([.bool(true), .s8(-1), .u32(7)]))")
        let flags = try Self.returning(
            "(tuple $n u32)",
            [0xFFFF_FFFA, 7],
            NamedType(name: "n", text: "(flags \"a\" \"b\" \"c\")").exported
        )
        #expect("\(try #require(flags))" == "\(Val.tuple([.flags(["b"]), .u32(7)]))")
    }

    static let lengths: [(type: String, length: UInt32, sentence: String)] = [
        ("(list u8)", 1 << 28, "list of more than 268435455 bytes"),
        ("(list u64)", 1 << 25, "list of more than 268435455 bytes"),
        ("string", 1 << 28, "string of more than 268435455 bytes"),
        ("(list u8)", (1 << 24) + 1, "values of more than 16777216 elements"),
    ]

    /// Memory of 257 MiB, of which a page is written.
    @Test(arguments: lengths.indices) func lengthsAreLimited(_ index: Int) throws {
        let (type, length, sentence) = Self.lengths[index]
        let instance = try instance(
            """
            (component
              (core module $M
                (memory (export "mem") 4112)
                (func (export "f") (result i32)
                  (i32.store (i32.const 4) (i32.const \(length))) (i32.const 0)))
              (core instance $m (instantiate $M))
              (func (export "f") (result \(type))
                (canon lift (core func $m "f") (memory (core memory $m "mem")))))
            """
        )
        let trap = trap { _ = try instance.call("f", arguments: []) }
        #expect(trap?.description == sentence)
    }

    /// A list of a thousand strings that all are the same long one.
    @Test func bytesInTheHostAreLimited() throws {
        let instance = try instance(
            """
            (component
              (core module $M
                (memory (export "mem") 17)
                (func (export "f") (result i32) (local $i i32)
                  (loop $next
                    (i32.store offset=64 (local.get $i) (i32.const 65536))
                    (i32.store offset=68 (local.get $i) (i32.const 1000000))
                    (local.set $i (i32.add (local.get $i) (i32.const 8)))
                    (br_if $next (i32.lt_u (local.get $i) (i32.const 8000))))
                  (i32.store (i32.const 16) (i32.const 64)) (i32.store (i32.const 20) (i32.const 1000))
                  (i32.const 16)))
              (core instance $m (instantiate $M))
              (func (export "f") (result (list string))
                (canon lift (core func $m "f") (memory (core memory $m "mem")))))
            """
        )
        let trap = trap { _ = try instance.call("f", arguments: []) }
        #expect(trap?.description == "values that take more than 1073741824 bytes in the host")
    }
}
