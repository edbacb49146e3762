/// One thing that is wrong with a manifest, where it is, and what to do about it.
package struct Diagnostic: Sendable, Equatable {
    package enum Severity: String, Sendable {
        /// The app is not run.
        case error
        /// The app runs, but likely not as is meant.
        case warning
    }

    package var severity: Severity
    /// Nil where it is about the whole file.
    package var region: SourceRegion?
    package var path: ManifestPath
    /// One sentence without its full stop: what is wrong.
    package var message: String
    /// What to do; may be empty.
    package var help: String
}

/// What was found wrong with a manifest, and the text that it was found in.
///
/// Whoever finds out more later (what a component exports, say) adds it at the key's place.
package struct Diagnostics: Sendable, CustomStringConvertible {
    /// In the order of the file.
    package private(set) var all: [Diagnostic] = []
    package let source: SourceText
    private let root: TOMLValue?
    private let limit: Int
    private var isFull = false

    init(source: SourceText, root: TOMLValue?, limit: Int) {
        self.source = source
        self.root = root
        self.limit = limit
    }

    /// Whether there is something that keeps the app from running.
    package var hasErrors: Bool { all.contains { $0.severity == .error } }

    /// Adds an error at the value of a path; at its key if `atKey`.
    package mutating func error(
        _ message: String,
        at path: ManifestPath,
        atKey: Bool = false,
        do help: String
    ) {
        add(.error, message, path, region(path, atKey), help)
    }

    /// Adds a warning at the value of a path; at its key if `atKey`.
    package mutating func warning(
        _ message: String,
        at path: ManifestPath,
        atKey: Bool = false,
        do help: String
    ) {
        add(.warning, message, path, region(path, atKey), help)
    }

    /// Adds an error at a place that is no value's.
    mutating func error(_ message: String, in region: SourceRegion?, do help: String) {
        add(.error, message, ManifestPath(), region, help)
    }

    /// Takes away those that somebody else tells of.
    package mutating func remove(where isTold: (Diagnostic) -> Bool) { all.removeAll(where: isTold) }

    func region(_ path: ManifestPath, _ atKey: Bool) -> SourceRegion? {
        path.elements.isEmpty ? nil : root?.region(path, atKey: atKey)
    }

    private mutating func add(
        _ severity: Diagnostic.Severity,
        _ message: String,
        _ path: ManifestPath,
        _ region: SourceRegion?,
        _ help: String
    ) {
        guard !isFull else { return }
        isFull = all.count + 1 >= limit
        let diagnostic =
            isFull
            ? Diagnostic(
                severity: .error,
                path: ManifestPath(),
                message: "there is more that is wrong",
                help: "mend what is listed, and look again"
            )
            : Diagnostic(
                severity: severity,
                region: region,
                path: path,
                message: message,
                help: help
            )
        guard !all.contains(diagnostic) else { return }
        let place = all.firstIndex { Diagnostics.isBefore(diagnostic, $0) } ?? all.endIndex
        all.insert(diagnostic, at: place)
    }

    /// By place; what has none comes last.
    private static func isBefore(_ a: Diagnostic, _ b: Diagnostic) -> Bool {
        guard let start = a.region?.start else { return false }
        guard let other = b.region?.start else { return true }
        return start < other
    }

    /// Each diagnostic with its line, a caret, the key's path and what to do; then how many there are.
    package var description: String {
        var lines: [String] = []
        for diagnostic in all {
            let place = diagnostic.region.map { ":\($0.start.line):\($0.start.column)" } ?? ""
            lines.append(
                "\(source.name)\(place): \(diagnostic.severity.rawValue): \(diagnostic.message)"
            )
            if let region = diagnostic.region { lines += source.excerpt(region) }
            if !diagnostic.path.elements.isEmpty { lines.append("  key: \(diagnostic.path)") }
            if !diagnostic.help.isEmpty { lines.append("  do:  \(diagnostic.help)") }
            lines.append("")
        }
        lines.append(summary)
        return lines.joined(separator: "\n") + "\n"
    }

    /// How many errors and warnings there are.
    package var summary: String {
        let errors = all.count { $0.severity == .error }
        let warnings = all.count - errors
        var parts: [String] = []
        if errors > 0 { parts.append(errors == 1 ? "1 error" : "\(errors) errors") }
        if warnings > 0 { parts.append(warnings == 1 ? "1 warning" : "\(warnings) warnings") }
        return "\(source.name): "
            + (parts.isEmpty ? "nothing is wrong" : parts.joined(separator: ", "))
    }
}
