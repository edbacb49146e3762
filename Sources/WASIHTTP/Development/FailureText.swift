import HTTP
import Wasm

// A failure's report as plain text, for a terminal.

extension FailureReport {
    /// The report in lines. What the guest or the client said has no control characters.
    package var text: String {
        var lines = ["\(status.code) \(status.phrase)", "", reason.visible]
        lines.append("component \(component.visible), request \(request)")
        if let notice {
            lines += ["", "The newest app is not served:"]
            lines += notice.split(separator: "\n").map { "    \(String($0).visible)" }
        }
        if !frames.isEmpty {
            lines += ["", "Backtrace, innermost first:"]
            for (index, frame) in frames.enumerated() {
                let module = frame.module.map { "\($0)!" } ?? ""
                lines.append("    \(index): \((module + frame.function).visible)")
                lines.append("       \(frame.place.visible)")
            }
            if omittedFrames > 0 { lines.append("    … and \(omittedFrames) more") }
        }
        if !calls.isEmpty {
            lines += ["", "Last calls of the host:"]
            if omittedCalls > 0 { lines.append("    … \(omittedCalls) before these") }
            for call in calls {
                lines.append("    \("\(call.name)(\(call.arguments))".visible) → \(call.result.visible)")
            }
        }
        if let memoryText { lines += ["", "Memory: \(memoryText)"] }
        lines += ["", "Request:", "    \("\(method) \(target)".visible)"]
        for field in fields {
            lines.append("    \(field.name.visible): \((field.value ?? Field.hidden).visible)")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// What the instance's memories took.
    var memoryText: String? {
        memory.map { bytes, limit in
            "\(FailureReport.size(bytes)) at most in this request, of \(FailureReport.size(limit)) allowed"
        }
    }

    private static func size(_ bytes: UInt64) -> String {
        bytes % (1 << 20) == 0 ? "\(bytes >> 20) MiB" : "\(bytes >> 10) KiB"
    }
}

extension FailureReport.Frame {
    /// The place in the source, or else in the component.
    var place: String { location?.description ?? "at 0x" + String(offset, radix: 16) }
}

extension FailureReport.Field {
    /// What is shown of a field that may hold a secret.
    static let hidden = "(hidden)"
}

extension String {
    /// The text with all that moves a cursor, or turns a line round, as escapes.
    package var visible: String {
        var text = ""
        for scalar in unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned:
                text += "\\u{\(String(scalar.value, radix: 16))}"
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text
    }
}
