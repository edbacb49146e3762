import ComponentModel
import Testing

/// Spec: Explainer "Import and Export Definitions", "Name Uniqueness".
@Suite struct NameTests {
    @Test(arguments: [
        "a", "a-b-c", "A", "a-B-c1", "a1-2-3", "wasi:http/types", "wasi:http/types@0.2.0",
        "a:b/c@1.2.3-rc.1+build.5", "a:b/c@1", "a:b/c@0.2", "a:b/c@0.0.1", "a:b-c/D-e",
        "unlocked-dep=<a:b>", "unlocked-dep=<a:b/c@*>", "unlocked-dep=<a:b@{>=1.0.0}>",
        "unlocked-dep=<a:b@{>=1.0.0 <2.0.0}>", "unlocked-dep=<a:b@{<2.0.0}>",
        "locked-dep=<a:b@1.0.0>", "locked-dep=<a:b>,integrity=<sha256-YWJj>",
        "url=<https://a.b/c?d>", "url=<a>,integrity=<sha512-YQ==?opt sha384-YWJj>",
        "integrity=<sha256-YWJj>",
    ])
    func validImports(name: String) throws {
        let type = name.contains(":") && !name.contains("=") ? "instance" : "func"
        try expectValid("(import \"\(name)\" (\(type)))")
    }

    static let invalidNames: [(name: String, message: String)] = [
        ("", "`` is not in kebab case"), ("1", "`1` is not in kebab case"),
        ("a-", "`a-` is not in kebab case"), ("a--b", "is not in kebab case"),
        ("aB", "is not in kebab case"), ("a_b", "is not in kebab case"),
        ("é", "is not in kebab case"),
        ("1-a", "is not in kebab case"), ("[method]a", "failed to find `.` character"),
        ("[static]a.", "`` is not in kebab case"), ("[constructor]", "`` is not in kebab case"),
        ("[other]a", "is not in kebab case"), ("a:b", "expected `/` after package name"),
        ("A:b/c", "character `A` is not lowercase"), (":b/c", "`` is not in kebab case"),
        ("a:b/c/d", "trailing characters found: `/d`"),
        ("a:b:c/d", "expected `/` after package name"),
        ("a:b/c@", "empty string"), ("a:b/c@1.", "unexpected end of input"),
        ("a:b/c@1.2", "unexpected end of input"), ("a:b/c@01.2.3", "invalid leading zero"),
        ("a:b/c@1.2.3-01", "invalid leading zero"), ("a:b/c@1.2.3-", "empty identifier segment"),
        ("a:b/c@1.2.3+", "empty identifier segment"), ("a:b/c@1.2.3-é", "unexpected character"),
        ("a:b/c@x", "unexpected character 'x'"), ("a:b/c@99999999999999999999.0.0", "exceeds"),
        ("unlocked-dep=a:b", "expected `<`"), ("unlocked-dep=<a:b", "expected `>`"),
        ("unlocked-dep=<a:b@1.0.0>", "expected `{`"),
        ("unlocked-dep=<a:b@{1.0.0}>", "expected `>=` or `<`"),
        ("unlocked-dep=<a:b@{>=1.0.0 2.0.0}>", "expected `<` at start of version range upper"),
        ("unlocked-dep=<a:b@{>=1}>", "`1` is not a valid semver"),
        ("locked-dep=<a:b@x>", "`x` is not a valid semver"),
        ("locked-dep=<a:b>,integrity=<>", "integrity hash cannot be empty"),
        ("url=<a<b>", "url cannot contain `<`"), ("url=<a", "failed to find `>`"),
        ("url=<a>,b", "expected `integrity=<`"),
        ("integrity=<md5-YWJj>", "unrecognized hash algorithm"),
        ("integrity=<sha256YWJj>", "expected `-` after hash algorithm"),
        ("integrity=<sha256-Y_Jj>", "not valid base64"), ("integrity=<sha256-YWJj>x", "trailing"),
    ]

    @Test(arguments: invalidNames) func invalidNamesAreRefused(name: String, message: String) throws
    {
        try expect("(import \"\(name)\" (instance))", .invalid, message)
    }

    @Test(arguments: ["unlocked-dep=<a:b>", "url=<a>", "integrity=<sha256-YWJj>"])
    func invalidExports(name: String) throws {
        try expect(
            "(import \"f\" (func $f)) (export \"\(name)\" (func $f))",
            .invalid,
            "is not a valid export name"
        )
    }

