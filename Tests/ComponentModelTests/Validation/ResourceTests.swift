import ComponentModel
import Testing

/// Resource types: which are the same, and where they may be named.
@Suite struct ResourceTests {
    /// Two imports of one instance type have resource types of their own.
    @Test func importsAreAbstract() throws {
        let text = """
            (type $t (instance (export "r" (type $r (sub resource))) (export "make" (func (result (own $r))))))
            (import "a" (instance $a (type $t)))
            (import "b" (instance $b (type $t)))
            (component $c
              (import "r" (type $r (sub resource)))
              (import "make" (func (result (own $r)))))
            """
        try expectValid(
            text
                + """
                (instance (instantiate $c (with "r" (type $a "r")) (with "make" (func $a "make"))))
                """
        )
        try expect(
            text
                + """
                (instance (instantiate $c (with "r" (type $a "r")) (with "make" (func $b "make"))))
                """,
            .invalid,
            "type mismatch for import `make`: type mismatch with result type"
        )
    }

    /// Each instance of a component has resource types of its own.
    @Test func instancesAreGenerative() throws {
        let text = """
            (component $c
              (type $r (resource (rep i32)))
              (export $r2 "r" (type $r))
              (core func $new (canon resource.new $r2))
              (func (export "make") (param "x" u32) (result (own $r2)) (canon lift (core func $new))))
            (instance $a (instantiate $c))
            (instance $b (instantiate $c))
            (component $d
              (import "r" (type $r (sub resource)))
              (import "make" (func (param "x" u32) (result (own $r)))))
            """
        let component = try #require(
            try expectValid(
                text
                    + "(instance (instantiate $d (with \"r\" (type $a \"r\")) (with \"make\" (func $a \"make\"))))"
            )
        )
        try expect(
            text
                + "(instance (instantiate $d (with \"r\" (type $a \"r\")) (with \"make\" (func $b \"make\"))))",
            .invalid,
            "resource types are not the same"
        )
        #expect(resources(component, 0) != nil)
        #expect(resources(component, 0) != resources(component, 1))
    }

    /// The resource type that an instance of a component exports as `r`; by the instance's index.
    private func resources(_ component: Component, _ index: Int) -> ResourceID? {
        let types = component.definitions.compactMap { definition in
            if case .instance(_, let type) = definition { type } else { nil }
        }
        guard
            let export = component.types.instance(types[index])?.exports.first(where: {
                $0.name == "r"
            }),
            case .type(let type) = export.desc, case .resource(let number) = component.types[type]
        else { return nil }
        return number
    }

    /// What is supplied for an import takes its place in the exports.
    @Test func argumentsAreSubstituted() throws {
        try expectValid(
            """
            (component $c
              (import "r" (type $r (sub resource)))
              (import "f" (func $f (param "x" (own $r))))
              (export "g" (func $f)))
            (type $r (resource (rep i32)))
            (export $r2 "r" (type $r))
            (core module $m (func (export "f") (param i32)))
            (core instance $m (instantiate $m))
            (func $f (param "x" (own $r2)) (canon lift (core func $m "f")))
            (instance $i (instantiate $c (with "r" (type $r2)) (with "f" (func $f))))
            (export "f" (func $i "g"))
            """
        )
    }

    static let invalid: [InvalidCase] = [
        InvalidCase(
            "(import \"r\" (type $r (sub resource))) (core func (canon resource.new $r))",
            "type 0 is not a local resource"
        ),
        InvalidCase(
            "(import \"r\" (type $r (sub resource))) (core func (canon resource.rep $r))",
            "type 0 is not a local resource"
        ),
        InvalidCase(
            "(type $t u8) (core func (canon resource.drop $t))",
            "type index 0 is not a resource"
        ),
        InvalidCase(
            """
            (import "r" (type $r (sub resource)))
            (component $c (import "t" (type (sub resource))) (import "u" (type (eq 0))))
            (type $own (resource (rep i32)))
            (instance (instantiate $c (with "t" (type $r)) (with "u" (type $own))))
            """,
            "type mismatch for import `u`: resource types are not the same"
        ),
        InvalidCase(
            "(component $c (import \"t\" (type (sub resource)))) (type $t u8)"
                + "(instance (instantiate $c (with \"t\" (type $t))))",
            "expected resource, found defined type"
        ),
        InvalidCase(
            "(type $r (resource (rep i32))) (export \"r\" (type $r) (type (sub resource)))",
            "resource types are not the same"
        ),
        InvalidCase(
            """
            (type $r (resource (rep i32)))
            (component $c (alias outer 1 $r (type $s)))
            """,
            "cannot alias outer type which transitively refers to resources"
        ),
        InvalidCase(
            """
            (import "r" (type $r (sub resource)))
            (type $f (func (param "x" (own $r))))
            (component $c (type (component (alias outer 2 $f (type)))))
            """,
            "cannot alias outer type which transitively refers to resources"
        ),
        InvalidCase(
            """
            (type $r (resource (rep i32)))
            (import "f" (func (param "x" (own $r))))
            """,
            "func not valid to be used as import"
        ),
    ]

    @Test(arguments: invalid) func invalidAreRefused(_ test: InvalidCase) throws {
        try test.check()
    }

    /// A type may name the resource types around it; a component may not.
    @Test func outerAliases() throws {
        try expectValid(
            """
            (import "r" (type $r (sub resource)))
            (type (instance (alias outer 1 $r (type $s)) (export "f" (func (param "x" (own $s))))))
            (type $plain (record (field "x" u8)))
            (component (alias outer 1 $plain (type)))
            """
        )
        try expect("(alias outer 1 0 (type))", .invalid, "invalid outer alias count of 1")
        try expect("(alias outer 0 0 (type))", .invalid, "unknown type 0: type index out of bounds")
    }

    /// Spec: Explainer "External Visibility of Types"
    static let invisible: [InvalidCase] = [
        InvalidCase(
            "(type $t (record (field \"x\" u8))) (import \"f\" (func (param \"x\" $t)))",
            "func not valid to be used as import"
        ),
        InvalidCase(
            "(type $t (enum \"x\")) (type $u (list $t)) (import \"u\" (type (eq $u)))",
            "type not valid to be used as import"
        ),
        InvalidCase(
            """
            (type $r (resource (rep i32))) (core func $n (canon resource.new $r))
            (func $f (param "x" u32) (result (own $r)) (canon lift (core func $n)))
            (export "f" (func $f))
            """,
            "func not valid to be used as export"
        ),
        InvalidCase(
            """
            (type $r (resource (rep i32))) (core func $n (canon resource.new $r))
            (func $f (param "x" u32) (result (own $r)) (canon lift (core func $n)))
            (instance $i (export "f" (func $f)))
            (export "i" (instance $i))
            """,
            "instance not valid to be used as export"
        ),
        InvalidCase(
            """
            (type $t (flags "x")) (export $u "t" (type $t))
            (import "f" (func (param "x" $u)))
            """,
            "func not valid to be used as import"
        ),
    ]

    @Test(arguments: invisible) func invisibleAreRefused(_ test: InvalidCase) throws {
        try test.check()
    }

    @Test func visible() throws {
        try expectValid(
            """
            (type $r (resource (rep i32))) (export $s "r" (type $r)) (core func $n (canon resource.new $r))
            (func $f (param "x" u32) (result (own $r)) (canon lift (core func $n)))
            (export "f" (func $f) (func (param "x" u32) (result (own $s))))
            (type $t (record (field "x" u8)))
            (import "t" (type $u (eq $t)))
            (import "g" (func (param "x" (list (tuple $u (option $u))))))
            """
        )
    }
}
