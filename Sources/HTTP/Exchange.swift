// Unsafe here: arrays seen as raw bytes.

/// How a handler's attempt to read a request body went.
package enum BodyRead: Equatable {
    /// This many bytes were taken.
    case taken(Int)
    /// Nothing has come yet; the observer is told when something has.
    case pending
    /// The body is over; `Exchange.trailers` holds what followed it.
    case ended
    /// The rest will not come: the exchange was cancelled.
    case cancelled
}

/// Why an exchange ended before its response did.
package enum Cancellation: Error, Equatable {
    /// The client closed, reset the stream, or vanished.
    case clientGone
    /// The client made no progress within a limit of time.
    case timedOut
    /// The body exceeded `Limits.bodyBytes`.
    case bodyTooLarge
    /// The client broke the protocol in the middle of the request.
    case malformed
    /// The server is shutting down.
    case shutdown
    /// The handler called `Exchange.abort`.
    case aborted
}

/// What a handler hears of an exchange, always on the loop of its connection and never from inside
/// a call that the handler makes.
package protocol ExchangeObserver: AnyObject {
    /// A read that was `pending` would now give bytes or the end.
    func exchangeReadable(_ exchange: Exchange)
    /// A write that took less than was offered would now take more.
    func exchangeWritable(_ exchange: Exchange)
    /// The exchange is over; no call on it has an effect any more.
    func exchangeCancelled(_ exchange: Exchange, _ reason: Cancellation)
}

/// What answers requests.
///
/// One handler serves one loop.
package protocol Handler: AnyObject {
    /// A request's head has come. Answers now, or keeps the exchange and answers later on this
    /// loop.
    func handle(_ exchange: Exchange)
    /// Requests that this handler is computing answers to and could go on with at once. A loop hands
    /// new requests to one whose handler has fewer.
    var backlog: Int { get }
    /// The loop is about to end, with no exchange in flight: what still runs is to be ended.
    func shutdown()
}

extension Handler {
    package var backlog: Int { 0 }
    package func shutdown() {}
}

/// The protocol's side of an exchange: an HTTP/1.1 connection or an HTTP/2 session.
protocol ExchangeTransport: AnyObject {
    func readBody(_ exchange: Exchange, _ take: (RawSpan) -> Int) -> BodyRead
    func inform(_ exchange: Exchange, _ status: Status, _ fields: Fields)
    func respond(_ exchange: Exchange, _ head: ResponseHead, _ content: RawSpan, ends: Bool)
    func room(_ exchange: Exchange) -> Int
    func write(_ exchange: Exchange, _ bytes: RawSpan) -> Int
    func sendFile(_ exchange: Exchange, _ part: FilePart) -> Bool
    func finish(_ exchange: Exchange, _ trailers: Fields?)
    func abort(_ exchange: Exchange)
}

extension ExchangeTransport {
    func sendFile(_ exchange: Exchange, _ part: FilePart) -> Bool { false }
}

