/// The routes of one host, by the segments of their patterns.
///
/// A path visits each node at most once: a node's depth is the number of segments it has taken.
struct RouteTree: Sendable {
    private struct Node: Sendable {
        /// Literal segments, sorted by their bytes.
        var literals: [(bytes: [UInt8], node: Int)] = []
        /// Segments with parameters.
        var patterns: [(elements: [RoutePattern.Element], node: Int)] = []
        /// Routes that end here, and those whose wildcard begins here, by their places.
        var ends: [Int] = []
        var wildcards: [Int] = []
        /// The first place of a route here or below.
        var firstPlace = Int.max
    }

    private var nodes = [Node()]
    /// The routes' indices and methods, by their places in the order of precedence.
    private let order: [(route: Int, conditions: RouteConditions)]

    /// A tree of routes, given in the order of precedence.
    init(_ routes: [(index: Int, route: Route)]) {
        order = routes.map { ($0.index, $0.route.conditions) }
        for (place, entry) in routes.enumerated() {
            insert(entry.route.pattern, place)
        }
        sortLiterals()
    }

    private mutating func insert(_ pattern: RoutePattern, _ place: Int) {
        var node = 0
        nodes[0].firstPlace = min(nodes[0].firstPlace, place)
        for segment in pattern.segments {
            node = child(of: node, segment)
            nodes[node].firstPlace = min(nodes[node].firstPlace, place)
        }
        if pattern.hasWildcard {
            nodes[node].wildcards.append(place)
        } else {
            nodes[node].ends.append(place)
        }
    }

    private mutating func child(of node: Int, _ segment: [RoutePattern.Element]) -> Int {
        if segment.count == 1, case .literal(let bytes) = segment[0] {
            if let known = nodes[node].literals.first(where: { $0.bytes == bytes }) {
                return known.node
            }
            nodes.append(Node())
            nodes[node].literals.append((bytes, nodes.count - 1))
        } else {
            let known = nodes[node].patterns.first {
                RoutePattern.haveSameShape($0.elements, segment)
            }
            if let known { return known.node }
            nodes.append(Node())
            nodes[node].patterns.append((segment, nodes.count - 1))
        }
        return nodes.count - 1
    }

    private mutating func sortLiterals() {
        for index in nodes.indices {
            nodes[index].literals.sort { $0.bytes.lexicographicallyPrecedes($1.bytes) }
        }
    }

    /// What a search has found so far.
    struct Found {
        var place = Int.max
        /// The methods of routes that have the path and not the method.
        var otherMethods: RouteMethods = []
    }

    /// The route that comes first of those that match; nil where none does.
    func find(
        _ path: RequestPath,
        _ target: Span<UInt8>,
        _ method: RouteMethods,
        _ otherMethods: inout RouteMethods
    ) -> Int? {
        var found = Found()
        visit(0, path, target, path.trimmed.lowerBound, method, &found)
        otherMethods.formUnion(found.otherMethods)
        return found.place == .max ? nil : order[found.place].route
    }

    /// Looks at a node whose next segment begins at `start`: past the end if there is none.
    private func visit(
        _ index: Int,
        _ path: RequestPath,
        _ target: Span<UInt8>,
        _ start: Int,
        _ method: RouteMethods,
        _ found: inout Found
    ) {
        guard nodes[index].firstPlace < found.place else { return }
        take(nodes[index].wildcards, method, &found)
        guard start < path.trimmed.upperBound else {
            take(nodes[index].ends, method, &found)
            return
        }
        let end = path.segmentEnd(target, start)
        if let node = literal(index, target, start..<end) {
            visit(node, path, target, end + 1, method, &found)
        }
        for entry in nodes[index].patterns
        where path.matches(entry.elements, target, start..<end, capture: { _ in }) {
            visit(entry.node, path, target, end + 1, method, &found)
        }
    }

    private func take(_ places: [Int], _ method: RouteMethods, _ found: inout Found) {
        for place in places where place < found.place {
            let conditions = order[place].conditions
            if conditions.takes(method) {
                found.place = place
            } else {
                found.otherMethods.formUnion(conditions.methods ?? [])
            }
        }
    }

    /// The child of a literal segment, by halving.
    private func literal(_ index: Int, _ target: Span<UInt8>, _ segment: Range<Int>) -> Int? {
        var low = 0
        var high = nodes[index].literals.count
        while low < high {
            let middle = (low + high) / 2
            let order = RouteTree.compare(nodes[index].literals[middle].bytes, target, segment)
            if order == 0 { return nodes[index].literals[middle].node }
            if order < 0 { low = middle + 1 } else { high = middle }
        }
        return nil
    }

    /// Below zero if the bytes come before the segment's, above if after.
    private static func compare(_ bytes: [UInt8], _ target: Span<UInt8>, _ segment: Range<Int>)
        -> Int
    {
        var at = segment.lowerBound
        for byte in bytes {
            guard at < segment.upperBound else { return 1 }
            if byte != target[at] { return byte < target[at] ? -1 : 1 }
            at += 1
        }
        return at < segment.upperBound ? -1 : 0
    }
}
