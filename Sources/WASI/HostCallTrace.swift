/// The calls that a guest made of the host last, for a person who looks for what went wrong.
package final class HostCallTrace {
    /// A call: what was called, with what, and what came of it.
    package struct Call: Hashable, Sendable {
        /// The interface and the function.
        package var name: String
        package var arguments: String
        /// Nil of a call that has not returned.
        package var outcome: String?

        /// What came of it, in words.
        package var result: String {
            guard let outcome else { return "did not return" }
            return outcome.isEmpty ? "done" : outcome
        }
    }

    private var ring: [Call] = []
    /// Calls that were made, those included that are no longer kept.
    package private(set) var count = 0

    package init() {}

    /// Notes that a call has begun; its number.
    func begin(_ name: String, _ arguments: String) -> Int {
        let call = Call(name: name, arguments: arguments)
        if ring.count < WASILimits.tracedCalls {
            ring.append(call)
        } else {
            ring[count % WASILimits.tracedCalls] = call
        }
        count += 1
        return count - 1
    }

    /// Notes what has come of the call with this number, if it is still kept.
    func end(_ number: Int, _ outcome: String) {
        guard number >= count - ring.count else { return }
        ring[number % WASILimits.tracedCalls].outcome = outcome
    }

    /// Those that are kept, in the order in which they began.
    package var calls: [Call] {
        guard count > ring.count else { return ring }
        let first = count % WASILimits.tracedCalls
        return Array(ring[first...]) + ring[..<first]
    }
}

@available(*, unavailable)
extension HostCallTrace: Sendable {}
