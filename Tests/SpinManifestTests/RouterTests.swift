import SpinManifest
import Testing

/// Routers beyond paths: header fields, bases, methods, hosts, and what explains them.
@Suite struct RouterTests {
    @Test("a route written twice answers by the one declared later")
    func replaced() throws {
        let routes = try ["/", "/foo", "/foo"].enumerated().map { index, pattern in
            Route(pattern: try RoutePattern(pattern), target: .component(index), name: "c\(index)")
        }
        let router = Router(routes)
        #expect(router.routes.count == 2)
        #expect(router.replaced.map(\.route.name) == ["c1"])
        #expect(router.replaced.map(\.by.name) == ["c2"])
        #expect(RoutingFixture(routes).winner("/foo")?.name == "c2")
    }

    struct HeaderCase: Sendable {
        let route: String
        let matched: String
        let raw: String
        let component: String
    }

    @Test(
        "header fields that tell the route",
        arguments: [
            HeaderCase(route: "/foo/...", matched: "/foo/...", raw: "/foo/...", component: "/foo"),
            HeaderCase(route: "/foo", matched: "/foo", raw: "/foo", component: "/foo"),
            HeaderCase(route: "/foo/", matched: "/foo", raw: "/foo/", component: "/foo/"),
            HeaderCase(route: "foo", matched: "/foo", raw: "foo", component: "foo"),
            HeaderCase(route: "/", matched: "", raw: "/", component: "/"),
            HeaderCase(route: "/...", matched: "/...", raw: "/...", component: ""),
            HeaderCase(route: "/foo/*", matched: "/foo/*", raw: "/foo/*", component: "/foo/*"),
            HeaderCase(
                route: "/u/:id/...",
                matched: "/u/:id/...",
                raw: "/u/:id/...",
                component: "/u/:id"
            ),
        ]
    )
    func routeHeaders(_ row: HeaderCase) throws {
        let headers = try RoutePattern(row.route).headers("/u/7/x")
        #expect(headers["spin-matched-route"] == row.matched)
        #expect(headers["spin-raw-component-route"] == row.raw)
        #expect(headers["spin-component-route"] == row.component)
        #expect(headers["spin-base-path"] == "/")
    }

