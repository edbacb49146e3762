/// Where the readers of one manifest put what they find.
///
/// It belongs to the reading of one manifest, and does not leave it.
final class DiagnosticCollector {
    var diagnostics: Diagnostics
    let limits: ManifestLimits

    init(_ diagnostics: Diagnostics, limits: ManifestLimits) {
        self.diagnostics = diagnostics
        self.limits = limits
    }

    func error(_ message: String, at path: ManifestPath, atKey: Bool = false, do help: String) {
        diagnostics.error(message, at: path, atKey: atKey, do: help)
    }

    func warning(_ message: String, at path: ManifestPath, atKey: Bool = false, do help: String) {
        diagnostics.warning(message, at: path, atKey: atKey, do: help)
    }

    /// Says that a value has the wrong type.
    func wrongType(
        _ value: TOMLValue,
        at path: ManifestPath,
        expected: String,
        do help: String = ""
    ) {
        error(
            "`\(path)` is \(value.noun), and should be \(expected)",
            at: path,
            do: help.isEmpty ? "write \(expected)" : help
        )
    }
}
