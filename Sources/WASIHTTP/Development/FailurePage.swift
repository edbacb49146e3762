import HTTP
import Wasm

// A failure's report as a page. Everything that the guest, the client or a file says goes through
// `escaped`; there is no script, and nothing is fetched.

extension FailureReport {
    /// The report as a document of HTML.
    package var html: String {
        """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta http-equiv="content-security-policy" content="default-src 'none'; style-src 'unsafe-inline'">
        <title>\(status.code) \(component.escaped)</title>
        <style>\(FailureReport.style)</style>
        </head>
        <body>
        <header>
        <p class="status">\(status.code) \("\(status.phrase)".escaped)</p>
        <h1>\(reason.escaped)</h1>
        <p class="where">component <b>\(component.escaped)</b> · request <b>\("\(request)".escaped)</b></p>
        </header>
        <main>
        \(noticeSection)\(backtraceSection)\(callsSection)\(memorySection)\(requestSection)
        </main>
        <footer>Virga shows this page in development. In production the client sees the status and the name \
        of the request, by which the log has the rest.</footer>
        </body>
        </html>

        """
    }

    private var noticeSection: String {
        guard let notice else { return "" }
        return section(
            "The newest app is not served",
            "<p>What was served before goes on, and this answer is of that.</p>"
                + "<pre class=\"notice\">\(notice.escapedLines)</pre>"
        )
    }

    private var backtraceSection: String {
        guard !frames.isEmpty else { return "" }
        var items = ""
        for frame in frames {
            let module = frame.module.map { "<span class=\"module\">\($0.escaped)</span>" } ?? ""
            let place = frame.location == nil ? "offset" : "source"
            items +=
                "<li><code class=\"function\">\(frame.function.escaped)</code>\(module)"
                + "<code class=\"\(place)\">\(frame.place.escaped)</code></li>\n"
        }
        if omittedFrames > 0 { items += "<li class=\"more\">and \(omittedFrames) more</li>\n" }
        return section("Backtrace", "<ol class=\"frames\" start=\"0\">\n\(items)</ol>")
    }

    private var callsSection: String {
        guard !calls.isEmpty else { return "" }
        var items = ""
        if omittedCalls > 0 { items += "<li class=\"more\">\(omittedCalls) before these</li>\n" }
        for call in calls {
            let parts = call.name.split(separator: "#", maxSplits: 1)
            let interface = parts.count > 1 ? String(parts[0]) : ""
            let function = String(parts.last ?? "")
            items +=
                "<li><span class=\"module\">\(interface.escaped)</span>"
                + "<code><b>\(function.escaped)</b>(\(call.arguments.escaped))</code>"
                + "<code class=\"result\">\(call.result.escaped)</code></li>\n"
        }
        return section("Last calls of the host", "<ul class=\"calls\">\n\(items)</ul>")
    }

    private var memorySection: String {
        memoryText.map { section("Memory", "<p>\($0.escaped)</p>") } ?? ""
    }

    private var requestSection: String {
        var rows = ""
        for field in fields {
            let value =
                field.value.map { "<dd>\($0.escaped)</dd>" } ?? "<dd class=\"more\">\(Field.hidden)</dd>"
            rows += "<div><dt>\(field.name.escaped)</dt>\(value)</div>\n"
        }
        return section(
            "Request",
            "<p><code><b>\(method.escaped)</b> \(target.escaped)</code></p>\n<dl>\n\(rows)</dl>"
        )
    }

    private func section(_ title: String, _ content: String) -> String {
        "<section><h2>\(title)</h2>\n\(content)\n</section>\n"
    }

    private static let style = """
        :root{color-scheme:light dark;--ink:#1b2330;--soft:#5b6678;--line:#d9dee7;--paper:#fbfcfe;\
        --card:#fff;--mark:#b3261e;--source:#0b5cad}
        @media(prefers-color-scheme:dark){:root{--ink:#e6eaf1;--soft:#9aa6b8;--line:#303a49;\
        --paper:#12161d;--card:#1a2029;--mark:#ff8a80;--source:#82b9ff}}
        *{box-sizing:border-box}
        body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,sans-serif}
        header,main,footer{max-width:60rem;margin:0 auto;padding:0 1.25rem}
        header{padding-top:2rem}
        .status{margin:0;color:var(--mark);font-weight:600}
        h1{margin:.25rem 0 .5rem;font-size:1.5rem;line-height:1.3;overflow-wrap:anywhere}
        h2{margin:0 0 .5rem;font-size:.85rem;letter-spacing:.04em;text-transform:uppercase;color:var(--soft)}
        .where,.more,footer{color:var(--soft)}
        .where{margin:0;font-size:.9rem;overflow-wrap:anywhere}
        section{margin:1.25rem 0;padding:1rem 1.25rem;background:var(--card);border:1px solid var(--line);\
        border-radius:.5rem}
        section p{margin:.25rem 0}
        code,pre,dd{font:.85rem/1.45 ui-monospace,monospace;overflow-wrap:anywhere}
        pre{margin:.5rem 0 0;overflow-x:auto;white-space:pre}
        .notice{color:var(--mark)}
        ol,ul{margin:0;padding-left:1.75rem}
        ul{list-style:none;padding-left:0}
        li{padding:.3rem 0}
        li+li,dl div+div{border-top:1px solid var(--line)}
        .function{font-weight:600}
        .module{margin-left:.5rem;font-size:.8rem;color:var(--soft);overflow-wrap:anywhere}
        .calls .module{margin:0;display:block}
        .source,.offset,.result{display:block}
        .source{color:var(--source)}
        .offset,.result{color:var(--soft)}
        .result::before{content:"→ "}
        dl{margin:.75rem 0 0}
        dl div{display:grid;grid-template-columns:minmax(7rem,12rem) 1fr;gap:0 1rem;padding:.3rem 0}
        dt{font-size:.85rem;color:var(--soft);overflow-wrap:anywhere}
        dd{margin:0}
        footer{padding-bottom:2rem;font-size:.8rem}
        @media(max-width:32rem){header,main,footer{padding-left:.75rem;padding-right:.75rem}\
        section{padding:.75rem}h1{font-size:1.2rem}dl div{grid-template-columns:1fr}}
        """
}

extension String {
    /// The text as it may stand in an element or in an attribute's quotes.
    var escaped: String {
        var text = ""
        for character in visible.unicodeScalars {
            switch character {
            case "&": text += "&amp;"
            case "<": text += "&lt;"
            case ">": text += "&gt;"
            case "\"": text += "&quot;"
            case "'": text += "&#39;"
            default: text.unicodeScalars.append(character)
            }
        }
        return text
    }

    /// The same of several lines.
    fileprivate var escapedLines: String {
        split(separator: "\n", omittingEmptySubsequences: false).map { String($0).escaped }
            .joined(separator: "\n")
    }
}
