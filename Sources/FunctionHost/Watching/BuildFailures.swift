/// Why a component could not be built.
package struct BuildFailure: Error, Sendable {
    /// A sentence without its full stop: which command, and how it ended.
    package let reason: String
    /// The end of what the command printed; empty where that is not kept.
    package let output: String

    package init(_ reason: String, output: String = "") {
        self.reason = reason
        self.output = output
    }
}

/// What is wrong with the last builds of an app's components.
package struct BuildFailures: Sendable {
    private var failures: [String: BuildFailure] = [:]

    package init() {}

    package var isEmpty: Bool { failures.isEmpty }

    /// What is wrong with the last build of the component with this ID.
    package subscript(id: String) -> BuildFailure? {
        get { failures[id] }
        set { failures[id] = newValue }
    }

    /// Forgets components that are no more.
    mutating func keep(_ ids: some Collection<String>) {
        failures = failures.filter { ids.contains($0.key) }
    }

    /// What the terminal says of a build, whose output it has shown.
    package static func message(_ id: String, _ failure: BuildFailure) -> String {
        "the build of `\(id)` failed: \(failure.reason)"
    }

    /// All of it with what was printed, and `reason`, for which the app cannot be served either.
    package func description(with reason: String? = nil) -> String {
        var parts = failures.sorted { $0.key < $1.key }.map { id, failure in
            BuildFailures.message(id, failure) + (failure.output.isEmpty ? "" : "\n\n\(failure.output)")
        }
        if let reason { parts.append(reason) }
        return parts.joined(separator: "\n")
    }
}
