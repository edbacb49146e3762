/// Reads request heads (RFC 9112 sections 2 to 6) from bytes that come in pieces.
///
/// Works line by line: a line is read once it is complete, and bytes of an unfinished line stay
/// with the caller, so that how the bytes were cut up has no influence on the result.
package struct RequestParser {
    private enum Place {
        case requestLine
        case fields
    }

    private var place = Place.requestLine
    private var scanner = LineScanner()
    private var emptyLines = 0
    private var headBytes = 0
    private var framing = Framing()

    /// A parser at the start of a request.
    package init() {}

    /// Whether a byte of a request has been read (an empty line before it is none).
    package var hasBegun: Bool { place == .fields }

    /// Reads lines into `head`.
    ///
    /// Returns the bytes used, and the framing once the head is complete.
    package mutating func parse(
        _ bytes: Span<UInt8>,
        _ limits: Limits,
        into head: inout RequestHead
    ) throws(RequestError) -> (used: Int, framing: MessageFraming?) {
        var used = 0
        while true {
            guard let length = try scanner.line(bytes, from: used) else {
                try checkUnfinished(bytes.extracting(used...), limits)
                return (used, nil)
            }
            let line = bytes.extracting(used..<used &+ length)
            used &+= length &+ 2
            switch place {
            case .requestLine:
                if length == 0 {
                    try skipEmptyLine(limits)
                } else {
                    try readRequestLine(line, limits, &head)
                }
            case .fields:
                guard length == 0 else {
                    try readField(line, limits, &head)
                    continue
                }
                let result = try framing.resolve(&head)
                self = RequestParser()
                return (used, result)
            }
        }
    }

    /// Refuses an unfinished line as soon as it is certain that it will not be accepted.
    private func checkUnfinished(
        _ line: Span<UInt8>,
        _ limits: Limits
    ) throws(RequestError) {
        let isRequestLine = place == .requestLine
        if !isRequestLine, !line.isEmpty, line[0] == 0x20 || line[0] == 0x09 {
            throw RequestError(.fieldFolding)
        }
        let most = isRequestLine ? limits.targetBytes &+ 64 : limits.headBytes &- headBytes
        // A line longer than a buffer could never be completed.
        guard line.count > most || line.count >= limits.bufferBytes else { return }
        throw RequestError(isRequestLine ? .targetLength : .headSize)
    }

    /// RFC 9112 section 2.2: some empty lines before a request line are ignored.
    private mutating func skipEmptyLine(_ limits: Limits) throws(RequestError) {
        emptyLines &+= 1
        guard emptyLines <= limits.emptyLines else { throw RequestError(.requestLine) }
    }

    private mutating func readRequestLine(
        _ line: Span<UInt8>,
        _ limits: Limits,
        _ head: inout RequestHead
    ) throws(RequestError) {
        guard line.count <= limits.targetBytes &+ 64 else { throw RequestError(.targetLength) }
        try RequestLine.parse(line, limits, into: &head)
        place = .fields
    }

    private mutating func readField(
        _ line: Span<UInt8>,
        _ limits: Limits,
        _ head: inout RequestHead
    ) throws(RequestError) {
        headBytes &+= line.count &+ 32
        guard headBytes <= limits.headBytes else { throw RequestError(.headSize) }
        guard head.fields.count < limits.fieldCount else { throw RequestError(.fieldCount) }
        try FieldLine.parse(line, into: &head.fields)
        try framing.note(head.fields, head.fields.count &- 1)
    }
}

/// A field line (RFC 9112 section 5).
enum FieldLine {
    /// Reads `line`, given without its line end, into `fields`.
    static func parse(_ line: Span<UInt8>, into fields: inout Fields) throws(RequestError) {
        guard line[0] != 0x20, line[0] != 0x09 else { throw RequestError(.fieldFolding) }
        var colon = 0
        while colon < line.count, Characters.isToken(line[colon]) { colon &+= 1 }
        guard colon > 0, colon < line.count, line[colon] == 0x3A else {
            throw RequestError(.fieldName)
        }
        let value = line.extracting((colon &+ 1)...)
        for index in 0..<value.count where !Characters.isFieldValue(value[index]) {
            throw RequestError(value[index] == 0x0D ? .bareCarriageReturn : .fieldValue)
        }
        fields.appendChecked(line.extracting(0..<colon), value.trimmed())
    }
}
