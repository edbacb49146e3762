import HTTP
import Testing
import WASI
import Wasm

@testable import WASIHTTP

/// wasi:http/types#outgoing-response, #outgoing-body, #response-outparam
@Suite struct OutgoingResponseTests {
    private let recorded: RecordedExchange
    private let exchange: GuestExchange

    init() throws {
        recorded = try RecordedExchange()
        exchange = try recorded.exchange()
    }

    private func respond(_ response: OutgoingResponse) {
        ResponseOutparam(exchange).set(.success(response))
    }

    @Test func theStatusIsOkUnlessItIsSet() {
        let response = OutgoingResponse(Fields())
        #expect(response.statusCode == 200)
        #expect(response.setStatusCode(418))
        #expect(response.statusCode == 418)
        #expect(!response.setStatusCode(99))
        #expect(!response.setStatusCode(1_000))
        #expect(response.statusCode == 418)
    }

    @Test func theHeadersCanBeChangedNoMore() throws {
        let response = OutgoingResponse(try .of(["a": "1"]))
        #expect(response.headers().text == ["a: 1"])
        #expect(!response.headers().isMutable)
    }

    @Test func bodyAndStreamCanBeHadOnce() throws {
        let response = OutgoingResponse(Fields())
        let body = try #require(response.body())
        #expect(response.body() == nil)
        #expect(body.write() != nil)
        #expect(body.write() == nil)
    }

    @Test func aResponseWithoutBodyIsSentAtOnce() throws {
        let response = OutgoingResponse(try .of(["a": "1"]))
        #expect(response.setStatusCode(404))
        respond(response)
        #expect(recorded.text == "HTTP/1.1 404 Not Found|a: 1|content-length: 0||")
        #expect(recorded.ended == 1)
    }

    @Test func aSmallResponseIsSentWithItsLength() throws {
        let response = OutgoingResponse(Fields())
        let body = try #require(response.body())
        respond(response)
        let stream = try #require(body.write())
        #expect(try stream.put("hello ").streamError == nil)
        #expect(try stream.put("world").streamError == nil)
        #expect(recorded.text == "")
        #expect(body.finish(nil).error == nil)
        #expect(recorded.text == "HTTP/1.1 200 OK|content-length: 11||hello world")
        #expect(try stream.put("x").streamError == "closed")
    }

    @Test func whatWasWrittenBeforeTheResponseWasSetIsSent() throws {
        let response = OutgoingResponse(Fields())
        let body = try #require(response.body())
        let stream = try #require(body.write())
        #expect(try stream.put("early").streamError == nil)
        respond(response)
        #expect(body.finish(nil).error == nil)
        #expect(recorded.text == "HTTP/1.1 200 OK|content-length: 5||early")
    }

    @Test func aBodyMayBeFinishedBeforeTheResponseIsSet() throws {
        let response = OutgoingResponse(Fields())
        let body = try #require(response.body())
        #expect(try #require(body.write()).put("done").streamError == nil)
        #expect(body.finish(nil).error == nil)
        respond(response)
        #expect(recorded.text == "HTTP/1.1 200 OK|content-length: 4||done")
    }

