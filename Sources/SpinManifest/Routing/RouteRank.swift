/// What decides between routes that match the same path.
///
/// The kinds of what a pattern is made of are compared one by one: literal before parameter before
/// wildcard. Then more dots come first, then the shorter pattern; then what was declared first.
struct RouteRank: Sendable, Equatable {
    enum Kind: UInt8, Sendable {
        /// A slash, or a dot after a parameter, which stand in the same places.
        case separator
        case wildcard
        case parameter
        case literal
    }

    private let kinds: [Kind]
    private let dots: Int

    init(_ segments: [[RoutePattern.Element]], hasWildcard: Bool) {
        var kinds: [Kind] = []
        var dots = 0
        for segment in segments {
            if !kinds.isEmpty { kinds.append(.separator) }
            for (index, element) in segment.enumerated() {
                switch element {
                case .parameter: kinds.append(.parameter)
                case .literal(let bytes):
                    // A dot after a parameter counts by itself; the others belong to the literal
                    // before them. Each piece between dots is a literal of its own.
                    var bytes = bytes[...]
                    if index > 0 {
                        while bytes.first == UInt8(ascii: ".") {
                            kinds.append(.separator)
                            dots += 1
                            bytes = bytes.dropFirst()
                        }
                    }
                    let pieces = bytes.split(separator: UInt8(ascii: ".")).count
                    kinds += Array(repeating: .literal, count: bytes.isEmpty ? 0 : max(1, pieces))
                }
            }
        }
        if hasWildcard {
            if !kinds.isEmpty { kinds.append(.separator) }
            kinds.append(.wildcard)
        }
        self.kinds = kinds
        self.dots = dots
    }

    /// Whether a capture ends at a dot.
    var hasDots: Bool { dots > 0 }

    /// Whether a route of this rank is looked at before one of another.
    func isBefore(_ other: RouteRank) -> Bool {
        for (mine, theirs) in zip(kinds, other.kinds) where mine != theirs {
            return mine.rawValue > theirs.rawValue
        }
        if dots != other.dots { return dots > other.dots }
        return kinds.count < other.kinds.count
    }

    /// What this rank has, and another lacks that is looked at later; nil where both are the same.
    func precedence(over other: RouteRank) -> String? {
        for (index, (mine, theirs)) in zip(kinds, other.kinds).enumerated() where mine != theirs {
            // Slashes and dots count as parts too, but not for a person.
            let number = kinds[...index].count { $0 != .separator }
            return "\(mine.noun) as part \(number), and this \(theirs.noun)"
        }
        if dots != other.dots { return "more dots" }
        return kinds.count == other.kinds.count ? nil : "fewer parts"
    }
}

extension RouteRank.Kind {
    fileprivate var noun: String {
        switch self {
        case .separator: "the end of a part"
        case .wildcard: "a wildcard"
        case .parameter: "a parameter"
        case .literal: "a literal"
        }
    }
}
