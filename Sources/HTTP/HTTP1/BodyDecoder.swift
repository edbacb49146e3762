/// Takes a request's content out of its framing (RFC 9112 sections 6 and 7).
package struct BodyDecoder {
    private enum Place {
        case length(UInt64)
        case chunkSize
        case chunkData(UInt64)
        case chunkEnd
        case trailers
        case done
    }

    private var place: Place
    private var scanner = LineScanner()
    private var extensionBytes = 0
    private var trailerBytes = 0
    /// Content bytes given so far.
    package private(set) var received: UInt64 = 0

    /// A decoder of content framed in this way.
    package init(_ framing: MessageFraming) {
        switch framing {
        case .none: place = .done
        case .length(let length): place = .length(length)
        case .chunked: place = .chunkSize
        }
    }

    /// Whether the content, and what follows it, is complete.
    package var isDone: Bool { if case .done = place { true } else { false } }

    /// What is known to remain; nil for chunks.
    package var remaining: UInt64? { if case .length(let left) = place { left } else { nil } }

    /// Reads from `bytes`, giving at most `room` bytes of content to `give`; trailers go to
    /// `trailers`.
    ///
    /// Returns the bytes used.
    package mutating func decode(
        _ bytes: Span<UInt8>,
        _ limits: Limits,
        room: Int,
        trailers: inout Fields,
        _ give: (Span<UInt8>) -> Void
    ) throws(RequestError) -> Int {
        var used = 0
        var room = room
        while used < bytes.count {
            switch place {
            case .done:
                return used
            case .length(let left):
                let part = take(bytes, &used, left, &room, give)
                guard part > 0 else { return used }
                place = left == part ? .done : .length(left &- part)
            case .chunkData(let left):
                let part = take(bytes, &used, left, &room, give)
                guard part > 0 else { return used }
                place = left == part ? .chunkEnd : .chunkData(left &- part)
            case .chunkEnd:
                guard try readChunkEnd(bytes, &used) else { return used }
            case .chunkSize:
                guard try readChunkSize(bytes, limits, &used) else { return used }
            case .trailers:
                guard try readTrailer(bytes, limits, &used, &trailers) else { return used }
            }
        }
        return used
    }

    private mutating func take(
        _ bytes: Span<UInt8>,
        _ used: inout Int,
        _ left: UInt64,
        _ room: inout Int,
        _ give: (Span<UInt8>) -> Void
    ) -> UInt64 {
        let part = min(bytes.count &- used, room, Int(clamping: left))
        guard part > 0 else { return 0 }
        give(bytes.extracting(used..<used &+ part))
        used &+= part
        room &-= part
        received &+= UInt64(part)
        return UInt64(part)
    }

    /// The CRLF after chunk data.
    private mutating func readChunkEnd(
        _ bytes: Span<UInt8>,
        _ used: inout Int
    ) throws(RequestError) -> Bool {
        guard bytes[used] == 0x0D else { throw RequestError(.chunkEnd) }
        guard used &+ 1 < bytes.count else { return false }
        guard bytes[used &+ 1] == 0x0A else { throw RequestError(.chunkEnd) }
        used &+= 2
        place = .chunkSize
        return true
    }

    /// `chunk-size [ chunk-ext ] CRLF`.
    private mutating func readChunkSize(
        _ bytes: Span<UInt8>,
        _ limits: Limits,
        _ used: inout Int
    ) throws(RequestError) -> Bool {
        guard let length = try scanner.line(bytes, from: used) else {
            guard bytes.count &- used <= limits.chunkExtensionBytes &+ 16 else {
                throw RequestError(.chunkExtensionSize)
            }
            return false
        }
        let line = bytes.extracting(used..<used &+ length)
        used &+= length &+ 2
        let size = try ChunkSize.parse(line, &extensionBytes)
        guard extensionBytes <= limits.chunkExtensionBytes else {
            throw RequestError(.chunkExtensionSize)
        }
        guard received &+ size <= limits.bodyBytes else { throw RequestError(.bodySize) }
        place = size == 0 ? .trailers : .chunkData(size)
        return true
    }

    /// A line of `trailer-section`.
    ///
    /// Fields that frame or route a message are dropped (RFC 9110 section 6.5.1).
    private mutating func readTrailer(
        _ bytes: Span<UInt8>,
        _ limits: Limits,
        _ used: inout Int,
        _ trailers: inout Fields
    ) throws(RequestError) -> Bool {
        guard let length = try scanner.line(bytes, from: used) else {
            guard bytes.count &- used <= limits.headBytes &- trailerBytes,
                bytes.count &- used < limits.bufferBytes
            else {
                throw RequestError(.headSize)
            }
            return false
        }
        let line = bytes.extracting(used..<used &+ length)
        used &+= length &+ 2
        guard length > 0 else {
            place = .done
            return true
        }
        trailerBytes &+= length &+ 32
        guard trailerBytes <= limits.headBytes else { throw RequestError(.headSize) }
        guard trailers.count < limits.fieldCount else { throw RequestError(.fieldCount) }
        var one = Fields()
        try FieldLine.parse(line, into: &one)
        let name = one.name(0)
        let isForbidden =
            name.equals("content-length") || name.equals("transfer-encoding")
            || name.equals("host") || name.equals("trailer") || name.equals("connection")
        if !isForbidden { trailers.appendChecked(name, one.value(0)) }
        return true
    }
}

/// The first line of a chunk (RFC 9112 section 7.1).
enum ChunkSize {
    /// The size in `line`; adds the length of what follows it to `extensionBytes`.
    static func parse(
        _ line: Span<UInt8>,
        _ extensionBytes: inout Int
    ) throws(RequestError) -> UInt64 {
        var size: UInt64 = 0
        var index = 0
        while index < line.count, let digit = Characters.hexadecimal(line[index]) {
            guard index < 15 else { throw RequestError(.chunkSize) }
            size = size << 4 | UInt64(digit)
            index &+= 1
        }
        guard index > 0 else { throw RequestError(.chunkSize) }
        guard index < line.count else { return size }
        guard line[index] == 0x3B else { throw RequestError(.chunkSize) }
        extensionBytes &+= line.count &- index
        try checkExtensions(line.extracting(index...))
        return size
    }

    /// `*( ";" chunk-ext-name [ "=" chunk-ext-val ] )`; white space around them is refused, since
    /// readers differ over it.
    private static func checkExtensions(_ text: Span<UInt8>) throws(RequestError) {
        var index = 0
        while index < text.count {
            guard text[index] == 0x3B else { throw RequestError(.chunkExtension) }
            index &+= 1
            let name = index
            while index < text.count, Characters.isToken(text[index]) { index &+= 1 }
            guard index > name else { throw RequestError(.chunkExtension) }
            guard index < text.count, text[index] == 0x3D else { continue }
            index &+= 1
            let value = index
            if index < text.count, text[index] == 0x22 {
                index = try endOfQuotedString(text, index)
            } else {
                while index < text.count, Characters.isToken(text[index]) { index &+= 1 }
            }
            guard index > value else { throw RequestError(.chunkExtension) }
        }
    }

    /// `quoted-string` (RFC 9110 section 5.6.4).
    private static func endOfQuotedString(
        _ text: Span<UInt8>,
        _ start: Int
    ) throws(RequestError) -> Int {
        var index = start &+ 1
        while index < text.count {
            let byte = text[index]
            guard Characters.isFieldValue(byte) else { throw RequestError(.chunkExtension) }
            if byte == 0x22 { return index &+ 1 }
            index &+= byte == 0x5C ? 2 : 1
        }
        throw RequestError(.chunkExtension)
    }
}
