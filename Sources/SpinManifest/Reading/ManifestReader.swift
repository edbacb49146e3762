/// Reads a whole manifest, and goes on after each mistake.
struct ManifestReader {
    let collector: DiagnosticCollector
    let profile: String?
    /// Nil where the file system is not looked at.
    let directory: String?
    /// The components whose files are looked at; all where there are none.
    let only: Set<String>

    /// The manifest, nil if there is an error; and the components whose files could be found.
    func read(_ root: TOMLValue) -> (manifest: Manifest?, components: [Component]) {
        guard isVersion2(root) else { return (nil, []) }
        guard let table = TableReader(root, at: ManifestPath(), .manifest, collector) else {
            return (nil, [])
        }
        let application = application(table)
        let additions = application.table?.tool(.applicationTool)
        let variables = VariableReader(collector: collector).read(table)
        let components = ComponentReader(
            collector: collector,
            profile: profile,
            directory: directory,
            only: only,
            variables: variables.known,
            defaults: SettingsReader(collector: collector).read(additions, ComponentSettings())
        )
        var declared = components.declared(table)
        let triggers = TriggerReader(collector: collector, components: components)
            .read(table, &declared, additions)
        let files = StaticFilesReader(collector: collector, directory: directory).read(additions)
        let routes = RouteReader(collector: collector).read(triggers.drafts, files)
        checkProfile(declared)
        let read = declared.components.compactMap(\.self)
        guard !collector.diagnostics.hasErrors, let application = application.value else {
            return (nil, read.filter(hasSource))
        }
        checkUse(declared, triggers.used)
        checkChaining(declared)
        let manifest = Manifest(
            application: application,
            variables: variables.all,
            triggers: triggers.all,
            components: read,
            staticFiles: files,
            routes: routes
        )
        return (manifest, read)
    }

    /// Whether nothing is wrong with where a component's bytes come from.
    private func hasSource(_ component: Component) -> Bool {
        let sources = [component.path.key("source"), component.path.key("profile")]
        return !collector.diagnostics.all.contains { diagnostic in
            diagnostic.severity == .error
                && sources.contains { diagnostic.path.elements.starts(with: $0.elements) }
        }
    }

    /// Whether it is of the version that is read; nothing else is said of others.
    private func isVersion2(_ root: TOMLValue) -> Bool {
        let path = ManifestPath("spin_manifest_version")
        guard let version = root.entry("spin_manifest_version")?.value else {
            let isOld = root.entry("spin_version") != nil
            if isOld {
                collector.error(
                    "this is a manifest of version 1",
                    at: ManifestPath("spin_version"),
                    do:
                        "let `spin doctor` rewrite it, or write `spin_manifest_version = 2` and its tables"
                )
            } else {
                collector.diagnostics.error(
                    "`spin_manifest_version` is missing",
                    in: nil,
                    do: "write `spin_manifest_version = 2` as the first line"
                )
            }
            return false
        }
        if version.kind == .integer(2) { return true }
        let isOld = version.kind == .string("1") || version.kind == .integer(1)
        collector.error(
            isOld ? "manifests of version 1 are not read" : "`spin_manifest_version` is not 2",
            at: path,
            do: isOld ? "let `spin doctor` rewrite it" : "write `spin_manifest_version = 2`"
        )
        return false
    }

    private func application(_ table: TableReader) -> (value: Application?, table: TableReader?) {
        guard table.has("application") else {
            table.missing("application", do: "write [application] and, below it, name = \"...\"")
            return (nil, nil)
        }
        guard let table = table.table("application", .application) else { return (nil, nil) }
        checkTriggerSettings(table)
        let version = table.string("version", do: "write it in quotes")
        let description = table.string("description")
        let authors = table.strings("authors").map(\.text)
        guard let name = table.string("name") else {
            if !table.has("name") { table.missing("name", do: "write name = \"...\"") }
            return (nil, table)
        }
        guard !name.isEmpty else {
            table.invalid("name", "the application's name is empty", do: "write a name")
            return (nil, table)
        }
        let application = Application(
            name: name,
            version: version,
            description: description,
            authors: authors
        )
        return (application, table)
    }

    /// `application.trigger.http`, whose one setting is of older versions.
    private func checkTriggerSettings(_ table: TableReader) {
        guard let triggers = table.table("trigger", .applicationTriggers),
            let http = triggers.table("http", .applicationHTTP), let base = http.string("base")
        else { return }
        if base == "/" {
            collector.warning(
                "`base` is of older versions, and says nothing",
                at: http.path.key("base"),
                atKey: true,
                do: "remove it"
            )
        } else {
            collector.error(
                "`base` is of older versions",
                at: http.path.key("base"),
                atKey: true,
                do: "write \(quoted(base)) before each route instead, and remove it"
            )
        }
    }

    /// Says of components that nothing uses them.
    private func checkUse(_ declared: DeclaredComponents, _ used: Set<String>) {
        for id in declared.ids where !used.contains(id) {
            collector.warning(
                "no trigger names the component `\(id)`",
                at: ManifestPath("component", id),
                atKey: true,
                do: "give it a trigger, or remove it"
            )
        }
    }

    /// Says of hosts that name a component that there is none.
    private func checkChaining(_ declared: DeclaredComponents) {
        for component in declared.components.compactMap(\.self) {
            for (index, template) in component.allowedOutboundHosts.enumerated() {
                guard let text = template.literal, let entry = try? AllowedOutboundHost(text),
                    case .literal(let host) = entry.host,
                    let id = AllowedOutboundHosts.chainedComponent(host), !declared.ids.contains(id)
                else { continue }
                let nearest = NearestName.find(id, among: declared.ids)
                collector.warning(
                    "there is no component \(quoted(id)) to call",
                    at: component.path.key("allowed_outbound_hosts").index(index),
                    do: nearest.map { "write \"\($0)\", if that is meant" } ?? "remove the entry"
                )
            }
        }
    }

    /// Says of a profile that no component has it.
    private func checkProfile(_ declared: DeclaredComponents) {
        guard let profile, !declared.profiles.contains(profile) else { return }
        let nearest = NearestName.find(profile, among: declared.profiles.sorted())
        collector.diagnostics.error(
            "no component has the profile \(quoted(profile))",
            in: nil,
            do: nearest.map { "choose `\($0)`, if that is meant" }
                ?? "choose one that a component has"
        )
    }
}
