/// Reads components, those of `[component]` and those within triggers.
struct ComponentReader {
    let collector: DiagnosticCollector
    let profile: String?
    /// Nil where the file system is not looked at.
    let directory: String?
    /// The components whose files are looked at; all where there are none.
    let only: Set<String>
    let variables: KnownVariables
    let defaults: ComponentSettings

    /// The components of `[component]`, those with mistakes by their ids at least.
    func declared(_ manifest: TableReader) -> DeclaredComponents {
        var declared = DeclaredComponents()
        guard let table = manifest.table("component", do: "write [component.NAME] for each") else {
            return declared
        }
        for entry in table.entries {
            let path = table.path.key(entry.key)
            if let flaw = Names.flawOfComponentID(entry.key) {
                collector.error(
                    "\(quoted(entry.key)) is no component's id: \(flaw)",
                    at: path,
                    atKey: true,
                    do: "write words with \"-\" between them, as in \"my-component\""
                )
            }
            let component = component(entry.value, at: path, id: entry.key, &declared.profiles)
            declared.ids.append(entry.key)
            declared.components.append(component)
        }
        return declared
    }

    /// A component; nil if what it cannot be without is wrong.
    func component(
        _ value: TOMLValue,
        at path: ManifestPath,
        id: String,
        _ profiles: inout Set<String>
    ) -> Component? {
        guard let table = TableReader(value, at: path, .component, collector) else { return nil }
        let directory = only.isEmpty || only.contains(id) ? directory : nil
        let sources = SourceReader(collector: collector, directory: directory)
        let overrides = self.overrides(table, sources, &profiles)
        let build = self.build(table, directory)
        var source = sources.read(table)
        if source == nil, !table.has("source") {
            table.missing("source", do: "write source = \"FILE.wasm\"")
        }
        if let override = overrides.source { source = override }
        var environment = self.environment(table)
        for (name, value) in overrides.environment {
            environment.removeAll { $0.name == name }
            environment.append((name, value))
        }
        let commands = overrides.commands ?? build?.commands
        let file = table.path.key("source")
        sources.check(
            source,
            at: overrides.source == nil ? file : overrides.sourcePath ?? file,
            built: commands
        )
        let files = FilesReader(collector: collector, directory: directory).read(table)
        let templates = componentVariables(table)
        let hosts = allowedHosts(table)
        let settings = SettingsReader(collector: collector).read(
            table.tool(.componentTool),
            defaults
        )
        let description = table.string("description")
        guard let source else { return nil }
        return Component(
            id: id,
            source: source,
            description: description,
            environment: environment,
            variables: templates,
            files: files.mounts,
            excludedFiles: files.excluded,
            mounted: files.mounted,
            allowedOutboundHosts: hosts,
            build: commands.map {
                Build(commands: $0, directory: build?.directory, watched: build?.watched ?? [])
            },
            settings: settings,
            path: path
        )
    }

    // MARK: Profiles

    /// What the chosen profile puts in the place of what the component has.
    private struct Overrides {
        var source: ComponentSource?
        var sourcePath: ManifestPath?
        var environment: [(name: String, value: String)] = []
        var commands: [String]?
    }

    private func overrides(
        _ table: TableReader,
        _ sources: SourceReader,
        _ profiles: inout Set<String>
    ) -> Overrides {
        var chosen = Overrides()
        let help = "write [\(table.path).profile.NAME]"
        guard let table = table.table("profile", do: help) else { return chosen }
        for entry in table.entries {
            profiles.insert(entry.key)
            let path = table.path.key(entry.key)
            guard let table = TableReader(entry.value, at: path, .profile, collector) else {
                continue
            }
            let overrides = Overrides(
                source: sources.read(table),
                sourcePath: path.key("source"),
                environment: environment(table),
                commands: table.table("build", .profileBuild).flatMap(commands)
            )
            if entry.key == profile { chosen = overrides }
        }
        return chosen
    }

