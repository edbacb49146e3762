/// Reads `[[trigger.http]]`.
struct TriggerReader {
    let collector: DiagnosticCollector
    let components: ComponentReader

    /// A trigger as far as it could be read.
    struct Draft {
        var id: String
        var path: ManifestPath
        var route: HTTPTrigger.Route?
        var target: HTTPTrigger.Target?
        var conditions = RouteConditions()
    }

    /// What was read; `used` are ids of components that triggers name.
    struct Result {
        var drafts: [Draft] = []
        var used: Set<String> = []

        /// The triggers that have all they need.
        var all: [HTTPTrigger] {
            drafts.compactMap { draft in
                guard let route = draft.route, let target = draft.target else { return nil }
                return HTTPTrigger(
                    id: draft.id,
                    route: route,
                    target: target,
                    conditions: draft.conditions,
                    path: draft.path
                )
            }
        }
    }

    /// The triggers; components within them are added to `declared`.
    func read(
        _ manifest: TableReader,
        _ declared: inout DeclaredComponents,
        _ additions: TableReader?
    ) -> Result {
        var result = Result()
        let help = "write [[trigger.http]], with `route` and `component`"
        guard manifest.has("trigger") else {
            manifest.missing("trigger", do: help)
            return result
        }
        guard let types = manifest.table("trigger", .triggers, do: help) else { return result }
        var tables: [TableReader] = []
        let path = types.path.key("http")
        switch types.value("http")?.kind {
        case .array(let values)?:
            tables = values.enumerated().compactMap {
                TableReader($1, at: path.index($0), .httpTrigger, collector, do: help)
            }
        case nil:
            if types.entries.isEmpty { types.missing("http", do: help) }
        case .table?:
            collector.error(
                "`trigger.http` is a table, and should be an array of tables",
                at: path,
                do: "write [[trigger.http]], with two brackets"
            )
        default:
            if let value = types.value("http") {
                collector.wrongType(value, at: path, expected: "an array of tables", do: help)
            }
        }
        guard tables.count <= collector.limits.routes else {
            collector.error(
                "there are more than \(collector.limits.routes) triggers",
                at: path,
                do: "split the app"
            )
            return result
        }
        for (table, id) in zip(tables, ids(tables)) {
            result.drafts.append(draft(table, id, &declared, &result.used))
        }
        conditions(additions, &result.drafts)
        return result
    }

    // MARK: Ids

