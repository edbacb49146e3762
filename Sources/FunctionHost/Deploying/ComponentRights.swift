import ComponentModel
import SpinManifest
import WASIHTTP

/// What a component may do beyond answering, as a deployment is asked about it.
struct ComponentRights {
    /// A bound on what it may take: how much, and how a person reads that.
    struct Bound {
        let key: String
        /// `UInt64.max` where there is none.
        let value: UInt64
        let text: String
    }

    /// Interfaces, without versions; those that give nothing of what is outside are left out.
    let imports: Set<String>
    /// Entries of `allowed_outbound_hosts` that are written out.
    let hosts: [AllowedOutboundHost]
    /// Those with variables, as they are written.
    let openHosts: Set<String>
    /// Entries of `files`, and of `exclude_files`.
    let files: Set<String>
    let excluded: Set<String>
    /// Variables of the app that it reads.
    let variables: Set<String>
    /// Whether what one request leaves is there for the next.
    let isReused: Bool
    let bounds: [Bound]

    /// The rights of a component of an app.
    init(_ component: SpinManifest.Component, _ served: ServedComponent) {
        imports = Set(
            served.plan.component.imports.map(\.name).map(ComponentRights.unversioned)
                .filter { !ComponentRights.isHarmless($0) }
        )
        var hosts: [AllowedOutboundHost] = []
        var open: Set<String> = []
        for template in component.allowedOutboundHosts {
            if let text = template.literal {
                if let host = try? AllowedOutboundHost(text) { hosts.append(host) }
            } else {
                open.insert(template.written)
            }
        }
        self.hosts = hosts
        openHosts = open
        files = Set(
            component.files.map { mount in
                switch mount {
                case .pattern(let text): text
                case .placement(let source, let destination): "\(source) -> \(destination)"
                }
            }
        )
        excluded = Set(component.excludedFiles.map(\.text))
        variables = Set(component.variables.flatMap(\.template.variables))
        isReused = component.settings.instances == .reuse
        bounds = ComponentRights.bounds(component.settings)
    }

    private static func unversioned(_ name: String) -> String {
        String(name.prefix { $0 != "@" })
    }

    /// Whether an interface only gives streams, time, randomness, the component's own environment, or the
    /// request itself: what every component has.
    private static func isHarmless(_ name: String) -> Bool {
        ["wasi:io/", "wasi:clocks/", "wasi:random/", "wasi:cli/"].contains { name.hasPrefix($0) }
            || name == "wasi:http/types"
    }

    private static func bounds(_ settings: ComponentSettings) -> [Bound] {
        let defaults = ServingLimits()
        let limits = settings.limits
        func bound(_ key: String, _ value: UInt64?, _ usual: UInt64, _ unit: String) -> Bound {
            let number = value ?? usual
            return Bound(
                key: key,
                value: number,
                text: number == .max ? "none" : "\(number)\(unit)"
            )
        }
        let milliseconds: (Int) -> UInt64 = { UInt64(clamping: $0) * 1_000 }
        let count: (Int?) -> UInt64? = { $0.map { UInt64(clamping: $0) } }
        return [
            bound("memory", limits.memory, defaults.memoryBytes, " B"),
            bound("cpu_time", limits.cpuTime, .max, " us"),
            bound("wall_time", limits.wallTime, milliseconds(defaults.requestMilliseconds), " us"),
            bound("request_body", limits.requestBody, defaults.content.request, " B"),
            bound("response_body", limits.responseBody, .max, " B"),
            bound(
                "concurrency",
                count(limits.concurrency ?? settings.poolSize),
                UInt64(clamping: defaults.instances),
                ""
            ),
            bound("queue_length", count(limits.queueLength), UInt64(clamping: defaults.queued), ""),
            bound("queue_wait", limits.queueWait, milliseconds(defaults.queueMilliseconds), " us"),
        ]
    }
}

extension Template {
    /// The text that it was read from, but for white space around names.
    fileprivate var written: String {
        parts.map { part in
            switch part {
            case .literal(let text): text
            case .variable(let name): "{{ \(name) }}"
            }
        }.joined()
    }
}