    // MARK: Environment, variables, hosts

    private func environment(_ table: TableReader) -> [(name: String, value: String)] {
        table.stringTable("environment").compactMap { entry -> (name: String, value: String)? in
            guard !entry.key.isEmpty,
                !entry.key.utf8.contains(where: { $0 == 0 || $0 == UInt8(ascii: "=") })
            else {
                collector.error(
                    "\(quoted(entry.key)) is no name of an environment variable",
                    at: entry.path,
                    atKey: true,
                    do: "write a name without \"=\""
                )
                return nil
            }
            if entry.text.contains("{{") {
                collector.warning(
                    "values of the environment are no templates: the braces stay as they are",
                    at: entry.path,
                    do: "write it under `variables`, if a template is meant"
                )
            }
            return (entry.key, entry.text)
        }
    }

    private func componentVariables(_ table: TableReader) -> [ComponentVariable] {
        table.stringTable("variables").compactMap { entry in
            if let flaw = Names.flawOfVariable(entry.key) {
                collector.error(
                    "\(quoted(entry.key)) is no name of a variable: \(flaw)",
                    at: entry.path,
                    atKey: true,
                    do: "write words of a-z and 0-9 with \"_\" between them"
                )
            }
            return variables.template(entry.text, at: entry.path, collector).map {
                ComponentVariable(name: entry.key, template: $0)
            }
        }
    }

    /// The entries of `allowed_outbound_hosts`, checked with the defaults of their variables.
    private func allowedHosts(_ table: TableReader) -> [Template] {
        table.strings("allowed_outbound_hosts").compactMap { text, path -> Template? in
            guard let template = variables.template(text, at: path, collector) else { return nil }
            let isLiteral = template.literal != nil
            guard let expanded = template.expanded({ variables.defaults[$0] }),
                isLiteral || !Component.isOpen(expanded)
            else { return template }
            do throws(AllowedOutboundHostError) {
                _ = try AllowedOutboundHost(expanded)
                return template
            } catch {
                let message =
                    isLiteral ? error.message : "with the default values, " + error.message
                collector.error(message, at: path, do: error.help)
                return nil
            }
        }
    }

    // MARK: Build

    private func build(_ table: TableReader, _ directory: String?) -> Build? {
        let help = "write [\(table.path).build] and command = \"...\""
        guard let table = table.table("build", .build, do: help) else { return nil }
        let commands = commands(table)
        if commands == nil, !table.has("command") {
            table.missing("command", do: "write command = \"...\", or remove the build")
        }
        let workdir = table.string("workdir")
        if let workdir, let directory, FileSystem.kind(directory + "/" + workdir) != .directory {
            table.invalid(
                "workdir",
                "there is no directory \(quoted(workdir))",
                do: "make it, or correct the path"
            )
        }
        let watched = table.strings("watch").compactMap { text, path in
            FilesReader.glob(text, at: path, collector)
        }
        return commands.map { Build(commands: $0, directory: workdir, watched: watched) }
    }

    /// A command, or several.
    private func commands(_ table: TableReader) -> [String]? {
        guard let value = table.value("command") else { return nil }
        let path = table.path.key("command")
        let commands: [String]
        switch value.kind {
        case .string(let text): commands = [text]
        case .array: commands = table.strings("command").map(\.text)
        default:
            collector.wrongType(value, at: path, expected: "a string or an array of strings")
            return nil
        }
        guard !commands.isEmpty, !commands.contains("") else {
            collector.error("the command is empty", at: path, do: "write a command")
            return nil
        }
        return commands
    }
}

/// The components that were read so far.
struct DeclaredComponents {
    /// The ids in the order of the file, of those with mistakes too.
    var ids: [String] = []
    /// Beside each id its component; nil of one with mistakes.
    var components: [Component?] = []
    /// The profiles that components have.
    var profiles: Set<String> = []
}
