import SpinManifest
import Testing

/// Which route answers which path, and what it is told: Spin's rules, case by case.
@Suite struct RouteTableTests {
    struct Case: Sendable {
        let routes: [String]
        let path: String
        let winner: String?
        /// spin-path-info
        let info: String
        /// spin-path-match-*
        let parameters: [String: String]

        init(
            _ routes: [String],
            _ path: String,
            _ winner: String?,
            _ info: String = "",
            _ parameters: [String: String] = [:]
        ) {
            self.routes = routes
            self.path = path
            self.winner = winner
            self.info = info
            self.parameters = parameters
        }
    }

    static func cases(_ routes: [String], _ rows: [(String, String?, String, [String: String])])
        -> [Case]
    {
        rows.map { Case(routes, $0, $1, $2, $3) }
    }

    static let exact = cases(
        ["/", "/foo", "/foo/bar"],
        [
            ("/", "/", "", [:]), ("", "/", "", [:]), ("//", "/", "", [:]),
            ("/foo", "/foo", "", [:]), ("/foo/", "/foo", "", [:]), ("//foo", "/foo", "", [:]),
            ("/foo//", "/foo", "", [:]), ("foo", "/foo", "", [:]),
            ("/foo/bar", "/foo/bar", "", [:]), ("/foo/bar/", "/foo/bar", "", [:]),
            ("/foo//bar", nil, "", [:]), ("/foo/bar/baz", nil, "", [:]), ("/fo", nil, "", [:]),
            ("/fooo", nil, "", [:]), ("/Foo", nil, "", [:]), ("/foo/Bar", nil, "", [:]),
            ("/%66oo", nil, "", [:]), ("/foo%2Fbar", nil, "", [:]), ("/foo?bar", "/foo", "", [:]),
            ("/foo/?a=/foo/bar", "/foo", "", [:]), ("/foo/bar?x", "/foo/bar", "", [:]),
            ("/?x", "/", "", [:]), ("/*", nil, "", [:]), ("*", nil, "", [:]),
            ("/foo/.", nil, "", [:]),
            ("/foo/../foo", nil, "", [:]), ("/foo;v=1", nil, "", [:]), ("/foo/%20", nil, "", [:]),
        ]
    )

    /// As routes may be written: without the first slash, with one at the end, empty.
    static let written =
        cases(["foo"], [("/foo", "foo", "", [:]), ("/", nil, "", [:]), ("/foo/", "foo", "", [:])])
        + cases(["/foo/"], [("/foo", "/foo/", "", [:]), ("/foo/", "/foo/", "", [:])])
        + cases([""], [("/", "", "", [:]), ("/a", nil, "", [:])])
        + cases(["/a//b"], [("/a/b", "/a//b", "", [:]), ("/a//b", nil, "", [:])])
        + cases(["//a"], [("/a", "//a", "", [:])])
        + cases(["/%7Euser"], [("/%7Euser", "/%7Euser", "", [:]), ("/~user", nil, "", [:])])
        + cases(
            ["/a:b", "/x*y"],
            [("/a:b", "/a:b", "", [:]), ("/x*y", "/x*y", "", [:]), ("/xzy", nil, "", [:])]
        )

