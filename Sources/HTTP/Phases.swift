/// What the time of a request went to until its answer began, and after that. Nanoseconds, one after the
/// other: none is part of another.
package struct Phases: Hashable, Sendable {
    /// Waiting for an instance.
    package var queue: UInt64 = 0
    /// Taking an instance, and what instantiation does for each use.
    package var instantiate: UInt64 = 0
    /// The guest, with the host functions that it called, until the head of its response was sent.
    package var guest: UInt64 = 0
    /// The guest, while it was suspended until then: for what it had asked the host for, or for the turns
    /// of others.
    package var wait: UInt64 = 0
    /// From when the head was sent until the connection had taken all of the response.
    package var write: UInt64 = 0

    /// Nothing measured.
    package init() {}

    /// The phases before the head, as the value of a Server-Timing field, in milliseconds.
    /// Spec: Server Timing section 2 "The Server-Timing Header Field"
    package var serverTiming: String {
        let parts = [
            ("queue", queue), ("instantiate", instantiate), ("guest", guest), ("wait", wait),
        ]
        return parts.map { "\($0);dur=\(Phases.milliseconds($1))" }.joined(separator: ", ")
    }

    /// Nanoseconds as milliseconds with three decimals.
    package static func milliseconds(_ nanoseconds: UInt64) -> String {
        let micros = nanoseconds / 1_000
        let rest = String(micros % 1_000)
        return "\(micros / 1_000)." + String(repeating: "0", count: 3 - rest.utf8.count) + rest
    }
}

/// Who answered an exchange, and how, for the access log.
package struct Handling: Sendable {
    /// The request's name in other logs; none where no guest was to answer.
    package var request: RequestID?
    /// The component that was to answer.
    package var component: String?
    package var phases = Phases()
    /// When the response's head was sent, in nanoseconds of the monotonic clock; 0 where that is unknown.
    package var answered: UInt64 = 0

    /// Nobody's.
    package init() {}

    /// A request that was given to a component.
    package init(_ request: RequestID, _ component: String) {
        self.request = request
        self.component = component
    }

    /// Notes that all of the response has been taken at `now`.
    package mutating func finish(_ now: UInt64) {
        phases.write = answered > 0 && now > answered ? now - answered : 0
    }
}
