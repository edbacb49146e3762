import HTTP
import Testing

@testable import FunctionHost

/// The rules of files that the host serves, one by one. `Scripts/files_suite.py` has them together.
@Suite struct StaticFilesTests {
    // MARK: Ranges (RFC 9110 section 14)

    static let ranges: [(String?, UInt64, RangeRequest)] = [
        (nil, 10, .whole), ("bytes=0-0", 10, .part(start: 0, count: 1)),
        ("bytes=0-9", 10, .part(start: 0, count: 10)), ("bytes=0-10", 10, .part(start: 0, count: 10)),
        ("bytes=9-", 10, .part(start: 9, count: 1)), ("bytes=10-", 10, .notSatisfiable),
        ("bytes=-1", 10, .part(start: 9, count: 1)), ("bytes=-10", 10, .part(start: 0, count: 10)),
        ("bytes=-11", 10, .part(start: 0, count: 10)), ("bytes=-0", 10, .notSatisfiable),
        ("bytes=0-", 0, .notSatisfiable), ("bytes=-1", 0, .notSatisfiable),
        ("bytes=18446744073709551615-", 10, .notSatisfiable),
        ("bytes=0-18446744073709551615", 10, .part(start: 0, count: 10)),
        ("bytes=0-99999999999999999999999", 10, .part(start: 0, count: 10)),
        ("bytes=-99999999999999999999999", 10, .part(start: 0, count: 10)),
        ("bytes=18446744073709551615-18446744073709551615", .max, .notSatisfiable),
        ("bytes=0-18446744073709551615", .max, .part(start: 0, count: .max)),
        ("bytes=0-1,2-3", 10, .part(start: 0, count: 4)), ("bytes=2-3,0-1", 10, .part(start: 0, count: 4)),
        ("bytes=0-5,2-3", 10, .part(start: 0, count: 6)), ("bytes=0-1,-2", 10, .whole),
        ("bytes=0-1,3-4", 10, .whole), ("bytes=20-,30-", 10, .notSatisfiable),
        ("bytes=20-,3-4", 10, .part(start: 3, count: 2)), ("bytes= 1-2 , ,3-4", 10, .part(start: 1, count: 4)),
        ("BYTES=1-2", 10, .part(start: 1, count: 2)), ("bytes=", 10, .whole), ("bytes", 10, .whole),
        ("bytes=-", 10, .whole), ("bytes=a-b", 10, .whole), ("bytes=3-2", 10, .whole),
        ("bytes=1--2", 10, .whole), ("bytes=+1-2", 10, .whole), ("bytes=1-2-3", 10, .whole),
        ("items=1-2", 10, .whole), ("bytes=1 - 2", 10, .whole),
    ]

    @Test(arguments: ranges) func range(_ field: String?, _ size: UInt64, _ wanted: RangeRequest) {
        #expect(RangeRequest(field, size: size) == wanted)
    }

    @Test func manyRangesArePassedOver() {
        let most = Array(repeating: "0-1", count: StaticFileLimits.ranges)
        let field = "bytes=" + most.joined(separator: ",")
        #expect(RangeRequest(field, size: 10) == .part(start: 0, count: 2))
        #expect(RangeRequest(field + ",0-1", size: 10) == .whole)
    }

    // MARK: Codings (RFC 9110 section 12.5.3)

    static let codings: [(String?, [ContentCoding])] = [
        (nil, []), ("", []), ("br", [.brotli]), ("gzip", [.gzip]), ("gzip, br", [.brotli, .gzip]),
        ("x-gzip", [.gzip]), ("GZip", [.gzip]), ("*", [.brotli, .gzip]), ("*;q=0", []),
        ("br;q=0, *", [.gzip]), ("gzip;q=1.0, br;q=0.9", [.gzip, .brotli]), ("gzip;q=0.000", []),
        ("gzip; Q=0.5", [.gzip]), ("gzip;q=2", []), ("gzip;q=0.1234", []), ("gzip;q=", []),
        ("identity", []), ("identity;q=0.5, gzip;q=0.4", []), ("identity;q=0.5, gzip;q=0.5", [.gzip]),
        ("identity;q=0, br;q=0.1", [.brotli]), ("deflate, zstd", []), (",, gzip ,", [.gzip]),
        ("gzip;q=1.001", []), ("gzip;level=1;q=0", []),
    ]

    @Test(arguments: codings) func coding(_ field: String?, _ wanted: [ContentCoding]) {
        #expect(ContentCoding.accepted(by: field) == wanted)
    }

    // MARK: Types

    static let types: [(String, String, Bool)] = [
        ("index.html", "text/html; charset=utf-8", true), ("a/b/APP.JS", "text/javascript; charset=utf-8", true),
        ("x.css", "text/css; charset=utf-8", true), ("x.json", "application/json", true),
        ("x.wasm", "application/wasm", true), ("x.svg", "image/svg+xml", true), ("x.png", "image/png", false),
        ("x.jpeg", "image/jpeg", false), ("x.woff2", "font/woff2", false), ("x.tar.gz", "application/gzip", false),
        ("README", "application/octet-stream", true), ("x.", "application/octet-stream", true),
        ("a.html/README", "application/octet-stream", true), ("x.unknown", "application/octet-stream", true),
    ]

    @Test(arguments: types) func type(_ name: String, _ text: String, _ isCompressible: Bool) {
        #expect(ContentType(of: name).text == text)
        #expect(ContentType(of: name).isCompressible == isCompressible)
    }

    // MARK: Names

