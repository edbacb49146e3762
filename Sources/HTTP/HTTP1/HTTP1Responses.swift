/// The answering half of an HTTP/1.1 connection (RFC 9112 sections 4, 6 and 7).
extension HTTP1Engine: ExchangeTransport {
    func inform(_ exchange: Exchange, _ status: Status, _ fields: Fields) {
        guard exchange === self.exchange, exchange.request.version == .http11 else { return }
        writeStatusLine(status)
        writeFields(fields)
        output.queue.append("\r\n")
        delegate?.engineNeedsAttention()
    }

    func respond(_ exchange: Exchange, _ head: ResponseHead, _ content: RawSpan, ends: Bool) {
        guard exchange === self.exchange else { return }
        exchange.status = head.status.code
        noteUnreadBody(exchange)
        let hasContent = exchange.mayHaveContent(head.status)
        writeStatusLine(head.status)
        let declared = writeFields(
            head.fields,
            allowsLength: !ends || exchange.request.method == .head
        )
        isChunked = false
        exchange.remaining = nil
        if ends {
            if declared == nil, head.status.code != 204, head.status.code != 304 {
                output.queue.append("content-length: ")
                output.queue.append(number: UInt64(content.byteCount))
                output.queue.append("\r\n")
            }
        } else if !hasContent {
            exchange.remaining = 0
        } else if let declared {
            exchange.remaining = declared
        } else if exchange.request.version == .http11 {
            isChunked = true
            output.queue.append("transfer-encoding: chunked\r\n")
        } else {
            closesAfterResponse = true
        }
        writeConnection(exchange)
        output.queue.append("\r\n")
        exchange.stage = .streaming
        if ends {
            if hasContent {
                output.queue.append(content)
                exchange.bytesSent = UInt64(content.byteCount)
            }
            responseEnded(exchange)
        } else {
            delegate?.engineNeedsAttention()
        }
    }

    /// A body that the handler has not read and that is large, or that the client holds back until
    /// it is asked for it, is not waited for: the connection closes after the response.
    private func noteUnreadBody(_ exchange: Exchange) {
        guard !isRequestDone else { return }
        let isHeldBack = exchange.request.expectsContinue && !isContinueSent
        if isHeldBack || remainingBody ?? 0 > context.limits.discardedBodyBytes {
            closesAfterResponse = true
        }
    }

    func room(_ exchange: Exchange) -> Int {
        max(0, context.limits.responseBuffer - output.queue.count)
    }

    func write(_ exchange: Exchange, _ bytes: RawSpan) -> Int {
        guard exchange === self.exchange, exchange.stage == .streaming, !isSendingFile else {
            return 0
        }
        guard exchange.remaining != 0 else { return bytes.byteCount }
        var count = min(room(exchange), bytes.byteCount)
        guard count > 0 else { return 0 }
        let taken = count
        if let remaining = exchange.remaining {
            count = min(count, Int(clamping: remaining))
            exchange.remaining = remaining - UInt64(count)
        }
        if isChunked {
            output.queue.append(number: UInt64(count), radix: 16)
            output.queue.append("\r\n")
        }
        output.queue.append(bytes.extracting(0..<count))
        if isChunked { output.queue.append("\r\n") }
        exchange.bytesSent += UInt64(count)
        delegate?.engineNeedsAttention()
        return taken
    }

    func sendFile(_ exchange: Exchange, _ part: FilePart) -> Bool {
        guard exchange === self.exchange, output.takesFiles, output.file == nil, !isChunked,
            exchange.remaining == part.length
        else { return false }
        output.file = part
        isSendingFile = true
        delegate?.engineNeedsAttention()
        return true
    }

    /// The connection has sent some of the file.
    func fileMoved(_ exchange: Exchange) {
        let left = output.file?.length ?? 0
        exchange.bytesSent += (exchange.remaining ?? left) - left
        exchange.remaining = left
        guard left == 0 else { return }
        isSendingFile = false
        responseEnded(exchange)
    }

    func finish(_ exchange: Exchange, _ trailers: Fields?) {
        guard exchange === self.exchange, !isSendingFile else { return }
        if isChunked {
            output.queue.append("0\r\n")
            if let trailers { writeFields(trailers) }
            output.queue.append("\r\n")
        } else if let remaining = exchange.remaining, remaining > 0 {
            closesAfterResponse = true
        }
        responseEnded(exchange)
    }

    func abort(_ exchange: Exchange) {
        guard exchange === self.exchange else { return }
        if exchange.stage == .waiting {
            return respond(exchange, ResponseHead(.internalServerError), RawSpan(), ends: true)
        }
        // Without the last chunk, or short of its length, the client sees that it is incomplete; a
        // body that ends with the connection is cut by a reset.
        isAborted = !isChunked && exchange.remaining == nil
        exchange.cancel(.aborted)
        delegate?.engineEnded(exchange)
        close(lingering: false)
        delegate?.engineNeedsAttention()
    }

    // MARK: Heads

    /// A response to a request that no handler sees.
    func writeRefusal(_ status: Status, _ reason: String) {
        writeStatusLine(status)
        output.queue.append(context.dateLines)
        output.queue.append("content-type: text/plain\r\ncontent-length: ")
        output.queue.append(number: UInt64(reason.utf8.count) + 1)
        output.queue.append("\r\nconnection: close\r\n\r\n")
        output.queue.append(Array(reason.utf8))
        output.queue.append(0x0A)
    }

    private func writeStatusLine(_ status: Status) {
        if status.code == 200 { return output.queue.append("HTTP/1.1 200 OK\r\n") }
        output.queue.append("HTTP/1.1 ")
        output.queue.append(number: UInt64(status.code))
        output.queue.append(0x20)
        output.queue.append(status.phrase)
        output.queue.append("\r\n")
    }

    /// Writes Date, Server and the handler's fields; returns the declared length, if it is allowed
    /// one.
    private func writeFields(_ fields: Fields, allowsLength: Bool) -> UInt64? {
        var declared: UInt64?
        var givesDate = false
        var givesServer = false
        for index in 0..<fields.count {
            switch fields.role(index) {
            case .connection: continue
            case .contentLength:
                guard allowsLength, declared == nil, let length = decimal(fields.value(index))
                else { continue }
                declared = length
            case .date: givesDate = true
            case .server: givesServer = true
            case .plain: break
            }
            writeField(fields, index)
        }
        if !givesDate && !givesServer {
            output.queue.append(context.dateLines)
        } else if !givesDate {
            output.queue.append("date: ")
            output.queue.append(context.date)
            output.queue.append("\r\n")
        } else if !givesServer {
            output.queue.append("server: virga\r\n")
        }
        return declared
    }

    private func writeFields(_ fields: Fields) {
        for index in 0..<fields.count where fields.role(index) == .plain {
            writeField(fields, index)
        }
    }

    private func writeField(_ fields: Fields, _ index: Int) {
        output.queue.append(fields.name(index))
        output.queue.append(": ")
        output.queue.append(fields.value(index))
        output.queue.append("\r\n")
    }

    private func writeConnection(_ exchange: Exchange) {
        if closesAfterResponse {
            output.queue.append("connection: close\r\n")
        } else if exchange.request.version == .http10 {
            output.queue.append("connection: keep-alive\r\n")
        }
    }
}
