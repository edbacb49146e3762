import Testing

@testable import HTTP

/// RFC 9112 section 7: chunks, their extensions, trailers.
@Suite struct ChunkedTests {
    private struct Result: Equatable {
        var body = ""
        var isDone = false
        var kind: RequestError.Kind?
        var trailers: [String] = []
    }

    /// Decodes a body that comes in pieces of `size` bytes.
    private func decode(_ text: String, pieces size: Int = .max, limits: Limits = Limits())
        -> Result
    {
        var decoder = BodyDecoder(.chunked)
        var result = Result()
        var trailers = Fields()
        var waiting: [UInt8] = []
        var rest = Array(text.utf8)[...]
        do throws(RequestError) {
            while !rest.isEmpty {
                waiting += rest.prefix(size)
                rest = rest.dropFirst(size)
                let used = try decoder.decode(waiting.span, limits, room: .max, trailers: &trailers)
                {
                    result.body += $0.text
                }
                waiting.removeFirst(used)
            }
        } catch {
            result.kind = error.kind
        }
        result.isDone = decoder.isDone
        for index in 0..<trailers.count {
            result.trailers.append("\(trailers.name(index).text)=\(trailers.value(index).text)")
        }
        return result
    }

    @Test(arguments: [1, 2, 3, 7, Int.max])
    func whole(_ pieces: Int) {
        let text = "5;a=b;c=\"d\\\"e\"\r\nhello\r\n00A\r\n0123456789\r\n0\r\nX-Sum: 15\r\n\r\n"
        let expected = Result(body: "hello0123456789", isDone: true, trailers: ["x-sum=15"])
        #expect(decode(text, pieces: pieces) == expected)
    }

    @Test(arguments: [
        ("5 \r\nhello\r\n", RequestError.Kind.chunkSize),
        (" 5\r\nhello\r\n", .chunkSize),
        ("5\nhello\r\n", .bareLineFeed),
        ("+5\r\nhello\r\n", .chunkSize),
        ("0x5\r\nhello\r\n", .chunkSize),
        ("-1\r\n", .chunkSize),
        ("\r\n", .chunkSize),
        ("g\r\n", .chunkSize),
        ("5_0\r\n", .chunkSize),
        ("ffffffffffffffff\r\n", .chunkSize),
        ("fffffffffffffff\r\n", .bodySize),
        ("0000000000000005\r\n", .chunkSize),
        ("5;\r\nhello\r\n", .chunkExtension),
        ("5;a b\r\nhello\r\n", .chunkExtension),
        ("5;a=\r\nhello\r\n", .chunkExtension),
        ("5;a=\"b\r\nhello\r\n", .chunkExtension),
        ("5;a=\"b\"c\r\nhello\r\n", .chunkExtension),
        ("5;a\rb", .bareCarriageReturn),
        ("5\r\nhelloX\r\n", .chunkEnd),
        ("5\r\nhello\n0\r\n\r\n", .chunkEnd),
        ("5\r\nhello\rX", .chunkEnd),
        ("0\r\nbad trailer\r\n\r\n", .fieldName),
        ("0\r\n folded: a\r\n\r\n", .fieldFolding),
        ("0\r\na: b\n\r\n", .bareLineFeed),
    ])
    func refused(_ text: String, _ expected: RequestError.Kind) {
        #expect(decode(text).kind == expected, "\(text.debugDescription)")
        #expect(decode(text, pieces: 1).kind == expected, "byte by byte: \(text.debugDescription)")
    }

    @Test func fieldsThatFrameAreNoTrailers() {
        let text = "0\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\nHost: b\r\nX: y\r\n\r\n"
        #expect(decode(text).trailers == ["x=y"])
    }

    @Test func limits() {
        var limits = Limits()
        limits.chunkExtensionBytes = 20
        limits.bodyBytes = 10
        limits.headBytes = 100
        #expect(
            decode("1;aaaaaaaaaaaaaaaaaaaaaaaaaa\r\nx\r\n", limits: limits).kind
                == .chunkExtensionSize
        )
        let many = String(repeating: "1;aaaaaa\r\nx\r\n", count: 4)
        #expect(decode(many, limits: limits).kind == .chunkExtensionSize)
        #expect(decode("6\r\nhello \r\n5\r\nworld\r\n", limits: limits).kind == .bodySize)
        let trailers = String(repeating: "x: y\r\n", count: 10)
        #expect(decode("0\r\n\(trailers)\r\n", limits: limits).kind == .headSize)
    }

    @Test func stopsWhereThereIsNoRoom() throws {
        var decoder = BodyDecoder(.length(10))
        var trailers = Fields()
        let bytes = Array("0123456789GET".utf8)
        var got = ""
        let first = try decoder.decode(bytes.span, Limits(), room: 4, trailers: &trailers) {
            got += $0.text
        }
        #expect(first == 4 && got == "0123" && decoder.remaining == 6)
        let rest = Array(bytes[4...])
        let second = try decoder.decode(rest.span, Limits(), room: 100, trailers: &trailers) {
            got += $0.text
        }
        #expect(second == 6 && got == "0123456789" && decoder.isDone)
    }
}
