import ComponentModel
import Testing

@Suite("WAVE") struct WaveTests {
    /// Reads `text` as a value of `definition` and writes it.
    static func written(_ text: String, _ definition: DefValType) throws -> String {
        var types = TypeArena()
        let type = ValType.defined(types.add(.value(definition)))
        return try Val(wave: text, type: type, types: types).wave
    }

    static func error(_ text: String, _ definition: DefValType) -> WaveError? {
        do throws(WaveError) {
            var types = TypeArena()
            let type = ValType.defined(types.add(.value(definition)))
            _ = try Val(wave: text, type: type, types: types)
            return nil
        } catch {
            return error
        }
    }

    static let keywords = ["true", "false", "some", "none", "ok", "err", "inf", "nan"]

    @Test(arguments: [
        (PrimValType.bool, "true", "true"), (.bool, " false // no", "false"), (.s8, "-128", "-128"),
        (.u8, "255", "255"), (.s64, "-9223372036854775808", "-9223372036854775808"),
        (.u64, "18446744073709551615", "18446744073709551615"), (.f32, "3.4028234664e38",
        "340282350000000000000000000000000000000"), (.f32, "3.4028234664e39", "inf"),
        (.f32, "1.4012984643e-45", "0.000000000000000000000000000000000000000000001"),
        (.f32, "1.4012984643e-46", "0"), (.f32, "-0.0e-0", "-0"), (.f64, "0.1", "0.1"), (.f64, "1E+3", "1000"),
        (.f64, "123.25", "123.25"), (.f64, "nan", "nan"), (.f64, "-inf", "-inf"), (.f64, "inf", "inf"),
        (.f64, "1e-7", "0.0000001"), (.f64, "1.5e300", "15" + String(repeating: "0", count: 299)),
        (.char, "'x'", "'x'"), (.char, #"'"'"#, #"'\"'"#), (.char, #"'\u{2603}'"#, "'☃'"), (.char, "'🌊'", "'🌊'"),
        (.char, #"'\''"#, #"'\''"#), (.char, #"'\u{000000}'"#, #"'\u{0}'"#),
        (.string, #""it's \"\\\t\n\r""#, #""it\'s \"\\\t\n\r""#), (.string, "\"e\u{301}\"", #""e\u{301}""#),
        (.string, "\"\u{A0}\u{202E}\"", #""\u{a0}\u{202e}""#),
    ])
    func primitives(_ type: PrimValType, _ text: String, _ expected: String) throws {
        #expect(try Self.written(text, .primitive(type)) == expected)
    }

    @Test(arguments: [
        ("\"\"\"\nA single line\n\"\"\"", "A single line"), ("\"\"\"\n\"\"\"", ""),
        ("\"\"\"\n    one\n      two\n  \"\"\"", "  one\n    two"),
        ("\"\"\"\r\n  one\r\n  two\\r\r\n  \"\"\"", "one\ntwo\r"),
        ("\"\"\"\nbreak \"\"\\\"\\u{2603}\n\"\"\"", "break \"\"\"☃"), ("\"\"\"\n\nx\n\n\"\"\"", "\nx\n"),
    ])
    func multilineStrings(_ text: String, _ expected: String) throws {
        guard case .string(let value) = try Val(wave: text, type: .primitive(.string), types: TypeArena())
        else { return #expect(Bool(false)) }
        #expect(value.utf8.elementsEqual(expected.utf8))
    }

    @Test func keywordsAsCasesTakeAPercentSign() throws {
        for keyword in Self.keywords {
            let enumeration = DefValType.enumeration(Self.keywords)
            #expect(try Self.written("%" + keyword, enumeration) == "%" + keyword)
            #expect(Self.error(keyword, enumeration) != nil)
            let variant = DefValType.variant([.init(label: keyword, type: .primitive(.u8))])
            #expect(try Self.written("%\(keyword) ( 7 )", variant) == "%\(keyword)(7)")
        }
        #expect(try Self.written("%left", .enumeration(["left"])) == "left")
    }

    @Test func recordsLeaveOutWhatIsNone() throws {
        var types = TypeArena()
        let option = ValType.defined(types.add(.value(.option(.primitive(.u8)))))
        let record = ValType.defined(
            types.add(
                .value(.record([.init(label: "must", type: .primitive(.u8)), .init(label: "may", type: option)]))))
        let optional = ValType.defined(types.add(.value(.record([.init(label: "true", type: option)]))))
        func text(_ text: String, _ type: ValType) throws -> String {
            try Val(wave: text, type: type, types: types).wave
        }
        #expect(try text("{must: 1}", record) == "{must: 1}")
        #expect(try text("{ may: none, must: 1, }", record) == "{must: 1}")
        #expect(try text("{may: 2, %must: 1}", record) == "{must: 1, may: some(2)}")
        #expect(try text("{ : }", optional) == "{:}")
        #expect(try text("{true: some(4)}", optional) == "{true: some(4)}")
        for wrong in ["{}", "{may: 1}", "{must: 1, must: 1}", "{must: 1,,}", "{,must: 1}", "{must 1}", "{other: 1}"] {
            #expect(throws: WaveError.self) { try text(wrong, record) }
        }
    }

    @Test func optionsAndResultsMayBeFlat() throws {
        var types = TypeArena()
        let option = ValType.defined(types.add(.value(.option(.primitive(.u8)))))
        let double = ValType.defined(types.add(.value(.option(option))))
        let result = ValType.defined(types.add(.value(.result(ok: .primitive(.u8), error: .primitive(.string)))))
        let empty = ValType.defined(types.add(.value(.result(ok: nil, error: nil))))
        func text(_ text: String, _ type: ValType) throws -> String {
            try Val(wave: text, type: type, types: types).wave
        }
        #expect(try text("5", option) == "some(5)")
        #expect(try text("some(some(5))", double) == "some(some(5))")
        #expect(try text("5", result) == "ok(5)")
        #expect(try text("err(\"x\")", result) == "err(\"x\")")
        #expect(try text("ok", empty) == "ok")
        for (wrong, type) in [
            ("5", double), ("some", option), ("some()", option), ("none()", option), ("none(0)", option),
            ("some(some(0))", option), ("ok", result), ("ok()", result), ("err", result), ("ok(1)", empty),
            ("5", empty), ("some(5", option),
        ] {
            #expect(throws: WaveError.self, "\(wrong)") { try text(wrong, type) }
        }
    }

    @Test func flagsAreASet() throws {
        let flags = DefValType.flags(["read", "write"])
        #expect(try Self.written("{write, read,}", flags) == "{read, write}")
        #expect(try Self.written("{}", flags) == "{}")
        for wrong in ["{read, read}", "{execute}", "{:}", "{read write}"] {
            #expect(Self.error(wrong, flags) != nil)
        }
    }

    @Test(arguments: [
        "''", "'ab'", #"'\z'"#, #"'\u1f'"#, #"'\u{1f'"#, #"'\u{}'"#, #"'\u{12345678}'"#, #"'\u{110000}'"#,
        #"'\u{D800}'"#, "'", "'x", "'''", "'\n'", #"'\'"#, "x",
    ])
    func charsThatAreRefused(_ text: String) { #expect(Self.error(text, .primitive(.char)) != nil) }

    @Test(arguments: [
        #""\u{d800}""#, #""\u{-1}""#, #""\u{+1}""#, "\"", #""\""#, "\"\n\"", "\"\"\"\"\"", "\"\"\" \"\"\"",
        "\"\"\"\nx\"\"\"", "\"\"\"x\n\"\"\"", "\"\"\"\n a\n  \"\"\"", "\"\"\"\n\\j\n\"\"\"", "abc", "'a'",
        "\"\"\"\n a\n \"\"\" \"\"\"",
    ])
    func stringsThatAreRefused(_ text: String) { #expect(Self.error(text, .primitive(.string)) != nil) }

    @Test(arguments: [
        "-nan", "NaN", "infinity", "-infinity", "Inf", "-INF", ".5", "5.", "+1", "01", "1e", "0x10", "--1", "",
        "1 2", "\u{0}",
    ])
    func floatsThatAreRefused(_ text: String) { #expect(Self.error(text, .primitive(.f64)) != nil) }

    @Test(arguments: [
        (PrimValType.u8, "256"), (.u8, "-1"), (.s8, "128"), (.s8, "-129"), (.u64, "18446744073709551616"),
        (.u32, "1.0"), (.u32, "1e3"), (.s32, "inf"), (.bool, "True"), (.bool, "1"), (.errorContext, "1"),
    ])
    func numbersThatAreRefused(_ type: PrimValType, _ text: String) {
        #expect(Self.error(text, .primitive(type)) != nil)
    }

    @Test func errorsPointAtThePlace() throws {
        let list = DefValType.list(.primitive(.u8))
        let error = try #require(Self.error("[1, 256]", list))
        #expect(
            error.description
                == "column 5: expected a u8, from 0 to 255, found 256\n    [1, 256]\n        ^")
        let second = try #require(Self.error("[1,\n  ☃]", list))
        #expect(second.place == (2, 3))
        #expect(second.description.hasPrefix("line 2, column 3: "))
        #expect(second.description.hasSuffix("\n      ☃]\n      ^"))
        let long = try #require(Self.error("[" + String(repeating: "1, ", count: 200) + "x]", list))
        #expect(long.description.split(separator: "\n").allSatisfy { $0.count < 120 })
    }

    @Test func handlesHaveNoForm() {
        var types = TypeArena()
        let resource = types.addResource()
        #expect(Self.error("1", .own(resource)) != nil)
        #expect(Self.error("1", .stream(nil)) != nil)
        #expect(Val.own(ResourceHandle(resource: 2, representation: 7)).wave == "own<2>(7)")
    }

    @Test func nestingIsBounded() throws {
        var types = TypeArena()
        var type = ValType.primitive(.u8)
        for _ in 0..<200 { type = .defined(types.add(.value(.list(type)))) }
        let text = String(repeating: "[", count: 150) + String(repeating: "]", count: 150)
        #expect(throws: WaveError.self) { try Val(wave: text, type: type, types: types) }
        var shallow = ValType.primitive(.u8)
        for _ in 0..<90 { shallow = .defined(types.add(.value(.list(shallow)))) }
        let good = String(repeating: "[", count: 90) + String(repeating: "]", count: 90)
        #expect(try Val(wave: good, type: shallow, types: types).wave == good)
    }

    @Test func anythingThatIsWrittenIsRead() throws {
        for seed in 0..<2_000 as Range<UInt64> {
            var values = RandomValues(seed: seed)
            let type = values.type(depth: 4)
            for _ in 0..<5 {
                let value = values.value(type)
                let text = value.wave
                let read = try Val(wave: text, type: type, types: values.types)
                #expect(read.isSame(as: value), "seed \(seed): \(text)")
                #expect(read.wave.utf8.elementsEqual(text.utf8))
            }
        }
    }

    @Test func whatIsCutOffIsAnError() throws {
        for seed in 0..<200 as Range<UInt64> {
            var values = RandomValues(seed: seed)
            let type = values.type(depth: 3)
            let text = Array(values.value(type).wave.unicodeScalars)
            for length in 0..<text.count {
                var cut = String.UnicodeScalarView()
                cut.append(contentsOf: text.prefix(length))
                // A number cut short is a number, so that no more can be said than that it ends.
                _ = try? Val(wave: String(cut), type: type, types: values.types)
            }
        }
    }
}

@Suite("Calls in WAVE") struct WaveCallTests {
    static func arguments(_ text: String, _ parameters: [LabelValType], _ types: TypeArena) throws -> [String] {
        try WaveCall(text).arguments(parameters, types: types).map(\.wave)
    }

    @Test func argumentsAreOfTheParametersTypes() throws {
        var types = TypeArena()
        let option = ValType.defined(types.add(.value(.option(.primitive(.u8)))))
        let parameters = [
            LabelValType(label: "a", type: .primitive(.string)), .init(label: "b", type: option),
            .init(label: "c", type: option),
        ]
        #expect(try WaveCall(" ns:pkg/iface@1.0.0.f ( )").target == "ns:pkg/iface@1.0.0.f")
        #expect(try Self.arguments("f(\"x\", 1, none)", parameters, types) == ["\"x\"", "some(1)", "none"])
        #expect(try Self.arguments("f(\"(\",)", parameters, types) == ["\"(\"", "none", "none"])
        #expect(try Self.arguments("f", Array(parameters.dropFirst()), types) == ["none", "none"])
        #expect(try Self.arguments("f()", [], types) == [])
        for wrong in ["f", "f()", "f(1)", "f(\"x\", 1, 2, 3)", "f(\"x\"", "f(\"x\") 1", "f(\"x\" 1)", "f(,)"] {
            #expect(throws: WaveError.self, "\(wrong)") { try Self.arguments(wrong, parameters, types) }
        }
        #expect(throws: WaveError.self) { try WaveCall("(1)") }
    }
}

@Suite("Comparison of values") struct ValComparisonTests {
    @Test func stringsAreComparedByScalars() {
        #expect("\u{E9}" == "e\u{301}")
        #expect(!Val.string("\u{E9}").isSame(as: .string("e\u{301}")))
        #expect(Val.list([.string("a")]).isSame(as: .list([.string("a")])))
    }

    @Test func floatsAreComparedByBitsButForNaN() {
        #expect(!Val.f64(0).isSame(as: .f64(-0.0)))
        #expect(Val.f64(.nan).isSame(as: .f64(.signalingNaN)))
        #expect(!Val.f32(1).isSame(as: .f64(1)))
    }
}
