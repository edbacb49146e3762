import WASIHTTP
import Wasm

/// What has become of the requests to an app, summed up over the loops.
package struct AppMetrics: Sendable {
    /// By the names of components.
    package private(set) var components: [String: ServingCounts] = [:]
    /// Times that another app was taken up, and that one could not be.
    package var reloads = (taken: 0, failed: 0)

    package init() {}

    /// Metrics of what `host` has served, from what each loop has counted (`AppHandler.counts`).
    package init(_ host: AppHost, _ loops: [[String: ServingCounts]]) {
        for loop in loops { add(loop) }
        // Those that no request has come to yet.
        for component in host.app.components {
            components[component.name, default: ServingCounts()].add(ServingCounts())
        }
        reloads = (host.generation - 1, host.failures)
    }

    /// Adds what a loop has counted.
    package mutating func add(_ loop: [String: ServingCounts]) {
        for (name, counts) in loop { components[name, default: ServingCounts()].add(counts) }
    }

    private var sorted: [(name: String, counts: ServingCounts)] {
        components.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    /// Writes them.
    package func write(to text: inout PrometheusText) {
        writeRequests(&text)
        writeFailures(&text)
        writeInstances(&text)
        text.metric("virga_reloads_total", .counter, "Times that the app was to be loaded again.")
        text.sample("virga_reloads_total", ["outcome": "ok"], reloads.taken)
        text.sample("virga_reloads_total", ["outcome": "failed"], reloads.failed)
    }

    private func writeRequests(_ text: inout PrometheusText) {
        text.metric("virga_responses_total", .counter, "Responses of components, by status.")
        for (name, counts) in sorted {
            for response in counts.responses.sorted(by: { $0.status < $1.status }) {
                let code = response.status == 0 ? "other" : String(response.status)
                text.sample(
                    "virga_responses_total", ["component": name, "code": code], response.count)
            }
        }
        let duration = "virga_response_seconds"
        text.metric(
            duration,
            .histogram,
            "Time from when a request came to its component until its response began."
        )
        for (name, counts) in sorted { writeHistogram(counts.latency, duration, name, &text) }
    }

    private func writeHistogram(
        _ latency: LatencyHistogram,
        _ metric: String,
        _ component: String,
        _ text: inout PrometheusText
    ) {
        var sum: UInt64 = 0
        for (bucket, count) in latency.counts.enumerated() {
            sum += count
            let bounds = LatencyHistogram.bounds
            let bound = bucket < bounds.count ? PrometheusText.seconds(bounds[bucket]) : "+Inf"
            text.sample("\(metric)_bucket", ["component": component, "le": bound], sum)
        }
        text.sample(
            "\(metric)_sum", ["component": component], PrometheusText.seconds(latency.sum))
        text.sample("\(metric)_count", ["component": component], sum)
    }

    private func writeFailures(_ text: inout PrometheusText) {
        text.metric("virga_traps_total", .counter, "Guests that were ended by a trap, by its kind.")
        for (name, counts) in sorted {
            for kind in Trap.Kind.allCases where counts.traps[Int(kind.rawValue)] > 0 {
                text.sample(
                    "virga_traps_total",
                    ["component": name, "kind": kind.description],
                    counts.traps[Int(kind.rawValue)]
                )
            }
        }
        text.metric("virga_refusals_total", .counter, "Requests that no guest was started for.")
        for (name, counts) in sorted {
            for (index, reason) in ServingCounts.Refusal.allCases.enumerated() {
                text.sample(
                    "virga_refusals_total",
                    ["component": name, "reason": reason.rawValue],
                    counts.refusals[index]
                )
            }
        }
        write(&text, "virga_deadlines_total", .counter, "Guests that were ended at their deadline.") {
            $0.deadlines
        }
        write(&text, "virga_unanswered_total", .counter, "Guests that gave no whole response.") {
            $0.unanswered
        }
        write(&text, "virga_oversized_total", .counter, "Requests with a body over its limit.") {
            $0.oversized
        }
        write(&text, "virga_abandoned_total", .counter, "Guests whose client went away.") {
            $0.abandoned
        }
    }

    private func writeInstances(_ text: inout PrometheusText) {
        text.metric("virga_instances", .gauge, "Instances of components, by state.")
        for (name, counts) in sorted {
            let states = [("idle", counts.idle), ("in_use", counts.inUse), ("kept", counts.kept)]
            for (state, count) in states {
                text.sample("virga_instances", ["component": name, "state": state], count)
            }
        }
        write(&text, "virga_guests_running", .gauge, "Guests that are under way.") {
            UInt64($0.running)
        }
        write(&text, "virga_requests_waiting", .gauge, "Requests that wait for an instance.") {
            UInt64($0.waiting)
        }
        write(
            &text, "virga_instance_memory_bytes", .gauge, "Memories of the instances that are in use."
        ) { $0.memoryBytes }
        write(&text, "virga_resets_total", .counter, "Instances that were reset after a request.") {
            $0.resets
        }
        write(&text, "virga_discarded_total", .counter, "Instances that could not be reset.") {
            $0.discarded
        }
    }

    /// Writes a metric that has one number for each component.
    private func write(
        _ text: inout PrometheusText,
        _ metric: String,
        _ kind: PrometheusText.Kind,
        _ help: String,
        _ value: (ServingCounts) -> UInt64
    ) {
        text.metric(metric, kind, help)
        for (name, counts) in sorted { text.sample(metric, ["component": name], value(counts)) }
    }
}
