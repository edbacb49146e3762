/// What one loop has counted.
///
/// Plain numbers of that loop; others get copies by message.
package struct Counters: Sendable, Equatable {
    /// Connections accepted.
    package var accepted = 0
    /// Connections open now.
    package var open = 0
    /// Connections turned away, or closed while idle, because of a limit.
    package var shed = 0
    /// TLS handshakes that failed.
    package var handshakeFailures = 0
    /// Requests whose head was complete.
    package var requests = 0
    /// Requests now in flight.
    package var inFlight = 0
    /// Responses by the first digit of their status, 1 to 5; 0 counts exchanges without one.
    package var responses = InlineCounts()
    /// Exchanges that ended before their response did.
    package var cancelled = 0

    /// The sum with another loop's.
    package static func + (left: Counters, right: Counters) -> Counters {
        var sum = left
        sum.accepted += right.accepted
        sum.open += right.open
        sum.shed += right.shed
        sum.handshakeFailures += right.handshakeFailures
        sum.requests += right.requests
        sum.inFlight += right.inFlight
        sum.cancelled += right.cancelled
        sum.responses.add(right.responses)
        return sum
    }

    /// Nothing counted.
    package init() {}
}

/// Six counts, one for each first digit of a status.
package struct InlineCounts: Sendable, Equatable {
    private var counts: (Int, Int, Int, Int, Int, Int) = (0, 0, 0, 0, 0, 0)

    /// Counts a status.
    mutating func count(_ status: UInt16) {
        switch status / 100 {
        case 1: counts.1 += 1
        case 2: counts.2 += 1
        case 3: counts.3 += 1
        case 4: counts.4 += 1
        case 5: counts.5 += 1
        default: counts.0 += 1
        }
    }

    mutating func add(_ other: InlineCounts) {
        counts.0 += other.counts.0
        counts.1 += other.counts.1
        counts.2 += other.counts.2
        counts.3 += other.counts.3
        counts.4 += other.counts.4
        counts.5 += other.counts.5
    }

    /// The count of statuses beginning with `digit`.
    package subscript(digit: Int) -> Int {
        switch digit {
        case 1: counts.1
        case 2: counts.2
        case 3: counts.3
        case 4: counts.4
        case 5: counts.5
        default: counts.0
        }
    }

    package static func == (left: InlineCounts, right: InlineCounts) -> Bool {
        left.counts == right.counts
    }
}
