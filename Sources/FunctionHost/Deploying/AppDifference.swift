import SpinManifest

/// What another app would change: one line for each thing, `+` for what comes, `-` for what goes.
package struct AppDifference {
    /// What components may do that they could not, or no longer may.
    private(set) var rights: [String] = []
    /// Routes, components, files.
    private(set) var changes: [String] = []
    /// Whether a component gets a right that it has not, or is there with rights and was not before.
    private(set) var widens = false

    /// From `old`, nil where nothing is served, to `new`; with what deployments know of their files.
    init(
        from old: (app: App, contents: DeploymentContents?)?,
        to new: (app: App, contents: DeploymentContents)
    ) {
        addRoutes(old?.app.router.routes ?? [], new.app.router.routes)
        addComponents(old, new)
        let before = old?.app.rights ?? [:]
        let after = new.app.rights
        for name in Set(before.keys).union(after.keys).sorted() {
            addRights(name, before[name], after[name])
        }
        if old == nil { widens = false }
    }

    private mutating func add(_ line: String) { changes.append(line) }

    private mutating func gain(_ component: String, _ right: String) {
        widens = true
        rights.append("+ \(component): \(right)")
    }

    private mutating func lose(_ component: String, _ right: String) {
        rights.append("- \(component): \(right)")
    }

    // MARK: Routes and components

    private mutating func addRoutes(_ old: [Route], _ new: [Route]) {
        let before = old.map(AppDifference.line)
        let after = new.map(AppDifference.line)
        for line in before where !after.contains(line) { add("- route \(line)") }
        for line in after where !before.contains(line) { add("+ route \(line)") }
    }

    private static func line(_ route: Route) -> String {
        let hosts = route.conditions.hosts.map { host in
            switch host {
            case .name(let name): name
            case .below(let domain): "*.\(domain)"
            }
        }
        let methods = route.conditions.methods?.list ?? []
        let parts = [route.pattern.based, methods.joined(separator: ","), hosts.joined(separator: ",")]
        return parts.filter { !$0.isEmpty }.joined(separator: " ") + " (\(route.name))"
    }

    private mutating func addComponents(
        _ old: (app: App, contents: DeploymentContents?)?,
        _ new: (app: App, contents: DeploymentContents)
    ) {
        let before = old?.app.manifest.components.map(\.id) ?? []
        let after = new.app.manifest.components.map(\.id)
        for id in before where !after.contains(id) { add("- component \(id)") }
        for id in after where !before.contains(id) { add("+ component \(id)") }
        let known = Dictionary(
            (old?.contents?.files ?? []).map { ($0.path, $0) },
            uniquingKeysWith: { first, _ in first }
        )
        let isKnown = old?.contents != nil
        for file in new.contents.files {
            switch known[file.path] {
            case nil: add("+ file \(file.path), \(file.size) bytes")
            case let before? where before.digest != file.digest:
                add("- file \(file.path), \(before.size) bytes")
                add("+ file \(file.path), \(file.size) bytes")
            default: break
            }
        }
        let paths = Set(new.contents.files.map(\.path))
        for file in isKnown ? old?.contents?.files ?? [] : [] where !paths.contains(file.path) {
            add("- file \(file.path), \(file.size) bytes")
        }
    }

    // MARK: Rights

    private mutating func addRights(
        _ name: String,
        _ old: ComponentRights?,
        _ new: ComponentRights?
    ) {
        addSets(name, "imports ", old?.imports, new?.imports)
        addHosts(name, old, new)
        addSets(name, "files ", old?.files, new?.files)
        addSets(name, "reads the variable ", old?.variables, new?.variables)
        guard let new else { return }
        guard let old else {
            if new.isReused { gain(name, "instances are used again as they are") }
            return
        }
        for pattern in old.excluded.subtracting(new.excluded).sorted() {
            gain(name, "files that `exclude_files` kept out: \(pattern)")
        }
        for pattern in new.excluded.subtracting(old.excluded).sorted() {
            lose(name, "files that `exclude_files` keeps out: \(pattern)")
        }
        if new.isReused, !old.isReused { gain(name, "instances are used again as they are") }
        if old.isReused, !new.isReused { lose(name, "instances are used again as they are") }
        for (before, after) in zip(old.bounds, new.bounds) where before.value != after.value {
            let text = "\(after.key) \(before.text) -> \(after.text)"
            if after.value > before.value { gain(name, text) } else { lose(name, text) }
        }
    }

    private mutating func addSets(
        _ name: String,
        _ what: String,
        _ old: Set<String>?,
        _ new: Set<String>?
    ) {
        let (before, after) = (old ?? [], new ?? [])
        for item in before.subtracting(after).sorted() { lose(name, what + item) }
        for item in after.subtracting(before).sorted() { gain(name, what + item) }
    }

    private mutating func addHosts(_ name: String, _ old: ComponentRights?, _ new: ComponentRights?) {
        let (before, after) = (old?.hosts ?? [], new?.hosts ?? [])
        let what = "connects to "
        for host in before where !after.contains(where: { $0.covers(host) }) {
            lose(name, what + host.text)
        }
        for host in after where !before.contains(where: { $0.covers(host) }) {
            gain(name, what + host.text)
        }
        addSets(name, what, old?.openHosts, new?.openHosts)
    }

    // MARK: As text

    /// The lines, rights first; a word where there are none.
    var text: String {
        guard !rights.isEmpty || !changes.isEmpty else { return "nothing changes\n" }
        var lines: [String] = []
        if !rights.isEmpty { lines += ["rights:"] + rights.map { "  \($0)" } }
        if !changes.isEmpty { lines += ["changes:"] + changes.map { "  \($0)" } }
        return lines.joined(separator: "\n") + "\n"
    }

    /// The lines of rights alone.
    var rightsText: String { rights.map { "  \($0)\n" }.joined() }
}

extension App {
    /// The rights of its components, by their ids.
    fileprivate var rights: [String: ComponentRights] {
        var rights: [String: ComponentRights] = [:]
        for (component, served) in zip(manifest.components, components) {
            rights[component.id] = ComponentRights(component, served)
        }
        return rights
    }
}
