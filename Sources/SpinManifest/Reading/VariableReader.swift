/// Reads `[variables]`.
struct VariableReader {
    let collector: DiagnosticCollector

    /// The variables; `known` has the names of those with mistakes too.
    func read(_ manifest: TableReader) -> (all: [Variable], known: KnownVariables) {
        guard let table = manifest.table("variables", do: "write [variables]") else {
            return ([], KnownVariables())
        }
        var all: [Variable] = []
        var known = KnownVariables()
        for entry in table.entries {
            let variable = variable(entry, table.path.key(entry.key))
            known.names.append(entry.key)
            known.defaults[entry.key] = variable?.defaultValue
            if let variable { all.append(variable) }
        }
        return (all, known)
    }

    private func variable(_ entry: TOMLEntry, _ path: ManifestPath) -> Variable? {
        if let flaw = Names.flawOfVariable(entry.key) {
            collector.error(
                "\(quoted(entry.key)) is no name of a variable: \(flaw)",
                at: path,
                atKey: true,
                do: "write words of a-z and 0-9 with \"_\" between them"
            )
        }
        let help = "write \(entry.key) = { default = \"...\" }, or { required = true }"
        guard let table = TableReader(entry.value, at: path, .variable, collector, do: help) else {
            return nil
        }
        let isRequired = table.boolean("required")
        let defaultValue = table.string("default", do: "write it in quotes: values are strings")
        let isSecret = table.boolean("secret") ?? false
        let description = table.string("description")
        let hasDefault = table.has("default")
        if isRequired == true, hasDefault {
            collector.error(
                "the variable `\(entry.key)` is required, and has a default",
                at: path.key("default"),
                atKey: true,
                do: "remove one of the two"
            )
            return nil
        }
        if isRequired != true, !hasDefault {
            collector.error(
                "the variable `\(entry.key)` has no value",
                at: path,
                atKey: true,
                do: help
            )
            return nil
        }
        return Variable(
            name: entry.key,
            defaultValue: defaultValue,
            isSecret: isSecret,
            description: description,
            path: path
        )
    }
}

/// The app's variables, as far as templates ask for them.
struct KnownVariables {
    var names: [String] = []
    var defaults: [String: String] = [:]

    /// Reads a template, whose names must be known.
    func template(
        _ text: String,
        at path: ManifestPath,
        _ collector: DiagnosticCollector
    ) -> Template? {
        let template: Template
        do {
            template = try Template(text, limits: collector.limits)
        } catch {
            switch error {
            case .unmatchedBraces:
                collector.error(
                    "the template has \"{{\" without \"}}\"",
                    at: path,
                    do: "close it, as in \"{{ name }}\""
                )
            case .tooLong:
                collector.error(
                    "the template has more than \(collector.limits.templateParts) parts",
                    at: path,
                    do: "write a shorter one"
                )
            }
            return nil
        }
        var isGood = true
        for name in template.variables where !names.contains(name) {
            isGood = false
            let nearest = NearestName.find(name, among: names)
            collector.error(
                name.isEmpty
                    ? "the template has \"{{ }}\" without a name"
                    : "the template names the variable \(quoted(name)), which is not declared",
                at: path,
                do: nearest.map { "write `\($0)`, if that is meant" }
                    ?? "declare it under [variables], or correct the name"
            )
        }
        return isGood ? template : nil
    }
}
