import Testing

@testable import HTTP

/// Both sides of an exchange that another loop answers, with the messages between them in queues.
private final class Relay: ExchangeObserver {
    let connection: RecordingConnection
    private(set) var visit: VisitingExchange?
    private var home: HomeExchange?
    private var toHome: [RelayedResponse] = []
    private var toVisit: [RelayedRequest] = []
    private(set) var ended = 0
    private(set) var cancelled: [Cancellation] = []
    var answer: (Exchange) -> Void = { _ in }
    /// The most response bytes that were on their way at once.
    private(set) var inFlight = 0

    init(http2: Bool = false, limits: Limits = Limits()) {
        connection = RecordingConnection(limits: limits, http2: http2)
        let away = ProtocolContext(limits)
        connection.handler = { [unowned self] exchange in
            home = HomeExchange(exchange, connection.context.pool) { [unowned self] in
                toVisit.append($0)
            } ended: { [unowned self] in
                ended += 1
            }
            let visit = VisitingExchange(exchange.request, exchange.peer, away) {
                [unowned self] in
                toHome.append($0)
            } ended: { [unowned self] in
                ended += 1
            }
            self.visit = visit
            visit.exchange.observer = self
            answer(visit.exchange)
        }
    }

    /// Brings messages to their ends until there are none.
    func settle() {
        while !toHome.isEmpty || !toVisit.isEmpty {
            let (answers, requests) = (toHome, toVisit)
            (toHome, toVisit) = ([], [])
            let bytes = answers.reduce(0) {
                if case .write(let bytes) = $1 { $0 + bytes.count } else { $0 }
            }
            inFlight = max(inFlight, bytes)
            for message in answers { home?.receive(message) }
            connection.engine.produce()
            connection.takeOutput()
            connection.engine.outputDrained()
            for message in requests { visit?.receive(message) }
        }
    }

    func exchangeReadable(_ exchange: Exchange) { answer(exchange) }
    func exchangeWritable(_ exchange: Exchange) { answer(exchange) }
    func exchangeCancelled(_ exchange: Exchange, _ reason: Cancellation) {
        cancelled.append(reason)
    }
}

@Suite("Exchanges answered by another loop") struct RelayTests {
    @Test func aWholeAnswer() {
        let relay = Relay()
        relay.answer = { $0.respond(ResponseHead(.ok), content: Array("hello".utf8)) }
        relay.connection.receive("GET /a HTTP/1.1\r\nhost: h\r\n\r\n")
        relay.settle()
        #expect(relay.connection.text.hasPrefix("HTTP/1.1 200 OK\r\n"))
        #expect(relay.connection.text.hasSuffix("content-length: 5\r\n\r\nhello"))
        #expect(relay.ended == 2)
    }

    @Test func theHeadOfTheRequestIsSeen() {
        let relay = Relay()
        var path = ""
        relay.answer = {
            path = $0.request.path
            $0.abort()
        }
        relay.connection.receive("GET /there?x=1 HTTP/1.1\r\nhost: h\r\n\r\n")
        relay.settle()
        #expect(path == "/there?x=1")
        #expect(relay.connection.statuses == [500])
        #expect(relay.ended == 2)
    }

    /// A body far larger than the windows comes back as it went, and no more than a window of it is
    /// ever on its way.
    @Test func aBodyIsStreamedBothWays() {
        let relay = Relay()
        let size = 1_000_000
        var read = 0
        relay.answer = { exchange in
            if exchange.stage == .waiting { exchange.respond(ResponseHead(.ok)) }
            while exchange.room > 0 {
                let result = exchange.readBody { span in
                    let count = exchange.write(span)
                    read += count
                    return count
                }
                if result == .ended { return exchange.finish() }
                guard case .taken = result else { return }
            }
            exchange.waitForRoom()
        }
        relay.connection.receive(
            "POST /echo HTTP/1.1\r\nhost: h\r\ncontent-length: \(size)\r\n\r\n"
        )
        relay.settle()
        let block = [UInt8](repeating: 0x61, count: 10_000)
        for _ in 0..<size / block.count {
            relay.connection.receive(block[...])
            relay.settle()
        }
        #expect(read == size)
        #expect(relay.connection.written.filter { $0 == 0x61 }.count >= size)
        #expect(relay.connection.text.hasSuffix("0\r\n\r\n"))
        #expect(relay.inFlight <= Limits().responseBuffer)
        #expect(relay.ended == 2)
    }

    @Test func aClientThatGoesEndsBothSides() {
        let relay = Relay()
        relay.answer = { exchange in
            if exchange.stage == .waiting { exchange.respond(ResponseHead(.ok)) }
        }
        relay.connection.receive("GET / HTTP/1.1\r\nhost: h\r\n\r\n")
        relay.settle()
        relay.connection.engine.connectionLost(.clientGone)
        relay.settle()
        #expect(relay.cancelled == [.clientGone])
        #expect(relay.ended == 2)
        #expect(relay.visit?.exchange.write(Array("late".utf8)) == 0)
    }

    @Test func anAnswerThatIsBrokenOffIsSeenToBe() {
        let relay = Relay()
        relay.answer = { exchange in
            exchange.respond(ResponseHead(.ok))
            _ = exchange.write(Array("part".utf8))
            exchange.abort()
        }
        relay.connection.receive("GET / HTTP/1.1\r\nhost: h\r\n\r\n")
        relay.settle()
        #expect(!relay.connection.text.hasSuffix("0\r\n\r\n"))
        #expect(relay.ended == 2)
    }
}
