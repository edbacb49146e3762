import HTTP

/// A scheme of a URI.
/// Spec: wasi:http/types#scheme
package enum Scheme: Hashable, Sendable {
    case http
    case https
    case other(String)

    init(_ scheme: HTTP.Scheme) { self = scheme == .http ? .http : .https }

    /// Whether it can be a scheme of a request.
    var isValid: Bool {
        guard case .other(let name) = self else { return true }
        let bytes = Array(name.utf8)
        return bytes.count <= WASIHTTPLimits.tokenBytes && RequestSyntax.isScheme(bytes.span)
    }
}
