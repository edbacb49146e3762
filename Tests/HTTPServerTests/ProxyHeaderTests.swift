import Testing

@testable import HTTPServer

/// PROXY headers and addresses.
@Suite struct ProxyHeaderTests {
    @Test func addresses() {
        #expect(IPAddress("192.0.2.1")?.text == "192.0.2.1")
        #expect(IPAddress("2001:db8::1")?.text == "2001:db8::1")
        #expect(IPAddress("::ffff:192.0.2.1")?.isIPv4 == true)
        #expect(IPAddress("192.0.2.256") == nil && IPAddress("") == nil && IPAddress("a") == nil)
        #expect(IPAddress("2001:db8::1")?.client == IPAddress("2001:db8::2")?.client)
        #expect(IPAddress("2001:db8::1")?.client != IPAddress("2001:db8:0:1::1")?.client)
        #expect(IPAddress("192.0.2.1")?.client != IPAddress("192.0.2.2")?.client)
    }

    @Test(arguments: [
        ("10.0.0.0/8", "10.255.0.1", true), ("10.0.0.0/8", "11.0.0.1", false),
        ("0.0.0.0/0", "1.2.3.4", true),
        ("0.0.0.0/0", "::1", false), ("192.0.2.1", "192.0.2.1", true),
        ("192.0.2.1", "192.0.2.2", false),
        ("fd00::/8", "fdff::1", true), ("fd00::/8", "fe00::1", false), ("::/0", "::1", true),
        ("2001:db8::/65", "2001:db8::1", true), ("2001:db8::/65", "2001:db8:0:0:8000::1", false),
    ])
    func ranges(_ range: String, _ address: String, _ isInside: Bool) throws {
        let range = try #require(AddressRange(range))
        #expect(range.contains(try #require(IPAddress(address))) == isInside)
    }

    @Test func badRanges() {
        for text in ["", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/a", "::/129", "a/8"] {
            #expect(AddressRange(text) == nil)
        }
    }

    @Test func neverAsksForMoreThanTheHeader() {
        let header = Array("PROXY TCP4 192.0.2.7 127.0.0.1 1234 80\r\n".utf8)
        var read: [UInt8] = []
        while case .needs(let count) = ProxyHeader.parse(read) {
            guard read.count + count <= header.count else { break }
            read += header[read.count..<read.count + count]
        }
        #expect(read == header)
        #expect(ProxyHeader.parse(read) == .done(.client(IPAddress(ipv4: 0xC000_0207), 1234)))
    }
}