/// One request and its response: what a handler works with.
///
/// Nothing here waits. A read that finds nothing and a write that finds no room say so, and the
/// observer is called when that changes, which is what a fiber needs to suspend and be resumed:
///
///     loop: switch exchange.readBody({ span in use(span) }) {
///         case .taken: continue loop
///         case .pending: suspend until exchangeReadable or exchangeCancelled
///         ...
///
/// A handler must end each exchange: by `respond` with a whole body, by `finish`, or by `abort`.
/// Belongs to the loop of its connection.
package final class Exchange {
    /// How far the response has come.
    package enum Stage {
        /// No head yet.
        case waiting
        /// The head is out, the body is open.
        case streaming
        /// All is said.
        case finished
        /// It ended early.
        case cancelled
    }

    /// The request.
    package var request = RequestHead()
    /// What followed the request body; complete once a read gives `ended`.
    package var trailers = Fields()
    /// How far the response has come.
    package internal(set) var stage = Stage.waiting
    /// Who hears of changes.
    package var observer: (any ExchangeObserver)?
    /// The connection that the request came on.
    package internal(set) var peer = Peer.unknown

    /// The status sent, for the access log; 0 where none was.
    package internal(set) var status: UInt16 = 0
    /// Bytes of response content accepted from the handler.
    package internal(set) var bytesSent: UInt64 = 0
    /// When the head was complete, on the context's clock.
    package internal(set) var began: UInt64 = 0
    /// Who answers, and what the time went to.
    package var handling = Handling()
    /// Whether the server counted this exchange as one in flight.
    package var isCounted = false

    var transport: (any ExchangeTransport)?
    /// The HTTP/2 stream; none in HTTP/1.1.
    var stream: HTTP2Stream?
    var wantsReadable = false
    var wantsWritable = false
    /// What remains to be written of a declared Content-Length.
    var remaining: UInt64?

    init() {}

    /// Whether the exchange has ended, in either way.
    package var isOver: Bool { stage == .finished || stage == .cancelled }

    /// Whether a response can have content: false for HEAD and for statuses without.
    package func mayHaveContent(_ status: Status) -> Bool {
        !status.forbidsContent && request.method != .head
    }

    /// Gives `take` the bytes of the request body that have come; it returns how many it used.
    ///
    /// The first read of a client that expects it sends 100 (Continue). What is not taken stays,
    /// and when enough waits the client is stopped: by TCP in HTTP/1.1, by the stream's window in
    /// HTTP/2.
    package func readBody(_ take: (RawSpan) -> Int) -> BodyRead {
        guard let transport else { return stage == .cancelled ? .cancelled : .ended }
        let read = transport.readBody(self, take)
        wantsReadable = read == .pending
        return read
    }

    /// Sends an informational response (RFC 9110 section 15.2) before the head; HTTP/1.0 gets none.
    package func inform(_ status: Status, _ fields: Fields = Fields()) {
        guard stage == .waiting, status.isInformational, status.code != 101 else { return }
        transport?.inform(self, status, fields)
    }

    /// Sends the head; the body follows by `write` and ends by `finish`.
    package func respond(_ head: ResponseHead) {
        guard stage == .waiting, !head.status.isInformational else { return }
        transport?.respond(self, head, RawSpan(), ends: false)
    }

    /// Sends the head and the whole body, and ends the exchange.
    ///
    /// Content-Length is added. Meant for bodies of at most some buffers: all of it is kept until
    /// it is sent.
    package func respond(_ head: ResponseHead, content: RawSpan) {
        guard stage == .waiting, !head.status.isInformational else { return }
        transport?.respond(self, head, content, ends: true)
    }

    /// Sends the head and the whole body, and ends the exchange.
    package func respond(_ head: ResponseHead, content: [UInt8]) {
        unsafe respond(head, content: content.span.bytes)
    }

    /// The bytes that `write` would take now.
    package var room: Int {
        guard stage == .streaming, let transport else { return 0 }
        return transport.room(self)
    }

    /// Takes the first bytes of `bytes` into the response body and returns how many.
    ///
    /// Where that is less than all, the observer is told when there is room again. Bytes beyond a
    /// declared Content-Length, and the content of an answer to HEAD, are taken and dropped.
    package func write(_ bytes: RawSpan) -> Int {
        guard stage == .streaming, let transport else { return 0 }
        let taken = transport.write(self, bytes)
        if taken < bytes.byteCount { wantsWritable = true }
        return taken
    }

    /// Takes the first bytes of `bytes` into the response body and returns how many.
    package func write(_ bytes: [UInt8]) -> Int { unsafe write(bytes.span.bytes) }

    /// Sends a part of a file as the rest of the body, and ends the exchange when all of it is out.
    ///
    /// False where the connection cannot, and bytes are to be written instead: in HTTP/2 and TLS, for
    /// chunks, and where the declared Content-Length leaves another number of bytes.
    package func sendFile(_ part: FilePart) -> Bool {
        guard stage == .streaming, part.length > 0, let transport else { return false }
        return transport.sendFile(self, part)
    }

    /// Asks to be told when there is room, without writing.
    package func waitForRoom() { wantsWritable = true }

    /// Ends the response, with trailers (RFC 9110 section 6.5) where the version has them.
    ///
    /// Where fewer bytes were written than declared, the client sees a broken response.
    package func finish(_ trailers: Fields? = nil) {
        guard stage == .streaming else { return }
        transport?.finish(self, trailers)
    }

    /// Breaks the exchange off: 500 where no head was sent, otherwise a reset the client can see.
    package func abort() {
        guard !isOver else { return }
        transport?.abort(self)
    }

    // MARK: For the protocols

    /// Makes a used exchange like new and keeps its storage.
    func reset() {
        request.reset()
        trailers.removeAll()
        stage = .waiting
        observer = nil
        status = 0
        bytesSent = 0
        isCounted = false
        handling = Handling()
        transport = nil
        stream = nil
        wantsReadable = false
        wantsWritable = false
        remaining = nil
    }

    /// Tells the observer that a pending read has become possible.
    func becameReadable() {
        guard wantsReadable else { return }
        wantsReadable = false
        observer?.exchangeReadable(self)
    }

    /// Tells the observer that there is room again.
    func becameWritable() {
        guard wantsWritable, stage == .streaming else { return }
        wantsWritable = false
        observer?.exchangeWritable(self)
    }

    /// Ends the exchange early and tells the observer.
    func cancel(_ reason: Cancellation) {
        guard !isOver else { return }
        stage = .cancelled
        transport = nil
        let told = observer
        observer = nil
        told?.exchangeCancelled(self, reason)
    }
}
