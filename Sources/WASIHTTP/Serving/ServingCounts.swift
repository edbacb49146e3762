import HTTP
import Wasm

/// What has become of the requests to one component, and what there is of it now. Plain numbers of one
/// loop; others get copies by message.
package struct ServingCounts: Hashable, Sendable {
    /// How many responses had a status.
    package struct StatusCount: Hashable, Sendable {
        package var status: UInt16
        package var count: UInt64
    }

    /// Why no guest was started for a request.
    package enum Refusal: String, CaseIterable, Hashable, Sendable {
        /// As many wait as may.
        case queueFull = "queue_full"
        /// It waited as long as a request may.
        case queueTime = "queue_time"
        /// No instance, or no stack for a guest, could be made.
        case noInstance = "no_instance"
        /// The server ended.
        case shutdown
    }

    /// Responses whose head was sent, by status; statuses beyond `WASIHTTPLimits.countedStatuses` are
    /// counted as 0.
    package private(set) var responses: [StatusCount] = []
    /// From when a request came to the component until the head of its response was sent.
    package private(set) var latency = LatencyHistogram()
    /// By `Trap.Kind.rawValue`.
    package private(set) var traps = [UInt64](repeating: 0, count: Trap.Kind.allCases.count)
    /// By the place in `Refusal.allCases`.
    package private(set) var refusals = [UInt64](repeating: 0, count: Refusal.allCases.count)
    /// Guests that were ended at their deadline.
    package private(set) var deadlines: UInt64 = 0
    /// Guests that returned without a response.
    package private(set) var unanswered: UInt64 = 0
    /// Requests with a body, of their own or of their response, that was over its limit.
    package private(set) var oversized: UInt64 = 0
    /// Guests whose client went away.
    package private(set) var abandoned: UInt64 = 0

    // What there is at the moment.

    /// Guests that are under way.
    package var running = 0
    /// Requests that wait for an instance.
    package var waiting = 0
    /// Instances that wait for a request.
    package var idle = 0
    /// Instances that a request has.
    package var inUse = 0
    /// Instances that go on to the next request as they are.
    package var kept = 0
    /// Instances that were brought back to the state of their image so far.
    package var resets: UInt64 = 0
    /// Instances that were let go since their state could not be vouched for, so far.
    package var discarded: UInt64 = 0
    /// Bytes of the memories of the instances that requests have.
    package var memoryBytes: UInt64 = 0

    package init() {}

    mutating func answered(_ status: UInt16, after nanoseconds: UInt64) {
        count(status, 1)
        latency.count(nanoseconds)
    }

    private mutating func count(_ status: UInt16, _ count: UInt64) {
        for index in responses.indices where responses[index].status == status {
            responses[index].count += count
            return
        }
        guard responses.count < WASIHTTPLimits.countedStatuses || status == 0 else {
            return self.count(0, count)
        }
        responses.append(StatusCount(status: status, count: count))
    }

    mutating func refused(_ reason: Refusal, isAnswered: Bool = true) {
        refusals[Refusal.allCases.firstIndex(of: reason) ?? 0] += 1
        if isAnswered { count(Status.serviceUnavailable.code, 1) }
    }

    mutating func failed(_ event: LogRecord.Event) {
        switch event {
        case .trapped(let trap): traps[Int(trap.kind.rawValue)] += 1
        case .cpuTime: traps[Int(Trap.Kind.cpuTimeExceeded.rawValue)] += 1
        case .deadline: deadlines += 1
        case .unanswered, .refused, .unfinished, .wrongLength: unanswered += 1
        case .requestBody, .responseBody: oversized += 1
        case .noInstance: refused(.noInstance, isAnswered: false)
        case .line, .overflow: break
        }
    }

    mutating func wasAbandoned() { abandoned += 1 }

    /// Adds what another loop, or another handler, has counted.
    package mutating func add(_ other: ServingCounts) {
        for response in other.responses { count(response.status, response.count) }
        latency.add(other.latency)
        for index in traps.indices { traps[index] += other.traps[index] }
        for index in refusals.indices { refusals[index] += other.refusals[index] }
        deadlines += other.deadlines
        unanswered += other.unanswered
        abandoned += other.abandoned
        oversized += other.oversized
        running += other.running
        waiting += other.waiting
        idle += other.idle
        inUse += other.inUse
        kept += other.kept
        resets += other.resets
        discarded += other.discarded
        memoryBytes += other.memoryBytes
    }
}

/// Where a loop counts what becomes of the requests to one component, also when the component is
/// replaced by another of its name.
package final class ServingMeter {
    package internal(set) var counts = ServingCounts()

    package init() {}
}

@available(*, unavailable)
extension ServingMeter: Sendable {}
