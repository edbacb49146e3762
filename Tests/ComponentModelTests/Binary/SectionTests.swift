import ComponentModel
import Testing

/// Spec: Binary "Component Definitions".
@Suite struct SectionTests {
    @Test func emptyComponent() throws {
        let component = try decode(componentBytes()).get()
        #expect(component.definitions.isEmpty)
        #expect(component.byteRange == 0..<8)
    }

    static let preambles: [([UInt8], ComponentError.Kind, String)] = [
        ([], .malformed, "unexpected end-of-file"),
        ([0x00, 0x61, 0x73], .malformed, "unexpected end-of-file"),
        ([0x00, 0x61, 0x73, 0x6D, 0x0D, 0x00, 0x01], .malformed, "unexpected end-of-file"),
        (
            [0x00, 0x61, 0x73, 0x6E, 0x0D, 0x00, 0x01, 0x00], .malformed,
            "magic header not detected"
        ),
        ([0x00, 0x61, 0x73, 0x6D, 0x01, 0x00, 0x00, 0x00], .malformed, "this is a core module"),
        ([0x00, 0x61, 0x73, 0x6D, 0x01, 0x00, 0x01, 0x00], .unsupportedVersion, "the encoding of 1.0"),
        ([0x00, 0x61, 0x73, 0x6D, 0x0A, 0x00, 0x01, 0x00], .unsupportedVersion, "from before 0xd"),
        ([0x00, 0x61, 0x73, 0x6D, 0x0B, 0x00, 0x01, 0x00], .unsupportedVersion, "from before 0xd"),
        ([0x00, 0x61, 0x73, 0x6D, 0x0C, 0x00, 0x01, 0x00], .unsupportedVersion, "from before 0xd"),
        ([0x00, 0x61, 0x73, 0x6D, 0x0E, 0x00, 0x01, 0x00], .unsupportedVersion, "version: 0xe"),
        ([0x00, 0x61, 0x73, 0x6D, 0x0D, 0x00, 0x02, 0x00], .unsupportedVersion, "of layer 2"),
    ]

    @Test(arguments: preambles)
    func preamble(_ bytes: [UInt8], _ kind: ComponentError.Kind, _ message: String) {
        expect(decode(bytes), kind, message)
    }

    static let malformed: [([UInt8], Int, String)] = [
        ([13, 0], 8, "malformed section id: 13"),
        ([7, 2, 0], 11, "unexpected end-of-file"),
        ([7, 2, 0, 0], 11, "unexpected data at the end of the section"),
        ([7, 1, 1, 0x73], 11, "unexpected end-of-file"),
        ([0, 2, 1, 0xFF], 10, "malformed UTF-8 encoding"),
        ([7, 0x81, 0x80, 0x80, 0x80, 0x70, 0], 13, "integer too large"),
        ([7, 0x81, 0x80, 0x80, 0x80, 0x80, 0], 14, "integer representation too long"),
        ([7, 2, 1, 0x3E], 11, "invalid leading byte (0x3e) for component defined type"),
        ([7, 2, 1, 0x70, 0x40], 12, "unexpected end-of-file"),
        ([7, 3, 1, 0x70, 0x40], 12, "malformed value type"),
        ([7, 3, 1, 0x6A, 2], 12, "invalid leading byte (0x2) for optional component value type"),
        ([7, 4, 1, 0x40, 0, 2], 13, "invalid leading byte (0x2) for component function results"),
        ([7, 5, 1, 0x40, 0, 1, 1], 14, "invalid leading byte (0x1) for number of results"),
        ([7, 5, 1, 0x42, 1, 3, 0], 13, "for component or instance type declaration"),
        ([7, 4, 1, 0x3F, 0x7F, 2], 13, "invalid leading byte (0x2) for resource destructor"),
        ([3, 2, 1, 0x40], 11, "invalid leading byte (0x40) for core type"),
        ([3, 3, 1, 0, 0x60], 12, "invalid leading byte (0x60) for non-final sub type"),
        ([3, 4, 1, 0x50, 1, 4], 13, "invalid leading byte (0x4) for type definition"),
        ([3, 5, 1, 0x50, 1, 2, 0], 14, "invalid leading byte (0x0) for outer alias kind"),
        ([3, 6, 1, 0x50, 1, 2, 0x10, 0], 15, "invalid leading byte (0x0) for outer alias target"),
        ([2, 2, 1, 2], 11, "invalid leading byte (0x2) for core instance"),
        ([2, 6, 1, 0, 0, 1, 0, 0], 15, "invalid leading byte (0x0) for instantiation arg kind"),
        ([2, 5, 1, 1, 1, 0, 5], 14, "invalid leading byte (0x5) for external kind"),
        ([5, 2, 1, 2], 11, "invalid leading byte (0x2) for instance"),
        ([5, 6, 1, 1, 1, 0, 0, 6], 15, "invalid leading byte (0x6) for component external kind"),
        ([6, 3, 1, 3, 3], 12, "invalid leading byte (0x3) for alias"),
        ([6, 3, 1, 6, 0], 11, "invalid leading byte (0x6) for component external kind"),
        ([6, 4, 1, 0, 0, 0], 11, "invalid leading byte (0x0) for component external kind"),
        ([6, 3, 1, 3, 1], 11, "invalid leading byte (0x3) for external kind"),
        ([6, 3, 1, 5, 2], 11, "invalid leading byte (0x5) for component outer alias kind"),
        ([8, 2, 1, 0x43], 11, "invalid leading byte (0x43) for canonical function"),
        ([8, 3, 1, 0, 1], 12, "invalid leading byte (0x1) for canonical function lift"),
        ([8, 3, 1, 1, 1], 12, "invalid leading byte (0x1) for canonical function lower"),
        ([8, 6, 1, 1, 0, 0, 1, 10], 15, "invalid leading byte (0xa) for canonical option"),
        ([8, 3, 1, 6, 2], 12, "invalid boolean value: 0x2"),
        ([10, 2, 1, 3], 11, "invalid leading byte (0x3) for component name"),
        ([10, 5, 1, 2, 0, 1, 3], 14, "invalid leading byte (0x3) for name option"),
        ([10, 7, 1, 2, 0, 2, 0, 0, 0, 0], 17, "unexpected end-of-file"),
        ([10, 5, 1, 0, 0, 3, 2], 14, "invalid leading byte (0x2) for type bound"),
    ]

