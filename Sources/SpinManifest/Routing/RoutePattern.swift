/// A route's pattern: literal segments, `:name` for one, and `/...` at the end for all that follow.
///
/// A segment may be cut by dots, as in `/:name.:extension`: a capture then ends at its dot.
package struct RoutePattern: Sendable, Equatable {
    /// What a segment is made of.
    package enum Element: Sendable, Equatable {
        case literal([UInt8])
        case parameter(String)
    }

    /// Why a text is no pattern.
    package enum Flaw: Error, Equatable {
        case tooLong
        case tooManySegments
        /// `*` or `...` before the end.
        case wildcardWithin
        /// `/*name` or the like.
        case namedWildcard
        /// `:` without a name.
        case unnamedParameter
        /// A name that makes no header field.
        case parameterName(String)
        /// Two names whose header fields are one.
        case sameParameter(String)
        /// A character that no path has.
        case character(Unicode.Scalar)
    }

    /// As it is written.
    package let raw: String
    /// With the base, without a slash at the end: as `spin-matched-route` has it.
    package let based: String
    /// Each of one element or, cut by dots, of more.
    package let segments: [[Element]]
    package let hasWildcard: Bool
    /// What the order of routes looks at.
    let rank: RouteRank

    /// Parses a route as it is written, below a base.
    package init(_ raw: String, base: String = "/", limits: ManifestLimits = .standard) throws(Flaw)
    {
        guard raw.utf8.count <= limits.routeBytes else { throw .tooLong }
        let rooted = raw.hasPrefix("/") ? raw : "/" + raw
        let based = RoutePattern.withoutSlash(base) + RoutePattern.withoutSlash(rooted)
        for scalar in based.unicodeScalars where !RoutePattern.isOfPath(scalar) {
            throw .character(scalar)
        }
        var texts = based.split(separator: "/")
        guard texts.count <= limits.segments else { throw .tooManySegments }
        hasWildcard = based.hasSuffix("/...") || based.hasSuffix("/*")
        if hasWildcard { texts.removeLast() }
        var segments: [[Element]] = []
        for text in texts {
            guard text != "*", text != "..." else { throw .wildcardWithin }
            guard !text.hasPrefix("*") else { throw .namedWildcard }
            segments.append(try RoutePattern.elements(text))
        }
        try RoutePattern.checkNames(segments)
        self.raw = raw
        self.based = based
        self.segments = segments
        rank = RouteRank(segments, hasWildcard: hasWildcard)
    }

    private static func withoutSlash(_ text: String) -> String {
        text.hasSuffix("/") ? String(text.dropLast()) : text
    }

    /// Paths come as bytes and are not decoded: what is escaped there is escaped here.
    private static func isOfPath(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value > 0x20 && scalar.value < 0x7F
            && !"\"#?<>\\^`{|}".unicodeScalars.contains(scalar)
    }

    /// The literals and parameters between dots; a dot belongs to the literal beside it.
    private static func elements(_ text: Substring) throws(Flaw) -> [Element] {
        var elements: [Element] = []
        var literal: [UInt8] = []
        for (index, part) in text.split(separator: ".", omittingEmptySubsequences: false)
            .enumerated()
        {
            if index > 0 { literal.append(UInt8(ascii: ".")) }
            guard part.hasPrefix(":") else {
                literal += part.utf8
                continue
            }
            let name = String(part.dropFirst())
            guard !name.isEmpty else { throw .unnamedParameter }
            guard name.utf8.allSatisfy(isNameByte) else { throw .parameterName(name) }
            if !literal.isEmpty { elements.append(.literal(literal)) }
            literal = []
            elements.append(.parameter(name))
        }
        if !literal.isEmpty { elements.append(.literal(literal)) }
        return elements
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        (byte >= 0x30 && byte <= 0x39) || (byte >= 0x41 && byte <= 0x5A)
            || (byte >= 0x61 && byte <= 0x7A)
            || byte == 0x2D || byte == 0x5F
    }

    private static func checkNames(_ segments: [[Element]]) throws(Flaw) {
        var names: Set<String> = []
        for case .parameter(let name) in segments.joined() {
            guard names.insert(headerName(name)).inserted else { throw .sameParameter(name) }
        }
    }

    /// The end of the header field that carries a parameter: lower case, with `-` for `_`.
    static func headerName(_ name: String) -> String {
        String(decoding: name.lowercased().utf8.map { $0 == 0x5F ? 0x2D : $0 }, as: UTF8.self)
    }

    /// The names of its parameters, in order.
    package var parameters: [String] {
        segments.joined().compactMap {
            if case .parameter(let name) = $0 { name } else { nil }
        }
    }

    /// As Spin writes it in lists: without a slash at the end, but "/" for the root.
    package var text: String { based.isEmpty ? "/" : based }

    /// Whether two patterns take the same paths; the names of parameters do not matter.
    package func hasSameShape(as other: RoutePattern) -> Bool {
        hasWildcard == other.hasWildcard && segments.count == other.segments.count
            && zip(segments, other.segments).allSatisfy(RoutePattern.haveSameShape)
    }

    static func haveSameShape(_ a: [Element], _ b: [Element]) -> Bool {
        a.count == b.count
            && zip(a, b).allSatisfy { pair in
                switch pair {
                case (.literal(let a), .literal(let b)): a == b
                case (.parameter, .parameter): true
                default: false
                }
            }
    }
}

extension RoutePattern.Flaw: CustomStringConvertible {
    /// What is wrong, to follow "the route".
    package var description: String {
        switch self {
        case .tooLong: "is too long"
        case .tooManySegments: "has too many segments"
        case .wildcardWithin: "has a wildcard before its end"
        case .namedWildcard: "has a segment that begins with \"*\""
        case .unnamedParameter: "has a \":\" without a name"
        case .parameterName(let name):
            "has the parameter \(quoted(name)), whose name no header field can carry"
        case .sameParameter(let name):
            "has the parameter \(quoted(name)) twice, as header fields have it"
        case .character(let scalar):
            "holds \(quoted(String(scalar))), which does not occur in the path of a request"
        }
    }

    /// What to do.
    package var help: String {
        switch self {
        case .tooLong, .tooManySegments: "write a shorter one"
        case .wildcardWithin: "write \"/...\" at the end only, and \":name\" for one segment"
        case .namedWildcard: "write \"/...\" for all that follows, or \":name\" for one segment"
        case .unnamedParameter: "write a name after it, as in \":id\""
        case .parameterName: "write letters, digits, \"-\" and \"_\""
        case .sameParameter: "give each another name: case does not count, and \"_\" is \"-\""
        case .character(let scalar):
            scalar == "?" || scalar == "#"
                ? "end the route before it: routes are of paths, without query and fragment"
                : "write it with percent signs, as clients send it"
        }
    }
}