    static let wildcard =
        cases(
            ["/..."],
            [
                ("/", "/...", "/", [:]), ("", "/...", "", [:]), ("/foo", "/...", "/foo", [:]),
                ("/foo/", "/...", "/foo/", [:]), ("/foo/bar", "/...", "/foo/bar", [:]),
                ("/1/2/3?abc=def", "/...", "/1/2/3", [:]), ("/a//b", "/...", "/a//b", [:]),
                ("//", "/...", "/", [:]), ("/%2e%2e/x", "/...", "/%2e%2e/x", [:]),
                ("/foo//", "/...", "/foo/", [:]), ("//foo", "/...", "/foo", [:]),
                ("*", "/...", "/*", [:]),
            ]
        )
        + cases(
            ["/foo/..."],
            [
                ("/foo", "/foo/...", "", [:]), ("/foo/", "/foo/...", "/", [:]),
                ("/foo/bar", "/foo/...", "/bar", [:]), ("/foo/bar/", "/foo/...", "/bar/", [:]),
                ("/foo/bar/baz", "/foo/...", "/bar/baz", [:]),
                ("/foo//bar", "/foo/...", "//bar", [:]),
                ("/foo//", "/foo/...", "/", [:]), ("/foo?x", "/foo/...", "", [:]),
                ("/foo/?x=/", "/foo/...", "/", [:]), ("/foobar", nil, "", [:]),
                ("/fo", nil, "", [:]),
                ("/", nil, "", [:]), ("/bar/foo", nil, "", [:]), ("/foo.x", nil, "", [:]),
            ]
        )
        + cases(["/foo/*"], [("/foo", "/foo/*", "", [:]), ("/foo/a/b", "/foo/*", "/a/b", [:])])
        + cases(["*"], [("/", "*", "/", [:]), ("/a/b", "*", "/a/b", [:])])
        + cases(["..."], [("/a", "...", "/a", [:])])
        + cases(
            ["/one/...", "/one/two/...", "/one/two/three/..."],
            [
                ("/one/two/three/four", "/one/two/three/...", "/four", [:]),
                ("/one/two/three", "/one/two/three/...", "", [:]),
                ("/one/two/thre", "/one/two/...", "/thre", [:]),
                ("/one/two", "/one/two/...", "", [:]),
                ("/one/three/two", "/one/...", "/three/two", [:]), ("/one", "/one/...", "", [:]),
                ("/two", nil, "", [:]),
            ]
        )
        + cases(
            ["/one/two/three/...", "/one/two/...", "/one/..."],
            [("/one/two/three/four", "/one/two/three/...", "/four", [:])]
        )
        + cases(
            ["/foo", "/foo/..."],
            [
                ("/foo", "/foo", "", [:]), ("/foo/", "/foo", "", [:]),
                ("/foo/x", "/foo/...", "/x", [:]),
            ]
        )
        + cases(
            ["/foo/...", "/foo"],
            [("/foo", "/foo", "", [:]), ("/foo/x", "/foo/...", "/x", [:])]
        )
        + cases(["/...", "/"], [("/", "/", "", [:]), ("/a", "/...", "/a", [:])])

    static let parameter =
        cases(
            ["/:name"],
            [
                ("/a", "/:name", "", ["name": "a"]), ("/a/", "/:name", "", ["name": "a"]),
                ("/", nil, "", [:]),
                ("/a/b", nil, "", [:]), ("/a.b.c", "/:name", "", ["name": "a.b.c"]),
                ("/a%20b", "/:name", "", ["name": "a%20b"]), ("/a?b", "/:name", "", ["name": "a"]),
                ("/:name", "/:name", "", ["name": ":name"]), ("//a", "/:name", "", ["name": "a"]),
            ]
        )
        + cases(
            ["/1/:two/3"],
            [
                ("/1/2/3", "/1/:two/3", "", ["two": "2"]),
                ("/1/2/3/", "/1/:two/3", "", ["two": "2"]),
                ("/1/2", nil, "", [:]), ("/1/2/4", nil, "", [:]),
                ("/1//3", "/1/:two/3", "", ["two": ""]),
                ("/1/2/3/4", nil, "", [:]), ("/1/3", nil, "", [:]),
            ]
        )
        + cases(
            ["/1/:two/..."],
            [
                ("/1/2/3", "/1/:two/...", "/3", ["two": "2"]),
                ("/1/2", "/1/:two/...", "", ["two": "2"]),
                ("/1/2/", "/1/:two/...", "/", ["two": "2"]), ("/1", nil, "", [:]),
                ("/1/", nil, "", [:]),
                ("/1//", nil, "", [:]), ("/1//x", "/1/:two/...", "/x", ["two": ""]),
            ]
        )
        + cases(
            ["/:user_id/:Post/x"],
            [("/7/8/x", "/:user_id/:Post/x", "", ["user-id": "7", "post": "8"])]
        )
        + cases(
            ["/a/:x", "/a/:y/b", "/a/..."],
            [
                ("/a/1", "/a/:x", "", ["x": "1"]), ("/a/1/b", "/a/:y/b", "", ["y": "1"]),
                ("/a/1/c", "/a/...", "/1/c", [:]), ("/a", "/a/...", "", [:]),
            ]
        )

