import HTTP
import WASI

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