    @Test func requestHeaders() throws {
        let headers = try RoutePattern("/foo/:userid/...").headers(
            "/foo/42/bar?key1=value1&key2=value2",
            scheme: "https",
            authority: "fermyon.dev:8080",
            client: "[::1]:8777"
        )
        #expect(
            headers == [
                "spin-full-url": "https://fermyon.dev:8080/foo/42/bar?key1=value1&key2=value2",
                "spin-path-info": "/bar", "spin-matched-route": "/foo/:userid/...",
                "spin-base-path": "/",
                "spin-raw-component-route": "/foo/:userid/...",
                "spin-component-route": "/foo/:userid",
                "spin-client-addr": "[::1]:8777", "spin-path-match-userid": "42",
            ]
        )
    }

    @Test("a base goes before each route")
    func base() throws {
        for base in ["/base", "/base/"] {
            let pattern = try RoutePattern("/foo/...", base: base)
            #expect(pattern.based == "/base/foo/...")
            let fixture = RoutingFixture([Route(pattern: pattern, target: .component(0), name: "a")]
            )
            #expect(fixture.winner("/base/foo/x") != nil)
            #expect(fixture.winner("/foo/x") == nil)
            let headers = pattern.headers("/base/foo/x")
            #expect(headers["spin-matched-route"] == "/base/foo/...")
            #expect(headers["spin-raw-component-route"] == "/foo/...")
            #expect(headers["spin-component-route"] == "/foo")
            #expect(headers["spin-path-info"] == "/x")
        }
        #expect(try RoutePattern("/", base: "/base").based == "/base")
    }

    @Test(
        "fields of clients that begin with spin- are the host's",
        arguments: [
            ("spin-client-addr", true), ("Spin-Full-URL", true), ("SPIN-X", true), ("spin-", true),
            ("spin", false), ("spinning-top", false), ("x-spin-a", false), ("", false),
            ("spin_client_addr", false), ("sp\u{0D}n-", false),
        ]
    )
    func reservedFields(_ name: String, _ isReserved: Bool) {
        let bytes = Array(name.utf8)
        #expect(RouteHeaders.isReserved(bytes.span) == isReserved)
    }

    @Test func wellKnown() throws {
        let fixture = try RoutingFixture(["/..."])
        #expect(fixture.match("/.well-known/spin/health") == .health)
        #expect(fixture.match("/.well-known/spin/health?x") == .health)
        #expect(fixture.match("/.well-known/spin/info", method: "POST") == .info)
        #expect(fixture.match("/.well-known/spin/health/") == .notFound)
        #expect(fixture.match("/.well-known/spin/other") == .notFound)
        #expect(fixture.match("//.well-known/spin/health") == .route(0))
    }

    // MARK: Methods and hosts

    static func route(
        _ pattern: String,
        _ name: String,
        _ methods: [String] = [],
        _ hosts: [RouteHost] = []
    ) throws -> Route {
        let set = methods.reduce(into: RouteMethods()) { $0.formUnion(RouteMethods(name: $1)) }
        return Route(
            pattern: try RoutePattern(pattern),
            target: .component(0),
            conditions: RouteConditions(methods: methods.isEmpty ? nil : set, hosts: hosts),
            name: name
        )
    }

    @Test func methods() throws {
        let fixture = RoutingFixture([
            try Self.route("/a", "any"), try Self.route("/a", "write", ["POST", "PUT"]),
            try Self.route("/b", "read", ["GET"]), try Self.route("/b", "delete", ["DELETE"]),
            try Self.route("/c/x", "exact", ["GET"]), try Self.route("/c/...", "all"),
        ])
        #expect(fixture.winner("/a", method: "POST")?.name == "write")
        #expect(fixture.winner("/a", method: "GET")?.name == "any")
        #expect(fixture.winner("/a", method: "BREW")?.name == "any")
        #expect(fixture.winner("/b", method: "GET")?.name == "read")
        #expect(
            fixture.match("/b", method: "POST")
                == .methodNotAllowed([RouteMethods(name: "GET"), RouteMethods(name: "DELETE")])
        )
        #expect(fixture.winner("/c/x", method: "GET")?.name == "exact")
        #expect(fixture.winner("/c/x", method: "POST")?.name == "all")
        #expect(fixture.match("/d", method: "GET") == .notFound)
        #expect(RouteMethods(name: "get").isEmpty)
        #expect(RouteMethods.get.union(RouteMethods(name: "PATCH")).list == ["GET", "PATCH"])
    }

    @Test func hosts() throws {
        let fixture = RoutingFixture([
            try Self.route("/...", "every"), try Self.route("/login", "every login"),
            try Self.route("/...", "a", [], [.name("a.example")]),
            try Self.route("/...", "below", [], [.below("example")]),
            try Self.route("/x", "deeper", [], [.below("b.example")]),
        ])
        #expect(fixture.winner("/login", host: "a.example")?.name == "a")
        #expect(fixture.winner("/login", host: "A.Example:8080")?.name == "a")
        #expect(fixture.winner("/login", host: "a.example.")?.name == "a")
        #expect(fixture.winner("/login", host: "c.example")?.name == "below")
        #expect(fixture.winner("/x", host: "c.b.example")?.name == "deeper")
        #expect(fixture.winner("/y", host: "c.b.example")?.name == "below")
        #expect(fixture.winner("/x", host: "b.example")?.name == "below")
        #expect(fixture.winner("/login", host: "example")?.name == "every login")
        #expect(fixture.winner("/login", host: "badexample")?.name == "every login")
        #expect(fixture.winner("/y", host: "")?.name == "every")
        #expect(fixture.winner("/y", host: "[::1]:80")?.name == "every")
    }

    @Test func hostAsAddress() throws {
        let fixture = RoutingFixture([try Self.route("/...", "v6", [], [.name("[2001:db8::1]")])])
        #expect(fixture.winner("/", host: "[2001:DB8::1]:80")?.name == "v6")
        #expect(fixture.winner("/", host: "[2001:db8::1]")?.name == "v6")
        #expect(fixture.match("/", host: "[2001:db8::2]") == .notFound)
    }

    // MARK: Explanations

    @Test func explanation() throws {
        let router = Router([
            try Self.route("/a/b", "one", ["POST"]), try Self.route("/a/:x", "two"),
            try Self.route("/a/...", "three"), try Self.route("/a", "four"),
            try Self.route("/c/...", "five"), try Self.route("/a/b/c/d", "six"),
            try Self.route("/...", "seven", [], [.name("other.example")]),
        ])
        #expect(
            router.explain(method: "GET", host: "example.com", target: "/a/b?c").description == """
                GET /a/b?c at example.com
                  /a        four: ends after segment 1, and the path goes on
                  /a/b      one: takes other methods
                  /a/b/c/d  six: wants a segment 3, and the path ends before it
                > /a/:x     two: answers
                  /a/...    three: matches too, but is asked later: two has a parameter as part 2, and this a wildcard
                  /c/...    five: segment 1 is "a", not "c"
                  /...      seven: is for other hosts
                """
        )
        #expect(
            Router([try Self.route("/b", "one", ["POST"])]).explain(
                method: "GET",
                host: "",
                target: "/b"
            )
            .description == """
                GET /b
                  /b  one: takes other methods
                405: the path takes POST
                """
        )
        #expect(
            Router([try Self.route("/", "one")]).explain(method: "GET", host: "", target: "/b")
                .description
                    == """
                    GET /b
                      /  one: wants no segment, and the path has some
                    404: no route matches
                    """
        )
        #expect(
            Router([]).explain(method: "GET", host: "", target: "/.well-known/spin/info")
                .description
                == "GET /.well-known/spin/info\nthe host answers what is below /.well-known/spin/"
        )
    }

    @Test func explanationOfPrecedence() throws {
        let router = Router([
            try Self.route("/a/:x", "declared"), try Self.route("/a/:y", "later"),
            try Self.route("/a/:z", "posted", ["GET"]),
            try Self.route("/...", "here", [], [.below("example.com")]),
            try Self.route("/...", "named", [], [.name("a.example.com")]),
        ])
        let explanation = router.explain(method: "GET", host: "a.example.com", target: "/a/b")
        #expect(explanation.winner?.route.name == "named")
        let reasons = Dictionary(
            uniqueKeysWithValues: explanation.candidates.map { ($0.route.name, $0.reason) })
        #expect(reasons["here"] == "named is for a.example.com, which says more than *.example.com")
        #expect(reasons["declared"] == "named is for a.example.com, and this for every host")
        let others = router.explain(method: "GET", host: "", target: "/a/b").candidates.map(\.reason)
        #expect(others.contains("posted names its methods, and this takes all"))
        let two = Router([try Self.route("/a/:x", "declared"), try Self.route("/a/:y", "later")])
        let told = two.explain(method: "GET", host: "", target: "/a/b")
        #expect(told.candidates.map(\.reason) == [nil, "declared is declared before it"])
    }

    @Test func explanationOfFiles() throws {
        let route = Route(pattern: try RoutePattern("/f/..."), target: .files(0), name: "files")
        let router = Router([route])
        #expect(!router.explain(method: "HEAD", host: "", target: "/f/x").isRefused)
        #expect(
            router.explain(method: "PUT", host: "", target: "/f/x").description == """
                PUT /f/x
                > /f/...  files: answers
                405: files are only read, by GET, HEAD
                """
        )
    }

    @Test func list() throws {
        let router = Router([
            try Self.route("/...", "all"),
            try Self.route("/a/:x", "some", ["GET", "PUT"], [.name("a.example"), .below("b.example")]),
            try Self.route("/", "root"),
        ])
        #expect(
            router.description == """
                /      root
                /a/:x  some  GET,PUT  at a.example,*.b.example
                /...   all
                """)
        #expect(RouteMethods.names.map(RouteMethods.init(name:)) == Self.methods)
    }

    static let methods: [RouteMethods] = [
        .get, .head, .post, .put, .delete, .connect, .options, .trace, .patch,
    ]

    // MARK: Patterns that are none

    @Test(
        "what is no pattern",
        arguments: [
            ("/.../a", RoutePattern.Flaw.wildcardWithin), ("/*/a", .wildcardWithin),
            ("/*rest", .namedWildcard),
            ("/:", .unnamedParameter), ("/a.:", .unnamedParameter), ("/:a/:a", .sameParameter("a")),
            ("/:a_b/:A-B", .sameParameter("A-B")), ("/:a+b", .parameterName("a+b")),
            ("/a b", .character(" ")),
            ("/a?b", .character("?")), ("/a#b", .character("#")), ("/\u{E9}", .character("\u{E9}")),
            ("/\n", .character("\n")),
        ]
    )
    func flaws(_ text: String, _ flaw: RoutePattern.Flaw) {
        #expect(throws: flaw) { try RoutePattern(text) }
    }

    @Test func limits() {
        var limits = ManifestLimits()
        limits.segments = 3
        limits.routeBytes = 10
        #expect(throws: RoutePattern.Flaw.tooManySegments) {
            try RoutePattern("/a/b/c/d", limits: limits)
        }
        #expect(throws: RoutePattern.Flaw.tooLong) {
            try RoutePattern("/aaaaaaaaaa", limits: limits)
        }
    }

    @Test("many routes are found as fast as few")
    func many() throws {
        let patterns = (0..<2_000).map { "/section\($0 % 50)/:id/page\($0)/..." }
        let fixture = try RoutingFixture(patterns)
        for index in stride(from: 0, to: 2_000, by: 97) {
            #expect(
                fixture.winner("/section\(index % 50)/7/page\(index)/x")?.pattern.raw
                    == patterns[index]
            )
        }
        #expect(fixture.winner("/section1/7/page0/x") == nil)
    }
}