    @Test(arguments: malformed)
    func malformedSections(_ bytes: [UInt8], _ offset: Int, _ message: String) {
        expect(decode(componentBytes(bytes)), .malformed, message, at: offset)
    }

    @Test func duplicateAttributes() {
        for (index, name) in ["implements", "versionsuffix", "external-id"].enumerated() {
            let attribute: [UInt8] = [UInt8(index), 0]
            let bytes = section(10, [1, 2, 0, 2] + attribute + attribute)
            let message = "duplicate '\(name)' option in name"
            expect(decode(componentBytes(bytes)), .malformed, message, at: 16)
        }
    }

    /// The error of a core module has the offset in the component's bytes.
    @Test func errorsInCoreModules() throws {
        let module: [UInt8] = [0x00, 0x61, 0x73, 0x6D, 0x01, 0x00, 0x00, 0x00, 0x0F, 0x00]
        let inner = componentBytes(section(1, module))
        expect(
            decode(componentBytes(section(4, inner))),
            .malformed,
            "malformed section id",
            at: 28
        )
        let text = "(core module (func (result i32)))"
        try expect(text, .invalid, "type mismatch")
    }

    @Test func nameSection() throws {
        let names = name("component-name") + [0] + leb(4) + name("abc")
        let component = try decode(componentBytes(section(0, names))).get()
        #expect(component.name == "abc")
        let broken = name("component-name") + [0, 9, 0xFF]
        #expect(try decode(componentBytes(section(0, broken))).get().name == nil)
    }

    /// Modules share the component's bytes, and have the places in them.
    @Test func placesInTheBytes() throws {
        let component = try #require(
            try expectValid(
                "(core module (func) (data \"x\")) (component (core module (data \"y\")))"
            )
        )
        guard case .coreModule(let first) = component.definitions[0],
            case .component(let inner) = component.definitions[1],
            case .coreModule(let second) = inner.definitions[0]
        else {
            Issue.record("other definitions")
            return
        }
        #expect(first.bytes.count == component.byteRange.count)
        #expect(second.bytes[second.data[0].range] == [UInt8(ascii: "y")])
        #expect(first.bytes[first.data[0].range] == [UInt8(ascii: "x")])
        #expect(inner.byteRange.contains(second.data[0].range.lowerBound))
    }
}
