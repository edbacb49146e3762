import Foundation
import Testing

import Wasm

@testable import FunctionHost
@testable import WASIHTTP

/// Prometheus "Exposition formats", text-based format 0.0.4.
@Suite struct MetricsTests {
    private func text() -> String {
        var counts = ServingCounts()
        counts.answered(200, after: 40_000)
        counts.answered(200, after: 2_000_000)
        counts.answered(500, after: 90_000_000_000)
        counts.failed(.trapped(Trap(.unreachable)))
        counts.refused(.queueFull)
        counts.idle = 3
        counts.memoryBytes = 65_536
        var metrics = AppMetrics()
        metrics.add(["a": counts, "odd\\name\"\n": ServingCounts()])
        metrics.add(["a": counts])
        metrics.reloads = (2, 1)
        var text = PrometheusText()
        metrics.write(to: &text)
        return text.text
    }

    @Test func numbersOfLoopsAreSummedUp() {
        let lines = text().split(separator: "\n")
        for wanted in [
            #"virga_responses_total{component="a",code="200"} 4"#,
            #"virga_responses_total{component="a",code="503"} 2"#,
            #"virga_response_seconds_bucket{component="a",le="0.00005"} 2"#,
            #"virga_response_seconds_bucket{component="a",le="0.0025"} 4"#,
            #"virga_response_seconds_bucket{component="a",le="30.0"} 4"#,
            #"virga_response_seconds_bucket{component="a",le="+Inf"} 6"#,
            #"virga_response_seconds_sum{component="a"} 180.00408"#,
            #"virga_response_seconds_count{component="a"} 6"#,
            #"virga_traps_total{component="a",kind="unreachable"} 2"#,
            #"virga_refusals_total{component="a",reason="queue_full"} 2"#,
            #"virga_instances{component="a",state="idle"} 6"#,
            #"virga_instance_memory_bytes{component="a"} 131072"#,
            #"virga_reloads_total{outcome="ok"} 2"#,
            #"virga_reloads_total{outcome="failed"} 1"#,
            #"virga_deadlines_total{component="odd\\name\"\n"} 0"#,
        ] {
            #expect(lines.contains(Substring(wanted)), "\(wanted)")
        }
    }

    @Test func theTextIsOfTheFormat() throws {
        try PrometheusChecker.check(text())
    }

    @Test func theCheckerFindsWhatIsNot() {
        for wrong in [
            "a 1\n", "# TYPE a counter\na 1", "# TYPE a counter\na{b=c} 1\n", "# TYPE a counter\na x\n",
            "# TYPE a counter\na 1\na 2\n", "# TYPE a thing\na 1\n",
            "# TYPE a counter\n# TYPE a counter\na 1\n", "# TYPE a counter\na{b=\"\\x\"} 1\n",
            "# TYPE a histogram\na_bucket{le=\"1\"} 2\na_bucket{le=\"+Inf\"} 1\na_sum 1\na_count 1\n",
        ] {
            #expect(throws: PrometheusChecker.Wrong.self, "\(wrong)") { try PrometheusChecker.check(wrong) }
        }
    }

    @Test(.enabled(if: hasPromtool, "promtool is not there"))
    func promtoolFindsNothingWrong() throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["promtool", "check", "metrics"]
        let (input, output) = (Pipe(), Pipe())
        process.standardInput = input
        process.standardOutput = output
        process.standardError = output
        try process.run()
        try input.fileHandleForWriting.write(contentsOf: Data(text().utf8))
        try input.fileHandleForWriting.close()
        let said = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == 0, "\(said)")
    }

    static let hasPromtool = FileManager.default.isExecutableFile(atPath: "/usr/bin/promtool")
}

/// Holds a text against the grammar of the format.
enum PrometheusChecker {
    struct Wrong: Error { let line: String }

    static func check(_ text: String) throws {
        guard text.hasSuffix("\n") else { throw Wrong(line: "no end of the last line") }
        var types: [String: String] = [:]
        var seen: Set<String> = []
        var buckets: [String: Double] = [:]
        for line in text.split(separator: "\n") {
            let wrong = Wrong(line: String(line))
            if let match = line.wholeMatch(of: /# TYPE ([a-zA-Z_:][a-zA-Z0-9_:]*) (counter|gauge|histogram)/) {
                guard types.updateValue(String(match.2), forKey: String(match.1)) == nil else { throw wrong }
                continue
            }
            if line.wholeMatch(of: /# HELP [a-zA-Z_:][a-zA-Z0-9_:]* .+/) != nil { continue }
            let form =
                /([a-zA-Z_:][a-zA-Z0-9_:]*)(\{(?:[a-zA-Z_]\w*="(?:[^"\\]|\\[\\n"])*",?)*\})? (\S+)/
            guard let match = line.wholeMatch(of: form), let value = Double(match.3) else { throw wrong }
            let labels = String(match.2 ?? "")
            guard seen.insert(String(match.1) + labels).inserted else { throw wrong }
            let name = String(match.1)
            if types[name] != nil { continue }
            let base = name.replacing(/_(bucket|sum|count)$/, with: "")
            guard types[base] == "histogram" else { throw wrong }
            guard name.hasSuffix("_bucket") else { continue }
            let series = base + labels.replacing(/,?le="[^"]*"/, with: "")
            guard value >= buckets[series, default: 0] else { throw wrong }
            buckets[series] = value
        }
    }
}
