/// A status code (RFC 9110 section 15), 100 to 999.
package struct Status: Sendable, Equatable {
    /// The three digits.
    package let code: UInt16

    /// The status with this code; nil below 100 and above 999.
    package init?(_ code: Int) {
        guard (100...999).contains(code) else { return nil }
        self.code = UInt16(code)
    }

    private init(known code: UInt16) { self.code = code }

    package static let `continue` = Status(known: 100)
    package static let ok = Status(known: 200)
    package static let noContent = Status(known: 204)
    package static let partialContent = Status(known: 206)
    package static let movedPermanently = Status(known: 301)
    package static let notModified = Status(known: 304)
    package static let badRequest = Status(known: 400)
    package static let forbidden = Status(known: 403)
    package static let notFound = Status(known: 404)
    package static let methodNotAllowed = Status(known: 405)
    package static let requestTimeout = Status(known: 408)
    package static let lengthRequired = Status(known: 411)
    package static let preconditionFailed = Status(known: 412)
    package static let contentTooLarge = Status(known: 413)
    package static let uriTooLong = Status(known: 414)
    package static let rangeNotSatisfiable = Status(known: 416)
    package static let expectationFailed = Status(known: 417)
    package static let misdirectedRequest = Status(known: 421)
    package static let fieldsTooLarge = Status(known: 431)
    package static let internalServerError = Status(known: 500)
    package static let notImplemented = Status(known: 501)
    package static let badGateway = Status(known: 502)
    package static let serviceUnavailable = Status(known: 503)
    package static let gatewayTimeout = Status(known: 504)
    package static let versionNotSupported = Status(known: 505)
    package static let loopDetected = Status(known: 508)

    /// Whether another status follows (1xx).
    package var isInformational: Bool { code < 200 }

    /// Whether a response with this status never has content (RFC 9110 section 6.4.1).
    package var forbidsContent: Bool { code < 200 || code == 204 || code == 304 }

    /// The phrase that RFC 9110 gives, or "Unknown".
    package var phrase: StaticString {
        switch code {
        case 100: "Continue"
        case 101: "Switching Protocols"
        case 102: "Processing"
        case 103: "Early Hints"
        case 200: "OK"
        case 201: "Created"
        case 202: "Accepted"
        case 203: "Non-Authoritative Information"
        case 204: "No Content"
        case 205: "Reset Content"
        case 206: "Partial Content"
        case 300: "Multiple Choices"
        case 301: "Moved Permanently"
        case 302: "Found"
        case 303: "See Other"
        case 304: "Not Modified"
        case 307: "Temporary Redirect"
        case 308: "Permanent Redirect"
        default: errorPhrase
        }
    }

    private var errorPhrase: StaticString {
        switch code {
        case 400: "Bad Request"
        case 401: "Unauthorized"
        case 403: "Forbidden"
        case 404: "Not Found"
        case 405: "Method Not Allowed"
        case 406: "Not Acceptable"
        case 408: "Request Timeout"
        case 409: "Conflict"
        case 410: "Gone"
        case 411: "Length Required"
        case 412: "Precondition Failed"
        case 413: "Content Too Large"
        case 414: "URI Too Long"
        case 415: "Unsupported Media Type"
        case 416: "Range Not Satisfiable"
        case 417: "Expectation Failed"
        case 421: "Misdirected Request"
        case 422: "Unprocessable Content"
        case 426: "Upgrade Required"
        case 429: "Too Many Requests"
        case 431: "Request Header Fields Too Large"
        case 500: "Internal Server Error"
        case 501: "Not Implemented"
        case 502: "Bad Gateway"
        case 503: "Service Unavailable"
        case 504: "Gateway Timeout"
        case 505: "HTTP Version Not Supported"
        case 508: "Loop Detected"
        default: "Unknown"
        }
    }
}
