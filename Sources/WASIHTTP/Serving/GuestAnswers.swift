import HTTP
import Reactor
import WASI
import Wasm

// What is measured, counted and said when a guest's response begins, or one is given in its place.

extension GuestRequest {
    /// When a request came how far.
    struct Times {
        /// It came to the component.
        var arrived: Instant
        /// An instance was to be had for it, and it was its turn.
        var started: Instant?
        /// It had the instance.
        var instantiated: Instant?
        /// Whether it has only just come, so that its turn is as it comes if it is at once.
        var isDirect = false
        let isNew: Bool

        /// A request that came at `arrived`, or comes now.
        init(arrived: Instant?, now: Instant) {
            self.arrived = arrived ?? now
            isNew = arrived == nil
        }
    }

    /// Notes that the head of the response is being sent: what the time went to until now.
    func answers(_ exchange: Exchange, _ head: inout ResponseHead) {
        let now = Instant.now
        var handling = Handling(id, handler.name)
        handling.answered = now.nanoseconds
        handling.phases = phases(until: now)
        exchange.handling = handling
        if handler.development != nil {
            try? head.fields.append("server-timing", handling.phases.serverTiming)
        }
        handler.meter.counts.answered(head.status.code, after: now.since(times.arrived))
    }

    private func phases(until now: Instant) -> Phases {
        var phases = Phases()
        guard let started = times.started else {
            phases.queue = now.since(times.arrived)
            return phases
        }
        phases.queue = started.since(times.arrived)
        guard let instantiated = times.instantiated else {
            phases.instantiate = now.since(started)
            return phases
        }
        phases.instantiate = instantiated.since(started)
        let ran = now.since(instantiated)
        phases.wait = min(task?.waited ?? 0, ran)
        phases.guest = ran - phases.wait
        return phases
    }

    /// Answers in the place of the guest: in development with all that is known of its failure, otherwise
    /// with the status and the request's name.
    func answer(_ exchange: Exchange, _ status: Status, _ fields: FieldLines) {
        var head = ResponseHead(status, fields)
        var content = FailureContent.plain(status, id)
        if handler.development != nil, let failure {
            content = report(failure, status, exchange.request).content(for: exchange.request)
        }
        content.describe(&head, id)
        answers(exchange, &head)
        exchange.respond(head, content: content.bytes)
    }

    private func report(
        _ failure: LogRecord.Event,
        _ status: Status,
        _ head: RequestHead
    ) -> FailureReport {
        let notice = handler.development?.notice()
        var report = FailureReport(handler.component, id, status, failure, head, notice: notice)
        if memoryBytes > 0 { report.memory = (memoryBytes, handler.component.limits.memoryBytes) }
        if let hostCalls {
            report.calls = hostCalls.calls
            report.omittedCalls = hostCalls.count - hostCalls.calls.count
        }
        return report
    }
}
