import HTTP
import Reactor
import Testing
@testable import WASI
import Wasm

@testable import WASIHTTP

/// What a developer sees of a request without an answer.
@Suite struct FailureReportTests {
    private let loop: EventLoop

    init() throws { loop = try EventLoop() }

    /// The answer to a request with these lines of fields.
    private func answer(
        _ path: String, _ fields: [String] = [], notice: String? = nil
    ) throws -> String {
        let guest = try ServedGuest(on: loop, development: Development { notice }) {
            $0.requestMilliseconds = 30
        }
        let lines = ["GET \(path) HTTP/1.1", "host: a"] + fields + ["", ""]
        return try RecordedExchange(
            lines.joined(separator: "\r\n"), on: loop, handler: guest.handler
        ).turn { !$0.isEmpty && !$0.hasPrefix("HTTP/1.1 1") }
    }

    @Test func aTrapIsShownWithAllThatIsKnown() throws {
        let text = try answer("/trap", ["x-a: 1"])
        #expect(text.hasPrefix("HTTP/1.1 500 Internal Server Error|"))
        for wanted in [
            "|content-type: text/plain; charset=utf-8|", "|x-request-id: \(RequestID(loop: 0, number: 1))|",
            "trap: unreachable\n", "Backtrace, innermost first:\n    0: ", "Last calls of the host:\n",
            "[method]incoming-request.path-with-query(#", " → some(\"/trap\")\n", "Memory: ",
            " of 1 MiB allowed", "    GET /trap\n", "    x-a: 1\n",
        ] {
            #expect(text.contains(wanted), "\(wanted) in \(text)")
        }
    }

    @Test(arguments: [
        ("/none", "500 Internal Server Error\n\nthe guest gave no response\n"),
        ("/loop", "504 Gateway Timeout\n\nthe guest was ended after 30 ms\n"),
    ])
    func otherFailuresAreShownToo(path: String, wanted: String) throws {
        #expect(try answer(path).contains(wanted))
    }

    @Test func whatIsWrongWithTheAppIsShown() throws {
        let text = try answer("/trap", notice: "spin.toml:1: <b>\u{1B}[2J")
        #expect(text.contains("The newest app is not served:\n    spin.toml:1: <b>\\u{1b}[2J\n"))
        let page = try answer("/trap", ["accept: text/html"], notice: "spin.toml:1: <b>")
        #expect(page.contains("spin.toml:1: &lt;b&gt;"))
    }

    @Test func secretsAreHidden() throws {
        let names = [
            "Authorization", "cookie", "Proxy-Authorization", "x-api-key", "X-Auth-Token", "x-session-id",
        ]
        for accept in ["accept: text/html", "accept: */*"] {
            let text = try answer("/trap", names.map { "\($0): hunter2" } + ["x-plain: seen", accept])
            #expect(!text.contains("hunter2"))
            #expect(text.contains("seen"))
            for name in names { #expect(text.contains(name.lowercased())) }
        }
    }

    @Test func whatOthersSayIsNoMarkup() throws {
        let page = try answer(
            "/trap?<script>alert(1)</script>", ["accept: text/html", "x-a: \"><img src=x onerror='y'>"])
        #expect(page.contains("|content-type: text/html; charset=utf-8|"))
        #expect(!page.contains("<script") && !page.contains("<img"))
        #expect(page.contains("/trap?&lt;script&gt;alert(1)&lt;/script&gt;"))
        #expect(page.contains("&quot;&gt;&lt;img src=x onerror=&#39;y&#39;&gt;"))
    }

    @Test func whatMovesACursorIsAnEscape() {
        #expect("a\u{1B}[31m\u{202E}b\nc\u{7F}".visible == "a\\u{1b}[31m\\u{202e}b\\u{a}c\\u{7f}")
        #expect("é 漢字 😀 <".visible == "é 漢字 😀 <")
        #expect("<&\"'>\u{0}".escaped == "&lt;&amp;&quot;&#39;&gt;\\u{0}")
    }

    @Test(arguments: [
        ("text/html", true), ("text/html,application/xml;q=0.9,*/*;q=0.8", true), ("*/*", false),
        ("text/plain", false), ("text/html;q=0", false), ("text/plain, text/html;q=0.5", false),
        ("TEXT/HTML ; q=0.5, text/plain;q=0.4", true), ("text/html;q=x", false), ("application/json", false),
        ("text/*", false), (",;,q=;", false),
    ])
    func aPageIsForWhoPrefersHTML(accept: String, isPage: Bool) throws {
        let fields = try FieldLines(["accept": accept])
        #expect(MediaPreference(fields).prefersHTML == isPage)
    }

    @Test func nobodyPrefersHTMLBySayingNothing() {
        #expect(!MediaPreference(FieldLines()).prefersHTML)
    }

    @Test func onlyTheLastCallsAreKept() {
        let trace = HostCallTrace()
        #expect(trace.calls.isEmpty)
        for number in 0..<WASILimits.tracedCalls + 3 {
            let index = trace.begin("f", "\(number)")
            if number % 2 == 0 { trace.end(index, "ok") }
        }
        trace.end(0, "too late")
        #expect(trace.count == WASILimits.tracedCalls + 3)
        #expect(trace.calls.count == WASILimits.tracedCalls)
        #expect(trace.calls.map(\.arguments) == (3..<WASILimits.tracedCalls + 3).map { "\($0)" })
        #expect(trace.calls.allSatisfy { $0.outcome == (Int($0.arguments)! % 2 == 0 ? "ok" : nil) })
        #expect(trace.calls[0].result == "did not return")
    }
}
