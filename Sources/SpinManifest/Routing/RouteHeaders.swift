/// The header fields that tell a component how its request was routed.
///
/// Those that are the same for each request are made once; `Router` itself does not need them.
package struct RouteHeaders: Sendable {
    /// Those that are the same for each request.
    package let fixed: [(name: [UInt8], value: [UInt8])]
    private let parameterNames: [[UInt8]]
    private let pattern: RoutePattern

    /// The header fields of a route.
    package init(_ pattern: RoutePattern) {
        let raw = pattern.raw
        fixed = [
            ("spin-matched-route", pattern.based),
            ("spin-base-path", "/"),
            ("spin-raw-component-route", raw),
            ("spin-component-route", raw.hasSuffix("/...") ? String(raw.dropLast(4)) : raw),
        ].map { (Array($0.utf8), Array($1.utf8)) }
        parameterNames = pattern.parameters.map {
            Array("spin-path-match-\(RoutePattern.headerName($0))".utf8)
        }
        self.pattern = pattern
    }

    /// Whether a field is the host's to set: those that a client sends are removed.
    package static func isReserved(_ name: Span<UInt8>) -> Bool {
        guard name.count >= 5 else { return false }
        for (index, byte) in "spin-".utf8.enumerated()
        where name[index] | (byte == UInt8(ascii: "-") ? 0 : 0x20) != byte { return false }
        return true
    }

    /// Hands each field over: the name in lower case, and the value.
    ///
    /// `scheme` is `http` or `https`; `target` path and query; `client` the peer's address and port,
    /// as in `192.0.2.1:1234` or `[::1]:1234`. `buffer` is used for the values that are put
    /// together, and may be kept for the next request.
    package func forEach(
        scheme: Span<UInt8>,
        authority: Span<UInt8>,
        target: Span<UInt8>,
        client: Span<UInt8>,
        buffer: inout [UInt8],
        _ body: (_ name: Span<UInt8>, _ value: Span<UInt8>) -> Void
    ) {
        for (name, value) in fixed { body(name.span, value.span) }
        forEachOfRequest(
            scheme: scheme,
            authority: authority,
            target: target,
            client: client,
            buffer: &buffer,
            body
        )
    }

    /// Hands those fields over that are not `fixed`, as `forEach` does.
    package func forEachOfRequest(
        scheme: Span<UInt8>,
        authority: Span<UInt8>,
        target: Span<UInt8>,
        client: Span<UInt8>,
        buffer: inout [UInt8],
        _ body: (_ name: Span<UInt8>, _ value: Span<UInt8>) -> Void
    ) {
        let wildcard = pattern.captures(of: target) { index, value in
            let name = parameterNames[index]
            let taken = target.extracting(value)
            body(name.span, taken)
        }
        buffer.removeAll(keepingCapacity: true)
        if wildcard.hasSlashBefore { buffer.append(UInt8(ascii: "/")) }
        RouteHeaders.append(target.extracting(wildcard.bytes), to: &buffer)
        if wildcard.hasSlashAfter { buffer.append(UInt8(ascii: "/")) }
        body(RouteHeaders.pathInfo.span, buffer.span)

        buffer.removeAll(keepingCapacity: true)
        RouteHeaders.append(scheme, to: &buffer)
        buffer.append(contentsOf: "://".utf8)
        RouteHeaders.append(authority, to: &buffer)
        RouteHeaders.append(target, to: &buffer)
        body(RouteHeaders.fullURL.span, buffer.span)
        body(RouteHeaders.clientAddress.span, client)
    }

    private static let pathInfo = Array("spin-path-info".utf8)
    private static let fullURL = Array("spin-full-url".utf8)
    private static let clientAddress = Array("spin-client-addr".utf8)

    private static func append(_ bytes: Span<UInt8>, to buffer: inout [UInt8]) {
        for index in bytes.indices { buffer.append(bytes[index]) }
    }
}
