import Testing

@testable import Wasm

/// Spec: core/binary/modules#custom-section, core/appendix/custom#name-section
@Suite struct CustomSectionTests {
    static let two = ModuleBytes(
        types: [functionType()],
        functions: [0, 0],
        code: [[0, 0x0B], [0, 0x0B]]
    ).bytes

    @Test func customSections() throws {
        let bytes =
            ModuleBytes.header + section(0, name("one") + [1, 2]) + section(5, [0])
            + section(0, name("two"))
        let module = try #require(expectValid(bytes))
        #expect(module.customSections.map(\.name) == ["one", "two"])
        #expect(bytes[module.customSections[0].range] == [1, 2])
        #expect(module.customSections[1].range.isEmpty)
        expect(ModuleBytes.header + section(0, []), .malformed, "unexpected end")
        expect(
            ModuleBytes.header + section(0, [4, 0x61]) + section(0, name("abcd")),
            .malformed,
            "unexpected end of section or function"
        )
    }

    @Test func names() throws {
        let map = list([[0] + name("first"), [1] + name("zweite")])
        let content = name("name") + section(0, name("module")) + section(1, map) + section(2, [0])
        let module = try #require(expectValid(Self.two + section(0, content)))
        #expect(module.names.module == "module")
        #expect(module.names.functions == [0: "first", 1: "zweite"])
    }

    /// What is wrong in a name section is no error; the names before it are kept.
    @Test func brokenNames() throws {
        let broken: [[UInt8]] = [
            [0xFF], [1, 0xFF], section(0, [5, 0x61]), section(0, [1, 0x80]),
            section(1, [2, 0] + name("f")), section(1, [1, 9] + name("out of range")),
            [1, 4, 1, 0, 9, 0x61],
        ]
        for bytes in broken {
            let content = name("name") + section(0, name("m")) + bytes
            let module = try #require(expectValid(Self.two + section(0, content)))
            #expect(module.customSections.count == 1)
            #expect(module.names.functions.keys.allSatisfy { $0 < 2 })
        }
    }

    /// Names are equal only if their code points are, whatever their canonical forms.
    @Test func equivalentExportNames() {
        var module = ModuleBytes(types: [functionType()], functions: [0], code: [[0, 0x0B]])
        module.exports = [name("\u{E9}") + [0, 0], name("e\u{301}") + [0, 0]]
        expectValid(module.bytes)
        module.exports.append(name("\u{E9}") + [0, 0])
        expect(module.bytes, .invalid, "duplicate export name \"\u{E9}\"")
    }
}
