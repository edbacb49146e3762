import HTTP

/// A method of a request.
/// Spec: wasi:http/types#method
package typealias Method = HTTP.Method

extension HTTP.Method {
    /// Whether it can be a method of a request.
    var isValid: Bool {
        guard case .other(let name) = self else { return true }
        let bytes = Array(name.utf8)
        return bytes.count <= WASIHTTPLimits.tokenBytes && RequestSyntax.isMethod(bytes.span)
    }
}
