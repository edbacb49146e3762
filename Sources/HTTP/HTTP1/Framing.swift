/// How the content of a request is delimited (RFC 9112 section 6.3).
package enum MessageFraming: Equatable {
    /// There is none.
    case none
    /// So many bytes.
    case length(UInt64)
    /// Chunks.
    case chunked
}

/// What a request says about its connection (RFC 9112 section 9.3).
struct ConnectionOptions: OptionSet {
    let rawValue: UInt8
    static let close = ConnectionOptions(rawValue: 1)
    static let keepAlive = ConnectionOptions(rawValue: 2)
}

/// Gathers the fields that frame a request while they are read, and refuses every ambiguity: two
/// readers of one request must never disagree where it ends.
struct Framing {
    private var length: UInt64?
    private var hasTransferEncoding = false
    private var isChunked = false
    private var hostCount = 0
    private var hostLine = 0

    /// Takes notice of the field line `index`.
    mutating func note(_ fields: Fields, _ index: Int) throws(RequestError) {
        let name = fields.name(index)
        switch name.count {
        case 4 where name.equals("host"):
            hostLine = index
            try noteHost(fields.value(index))
        case 14 where name.equals("content-length"): try noteLength(fields.value(index))
        case 17 where name.equals("transfer-encoding"): try noteEncoding(fields.value(index))
        default: break
        }
    }

    private mutating func noteHost(_ value: Span<UInt8>) throws(RequestError) {
        hostCount &+= 1
        guard hostCount == 1 else { throw RequestError(.hostRepeated) }
        guard value.isEmpty || RequestLine.isHost(value, portRequired: false) else {
            throw RequestError(.host)
        }
    }

    private mutating func noteLength(_ value: Span<UInt8>) throws(RequestError) {
        guard length == nil else { throw RequestError(.contentLengthRepeated) }
        guard let number = decimal(value) else { throw RequestError(.contentLength) }
        length = number
    }

    private mutating func noteEncoding(_ value: Span<UInt8>) throws(RequestError) {
        hasTransferEncoding = true
        var isUnknown = false
        var isMisplaced = value.trimmed().isEmpty
        var chunked = isChunked
        value.forEachListElement { coding in
            if chunked { isMisplaced = true }
            if coding.equalsIgnoringCase("chunked") { chunked = true } else { isUnknown = true }
        }
        isChunked = chunked
        if isMisplaced { throw RequestError(.transferEncoding) }
        if isUnknown { throw RequestError(chunked ? .transferEncodingUnknown : .transferEncoding) }
    }

    /// The framing of the request whose fields were all noted; sets what `head` says of its
    /// content.
    mutating func resolve(_ head: inout RequestHead) throws(RequestError) -> MessageFraming {
        guard hostCount == 1 || head.version == .http10 else { throw RequestError(.hostMissing) }
        if hostCount == 1 { head.useHost(hostLine) }
        if hasTransferEncoding {
            guard length == nil else { throw RequestError(.contentLengthWithTransferEncoding) }
            guard head.version != .http10 else { throw RequestError(.transferEncodingInHTTP10) }
            head.hasContent = true
            noteExpectation(&head)
            return .chunked
        }
        head.contentLength = length
        guard let length, length > 0 else { return .none }
        head.hasContent = true
        noteExpectation(&head)
        return .length(length)
    }

    /// RFC 9110 section 10.1.1; an expectation in HTTP/1.0 is ignored, an unknown one too.
    private func noteExpectation(_ head: inout RequestHead) {
        guard head.version != .http10, let index = head.fields.first("expect") else { return }
        head.expectsContinue = head.fields.value(index).equalsIgnoringCase("100-continue")
    }

    /// The options of all Connection fields.
    static func connectionOptions(_ fields: Fields) -> ConnectionOptions {
        var options: ConnectionOptions = []
        for index in 0..<fields.count {
            let name = fields.name(index)
            guard name.count == 10, name.equals("connection") else { continue }
            fields.value(index).forEachListElement { option in
                if option.equalsIgnoringCase("close") { options.insert(.close) }
                if option.equalsIgnoringCase("keep-alive") { options.insert(.keepAlive) }
            }
        }
        return options
    }
}

extension Array where Element == UInt8 {
    /// A copy of a span's bytes.
    init(_ span: Span<UInt8>) {
        self.init()
        append(span)
    }
}