    static let names: [(String, String)] = [
        ("", ""), ("a", "a"), ("a/b", "a/b"), ("a%20b", "a b"), ("%C3%BC", "ü"), ("%2561", "%61"),
        ("a+b", "a+b"), ("a..b", "a..b"), (".well-known/x", ".well-known/x"), ("a\\b", "a\\b"),
    ]

    @Test(arguments: names) func name(_ text: String, _ wanted: String) throws {
        let bytes = Array(text.utf8)
        #expect(try RequestedName(decoding: bytes.span, namesDirectory: false).path == wanted)
    }

    @Test(arguments: [
        "..", "a/..", "../a", "%2e%2e/a", ".", "a/./b", "a%2fb", "a%2Fb", "a%00", "%", "a%2", "%zz", "a/%",
    ])
    func malformedName(_ text: String) {
        let bytes = Array(text.utf8)
        #expect(throws: RequestedName.Failure.malformed) {
            try RequestedName(decoding: bytes.span, namesDirectory: false)
        }
    }

    @Test(arguments: [".git", "a/.git", "%2egit", "a//b", "/a", "a/", "a/.well-known", "%FF", ".well-known2", "..."])
    func absentName(_ text: String) {
        let bytes = Array(text.utf8)
        #expect(throws: RequestedName.Failure.absent) {
            try RequestedName(decoding: bytes.span, namesDirectory: false)
        }
    }

    @Test func redirectsStayHere() {
        #expect(FileResponse.withSlash("/a") == "/a/")
        #expect(FileResponse.withSlash("/a?b/c") == "/a/?b/c")
        #expect(FileResponse.withSlash("//a.example/b") == "/a.example/b/")
        #expect(FileResponse.withSlash("/\\a.example") == "/a.example/")
    }

    // MARK: Conditions (RFC 9110 section 13)

    static let strong = EntityTag(opaque: "a", isWeak: false)
    static let weak = EntityTag(opaque: "a", isWeak: true)

    @Test func tagsAreCompared() {
        #expect(Self.strong.matchesStrongly(Self.strong))
        #expect(!Self.weak.matchesStrongly(Self.weak))
        #expect(!Self.strong.matchesStrongly(Self.weak))
        #expect(Self.weak.matchesWeakly(Self.strong))
        #expect(!Self.weak.matchesWeakly(EntityTag(opaque: "b", isWeak: true)))
        #expect(Self.weak.text == "W/\"a\"")
    }

    @Test func listsOfTags() {
        let other = EntityTag(opaque: "b, c", isWeak: true)
        #expect(EntityTagList("*") == .any)
        #expect(EntityTagList("\"a\"") == .tags([Self.strong]))
        #expect(EntityTagList(" W/\"a\" ,, W/\"b, c\"") == .tags([Self.weak, other]))
        #expect(EntityTagList("\"a\", b") == .tags([Self.strong]))
        #expect(EntityTagList("a") == .tags([]))
        #expect(EntityTagList("\"a") == .tags([]))
        #expect(EntityTagList("") == .tags([]))
    }

    static func outcome(
        _ lines: KeyValuePairs<String, String>,
        _ tag: EntityTag = strong
    ) throws -> Preconditions.Outcome {
        Preconditions(try Fields(lines)).outcome(tag, modified: 784_111_777, now: 800_000_000)
    }

    @Test func conditionsInTheirOrder() throws {
        let date = "Sun, 06 Nov 1994 08:49:37 GMT"
        let before = "Sun, 06 Nov 1994 08:49:36 GMT"
        #expect(try Self.outcome([:]) == .met)
        #expect(try Self.outcome(["if-match": "\"b\""]) == .failed)
        #expect(try Self.outcome(["if-match": "\"a\""], Self.weak) == .failed)
        #expect(try Self.outcome(["if-match": "\"b\"", "if-none-match": "\"a\""]) == .failed)
        #expect(try Self.outcome(["if-match": "\"a\"", "if-unmodified-since": before]) == .met)
        #expect(try Self.outcome(["if-unmodified-since": before]) == .failed)
        #expect(try Self.outcome(["if-unmodified-since": date]) == .met)
        #expect(try Self.outcome(["if-none-match": "\"b\"", "if-modified-since": date]) == .met)
        #expect(try Self.outcome(["if-none-match": "\"b\"", "if-none-match": "\"a\""]) == .notModified)
        #expect(try Self.outcome(["if-none-match": "\"a\""], Self.weak) == .notModified)
        #expect(try Self.outcome(["if-modified-since": date]) == .notModified)
        #expect(try Self.outcome(["if-modified-since": before]) == .met)
        #expect(try Self.outcome(["if-modified-since": "soon"]) == .met)
    }

    @Test func rangesOnCondition() throws {
        func allows(_ value: String?, _ tag: EntityTag = Self.strong, now: Int = 800_000_000) throws -> Bool {
            let fields = try value.map { try Fields(["if-range": $0]) } ?? Fields()
            return Preconditions(fields).allowsRange(tag, modified: 784_111_777, now: now)
        }
        #expect(try allows(nil))
        #expect(try allows("\"a\""))
        #expect(try !allows("\"a\"", Self.weak))
        #expect(try !allows("W/\"a\""))
        #expect(try !allows("\"a\", \"b\""))
        #expect(try !allows("*"))
        #expect(try !allows("nonsense"))
        #expect(try allows("Sun, 06 Nov 1994 08:49:37 GMT"))
        #expect(try !allows("Sun, 06 Nov 1994 08:49:37 GMT", now: 784_111_777))
        #expect(try !allows("Sun, 06 Nov 1994 08:49:38 GMT"))
    }
}
