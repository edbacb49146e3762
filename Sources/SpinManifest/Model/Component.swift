/// `[component.ID]`: a WebAssembly component, what it sees, and what it may use.
package struct Component: Sendable {
    package var id: String
    package var source: ComponentSource
    package var description: String?
    package var environment: [(name: String, value: String)]
    package var variables: [ComponentVariable]
    package var files: [FilesMount]
    package var excludedFiles: [Glob]
    /// What `files` names, by guest path; empty where the file system was not looked at.
    package var mounted: [MountedFile]
    /// Entries of `allowed_outbound_hosts`; those with variables are parsed when these are known.
    package var allowedOutboundHosts: [Template]
    package var build: Build?
    package var settings: ComponentSettings
    /// `component.ID`, or where a trigger has it.
    package var path: ManifestPath

    /// What the component may connect to, with the app's variables.
    ///
    /// Entries that come out as nothing, `http://` or `https://` are left out, so that a variable can
    /// leave one open. Throws the first entry that is none; `value` gives nil for what has no value.
    package func allowedHosts(
        in manifest: Manifest,
        _ value: (String) -> String?
    ) throws(AllowedOutboundHostError) -> AllowedOutboundHosts {
        var entries: [AllowedOutboundHost] = []
        for template in allowedOutboundHosts {
            guard let text = template.expanded(value) else {
                let names = template.variables.filter { value($0) == nil }.map { "`\($0)`" }
                throw AllowedOutboundHostError(
                    "there is no value for \(names.joined(separator: ", "))",
                    "give the variable a value, or a `default`"
                )
            }
            if template.literal == nil, Component.isOpen(text) { continue }
            let entry = try AllowedOutboundHost(text)
            guard entry.host == .subdomains(of: AllowedOutboundHosts.chainingDomain) else {
                entries.append(entry)
                continue
            }
            for component in manifest.components {
                entries.append(
                    entry.replacingHost(
                        .literal(.domain("\(component.id).\(AllowedOutboundHosts.chainingDomain)"))
                    )
                )
            }
        }
        return AllowedOutboundHosts(entries)
    }

    /// Whether an entry was left open by a variable without a value.
    static func isOpen(_ text: String) -> Bool {
        text.isEmpty || text == "http://" || text == "https://"
    }
}

/// Where a component's bytes come from.
package enum ComponentSource: Sendable, Equatable {
    /// Relative to the app's directory.
    case file(String)
    /// The digest is of SHA-256, in lower case hexadecimal.
    case download(url: String, sha256: String)
}

/// A variable that a component reads; evaluated at each reading.
package struct ComponentVariable: Sendable, Equatable {
    package var name: String
    package var template: Template
}

/// How a component is built; Virga runs it when it is asked to.
package struct Build: Sendable, Equatable {
    /// Run one after the other by the shell.
    package var commands: [String]
    /// Relative to the app's directory; nil for that itself.
    package var directory: String?
    /// What to watch, relative to the directory.
    package var watched: [Glob]
}

/// What Virga adds: how many instances, and what each may use.
package struct ComponentSettings: Sendable, Equatable {
    /// What becomes of an instance after a request.
    package enum Instances: String, Sendable, CaseIterable {
        /// Set back to its first state, and used again.
        case reset
        /// Thrown away.
        case fresh
        /// Used again as it is.
        case reuse
    }

    package var instances = Instances.reset
    /// Instances that are kept; nil leaves it to the host.
    package var poolSize: Int?
    package var limits = ComponentLimits()
}

/// What a component may use; nil leaves it to the host.
package struct ComponentLimits: Sendable, Equatable {
    /// Bytes of all memories of an instance together.
    package var memory: UInt64?
    /// Microseconds of processor time of a request.
    package var cpuTime: UInt64?
    /// Microseconds from a request's start to its response's end.
    package var wallTime: UInt64?
    /// Bytes of a request's body, and of a response's.
    package var requestBody: UInt64?
    package var responseBody: UInt64?
    /// Requests at once.
    package var concurrency: Int?
    /// Requests that wait beyond those; then 503.
    package var queueLength: Int?
    /// Microseconds that one waits at most; then 503.
    package var queueWait: UInt64?
}