    /// The names that the explainer has as an example, and those that may not stand beside them.
    @Test func uniqueness() throws {
        let text = """
            (import "foo" (type $r (sub resource)))
            (import "foo-bar" (func))
            (import "[constructor]foo" (func (result (own $r))))
            (import "[method]foo.bar" (func (param "self" (borrow $r))))
            (import "[static]foo.baz" (func))
            (import "foo:bar/baz" (instance))
            """
        try expectValid(text)
        for more in [
            "\"foo\" (func)", "\"FOO\" (func)", "\"foo-BAR\" (func)",
            "\"[method]foo.BAR\" (func (param \"self\" (borrow $r)))", "\"[static]foo.bar\" (func)",
            "\"[method]foo.baz\" (func (param \"self\" (borrow $r)))",
            "\"[method]foo.foo\" (func (param \"self\" (borrow $r)))", "\"foo:bar/BAZ\" (instance)",
        ] {
            try expect("\(text) (import \(more))", .invalid, "conflicts with previous name")
        }
        try expect(
            "\(text) (instance (export \"a\" (func 0)) (export \"A\" (func 0)))",
            .invalid,
            "conflicts with previous name"
        )
    }

    static let functions: [InvalidCase] = [
        InvalidCase("(import \"[constructor]r\" (instance))", "item is not a func"),
        InvalidCase("(import \"[constructor]r\" (func))", "function should return one value"),
        InvalidCase(
            "(import \"[constructor]r\" (func (result u8)))",
            "function should return `(own $T)` or `(result (own $T))`"
        ),
        InvalidCase(
            "(import \"r\" (type $r (sub resource))) (import \"[constructor]r\" (func async (result (own $r))))",
            "constructor function cannot be async"
        ),
        InvalidCase(
            "(import \"s\" (type $s (sub resource))) (import \"[constructor]r\" (func (result (own $s))))",
            "function does not match expected resource name `s`"
        ),
        InvalidCase(
            "(import \"[method]r.f\" (func))",
            "function should have at least one argument"
        ),
        InvalidCase(
            "(import \"[method]r.f\" (func (param \"x\" u8)))",
            "function should have a first argument called `self`"
        ),
        InvalidCase(
            "(import \"[method]r.f\" (func (param \"self\" u8)))",
            "function should take a first argument of `(borrow $T)`"
        ),
        InvalidCase("(import \"[static]r.f\" (func))", "static resource name is not known"),
        InvalidCase(
            """
            (import "i" (instance $i (export "r" (type (sub resource)))))
            (alias export $i "r" (type $r))
            (import "[method]r.f" (func (param "self" (borrow $r))))
            """,
            "resource used in function does not have a name in this context"
        ),
    ]

    @Test(arguments: functions) func functionsAreRefused(_ test: InvalidCase) throws {
        try test.check()
    }

    @Test func constructorsMayFail() throws {
        try expectValid(
            """
            (import "r" (type $r (sub resource)))
            (import "[constructor]r" (func (result (result (own $r) (error string)))))
            """
        )
    }

    static let attributes: [InvalidCase] = [
        InvalidCase(
            "(import \"a:b/c\" (implements \"a:b/c\") (instance))",
            "is not valid with `implements`"
        ),
        InvalidCase(
            "(import \"a\" (implements \"a:b/c\") (func))",
            "only instances can have an `implements`"
        ),
        InvalidCase(
            "(import \"a\" (implements \"b\") (instance))",
            "name `b` must be an interface"
        ),
        InvalidCase("(import \"a\" (implements \"?\") (instance))", "`?` is not a valid name"),
        InvalidCase(
            "(import \"a\" (versionsuffix \".1\") (func))",
            "only instances can have an `versionsuffix`"
        ),
        InvalidCase(
            "(import \"a:b/c@1.2\" (versionsuffix \".1\") (instance))",
            "says more than what is compatible"
        ),
        InvalidCase(
            "(import \"a:b/c@1\" (versionsuffix \".1\") (instance))",
            "invalid interface version"
        ),
        InvalidCase(
            "(import \"a:b/c\" (versionsuffix \".1\") (instance))",
            "there is none before"
        ),
    ]

    @Test(arguments: attributes) func attributesAreRefused(_ test: InvalidCase) throws {
        try test.check()
    }

    @Test func validAttributes() throws {
        let component = try #require(
            try expectValid(
                """
                (import "a" (implements "a:b/c") (external-id "x y") (instance))
                (import "a:b/c@0.2" (versionsuffix ".6-rc.1") (instance))
                """
            )
        )
        #expect(component.imports[0].attributes.implements == "a:b/c")
        #expect(component.imports[0].attributes.externalID == "x y")
        #expect(component.imports[1].attributes.versionSuffix == ".6-rc.1")
    }
}
