import WASI

/// A response that may not have come yet.
/// Spec: wasi:http/types#future-incoming-response
package final class FutureIncomingResponse {
    /// What `get` tells.
    package enum Outcome {
        /// It has not come yet.
        case pending
        /// It was told before.
        case taken
        case response(Result<IncomingResponse, ErrorCode>)
    }

    private var result: Result<IncomingResponse, ErrorCode>?
    private var isTaken = false
    private var waiters = Waiters()

    /// A response that is still to come.
    package init() {}

    /// Says what has come; only the first is heard.
    package func resolve(_ result: Result<IncomingResponse, ErrorCode>) {
        guard self.result == nil, !isTaken else { return }
        self.result = result
        waiters.wake()
    }

    /// The response, which can be had once.
    package func get() -> Outcome {
        guard !isTaken else { return .taken }
        guard let result else { return .pending }
        isTaken = true
        self.result = nil
        return .response(result)
    }

    /// Ready when `get` gives something.
    package func subscribe() -> any Pollable { self }
}

extension FutureIncomingResponse: Pollable {
    package var isReady: Bool { isTaken || result != nil }
    package func await(_ task: GuestTask) { waiters.add(task) }
    package func forget(_ task: GuestTask) { waiters.remove(task) }
}
