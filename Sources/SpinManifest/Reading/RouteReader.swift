/// Reads the routes of triggers and static files, and says which can never answer.
struct RouteReader {
    let collector: DiagnosticCollector

    /// The public routes in the order of the file: triggers first.
    func read(_ drafts: [TriggerReader.Draft], _ files: [StaticFiles]) -> [Route] {
        var routes: [Route] = []
        var trigger = 0
        for draft in drafts {
            // Where one has no target there is no manifest either.
            let target: Route.Target =
                switch draft.target {
                case .component(let index)?: .component(index)
                case .response?, nil: .response(trigger)
                }
            if draft.route != nil, draft.target != nil { trigger += 1 }
            guard case .pattern(let text)? = draft.route else { continue }
            let path = draft.path.key("route")
            guard let pattern = pattern(text, path) else { continue }
            routes.append(
                Route(
                    pattern: pattern,
                    target: target,
                    conditions: draft.conditions,
                    name: draft.id,
                    path: path
                )
            )
        }
        for (index, entry) in files.enumerated() {
            let path = entry.path.key("route")
            guard let pattern = pattern(entry.route, path) else { continue }
            routes.append(
                Route(
                    pattern: pattern,
                    target: .files(index),
                    name: "files of \(entry.directory)",
                    path: path
                )
            )
        }
        checkReach(routes)
        return routes
    }

    private func pattern(_ text: String, _ path: ManifestPath) -> RoutePattern? {
        let pattern: RoutePattern
        do throws(RoutePattern.Flaw) {
            pattern = try RoutePattern(text, limits: collector.limits)
        } catch {
            collector.error("the route \(quoted(text)) \(error)", at: path, do: error.help)
            return nil
        }
        if pattern.based.hasPrefix(Router.reserved) {
            collector.error(
                "the route \(quoted(text)) can never be reached: the host answers what is below "
                    + "\(Router.reserved)",
                at: path,
                do: "choose another path"
            )
        }
        if text.hasSuffix("..."), !pattern.hasWildcard {
            collector.warning(
                "the route \(quoted(text)) ends in three dots that are no wildcard",
                at: path,
                do: "write a slash before them, if they are to take all that follows"
            )
        }
        return pattern
    }

    /// Says of a route that another one takes the same requests.
    private func checkReach(_ routes: [Route]) {
        var byShape: [String: [Route]] = [:]
        for route in routes {
            let shape = route.pattern.shape
            if let other = byShape[shape]?.first(where: { collide($0.conditions, route.conditions) }
            ) {
                let line = collector.diagnostics.line(of: other.path)
                let isSame = other.pattern.text == route.pattern.text
                let description =
                    isSame ? "is" : "takes the same paths as \(quoted(other.pattern.text)),"
                collector.error(
                    "the route \(quoted(route.pattern.text)) \(description) the route of `\(other.name)` "
                        + "(line \(line)): only one of them can answer",
                    at: route.path,
                    do: "change or remove one, or give them different methods or hosts"
                )
            }
            byShape[shape, default: []].append(route)
        }
    }

    /// Whether of two routes of one shape only one can answer some request, for no better reason.
    private func collide(_ a: RouteConditions, _ b: RouteConditions) -> Bool {
        let sameHosts = a.hosts.isEmpty ? b.hosts.isEmpty : !Set(a.hosts).isDisjoint(with: b.hosts)
        guard sameHosts else { return false }
        switch (a.methods, b.methods) {
        case (nil, nil): return true
        case (let a?, let b?): return !a.isDisjoint(with: b)
        default: return false
        }
    }
}

extension RoutePattern {
    /// The pattern without the names of its parameters: one text for all that take the same paths.
    fileprivate var shape: String {
        let texts = segments.map { segment in
            segment.map { element in
                switch element {
                case .literal(let bytes): String(decoding: bytes, as: UTF8.self)
                case .parameter: ":"
                }
            }.joined()
        }
        return texts.joined(separator: "/") + (hasWildcard ? "/..." : "")
    }
}

extension Diagnostics {
    /// The line of a value, for a sentence about another one.
    func line(of path: ManifestPath) -> Int {
        region(path, false)?.start.line ?? 0
    }
}
