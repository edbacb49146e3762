// Unsafe here: bytes of a span appended to an array, and arrays seen as raw bytes.
import HTTP
import Reactor
import WASI

/// An exchange as the guest has it that answers it: the request's body is read from it, the response is
/// sent to it.
///
/// The server uses an exchange again once it is over, so it is let go then; what the guest still holds
/// goes on without it. It belongs to its loop's thread.
package final class GuestExchange {
    /// Nil once the exchange is over.
    private var exchange: Exchange?
    private let loop: EventLoop
    private let limits: ContentLimits
    /// Called if a body is over its limit.
    package var exceeded: ((OutgoingBody.Message) -> Void)?
    /// Called once if the exchange ends before the response is complete.
    package var cancelled: ((HTTP.Cancellation) -> Void)?
    /// The request whose guest this is for; none once the exchange is over.
    var request: GuestRequest?

    /// The request's head, kept for a guest that holds it when the exchange is over.
    private var savedHead: RequestHead?
    /// Resources by which the guest can ask for the request's head or read its body.
    var holders = 0
    private var requestContent: RequestContent?

    /// The head of the response, from when it is known until it is sent.
    private var responseHead: ResponseHead?
    private var isAnswered = false
    /// The body whose beginning is held back.
    private var body: OutgoingBody?
    /// Content that the exchange has not taken yet, and what ends the response after it.
    private var outbox: [UInt8] = []
    private var outboxEnd: FieldLines??
    package private(set) var failure: ErrorCode?
    private var writers = Waiters()

    /// Takes an exchange over that nobody has answered yet.
    package init(_ exchange: Exchange, on loop: EventLoop, limits: ContentLimits = ContentLimits()) {
        self.limits = limits
        self.exchange = exchange
        self.loop = loop
        exchange.observer = self
    }

    /// The request's head; an empty one where the exchange was over and nobody held it.
    package var head: RequestHead { exchange?.request ?? savedHead ?? RequestHead() }

    /// What the request's body is read from.
    func content() -> any IncomingContent {
        if let requestContent { return requestContent }
        guard let exchange else { return RequestContent(failure ?? .connectionTerminated) }
        let content = RequestContent(exchange, limit: limits.request) { [unowned self] in
            exceeded?(.request)
            if !isAnswered { fail(.contentTooLarge) }
        }
        requestContent = content
        return content
    }

    /// Whether the exchange is over.
    package var isOver: Bool { exchange == nil }

    /// Whether the guest has given a response, or can give none any more.
    package var hasAnswer: Bool { isAnswered || isOver }

    // MARK: Answers

    /// Sends an informational response.
    func inform(_ status: Status, _ fields: FieldLines) {
        guard !isAnswered else { return }
        exchange?.inform(status, fields)
    }

    /// Sends the guest's response: its head at the end of the loop's turn at the latest, its body as it is
    /// written.
    func respond(_ response: OutgoingResponse) {
        guard !hasAnswer else { return }
        isAnswered = true
        responseHead = response.head
        guard let body = response.outgoingBody else {
            if let declared = response.declaredLength, declared > 0, mayHaveContent {
                request?.droppedBody((declared, 0))
                return fail(.internalServerError)
            }
            let nothing: [UInt8] = []
            return unsafe sendWhole(nothing.span.bytes)
        }
        self.body = body
        body.send(to: self)
        if isOver { self.body = nil } else { loop.runAtEndOfTurn(self) }
    }

    /// Answers in the place of the guest, which has failed: with this status where nothing was sent yet;
    /// otherwise the client sees that the response is broken.
    package func fail(_ status: Status, _ fields: FieldLines = FieldLines()) {
        let request = request
        guard let exchange = leave(.connectionTerminated) else { return }
        guard exchange.stage == .waiting else { return exchange.abort() }
        if let request { request.answer(exchange, status, fields) } else { exchange.respond(status, fields) }
    }

    /// Ends the guest's use of the exchange; gives the exchange if it was not over.
    private func leave(_ reason: ErrorCode) -> Exchange? {
        guard let exchange else { return nil }
        if holders > 0 {
            savedHead = exchange.request
            _ = content()
        }
        requestContent?.leave(reason, keepsRest: holders > 0)
        exchange.observer = nil
        self.exchange = nil
        request = nil
        body = nil
        responseHead = nil
        outbox = []
        cancelled = nil
        exceeded = nil
        writers.wake()
        return exchange
    }
}

