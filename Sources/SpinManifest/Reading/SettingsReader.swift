/// Reads what Virga adds to components: `instances`, `pool_size` and `limits`.
struct SettingsReader {
    let collector: DiagnosticCollector

    /// The settings of a table, and of `inherited` what it does not have.
    func read(_ table: TableReader?, _ inherited: ComponentSettings) -> ComponentSettings {
        guard let table else { return inherited }
        var settings = inherited
        if let text = table.string("instances") {
            if let instances = ComponentSettings.Instances(rawValue: text) {
                settings.instances = instances
            } else {
                table.invalid(
                    "instances",
                    "\(quoted(text)) is no use of instances",
                    do: "write \"reset\", \"fresh\" or \"reuse\""
                )
            }
        }
        settings.poolSize = table.integer("pool_size", in: 1...1_000_000) ?? settings.poolSize
        if let limits = table.table("limits", .limits) { read(limits, &settings.limits) }
        return settings
    }

    private static let seconds: UInt64 = 1_000_000
    private static let day: UInt64 = 86_400 * 1_000_000

    private func read(_ table: TableReader, _ limits: inout ComponentLimits) {
        limits.memory = table.size("memory", in: 64 << 10...1 << 40) ?? limits.memory
        limits.cpuTime = table.time("cpu_time", in: 100...Self.day) ?? limits.cpuTime
        limits.wallTime = table.time("wall_time", in: 1_000...Self.day) ?? limits.wallTime
        limits.requestBody = table.size("request_body", in: 0...1 << 40) ?? limits.requestBody
        limits.responseBody = table.size("response_body", in: 0...1 << 40) ?? limits.responseBody
        limits.concurrency = table.integer("concurrency", in: 1...1_000_000) ?? limits.concurrency
        limits.queueLength = table.integer("queue_length", in: 0...1_000_000) ?? limits.queueLength
        limits.queueWait =
            table.time("queue_wait", in: 0...3_600 * Self.seconds) ?? limits.queueWait
        if let cpu = limits.cpuTime, let wall = limits.wallTime, cpu > wall,
            table.has("cpu_time") || table.has("wall_time")
        {
            collector.warning(
                "`cpu_time` is more than `wall_time`, which ends a request before",
                at: table.path.key(table.has("cpu_time") ? "cpu_time" : "wall_time"),
                atKey: true,
                do: "make it less, or remove it"
            )
        }
    }
}
