/// Reads the methods and hosts of a route.
struct ConditionsReader {
    let collector: DiagnosticCollector

    func read(_ table: TableReader) -> RouteConditions {
        RouteConditions(methods: methods(table), hosts: hosts(table))
    }

    private func methods(_ table: TableReader) -> RouteMethods? {
        let names = strings(table, "methods")
        guard !names.isEmpty else { return nil }
        var methods: RouteMethods = []
        for (name, path) in names {
            let method = RouteMethods(name: name)
            if method.isEmpty {
                let nearest = NearestName.find(name, among: RouteMethods.names)
                collector.error(
                    "\(quoted(name)) is no method",
                    at: path,
                    do: nearest.map { "write \"\($0)\", if that is meant" }
                        ?? "write one of \(RouteMethods.names.joined(separator: ", "))"
                )
            }
            methods.formUnion(method)
        }
        // What answers GET answers HEAD (RFC 9110 section 9.3.2).
        return methods.contains(.get) ? methods.union(.head) : methods
    }

    private func hosts(_ table: TableReader) -> [RouteHost] {
        strings(table, "hosts").compactMap { text, path in
            let isWild = text.hasPrefix("*.")
            let help =
                "write a host without scheme and port, as in \"example.com\" or \"*.example.com\""
            do throws(OutboundHost.Flaw) {
                switch try OutboundHost(isWild ? text.dropFirst(2) : text[...]) {
                case .domain(let name):
                    let name = name.hasSuffix(".") ? String(name.dropLast()) : name
                    return isWild ? .below(name) : .name(name)
                case .address where !isWild: return .name(text.lowercased())
                case .address:
                    collector.error(
                        "\(quoted(text)) has \"*.\" before an address",
                        at: path,
                        do: help
                    )
                }
            } catch {
                collector.error("the host \(quoted(text)) \(error)", at: path, do: help)
            }
            return nil
        }
    }

    /// The strings of a list that, if it is there, holds some and not too many.
    private func strings(_ table: TableReader, _ key: String) -> [(
        text: String, path: ManifestPath
    )] {
        let strings = table.strings(key)
        if case .array(let values)? = table.value(key)?.kind {
            if values.isEmpty {
                table.invalid(
                    key,
                    "`\(table.path.key(key))` is empty",
                    do: "name some, or remove it"
                )
            }
            if values.count > collector.limits.conditions {
                table.invalid(
                    key,
                    "`\(table.path.key(key))` has more than \(collector.limits.conditions) elements",
                    do: "name fewer"
                )
                return []
            }
        }
        return strings
    }
}
