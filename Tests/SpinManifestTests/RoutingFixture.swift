import SpinManifest
import Testing

/// Routes of a table, by their patterns as they are written.
struct RoutingFixture {
    let router: Router

    init(_ patterns: [String]) throws {
        router = Router(
            try patterns.enumerated().map { index, pattern in
                Route(pattern: try RoutePattern(pattern), target: .component(index), name: pattern)
            }
        )
    }

    init(_ routes: [Route]) {
        router = Router(routes)
    }

    /// The pattern of the route that answers; nil where none does.
    func winner(_ target: String, method: String = "GET", host: String = "example.com") -> Route? {
        let match = match(target, method: method, host: host)
        guard case .route(let index) = match else { return nil }
        return router.routes[index]
    }

    func match(_ target: String, method: String = "GET", host: String = "example.com") -> RouteMatch
    {
        let (target, host) = (Array(target.utf8), Array(host.utf8))
        return router.match(RouteMethods(name: method), host: host.span, target: target.span)
    }
}

extension RoutePattern {
    /// The header fields of a request that the pattern matches.
    func headers(
        _ target: String,
        scheme: String = "http",
        authority: String = "example.com",
        client: String = "192.0.2.1:1234"
    ) -> [String: String] {
        var headers: [String: String] = [:]
        var buffer: [UInt8] = []
        let (scheme, authority) = (Array(scheme.utf8), Array(authority.utf8))
        let (target, client) = (Array(target.utf8), Array(client.utf8))
        RouteHeaders(self).forEach(
            scheme: scheme.span,
            authority: authority.span,
            target: target.span,
            client: client.span,
            buffer: &buffer
        ) { name, value in
            headers[string(name)] = string(value)
        }
        return headers
    }
}

/// The bytes as text.
func string(_ bytes: Span<UInt8>) -> String {
    String(decoding: bytes.indices.map { bytes[$0] }, as: UTF8.self)
}
