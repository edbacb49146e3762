/// Why a request is answered as it is: the routes in the order in which they are asked.
package struct RouteExplanation: Sendable, CustomStringConvertible {
    /// What is to be said of one route.
    package enum Verdict: Sendable, Equatable {
        case wins
        /// It matches, and comes after the winner.
        case late
        /// It is for other hosts.
        case host
        /// It takes other methods.
        case method
        /// The path ends before the pattern does.
        case pathEnds(segment: Int)
        /// The path goes on after the pattern's end.
        case pathGoesOn(after: Int)
        /// A segment, counted from 1, is another one.
        case segment(Int, is: String, not: String)
    }

    package struct Candidate: Sendable {
        package let route: Route
        package let verdict: Verdict
        /// Of one that comes after the winner: why it does.
        package var reason: String?
    }

    package let request: String
    package let method: RouteMethods
    package let match: RouteMatch
    package let candidates: [Candidate]

    /// The candidate that answers.
    package var winner: Candidate? { candidates.first { $0.verdict == .wins } }

    /// Whether what answers takes other methods: files are only read.
    package var isRefused: Bool {
        guard case .files? = winner?.route.target else { return false }
        return method.isDisjoint(with: RouteExplanation.ofFiles)
    }

    /// The methods that static files take.
    private static let ofFiles: RouteMethods = [.get, .head]

    /// A line for each route, the winner's marked, and what comes of it.
    package var description: String {
        var lines = [request]
        let width = candidates.map { $0.route.pattern.text.count }.max() ?? 0
        for candidate in candidates {
            let text = candidate.route.pattern.text
            let padding = String(repeating: " ", count: width - text.count)
            let mark = candidate.verdict == .wins ? ">" : " "
            let verdict = "\(candidate.verdict)" + (candidate.reason.map { ": \($0)" } ?? "")
            lines.append("\(mark) \(text)\(padding)  \(candidate.route.name): \(verdict)")
        }
        switch match {
        case .route where isRefused:
            let methods = RouteExplanation.ofFiles.list.joined(separator: ", ")
            lines.append("405: files are only read, by \(methods)")
        case .route: break
        case .methodNotAllowed(let methods):
            lines.append("405: the path takes \(methods.list.joined(separator: ", "))")
        case .health, .info: lines.append("the host answers what is below \(Router.reserved)")
        case .notFound: lines.append("404: no route matches")
        }
        return lines.joined(separator: "\n")
    }
}

extension RouteExplanation.Verdict: CustomStringConvertible {
    package var description: String {
        switch self {
        case .wins: "answers"
        case .late: "matches too, but is asked later"
        case .host: "is for other hosts"
        case .method: "takes other methods"
        case .pathEnds(let segment): "wants a segment \(segment), and the path ends before it"
        case .pathGoesOn(let count):
            count == 0
                ? "wants no segment, and the path has some"
                : "ends after segment \(count), and the path goes on"
        case .segment(let number, let is_, let not):
            "segment \(number) is \(quoted(is_)), not \(quoted(not))"
        }
    }
}

extension Router: CustomStringConvertible {
    /// A line for each route in the order in which they are asked: pattern, what answers, conditions.
    package var description: String {
        let width = routes.map { $0.pattern.text.count }.max() ?? 0
        return routes.map { route in
            let padding = String(repeating: " ", count: width - route.pattern.text.count)
            let methods = route.conditions.methods.map { "  " + $0.list.joined(separator: ",") } ?? ""
            let hosts = route.conditions.hosts.map(\.text).joined(separator: ",")
            let place = hosts.isEmpty ? "" : "  at \(hosts)"
            return "\(route.pattern.text)\(padding)  \(route.name)\(methods)\(place)"
        }.joined(separator: "\n")
    }

    /// Why a request is answered as it is.
    package func explain(method: String, host: String, target: String) -> RouteExplanation {
        let hostBytes = Array(host.utf8)
        let targetBytes = Array(target.utf8)
        let methods = RouteMethods(name: method)
        let match = match(methods, host: hostBytes.span, target: targetBytes.span)
        let name = hostBytes.span.extracting(0..<Router.hostEnd(hostBytes.span))
        var candidates: [RouteExplanation.Candidate] = []
        for (index, route) in routes.enumerated() {
            let verdict: RouteExplanation.Verdict
            var reason: String?
            let mismatch = route.pattern.mismatch(targetBytes.span)
            let hosts = route.conditions.hosts
            if match == .route(index) {
                verdict = .wins
            } else if let mismatch {
                verdict = mismatch
            } else if !hosts.isEmpty, !hosts.contains(where: { $0.matches(name) }) {
                verdict = .host
            } else if !route.conditions.takes(methods) {
                verdict = .method
            } else {
                verdict = .late
                if case .route(let winner) = match { reason = routes[winner].precedence(over: route, name) }
            }
            candidates.append(
                RouteExplanation.Candidate(route: route, verdict: verdict, reason: reason)
            )
        }
        return RouteExplanation(
            request: "\(method) \(target)" + (host.isEmpty ? "" : " at \(host)"),
            method: methods,
            match: match,
            candidates: candidates
        )
    }
}

extension Route {
    /// Why a request for a host comes to this route, where another would take it too.
    fileprivate func precedence(over other: Route, _ host: Span<UInt8>) -> String {
        let mine = conditions.hosts.first { $0.matches(host) }
        let theirs = other.conditions.hosts.first { $0.matches(host) }
        switch (mine, theirs) {
        case (let mine?, nil): return "\(name) is for \(mine.text), and this for every host"
        case (let mine?, let theirs?) where mine != theirs:
            return "\(name) is for \(mine.text), which says more than \(theirs.text)"
        default: break
        }
        if let reason = pattern.rank.precedence(over: other.pattern.rank) { return "\(name) has \(reason)" }
        if conditions.methods != nil, other.conditions.methods == nil {
            return "\(name) names its methods, and this takes all"
        }
        return "\(name) is declared before it"
    }
}

extension RoutePattern {
    /// Where a path departs from the pattern; nil if it matches.
    func mismatch(_ target: Span<UInt8>) -> RouteExplanation.Verdict? {
        let path = RequestPath(target)
        var start = path.trimmed.lowerBound
        for (index, segment) in segments.enumerated() {
            guard start < path.trimmed.upperBound else { return .pathEnds(segment: index + 1) }
            let end = path.segmentEnd(target, start)
            guard path.matches(segment, target, start..<end, capture: { _ in }) else {
                return .segment(
                    index + 1,
                    is: RoutePattern.string(target.extracting(start..<end)),
                    not: RoutePattern.text(segment)
                )
            }
            start = end + 1
        }
        return hasWildcard || start >= path.trimmed.upperBound
            ? nil : .pathGoesOn(after: segments.count)
    }

    private static func string(_ bytes: Span<UInt8>) -> String {
        String(decoding: bytes.indices.map { bytes[$0] }, as: UTF8.self)
    }

    private static func text(_ elements: [Element]) -> String {
        elements.map { element in
            switch element {
            case .literal(let bytes): String(decoding: bytes, as: UTF8.self)
            case .parameter(let name): ":" + name
            }
        }.joined()
    }
}
