/// Why an HTTP/1.1 request is refused: the status to answer with, and the rule that it broke.
package struct RequestError: Error, Equatable, CustomStringConvertible {
    /// The rules, named by what breaks them.
    package enum Kind: Sendable, Equatable {
        case bareLineFeed
        case bareCarriageReturn
        case requestLine
        case method
        case target
        case targetLength
        case version
        case versionUnknown
        case fieldName
        case fieldValue
        case fieldFolding
        case fieldCount
        case headSize
        case hostMissing
        case hostRepeated
        case host
        case contentLength
        case contentLengthRepeated
        case contentLengthWithTransferEncoding
        case transferEncoding
        case transferEncodingUnknown
        case transferEncodingInHTTP10
        case chunkSize
        case chunkExtension
        case chunkExtensionSize
        case chunkEnd
        case bodySize
    }

    /// Which rule.
    package let kind: Kind

    init(_ kind: Kind) { self.kind = kind }

    /// The status to answer with.
    package var status: Status {
        switch kind {
        case .targetLength: .uriTooLong
        case .versionUnknown: .versionNotSupported
        case .fieldCount, .headSize: .fieldsTooLarge
        case .transferEncodingUnknown: .notImplemented
        case .bodySize: .contentTooLarge
        default: .badRequest
        }
    }

    /// One sentence, with the section of RFC 9112 (or 9110) that has the rule.
    package var description: String {
        switch kind {
        case .bareLineFeed: "a line ends in a line feed alone (RFC 9112, 2.2)"
        case .bareCarriageReturn: "a carriage return stands without a line feed (RFC 9112, 2.2)"
        case .requestLine: "the request line is not method, target and version (RFC 9112, 3)"
        case .method: "the method is not a token (RFC 9110, 9.1)"
        case .target: "the request target has no form that the method allows (RFC 9112, 3.2)"
        case .targetLength: "the request target is too long (RFC 9110, 15.5.15)"
        case .version: "the protocol's name or version is malformed (RFC 9112, 2.3)"
        case .versionUnknown: "the version is not 1.0 or 1.1 (RFC 9110, 15.6.6)"
        case .fieldName: "a field name is not a token before a colon (RFC 9112, 5.1)"
        case .fieldValue: "a field value holds a control character (RFC 9110, 5.5)"
        case .fieldFolding: "a field line is folded (RFC 9112, 5.2)"
        case .fieldCount: "there are too many field lines (RFC 6585, 5)"
        case .headSize: "the head is too large (RFC 6585, 5)"
        case .hostMissing: "an HTTP/1.1 request has no Host (RFC 9112, 3.2)"
        case .hostRepeated: "a request has more than one Host (RFC 9112, 3.2)"
        case .host: "Host is not a host and port (RFC 9112, 3.2)"
        case .contentLength: "Content-Length is not a number (RFC 9112, 6.3)"
        case .contentLengthRepeated: "there is more than one Content-Length (RFC 9112, 6.3)"
        case .contentLengthWithTransferEncoding:
            "Content-Length and Transfer-Encoding stand together (RFC 9112, 6.1)"
        case .transferEncoding: "chunked is not the last transfer coding (RFC 9112, 6.3)"
        case .transferEncodingUnknown: "a transfer coding is not known (RFC 9112, 6.1)"
        case .transferEncodingInHTTP10: "HTTP/1.0 has no Transfer-Encoding (RFC 9112, 6.1)"
        case .chunkSize: "a chunk size is not a hexadecimal number (RFC 9112, 7.1)"
        case .chunkExtension: "a chunk extension is malformed (RFC 9112, 7.1.1)"
        case .chunkExtensionSize: "chunk extensions are too long (RFC 9112, 7.1.1)"
        case .chunkEnd: "chunk data is not followed by a line end (RFC 9112, 7.1)"
        case .bodySize: "the content is too large (RFC 9110, 15.5.14)"
        }
    }
}
