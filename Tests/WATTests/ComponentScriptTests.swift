import ComponentModel
import Testing
import WAT

/// Scripts with components: what is read of them.
@Suite struct ComponentScriptTests {
    private func commands(_ script: String) throws -> [ScriptCommand.Kind] {
        var parser = try ScriptParser(Array(script.utf8))
        var kinds: [ScriptCommand.Kind] = []
        while let command = parser.next() { kinds.append(command.kind) }
        return kinds
    }

    @Test(arguments: [
        ("(bool.const true)", "bool(true)"), ("(bool.const false)", "bool(false)"),
        ("(u8.const 255)", "u8(255)"), ("(s8.const -128)", "s8(-128)"),
        ("(u16.const 0xffff)", "u16(65535)"),
        ("(s16.const -1)", "s16(-1)"), ("(u32.const 4_294_967_295)", "u32(4294967295)"),
        ("(s32.const 7)", "s32(7)"),
        ("(u64.const 18446744073709551615)", "u64(18446744073709551615)"),
        ("(s64.const -9223372036854775808)", "s64(-9223372036854775808)"),
        ("(char.const \"☃\")", "char(\"\\u{2603}\")"), ("(str.const \"a\\n\")", "string(\"a\\n\")"),
        ("(list.const (u8.const 1) (f32.const 1.5))", "list([u8(1), f32(1.5)])"),
        ("(tuple.const (f64.const -inf))", "tuple([f64(-inf)])"),
        (
            "(record.const (field \"a\" (u8.const 1)) (field \"b\" u8.const 2))",
            "record([(label: \"a\", value: u8(1)), (label: \"b\", value: u8(2))])"
        ),
        ("(variant.const \"a\")", "variant(\"a\", nil)"),
        ("(variant.const \"a\" (u8.const 1))", "variant(\"a\", Optional(u8(1)))"),
        ("(enum.const \"a\")", "enumeration(\"a\")"),
        ("(flags.const \"a\" \"b\")", "flags([\"a\", \"b\"])"),
        ("(option.none)", "option(nil)"), ("(option.some (u8.const 1))", "option(Optional(u8(1)))"),
        ("(result.ok)", "ok(nil)"),
        ("(result.err (str.const \"e\"))", "error(Optional(string(\"e\")))"),
    ])
    func values(text: String, value: String) throws {
        let plain = value.replacing("ComponentModel.Val.", with: "")
        for command in [
            "(invoke $i \"f\" \(text))", "(assert_return (invoke $i \"f\" \(text)) \(text))",
        ] {
            switch try #require(try commands(command).first) {
            case .action(.invoke("i", "f", let arguments)):
                guard case .component(let value)? = arguments.first else { break }
                #expect(Self.describe(value) == plain)
                continue
            case .assertReturn(.invoke("i", "f", _), let results):
                guard case .component(let value)? = results.first else { break }
                #expect(Self.describe(value) == plain)
                continue
            default: break
            }
            Issue.record("\(command) is read as something else")
        }
    }

    private static func describe(_ value: Val) -> String {
        String(reflecting: value).replacing("ComponentModel.Val.", with: "")
    }

    @Test(arguments: [
        ("(u8.const 256)", "u8 constant out of range"), ("(u8.const -1)", "unexpected token -1"),
        ("(s8.const 128)", "s8 constant out of range"),
        ("(s8.const -129)", "s8 constant out of range"),
        ("(s64.const 9223372036854775808)", "s64 constant out of range"),
        ("(bool.const 1)", "unexpected token 1"), ("(char.const \"ab\")", "expected one character"),
        ("(char.const \"\")", "expected one character"),
        ("(str.const \"\\ff\")", "malformed UTF-8"),
        ("(option.some)", "unexpected token )"), ("(list.const (i32.const 1))", "unexpected token"),
        (
            String(repeating: "(option.some ", count: 200) + String(repeating: ")", count: 200),
            "nesting too deep"
        ),
    ])
    func malformedValues(text: String, message: String) throws {
        guard case .malformed(let error)? = try commands("(invoke \"f\" \(text))").first else {
            Issue.record("\(text) is read")
            return
        }
        #expect(error.message.hasPrefix(message), "\(error)")
    }

    @Test func definitionsAndInstances() throws {
        let kinds = try commands(
            """
            (component $a)
            (component definition $b (import "f" (func)))
            (component instance $i $b)
            (component instance $j)
            (component $c binary "\\00asm")
            (component quote "(type u8)")
            (assert_trap (component instance $a) "t")
            (assert_unlinkable (component (import "a" (func))) "u")
            """
        )
        guard case .module(let a) = kinds[0], case .module(let b) = kinds[1],
            case .instance(.component, "i", "b") = kinds[2],
            case .instance(.component, nil, "j") = kinds[3],
            case .module(let c) = kinds[4], case .module(let quote) = kinds[5],
            case .assertUninstantiable(.definition(.component, "a"), "t") = kinds[6],
            case .assertUnlinkable(.module(let unlinkable), "u") = kinds[7]
        else {
            Issue.record("\(kinds)")
            return
        }
        #expect(a.layer == .component && a.name == "a" && !a.isDefinition)
        #expect(b.name == "b" && b.isDefinition)
        #expect(try a.bytes() == ComponentTests.preamble + [0, 19] + nameSection("a"))
        #expect(try c.bytes() == [0, 0x61, 0x73, 0x6D])
        #expect(try quote.bytes() == ComponentTests.preamble + [7, 2, 1, 0x7D])
        #expect(unlinkable.layer == .component)
    }

    private func nameSection(_ name: String) -> [UInt8] {
        [14] + Array("component-name".utf8) + [
            0, UInt8(name.utf8.count + 1), UInt8(name.utf8.count),
        ] + name.utf8
    }
}
