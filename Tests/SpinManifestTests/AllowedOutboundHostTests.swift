import SpinManifest
import Testing

/// Entries of `allowed_outbound_hosts`: their grammar, and what they allow.
@Suite struct AllowedOutboundHostTests {
    @Test(
        "what is an entry",
        arguments: [
            (
                "http://spin.fermyon.dev", "http",
                AllowedOutboundHost.Host.literal(.domain("spin.fermyon.dev")),
                AllowedOutboundHost.Ports.one(80)
            ),
            ("http://spin.fermyon.dev/", "http", .literal(.domain("spin.fermyon.dev")), .one(80)),
            ("https://spin.fermyon.dev", "https", .literal(.domain("spin.fermyon.dev")), .one(443)),
            (
                "http://spin.fermyon.dev:4444/", "http", .literal(.domain("spin.fermyon.dev")),
                .one(4444)
            ),
            ("http://spin.fermyon.dev:", "http", .literal(.domain("spin.fermyon.dev")), .one(80)),
            (
                "http://spin.fermyon.dev:4444..5555", "http", .literal(.domain("spin.fermyon.dev")),
                .range(4444..<5555)
            ),
            ("*://spin.fermyon.dev:7777", "*", .literal(.domain("spin.fermyon.dev")), .one(7777)),
            ("*://*:*", "*", .any, .any), ("http://*", "http", .any, .one(80)),
            ("http://*/", "http", .any, .one(80)),
            ("http://self", "http", .app, .one(80)), ("http://self/", "http", .app, .one(80)),
            ("https://self.alt", "https", .app, .one(443)),
            ("http://localhost:3001", "http", .literal(.domain("localhost")), .one(3001)),
            ("http://*.example.com", "http", .subdomains(of: "example.com"), .one(80)),
            ("http://*.Example.COM:*", "http", .subdomains(of: "example.com"), .any),
            ("redis://r", "redis", .literal(.domain("r")), .one(6379)),
            ("mysql://m", "mysql", .literal(.domain("m")), .one(3306)),
            ("postgres://p", "postgres", .literal(.domain("p")), .one(5432)),
            ("mqtt://q", "mqtt", .literal(.domain("q")), .one(1883)),
            ("pg://localhost:5656", "pg", .literal(.domain("localhost")), .one(5656)),
            (" http://a ", "http", .literal(.domain("a")), .one(80)),
            ("http://my_db", "http", .literal(.domain("my_db")), .one(80)),
        ]
    )
    func entries(
        _ text: String,
        _ scheme: String,
        _ host: AllowedOutboundHost.Host,
        _ ports: AllowedOutboundHost.Ports
    ) throws {
        let entry = try AllowedOutboundHost(text)
        #expect((entry.scheme ?? "*") == scheme)
        #expect(entry.host == host)
        #expect(entry.ports == ports)
    }

    @Test(
        "addresses and networks",
        arguments: [
            ("http://192.168.1.1", "192.168.1.1", AllowedOutboundHost.Ports.one(80)),
            ("http://192.168.1.1:3002", "192.168.1.1", .one(3002)),
            ("http://[::1]", "::1", .one(80)),
            ("http://[::1]:8001", "::1", .one(8001)), ("http://[::1]:8080/", "::1", .one(8080)),
            ("https://[2001:db8::1]", "2001:db8::1", .one(443)), ("http://[::1]:*", "::1", .any),
            ("http://[::1]:8000..9000", "::1", .range(8000..<9000)),
            ("*://[::ffff:1.2.3.4]:80", "::ffff:1.2.3.4", .one(80)),
            ("*://127.0.0.1/24:80", "127.0.0.1/24", .one(80)),
            ("http://10.0.0.0/8", "10.0.0.0/8", .one(80)),
            ("http://10.0.0.0/8:*", "10.0.0.0/8", .any), ("*://ff00::/8:80", "ff00::/8", .one(80)),
            ("http://ff00::/8", "ff00::/8", .one(80)), ("http://::1/128", "::1/128", .one(80)),
            ("https://2001:db8::/32", "2001:db8::/32", .one(443)),
            ("http://2001:db8::/32:443", "2001:db8::/32", .one(443)),
        ]
    )
    func addresses(_ text: String, _ address: String, _ ports: AllowedOutboundHost.Ports) throws {
        let entry = try AllowedOutboundHost(text)
        #expect(entry.ports == ports)
        if address.contains("/") {
            #expect(entry.host == .network(try #require(IPNetwork(address[...]))))
        } else {
            let address = try #require(IPAddress(v4: address[...]) ?? IPAddress(v6: address[...]))
            #expect(entry.host == .literal(.address(address)))
        }
    }

    @Test(
        "what is no entry",
        arguments: [
            "spin.fermyon.dev", "spin.fermyon.dev:80", "localhost", "localhost:3001", "", "*", ":",
            "?", "insecure:allow-all",
            "*://127.0.0.0/24", "*://example.com", "ftp://example.com", "http://spin.fermyon.dev/a",
            "http://spin.fermyon.dev:6666/a/b", "http://*.fermyon.dev/a", "http://[::1]/foo",
            "http://ff00::/8/extra",
            "http://[::1", "http://[::1]junk", "http://[::1]::80", "http://[v1.]", "[::1]",
            "[::1]:8080",
            "http://example.com:notaport", "http://example.com:8080..70000", "http://self:notaport",
            "http://*:notaport",
            "http://[::1]:notaport", "http://*.example.com:8080..", "http://*.example.com:8O8O",
            "http://example.com:8080/p",
            "http://127.0.0.0/24/p", "http://*.", "http://", "http://:80", "http://a.*.b",
            "http://*a", "http://*.1.2.3.4",
            "://a:80", "Http://a", "http2://a:80", "http://a:0", "http://a:+80", "http://a:90..80",
            "http://{a,b}:80",
            "{a,b}://c:80", "http://a:{1,2}", "http://10.0.0.0/33", "http://::/129", "http://1.2.3",
            "http://0x7f.1",
            "http://2130706433", "http://1.2.3.256", "http://01.2.3.4", "http://a b",
            "http://b\u{FC}cher", "http://a..b",
            "http://-\u{0}", "http://user@host", "http://a%62", "zootle! wurdl!", "}{ !!**",
        ]
    )
    func flaws(_ text: String) {
        #expect(throws: AllowedOutboundHostError.self) { try AllowedOutboundHost(text) }
    }

