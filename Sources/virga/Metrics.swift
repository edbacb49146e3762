// Unsafe here: what the system tells of the process, written into a record of its own.
import FunctionHost
import Glibc
import HTTPServer
import Reactor

/// What a running program says of itself to whoever asks for metrics.
struct Metrics: Sendable {
    private let server: Server
    private let host: AppHost
    private let started = Instant.wallSeconds

    /// Metrics of `server`, whose handlers are of `host`.
    init(_ server: Server, _ host: AppHost) {
        self.server = server
        self.host = host
    }

    /// The metrics as they are now. Waits for the server's loops, and so is never asked for on one of them.
    func text() -> String {
        var text = PrometheusText()
        text.metric("virga_build_info", .gauge, "The program's version.")
        text.sample("virga_build_info", ["version": Virga.configuration.version], 1)
        let loops = server.collect { ($0 as? AppHandler)?.counts ?? [:] }
        AppMetrics(host, loops).write(to: &text)
        text.single("virga_loops", .gauge, "Loops that serve.", loops.count)
        write(server.counters(), to: &text)
        writeProcess(&text)
        return text.text
    }

    private func write(_ counters: Counters, to text: inout PrometheusText) {
        text.single("virga_connections", .gauge, "Connections that are open.", counters.open)
        text.metric("virga_connections_total", .counter, "Connections, by what became of them.")
        text.sample("virga_connections_total", ["outcome": "accepted"], counters.accepted)
        text.sample("virga_connections_total", ["outcome": "shed"], counters.shed)
        text.sample(
            "virga_connections_total", ["outcome": "handshake_failed"], counters.handshakeFailures)
        text.single("virga_http_requests_total", .counter, "Requests that came.", counters.requests)
        text.single(
            "virga_http_requests_in_flight", .gauge, "Requests that are not answered yet.",
            counters.inFlight)
        text.metric("virga_http_responses_total", .counter, "Responses that were sent, of guests or not.")
        for digit in 1...5 {
            text.sample("virga_http_responses_total", ["class": "\(digit)xx"], counters.responses[digit])
        }
        text.single(
            "virga_http_cancelled_total", .counter, "Requests that ended before their response did.",
            counters.cancelled)
    }

    private func writeProcess(_ text: inout PrometheusText) {
        let resident = statistics("/proc/self/statm").dropFirst().first ?? 0
        text.single(
            "process_resident_memory_bytes", .gauge, "Memory that the process has.",
            resident * UInt64(sysconf(Int32(_SC_PAGESIZE))))
        text.single("process_start_time_seconds", .gauge, "When it was started, since 1970.", started)
        var usage = rusage()
        unsafe _ = getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        let user = UInt64(usage.ru_utime.tv_sec) * 1_000_000 + UInt64(usage.ru_utime.tv_usec)
        let system = UInt64(usage.ru_stime.tv_sec) * 1_000_000 + UInt64(usage.ru_stime.tv_usec)
        text.metric("process_cpu_seconds_total", .counter, "Processor time that the process has taken.")
        text.sample("process_cpu_seconds_total", [:], PrometheusText.seconds((user + system) * 1_000))
    }

    /// The numbers in a file of the system.
    private func statistics(_ path: String) -> [UInt64] {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return [] }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 256)
        let count = unsafe bytes.withUnsafeMutableBytes { buffer in
            unsafe read(descriptor, buffer.baseAddress, buffer.count)
        }
        return String(decoding: bytes.prefix(max(count, 0)), as: UTF8.self).split { $0 == " " || $0 == "\n" }
            .compactMap { UInt64($0) }
    }
}
