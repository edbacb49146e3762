import ComponentModel
import HTTP
import WASI
import Wasm

/// A request that a guest is to answer.
/// Spec: wasi:http/types#incoming-request
package final class IncomingRequest {
    private let exchange: GuestExchange
    private var isConsumed = false

    package init(_ exchange: GuestExchange) {
        self.exchange = exchange
        exchange.holders += 1
    }

    deinit { exchange.holders -= 1 }

    /// What the client asked for.
    package var head: RequestHead { exchange.head }

    package var method: Method { head.method }
    /// Path and query, or `*`.
    package var pathWithQuery: String? { head.path }
    package var scheme: Scheme? { Scheme(head.scheme) }

    /// Host and port, as the client named them.
    package var authority: String? {
        let head = head
        return head.authority.isEmpty ? nil : head.authority.text
    }

    /// The header fields, but those that belong to the connection.
    package func headers() -> Fields { Fields(head.fields.forGuest, isMutable: false) }

    /// The body, which can be had once.
    package func consume() -> IncomingBody? {
        guard !isConsumed else { return nil }
        isConsumed = true
        return IncomingBody(exchange.content(), of: exchange)
    }
}

// MARK: Functions

extension IncomingRequest: TypesResource {
    package static let resourceType = HostResourceType("incoming-request", of: IncomingRequest.self)

    static func define(in types: InstanceDefinition) {
        types.define("[method]incoming-request.method") {
            (call, this: Borrow<IncomingRequest>) throws(Trap) in try call.get(this).method
        }
        types.define("[method]incoming-request.path-with-query") {
            (call, this: Borrow<IncomingRequest>) throws(Trap) in
            try call.get(this).pathWithQuery
        }
        types.define("[method]incoming-request.scheme") {
            (call, this: Borrow<IncomingRequest>) throws(Trap) in try call.get(this).scheme
        }
        types.define("[method]incoming-request.authority") {
            (call, this: Borrow<IncomingRequest>) throws(Trap) in try call.get(this).authority
        }
        types.define("[method]incoming-request.headers") {
            (call, this: Borrow<IncomingRequest>) throws(Trap) in
            try call.push(try call.get(this).headers(), childOf: this)
        }
        types.define("[method]incoming-request.consume") {
            (call, this: Borrow<IncomingRequest>) throws(Trap)
                -> ComponentResult<Own<IncomingBody>, Unit> in
            ComponentResult(try call.push(ifAny: try call.get(this).consume()))
        }
    }
}
