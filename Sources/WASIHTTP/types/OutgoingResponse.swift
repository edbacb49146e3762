import ComponentModel
import HTTP
import WASI
import Wasm

/// A response that a guest makes.
/// Spec: wasi:http/types#outgoing-response
package final class OutgoingResponse {
    private var status = Status.ok
    private let lines: FieldLines
    /// The body, once the guest has it.
    private(set) var outgoingBody: OutgoingBody?

    /// A response with the status 200.
    package init(_ headers: Fields) { lines = headers.lines }

    package var statusCode: UInt16 { status.code }

    /// Sets the status code; false where it is none that a response can end with.
    package func setStatusCode(_ code: UInt16) -> Bool {
        guard let status = Status(Int(code)), !status.isInformational else { return false }
        self.status = status
        return true
    }

    /// The header fields, which can be changed no more.
    package func headers() -> Fields { Fields(lines, isMutable: false) }

    /// The body, which can be had once.
    package func body() -> OutgoingBody? {
        guard outgoingBody == nil else { return nil }
        let body = OutgoingBody(declared: lines.contentLength, of: .response)
        outgoingBody = body
        return body
    }

    /// The length of the content that the header fields declare.
    var declaredLength: UInt64? { lines.contentLength }

    /// What is sent before the body.
    package var head: ResponseHead { ResponseHead(status, lines) }
}

// MARK: Functions

extension OutgoingResponse: TypesResource {
    package static let resourceType = HostResourceType(
        "outgoing-response",
        of: OutgoingResponse.self
    )
    package var price: UInt32 { WASILimits.resourceBytes + UInt32(clamping: lines.listSize) }

    static func define(in types: InstanceDefinition) {
        types.define("[constructor]outgoing-response") {
            (call, headers: Own<Fields>) throws(Trap) in
            try call.push(OutgoingResponse(try call.take(headers)))
        }
        types.define("[method]outgoing-response.status-code") {
            (call, this: Borrow<OutgoingResponse>) throws(Trap) in try call.get(this).statusCode
        }
        types.define("[method]outgoing-response.set-status-code") {
            (call, this: Borrow<OutgoingResponse>, code: UInt16) throws(Trap) in
            Outcome<Unit>(done: try call.get(this).setStatusCode(code))
        }
        types.define("[method]outgoing-response.headers") {
            (call, this: Borrow<OutgoingResponse>) throws(Trap) in
            try call.push(try call.get(this).headers(), childOf: this)
        }
        types.define("[method]outgoing-response.body") {
            (call, this: Borrow<OutgoingResponse>) throws(Trap)
                -> ComponentResult<Own<OutgoingBody>, Unit> in
            ComponentResult(try call.push(ifAny: try call.get(this).body()))
        }
    }
}
