import ComponentModel
import HTTP
import WASI
import Wasm

/// The response to a request that a guest made.
/// Spec: wasi:http/types#incoming-response
package final class IncomingResponse {
    private let head: ResponseHead
    private let content: any IncomingContent
    private var isConsumed = false

    package init(_ head: ResponseHead, _ content: any IncomingContent) {
        self.head = head
        self.content = content
    }

    package var status: UInt16 { head.status.code }

    /// The header fields, but those that belong to the connection.
    package func headers() -> Fields { Fields(head.fields.forGuest, isMutable: false) }

    /// The body, which can be had once.
    package func consume() -> IncomingBody? {
        guard !isConsumed else { return nil }
        isConsumed = true
        return IncomingBody(content)
    }
}

// MARK: Functions

extension IncomingResponse: TypesResource {
    package static let resourceType = HostResourceType(
        "incoming-response",
        of: IncomingResponse.self
    )

    static func define(in types: InstanceDefinition) {
        types.define("[method]incoming-response.status") {
            (call, this: Borrow<IncomingResponse>) throws(Trap) in try call.get(this).status
        }
        types.define("[method]incoming-response.headers") {
            (call, this: Borrow<IncomingResponse>) throws(Trap) in
            try call.push(try call.get(this).headers(), childOf: this)
        }
        types.define("[method]incoming-response.consume") {
            (call, this: Borrow<IncomingResponse>) throws(Trap)
                -> ComponentResult<Own<IncomingBody>, Unit> in
            ComponentResult(try call.push(ifAny: try call.get(this).consume()))
        }
    }
}
