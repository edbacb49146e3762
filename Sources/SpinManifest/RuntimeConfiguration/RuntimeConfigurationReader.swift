/// Reads a runtime configuration, and says of every key what it is.
struct RuntimeConfigurationReader {
    let collector: DiagnosticCollector
    /// Whether files that are named are read.
    let readsFiles: Bool

    private static let memory: ClosedRange<Int64> = 65_536...Int64.max

    /// The configuration; nil where something is wrong with it.
    func read(_ root: TOMLValue) -> RuntimeConfiguration? {
        guard let table = TableReader(root, at: ManifestPath(), .runtimeConfiguration, collector)
        else { return nil }
        var configuration = RuntimeConfiguration()
        configuration.stateDirectory = table.string("state_dir")
        configuration.logDirectory = table.string("log_dir")
        configuration.instanceMemory = table.integer("max_instance_memory", in: Self.memory)
            .map(UInt64.init)
        for key in ["variables_provider", "config_provider"] {
            for (value, path) in table.elements(key, of: "an array of tables") {
                if let provider = provider(value, path) { configuration.providers.append(provider) }
            }
        }
        return collector.diagnostics.hasErrors ? nil : configuration
    }

    private func provider(_ value: TOMLValue, _ path: ManifestPath) -> VariablesProvider? {
        let help = "write [[variables_provider]] with type = \"env\" or \"static\""
        guard let table = TableReader(value, at: path, collector, do: help) else { return nil }
        guard table.has("type") else {
            table.missing("type", do: help)
            return nil
        }
        guard let type = table.string("type") else { return nil }
        switch type {
        case "env": return environment(value, path)
        case "static":
            guard let table = TableReader(value, at: path, .staticProvider, collector) else {
                return nil
            }
            guard table.has("values") else {
                table.missing("values", do: "write values = { name = \"value\" }")
                return nil
            }
            let values = table.stringTable("values").map { ($0.key, $0.text) }
            return .values(Dictionary(values, uniquingKeysWith: { first, _ in first }))
        case "vault", "azure_key_vault":
            table.invalid(
                "type",
                "the provider \(quoted(type)) is one of Spin's that Virga does not have",
                do: "give the values by the environment (SPIN_VARIABLE_NAME) or by --variable NAME=@FILE"
            )
        default:
            let nearest = NearestName.find(
                type,
                among: ["env", "static", "vault", "azure_key_vault"]
            )
            table.invalid(
                "type",
                "\(quoted(type)) is no type of provider",
                do: nearest.map { "write \"\($0)\", if that is meant" } ?? help
            )
        }
        return nil
    }

    private func environment(_ value: TOMLValue, _ path: ManifestPath) -> VariablesProvider? {
        guard let table = TableReader(value, at: path, .environmentProvider, collector) else {
            return nil
        }
        let prefix = table.string("prefix") ?? VariablesProvider.standardPrefix
        guard readsFiles, let name = table.string("dotenv_path") else {
            return .environment(prefix: prefix, file: [:])
        }
        do throws(DotenvError) {
            let values = try DotenvFile.read(name, limit: collector.limits.fileBytes)
            return .environment(prefix: prefix, file: values)
        } catch {
            table.invalid("dotenv_path", error.description, do: error.help)
            return nil
        }
    }
}

extension KeySchema {
    static let runtimeConfiguration = KeySchema(
        "a runtime configuration",
        ["state_dir", "log_dir", "max_instance_memory", "variables_provider", "config_provider"],
        refused: [
            "key_value_store": "remove it: key-value stores are not there yet",
            "sqlite_database": "remove it: SQLite databases are not there yet",
            "llm_compute": "remove it: Virga runs no language models",
            "outbound_http": "remove it: it is not heeded yet",
            "outbound_networking": "remove it: it is not heeded yet",
            "outbound_redis": "remove it: components cannot connect to Redis yet",
            "outbound_pg": "remove it: components cannot connect to PostgreSQL yet",
            "outbound_mysql": "remove it: components cannot connect to MySQL yet",
            "outbound_mqtt": "remove it: components cannot connect to MQTT yet",
            "client_tls": "remove it: it is not heeded yet",
        ]
    )
    static let environmentProvider = KeySchema(
        "a provider of type env",
        ["type", "prefix", "dotenv_path"]
    )
    static let staticProvider = KeySchema("a provider of type static", ["type", "values"])
}

extension ManifestFile {
    /// The runtime configuration that the file holds, if nothing is wrong with it, and what was found.
    package func checkRuntimeConfiguration(
        limits: ManifestLimits = .standard
    ) -> (configuration: RuntimeConfiguration?, Diagnostics) {
        let (root, collector) = parse(limits)
        guard let root else { return (nil, collector.diagnostics) }
        let reader = RuntimeConfigurationReader(
            collector: collector,
            readsFiles: directory != nil
        )
        return (reader.read(root), collector.diagnostics)
    }
}
