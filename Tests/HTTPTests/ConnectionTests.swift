import Testing

@testable import HTTP

/// RFC 9112 section 9 and the handler's side: persistence, pipelining, framing of responses.
@Suite struct ConnectionTests {
    private static let get = "GET / HTTP/1.1\r\nHost: a\r\n\r\n"

    private func respond(_ head: @escaping (Exchange) -> Void) -> RecordingConnection {
        let connection = RecordingConnection()
        connection.handler = head
        return connection
    }

    @Test func pipelinedRequestsAreAnsweredInOrder() {
        let connection = RecordingConnection()
        connection.receive(String(repeating: Self.get, count: 50))
        #expect(connection.statuses == Array(repeating: 200, count: 50) && connection.ended == 50)
    }

    @Test func theNextRequestWaitsForTheAnswer() {
        var held: [Exchange] = []
        let connection = respond { held.append($0) }
        connection.receive(Self.get + Self.get)
        #expect(held.count == 1 && !connection.engine.wantsInput)
        held[0].respond(ResponseHead(.ok), content: Array("1".utf8))
        connection.receive("")
        #expect(held.count == 2)
        held[0].respond(ResponseHead(.notFound), content: Array("again".utf8))
        _ = held[0].write(Array("more".utf8))
        held[0].finish()
        held[0].abort()
        #expect(!connection.text.contains("404") && !connection.text.contains("again"))
    }

