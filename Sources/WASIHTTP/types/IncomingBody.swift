import ComponentModel
import HTTP
import WASI
import Wasm

/// The body of an incoming message: its content, and the trailers that follow.
/// Spec: wasi:http/types#incoming-body
package final class IncomingBody {
    private let content: any IncomingContent
    /// The exchange whose request's body it is.
    private let exchange: GuestExchange?
    private var isStreamTaken = false

    package init(_ content: any IncomingContent, of exchange: GuestExchange? = nil) {
        self.content = content
        self.exchange = exchange
        exchange?.holders += 1
    }

    deinit { exchange?.holders -= 1 }

    /// The content, which can be had once.
    package func stream() -> InputStream? {
        guard !isStreamTaken else { return nil }
        isStreamTaken = true
        return InputStream(content)
    }

    /// What becomes of the trailers, once nothing reads the content any more.
    package func finish() -> FutureTrailers { FutureTrailers(content) }
}

// MARK: Functions

extension IncomingBody: TypesResource {
    package static let resourceType = HostResourceType("incoming-body", of: IncomingBody.self)

    static func define(in types: InstanceDefinition) {
        types.define("[method]incoming-body.stream") {
            (call, this: Borrow<IncomingBody>) throws(Trap)
                -> ComponentResult<Own<InputStream>, Unit> in
            guard let stream = try call.get(this).stream() else { return .error(Unit()) }
            return .ok(try call.push(stream, childOf: this))
        }
        types.define("[static]incoming-body.finish") {
            (call, this: Own<IncomingBody>) throws(Trap) in
            try call.push(try call.take(this).finish())
        }
    }
}