@available(*, unavailable)
extension GuestExchange: Sendable {}

extension Exchange {
    /// Answers with a status and its phrase.
    package func respond(_ status: Status, _ fields: FieldLines) {
        var head = ResponseHead(status, fields)
        try? head.fields.append("content-type", "text/plain")
        respond(head, content: Array("\(status.phrase)\n".utf8))
    }
}

extension GuestExchange: ExchangeObserver {
    package func exchangeReadable(_ exchange: Exchange) { requestContent?.becameReadable() }

    package func exchangeWritable(_ exchange: Exchange) {
        drain()
        if room > 0 { writers.wake() }
    }

    package func exchangeCancelled(_ exchange: Exchange, _ reason: HTTP.Cancellation) {
        let cancelled = self.cancelled
        let error = ErrorCode(reason)
        failure = error
        _ = leave(error)
        cancelled?(reason)
    }
}

extension GuestExchange: Watcher {
    package func ready(_ readiness: Readiness) {}

    /// Sends what the guest's response holds back.
    package func turnEnds() {
        body?.release()
        body = nil
    }
}

// MARK: The response's content

extension GuestExchange: OutgoingContent {
    package var mayHaveContent: Bool {
        guard let exchange else { return false }
        return responseHead.map { exchange.mayHaveContent($0.status) }
            ?? (exchange.request.method != .head)
    }

    package func begin() {
        guard var head = responseHead, let exchange else { return }
        responseHead = nil
        request?.answers(exchange, &head)
        exchange.respond(head)
    }

    package func sendWhole(_ bytes: RawSpan) {
        let request = request
        guard var head = responseHead, let exchange = leave(.connectionTerminated) else { return }
        request?.answers(exchange, &head)
        exchange.respond(head, content: bytes)
    }

    package var room: Int { outbox.isEmpty ? exchange?.room ?? 0 : 0 }

    package func write(_ bytes: RawSpan) {
        guard let exchange else { return }
        let taken = outbox.isEmpty ? exchange.write(bytes) : 0
        guard taken < bytes.byteCount else { return }
        exchange.waitForRoom()
        let rest = bytes.extracting(droppingFirst: taken)
        unsafe rest.withUnsafeBytes { unsafe outbox.append(contentsOf: $0) }
    }

    /// Sends what the exchange had no room for.
    private func drain() {
        guard let exchange, !outbox.isEmpty else { return }
        outbox.removeFirst(exchange.write(outbox))
        guard outbox.isEmpty else { return }
        if let trailers = outboxEnd { leave(.connectionTerminated)?.finish(trailers) }
    }

    package func finish(_ trailers: FieldLines?) {
        guard outbox.isEmpty else {
            outboxEnd = .some(trailers)
            return
        }
        leave(.connectionTerminated)?.finish(trailers)
    }

    package func abort() {
        request?.droppedBody(body?.mismatch)
        fail(.internalServerError)
    }

    package var contentLimit: UInt64 { limits.response }

    package func exceed() {
        exceeded?(.response)
        failure = .httpResponseBodySize(limits.response)
        fail(.internalServerError)
    }

    package var isReady: Bool { room > 0 || isOver }

    package func await(_ task: GuestTask) {
        exchange?.waitForRoom()
        writers.add(task)
    }

    package func forget(_ task: GuestTask) { writers.remove(task) }
}
