import Testing

@testable import HTTP

/// RFC 9112 sections 2 to 6: request heads, and what is refused.
@Suite struct RequestParserTests {
    private func parse(_ text: String, limits: Limits = Limits()) throws(RequestError) -> (
        RequestHead, MessageFraming?
    ) {
        var parser = RequestParser()
        var head = RequestHead()
        let (_, framing) = try parser.parse(Array(text.utf8).span, limits, into: &head)
        return (head, framing)
    }

    private func kind(_ text: String, limits: Limits = Limits()) -> RequestError.Kind? {
        do throws(RequestError) {
            _ = try parse(text, limits: limits)
            return nil
        } catch {
            #expect(!error.description.isEmpty)
            return error.kind
        }
    }

    @Test func wholeHead() throws {
        let (head, framing) = try parse(
            "POST /a?b HTTP/1.1\r\nHost: A.example:8080\r\nX-One:  two \r\nContent-Length: 5\r\n\r\n"
        )
        #expect(head.method == .post && head.path == "/a?b" && head.version == .http11)
        #expect(head.authority.text == "A.example:8080" && head.fields["x-one"] == "two")
        #expect(framing == .length(5) && head.contentLength == 5 && head.hasContent)
    }

    @Test(arguments: [
        ("GET / HTTP/1.1\nHost: a\r\n\r\n", RequestError.Kind.bareLineFeed),
        ("GET / HTTP/1.1\r\nHost: a\n\r\n", .bareLineFeed),
        ("GET / HTTP/1.1\r\nHost: a\r\n\n", .bareLineFeed),
        ("GET / HTTP/1.1\r\nHost: a\rb\r\n\r\n", .bareCarriageReturn),
        ("GET / HTTP/1.1\r\n\rHost: a\r\n\r\n", .fieldName),
        (" GET / HTTP/1.1\r\nHost: a\r\n\r\n", .method),
        ("GET  / HTTP/1.1\r\nHost: a\r\n\r\n", .requestLine),
        ("GET /  HTTP/1.1\r\nHost: a\r\n\r\n", .version),
        ("GET / HTTP/1.1 \r\nHost: a\r\n\r\n", .version),
        ("GET /\tHTTP/1.1\r\nHost: a\r\n\r\n", .target),
        ("GET /a b HTTP/1.1\r\nHost: a\r\n\r\n", .version),
        ("GET /\u{e9} HTTP/1.1\r\nHost: a\r\n\r\n", .target),
        ("GET / http/1.1\r\nHost: a\r\n\r\n", .version),
        ("GET / HTTP/2.0\r\nHost: a\r\n\r\n", .versionUnknown),
        ("GET / HTTP/1.10\r\nHost: a\r\n\r\n", .version),
        ("GET /\r\n\r\n", .requestLine),
        ("GET index HTTP/1.1\r\nHost: a\r\n\r\n", .target),
        ("GET * HTTP/1.1\r\nHost: a\r\n\r\n", .target),
        ("CONNECT / HTTP/1.1\r\nHost: a\r\n\r\n", .target),
        ("CONNECT a HTTP/1.1\r\nHost: a\r\n\r\n", .target),
        ("CONNECT a:99999 HTTP/1.1\r\nHost: a\r\n\r\n", .target),
        ("GET ftp://a/ HTTP/1.1\r\nHost: a\r\n\r\n", .target),
        ("GET http://me@a/ HTTP/1.1\r\nHost: a\r\n\r\n", .target),
        ("GET / HTTP/1.1\r\n\r\n", .hostMissing),
        ("GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n", .hostRepeated),
        ("GET / HTTP/1.1\r\nHost: a/b\r\n\r\n", .host),
        ("GET / HTTP/1.1\r\nHost: a b\r\n\r\n", .host),
        ("GET / HTTP/1.1\r\nHost: [::1\r\n\r\n", .host),
        ("GET / HTTP/1.1\r\nHost : a\r\n\r\n", .fieldName),
        ("GET / HTTP/1.1\r\n: a\r\n\r\n", .fieldName),
        ("GET / HTTP/1.1\r\nHost\r\n\r\n", .fieldName),
        ("GET / HTTP/1.1\r\nHost: a\r\nX: a\u{0}b\r\n\r\n", .fieldValue),
        ("GET / HTTP/1.1\r\nHost: a\r\nX: a\u{7f}b\r\n\r\n", .fieldValue),
        ("GET / HTTP/1.1\r\nHost: a\r\n folded: b\r\n\r\n", .fieldFolding),
        ("GET / HTTP/1.1\r\nHost: a\r\nX: b\r\n\tc\r\n\r\n", .fieldFolding),
        ("GET / HTTP/1.1\r\n Host: a\r\n\r\n", .fieldFolding),
        ("\r\n\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", .requestLine),
    ])
    func refused(_ text: String, _ expected: RequestError.Kind) {
        #expect(kind(text) == expected, "\(text.debugDescription)")
    }

