import Testing

@testable import WASI

@Suite("wasi:sockets: who is allowed") struct NetworkPolicyTests {
    static func address(_ text: String) throws -> IPAddress { try #require(IPAddress(text)) }

    @Test func nobodyByDefault() throws {
        #expect(NetworkPolicy.none.allowsNothing)
        #expect(!NetworkPolicy.none.allows(try Self.address("127.0.0.1"), port: 80))
        #expect(!NetworkPolicy.none.allowsLookUp("localhost"))
    }

    @Test func patterns() throws {
        let cases: [(String, String, UInt16, Bool)] = [
            ("*", "10.1.2.3", 1, true), ("*:80", "10.1.2.3", 80, true),
            ("*:80", "10.1.2.3", 81, false), ("*:*", "::1", 9, true),
            ("10.0.0.0/8", "10.255.0.1", 5, true), ("10.0.0.0/8", "11.0.0.1", 5, false),
            ("10.0.0.0/8:443", "10.0.0.1", 443, true), ("10.0.0.0/8:443", "10.0.0.1", 80, false),
            ("0.0.0.0/0", "8.8.8.8", 53, true), ("0.0.0.0/0", "::1", 53, false),
            ("127.0.0.1", "127.0.0.1", 1, true), ("127.0.0.1", "127.0.0.2", 1, false),
            ("127.0.0.1", "::ffff:127.0.0.1", 1, true), ("::1", "::1", 7, true),
            ("[::1]:80", "::1", 80, true), ("[::1]:80", "::1", 81, false),
            ("[::1]", "::1", 81, true), ("fd00::/8", "fd12::3", 1, true),
            ("fd00::/8", "fe00::3", 1, false), ("::/0", "fe00::3", 1, true),
            ("[fd00::/8]:53", "fd01::", 53, true), ("example.com", "1.2.3.4", 1, false),
            ("1.2.3.4/32", "1.2.3.4", 1, true), ("fe80::1/65", "fe80::1", 1, true),
            ("fe80::1/65", "fe80::8000:0:0:1", 1, false),
        ]
        for (pattern, text, port, isAllowed) in cases {
            let policy = try NetworkPolicy([pattern])
            #expect(
                policy.allows(try Self.address(text), port: port) == isAllowed,
                "\(pattern) \(text) \(port)"
            )
        }
    }

    @Test func names() throws {
        let policy = try NetworkPolicy(["Example.com:443", "10.0.0.0/8"])
        #expect(policy.allowsLookUp("example.COM."))
        #expect(!policy.allowsLookUp("www.example.com"))
        #expect(!policy.allowsLookUp("10.1.2.3.example"))
        let address = try Self.address("1.2.3.4")
        #expect(policy.allows(address, port: 443, names: ["example.com"]))
        #expect(!policy.allows(address, port: 80, names: ["example.com"]))
        #expect(!policy.allows(address, port: 443, names: ["example.org"]))
        #expect(policy.allows(try Self.address("10.9.9.9"), port: 80, names: ["example.org"]))
    }

    @Test func mistakes() {
        for (pattern, reason) in [
            ("", "it is no host name"), ("host:0", "a port is"), ("host:65536", "a port is"),
            ("host:", "a port is"), ("[::1", "the closing bracket"),
            ("[::1]80", "after the bracket"),
            ("10.0.0.0/33", "it is no host name"), ("10.0.0", "it is no host name"),
            ("a b", "it is no host name"), ("::1::", "it is no host name"),
            ("http://x", "a port is"), ("*.example.com", "it is no host name"),
        ] {
            let error = #expect(throws: NetworkPolicy.SyntaxError.self) {
                try NetworkPolicy([pattern])
            }
            #expect(error?.reason.hasPrefix(reason) == true, "\(pattern): \(error?.reason ?? "")")
        }
    }

    @Test func namesInASCII() {
        for (name, ascii) in [
            ("Example.COM", "example.com"), ("a.b.", "a.b"),
            ("bücher.example", "xn--bcher-kva.example"),
            ("日本語。jp", "xn--wgv71a119e.jp"), ("münchen", "xn--mnchen-3ya"), ("_srv.x", "_srv.x"),
            ("", nil), (".", nil), ("a..b", nil), ("-a", nil), ("a-", nil), ("a b", nil),
            ("a\0b", nil), (String(repeating: "a", count: 64), nil), ("a/b", nil),
            (Array(repeating: "abcdefgh", count: 30).joined(separator: "."), nil),
        ] as [(String, String?)] {
            #expect(DomainName.ascii(name) == ascii, "\(name)")
        }
    }
}
