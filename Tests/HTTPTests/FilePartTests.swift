import Testing

@testable import HTTP

/// Parts of files in the place of bytes: who takes them, and that they are let go in the end.
@Suite struct FilePartTests {
    private static let get = "GET / HTTP/1.1\r\nHost: a\r\n\r\n"

    private final class Owner {}

    /// A connection whose handler answers with a part of ten bytes; and whether that was taken.
    private final class Answering {
        let connection: RecordingConnection
        weak var owner: Owner?
        var taken: [Bool] = []
        var exchange: Exchange?

        init(http2: Bool = false, takesFiles: Bool = true, declares length: String? = "10") {
            connection = RecordingConnection(http2: http2)
            connection.output.takesFiles = takesFiles
            connection.handler = { [unowned self] exchange in
                self.exchange = exchange
                let owner = Owner()
                self.owner = owner
                let fields = length.flatMap { try? Fields(["content-length": $0]) } ?? Fields()
                exchange.respond(ResponseHead(.ok, fields))
                taken.append(
                    exchange.sendFile(FilePart(owner, descriptor: 7, offset: 5, length: 10)))
            }
        }

        /// Sends some of the part, as the connection does.
        func send(_ count: Int) {
            connection.output.file?.consume(count)
            if connection.output.file?.length == 0 { connection.output.file = nil }
            connection.engine.outputDrained()
            connection.engine.produce()
        }
    }

    @Test func aPartEndsTheExchangeWhenAllIsSent() throws {
        let answering = Answering()
        let connection = answering.connection
        connection.receive(Self.get + Self.get)
        #expect(answering.taken == [true] && connection.ended == 0)
        #expect(!connection.engine.wantsInput && answering.owner != nil && !connection.output.isEmpty)
        let exchange = try #require(answering.exchange)
        // What is said after the file changes nothing.
        #expect(exchange.write(Array("more".utf8)) == 0)
        exchange.finish()
        #expect(!exchange.sendFile(FilePart(answering, descriptor: 8, offset: 0, length: 10)))
        answering.send(4)
        #expect(connection.output.file?.offset == 9 && connection.output.file?.length == 6)
        #expect(exchange.bytesSent == 4 && connection.ended == 0)
        answering.send(6)
        #expect(exchange.bytesSent == 10 && connection.ended == 1 && answering.owner == nil)
        connection.receive("")
        #expect(answering.taken == [true, true] && connection.statuses == [200, 200])
    }

    @Test func whoCannotSendItSaysSo() {
        for (answering, request) in [
            (Answering(takesFiles: false), Self.get), (Answering(declares: "11"), Self.get),
            (Answering(declares: nil), Self.get), (Answering(), "HEAD / HTTP/1.1\r\nHost: a\r\n\r\n"),
            (Answering(declares: nil), "GET / HTTP/1.0\r\n\r\n"),
        ] {
            answering.connection.receive(request)
            #expect(answering.taken == [false] && answering.connection.output.file == nil)
            #expect(answering.owner == nil)
        }
    }

    @Test func aBrokenExchangeLetsItGo() throws {
        let endings: [(Answering) -> Void] = [
            { $0.exchange?.abort() }, { $0.connection.engine.connectionLost(.clientGone) },
            { $0.connection.engine.connectionLost(.timedOut) },
        ]
        for (index, ends) in endings.enumerated() {
            let answering = Answering()
            answering.connection.receive(Self.get)
            answering.send(3)
            ends(answering)
            #expect(answering.connection.output.isEmpty && answering.owner == nil, "\(index)")
            #expect(answering.connection.engine.isClosing && answering.connection.ended == 1)
        }
    }

    @Test func aPartIsNeverMoreThanItIs() {
        var part = FilePart(Owner(), descriptor: 0, offset: .max - 5, length: 5)
        part.consume(-1)
        #expect(part.length == 5)
        part.consume(.max)
        #expect(part.length == 0 && part.offset == .max)
    }
}