    static func allows(_ entries: [String], _ scheme: String, _ host: String, _ port: UInt16?)
        throws -> Bool
    {
        let hosts = AllowedOutboundHosts(try entries.map { try AllowedOutboundHost($0) })
        return hosts.allows(scheme: scheme, host: try OutboundHost(host[...]), port: port)
    }

    struct Question: Sendable {
        let entry: String
        let scheme: String
        let host: String
        let port: UInt16?
        let isAllowed: Bool

        init(_ entry: String, _ scheme: String, _ host: String, _ port: UInt16?, _ isAllowed: Bool)
        {
            (self.entry, self.scheme, self.host, self.port, self.isAllowed) = (
                entry, scheme, host, port, isAllowed
            )
        }
    }

    @Test(
        "what an entry allows",
        arguments: [
            Question("*://spin.fermyon.dev:443", "https", "spin.fermyon.dev", nil, true),
            Question("*://spin.fermyon.dev:443", "http", "spin.fermyon.dev", nil, false),
            Question("http://example.com:8383", "http", "example.com", 8383, true),
            Question("http://example.com:8383", "http", "example.com", nil, false),
            Question("http://example.com", "https", "example.com", 80, false),
            Question("http://example.com", "http", "EXAMPLE.com", 80, true),
            Question("http://*.example.com", "http", "a.example.com", nil, true),
            Question("http://*.example.com", "http", "a.b.example.com", nil, true),
            Question("http://*.example.com", "http", "example.com", nil, false),
            Question("http://*.example.com", "http", "myexample.com", nil, false),
            Question("http://a:8000..9000", "http", "a", 8000, true),
            Question("http://a:8000..9000", "http", "a", 8999, true),
            Question("http://a:8000..9000", "http", "a", 9000, false),
            Question("*://127.0.0.1/24:63551", "tcp", "127.0.0.9", 63551, true),
            Question("*://127.0.0.1/24:63551", "tcp", "127.0.1.9", 63551, false),
            Question("*://127.0.0.1/24:63551", "tcp", "localhost", 63551, false),
            Question("http://2001:db8::/32", "http", "[2001:db8:abcd::1]", nil, true),
            Question("http://2001:db8::/32", "http", "[2001:db9::1]", nil, false),
            Question("http://0.0.0.0/0", "http", "8.8.8.8", nil, true),
            Question("http://0.0.0.0/0", "http", "[::1]", nil, false),
            Question("http://::/0", "http", "[::1]", nil, true),
            Question("http://[::1]", "http", "[0:0:0:0:0:0:0:1]", 80, true),
            Question("http://[::1]", "http", "[::2]", nil, false),
            Question("*://*:*", "gopher", "anything.example", nil, true),
            Question("*://*:70", "gopher", "anything.example", nil, false),
            Question("http://self", "http", "self", nil, false),
        ]
    )
    func questions(_ question: Question) throws {
        #expect(
            try Self.allows([question.entry], question.scheme, question.host, question.port)
                == question.isAllowed
        )
    }

    @Test func app() throws {
        #expect(
            AllowedOutboundHosts([try AllowedOutboundHost("http://self")]).allowsApp(scheme: "http")
        )
        #expect(
            !AllowedOutboundHosts([try AllowedOutboundHost("http://self")]).allowsApp(
                scheme: "https"
            )
        )
        #expect(
            AllowedOutboundHosts([try AllowedOutboundHost("*://*:*")]).allowsApp(scheme: "https")
        )
        #expect(
            !AllowedOutboundHosts([try AllowedOutboundHost("http://a")]).allowsApp(scheme: "http")
        )
        #expect(!AllowedOutboundHosts([]).allowsApp(scheme: "http"))
        #expect(AllowedOutboundHosts.chainedComponent(.domain("cart.spin.internal")) == "cart")
        #expect(AllowedOutboundHosts.chainedComponent(.domain("a.cart.spin.internal")) == nil)
        #expect(AllowedOutboundHosts.chainedComponent(.domain("spin.internal")) == nil)
    }

    @Test(
        "addresses of IPv6",
        arguments: [
            ("::", true), ("::1", true), ("1::", true), ("1:2:3:4:5:6:7:8", true),
            ("1:2:3::8", true),
            ("1:2:3:4:5:6:1.2.3.4", true), ("::1.2.3.4", true), ("1:2:3:4:5:6:7::", true),
            ("", false), (":", false),
            (":::", false), ("1:2:3:4:5:6:7", false), ("1:2:3:4:5:6:7:8:9", false),
            ("1::2::3", false),
            ("12345::", false), ("g::", false), ("1:2:3:4:5:6:7:1.2.3.4", false),
            ("1.2.3.4::", false), (":1::", false),
            ("1:", false), ("1:2:3:4:5:6:7:8::", false), ("+1::", false),
        ]
    )
    func addressesOfIPv6(_ text: String, _ isOne: Bool) {
        #expect((IPAddress(v6: text[...]) != nil) == isOne)
    }
}
