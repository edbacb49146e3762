import ComponentModel
import WASI
import Wasm

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

// MARK: Functions

extension FutureIncomingResponse: TypesResource {
    package static let resourceType = HostResourceType(
        "future-incoming-response",
        of: FutureIncomingResponse.self
    )

    static func define(in types: InstanceDefinition) {
        types.define("[method]future-incoming-response.subscribe") {
            (call, this: Borrow<FutureIncomingResponse>) throws(Trap) in
            try call.push(PollableResource(try call.get(this).subscribe()), childOf: this)
        }
        types.define("[method]future-incoming-response.get") {
            (call, this: Borrow<FutureIncomingResponse>) throws(Trap)
                -> ComponentResult<ComponentResult<Own<IncomingResponse>, ErrorCode>, Unit>? in
            switch try call.get(this).get() {
            case .pending: return nil
            case .taken: return .error(Unit())
            case .response(.success(let response)): return .ok(.ok(try call.push(response)))
            case .response(.failure(let error)): return .ok(.error(error))
            }
        }
    }
}
