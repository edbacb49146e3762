/// A version of HTTP.
package enum Version: Sendable, Equatable {
    case http10
    case http11
    case http2
}

/// How a client reached the server.
package enum Scheme: Sendable, Equatable {
    case http
    case https

    /// As in a URI.
    package var name: StaticString { self == .http ? "http" : "https" }
}

/// The control data and header fields of a request (RFC 9110 section 6).
package struct RequestHead: Sendable {
    /// The method.
    package var method = Method.get
    /// The version it came in.
    package var version = Version.http11
    /// The scheme of the target URI: that of the connection.
    package var scheme = Scheme.http
    /// The header fields, Host among them in HTTP/1.1.
    package var fields = Fields()
    /// The declared length of the content; nil where it is not declared or there is none.
    package var contentLength: UInt64?
    /// Whether content may follow.
    package var hasContent = false
    /// Whether the client waits for 100 (Continue) before it sends content (RFC 9110, 10.1.1).
    package var expectsContinue = false

    private var text: [UInt8] = []
    private var authorityLength = 0

    /// The head of `GET /` before anything is known.
    package init() {}

    /// Host and port as the client named them; empty where it named none.
    package var authority: Span<UInt8> {
        @_lifetime(borrow self) get { text.span.extracting(0..<authorityLength) }
    }

    /// Path and query, beginning with "/"; or "*".
    package var target: Span<UInt8> {
        @_lifetime(borrow self) get { text.span.extracting(authorityLength..<text.count) }
    }

    /// Path and query as text.
    package var path: String { target.text }

    /// Forgets everything but the storage.
    package mutating func reset() {
        method = .get
        version = .http11
        fields.removeAll()
        contentLength = nil
        hasContent = false
        expectsContinue = false
        text.removeAll(keepingCapacity: true)
        authorityLength = 0
    }

    /// Sets authority and target.
    package mutating func setTarget(authority: Span<UInt8>, target: Span<UInt8>) {
        text.removeAll(keepingCapacity: true)
        text.append(authority)
        authorityLength = authority.count
        text.append(target)
    }

    /// Sets the target, behind the authority that is there.
    mutating func setPath(_ target: Span<UInt8>) {
        text.removeLast(text.count - authorityLength)
        text.append(target)
    }

    /// Puts an authority before a target that is already there.
    mutating func setAuthority(_ authority: Span<UInt8>) {
        let old = authorityLength
        if text.isEmpty {
            text.append(authority)
            return authorityLength = authority.count
        }
        var joined: [UInt8] = []
        joined.reserveCapacity(authority.count + text.count - old)
        joined.append(authority)
        joined.append(text.span.extracting(old..<text.count))
        text = joined
        authorityLength = authority.count
    }
}
