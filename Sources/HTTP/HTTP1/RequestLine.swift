/// The first line of a request (RFC 9112 section 3).
enum RequestLine {
    /// Reads `line`, given without its line end, into `head`.
    static func parse(
        _ line: Span<UInt8>,
        _ limits: Limits,
        into head: inout RequestHead
    ) throws(RequestError) {
        var space = 0
        while space < line.count, Characters.isToken(line[space]) { space &+= 1 }
        guard space > 0 else { throw RequestError(.method) }
        guard space < line.count, line[space] == 0x20 else {
            throw RequestError(space == line.count ? .requestLine : .method)
        }
        let method = line.extracting(0..<space)
        let start = space &+ 1
        var end = start
        while end < line.count, Characters.isTarget(line[end]) { end &+= 1 }
        guard end &- start <= limits.targetBytes else { throw RequestError(.targetLength) }
        guard end > start else { throw RequestError(.requestLine) }
        guard end < line.count else { throw RequestError(.requestLine) }
        guard line[end] == 0x20 else { throw RequestError(.target) }
        head.version = try version(line.extracting((end &+ 1)...))
        head.method = Method(method)
        try target(line.extracting(start..<end), into: &head)
    }

    /// `HTTP-version` (RFC 9112 section 2.3).
    ///
    /// A minor version above 1 is served as 1.1.
    private static func version(_ text: Span<UInt8>) throws(RequestError) -> Version {
        guard text.count == 8, text.extracting(0..<5).equals("HTTP/"),
            Characters.isDigit(text[5]), text[6] == 0x2E, Characters.isDigit(text[7])
        else { throw RequestError(.version) }
        guard text[5] == 0x31 else { throw RequestError(.versionUnknown) }
        return text[7] == 0x30 ? .http10 : .http11
    }

    /// `request-target` (RFC 9112 section 3.2), in the form that the method allows.
    private static func target(
        _ text: Span<UInt8>,
        into head: inout RequestHead
    ) throws(RequestError) {
        if head.method == .connect {
            guard isHost(text, portRequired: true) else { throw RequestError(.target) }
            return head.setAuthority(text)
        }
        if text[0] == 0x2F { return head.setTarget(text) }
        if text.count == 1, text[0] == 0x2A, head.method == .options {
            return head.setTarget(text)
        }
        try absolute(text, into: &head)
    }

    /// `absolute-form` (RFC 9112 section 3.2.2): scheme, authority, path.
    private static func absolute(
        _ text: Span<UInt8>,
        into head: inout RequestHead
    ) throws(RequestError) {
        var start = 0
        if text.count > 7, text.extracting(0..<7).equalsIgnoringCase("http://") {
            start = 7
        } else if text.count > 8, text.extracting(0..<8).equalsIgnoringCase("https://") {
            start = 8
        } else {
            throw RequestError(.target)
        }
        var end = start
        while end < text.count, text[end] != 0x2F, text[end] != 0x3F { end &+= 1 }
        let authority = text.extracting(start..<end)
        guard isHost(authority, portRequired: false) else { throw RequestError(.target) }
        if end < text.count, text[end] == 0x2F {
            head.setAuthority(authority)
            return head.setTarget(text.extracting(end...))
        }
        // An empty path is "/" (RFC 9110 section 4.2.3).
        var path: [UInt8] = [0x2F]
        path.append(text.extracting(end...))
        if path.count == 1, head.method == .options { path = [0x2A] }
        head.setAuthority(authority)
        head.setTarget(path.span)
    }

    /// Whether `text` is `uri-host [ ":" port ]` (RFC 9110 section 7.2), without user information.
    static func isHost(_ text: Span<UInt8>, portRequired: Bool) -> Bool {
        guard !text.isEmpty else { return false }
        var index = 0
        if text[0] == 0x5B {
            while index < text.count, text[index] != 0x5D { index &+= 1 }
            guard index < text.count, index > 1 else { return false }
            index &+= 1
        } else {
            while index < text.count, text[index] != 0x3A {
                guard isRegisteredName(text, index) else { return false }
                index &+= 1
            }
            guard index > 0 else { return false }
        }
        for place in 0..<index where !(Characters.isAuthority(text[place]) || text[place] == 0x25) {
            return false
        }
        guard index < text.count else { return !portRequired }
        guard text[index] == 0x3A else { return false }
        let digits = text.extracting((index &+ 1)...)
        guard !digits.isEmpty else { return !portRequired }
        guard let port = decimal(digits) else { return false }
        return port <= 65_535
    }

    /// `reg-name` (RFC 3986 section 3.2.2): no brackets; "%" before two hexadecimal digits.
    private static func isRegisteredName(_ text: Span<UInt8>, _ index: Int) -> Bool {
        let byte = text[index]
        if byte == 0x25 {
            return index &+ 2 < text.count && Characters.hexadecimal(text[index &+ 1]) != nil
                && Characters.hexadecimal(text[index &+ 2]) != nil
        }
        return Characters.isAuthority(byte) && byte != 0x5B && byte != 0x5D
    }
}
