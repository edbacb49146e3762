import HTTP
import Testing
import WASI
import Wasm

@testable import WASIHTTP

/// wasi:http/types#incoming-request, #incoming-body, #future-trailers
@Suite struct IncomingRequestTests {
    private func body(_ request: IncomingRequest) throws -> IncomingBody {
        try #require(request.consume())
    }

    @Test func theHeadIsToldAsItCame() throws {
        let recorded = try RecordedExchange(
            "PATCH /a/b?c=d HTTP/1.1\r\nHost: x:8080\r\nConnection: close\r\nA: 1\r\n\r\n"
        )
        let request = IncomingRequest(try recorded.exchange())
        #expect(request.method == .patch)
        #expect(request.pathWithQuery == "/a/b?c=d")
        #expect(request.scheme == .http)
        #expect(request.authority == "x:8080")
        #expect(request.headers().text == ["host: x:8080", "a: 1"])
        #expect(!request.headers().isMutable)
    }

    @Test func aMethodWithoutACaseIsOther() throws {
        let recorded = try RecordedExchange("BREW * HTTP/1.0\r\n\r\n".replacing("*", with: "/x"))
        let request = IncomingRequest(try recorded.exchange())
        #expect(request.method == .other("BREW"))
        #expect(request.authority == nil)
    }

    @Test func theBodyCanBeHadOnce() throws {
        let recorded = try RecordedExchange()
        let request = IncomingRequest(try recorded.exchange())
        let body = try body(request)
        #expect(request.consume() == nil)
        let stream = try #require(body.stream())
        #expect(body.stream() == nil)
        #expect(stream.isReady)
        #expect(stream.read(1).streamError == "closed")
    }

    @Test func theBodyIsReadAsItComes() throws {
        let recorded = try RecordedExchange(
            "POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 6\r\n\r\nab"
        )
        let exchange = try recorded.exchange()
        let stream = try #require(try body(IncomingRequest(exchange)).stream())
        #expect(try stream.read(1).get() == Array("a".utf8))
        #expect(try stream.read(10).get() == Array("b".utf8))
        #expect(!stream.isReady)
        #expect(try stream.read(10).get() == [])
        var read: [UInt8] = []
        let task = try recorded.task { (task) throws(Trap) in
            while case .success(let bytes) = try stream.blockingRead(10, on: task) { read += bytes }
        }
        task.start()
        #expect(!task.hasEnded)
        recorded.receive("cd")
        recorded.loop.turn(atMost: 0)
        #expect(read == Array("cd".utf8))
        recorded.receive("ef")
        recorded.loop.turn(atMost: 0)
        #expect(task.hasEnded)
        #expect(read == Array("cdef".utf8))
    }

    @Test func aClientIsAskedForItsBodyAtTheFirstRead() throws {
        let recorded = try RecordedExchange(
            "POST / HTTP/1.1\r\nhost: a\r\nexpect: 100-continue\r\ncontent-length: 1\r\n\r\n"
        )
        let stream = try #require(try body(IncomingRequest(try recorded.exchange())).stream())
        #expect(recorded.text == "")
        #expect(try stream.read(1).get() == [])
        #expect(recorded.text == "HTTP/1.1 100 Continue||")
    }

    @Test func trailersFollowTheBody() throws {
        let recorded = try RecordedExchange(
            "POST / HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\n"
        )
        let body = try body(IncomingRequest(try recorded.exchange()))
        let future = body.finish()
        #expect(!future.isReady)
        guard case .pending = future.get() else { return #expect(Bool(false)) }
        recorded.receive("0\r\nx-sum: 12\r\n\r\n")
        #expect(future.isReady)
        guard case .trailers(let trailers) = future.get() else { return #expect(Bool(false)) }
        let fields = try #require(try trailers.get())
        #expect(fields.text == ["x-sum: 12"])
        #expect(!fields.isMutable)
        guard case .taken = future.get() else { return #expect(Bool(false)) }
    }

    @Test func aBodyWithoutTrailersHasNone() throws {
        let recorded = try RecordedExchange(
            "POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 2\r\n\r\nab"
        )
        let future = try body(IncomingRequest(try recorded.exchange())).finish()
        guard case .trailers(let trailers) = future.get() else { return #expect(Bool(false)) }
        #expect(try trailers.get() == nil)
    }

    @Test func aClientThatVanishesEndsTheBodyAndTellsTheHandler() throws {
        let recorded = try RecordedExchange(
            "POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 9\r\n\r\nab"
        )
        let exchange = try recorded.exchange()
        var reasons: [HTTP.Cancellation] = []
        exchange.cancelled = { reasons.append($0) }
        let request = IncomingRequest(exchange)
        let incoming = try body(request)
        let stream = try #require(incoming.stream())
        _ = stream.isReady
        recorded.close()
        #expect(reasons == [.clientGone])
        #expect(exchange.isOver)
        #expect(stream.read(9).streamError == "connectionTerminated")
        let future = incoming.finish()
        guard case .trailers(let trailers) = future.get() else { return #expect(Bool(false)) }
        #expect(throws: ErrorCode.connectionTerminated) { try trailers.get() }
        #expect(request.pathWithQuery == "/")
    }

    @Test func whatHasComeCanBeReadAfterTheResponse() throws {
        let recorded = try RecordedExchange(
            "POST /x HTTP/1.1\r\nhost: a\r\ncontent-length: 3\r\n\r\nabc"
        )
        let exchange = try recorded.exchange()
        let request = IncomingRequest(exchange)
        ResponseOutparam(exchange).set(.success(OutgoingResponse(Fields())))
        #expect(exchange.isOver)
        recorded.deliver()
        #expect(recorded.ended == 1)
        recorded.receive("GET /other HTTP/1.1\r\nhost: b\r\n\r\n")
        #expect(request.pathWithQuery == "/x")
        let incoming = try body(request)
        let stream = try #require(incoming.stream())
        #expect(try stream.read(2).get() == Array("ab".utf8))
        #expect(try stream.read(2).get() == Array("c".utf8))
        #expect(stream.read(2).streamError == "closed")
        guard case .trailers(.success(nil)) = incoming.finish().get() else {
            return #expect(Bool(false))
        }
    }

    @Test func whatWasNotAskedForCannotBeReadAfterTheResponse() throws {
        let recorded = try RecordedExchange(
            "POST /x HTTP/1.1\r\nhost: a\r\nexpect: 100-continue\r\ncontent-length: 3\r\n\r\n"
        )
        let exchange = try recorded.exchange()
        let request = IncomingRequest(exchange)
        ResponseOutparam(exchange).set(.success(OutgoingResponse(Fields())))
        let stream = try #require(try body(request).stream())
        #expect(stream.read(2).streamError == "connectionTerminated")
        #expect(!recorded.text.contains("100 Continue"))
    }
}