    @Test(arguments: [
        ("Content-Length: 5\r\nContent-Length: 5", RequestError.Kind.contentLengthRepeated),
        ("Content-Length: 5\r\nContent-Length: 6", .contentLengthRepeated),
        ("Content-Length: 5, 5", .contentLength),
        ("Content-Length: +5", .contentLength),
        ("Content-Length: -5", .contentLength),
        ("Content-Length: 0x5", .contentLength),
        ("Content-Length: 5 5", .contentLength),
        ("Content-Length:", .contentLength),
        ("Content-Length: 99999999999999999999", .contentLength),
        ("Content-Length: 5\r\nTransfer-Encoding: chunked", .contentLengthWithTransferEncoding),
        ("Transfer-Encoding: chunked\r\nContent-Length: 5", .contentLengthWithTransferEncoding),
        ("Transfer-Encoding: identity", .transferEncoding),
        ("Transfer-Encoding:", .transferEncoding),
        ("Transfer-Encoding: chunked, chunked", .transferEncoding),
        ("Transfer-Encoding: chunked, gzip", .transferEncoding),
        ("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked", .transferEncoding),
        ("Transfer-Encoding: gzip, chunked", .transferEncodingUnknown),
        ("Transfer-Encoding: xchunked", .transferEncoding),
        ("Transfer-Encoding: \"chunked\"", .transferEncoding),
        ("Transfer-Encoding: chunked;q=1", .transferEncoding),
        ("Transfer-Encoding : chunked", .fieldName),
    ])
    func ambiguousFraming(_ fields: String, _ expected: RequestError.Kind) {
        #expect(kind("POST / HTTP/1.1\r\nHost: a\r\n\(fields)\r\n\r\n") == expected, "\(fields)")
    }

    @Test func transferEncodingInHTTP10() {
        #expect(
            kind("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n")
                == .transferEncodingInHTTP10
        )
    }

    @Test func targets() throws {
        #expect(
            try parse("GET http://b:1/c?d HTTP/1.1\r\nHost: a\r\n\r\n").0.authority.text == "b:1"
        )
        #expect(try parse("GET http://b:1/c?d HTTP/1.1\r\nHost: a\r\n\r\n").0.path == "/c?d")
        #expect(try parse("GET HTTPS://b HTTP/1.1\r\nHost: a\r\n\r\n").0.path == "/")
        #expect(try parse("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n").0.path == "*")
        #expect(try parse("OPTIONS http://b HTTP/1.1\r\nHost: a\r\n\r\n").0.path == "*")
        #expect(try parse("CONNECT b:443 HTTP/1.1\r\nHost: a\r\n\r\n").0.authority.text == "b:443")
        #expect(
            try parse("GET / HTTP/1.1\r\nHost: [::1]:80\r\n\r\n").0.authority.text == "[::1]:80"
        )
        #expect(try parse("GET / HTTP/1.1\r\nHost:\r\n\r\n").0.authority.isEmpty)
        #expect(try parse("GET / HTTP/1.0\r\n\r\n").0.version == .http10)
        #expect(try parse("GET / HTTP/1.9\r\nHost: a\r\n\r\n").0.version == .http11)
        #expect(try parse("\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n").0.path == "/")
    }

    @Test func limits() {
        var limits = Limits()
        limits.targetBytes = 10
        limits.fieldCount = 3
        limits.headBytes = 200
        let host = "Host: a\r\n"
        #expect(kind("GET /123456789 HTTP/1.1\r\n\(host)\r\n", limits: limits) == nil)
        #expect(kind("GET /1234567890 HTTP/1.1\r\n\(host)\r\n", limits: limits) == .targetLength)
        #expect(kind("GET /" + String(repeating: "a", count: 100), limits: limits) == .targetLength)
        #expect(kind("GET / HTTP/1.1\r\n\(host)a: b\r\nc: d\r\n\r\n", limits: limits) == nil)
        #expect(
            kind("GET / HTTP/1.1\r\n\(host)a: b\r\nc: d\r\ne: f\r\n\r\n", limits: limits)
                == .fieldCount
        )
        #expect(
            kind(
                "GET / HTTP/1.1\r\n\(host)a: \(String(repeating: "b", count: 200))\r\n\r\n",
                limits: limits
            ) == .headSize
        )
        #expect(
            kind(
                "GET / HTTP/1.1\r\n\(host)a: \(String(repeating: "b", count: 200))",
                limits: limits
            ) == .headSize
        )
    }

    @Test func statusOfEachRefusal() {
        #expect(RequestError(.targetLength).status == .uriTooLong)
        #expect(RequestError(.headSize).status == .fieldsTooLarge)
        #expect(RequestError(.versionUnknown).status == .versionNotSupported)
        #expect(RequestError(.bodySize).status == .contentTooLarge)
        #expect(RequestError(.transferEncodingUnknown).status == .notImplemented)
        #expect(RequestError(.bareLineFeed).status == .badRequest)
    }
}
