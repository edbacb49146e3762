import Wasm

/// What the requests to one component may take. Counts are those of one loop.
package struct ServingLimits: Hashable, Sendable {
    /// What becomes of an instance when it has answered.
    package enum InstancePolicy: String, Hashable, Sendable, CaseIterable {
        /// It is let go; the next request has a new one.
        case fresh
        /// It is brought back to the state that it was made in.
        case reset
        /// It goes on to the next request as it is.
        case reuse
    }

    package var policy = InstancePolicy.reset
    /// Instances at once: as many requests are under way.
    package var instances = 512
    /// Guests that run at once on all loops together; nil where the loops' own bounds are enough.
    package var concurrency: Int?
    /// Requests that wait for an instance; beyond it 503.
    package var queued = 1_024
    /// Milliseconds that a request may wait for an instance, after which 503.
    package var queueMilliseconds = 10_000
    /// Seconds that Retry-After asks for.
    package var retryAfterSeconds = 1
    /// Milliseconds that a guest may take for a request, whether it computes or waits, also when it has
    /// answered.
    package var requestMilliseconds = 30_000
    /// Microseconds of processor time that a guest may take for a request.
    package var cpuMicroseconds: UInt64?
    /// Bytes of the bodies; a request that has more is answered 413, a response 500 or broken off.
    package var content = ContentLimits()
    /// Bytes of an instance's memories and tables, and of what the host holds for it, together.
    package var memoryBytes: UInt64 = 512 << 20
    /// Nanoseconds that a guest computes before others on its loop have their turn.
    package var sliceNanoseconds: UInt64 = 1_000_000

    package init() {}

    /// What each run of a guest may take.
    var runLimits: RunLimits {
        RunLimits(
            cpuTime: cpuMicroseconds.map { $0.multipliedReportingOverflow(by: 1_000) }
                .map { $0.overflow ? .max : $0.partialValue },
            slice: sliceNanoseconds
        )
    }
}
