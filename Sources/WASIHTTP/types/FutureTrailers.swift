import HTTP
import WASI

/// Trailers that may not have come yet.
///
/// It is ready when they have, or when an error has. What is left of the content before them is dropped.
/// Spec: wasi:http/types#future-trailers
package final class FutureTrailers {
    /// What `get` tells.
    package enum Outcome {
        /// They have not come yet.
        case pending
        /// They were told before.
        case taken
        case trailers(Result<Fields?, ErrorCode>)
    }

    private let content: any IncomingContent
    private var isTaken = false

    init(_ content: any IncomingContent) { self.content = content }

    /// The trailers, which can be had once.
    package func get() -> Outcome {
        guard !isTaken else { return .taken }
        content.discard()
        guard let trailers = content.trailers else { return .pending }
        isTaken = true
        return .trailers(trailers.map { $0.map { Fields($0.forGuest, isMutable: false) } })
    }

    /// Ready when `get` gives something.
    package func subscribe() -> any Pollable { self }
}

extension FutureTrailers: Pollable {
    package var isReady: Bool {
        if isTaken { return true }
        content.discard()
        return content.trailers != nil
    }

    package func await(_ task: GuestTask) { content.await(task) }
    package func forget(_ task: GuestTask) { content.forget(task) }
}
