import SpinManifest
import Testing

/// Which entries of `allowed_outbound_hosts` allow all that others do.
@Suite struct CoveringTests {
    @Test(arguments: [
        ("*://*:*", "https://a.example:443", true), ("https://*:443", "https://a.example", true),
        ("https://*.example.com", "https://a.example.com", true),
        ("https://*.example.com", "https://example.com", false),
        ("https://*.example.com", "https://*.b.example.com", true),
        ("https://*.b.example.com", "https://*.example.com", false),
        ("https://a.example", "http://a.example", false), ("http://a.example:1..9", "http://a.example:8", true),
        ("http://a.example:1..9", "http://a.example:9", false),
        ("http://a.example:1..9", "http://a.example:2..9", true),
        ("http://a.example:2..9", "http://a.example:1..9", false),
        ("http://a.example:80", "http://a.example:*", false), ("http://10.0.0.0/8:80", "http://10.1.2.3:80", true),
        ("http://10.0.0.0/8:80", "http://10.1.0.0/16:80", true), ("http://10.1.0.0/16:80", "http://10.0.0.0/8:80", false),
        ("http://10.0.0.0/8:80", "http://11.1.2.3:80", false), ("http://self", "http://a.example", false),
    ])
    func entriesCover(wide: String, narrow: String, covers: Bool) throws {
        #expect(try AllowedOutboundHost(wide).covers(AllowedOutboundHost(narrow)) == covers)
    }
}
