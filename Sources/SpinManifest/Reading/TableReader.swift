/// Reads the values of a table by their keys, and says what is wrong with them.
struct TableReader {
    let entries: [TOMLEntry]
    let path: ManifestPath
    let collector: DiagnosticCollector

    /// A table whose keys are anybody's; nil, and said so, if the value is no table.
    init?(
        _ value: TOMLValue,
        at path: ManifestPath,
        _ collector: DiagnosticCollector,
        do help: String = ""
    ) {
        guard case .table(let entries) = value.kind else {
            collector.wrongType(value, at: path, expected: "a table", do: help)
            return nil
        }
        self.entries = entries
        self.path = path
        self.collector = collector
    }

    /// A table whose keys are those of a schema: others are errors.
    init?(
        _ value: TOMLValue,
        at path: ManifestPath,
        _ schema: KeySchema,
        _ collector: DiagnosticCollector,
        do help: String = ""
    ) {
        self.init(value, at: path, collector, do: help)
        for entry in entries where !schema.known.contains(entry.key) {
            refuse(entry, schema)
        }
    }

    private func refuse(_ entry: TOMLEntry, _ schema: KeySchema) {
        let path = path.key(entry.key)
        if let help = schema.refused[entry.key] {
            // A list that asks for nothing gets nothing.
            if case .array(let values) = entry.value.kind, values.isEmpty { return }
            collector.error(
                "`\(entry.key)` is a key of Spin's that Virga does not have",
                at: path,
                atKey: true,
                do: help
            )
            return
        }
        let nearest =
            NearestName.find(entry.key, among: schema.known)
            ?? NearestName.find(entry.key, among: schema.refused.keys.sorted())
        let list = schema.known.map { "`\($0)`" }.joined(separator: ", ")
        collector.error(
            "\(quoted(entry.key)) is no key of \(schema.noun)",
            at: path,
            atKey: true,
            do: nearest.map { "write `\($0)`, if that is meant" }
                ?? "remove it; the keys are \(list)"
        )
    }

    /// The value of a key.
    func value(_ key: String) -> TOMLValue? {
        entries.first { $0.key == key }?.value
    }

    /// Whether the key is there.
    func has(_ key: String) -> Bool {
        value(key) != nil
    }

    /// Says that a key is missing.
    func missing(_ key: String, do help: String) {
        guard !path.elements.isEmpty else {
            collector.diagnostics.error("`\(key)` is missing", in: nil, do: help)
            return
        }
        collector.error("`\(key)` is missing in `\(path)`", at: path, atKey: true, do: help)
    }

    /// Says that a value is not one that its key takes.
    func invalid(_ key: String, _ message: String, do help: String) {
        collector.error(message, at: path.key(key), do: help)
    }

    /// The string under a key; nil if there is none, which is said of one that is no string.
    func string(_ key: String, do help: String = "") -> String? {
        guard let value = value(key) else { return nil }
        return string(value, at: path.key(key), do: help)
    }

    func string(_ value: TOMLValue, at path: ManifestPath, do help: String = "") -> String? {
        guard case .string(let text) = value.kind else {
            collector.wrongType(value, at: path, expected: "a string", do: help)
            return nil
        }
        guard !text.utf8.contains(0) else {
            collector.error("`\(path)` holds a NUL character", at: path, do: "remove it")
            return nil
        }
        return text
    }

    func boolean(_ key: String) -> Bool? {
        guard let value = value(key) else { return nil }
        guard case .boolean(let boolean) = value.kind else {
            collector.wrongType(value, at: path.key(key), expected: "true or false")
            return nil
        }
        return boolean
    }

    /// An integer of a range.
    func integer(_ key: String, in range: ClosedRange<Int64>) -> Int? {
        guard let value = value(key) else { return nil }
        guard case .integer(let integer) = value.kind else {
            collector.wrongType(value, at: path.key(key), expected: "an integer")
            return nil
        }
        guard range.contains(integer) else {
            invalid(
                key,
                "`\(path.key(key))` is \(integer), which is not between \(range.lowerBound) and "
                    + "\(range.upperBound)",
                do: "write a number between them"
            )
            return nil
        }
        return Int(integer)
    }

    /// The strings of an array, each with its path.
    func strings(_ key: String) -> [(text: String, path: ManifestPath)] {
        elements(key, of: "an array of strings").compactMap { value, path in
            string(value, at: path).map { ($0, path) }
        }
    }

    /// The elements of an array, each with its path.
    func elements(_ key: String, of expected: String) -> [(TOMLValue, ManifestPath)] {
        guard let value = value(key) else { return [] }
        let path = path.key(key)
        guard case .array(let values) = value.kind else {
            collector.wrongType(value, at: path, expected: expected)
            return []
        }
        return values.enumerated().map { ($1, path.index($0)) }
    }

    /// The strings of a table with anybody's keys.
    func stringTable(_ key: String) -> [TableString] {
        guard let value = value(key), let table = TableReader(value, at: path.key(key), collector)
        else {
            return []
        }
        return table.entries.compactMap { entry in
            let path = table.path.key(entry.key)
            return string(entry.value, at: path).map {
                TableString(key: entry.key, text: $0, path: path)
            }
        }
    }

    /// A table under a key, with the keys of a schema.
    func table(_ key: String, _ schema: KeySchema, do help: String = "") -> TableReader? {
        value(key).flatMap { TableReader($0, at: path.key(key), schema, collector, do: help) }
    }

    /// A table under a key, with anybody's keys.
    func table(_ key: String, do help: String = "") -> TableReader? {
        value(key).flatMap { TableReader($0, at: path.key(key), collector, do: help) }
    }

    /// The table that `tool` has for Virga; those of other tools are not looked into.
    func tool(_ schema: KeySchema) -> TableReader? {
        guard let tools = table("tool", do: "give each tool a table, as in [\(path).tool.NAME]")
        else {
            return nil
        }
        for entry in tools.entries where entry.key != "virga" {
            _ = TableReader(entry.value, at: tools.path.key(entry.key), collector)
        }
        return tools.table("virga", schema)
    }
}

/// A key and its string.
struct TableString {
    let key: String
    let text: String
    let path: ManifestPath
}