    @Test(arguments: [
        ("HTTP/1.1", "", true, ""),
        ("HTTP/1.1", "Connection: close\r\n", false, "connection: close"),
        ("HTTP/1.1", "Connection: a, Close\r\n", false, "connection: close"),
        ("HTTP/1.0", "", false, "connection: close"),
        ("HTTP/1.0", "Connection: Keep-Alive\r\n", true, "connection: keep-alive"),
    ])
    func persistence(_ version: String, _ field: String, _ persists: Bool, _ answer: String) {
        let connection = RecordingConnection()
        connection.receive("GET / \(version)\r\nHost: a\r\n\(field)\r\n")
        #expect(connection.engine.isClosing == !persists)
        #expect(
            answer.isEmpty
                ? !connection.text.contains("connection:") : connection.text.contains(answer)
        )
    }

    @Test func framingOfResponses() throws {
        func text(_ request: String, _ answer: @escaping (Exchange) -> Void) -> String {
            let connection = respond(answer)
            connection.receive(request)
            return connection.text
        }
        let stream: (Exchange) -> Void = { exchange in
            exchange.respond(ResponseHead(.ok))
            _ = exchange.write(Array("hello".utf8))
            exchange.finish(try? Fields(["x-sum": "5"]))
        }
        #expect(
            text(Self.get, stream).hasSuffix(
                "transfer-encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\nx-sum: 5\r\n\r\n"
            )
        )
        let old = text("GET / HTTP/1.0\r\n\r\n", stream)
        #expect(old.contains("connection: close") && old.hasSuffix("\r\n\r\nhello"))
        #expect(text("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n", stream).hasSuffix("\r\n\r\n"))
        let fixed = try Fields([
            "Content-Length": "3", "Transfer-Encoding": "chunked", "Connection": "x",
            "Server": "me",
        ])
        let declared = text(Self.get) { exchange in
            exchange.respond(ResponseHead(.ok, fixed))
            #expect(exchange.write(Array("hello".utf8)) == 5)
            exchange.finish()
        }
        #expect(declared.hasSuffix("\r\n\r\nhel") && declared.contains("content-length: 3\r\n"))
        #expect(!declared.contains("transfer-encoding") && !declared.contains("connection"))
        #expect(
            declared.contains("server: me\r\n") && !declared.contains("server: virga")
                && declared.contains("date: ")
        )
        let none = text(Self.get) { $0.respond(ResponseHead(.noContent), content: Array("x".utf8)) }
        #expect(none.hasSuffix("\r\n\r\n") && !none.contains("content-length"))
    }

    @Test func aBodyShorterThanDeclaredClosesTheConnection() throws {
        let fields = try Fields(["content-length": "10"])
        let connection = respond { exchange in
            exchange.respond(ResponseHead(.ok, fields))
            _ = exchange.write(Array("short".utf8))
            exchange.finish()
        }
        connection.receive(Self.get)
        #expect(connection.engine.isClosing)
    }

    @Test func abortIs500BeforeTheHeadAndACutAfterIt() {
        let early = respond { $0.abort() }
        early.receive(Self.get)
        #expect(early.statuses == [500])
        let late = respond { exchange in
            exchange.respond(ResponseHead(.ok))
            _ = exchange.write(Array("hello".utf8))
            exchange.abort()
        }
        late.receive(Self.get)
        #expect(late.engine.isClosing && !late.text.contains("\r\n0\r\n"))
        let old = respond { exchange in
            exchange.respond(ResponseHead(.ok))
            exchange.abort()
        }
        old.receive("GET / HTTP/1.0\r\n\r\n")
        #expect(old.engine.isAborted)
    }

    @Test func continueIsSentWhenTheHandlerReads() {
        let connection = RecordingConnection()
        connection.receive(
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n"
        )
        #expect(connection.statuses == [100])
        connection.receive("abc")
        #expect(connection.statuses == [100, 200] && connection.messages.first?.body.count == 3)
        let refusing = respond { $0.respond(ResponseHead(.notFound), content: []) }
        refusing.receive(
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n"
        )
        #expect(refusing.statuses == [404] && refusing.engine.isClosing)
    }

    @Test func backpressureBothWays() {
        var held: Exchange?
        let connection = respond { held = $0 }
        let limits = connection.context.limits
        connection.receive("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10000000\r\n\r\n")
        while connection.engine.wantsInput {
            connection.receive(String(repeating: "x", count: 10_000))
        }
        var taken = 0
        while case .taken(let count) = held?.readBody({ $0.byteCount }) { taken += count }
        #expect(taken == limits.requestBuffer && connection.engine.wantsInput)
        held?.respond(ResponseHead(.ok))
        var written = 0
        let block = [UInt8](repeating: 0x79, count: 10_000)
        while let count = held?.write(block), count > 0 { written += count }
        #expect(
            written <= limits.responseBuffer && written > limits.responseBuffer - 1_000
                && held?.room == 0
        )
    }

    @Test func cancellation() {
        final class Observer: ExchangeObserver {
            var reasons: [Cancellation] = []
            func exchangeReadable(_ exchange: Exchange) {}
            func exchangeWritable(_ exchange: Exchange) {}
            func exchangeCancelled(_ exchange: Exchange, _ reason: Cancellation) {
                reasons.append(reason)
            }
        }
        let observer = Observer()
        var held: Exchange?
        let connection = respond { exchange in
            exchange.observer = observer
            held = exchange
        }
        connection.receive(Self.get)
        connection.engine.connectionLost(.clientGone)
        #expect(
            observer.reasons == [.clientGone] && held?.stage == .cancelled && connection.ended == 1
        )
        #expect(held?.readBody { $0.byteCount } == .cancelled)
        held?.respond(ResponseHead(.ok), content: [1])
        #expect(connection.text.isEmpty && connection.ended == 1)
    }

    @Test func timeouts() {
        func after(_ text: String, _ milliseconds: UInt64) -> RecordingConnection {
            let connection = RecordingConnection()
            connection.handler = { _ in }
            connection.receive(text)
            #expect(connection.engine.deadline <= milliseconds)
            connection.context.now = milliseconds
            connection.engine.deadlineReached()
            connection.takeOutput()
            return connection
        }
        let limits = Limits()
        let head = after("GET / HTTP", UInt64(limits.headTimeout))
        #expect(head.statuses == [408] && head.engine.isClosing)
        let body = after(
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\n",
            UInt64(limits.bodyTimeout)
        )
        #expect(body.statuses == [408] && body.engine.isClosing)
        let fresh = after("", UInt64(limits.headTimeout))
        #expect(fresh.text.isEmpty && fresh.engine.isClosing)
    }

    @Test func drainAnswersAndCloses() {
        let connection = RecordingConnection()
        connection.receive(Self.get)
        connection.engine.drain()
        #expect(!connection.engine.isClosing)
        connection.receive(Self.get)
        #expect(connection.engine.isClosing && connection.text.contains("connection: close"))
    }

    @Test func fieldsOfResponsesCannotBeForged() {
        #expect(throws: FieldError.value) { try Fields(["a": "b\r\nc: d"]) }
        #expect(throws: FieldError.name) { try Fields(["a b": "c"]) }
        #expect(throws: FieldError.name) { try Fields(["": "c"]) }
        #expect(throws: FieldError.value) { try Fields(["a": "b\u{0}"]) }
    }
}
