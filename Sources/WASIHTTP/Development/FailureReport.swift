import DWARF
import HTTP
import WASI
import Wasm

/// What may be shown in development beside the answers of guests.
package struct Development: Sendable {
    /// What is wrong with the app apart from a request: that it could not be loaded again, say.
    package var notice: @Sendable () -> String?

    /// Nothing is wrong unless `notice` says so.
    package init(notice: @escaping @Sendable () -> String? = { nil }) { self.notice = notice }
}

/// All that is known of a request without an answer, for a person who develops the component.
package struct FailureReport {
    /// A frame of a backtrace.
    package struct Frame: Hashable, Sendable {
        package var function: String
        package var module: String?
        package var location: SourceLocation?
        /// In the component's bytes.
        package var offset: Int
    }

    /// A field of the request; nil in the place of what is not to be shown.
    package struct Field: Hashable, Sendable {
        package var name: String
        package var value: String?
    }

    package var component: String
    package var request: RequestID
    package var status: Status
    /// Why there is no answer.
    package var reason: String
    package var notice: String?
    package var frames: [Frame] = []
    package var omittedFrames = 0
    package var calls: [HostCallTrace.Call] = []
    package var omittedCalls = 0
    /// Bytes of the instance's memories, which never shrink in a request, and how many there may be.
    package var memory: (bytes: UInt64, limit: UInt64)?
    package var method: String
    package var target: String
    package var fields: [Field] = []

    /// A report of a request that no guest was started for, or whose guest failed.
    package init(
        _ component: ServedComponent,
        _ id: RequestID,
        _ status: Status,
        _ event: LogRecord.Event,
        _ head: RequestHead,
        notice: String? = nil
    ) {
        self.component = component.name
        request = id
        self.status = status
        self.notice = notice
        reason = "\(event)"
        method = head.method.name
        target = head.target.text
        for index in 0..<head.fields.count {
            let name = head.fields.name(index).text
            let value = head.fields.value(index).text
            fields.append(Field(name: name, value: FailureReport.isSecret(name) ? nil : value))
        }
        guard case .trapped(let trap) = event else { return }
        let locations = component.sources.locations(of: trap.backtrace.map(\.offset))
        frames = zip(trap.backtrace, locations).map { frame, location in
            Frame(
                function: frame.function ?? "function \(frame.functionIndex)",
                module: frame.module,
                location: location,
                offset: frame.offset
            )
        }
        omittedFrames = trap.omittedFrames
    }

    /// Whether a field of this name may hold what proves who somebody is.
    static func isSecret(_ name: String) -> Bool {
        let name = name.lowercased()
        let signs = ["auth", "cookie", "token", "secret", "password", "api-key", "session", "credential"]
        return signs.contains { name.contains($0) }
    }

    /// The report as the client would have it: as HTML for a browser, otherwise as text.
    package func content(for head: RequestHead) -> FailureContent {
        if MediaPreference(head.fields).prefersHTML {
            return FailureContent(type: "text/html; charset=utf-8", bytes: Array(html.utf8))
        }
        return FailureContent(type: "text/plain; charset=utf-8", bytes: Array(text.utf8))
    }
}

/// Which of two media types a client asks for.
/// Spec: RFC 9110 section 12.5.1 "Accept"
struct MediaPreference {
    /// Whether the client names HTML, and likes plain text no better.
    let prefersHTML: Bool

    init(_ fields: HTTP.Fields) {
        var html = 0.0
        var plain = 0.0
        for index in 0..<fields.count where fields.isNamed(index, MediaPreference.accept.span) {
            let value = fields.value(index).text
            for range in value.split(separator: ",") {
                let parts = range.split(separator: ";").map { $0.filter { $0 != " " && $0 != "\t" } }
                guard let type = parts.first?.lowercased() else { continue }
                let quality = parts.dropFirst().first { $0.lowercased().hasPrefix("q=") }
                let weight = quality.map { Double($0.dropFirst(2)) ?? 0 } ?? 1
                if type == "text/html" { html = max(html, weight) }
                if type == "text/plain" { plain = max(plain, weight) }
            }
        }
        prefersHTML = html > 0 && html >= plain
    }

    private static let accept = Array("accept".utf8)
}
