/// What a request's parts must look like, for those who make requests.
package enum RequestSyntax {
    /// Whether `text` is a method: a token (RFC 9110 section 9.1).
    package static func isMethod(_ text: Span<UInt8>) -> Bool { Fields.isName(text) }

    /// Whether `text` is a path with query, or a query alone, or nothing (RFC 3986 section 3.3).
    package static func isPathWithQuery(_ text: Span<UInt8>) -> Bool {
        guard text.isEmpty || text[0] == 0x2F || text[0] == 0x3F || text.equals("*") else {
            return false
        }
        for index in 0..<text.count where !Characters.isTarget(text[index]) { return false }
        return true
    }

    /// Whether `text` is a scheme (RFC 3986 section 3.1).
    package static func isScheme(_ text: Span<UInt8>) -> Bool {
        guard !text.isEmpty, Characters.lowercased(text[0]) &- 0x61 < 26 else { return false }
        for index in 1..<text.count {
            switch text[index] {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2B, 0x2D, 0x2E: continue
            default: return false
            }
        }
        return true
    }

    /// Whether `text` is host and, perhaps, port (RFC 9110 section 7.2).
    package static func isAuthority(_ text: Span<UInt8>) -> Bool {
        RequestLine.isHost(text, portRequired: false)
    }
}
