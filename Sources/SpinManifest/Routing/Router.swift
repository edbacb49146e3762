/// Finds the route of a request: an immutable value, made once of an app's routes.
///
/// By Spin's rules, and after them by hosts and methods, which are Virga's addition: routes for a
/// host that matches are asked before those for every host, a name before the longest `*.domain`.
package struct Router: Sendable {
    /// In the order in which they are asked.
    package let routes: [Route]
    /// Routes that others declared later replace: their pattern is written the same.
    package let replaced: [Replaced]
    private let tiers: [Tier]

    /// A route whose pattern another one has too, written the same.
    package struct Replaced: Sendable {
        package let route: Route
        package let by: Route
    }

    private struct Tier: Sendable {
        /// Nil of the routes for every host.
        let host: RouteHost?
        let tree: RouteTree
    }

    /// What no route can have: the host answers there.
    package static let reserved = "/.well-known/spin/"

    /// A router of routes in the order of their declaration.
    package init(_ declared: [Route]) {
        var kept: [Route] = []
        var replaced: [Replaced] = []
        var written: [String: [Int]] = [:]
        for route in declared {
            let same = written[route.pattern.raw]?.first { kept[$0].conditions == route.conditions }
            if let same {
                replaced.append(Replaced(route: kept[same], by: route))
                kept[same] = route
            } else {
                written[route.pattern.raw, default: []].append(kept.count)
                kept.append(route)
            }
        }
        let sorted = Router.sorted(kept)
        routes = sorted
        self.replaced = replaced
        tiers = Router.tiers(sorted)
    }

    /// The routes in the order in which they are asked.
    private static func sorted(_ routes: [Route]) -> [Route] {
        guard routes.contains(where: \.pattern.rank.hasDots) else {
            return routes.enumerated().sorted { a, b in
                precedes(a.element, b.element)
                    || (!precedes(b.element, a.element) && a.offset < b.offset)
            }.map(\.element)
        }
        // With dots the rule orders any two routes that have a path in common, but not all routes:
        // each is put before the first that it precedes, as Spin does it.
        var order: [Int] = []
        for (index, route) in routes.enumerated() {
            order.insert(
                index, at: order.firstIndex { precedes(route, routes[$0]) } ?? order.endIndex)
        }
        return order.map { routes[$0] }
    }

    private static func precedes(_ a: Route, _ b: Route) -> Bool {
        if a.pattern.rank == b.pattern.rank {
            return a.conditions.methods != nil && b.conditions.methods == nil
        }
        return a.pattern.rank.isBefore(b.pattern.rank)
    }

    private static func tiers(_ routes: [Route]) -> [Tier] {
        let hosts = Set(routes.flatMap(\.conditions.hosts)).sorted(by: isBefore)
        let named = hosts.map { host in
            Tier(host: host, tree: tree(routes) { $0.hosts.contains(host) })
        }
        return named + [Tier(host: nil, tree: tree(routes, where: \.hosts.isEmpty))]
    }

    private static func tree(_ routes: [Route], where isTaken: (RouteConditions) -> Bool)
        -> RouteTree
    {
        RouteTree(
            routes.enumerated().filter { isTaken($1.conditions) }.map { (index: $0, route: $1) }
        )
    }

    /// Names before domains, longer domains first.
    private static func isBefore(_ a: RouteHost, _ b: RouteHost) -> Bool {
        switch (a, b) {
        case (.name, .below): true
        case (.below, .name): false
        case (.name(let a), .name(let b)): a < b
        case (.below(let a), .below(let b)):
            a.utf8.count != b.utf8.count ? a.utf8.count > b.utf8.count : a < b
        }
    }

    /// The route of a request.
    ///
    /// `target` is path and query as they came, `host` the authority, whose port does not count.
    /// `method` is empty where it is none of `RouteMethods.names`.
    package func match(_ method: RouteMethods, host: Span<UInt8>, target: Span<UInt8>) -> RouteMatch
    {
        let path = RequestPath(target)
        if let answer = Router.wellKnown(path, target) { return answer }
        let name = host.extracting(0..<Router.hostEnd(host))
        var otherMethods: RouteMethods = []
        for tier in tiers where tier.host?.matches(name) ?? true {
            if let route = tier.tree.find(path, target, method, &otherMethods) {
                return .route(route)
            }
        }
        return otherMethods.isEmpty ? .notFound : .methodNotAllowed(otherMethods)
    }

    /// What the host answers itself, before every route.
    private static func wellKnown(_ path: RequestPath, _ target: Span<UInt8>) -> RouteMatch? {
        guard let rest = withoutPrefix(target, path.whole, reserved) else { return nil }
        if withoutPrefix(target, rest, "health")?.isEmpty == true { return .health }
        if withoutPrefix(target, rest, "info")?.isEmpty == true { return .info }
        return .notFound
    }

    private static func withoutPrefix(_ target: Span<UInt8>, _ range: Range<Int>, _ prefix: String)
        -> Range<Int>?
    {
        var at = range.lowerBound
        for byte in prefix.utf8 {
            guard at < range.upperBound, target[at] == byte else { return nil }
            at += 1
        }
        return at..<range.upperBound
    }

    /// Where the host of an authority ends: before its port, and before a dot at its end.
    static func hostEnd(_ authority: Span<UInt8>) -> Int {
        var end = authority.count
        while end > 0, authority[end - 1] >= 0x30, authority[end - 1] <= 0x39 { end -= 1 }
        end = end > 0 && authority[end - 1] == UInt8(ascii: ":") ? end - 1 : authority.count
        if end > 0, authority[end - 1] == UInt8(ascii: ".") { end -= 1 }
        return end
    }
}
