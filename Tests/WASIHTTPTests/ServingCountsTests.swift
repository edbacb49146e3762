import HTTP
import Reactor
import Testing
import Wasm

@testable import WASIHTTP

/// What is counted and measured of requests.
@Suite struct ServingCountsTests {
    private func answer(_ path: String, _ guest: ServedGuest, _ loop: EventLoop) throws -> String {
        try RecordedExchange(
            "GET \(path) HTTP/1.1\r\nhost: a\r\n\r\n", on: loop, handler: guest.handler
        ).turn { !$0.isEmpty && !$0.hasPrefix("HTTP/1.1 1") }
    }

    @Test func aTimeIsCountedInTheFirstBucketThatHoldsIt() {
        var histogram = LatencyHistogram()
        let times: [UInt64] = [0, 50_000, 50_001, 1_000_000, 30_000_000_000, 30_000_000_001, .max / 2]
        for nanoseconds in times {
            histogram.count(nanoseconds)
        }
        #expect(histogram.counts[0] == 2)
        #expect(histogram.counts[1] == 1)
        #expect(histogram.counts[4] == 1)
        #expect(histogram.counts[LatencyHistogram.bounds.count - 1] == 1)
        #expect(histogram.counts[LatencyHistogram.bounds.count] == 2)
        #expect(histogram.count == 7)
        var twice = histogram
        twice.add(histogram)
        #expect(twice.count == 14)
        #expect(twice.counts[0] == 4)
    }

    @Test func boundsAscend() {
        #expect(zip(LatencyHistogram.bounds, LatencyHistogram.bounds.dropFirst()).allSatisfy { $0 < $1 })
    }

    @Test func statusesBeyondTheLimitAreCountedTogether() {
        var counts = ServingCounts()
        for status in 0..<100 { counts.answered(UInt16(200 + status), after: 1) }
        #expect(counts.responses.count == WASIHTTPLimits.countedStatuses + 1)
        #expect(counts.responses.last?.status == 0)
        #expect(counts.responses.reduce(0) { $0 + $1.count } == 100)
        var sum = ServingCounts()
        sum.add(counts)
        sum.add(counts)
        #expect(sum.responses.reduce(0) { $0 + $1.count } == 200)
    }

    @Test func whatBecomesOfRequestsIsCounted() throws {
        let loop = try EventLoop()
        let guest = try ServedGuest(on: loop) { $0.requestMilliseconds = 30 }
        for path in ["/hello", "/hello", "/trap", "/none", "/loop", "/drop"] {
            _ = try answer(path, guest, loop)
        }
        var counts = guest.meter.counts
        guest.handler.note(in: &counts)
        #expect(Dictionary(uniqueKeysWithValues: counts.responses.map { ($0.status, $0.count) })
            == [200: 3, 500: 2, 504: 1])
        #expect(counts.latency.count == 6)
        #expect(counts.traps[Int(Trap.Kind.unreachable.rawValue)] == 1)
        #expect(counts.traps.reduce(0, +) == 1)
        #expect(counts.deadlines == 1)
        #expect(counts.unanswered == 2)
        #expect(counts.running == 0)
        #expect(counts.waiting == 0)
        #expect(counts.inUse == 0)
        #expect(counts.idle >= 1)
        #expect(counts.resets == 6)
    }

    @Test func totalsOutliveTheHandler() throws {
        let loop = try EventLoop()
        let meter: ServingMeter
        do {
            let guest = try ServedGuest(on: loop)
            meter = guest.meter
            let recorded = try RecordedExchange(
                "GET /hello HTTP/1.1\r\nhost: a\r\n\r\n", on: loop, handler: guest.handler)
            #expect(recorded.turn { !$0.isEmpty }.hasPrefix("HTTP/1.1 200 "))
            // The connection, which holds the handler, holds itself so.
            recorded.engine.delegate = nil
            #expect(meter.counts.resets == 0)
        }
        #expect(meter.counts.resets == 1)
    }

    @Test func refusalsAreCountedByTheirReason() throws {
        let loop = try EventLoop()
        let guest = try ServedGuest(on: loop) {
            $0.instances = 1
            $0.queued = 1
            $0.requestMilliseconds = 50
        }
        let all = try (0..<3).map { _ in
            try RecordedExchange("GET /loop HTTP/1.1\r\nhost: a\r\n\r\n", on: loop, handler: guest.handler)
        }
        var counts = guest.meter.counts
        guest.handler.note(in: &counts)
        #expect(counts.running == 1)
        #expect(counts.waiting == 1)
        #expect(counts.inUse == 1)
        #expect(counts.memoryBytes > 0)
        #expect(all[2].text.hasPrefix("HTTP/1.1 503 Service Unavailable|retry-after: 1|"))
        #expect(all[2].text.contains("|x-request-id: \(RequestID(loop: 0, number: 2))|"))
        _ = all[1].turn { !$0.isEmpty }
        let full = try #require(ServingCounts.Refusal.allCases.firstIndex(of: .queueFull))
        #expect(guest.meter.counts.refusals[full] == 1)
        #expect(guest.meter.counts.refusals.reduce(0, +) == 1)
        // The second waited while the first had its time.
        let waited = try #require(guest.meter.counts.latency.counts.indices.last { index in
            guest.meter.counts.latency.counts[index] > 0
        })
        #expect(LatencyHistogram.bounds[waited - 1] >= 50_000_000)
    }

    @Test func responsesInDevelopmentSayWhatTheTimeWentTo() throws {
        let loop = try EventLoop()
        let guest = try ServedGuest(on: loop, development: Development())
        let text = try answer("/hello", guest, loop)
        let line = try #require(text.split(separator: "|").first { $0.hasPrefix("server-timing: ") })
        let names = line.dropFirst("server-timing: ".count).split(separator: ", ").map { part in
            part.prefix { $0 != ";" }
        }
        #expect(names == ["queue", "instantiate", "guest", "wait"])
    }

    @Test func phasesAreWrittenAsMilliseconds() {
        var phases = Phases()
        phases.queue = 1_234_567_890
        phases.guest = 999
        phases.wait = 1_000
        #expect(
            phases.serverTiming == "queue;dur=1234.567, instantiate;dur=0.000, guest;dur=0.000, wait;dur=0.001"
        )
    }

    @Test func namesOfRequestsAreOfOneForm() {
        let numbers = RequestNumbers(loop: 3)
        let first = numbers.next()
        #expect(first != numbers.next())
        let parts = first.description.split(separator: "-")
        #expect(parts.count == 3 && parts[0].count == 8)
        #expect(parts.dropFirst() == ["3", "1"])
    }
}
