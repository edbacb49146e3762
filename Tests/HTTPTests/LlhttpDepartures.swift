/// Where the outcome is not llhttp's, and why: the case, and the section of the RFC.
enum LlhttpDepartures {
    static let reasons: [String: String] = [
        "connection: Resetting flags when keep-alive is off (1.0, lenient) [request-lenient-keep-alive]":
            "RFC 9112, 9.6: the second request comes after the close and is not read, so nothing is refused",
        "connection: CRLF between requests, explicit close (lenient) [request-lenient-keep-alive]":
            "RFC 9112, 9.6: the second request comes after the close and is not read, so nothing is refused",
        "content-length: Content-Length reset when no body is received [request]":
            "RFC 9112, 6.3: the case has llhttp skip bodies; here the declared body is awaited",
        "invalid: HTTP protocol and ANNOUNCE method [request]":
            "RFC 9110, 9.1: any token is a method; the handler answers 405 or 501",
        "invalid: Invalid method [request]":
            "RFC 9110, 9.1: any token is a method; the handler answers 405 or 501",
        "invalid: Invalid HTTP version [request]":
            "RFC 9112, 2.2: the line has not ended; refused with 505 once it has",
        "method: CONNECT request [request]":
            "RFC 9112, 3.2.3: an authority-form target has no path; compared as authority",
        "method: CONNECT request with CAPS [request]":
            "RFC 9112, 3.2.3: an authority-form target has no path; compared as authority",
        "method: CONNECT with body [request]":
            "RFC 9110, 9.3.6: no tunnel is opened, so the content is framed as usual; the answer is 501",
        "uri: Underscore in hostname [request]":
            "RFC 9112, 3.2.3: an authority-form target has no path; compared as authority",
        "method: M-SEARCH request [request]":
            "RFC 9112, 3.2.4: the asterisk form is only for OPTIONS",
        "method: SOURCE request with ICE [request]":
            "RFC 9112, 2.3: the protocol's name is HTTP",
        "method: OPTIONS request with RTSP [request]":
            "RFC 9112, 2.3: the protocol's name is HTTP",
        "method: ANNOUNCE request with RTSP [request]":
            "RFC 9112, 2.3: the protocol's name is HTTP",
        "method: PRI request HTTP2 [request]":
            "RFC 9112, 3.2.4: the asterisk form is only for OPTIONS; the preface of HTTP/2 is looked for before this parser",
        "sample: No HTTP version [request]":
            "RFC 9112, 3: a request line has a version; HTTP/0.9 is not served",
        "transfer-encoding: POST with chunked as last transfer-encoding [request]":
            "RFC 9112, 6.1: a coding that the server does not know is answered 501 (the target has a fragment besides)",
        "transfer-encoding: POST with chunked as last transfer-encoding (multiple headers) [request]":
            "RFC 9112, 6.1: a coding that the server does not know is answered 501 (the target has a fragment besides)",
        "uri: Host terminated by a query string [request]":
            "RFC 9110, 4.2.3: the handler gets the path of an absolute form, an empty one as /",
        "uri: host:port terminated by a query string [request]":
            "RFC 9110, 4.2.3: the handler gets the path of an absolute form, an empty one as /",
        "uri: host:port terminated by a space [request]":
            "RFC 9110, 4.2.3: the handler gets the path of an absolute form, an empty one as /",
        "uri: Fragment in URI [request]":
            "RFC 9112, 3.2.1: a request target has no fragment",
        "uri: host:port and basic auth [request]":
            "RFC 9110, 4.2.4: user information in a target is an error",
    ]
}
