import ComponentModel
import Testing

/// What `ComponentLimits` has bounds for is refused beyond them, and takes no long time.
@Suite struct LimitTests {
    /// A component within others.
    private static func nested(_ depth: Int) -> [UInt8] {
        var bytes = componentBytes()
        for _ in 0..<depth { bytes = componentBytes(section(4, bytes)) }
        return bytes
    }

    @Test func nesting() throws {
        _ = try decode(Self.nested(ComponentLimits.nesting)).get()
        expect(decode(Self.nested(ComponentLimits.nesting + 1)), .limit, "nesting too deep")
        // An instance type with one declarator, an instance type.
        let types =
            [UInt8](repeating: 0x42, count: 1) + (0..<200).flatMap { _ in [1, 1, 0x42] as [UInt8] }
        expect(decode(componentBytes(section(7, [1] + types + [0]))), .limit, "nesting too deep")
    }

    @Test func typeNesting() throws {
        func lists(_ depth: Int) -> String {
            "(type $t0 (list u8)) "
                + (1..<depth).map { "(type $t\($0) (list $t\($0 - 1)))" }.joined(separator: " ")
        }
        try expectValid(lists(ComponentLimits.typeNesting))
        try expect(lists(ComponentLimits.typeNesting + 1), .invalid, "type nesting is too deep")
        let instances =
            "(type $t0 (instance)) "
            + (1...101).map {
                "(type $t\($0) (instance (alias outer 1 $t\($0 - 1) (type $t))"
                    + "(export \"a\" (instance (type $t)))))"
            }.joined(separator: " ")
        try expect(instances, .invalid, "type nesting is too deep")
    }

    /// Each type names the one before it twice.
    @Test func typeSize() throws {
        func tuples(_ count: Int) -> String {
            "(type $t0 (tuple u8)) "
                + (1...count).map { "(type $t\($0) (tuple $t\($0 - 1) $t\($0 - 1)))" }
                .joined(separator: " ")
        }
        try expectValid(tuples(15))
        try expect(tuples(30), .invalid, "effective type size exceeds the limit of 1000000")
        let instances =
            "(type $t0 (instance (export \"r\" (type (sub resource))))) "
            + (1...40).map {
                "(type $t\($0) (instance (alias outer 1 $t\($0 - 1) (type $t))"
                    + "(export \"a\" (instance (type $t))) (export \"b\" (instance (type $t)))))"
            }.joined(separator: " ")
        try expect(instances, .limit, "types count exceeds limit of")
        let components =
            "(component $c0 (type $r (resource (rep i32))) (export \"r\" (type $r))) "
            + (1...40).map {
                "(component $c\($0) (alias outer 1 $c\($0 - 1) (component $c)) (instance $a (instantiate $c))"
                    + "(instance $b (instantiate $c)) (export \"a\" (instance $a)) (export \"b\" (instance $b)))"
            }.joined(separator: " ")
        try expect(components, .limit, "types count exceeds limit of")
    }

    static let counts: [(text: String, count: Int, message: String)] = [
        ("(core module)", ComponentLimits.modules, "modules count exceeds limit of 1000"),
        ("(component)", ComponentLimits.components, "components count exceeds limit of 1000"),
        ("(instance)", ComponentLimits.instances, "instances count exceeds limit of 1000"),
        ("(core instance)", ComponentLimits.instances, "instances count exceeds limit of 1000"),
    ]

    @Test(arguments: counts) func countsAreRefused(text: String, count: Int, message: String) throws
    {
        try expectValid(String(repeating: text, count: count))
        try expect(String(repeating: text, count: count + 1), .limit, message)
    }

    @Test func values() throws {
        func imports(_ count: Int) -> String {
            (0..<count).map { "(import \"a\($0)\" (value u8))" }.joined()
        }
        try expect(
            imports(ComponentLimits.values + 1),
            .limit,
            "values count exceeds limit of 1000"
        )
    }

