/// Writes metrics as Prometheus reads them.
/// Spec: Prometheus "Exposition formats", text-based format 0.0.4
package struct PrometheusText {
    /// The media type of the text.
    package static let mediaType = "text/plain; version=0.0.4; charset=utf-8"

    /// What a metric's numbers are.
    package enum Kind: String {
        /// Only grows, but for a new start.
        case counter
        case gauge
        case histogram
    }

    package private(set) var text = ""

    package init() {}

    /// Begins a metric: the samples that follow are its own.
    package mutating func metric(_ name: String, _ kind: Kind, _ help: String) {
        let help = help.escaping(["\\": "\\\\", "\n": "\\n"])
        text += "# HELP \(name) \(help)\n# TYPE \(name) \(kind.rawValue)\n"
    }

    /// Writes a sample.
    package mutating func sample(
        _ name: String,
        _ labels: KeyValuePairs<String, String>,
        _ value: String
    ) {
        text += name
        if !labels.isEmpty {
            let pairs = labels.map { label, value in
                "\(label)=\"\(value.escaping(["\\": "\\\\", "\n": "\\n", "\"": "\\\""]))\""
            }
            text += "{\(pairs.joined(separator: ","))}"
        }
        text += " \(value)\n"
    }

    /// Writes a sample that is a whole number.
    package mutating func sample(
        _ name: String,
        _ labels: KeyValuePairs<String, String>,
        _ value: some BinaryInteger
    ) {
        sample(name, labels, String(value))
    }

    /// Writes a metric with one sample.
    package mutating func single(
        _ name: String,
        _ kind: Kind,
        _ help: String,
        _ value: some BinaryInteger
    ) {
        metric(name, kind, help)
        sample(name, [:], value)
    }

    /// Nanoseconds as a number of seconds.
    package static func seconds(_ nanoseconds: UInt64) -> String {
        let rest = String(nanoseconds % 1_000_000_000)
        var digits = Substring(String(repeating: "0", count: 9 - rest.utf8.count) + rest)
        while digits.utf8.count > 1, digits.last == "0" { digits.removeLast() }
        return "\(nanoseconds / 1_000_000_000).\(digits)"
    }
}

extension String {
    fileprivate func escaping(_ escapes: [Unicode.Scalar: String]) -> String {
        var text = ""
        for scalar in unicodeScalars {
            if let escape = escapes[scalar] { text += escape } else { text.unicodeScalars.append(scalar) }
        }
        return text
    }
}