    static let dots =
        cases(
            ["/:a.:b", "/:a/:b.:c", "/:a/:b", "/:a/:b.txt"],
            [
                ("/hello.world", "/:a.:b", "", ["a": "hello", "b": "world"]),
                ("/hi/there.world", "/:a/:b.:c", "", ["a": "hi", "b": "there", "c": "world"]),
                ("/hi/yep", "/:a/:b", "", ["a": "hi", "b": "yep"]),
                ("/hi/planet.txt", "/:a/:b.txt", "", ["a": "hi", "b": "planet"]),
                ("/", nil, "", [:]),
                ("/a/b/c/d", nil, "", [:]), ("/a", nil, "", [:]),
            ]
        )
        + cases(
            ["/:a.:b.:c"],
            [
                ("/a.b.c.d", "/:a.:b.:c", "", ["a": "a", "b": "b", "c": "c.d"]),
                ("/a.b", nil, "", [:]),
                ("/a.b.", nil, "", [:]), ("/..c", "/:a.:b.:c", "", ["a": "", "b": "", "c": "c"]),
            ]
        )
        + cases(
            ["/:a.:b/c"],
            [
                ("/x./c", "/:a.:b/c", "", ["a": "x", "b": ""]),
                ("/.y/c", "/:a.:b/c", "", ["a": "", "b": "y"]),
                ("/x.y/c", "/:a.:b/c", "", ["a": "x", "b": "y"]), ("/xy/c", nil, "", [:]),
            ]
        )
        + cases(
            ["/a.:b"],
            [
                ("/a.x", "/a.:b", "", ["b": "x"]), ("/a.x.y", "/a.:b", "", ["b": "x.y"]),
                ("/a.", nil, "", [:]),
                ("/b.x", nil, "", [:]), ("/a", nil, "", [:]),
            ]
        )
        + cases(
            ["/:file.txt"],
            [
                ("/a.txt", "/:file.txt", "", ["file": "a"]), ("/a.b.txt", nil, "", [:]),
                ("/a.text", nil, "", [:]), ("/a.txt/", "/:file.txt", "", ["file": "a"]),
                ("/.txt", "/:file.txt", "", ["file": ""]), ("/a.tx", nil, "", [:]),
            ]
        )
        + cases(
            ["/:a", "/:a.:b", "/a.:b", "/a.b"],
            [
                ("/a.b", "/a.b", "", [:]), ("/a.c", "/a.:b", "", ["b": "c"]),
                ("/c.d", "/:a.:b", "", ["a": "c", "b": "d"]), ("/c", "/:a", "", ["a": "c"]),
            ]
        )
        // A literal counts for more than a dot before it.
        + cases(
            ["/:a.:b/z", "/:a/z"],
            [("/x.y/z", "/:a/z", "", ["a": "x.y"]), ("/x/z", "/:a/z", "", ["a": "x"])]
        )
        + cases(["/:a.txt/z", "/:a/z"], [("/x.txt/z", "/:a.txt/z", "", ["a": "x"])])
        + cases(
            ["/.hidden", "/:x", "/..."],
            [
                ("/.hidden", "/.hidden", "", [:]), ("/.other", "/:x", "", ["x": ".other"]),
                ("/.hidden/x", "/...", "/.hidden/x", [:]),
            ]
        )
        + cases(["/a/.b"], [("/a/.b", "/a/.b", "", [:]), ("/a.b", nil, "", [:])])
        + cases(["/foo..."], [("/foo...", "/foo...", "", [:]), ("/foo/x", nil, "", [:])])

