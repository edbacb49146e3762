import HTTP
import Reactor
import Testing
import WASI

@testable import WASIHTTP

/// What a client sees of a guest, whatever that does: wasi:http/incoming-handler
@Suite struct IncomingHandlerTests {
    private let loop: EventLoop

    init() throws { loop = try EventLoop() }

    private func get(_ path: String, _ guest: ServedGuest) throws -> RecordedExchange {
        try RecordedExchange(
            "GET \(path) HTTP/1.1\r\nhost: a\r\n\r\n",
            on: loop,
            handler: guest.handler
        )
    }

    private func answer(_ path: String, _ guest: ServedGuest) throws -> String {
        try get(path, guest).turn { !$0.isEmpty && !$0.hasPrefix("HTTP/1.1 1") }
    }

    @Test func anAnswerIsSentAtOnceAndWhole() throws {
        let guest = try ServedGuest(on: loop)
        let recorded = try get("/hello", guest)
        #expect(recorded.text == "HTTP/1.1 200 OK|content-length: 16||hello from text\n")
        #expect(guest.log.lines.isEmpty)
    }

    @Test func theGuestSeesPathAndFields() throws {
        let guest = try ServedGuest(on: loop)
        #expect(try answer("/path/b?c=d%20e", guest).hasSuffix("||/path/b?c=d%20e"))
        let recorded = try RecordedExchange(
            "GET /fields HTTP/1.1\r\nHost: x\r\nX-A: 1\r\nConnection: close\r\nx-b: \r\nX-A: 2\r\n\r\n",
            on: loop,
            handler: guest.handler
        )
        #expect(recorded.text.hasSuffix("||host=x\nx-a=1\nx-b=\nx-a=2\n"))
    }

