// An HTTP/1.1 connection (RFC 9112): requests one after the other, each answered before the next is
// looked at. `HTTP1Responses.swift` has the answering half.
//
// Unsafe here: spans over the caller's received bytes, used only during `receive`.

/// The server's side of an HTTP/1.1 connection.
package final class HTTP1Engine: Engine {
    package var delegate: (any EngineDelegate)?
    let context: ProtocolContext
    let output: Output
    let peer: Peer

    private var parser = RequestParser()
    private var decoder = BodyDecoder(.none)
    private var body: ByteQueue
    /// The request being read or answered.
    var exchange: Exchange?
    /// Whether the request is read to its end.
    var isRequestDone = true
    var isContinueSent = false
    var closesAfterResponse = false
    /// Whether the response's body is sent in chunks.
    var isChunked = false
    /// Whether the rest of the response's body is the output's file.
    var isSendingFile = false
    /// Whether the exchange is over and waits to be put away, which happens when no caller holds
    /// it.
    private var isSettling = false
    private var isReceiving = false
    private var isDraining = false
    private var isHeadPartial = false
    private var served = 0
    private var discarded: UInt64 = 0
    /// When the state last changed that `deadline` counts from.
    private var since: UInt64
    private var bodyMark: UInt64 = 0
    private var halfClosedSince: UInt64?

    package var isClosing = false
    package private(set) var lingers = false
    /// Whether the connection is to end by a reset, since only that tells the client.
    package var isAborted = false

    /// A connection of `peer` that writes to `output`.
    package init(_ context: ProtocolContext, _ output: Output, _ peer: Peer) {
        self.context = context
        self.output = output
        self.peer = peer
        body = ByteQueue(context.pool)
        since = context.now
    }

    package var isIdle: Bool { exchange == nil || isSettling }

    package var wantsInput: Bool {
        guard !isClosing, halfClosedSince == nil, output.file == nil else { return false }
        guard output.queue.count < context.limits.connectionOutput else { return false }
        guard exchange != nil else { return true }
        return !isRequestDone && bodyRoom > 0
    }

    private var bodyRoom: Int {
        exchange?.stage == .finished ? .max : context.limits.requestBuffer - body.count
    }

    // MARK: Input

    package func receive(_ bytes: UnsafeRawBufferPointer) -> Int {
        isReceiving = true
        defer { isReceiving = false }
        settle()
        var used = 0
        while used < bytes.count, !isClosing, output.queue.count < context.limits.connectionOutput {
            let rest = unsafe UnsafeRawBufferPointer(rebasing: bytes[used...])
            let step = unsafe receiveSome(Span(_unsafeBytes: rest))
            used &+= step
            guard step > 0 || isSettling else { break }
            settle()
        }
        return isClosing ? bytes.count : used
    }

    private func receiveSome(_ bytes: Span<UInt8>) -> Int {
        do throws(RequestError) {
            guard let exchange else { return try receiveHead(bytes) }
            guard !isRequestDone else { return 0 }
            return try receiveBody(bytes, exchange)
        } catch {
            refuse(error)
            return bytes.count
        }
    }

    private func receiveHead(_ bytes: Span<UInt8>) throws(RequestError) -> Int {
        if !isHeadPartial {
            isHeadPartial = true
            since = context.now
            pending = context.take()
        }
        guard let pending else { return 0 }
        let (used, framing) = try parser.parse(bytes, context.limits, into: &pending.request)
        guard let framing else { return used }
        self.pending = nil
        isHeadPartial = false
        try begin(pending, framing)
        return used
    }

    /// The exchange whose head is being read.
    private var pending: Exchange?

    private func begin(_ exchange: Exchange, _ framing: MessageFraming) throws(RequestError) {
        let options = Framing.connectionOptions(exchange.request.fields)
        let persists =
            exchange.request.version == .http11
            ? !options.contains(.close) : options.contains(.keepAlive)
        served += 1
        closesAfterResponse =
            !persists || isDraining || served >= context.limits.requestsPerConnection
        if case .length(let length) = framing, length > context.limits.bodyBytes {
            throw RequestError(.bodySize)
        }
        exchange.peer = peer
        exchange.request.scheme = peer.isSecure ? .https : .http
        exchange.transport = self
        exchange.began = context.now
        decoder = BodyDecoder(framing)
        isRequestDone = decoder.isDone
        isContinueSent = false
        discarded = 0
        bodyMark = 0
        since = context.now
        self.exchange = exchange
        delegate?.engineBegan(exchange)
    }

    private func receiveBody(
        _ bytes: Span<UInt8>,
        _ exchange: Exchange
    ) throws(RequestError) -> Int {
        let discards = exchange.stage == .finished
        let before = decoder.received
        let used = try decoder.decode(
            bytes,
            context.limits,
            room: bodyRoom,
            trailers: &exchange.trailers
        ) { content in
            if !discards { body.append(content) }
        }
        isRequestDone = decoder.isDone
        if discards {
            discarded += decoder.received - before
            if isRequestDone { isSettling = true } else { checkDiscarded() }
        } else if isRequestDone || decoder.received > before {
            exchange.becameReadable()
        }
        return used
    }

    private func checkDiscarded() {
        if discarded > context.limits.discardedBodyBytes { close(lingering: true) }
    }

    /// What is known to remain of the request body; nil for chunks.
    var remainingBody: UInt64? { isRequestDone ? 0 : decoder.remaining }

    // MARK: The body, for the handler

    func readBody(_ exchange: Exchange, _ take: (RawSpan) -> Int) -> BodyRead {
        guard exchange === self.exchange else { return .cancelled }
        guard body.isEmpty else {
            let taken = max(0, min(body.count, body.withSpan(take)))
            let wasFull = bodyRoom <= 0
            body.consume(taken)
            if wasFull { since = context.now }
            if !isRequestDone { delegate?.engineNeedsAttention() }
            return .taken(taken)
        }
        if isRequestDone { return .ended }
        if exchange.request.expectsContinue, !isContinueSent, exchange.stage == .waiting {
            isContinueSent = true
            output.queue.append("HTTP/1.1 100 Continue\r\n\r\n")
            since = context.now
            delegate?.engineNeedsAttention()
        }
        return .pending
    }

    // MARK: Ends

    /// The response is complete.
    func responseEnded(_ exchange: Exchange) {
        exchange.stage = .finished
        exchange.transport = nil
        exchange.observer = nil
        delegate?.engineEnded(exchange)
        body.removeAll()
        if closesAfterResponse {
            close(lingering: !isRequestDone)
        } else if isRequestDone {
            isSettling = true
        }
        if !isReceiving { delegate?.engineNeedsAttention() }
    }

    private func settle() {
        guard isSettling, let exchange = exchange.take() else { return }
        isSettling = false
        since = context.now
        context.give(exchange)
    }

    func close(lingering: Bool) {
        if isSendingFile { output.file = nil }
        isClosing = true
        lingers = lingering
        isSettling = false
        exchange = nil
        body.removeAll()
    }

    /// Answers a request that breaks a rule, and closes.
    private func refuse(_ error: RequestError) {
        refuse(
            error.status,
            error.description,
            error.kind == .bodySize ? .bodyTooLarge : .malformed
        )
    }

    private func refuse(_ status: Status, _ reason: String, _ cancellation: Cancellation) {
        let refused = exchange ?? pending ?? context.take()
        pending = nil
        let hasHead = refused.stage == .streaming
        if refused.stage == .waiting {
            writeRefusal(status, reason)
            refused.status = status.code
        }
        refused.peer = peer
        refused.cancel(cancellation)
        delegate?.engineEnded(refused)
        close(lingering: !hasHead)
        if !isReceiving { delegate?.engineNeedsAttention() }
    }

    package func receiveEnd() {
        guard let exchange else { return close(lingering: false) }
        guard isRequestDone else { return lose(exchange, .clientGone) }
        halfClosedSince = context.now
        closesAfterResponse = true
    }

    private func lose(_ exchange: Exchange, _ reason: Cancellation) {
        guard !exchange.isOver else { return close(lingering: false) }
        exchange.cancel(reason)
        delegate?.engineEnded(exchange)
        close(lingering: false)
    }

    package func connectionLost(_ reason: Cancellation) {
        guard let exchange else { return close(lingering: false) }
        lose(exchange, reason)
    }

    package func produce() { settle() }

    package func outputDrained() {
        guard let exchange, room(exchange) > 0 else { return }
        guard !isSendingFile else { return fileMoved(exchange) }
        exchange.becameWritable()
    }

    package func drain() {
        isDraining = true
        closesAfterResponse = true
        since = exchange == nil && !isHeadPartial ? context.now : since
    }

    // MARK: Time

    package var deadline: UInt64 {
        let limits = context.limits
        guard !isClosing else { return .max }
        if let halfClosedSince { return halfClosedSince + UInt64(limits.halfClosedTimeout) }
        guard exchange != nil else {
            if isHeadPartial || served == 0 { return since + UInt64(limits.headTimeout) }
            return since + UInt64(isDraining ? limits.drainIdleTimeout : limits.idleTimeout)
        }
        return wantsInput ? since + UInt64(limits.bodyTimeout) : .max
    }

    package func deadlineReached() {
        guard context.now >= deadline else { return }
        guard let exchange else {
            guard isHeadPartial else { return close(lingering: false) }
            return refuse(.requestTimeout, "the request head did not come in time", .timedOut)
        }
        if halfClosedSince != nil { return lose(exchange, .clientGone) }
        if decoder.received - bodyMark >= context.limits.bodyProgressBytes {
            bodyMark = decoder.received
            since = context.now
            return
        }
        refuse(.requestTimeout, "the request body did not come in time", .timedOut)
    }
}
