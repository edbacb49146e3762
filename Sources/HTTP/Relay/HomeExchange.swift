/// An exchange that is answered by another loop, as its own loop sees it: reads the request body as
/// far as the other side has room for it, and does what the other side says.
///
/// Belongs to the loop of the exchange. What it holds of a response is at most what the other side may
/// send ahead, `Limits.responseBuffer`.
package final class HomeExchange: ExchangeObserver {
    private let exchange: Exchange
    private let send: (RelayedRequest) -> Void
    private let ended: () -> Void
    /// Response bytes that the exchange has not taken yet.
    private var waiting: ByteQueue
    /// Bytes of the request body that the other side has room for.
    private var credit = 0
    private var isBodyDone = false
    /// The trailers, if any, that end the response once all that waits has been taken.
    private var ending: Fields??
    private var isOver = false

    /// Takes over `exchange`, which nobody has answered yet. `send` brings a message to the other
    /// side, `ended` is called once when nothing more will be sent or is expected.
    package init(
        _ exchange: Exchange,
        _ pool: BufferPool,
        send: @escaping (RelayedRequest) -> Void,
        ended: @escaping () -> Void
    ) {
        self.exchange = exchange
        self.send = send
        self.ended = ended
        waiting = ByteQueue(pool)
        exchange.observer = self
    }

    /// Does what the other side says.
    package func receive(_ message: RelayedResponse) {
        guard !isOver else { return }
        switch message {
        case .wantsBody(let count):
            credit += count
            readBody()
        case .inform(let status, let fields): exchange.inform(status, fields)
        case .handled(let handling): exchange.handling = handling
        case .respond(let head): exchange.respond(head)
        case .respondWhole(let head, let content):
            exchange.respond(head, content: content)
            close()
        case .write(let bytes):
            waiting.append(bytes)
            writeOut()
        case .finish(let trailers):
            ending = .some(trailers)
            writeOut()
        case .abort:
            exchange.abort()
            close()
        }
    }

    private func close() {
        guard !isOver else { return }
        isOver = true
        waiting.removeAll()
        ended()
    }

    private func readBody() {
        while credit > 0 && !isBodyDone {
            var bytes: [UInt8] = []
            let read = exchange.readBody { span in
                let count = min(credit, span.byteCount)
                unsafe span.extracting(0..<count).withUnsafeBytes {
                    unsafe bytes.append(contentsOf: $0)
                }
                return count
            }
            switch read {
            case .taken:
                credit -= bytes.count
                send(.body(bytes))
            case .pending, .cancelled: return
            case .ended:
                isBodyDone = true
                send(.bodyEnded(exchange.trailers))
            }
        }
    }

    private func writeOut() {
        while !waiting.isEmpty {
            let taken = waiting.withSpan { exchange.write($0) }
            guard taken > 0 else { return }
            waiting.consume(taken)
            send(.room(taken))
        }
        guard let trailers = ending else { return }
        exchange.finish(trailers)
        close()
    }

    package func exchangeReadable(_ exchange: Exchange) { readBody() }

    package func exchangeWritable(_ exchange: Exchange) { writeOut() }

    package func exchangeCancelled(_ exchange: Exchange, _ reason: Cancellation) {
        guard !isOver else { return }
        send(.cancelled(reason))
        close()
    }
}
