@testable import SpinManifest
import Testing

/// The TOML that comes in: values, their places, and limits.
@Suite struct TOMLTests {
    static func parse(_ text: String, depth: Int = 32) throws(TOMLError) -> TOMLValue {
        try TOMLValue(parsing: Array(text.utf8), depth: depth)
    }

    static func region(_ line: Int, _ column: Int, _ endLine: Int, _ endColumn: Int) -> SourceRegion
    {
        SourceRegion(
            start: SourcePosition(line: line, column: column),
            end: SourcePosition(line: endLine, column: endColumn)
        )
    }

    @Test func values() throws {
        let root = try Self.parse(
            "z = 1\na = 'x'\nf = 1.5\nb = true\nd = 2020-01-01\nl = [1, \"two\"]\nt = { k = -9223372036854775808 }\n"
        )
        guard case .table(let entries) = root.kind else {
            throw TOMLError(message: "no table", position: nil)
        }
        #expect(entries.map(\.key) == ["z", "a", "f", "b", "d", "l", "t"])
        #expect(entries[0].value.kind == .integer(1))
        #expect(entries[1].value.kind == .string("x"))
        #expect(entries[2].value.kind == .float(1.5))
        #expect(entries[3].value.kind == .boolean(true))
        #expect(entries[4].value.kind == .date)
        guard case .array(let elements) = entries[5].value.kind else {
            throw TOMLError(message: "no array", position: nil)
        }
        #expect(elements.map(\.kind) == [.integer(1), .string("two")])
        #expect(entries[6].value.entry("k")?.value.kind == .integer(.min))
        #expect(
            entries.map(\.value.noun) == [
                "an integer", "a string", "a float", "a boolean", "a date", "an array", "a table",
            ]
        )
    }

    @Test func places() throws {
        let root = try Self.parse(
            "[a.\"b c\"]\nk\u{E9}y = 1\n".replacing("k\u{E9}y", with: "\"k\u{E9}y\"")
                + "[[list]]\nx = [\n 1,\n 22]\n"
        )
        let table = try #require(root.entry("a")?.value.entry("b c"))
        #expect(table.keyRegion == Self.region(1, 4, 1, 9))
        let entry = try #require(table.value.entry("k\u{E9}y"))
        #expect(entry.keyRegion == Self.region(2, 1, 2, 6))
        #expect(entry.value.region.start == SourcePosition(line: 2, column: 9))
        guard case .array(let list)? = root.entry("list")?.value.kind,
            case .array(let values)? = list.first?.entry("x")?.value.kind
        else { throw TOMLError(message: "no list", position: nil) }
        #expect(
            values.map(\.region.start) == [
                SourcePosition(line: 5, column: 2), SourcePosition(line: 6, column: 2),
            ]
        )
    }

    @Test func limits() throws {
        #expect(throws: Never.self) { try Self.parse("a = [[[1]]]", depth: 5) }
        let tooDeep = #expect(throws: TOMLError.self) { try Self.parse("a = [[[1]]]", depth: 3) }
        #expect(tooDeep?.message == "values are nested more than 3 deep")
        #expect(tooDeep?.position == SourcePosition(line: 1, column: 8))
        // A key of many parts never comes to the library, wherever it stands.
        let parts = String(repeating: "a.", count: 100_000) + "a"
        let quotedParts = String(repeating: "\"=\" . '=' .", count: 20_000) + "a"
        for text in [
            "\(parts) = 1", "[\(parts)]", "[[\(parts)]]", "x = { \(parts) = 1 }",
            "x = [\n{\(parts) = 1}]", "\(quotedParts) = 1",
            "s = \"\"\"a\"\"\"\"\"\n\(parts) = 1", "s = '''\n''''\n\(parts) = 1",
            "s = \"\\\"\"\n\(parts) = 1", "# \"\n\(parts) = 1", "s = 'x\n\(parts) = 1",
        ] {
            let error = #expect(throws: TOMLError.self) { try Self.parse(text) }
            #expect(error?.message == "a key has more than 32 parts", "\(text.prefix(20))")
        }
        // Dots in strings and comments are no parts.
        let dots = String(repeating: ".a", count: 1_000)
        #expect(throws: Never.self) {
            try Self.parse(
                "a = '\(dots)' # \(dots)\nb = \"\"\"\n\"\(dots)\n\"\"\"\nc = \"\\\"\(dots)\"\n"
            )
        }
    }

    @Test(
        "what is no TOML",
        arguments: [
            "a", "a =", "a = 1\na = 2", "[a\n", "a = \"b", "\u{0}", "a = [1", "a = {b = 1\n}",
            "= 1", "a = 01",
        ]
    )
    func flaws(_ text: String) {
        let error = #expect(throws: TOMLError.self) { try Self.parse(text) }
        #expect(error?.position != nil)
    }

    @Test(
        "a header without a key",
        arguments: [
            ("[.", 1, 1), ("[..a]", 1, 1), ("a = 1\n  [ .a]", 2, 3), ("[[.a]]", 1, 1), ("[[ [a]]]", 1, 1),
            ("[=]", 1, 1), ("[", 1, 1), ("[\n", 1, 1), ("a = [\n[.a]]\n[.b]", 2, 2), ("a =\n[.b]", 1, 4),
            ("[a]\n[#]", 2, 1), ("[\u{E9}]", 1, 1), ("a = \"\"\"\n[.\n\"\"\"\n[.", 4, 1),
        ])
    func headersWithoutKeys(_ text: String, _ line: Int, _ column: Int) {
        let error = #expect(throws: TOMLError.self) { try Self.parse(text) }
        #expect(error?.position == SourcePosition(line: line, column: column), "\(error?.message ?? "")")
    }

    @Test func bytesThatAreNoText() {
        for bytes: [UInt8] in [
            [0xFF], Array("a = \"".utf8) + [0xC3, 0x28, 0x22], [0xEF, 0xBB],
            Array("# ".utf8) + [0xED, 0xA0, 0x80],
        ] {
            #expect(throws: TOMLError.self) { try TOMLValue(parsing: bytes, depth: 32) }
        }
        #expect(throws: Never.self) { try TOMLValue(parsing: [], depth: 32) }
        #expect(throws: Never.self) {
            try TOMLValue(parsing: [0xEF, 0xBB, 0xBF] + Array("a = 1".utf8), depth: 32)
        }
    }
}
