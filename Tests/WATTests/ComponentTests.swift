import Testing
import WAT

// What the suites of components share.

func assembleComponent(_ text: String) throws -> [UInt8] {
    try ComponentAssembler.assemble(Array(text.utf8))
}

/// The sections of the component with the definitions `text`, each as its id and contents in
/// hexadecimal; without the names of what it holds.
func definitions(_ text: String) throws -> [String] {
    try sections(assembleComponent("(component \(text))")).filter { $0.id != 0 }.map {
        "\(hexadecimal([$0.id])) \(hexadecimal($0.contents))"
    }
}

func hexadecimal(_ bytes: [UInt8]) -> String {
    let digits = Array("0123456789abcdef")
    return String(bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
}

/// A name in the binary format, in hexadecimal.
private func name(_ text: String) -> String { hexadecimal([UInt8(text.utf8.count)] + text.utf8) }

/// A text and the sections that it makes.
struct Assembled: Sendable, CustomTestStringConvertible {
    var text: String
    var sections: [String]

    init(_ text: String, _ sections: String...) {
        self.text = text
        self.sections = sections
    }

    var testDescription: String { String(text.prefix(60)) }

    func check(sourceLocation: SourceLocation = #_sourceLocation) throws {
        #expect(try definitions(text) == sections, sourceLocation: sourceLocation)
    }
}

/// Spec: Explainer "Component Definitions", "Instance Definitions", "Alias Definitions"
@Suite struct ComponentTests {
    static let preamble: [UInt8] = [0x00, 0x61, 0x73, 0x6D, 0x0D, 0x00, 0x01, 0x00]
    /// An empty core module with its section's length.
    static let module = "01 0061736d01000000"

    @Test(arguments: ["(component)", "(component (@name \"\"))", "(; ;)(component;;\n)"])
    func empty(text: String) throws {
        let bytes = try assembleComponent(text)
        #expect(bytes.prefix(8) == Self.preamble[...])
    }

    @Test func binary() throws {
        #expect(
            try assembleComponent("(component $a binary \"\\00as\" \"m\")") == [
                0, 0x61, 0x73, 0x6D,
            ]
        )
    }

    @Test("definitions of a kind share a section as long as no other comes between")
    func sectionsOfAKind() throws {
        #expect(
            try definitions("(type u8) (type s8) (import \"a\" (func (type 0))) (type u16)")
                == ["07 027d7e", "0a 010001610100", "07 017b"]
        )
    }

    @Test(arguments: [
        Assembled("(core module)", module),
        Assembled("(core module $m binary \"\\00asm\" \"\\01\\00\\00\\00\")", module),
        Assembled("(component)", "04 0061736d0d000100"),
        Assembled("(core module (export \"m\"))", module, "0b 0100016d00110000"),
        Assembled(
            "(core module (import \"m\") (export \"\" (func)))",
            "03 0150020160000003000000",
            "0a 0100016d001100"
        ),
        Assembled(
            "(component (import \"c\") (import \"f\" (func)))",
            "07 0141020140000100030001660100",
            "0a 010001630400"
        ),
    ])
    func modulesAndComponents(assembled: Assembled) throws {
        try assembled.check()
    }

    @Test(arguments: [
        Assembled("(core module) (core instance (instantiate 0))", module, "02 01000000"),
        Assembled(
            "(core module) (core instance $i (instantiate 0))"
                + "(core instance (instantiate 0 (with \"a\" (instance $i))))",
            module,
            "02 0200000000000101611200"
        ),
        // The exports of an argument are an instance before the one that they are given to.
        Assembled(
            "(core module) (core instance $i (instantiate 0))"
                + "(core instance (instantiate 0 (with \"a\" (instance (export \"f\" (func $i \"g\"))))))",
            module,
            "02 01000000",
            "06 01000001000167",
            "02 0201010166000000000101611201"
        ),
        Assembled(
            "(component) (instance $i (instantiate 0))"
                + "(instance (instantiate 0 (with \"a\" (instance $i)) (with \"b\" (instance))))",
            "04 0061736d0d000100",
            "05 0300000001000000020161050001620501"
        ),
        Assembled(
            "(instance $i) (instance (export \"a\" (instance $i)) (export \"b\" (instance $i \"x\" \"y\")))",
            "05 010100",
            "06 0205000001780500010179",
            "05 01010200016105000001620502"
        ),
        Assembled(
            "(instance (export \"a\") (export \"b\"))",
            "05 010100",
            "0b 02000161050000000162050000"
        ),
        Assembled(
            "(instance $i (import \"i\")) (core instance (instantiate (module $i \"m\")))",
            "07 014200",
            "0a 010001690500",
            "06 0100110000016d",
            "02 01000000"
        ),
    ])
    func instances(assembled: Assembled) throws {
        try assembled.check()
    }

    @Test(arguments: [
        "(alias export $i \"f\" (func $f))", "(func $f (alias export $i \"f\"))",
        "(alias export 0 \"f\" (func))", "(func $f (alias export 0 \"f\"))",
    ])
    func aliasesOfExports(alias: String) throws {
        #expect(try definitions("(instance $i) \(alias)") == ["05 010100", "06 010100000166"])
    }

    @Test(arguments: [
        ("core func", "0000"), ("core table", "0001"), ("core memory", "0002"),
        ("core global", "0003"),
        ("core tag", "0004"),
    ])
    func aliasesOfCoreExports(sort: String, code: String) throws {
        let expected = ["02 010100", "06 01\(code)01000178"]
        #expect(
            try definitions("(core instance $i) (alias core export $i \"x\" (\(sort)))") == expected
        )
        #expect(
            try definitions("(core instance $i) (\(sort) $s (alias core export $i \"x\"))")
                == expected
        )
    }

    @Test(arguments: [
        ("type", "03", "(type $x u8)"), ("component", "04", "(component $x)"),
        ("core module", "0011", "(core module $x)"), ("core type", "0010", "(core type $x (func))"),
    ])
    func outerAliases(sort: String, code: String, definition: String) throws {
        for alias in [
            "(alias outer $c $x (\(sort)))", "(alias outer 1 0 (\(sort)))",
            "(\(sort) (alias outer $c 0))",
        ] {
            let outer = try assembleComponent("(component $c \(definition) (component \(alias)))")
            let inner = try #require(sections(outer).last { $0.id == 4 })
            #expect(
                sections(inner.contents).map { hexadecimal($0.contents) } == ["01\(code)020100"]
            )
        }
    }

    @Test("an identifier of an enclosing component makes an alias, each time")
    func identifiersOfEnclosingComponents() throws {
        let outer = try assembleComponent(
            "(component (type $t u8) (component (component (type (tuple $t $t)))))"
        )
        let middle = try #require(sections(outer).first { $0.id == 4 })
        let inner = try #require(sections(middle.contents).first { $0.id == 4 })
        #expect(
            sections(inner.contents).map { hexadecimal($0.contents) }
                == ["020302020003020200", "016f020001"]
        )
    }

    @Test func customSectionsStandWhereTheirAnnotationsDo() throws {
        let bytes = try assembleComponent(
            "(component (type u8) (@custom \"a\" \"b\" \"c\") (type u8) (@custom \"d\"))"
        )
        #expect(
            sections(bytes).map { "\($0.id) \(hexadecimal($0.contents))" }
                == ["7 017d", "0 01616263", "7 017d", "0 0164"]
        )
    }

    @Test func names() throws {
        let bytes = try assembleComponent(
            "(component $c (type $t u8) (core instance $i) (type (@name \"u\") u8) (func (import \"f\")))"
        )
        let names = try #require(sections(bytes).last)
        #expect(names.id == 0)
        #expect(
            hexadecimal(names.contents)
                == name("component-name") + "000201630106001201000169"
                + "01080302000174010175"
        )
    }

    @Test(arguments: [
        Assembled(
            "(import \"f\" (func $f)) (import \"v\" (value $v u8)) (start $f (value $v) (result (value $w)))"
                + "(export \"w\" (value $w))",
            "07 0140000100",
            "0a 02000166010000017602017d",
            "09 00010001",
            "0b 01000177020100"
        )
    ])
    func start(assembled: Assembled) throws {
        try assembled.check()
    }
}
