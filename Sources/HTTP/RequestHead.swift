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

    private var authorityBytes: [UInt8] = []
    private var targetBytes: [UInt8] = []
    /// The field line that stands in for an authority in the target; -1 where none does.
    private var hostLine = -1

    /// The head of `GET /` before anything is known.
    package init() {}

    /// Host and port as the client named them; empty where it named none.
    package var authority: Span<UInt8> {
        @_lifetime(borrow self) get {
            hostLine < 0 ? authorityBytes.span : fields.value(hostLine)
        }
    }

    /// Path and query, beginning with "/"; or "*".
    package var target: Span<UInt8> {
        @_lifetime(borrow self) get { targetBytes.span }
    }

    /// Path and query as text.
    package var path: String { target.text }

    /// Takes out the field lines whose names `isRemoved` is true of. The line of Host is not to be one.
    package mutating func removeFields(where isRemoved: (Span<UInt8>) -> Bool) {
        var isThere = false
        for index in 0..<fields.count where isRemoved(fields.name(index)) { isThere = true }
        guard isThere else { return }
        var kept = Fields()
        var host = -1
        for index in 0..<fields.count where !isRemoved(fields.name(index)) {
            if index == hostLine { host = kept.count }
            kept.copy(index, of: fields)
        }
        fields = kept
        hostLine = host
    }

    /// Forgets everything but the storage.
    package mutating func reset() {
        method = .get
        version = .http11
        fields.removeAll()
        contentLength = nil
        hasContent = false
        expectsContinue = false
        authorityBytes.removeAll(keepingCapacity: true)
        targetBytes.removeAll(keepingCapacity: true)
        hostLine = -1
    }

    /// Sets the target: path and query, or "*".
    mutating func setTarget(_ target: Span<UInt8>) {
        targetBytes.removeAll(keepingCapacity: true)
        targetBytes.append(target)
    }

    /// Sets the authority.
    mutating func setAuthority(_ authority: Span<UInt8>) {
        authorityBytes.removeAll(keepingCapacity: true)
        authorityBytes.append(authority)
    }

    /// Has the field line `index` stand for the authority, where the target has none.
    mutating func useHost(_ index: Int) {
        if authorityBytes.isEmpty { hostLine = index }
    }
}
