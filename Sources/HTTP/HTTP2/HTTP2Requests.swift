// What comes in on an HTTP/2 connection. Unsafe here: nghttp2's frames and buffers, valid during
// the callback that brings them, and the streams' pointers (see `HTTP2Session.swift`).
import CNghttp2

extension HTTP2Session {
    /// The stream with this identifier, while it is open.
    @inline(__always)
    func stream(_ id: Int32) -> HTTP2Stream? {
        guard let data = unsafe nghttp2_session_get_stream_user_data(session, id) else {
            return nil
        }
        return unsafe Unmanaged<HTTP2Stream>.fromOpaque(data).takeUnretainedValue()
    }

    // MARK: Frames

    /// Counts frames that bring nothing, and opens and closes the clock on header blocks.
    func frameBegan(_ header: nghttp2_frame_hd) {
        isFruitful = true
        let ends = header.flags & UInt8(NGHTTP2_FLAG_END_STREAM.rawValue) != 0
        if header.length > HTTP2Session.frameBytes { return terminate(NGHTTP2_FRAME_SIZE_ERROR) }
        if header.type <= 1, isClosed(header) { return terminate(NGHTTP2_STREAM_CLOSED) }
        switch header.type {
        case 0 where header.length >= 64 || ends:  // DATA
            frames.earn(Int(header.length) / 1_024)
        case 2 where header.stream_id == 0:  // PRIORITY
            terminate(NGHTTP2_PROTOCOL_ERROR)
        case 1, 9:  // HEADERS, CONTINUATION
            let endsHeaders = header.flags & UInt8(NGHTTP2_FLAG_END_HEADERS.rawValue) != 0
            headersSince = endsHeaders ? nil : headersSince ?? context.now
        default:
            if !frames.take(now: context.now) { calmDown() }
        }
    }

    /// Whether DATA or HEADERS come on a stream that was closed and not by a reset of this side,
    /// which the client may not know of yet (RFC 9113 section 5.1).
    ///
    /// Remembers the latest stream.
    private func isClosed(_ header: nghttp2_frame_hd) -> Bool {
        let id = header.stream_id
        if id > latestStream {
            if header.type == 1 { latestStream = id }
            return false
        }
        return id & 1 == 1 && stream(id) == nil && !resetStreams.contains(id)
    }

    /// A reset of this side has gone out.
    func resetSent(_ id: Int32) {
        if resetStreams.count >= HTTP2Session.rememberedResets { resetStreams.removeFirst() }
        resetStreams.append(id)
    }

    func headersBegan(_ frame: nghttp2_frame) {
        guard unsafe frame.headers.cat == NGHTTP2_HCAT_REQUEST else { return }
        let stream = context.takeStream()
        stream.id = unsafe frame.hd.stream_id
        stream.index = streams.count
        stream.bodySince = context.now
        stream.outSince = context.now
        let exchange = context.take()
        exchange.peer = peer
        exchange.request.version = .http2
        exchange.request.scheme = peer.isSecure ? .https : .http
        stream.exchange = exchange
        streams.append(stream)
        unsafe nghttp2_session_set_stream_user_data(
            session,
            stream.id,
            Unmanaged.passUnretained(stream).toOpaque()
        )
    }

    /// Takes a field of a head or of trailers.
    ///
    /// Names, values and the order of pseudo-fields have been checked by nghttp2 (RFC 9113 sections 8.2
    /// and 8.3).
    func field(_ id: Int32, _ name: Span<UInt8>, _ value: Span<UInt8>) -> Int32 {
        isFruitful = true
        guard let stream = stream(id), let exchange = stream.exchange else { return 0 }
        stream.listSize += name.count + value.count + 32
        let limits = context.limits
        guard stream.listSize <= limits.headBytes, stream.refusal == nil else {
            if stream.refusal == nil { stream.refusal = .fieldsTooLarge }
            return 0
        }
        if stream.isHeadDone {
            if exchange.trailers.count < limits.fieldCount {
                exchange.trailers.appendChecked(name, value)
            }
        } else if !name.isEmpty, name[0] == 0x3A {
            pseudoField(stream, exchange, name, value)
        } else if exchange.request.fields.count < limits.fieldCount {
            regularField(stream, exchange, name, value)
        } else {
            stream.refusal = .fieldsTooLarge
        }
        return 0
    }

    private func pseudoField(
        _ stream: HTTP2Stream,
        _ exchange: Exchange,
        _ name: Span<UInt8>,
        _ value: Span<UInt8>
    ) {
        switch name.count {
        case 5 where name.equals(":path"):
            if value.count > context.limits.targetBytes { return stream.refusal = .uriTooLong }
            for index in 0..<value.count where !Characters.isTarget(value[index]) {
                return stream.refusal = .badRequest
            }
            exchange.request.setTarget(value)
        case 7 where name.equals(":method"): exchange.request.method = Method(value)
        case 10 where name.equals(":authority"):
            let isConnect = exchange.request.method == .connect
            guard value.isEmpty || RequestLine.isHost(value, portRequired: isConnect) else {
                return stream.refusal = .badRequest
            }
            exchange.request.setAuthority(value)
        default: break
        }
    }

