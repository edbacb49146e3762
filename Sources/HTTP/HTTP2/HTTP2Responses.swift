// What goes out on an HTTP/2 connection. Unsafe here: field lists passed to nghttp2, which copies
// them before the call returns unless they are static, and nghttp2's buffers during its callbacks.
import CNghttp2

extension HTTP2Session: ExchangeTransport {
    func inform(_ exchange: Exchange, _ status: Status, _ fields: Fields) {
        guard let stream = exchange.stream else { return }
        unsafe withList(status, fields, date: false, length: nil) { list in
            unsafe nghttp2_submit_headers(
                session,
                0,
                stream.id,
                nil,
                list.baseAddress,
                list.count,
                nil
            )
        }
        attend()
    }

    func respond(_ exchange: Exchange, _ head: ResponseHead, _ content: RawSpan, ends: Bool) {
        guard let stream = exchange.stream else { return }
        exchange.status = head.status.code
        let hasContent = exchange.mayHaveContent(head.status)
        let declared = head.fields.contentLength
        exchange.stage = .streaming
        guard ends else {
            exchange.remaining = hasContent ? declared : 0
            return submitHead(stream, head, length: declared, hasContent: hasContent)
        }
        var length: UInt64? = UInt64(content.byteCount)
        if head.status.code == 204 || head.status.code == 304 { length = nil }
        if exchange.request.method == .head, let declared { length = declared }
        let sends = hasContent && content.byteCount > 0
        if sends {
            stream.out.append(content)
            exchange.bytesSent = UInt64(content.byteCount)
        }
        stream.isResponseDone = true
        submitHead(stream, head, length: length, hasContent: sends)
        ended(exchange)
    }

    func room(_ exchange: Exchange) -> Int {
        guard let stream = exchange.stream else { return 0 }
        return max(0, context.limits.responseBuffer - stream.out.count)
    }

    func write(_ exchange: Exchange, _ bytes: RawSpan) -> Int {
        guard let stream = exchange.stream, exchange.stage == .streaming else { return 0 }
        guard exchange.remaining != 0 else { return bytes.byteCount }
        let taken = min(room(exchange), bytes.byteCount)
        guard taken > 0 else { return 0 }
        var count = taken
        if let remaining = exchange.remaining {
            count = min(count, Int(clamping: remaining))
            exchange.remaining = remaining - UInt64(count)
        }
        if stream.out.isEmpty {
            stream.outSince = context.now
            stream.outMark = stream.sent
        }
        stream.out.append(bytes.extracting(0..<count))
        exchange.bytesSent += UInt64(count)
        resume(stream)
        return taken
    }

    func finish(_ exchange: Exchange, _ trailers: Fields?) {
        guard let stream = exchange.stream else { return }
        if let remaining = exchange.remaining, remaining > 0 {
            return cancel(stream, .aborted, NGHTTP2_INTERNAL_ERROR)
        }
        stream.trailers = trailers
        stream.isResponseDone = true
        resume(stream)
        ended(exchange)
    }

    func abort(_ exchange: Exchange) {
        guard let stream = exchange.stream else { return }
        if exchange.stage == .waiting {
            return respond(exchange, ResponseHead(.internalServerError), RawSpan(), ends: true)
        }
        cancel(stream, .aborted, NGHTTP2_INTERNAL_ERROR)
    }

    /// The handler has said all.
    private func ended(_ exchange: Exchange) {
        exchange.stage = .finished
        exchange.transport = nil
        exchange.observer = nil
        delegate?.engineEnded(exchange)
        if let stream = exchange.stream, !stream.body.isEmpty {
            unsafe nghttp2_session_consume(session, stream.id, stream.body.count)
            stream.body.removeAll()
        }
        attend()
    }

    private func resume(_ stream: HTTP2Stream) {
        if stream.isDeferred {
            stream.isDeferred = false
            unsafe nghttp2_session_resume_data(session, stream.id)
        }
        attend()
    }

    // MARK: Content

    /// Gives nghttp2 content for one DATA frame.
    func fill(_ id: Int32, _ space: UnsafeMutableRawBufferPointer, _ flags: inout UInt32) -> Int {
        guard let stream = stream(id) else {
            return Int(NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE.rawValue)
        }
        let count = min(space.count, stream.out.count)
        if count > 0 {
            unsafe stream.out.withBytes { bytes in
                unsafe space.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes.prefix(count)))
            }
            stream.out.consume(count)
            stream.sent += UInt64(count)
            frames.earn(count / 1_024)
            noteDrained(stream)
        }
        guard stream.out.isEmpty else { return count }
        if stream.isResponseDone {
            flags |= NGHTTP2_DATA_FLAG_EOF.rawValue
            submitTrailers(stream, &flags)
            return count
        }
        if count == 0 {
            stream.isDeferred = true
            return Int(NGHTTP2_ERR_DEFERRED.rawValue)
        }
        return count
    }

    private func noteDrained(_ stream: HTTP2Stream) {
        guard !stream.isInDrained, stream.exchange?.wantsWritable ?? false,
            stream.out.count <= context.limits.responseBuffer / 2
        else { return }
        stream.isInDrained = true
        drained.append(stream)
    }

    private func submitTrailers(_ stream: HTTP2Stream, _ flags: inout UInt32) {
        guard let trailers = stream.trailers, !trailers.isEmpty else { return }
        flags |= NGHTTP2_DATA_FLAG_NO_END_STREAM.rawValue
        unsafe withList(nil, trailers, date: false, length: nil) { list in
            unsafe nghttp2_submit_trailer(session, stream.id, list.baseAddress, list.count)
        }
    }

    // MARK: Heads

    func submitHead(_ stream: HTTP2Stream, _ head: ResponseHead, length: UInt64?, hasContent: Bool)
    {
        unsafe withList(head.status, head.fields, date: true, length: length) { list in
            guard hasContent else {
                return unsafe nghttp2_submit_response(
                    session,
                    stream.id,
                    list.baseAddress,
                    list.count,
                    nil
                )
            }
            var provider = unsafe nghttp2_data_provider(
                source: nghttp2_data_source(fd: 0),
                read_callback: readContent
            )
            return unsafe nghttp2_submit_response(
                session,
                stream.id,
                list.baseAddress,
                list.count,
                &provider
            )
        }
        attend()
    }

    /// Makes nghttp2's list of a status, the handler's fields, and those that the server adds.
    private func withList(
        _ status: Status?,
        _ fields: Fields,
        date: Bool,
        length: UInt64?,
        _ body: (UnsafeMutableBufferPointer<nghttp2_nv>) -> Int32
    ) {
        let capacity = fields.count + 4
        unsafe withUnsafeTemporaryAllocation(of: nghttp2_nv.self, capacity: capacity) { list in
            unsafe fields.withStorage { base in
                var digits = InlineArray<24, UInt8>(repeating: 0)
                var code = InlineArray<3, UInt8>(repeating: 0)
                unsafe withUnsafeMutableBytes(of: &digits) { digits in
                    unsafe withUnsafeMutableBytes(of: &code) { code in
                        unsafe context.date.withUnsafeBufferPointer { dateValue in
                            var writer = unsafe ListWriter(list)
                            if let status { unsafe writer.status(status, code) }
                            let roles = unsafe writer.fields(fields, base)
                            if date, !roles.hasDate { unsafe writer.date(dateValue) }
                            if date, !roles.hasServer { writer.server() }
                            if let length { unsafe writer.length(length, digits) }
                            _ = unsafe body(
                                UnsafeMutableBufferPointer(rebasing: list.prefix(writer.count))
                            )
                        }
                    }
                }
            }
        }
    }
}