    /// The ids of triggers: as written, or made as Spin makes them.
    private func ids(_ tables: [TableReader]) -> [String] {
        var taken: Set<String> = []
        let written = tables.map { table -> String? in
            guard let id = table.string("id") else { return nil }
            guard !id.isEmpty else {
                table.invalid("id", "the trigger's id is empty", do: "write a name, or leave it out")
                return nil
            }
            if id.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) {
                table.invalid("id", "the id \(quoted(id)) has a control character", do: "write it without")
            }
            if !taken.insert(id).inserted {
                table.invalid(
                    "id",
                    "another trigger has the id \(quoted(id))",
                    do: "give it another"
                )
            }
            return id
        }
        var counter = 1
        return zip(tables, written).map { table, written in
            if let written { return written }
            if case .string(let component)? = table.value("component")?.kind,
                taken.insert("\(component)-http-trigger").inserted
            {
                return "\(component)-http-trigger"
            }
            while !taken.insert("http-trigger\(counter)").inserted { counter += 1 }
            return "http-trigger\(counter)"
        }
    }

    /// The id of a component that is written within a trigger, made as Spin makes it.
    private func inlineID(_ trigger: String, _ declared: DeclaredComponents) -> String {
        let id = "\(trigger)-component"
        if Names.flawOfComponentID(id) == nil, !declared.ids.contains(id) { return id }
        var counter = 1
        while declared.ids.contains("inline-component\(counter)") { counter += 1 }
        return "inline-component\(counter)"
    }

    // MARK: One trigger

    private func draft(
        _ table: TableReader,
        _ id: String,
        _ declared: inout DeclaredComponents,
        _ used: inout Set<String>
    ) -> Draft {
        var draft = Draft(id: id, path: table.path, route: route(table))
        checkExecutor(table)
        let response = StaticResponseReader(collector: collector).read(table)
        let component = component(table, id, &declared, &used)
        switch (table.has("component"), table.has("static_response")) {
        case (true, false): draft.target = component
        case (false, true):
            draft.target = response.map(HTTPTrigger.Target.response)
            if draft.route == .isPrivate {
                table.invalid(
                    "route",
                    "a static response on a private route is never asked for",
                    do: "give it a route, or a component"
                )
            }
            if table.has("executor") {
                collector.error(
                    "a static response has no executor",
                    at: table.path.key("executor"),
                    atKey: true,
                    do: "remove it"
                )
            }
        case (true, true):
            collector.error(
                "the trigger has a component and a static response",
                at: table.path.key("static_response"),
                atKey: true,
                do: "remove one of the two"
            )
        case (false, false):
            table.missing(
                "component",
                do: "write component = \"NAME\", or static_response = { ... }"
            )
        }
        return draft
    }

    private func route(_ table: TableReader) -> HTTPTrigger.Route? {
        let help = "write route = \"/...\", or route = { private = true }"
        guard let value = table.value("route") else {
            table.missing("route", do: help)
            return nil
        }
        switch value.kind {
        case .string(let text): return .pattern(text)
        case .table:
            guard let table = table.table("route", .privateRoute) else { return nil }
            guard let isPrivate = table.boolean("private") else {
                if !table.has("private") { table.missing("private", do: help) }
                return nil
            }
            guard isPrivate else {
                table.invalid("private", "`private` cannot be false", do: help)
                return nil
            }
            return .isPrivate
        default:
            collector.wrongType(value, at: table.path.key("route"), expected: "a string", do: help)
            return nil
        }
    }

    private func checkExecutor(_ table: TableReader) {
        guard let value = table.value("executor") else { return }
        let path = table.path.key("executor")
        let help = "remove it, or write executor = { type = \"http\" }"
        if value.entry("type")?.value.kind == .string("wagi") {
            collector.error("Virga has no executor \"wagi\"", at: path.key("type"), do: help)
            return
        }
        guard let table = TableReader(value, at: path, .executor, collector, do: help) else {
            return
        }
        guard let type = table.string("type") else {
            if !table.has("type") { table.missing("type", do: help) }
            return
        }
        if type != "http", type != "spin" {
            table.invalid("type", "there is no executor \(quoted(type))", do: help)
        }
    }

    private func component(
        _ table: TableReader,
        _ trigger: String,
        _ declared: inout DeclaredComponents,
        _ used: inout Set<String>
    ) -> HTTPTrigger.Target? {
        guard let value = table.value("component") else { return nil }
        let path = table.path.key("component")
        switch value.kind {
        case .string(let id):
            used.insert(id)
            if let index = declared.ids.firstIndex(of: id) { return .component(index) }
            let nearest = NearestName.find(id, among: declared.ids)
            collector.error(
                "there is no component \(quoted(id))",
                at: path,
                do: nearest.map { "write \"\($0)\", if that is meant" }
                    ?? (Names.flawOfComponentID(id) == nil
                        ? "declare it: [component.\(id)]" : "name one that is declared")
            )
            return nil
        case .table:
            let id = inlineID(trigger, declared)
            let component = components.component(value, at: path, id: id, &declared.profiles)
            declared.ids.append(id)
            declared.components.append(component)
            used.insert(id)
            return .component(declared.ids.count - 1)
        default:
            collector.wrongType(
                value,
                at: path,
                expected: "a component's id, or a component's table"
            )
            return nil
        }
    }

    // MARK: Conditions

    /// `application.tool.virga.routes`: methods and hosts by the ids of triggers.
    private func conditions(_ additions: TableReader?, _ drafts: inout [Draft]) {
        guard let table = additions?.table("routes") else { return }
        for entry in table.entries {
            let path = table.path.key(entry.key)
            guard let index = drafts.firstIndex(where: { $0.id == entry.key }) else {
                let nearest = NearestName.find(entry.key, among: drafts.map(\.id))
                collector.error(
                    "no trigger has the id \(quoted(entry.key))",
                    at: path,
                    atKey: true,
                    do: nearest.map { "write `\($0)`, if that is meant" }
                        ?? "write `id` in the trigger that is meant"
                )
                continue
            }
            if drafts[index].route == .isPrivate {
                collector.error(
                    "the trigger `\(entry.key)` is private: there are no conditions on its route",
                    at: path,
                    atKey: true,
                    do: "remove them"
                )
            }
            if let table = TableReader(entry.value, at: path, .routeConditions, collector) {
                drafts[index].conditions = ConditionsReader(collector: collector).read(table)
            }
        }
    }
}