    @Test func aBodyWithTrailersMayBeFinishedBeforeTheResponseIsSet() throws {
        let response = OutgoingResponse(Fields())
        let body = try #require(response.body())
        #expect(try #require(body.write()).put("done").streamError == nil)
        #expect(body.finish(try .of(["t": "1"])).error == nil)
        respond(response)
        #expect(
            recorded.text
                == "HTTP/1.1 200 OK|transfer-encoding: chunked||4|done|0|t: 1||"
        )
    }

    @Test func theHeadIsSentAtTheEndOfTheTurn() throws {
        let response = OutgoingResponse(Fields())
        let body = try #require(response.body())
        respond(response)
        let stream = try #require(body.write())
        #expect(try stream.put("one").streamError == nil)
        recorded.loop.turn(atMost: 0)
        #expect(recorded.text == "HTTP/1.1 200 OK|transfer-encoding: chunked||3|one|")
        #expect(try stream.put("two").streamError == nil)
        #expect(body.finish(nil).error == nil)
        #expect(recorded.text.hasSuffix("|3|one|3|two|0||"))
    }

    @Test func trailersFollowTheContent() throws {
        let response = OutgoingResponse(Fields())
        let body = try #require(response.body())
        respond(response)
        #expect(try #require(body.write()).put("a").streamError == nil)
        #expect(body.finish(try .of(["x-sum": "1"])).error == nil)
        #expect(
            recorded.text == "HTTP/1.1 200 OK|transfer-encoding: chunked||1|a|0|x-sum: 1||"
        )
    }

    @Test func aBodyThatIsDroppedBreaksTheResponse() throws {
        let response = OutgoingResponse(Fields())
        let body = try #require(response.body())
        respond(response)
        #expect(try #require(body.write()).put("a").streamError == nil)
        recorded.loop.turn(atMost: 0)
        body.abort()
        #expect(recorded.text == "HTTP/1.1 200 OK|transfer-encoding: chunked||1|a|")
        #expect(recorded.engine.isClosing)
    }

    @Test func aBodyThatIsDroppedBeforeAnythingWasSentGives500() throws {
        let response = OutgoingResponse(Fields())
        let body = try #require(response.body())
        body.abort()
        respond(response)
        #expect(recorded.text.hasPrefix("HTTP/1.1 500 Internal Server Error|"))
    }

    // MARK: Lengths

    @Test func theDeclaredLengthIsHeld() throws {
        let response = OutgoingResponse(try .of(["content-length": "3"]))
        let body = try #require(response.body())
        respond(response)
        #expect(try #require(body.write()).put("abc").streamError == nil)
        #expect(body.finish(nil).error == nil)
        #expect(recorded.text == "HTTP/1.1 200 OK|content-length: 3||abc")
    }

    @Test func tooLittleBreaksTheResponse() throws {
        let response = OutgoingResponse(try .of(["content-length": "4"]))
        let body = try #require(response.body())
        respond(response)
        recorded.loop.turn(atMost: 0)
        #expect(try #require(body.write()).put("abc").streamError == nil)
        #expect(body.finish(nil).error == .httpResponseBodySize(3))
        #expect(recorded.text == "HTTP/1.1 200 OK|content-length: 4||abc")
        #expect(recorded.engine.isClosing)
    }

    @Test func tooMuchBreaksTheResponse() throws {
        let response = OutgoingResponse(try .of(["content-length": "2"]))
        let body = try #require(response.body())
        respond(response)
        recorded.loop.turn(atMost: 0)
        let stream = try #require(body.write())
        #expect(try stream.put("abc").streamError == "httpResponseBodySize(Optional(3))")
        #expect(body.finish(nil).error == nil)
        #expect(recorded.engine.isClosing)
    }

    @Test func tooLittleBeforeAnythingWasSentGives500() throws {
        let response = OutgoingResponse(try .of(["content-length": "4"]))
        let body = try #require(response.body())
        respond(response)
        #expect(body.finish(nil).error == .httpResponseBodySize(0))
        #expect(recorded.text.hasPrefix("HTTP/1.1 500 "))
    }

    @Test func headMayBeAnsweredByABodyThatIsFinishedAlready() throws {
        for (method, answer) in [
            ("HEAD", "HTTP/1.1 200 OK|content-length: 4||"), ("GET", "HTTP/1.1 500 Internal Server Error|"),
        ] {
            let recorded = try RecordedExchange("\(method) / HTTP/1.1\r\nhost: a\r\n\r\n")
            let exchange = try recorded.exchange()
            let response = OutgoingResponse(try .of(["content-length": "4"]))
            let body = try #require(response.body())
            #expect(body.finish(nil).error == .httpResponseBodySize(0))
            ResponseOutparam(exchange).set(.success(response))
            #expect(recorded.text.hasPrefix(answer))
        }
    }

    @Test func aLengthWithoutABodyIsKeptToHead() throws {
        for (method, answer) in [
            ("HEAD", "HTTP/1.1 200 OK|content-length: 4||"), ("GET", "HTTP/1.1 500 Internal Server Error|"),
        ] {
            let recorded = try RecordedExchange("\(method) / HTTP/1.1\r\nhost: a\r\n\r\n")
            let exchange = try recorded.exchange()
            ResponseOutparam(exchange).set(.success(OutgoingResponse(try .of(["content-length": "4"]))))
            #expect(recorded.text.hasPrefix(answer))
        }
    }

    @Test(arguments: [100, 101, 103, 199]) func noResponseEndsWithAnInformationalStatus(code: UInt16) {
        #expect(!OutgoingResponse(Fields()).setStatusCode(code))
    }

    @Test func headIsAnsweredWithoutContent() throws {
        let recorded = try RecordedExchange("HEAD / HTTP/1.1\r\nhost: a\r\n\r\n")
        let exchange = try recorded.exchange()
        let response = OutgoingResponse(try .of(["content-length": "4"]))
        let body = try #require(response.body())
        ResponseOutparam(exchange).set(.success(response))
        #expect(body.finish(nil).error == nil)
        #expect(recorded.text == "HTTP/1.1 200 OK|content-length: 4||")
    }

    @Test(arguments: [204, 304])
    func aStatusWithoutContentHasNone(code: UInt16) throws {
        let response = OutgoingResponse(Fields())
        #expect(response.setStatusCode(code))
        let body = try #require(response.body())
        respond(response)
        #expect(try #require(body.write()).put("a").streamError == nil)
        #expect(body.finish(nil).error == nil)
        #expect(!recorded.text.contains("content-length"))
        #expect(recorded.text.hasSuffix("||"))
    }

    // MARK: Backpressure

    @Test func aSlowClientStopsItsGuest() throws {
        let response = OutgoingResponse(Fields())
        let body = try #require(response.body())
        respond(response)
        let stream = try #require(body.write())
        var total = 0
        let block = String(repeating: "x", count: 4_096)
        while case .success(let room) = stream.checkWrite(), room > 0 {
            #expect(try stream.put(String(block.prefix(Int(room)))).streamError == nil)
            total += min(4_096, Int(room))
        }
        #expect(total > 48 << 10)
        #expect(total < 96 << 10)
        #expect(!stream.isReady)
        let task = try recorded.task { (task) throws(Trap) in try task.block(on: stream.subscribe())
        }
        task.start()
        #expect(!task.hasEnded)
        recorded.deliver()
        recorded.loop.turn(atMost: 0)
        #expect(task.hasEnded)
        #expect(body.finish(nil).error == nil)
        #expect(recorded.text.filter { $0 == "x" }.count == total)
    }

    @Test func aBodyIsNotReadyBeforeItsResponseIsSet() throws {
        let response = OutgoingResponse(Fields())
        let body = try #require(response.body())
        let stream = try #require(body.write())
        while case .success(let room) = stream.checkWrite(), room > 0 {
            _ = try stream.put(String(repeating: "x", count: Int(room)))
        }
        let task = try recorded.task { (task) throws(Trap) in try task.block(on: stream.subscribe())
        }
        task.start()
        #expect(!task.hasEnded)
        respond(response)
        recorded.loop.turn(atMost: 0)
        #expect(task.hasEnded)
        #expect(body.finish(nil).error == nil)
        #expect(recorded.text.filter { $0 == "x" }.count == WASIHTTPLimits.heldBytes)
    }

    @Test func writingMoreThanIsPermittedTraps() throws {
        let body = try #require(OutgoingResponse(Fields()).body())
        let stream = try #require(body.write())
        _ = stream.checkWrite()
        let bytes = [UInt8](repeating: 0, count: WASIHTTPLimits.heldBytes + 1)
        #expect(throws: Trap.self) { unsafe try stream.write(bytes.span.bytes).get() }
    }

    @Test func aClientThatVanishesEndsTheStream() throws {
        let response = OutgoingResponse(Fields())
        let body = try #require(response.body())
        respond(response)
        let stream = try #require(body.write())
        #expect(try stream.put("a").streamError == nil)
        recorded.close()
        #expect(stream.isReady)
        #expect(try stream.put("b").streamError == "connectionTerminated")
        #expect(body.finish(nil).error == nil)
    }

    // MARK: Outparams

    @Test func informationalResponsesComeFirst() throws {
        let outparam = ResponseOutparam(exchange)
        #expect(outparam.sendInformational(103, try .of(["link": "</a>"])).error == nil)
        #expect(outparam.sendInformational(200, Fields()).error == .httpProtocolError)
        #expect(outparam.sendInformational(99, Fields()).error == .httpProtocolError)
        outparam.set(.success(OutgoingResponse(Fields())))
        #expect(
            recorded.text
                == "HTTP/1.1 103 Early Hints|link: </a>||HTTP/1.1 200 OK|content-length: 0||"
        )
    }

    @Test(arguments: [
        (ErrorCode.internalError("secret"), 500), (.httpRequestBodySize(nil), 413),
        (.connectionRefused, 502), (.dnsTimeout, 504), (.httpRequestDenied, 403),
        (.loopDetected, 508), (.connectionLimitReached, 503), (.httpRequestURITooLong, 414),
    ])
    func anErrorBecomesAStatus(error: ErrorCode, code: Int) throws {
        ResponseOutparam(exchange).set(.failure(error))
        #expect(recorded.text.hasPrefix("HTTP/1.1 \(code) "))
        #expect(!recorded.text.contains("secret"))
    }

    @Test func onlyTheFirstAnswerCounts() throws {
        respond(OutgoingResponse(Fields()))
        ResponseOutparam(exchange).set(.failure(.internalError(nil)))
        exchange.fail(.gatewayTimeout)
        #expect(recorded.text == "HTTP/1.1 200 OK|content-length: 0||")
    }

    @Test func aGuestThatFailsIsAnsweredForOrCut() throws {
        exchange.fail(.gatewayTimeout, try FieldLines(["retry-after": "1"]))
        #expect(
            recorded.text
                == "HTTP/1.1 504 Gateway Timeout|retry-after: 1|content-type: text/plain|"
                + "content-length: 16||Gateway Timeout\n"
        )
        #expect(exchange.isOver)
    }
}