    private func regularField(
        _ stream: HTTP2Stream,
        _ exchange: Exchange,
        _ name: Span<UInt8>,
        _ value: Span<UInt8>
    ) {
        switch name.count {
        case 4 where name.equals("host"):
            if exchange.request.authority.isEmpty {
                guard RequestLine.isHost(value, portRequired: false) else {
                    return stream.refusal = .badRequest
                }
                exchange.request.setAuthority(value)
            } else if !sameAuthority(exchange.request, value) {
                return stream.refusal = .badRequest
            }
        case 14 where name.equals("content-length"): exchange.request.contentLength = decimal(value)
        case 6 where name.equals("expect"):
            exchange.request.expectsContinue = value.equalsIgnoringCase("100-continue")
        case 6 where name.equals("cookie"):
            // RFC 9113 section 8.2.3: crumbs of a cookie are put together again.
            if let index = exchange.request.fields.first("cookie") {
                return exchange.request.fields.extend(index, with: value)
            }
        default: break
        }
        exchange.request.fields.appendChecked(name, value)
    }

    /// RFC 9113 section 8.3.1: Host must not differ from :authority.
    private func sameAuthority(_ request: RequestHead, _ host: Span<UInt8>) -> Bool {
        let authority = request.authority
        guard authority.count == host.count else { return false }
        for index in 0..<host.count
        where Characters.lowercased(authority[index]) != Characters.lowercased(host[index]) {
            return false
        }
        return true
    }

    /// A whole frame has come.
    func frameCame(_ header: nghttp2_frame_hd) {
        switch header.type {
        case 4: hasSettings = true
        case 0, 1:
            guard let stream = stream(header.stream_id) else { return }
            let ends = header.flags & UInt8(NGHTTP2_FLAG_END_STREAM.rawValue) != 0
            if ends { stream.isRequestDone = true }
            if stream.isHeadDone {
                if ends { stream.exchange?.becameReadable() }
            } else {
                begin(stream)
            }
        default: break
        }
    }

    /// A request's head is complete.
    private func begin(_ stream: HTTP2Stream) {
        guard let exchange = stream.exchange else { return }
        frames.earn(context.limits.idleFramesPerRequest)
        stream.isHeadDone = true
        stream.listSize = 0
        exchange.stream = stream
        exchange.transport = self
        exchange.began = context.now
        exchange.request.hasContent = !stream.isRequestDone
        if exchange.request.contentLength ?? 0 > context.limits.bodyBytes {
            stream.refusal = .contentTooLarge
        }
        if let refusal = stream.refusal {
            stream.refusal = nil
            return respond(exchange, ResponseHead(refusal), RawSpan(), ends: true)
        }
        delegate?.engineBegan(exchange)
    }

    // MARK: Content

    func content(_ id: Int32, _ bytes: UnsafeRawBufferPointer) {
        isFruitful = true
        guard let stream = stream(id), let exchange = stream.exchange, !exchange.isOver else {
            unsafe nghttp2_session_consume(session, id, bytes.count)
            return
        }
        stream.received += UInt64(bytes.count)
        guard stream.received <= context.limits.bodyBytes else {
            unsafe nghttp2_session_consume(session, id, bytes.count)
            return refuseContent(stream, exchange)
        }
        unsafe stream.body.append(bytes)
        exchange.becameReadable()
    }

    private func refuseContent(_ stream: HTTP2Stream, _ exchange: Exchange) {
        guard exchange.stage == .waiting else {
            return cancel(stream, .bodyTooLarge, NGHTTP2_CANCEL)
        }
        submitHead(stream, ResponseHead(.contentTooLarge), length: 0, hasContent: false)
        exchange.status = Status.contentTooLarge.code
        exchange.cancel(.bodyTooLarge)
        delegate?.engineEnded(exchange)
    }

    func readBody(_ exchange: Exchange, _ take: (RawSpan) -> Int) -> BodyRead {
        guard let stream = exchange.stream else { return .cancelled }
        guard stream.body.isEmpty else {
            let taken = max(0, min(stream.body.count, stream.body.withSpan(take)))
            stream.body.consume(taken)
            unsafe nghttp2_session_consume(session, stream.id, taken)
            attend()
            return .taken(taken)
        }
        if stream.isRequestDone { return .ended }
        if exchange.request.expectsContinue, !stream.isContinueSent, exchange.stage == .waiting {
            stream.isContinueSent = true
            inform(exchange, .continue, Fields())
        }
        return .pending
    }

    // MARK: Ends

    /// The response is out: a client that still sends is told that nobody listens
    /// (RFC 9113 section 8.1).
    func responseSent(_ id: Int32) {
        guard let stream = stream(id), !stream.isRequestDone else { return }
        unsafe nghttp2_submit_rst_stream(session, 0, id, NGHTTP2_NO_ERROR.rawValue)
    }

    func streamClosed(_ id: Int32, _ code: UInt32) {
        guard let stream = stream(id) else { return }
        unsafe nghttp2_session_set_stream_user_data(session, id, nil)
        if !stream.body.isEmpty {
            unsafe nghttp2_session_consume_connection(session, stream.body.count)
        }
        remove(stream)
        if let exchange = stream.exchange {
            if !exchange.isOver {
                exchange.cancel(.clientGone)
                if stream.isHeadDone { delegate?.engineEnded(exchange) }
            }
            exchange.stream = nil
        }
        if code != NGHTTP2_NO_ERROR.rawValue, !resets.take(now: context.now) { calmDown() }
        context.give(stream)
        streamEnded()
    }

    private func remove(_ stream: HTTP2Stream) {
        let index = stream.index
        guard index >= 0, index < streams.count, streams[index] === stream else { return }
        let last = streams.removeLast()
        if last !== stream {
            streams[index] = last
            last.index = index
        }
        stream.index = -1
    }
}
