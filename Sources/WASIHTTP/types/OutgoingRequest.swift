import ComponentModel
import HTTP
import WASI
import Wasm

/// A request that a guest makes.
/// Spec: wasi:http/types#outgoing-request
package final class OutgoingRequest {
    package private(set) var method = Method.get
    package private(set) var pathWithQuery: String?
    package private(set) var scheme: Scheme?
    package private(set) var authority: String?
    /// The header fields, as they are sent.
    package let lines: FieldLines
    /// The body, once the guest has it.
    package private(set) var outgoingBody: OutgoingBody?

    /// A request with the method GET and nothing else.
    package init(_ headers: Fields) { lines = headers.lines }

    /// The body, which can be had once.
    package func body() -> OutgoingBody? {
        guard outgoingBody == nil else { return nil }
        let body = OutgoingBody(declared: lines.contentLength, of: .request)
        outgoingBody = body
        return body
    }

    /// Sets the method; false where it is none.
    package func setMethod(_ method: Method) -> Bool {
        guard method.isValid else { return false }
        // A name that has a case of its own is that case.
        if case .other(let name) = method {
            self.method = Method(Array(name.utf8).span)
        } else {
            self.method = method
        }
        return true
    }

    /// Sets path and query; false where they are none.
    package func setPathWithQuery(_ path: String?) -> Bool {
        guard OutgoingRequest.isValid(path, RequestSyntax.isPathWithQuery) else { return false }
        pathWithQuery = path
        return true
    }

    /// Sets the scheme; false where it is none.
    package func setScheme(_ scheme: Scheme?) -> Bool {
        guard scheme?.isValid ?? true else { return false }
        self.scheme = scheme
        return true
    }

    /// Sets the authority; false where it is none.
    package func setAuthority(_ authority: String?) -> Bool {
        guard OutgoingRequest.isValid(authority, RequestSyntax.isAuthority) else { return false }
        self.authority = authority
        return true
    }

    /// The header fields, which can be changed no more.
    package func headers() -> Fields { Fields(lines, isMutable: false) }

    private static func isValid(_ text: String?, _ syntax: (Span<UInt8>) -> Bool) -> Bool {
        guard let text else { return true }
        let bytes = Array(text.utf8)
        return bytes.count <= WASIHTTPLimits.targetBytes && syntax(bytes.span)
    }
}

// MARK: Functions

extension OutgoingRequest: TypesResource {
    package static let resourceType = HostResourceType("outgoing-request", of: OutgoingRequest.self)
    package var price: UInt32 { WASILimits.resourceBytes + UInt32(clamping: lines.listSize) }

    static func define(in types: InstanceDefinition) {
        types.define("[constructor]outgoing-request") {
            (call, headers: Own<Fields>) throws(Trap) in
            try call.push(OutgoingRequest(try call.take(headers)))
        }
        types.define("[method]outgoing-request.body") {
            (call, this: Borrow<OutgoingRequest>) throws(Trap)
                -> ComponentResult<Own<OutgoingBody>, Unit> in
            ComponentResult(try call.push(ifAny: try call.get(this).body()))
        }
        types.define("[method]outgoing-request.headers") {
            (call, this: Borrow<OutgoingRequest>) throws(Trap) in
            try call.push(try call.get(this).headers(), childOf: this)
        }
        defineTarget(in: types)
    }

    /// What names the request's target.
    private static func defineTarget(in types: InstanceDefinition) {
        types.define("[method]outgoing-request.method") {
            (call, this: Borrow<OutgoingRequest>) throws(Trap) in try call.get(this).method
        }
        types.define("[method]outgoing-request.set-method") {
            (call, this: Borrow<OutgoingRequest>, method: Method) throws(Trap) in
            Outcome<Unit>(done: try call.get(this).setMethod(method))
        }
        types.define("[method]outgoing-request.path-with-query") {
            (call, this: Borrow<OutgoingRequest>) throws(Trap) in
            try call.get(this).pathWithQuery
        }
        types.define("[method]outgoing-request.set-path-with-query") {
            (call, this: Borrow<OutgoingRequest>, path: String?) throws(Trap) in
            Outcome<Unit>(done: try call.get(this).setPathWithQuery(path))
        }
        types.define("[method]outgoing-request.scheme") {
            (call, this: Borrow<OutgoingRequest>) throws(Trap) in try call.get(this).scheme
        }
        types.define("[method]outgoing-request.set-scheme") {
            (call, this: Borrow<OutgoingRequest>, scheme: Scheme?) throws(Trap) in
            Outcome<Unit>(done: try call.get(this).setScheme(scheme))
        }
        types.define("[method]outgoing-request.authority") {
            (call, this: Borrow<OutgoingRequest>) throws(Trap) in try call.get(this).authority
        }
        types.define("[method]outgoing-request.set-authority") {
            (call, this: Borrow<OutgoingRequest>, authority: String?) throws(Trap) in
            Outcome<Unit>(done: try call.get(this).setAuthority(authority))
        }
    }
}