    @Test func aBodyIsEchoedAsItComes() throws {
        let guest = try ServedGuest(on: loop)
        let recorded = try RecordedExchange(
            "POST /echo HTTP/1.1\r\nhost: a\r\ncontent-length: 6\r\n\r\nabc",
            on: loop,
            handler: guest.handler
        )
        #expect(
            recorded.turn { $0.contains("abc") }
                == "HTTP/1.1 200 OK|transfer-encoding: chunked||3|abc|"
        )
        recorded.receive("def")
        #expect(recorded.turn { $0.hasSuffix("0||") }.hasSuffix("|3|abc|3|def|0||"))
    }

    @Test func aTrapIs500AndIsLoggedWithItsBacktrace() throws {
        let guest = try ServedGuest(on: loop)
        #expect(try answer("/trap", guest).hasPrefix("HTTP/1.1 500 Internal Server Error|"))
        #expect(guest.log.lines.count == 1)
        #expect(guest.log.text.hasPrefix("routes \(guest.firstRequest): trap: unreachable\n    0: "))
        #expect(try answer("/hello", guest).hasPrefix("HTTP/1.1 200 "))
    }

    @Test func aTrapAfterTheHeadBreaksTheResponse() throws {
        let guest = try ServedGuest(on: loop)
        let recorded = try get("/xcut", guest)
        #expect(recorded.text.hasPrefix("HTTP/1.1 200 OK|transfer-encoding: chunked|"))
        #expect(!recorded.text.hasSuffix("0||"))
        #expect(recorded.engine.isClosing)
        #expect(guest.log.text.contains("trap: unreachable"))
    }

    @Test func aBodyThatIsDroppedBreaksTheResponse() throws {
        let guest = try ServedGuest(on: loop)
        let recorded = try get("/drop", guest)
        #expect(recorded.text.hasPrefix("HTTP/1.1 200 OK|transfer-encoding: chunked|"))
        #expect(!recorded.text.hasSuffix("0||"))
        #expect(recorded.engine.isClosing)
    }

    @Test func lessThanWasDeclaredIs500WhereNothingWasSent() throws {
        let guest = try ServedGuest(on: loop)
        #expect(try answer("/length", guest).hasPrefix("HTTP/1.1 500 "))
        #expect(guest.log.text.contains("bytes where its content-length is"))
    }

    @Test func aGuestThatGivesNoAnswerIs500() throws {
        let guest = try ServedGuest(on: loop)
        #expect(try answer("/none", guest).hasPrefix("HTTP/1.1 500 "))
        #expect(guest.log.lines == ["routes \(guest.firstRequest): the guest gave no response"])
    }

    // MARK: Bounds

    @Test func aGuestWhoseTimeIsOverIs504() throws {
        let guest = try ServedGuest(on: loop) { $0.requestMilliseconds = 30 }
        #expect(try answer("/loop", guest).hasPrefix("HTTP/1.1 504 Gateway Timeout|"))
        #expect(guest.log.lines == ["routes \(guest.firstRequest): the guest was ended after 30 ms"])
        #expect(try answer("/hello", guest).hasPrefix("HTTP/1.1 200 "))
    }

    @Test func aGuestThatHasComputedEnoughIs504() throws {
        let guest = try ServedGuest(on: loop) { $0.cpuMicroseconds = 20_000 }
        #expect(try answer("/loop", guest).hasPrefix("HTTP/1.1 504 Gateway Timeout|"))
        #expect(
            guest.log.lines == ["routes \(guest.firstRequest): the guest was ended after 20000 us of processor time"]
        )
        #expect(try answer("/hello", guest).hasPrefix("HTTP/1.1 200 "))
    }

    @Test func aRequestThatDeclaresTooMuchIs413() throws {
        let guest = try ServedGuest(on: loop) { $0.content.request = 5 }
        let recorded = try RecordedExchange(
            "POST /echo HTTP/1.1\r\nhost: a\r\ncontent-length: 6\r\n\r\n",
            on: loop,
            handler: guest.handler
        )
        #expect(recorded.text.hasPrefix("HTTP/1.1 413 Content Too Large|"))
        #expect(guest.log.lines.isEmpty, "no guest was started")
    }

    @Test func aRequestThatHasTooMuchIs413AndItsGuestSeesAnError() throws {
        let guest = try ServedGuest(on: loop) { $0.content.request = 5 }
        let recorded = try RecordedExchange(
            "POST /echo HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n6\r\nabcdef\r\n",
            on: loop,
            handler: guest.handler
        )
        // The guest has answered before it reads, so that its response is broken off when it traps.
        let text = recorded.turn { _ in guest.log.lines.count >= 2 }
        #expect(!text.hasSuffix("|0||"))
        #expect(guest.log.lines.first == "routes \(guest.firstRequest): the request's body is over 5 bytes")
        #expect(guest.log.text.contains("trap: unreachable"))
    }

    @Test func aResponseThatIsTooLongIs500OrIsBrokenOff() throws {
        let short = try ServedGuest(on: loop) { $0.content.response = 15 }
        #expect(try answer("/hello", short).hasPrefix("HTTP/1.1 500 "))
        #expect(short.log.text.contains("routes \(short.firstRequest): the response's body is over 15 bytes"))
        let exact = try ServedGuest(on: loop) { $0.content.response = 16 }
        #expect(try answer("/hello", exact).hasPrefix("HTTP/1.1 200 "))
        let long = try ServedGuest(on: loop) { $0.content.response = 100_000 }
        let recorded = try get("/big", long)
        let text = recorded.turn { _ in recorded.engine.isClosing }
        #expect(text.hasPrefix("HTTP/1.1 200 OK|transfer-encoding: chunked|"))
        #expect(!text.hasSuffix("|0||"))
        #expect(long.log.text.contains("over 100000 bytes"))
    }

    @Test func whatAGuestWritesGoesToTheLogInTurnsAndNotWithoutEnd() throws {
        let guest = try ServedGuest(on: loop)
        let recorded = try get("/stdout", guest)
        let most = WASIHTTPLimits.logTurnBytes / WASIHTTPLimits.logLineBytes
        #expect(guest.log.lines.count <= most, "the rest waits for the loop's next turns")
        _ = recorded.turn { _ in guest.log.text.contains("more was written") }
        let lines = guest.log.lines
        #expect(lines.count == WASIHTTPLimits.logBytes / WASIHTTPLimits.logLineBytes + 1)
        #expect(lines.first?.hasPrefix("routes \(guest.firstRequest) stdout: /stdout\\0\\0") == true)
        #expect(lines.last == "routes \(guest.firstRequest): more was written than one request may")
        recorded.close()
        #expect(guest.handler.backlog == 0)
    }

    @Test func aGuestMayGoOnAfterItsAnswerUntilItsTimeIsOver() throws {
        let guest = try ServedGuest(on: loop) { $0.requestMilliseconds = 30 }
        let recorded = try get("/after", guest)
        #expect(recorded.text.hasSuffix("hello from text\n"))
        #expect(guest.log.lines.isEmpty)
        #expect(guest.handler.backlog == 1)
        for _ in 0..<1_000 where guest.log.lines.isEmpty { loop.turn(atMost: 1) }
        #expect(guest.log.lines == ["routes \(guest.firstRequest): the guest was ended after 30 ms"])
        #expect(guest.handler.backlog == 0)
    }

    @Test func aGuestThatComputesLetsOthersRun() throws {
        let guest = try ServedGuest(on: loop) { $0.requestMilliseconds = 10_000 }
        let slow = try get("/loop", guest)
        #expect(guest.handler.backlog == 1)
        #expect(try answer("/hello", guest).hasSuffix("hello from text\n"))
        slow.close()
        #expect(guest.handler.backlog == 0)
    }

    @Test func aClientThatVanishesEndsItsGuest() throws {
        let guest = try ServedGuest(on: loop) { $0.instances = 1 }
        let waiting = try RecordedExchange(
            "POST /echo HTTP/1.1\r\nhost: a\r\ncontent-length: 6\r\n\r\n",
            on: loop,
            handler: guest.handler
        )
        #expect(waiting.text.hasPrefix("HTTP/1.1 200 ") || waiting.text.isEmpty)
        let next = try get("/hello", guest)
        #expect(next.text.isEmpty)
        waiting.close()
        #expect(next.turn { !$0.isEmpty }.hasSuffix("hello from text\n"))
        #expect(guest.log.lines.isEmpty)
    }

    @Test func memoryHasABound() throws {
        let guest = try ServedGuest(on: loop) { $0.memoryBytes = 10 * 65_536 + 4_096 }
        #expect(try answer("/grow", guest).hasSuffix("||10"))
        #expect(try answer("/grow", guest).hasSuffix("||10"))
    }

    @Test func handlesHaveABound() throws {
        let guest = try ServedGuest(on: loop) { $0.memoryBytes = 64 << 20 }
        #expect(try answer("/many", guest).hasPrefix("HTTP/1.1 500 "))
        #expect(guest.log.text.contains("there are more than \(WASILimits.resources) resources"))
        #expect(try answer("/hello", guest).hasPrefix("HTTP/1.1 200 "))
    }

    @Test func whatTheHostHoldsCountsAsMemory() throws {
        let guest = try ServedGuest(on: loop) { $0.memoryBytes = 10 * 65_536 + 4_096 }
        for _ in 0..<3 {
            // The guest's three pages, seven more in resources, and the allowance.
            #expect(try answer("/many", guest).hasPrefix("HTTP/1.1 500 "))
            // Nothing of it is left for the next request.
            #expect(try answer("/grow", guest).hasSuffix("||10"))
        }
        #expect(guest.log.text.contains("the memory limit is reached by what the host holds for the guest"))
    }

    // MARK: Instances

    @Test func anInstanceIsAsNewForEachRequest() throws {
        let guest = try ServedGuest(on: loop)
        for _ in 0..<3 { #expect(try answer("/count", guest).hasSuffix("||1")) }
        let fresh = try ServedGuest(on: loop) { $0.policy = .fresh }
        for _ in 0..<3 { #expect(try answer("/count", fresh).hasSuffix("||1")) }
    }

    @Test func anInstanceThatIsUsedAgainKeepsItsStateUntilItTraps() throws {
        let guest = try ServedGuest(on: loop) { $0.policy = .reuse }
        for count in 1...3 { #expect(try answer("/count", guest).hasSuffix("||\(count)")) }
        #expect(try answer("/trap", guest).hasPrefix("HTTP/1.1 500 "))
        #expect(try answer("/count", guest).hasSuffix("||1"))
    }

    @Test func whatAnInstanceThatIsUsedAgainWritesIsOfTheRequest() throws {
        let guest = try ServedGuest(on: loop) { $0.policy = .reuse }
        for number in 1...3 {
            let recorded = try get("/stdout", guest)
            let id = RequestID(loop: 0, number: UInt64(number))
            let end = "routes \(id): more was written than one request may"
            _ = recorded.turn { _ in guest.log.lines.last == end }
            #expect(guest.log.lines.count == number * (WASIHTTPLimits.logBytes / WASIHTTPLimits.logLineBytes + 1))
            recorded.close()
        }
    }

    @Test func requestsWaitForAnInstance() throws {
        let guest = try ServedGuest(on: loop) {
            $0.instances = 1
            $0.queued = 1
        }
        let first = try RecordedExchange(
            "POST /echo HTTP/1.1\r\nhost: a\r\ncontent-length: 1\r\n\r\n",
            on: loop,
            handler: guest.handler
        )
        let second = try get("/hello", guest)
        let third = try get("/hello", guest)
        #expect(third.text.hasPrefix("HTTP/1.1 503 Service Unavailable|retry-after: 1|"))
        #expect(second.text.isEmpty)
        first.receive("x")
        #expect(second.turn { !$0.isEmpty }.hasPrefix("HTTP/1.1 200 "))
        #expect(first.text.hasSuffix("1|x|0||") || first.text.hasSuffix("||x"))
    }

    @Test func aRequestDoesNotWaitForEver() throws {
        let guest = try ServedGuest(on: loop) {
            $0.instances = 1
            $0.queueMilliseconds = 20
        }
        let first = try RecordedExchange(
            "POST /echo HTTP/1.1\r\nhost: a\r\ncontent-length: 1\r\n\r\n",
            on: loop,
            handler: guest.handler
        )
        let second = try get("/hello", guest)
        #expect(second.turn { !$0.isEmpty }.hasPrefix("HTTP/1.1 503 "))
        first.close()
        #expect(try answer("/hello", guest).hasPrefix("HTTP/1.1 200 "))
    }

    @Test func aClientThatVanishesWhileItWaitsIsForgotten() throws {
        let guest = try ServedGuest(on: loop) { $0.instances = 1 }
        let first = try RecordedExchange(
            "POST /echo HTTP/1.1\r\nhost: a\r\ncontent-length: 1\r\n\r\n",
            on: loop,
            handler: guest.handler
        )
        let second = try get("/hello", guest)
        let third = try get("/hello", guest)
        second.close()
        first.receive("x")
        #expect(third.turn { !$0.isEmpty }.hasPrefix("HTTP/1.1 200 "))
        #expect(second.text.isEmpty)
    }

    @Test func aShutdownEndsAllGuests() throws {
        let guest = try ServedGuest(on: loop) { $0.instances = 1 }
        let first = try get("/loop", guest)
        let second = try get("/hello", guest)
        guest.handler.shutdown()
        #expect(first.text.hasPrefix("HTTP/1.1 503 "))
        #expect(second.text.hasPrefix("HTTP/1.1 503 "))
        #expect(guest.handler.backlog == 0)
    }

    // MARK: Streams

    @Test func aSlowClientStopsItsGuest() throws {
        let guest = try ServedGuest(on: loop)
        let recorded = try get("/big", guest)
        for _ in 0..<10 { loop.turn(atMost: 0) }
        #expect(recorded.output.queue.count < 128 << 10)
        var turns = 0
        while recorded.ended == 0, turns < 1_000 {
            recorded.deliver()
            loop.turn(atMost: 0)
            turns += 1
        }
        recorded.deliver()
        #expect(recorded.ended == 1)
        #expect(recorded.written.count > 4 << 20)
    }

    @Test func aBodyThatHasComeCanBeReadAfterTheAnswer() throws {
        let guest = try ServedGuest(on: loop)
        let recorded = try RecordedExchange(
            "POST /post HTTP/1.1\r\nhost: a\r\ncontent-length: 3\r\n\r\nabc",
            on: loop,
            handler: guest.handler
        )
        #expect(recorded.turn { !$0.isEmpty }.hasSuffix("hello from text\n"))
        #expect(guest.log.lines.isEmpty)
    }
}
