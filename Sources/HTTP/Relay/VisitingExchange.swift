/// The transport of an exchange whose connection belongs to another loop: what a handler does with
/// the exchange becomes messages, what comes back is told to its observer.
///
/// Belongs to the loop of the handler. It holds at most `Limits.requestBuffer` of a request body, and
/// sends at most `Limits.responseBuffer` of a response ahead of what the connection has taken.
package final class VisitingExchange: ExchangeTransport {
    /// What the handler is given.
    package let exchange: Exchange
    private let send: (RelayedResponse) -> Void
    private let ended: () -> Void
    private var body: ByteQueue
    private let window: Int
    /// Bytes of the body that have been asked for and have not been read.
    private var granted = 0
    private var isBodyDone = false
    private var trailers = Fields()
    private var credit: Int

    /// An exchange for a request of another loop. `send` brings a message to that loop; `ended` is
    /// called once when the exchange is over.
    package init(
        _ request: RequestHead,
        _ peer: Peer,
        _ context: ProtocolContext,
        send: @escaping (RelayedResponse) -> Void,
        ended: @escaping () -> Void
    ) {
        exchange = Exchange()
        self.send = send
        self.ended = ended
        body = ByteQueue(context.pool)
        window = context.limits.requestBuffer
        credit = context.limits.responseBuffer
        exchange.request = request
        exchange.peer = peer
        exchange.began = context.now
        exchange.transport = self
    }

    /// Takes what the connection's loop says.
    package func receive(_ message: RelayedRequest) {
        guard !exchange.isOver else { return }
        switch message {
        case .body(let bytes):
            body.append(bytes)
            exchange.becameReadable()
        case .bodyEnded(let trailers):
            self.trailers = trailers
            isBodyDone = true
            exchange.becameReadable()
        case .room(let count):
            credit += count
            exchange.becameWritable()
        case .cancelled(let reason):
            exchange.cancel(reason)
            ended()
        }
    }

    func readBody(_ exchange: Exchange, _ take: (RawSpan) -> Int) -> BodyRead {
        if body.isEmpty {
            guard !isBodyDone else {
                exchange.trailers = trailers
                return .ended
            }
            grant()
            return .pending
        }
        let taken = body.withSpan { take($0) }
        body.consume(taken)
        granted -= taken
        if granted <= window / 2 && !isBodyDone { grant() }
        return .taken(taken)
    }

    /// Asks for as much of the body as there is room for.
    private func grant() {
        guard granted < window else { return }
        send(.wantsBody(window - granted))
        granted = window
    }

    func inform(_ exchange: Exchange, _ status: Status, _ fields: Fields) {
        send(.inform(status, fields))
    }

    func respond(_ exchange: Exchange, _ head: ResponseHead, _ content: RawSpan, ends: Bool) {
        exchange.status = head.status.code
        exchange.stage = .streaming
        if exchange.handling.request != nil { send(.handled(exchange.handling)) }
        guard ends else { return send(.respond(head)) }
        exchange.bytesSent = UInt64(content.byteCount)
        send(.respondWhole(head, content.bytes))
        close(.finished)
    }

    func room(_ exchange: Exchange) -> Int { credit }

    func write(_ exchange: Exchange, _ bytes: RawSpan) -> Int {
        let count = min(credit, bytes.byteCount)
        guard count > 0 else { return 0 }
        credit -= count
        exchange.bytesSent += UInt64(count)
        send(.write(bytes.extracting(0..<count).bytes))
        return count
    }

    func finish(_ exchange: Exchange, _ trailers: Fields?) {
        send(.finish(trailers))
        close(.finished)
    }

    func abort(_ exchange: Exchange) {
        send(.abort)
        if exchange.stage == .waiting {
            exchange.status = Status.internalServerError.code
            return close(.finished)
        }
        exchange.cancel(.aborted)
        ended()
    }

    private func close(_ stage: Exchange.Stage) {
        exchange.stage = stage
        exchange.observer = nil
        exchange.transport = nil
        body.removeAll()
        ended()
    }
}

extension RawSpan {
    /// A copy of the bytes.
    fileprivate var bytes: [UInt8] { unsafe withUnsafeBytes { unsafe Array($0) } }
}