    static let precedence =
        cases(
            ["/*", "/hello", "/:greeting", "/hey/:world", "/hey/earth", "/:greeting/:world/*"],
            [
                ("/hello", "/hello", "", [:]), ("/", "/*", "/", [:]),
                ("/hey/earth", "/hey/earth", "", [:]),
                ("/hey/mars", "/hey/:world", "", ["world": "mars"]),
                ("/hey", "/:greeting", "", ["greeting": "hey"]),
                (
                    "/hey/earth/x/y", "/:greeting/:world/*", "/x/y",
                    ["greeting": "hey", "world": "earth"]
                ),
                ("/yo/moon", "/:greeting/:world/*", "", ["greeting": "yo", "world": "moon"]),
            ]
        )
        + cases(
            ["/:a", "/:a/:b", "/:a/:b/:c", "/:p/specific/:q"],
            [
                ("/hi", "/:a", "", ["a": "hi"]),
                ("/hi/there", "/:a/:b", "", ["a": "hi", "b": "there"]),
                ("/hi/there/hey", "/:a/:b/:c", "", ["a": "hi", "b": "there", "c": "hey"]),
                ("/hi/specific/x", "/:p/specific/:q", "", ["p": "hi", "q": "x"]),
                ("/a/b/c/d", nil, "", [:]),
            ]
        )
        // A literal that leads nowhere does not hide a parameter.
        + cases(
            ["/a/b/c", "/:x/b/d", "/a/:y/e", "/..."],
            [
                ("/a/b/c", "/a/b/c", "", [:]), ("/a/b/d", "/:x/b/d", "", ["x": "a"]),
                ("/a/b/e", "/a/:y/e", "", ["y": "b"]), ("/a/b/f", "/...", "/a/b/f", [:]),
                ("/a/b", "/...", "/a/b", [:]),
            ]
        )
        // The first difference decides, however much is literal after it.
        + cases(
            ["/:a/b/c/d", "/a/:b/:c/:d"],
            [("/a/b/c/d", "/a/:b/:c/:d", "", ["b": "b", "c": "c", "d": "d"])]
        )
        + cases(
            ["/a/...", "/:x/b"],
            [("/a/b", "/a/...", "/b", [:]), ("/c/b", "/:x/b", "", ["x": "c"])]
        )
        + cases(
            ["/:x/...", "/:x"],
            [("/a", "/:x", "", ["x": "a"]), ("/a/b", "/:x/...", "/b", ["x": "a"])]
        )
        // Where two are alike the first one answers.
        + cases(["/:a", "/:b"], [("/x", "/:a", "", ["a": "x"])])
        + cases(["/:b", "/:a"], [("/x", "/:b", "", ["b": "x"])])
        + cases(["/foo", "/foo/"], [("/foo", "/foo", "", [:])])
        + cases(["/foo/", "/foo"], [("/foo", "/foo/", "", [:])])
        + cases(["/x/...", "/x/*"], [("/x/y", "/x/...", "/y", [:])])
        + cases(["/x/*", "/x/..."], [("/x/y", "/x/*", "/y", [:])])

    static let reserved = cases(
        ["/.well-known/...", "/..."],
        [
            ("/.well-known/acme", "/.well-known/...", "/acme", [:]),
            ("/.well-known/spin", "/.well-known/...", "/spin", [:]),
            ("/.well-known/spin/x", nil, "", [:]), ("/.well-known/spin/", nil, "", [:]),
            ("/.well-known/spindle/x", "/.well-known/...", "/spindle/x", [:]),
        ]
    )

    static let all = exact + written + wildcard + parameter + dots + precedence + reserved

    @Test func thereAreMany() {
        #expect(Self.all.count >= 150)
    }

    @Test("the route that answers, and its header fields", arguments: all)
    func row(_ row: Case) throws {
        let fixture = try RoutingFixture(row.routes)
        let winner = fixture.winner(row.path)
        #expect(winner?.pattern.raw == row.winner, "\(row.routes) \(row.path)")
        guard let winner else { return }
        let headers = winner.pattern.headers(row.path)
        #expect(headers["spin-path-info"] == row.info)
        let prefix = "spin-path-match-"
        let parameters = headers.filter { $0.key.hasPrefix(prefix) }
            .map { (String($0.key.dropFirst(prefix.count)), $0.value) }
        #expect(Dictionary(uniqueKeysWithValues: parameters) == row.parameters)
    }

    @Test("what explains a request agrees with what answers it", arguments: all)
    func explanation(_ row: Case) throws {
        let router = try RoutingFixture(row.routes).router
        let explanation = router.explain(method: "GET", host: "example.com", target: row.path)
        #expect(explanation.winner?.route.pattern.raw == row.winner)
        #expect(explanation.candidates.count == router.routes.count)
        guard row.winner == nil, !row.path.hasPrefix(Router.reserved) else { return }
        for candidate in explanation.candidates { #expect(candidate.verdict != .late) }
    }

    /// The rule itself, without a tree: of all that match, the first in the order.
    @Test("the tree finds what a look at every route finds", arguments: all)
    func plainSearch(_ row: Case) throws {
        guard !row.path.hasPrefix(Router.reserved) else { return }
        let routes = Array(Set(Self.all.flatMap(\.routes))).sorted()
        let fixture = try RoutingFixture(routes)
        let explanation = fixture.router.explain(method: "GET", host: "", target: row.path)
        let first = explanation.candidates.first { $0.verdict == .wins || $0.verdict == .late }
        #expect(first?.route.pattern.raw == fixture.winner(row.path)?.pattern.raw)
    }
}