    @Test func lists() {
        let over: [(bytes: [UInt8], message: String)] = [
            (section(7, leb(1_000_001)), "definitions count exceeds limit of 1000000"),
            (section(7, [1, 0x72] + leb(10_001)), "record field count exceeds limit of 10000"),
            (section(7, [1, 0x71] + leb(10_001)), "variant cases count exceeds limit of 10000"),
            (section(7, [1, 0x6F] + leb(10_001)), "tuple types count exceeds limit of 10000"),
            (section(7, [1, 0x6D] + leb(10_001)), "enum cases count exceeds limit of 10000"),
            (
                section(7, [1, 0x67, 0x7D] + leb(1 << 30 + 1)),
                "fixed-length list element count exceeds"
            ),
            (
                section(7, [1, 0x40] + leb(1_001)),
                "component function parameters count exceeds limit of 1000"
            ),
            (section(7, [1, 0x42] + leb(1_000_001)), "type declarations count exceeds limit"),
            (
                section(3, [1, 0x50] + leb(1_000_001)),
                "module type declarations count exceeds limit"
            ),
            (
                section(2, [1, 0, 0] + leb(100_001)),
                "core instantiation arguments count exceeds limit"
            ),
            (section(2, [1, 1] + leb(100_001)), "core instance exports count exceeds limit"),
            (section(5, [1, 0, 0] + leb(100_001)), "instantiation arguments count exceeds limit"),
            (section(5, [1, 1] + leb(100_001)), "instance exports count exceeds limit"),
            (section(8, [1, 1, 0, 0, 11]), "canonical options count exceeds limit of 10"),
            (section(9, [0] + leb(1_001)), "start function arguments count exceeds limit of 1000"),
        ]
        for (bytes, message) in over { expect(decode(componentBytes(bytes)), .limit, message) }
        let long = name(String(repeating: "a", count: 100_001))
        expect(
            decode(componentBytes(section(10, [1, 0] + long + [1, 0]))),
            .limit,
            "a name of 100001 bytes, the limit is 100000"
        )
    }

    /// An instance type with 3,000 resource types, imported again and again.
    @Test func typesOfImports() throws {
        let exports = (0..<3_000).map { "(export \"r\($0)\" (type (sub resource)))" }.joined()
        let imports = (0..<800).map { "(import \"i\($0)\" (instance (type $t)))" }.joined()
        try expect(
            "(type $t (instance \(exports))) \(imports)",
            .limit,
            "types count exceeds limit of"
        )
    }

    /// A core module with many imports, instantiated again and again.
    @Test func importsOfCoreModules() throws {
        let names = (0..<20_000).map { String($0, radix: 36) }
        let exports = names.map { "(export \"\($0)\" (func 0))" }.joined()
        let imports = names.map { "(import \"a\" \"\($0)\" (func))" }.joined()
        let instances = String(
            repeating: "(core instance (instantiate $n (with \"a\" (instance $i))))", count: 600)
        try expect(
            """
            (core module $m (func) \(exports)) (core module $n \(imports))
            (core instance $i (instantiate $m)) \(instances)
            """,
            .limit,
            "comparing types takes more than"
        )
    }

    /// Instances whose exports have long names, compared again and again.
    @Test func longNames() throws {
        let exports = (0..<20).map {
            "(export \"a\($0)\(String(repeating: "-a", count: 45_000))\" (func (type $f)))"
        }.joined()
        let type = "(instance (type $f (func)) \(exports))"
        let instances = String(
            repeating: "(instance (instantiate $c (with \"i\" (instance $i))))", count: 500)
        try expect(
            """
            (type $t \(type)) (import "i" (instance $i (type $t)))
            (component $c (type $t \(type)) (import "i" (instance (type $t)))) \(instances)
            """,
            .limit,
            "comparing types takes more than"
        )
    }

    /// Large types, compared again and again.
    @Test func comparisons() throws {
        let exports = (0..<10_000).map { "(export \"f\($0)\" (func (type $f)))" }.joined()
        let type = "(instance (type $f (func (param \"x\" u8))) \(exports))"
        let ascribed = (0..<999).map { "(export \"e\($0)\" (instance $i) (instance (type $u)))" }
            .joined()
        try expect(
            "(type $t \(type)) (type $u \(type)) (import \"i\" (instance $i (type $t))) \(ascribed)",
            .limit,
            "comparing types takes more than"
        )
    }
}
