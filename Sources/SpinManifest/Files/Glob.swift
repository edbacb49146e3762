/// A pattern of paths: `*`, `?`, `[a-z]`, `[!a-z]`, and `**` for directories at any depth.
///
/// There is no escape: a character stands for itself in brackets, as in `[*]`.
package struct Glob: Sendable, Equatable {
    /// What matches one character, or more.
    enum Token: Sendable, Equatable {
        case character(Unicode.Scalar)
        case anyCharacter
        case anyCharacters
        case oneOf([ClosedRange<Unicode.Scalar>], negated: Bool)
    }

    /// A component of the path.
    enum Component: Sendable, Equatable {
        case tokens([Token])
        /// Components of any number, none too.
        case anyDepth
    }

    /// Why a text is no pattern.
    package enum Flaw: Error, Equatable {
        case empty
        case tooLong
        /// `**` beside other characters.
        case wildcardsWithText
        /// `[` without its `]`, or a range that goes backwards.
        case brackets
    }

    package let text: String
    let components: [Component]

    /// Parses a pattern with `/` between its components; empty ones and `.` do not count.
    package init(_ text: String, limits: ManifestLimits = .standard) throws(Flaw) {
        guard !text.isEmpty else { throw .empty }
        guard text.utf8.count <= limits.globBytes else { throw .tooLong }
        self.text = text
        var components: [Component] = []
        for part in text.split(separator: "/") where part != "." {
            let component = try Glob.component(part)
            if component == .anyDepth, components.last == .anyDepth { continue }
            components.append(component)
        }
        self.components = components
    }

    /// Whether a text has what makes a pattern more than a path.
    package static func isPattern(_ text: String) -> Bool {
        text.utf8.contains {
            $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "[")
        }
    }

    private static func component(_ text: Substring) throws(Flaw) -> Component {
        if text == "**" { return .anyDepth }
        var tokens: [Token] = []
        var rest = Array(text.unicodeScalars)[...]
        while let scalar = rest.popFirst() {
            switch scalar {
            case "?": tokens.append(.anyCharacter)
            case "*":
                guard rest.first != "*" else { throw .wildcardsWithText }
                tokens.append(.anyCharacters)
            case "[": tokens.append(try set(&rest))
            default: tokens.append(.character(scalar))
            }
        }
        return .tokens(tokens)
    }

    /// What stands between brackets; a `]` right after the opening one is one of the set.
    private static func set(_ rest: inout ArraySlice<Unicode.Scalar>) throws(Flaw) -> Token {
        let negated = rest.first == "!"
        if negated { rest.removeFirst() }
        guard let first = rest.first, let end = rest.dropFirst().firstIndex(of: "]") else {
            throw .brackets
        }
        var members = [first][...] + rest[(rest.startIndex + 1)..<end]
        rest = rest[(end + 1)...]
        var ranges: [ClosedRange<Unicode.Scalar>] = []
        while let low = members.popFirst() {
            guard members.first == "-", members.count > 1 else {
                ranges.append(low...low)
                continue
            }
            members.removeFirst()
            guard let high = members.popFirst(), low <= high else { throw .brackets }
            ranges.append(low...high)
        }
        return .oneOf(ranges, negated: negated)
    }

    /// Whether one component of a path matches a component of the pattern.
    static func matches(_ tokens: [Token], _ name: String) -> Bool {
        let name = Array(name.unicodeScalars)
        var (token, character) = (0, 0)
        // The last star, and where what it took ended: all that ever needs another try.
        var star: (token: Int, character: Int)?
        while character < name.count {
            if token < tokens.count, tokens[token] == .anyCharacters {
                star = (token, character)
                token += 1
            } else if token < tokens.count, tokens[token].matches(name[character]) {
                token += 1
                character += 1
            } else if let last = star {
                star = (last.token, last.character + 1)
                token = last.token + 1
                character = last.character + 1
            } else {
                return false
            }
        }
        return tokens[token...].allSatisfy { $0 == .anyCharacters }
    }

    /// Whether a path matches as `exclude_files` means it: a `*` matches `/` too.
    ///
    /// `**` stands for directories at any depth, none too.
    package func excludes(_ path: String) -> Bool {
        let names = path.split(separator: "/").map(String.init)
        // Whether the components from one on match the names from one on; each pair is asked once.
        var known: [[Bool?]] = Array(
            repeating: Array(repeating: nil, count: names.count + 1),
            count: components.count + 1
        )
        func matches(_ component: Int, _ name: Int) -> Bool {
            if let known = known[component][name] { return known }
            let result = answer(component, name)
            known[component][name] = result
            return result
        }
        func answer(_ component: Int, _ name: Int) -> Bool {
            guard component < components.count else { return name == names.count }
            switch components[component] {
            case .anyDepth:
                return (name...names.count).contains { matches(component + 1, $0) }
            case .tokens(let tokens):
                guard name < names.count else { return false }
                // A star takes further names along.
                let last = tokens.contains(.anyCharacters) ? names.count : name + 1
                return ((name + 1)...last).contains { end in
                    Glob.matches(tokens, names[name..<end].joined(separator: "/"))
                        && matches(component + 1, end)
                }
            }
        }
        return matches(0, 0)
    }
}

extension Glob.Token {
    fileprivate func matches(_ scalar: Unicode.Scalar) -> Bool {
        switch self {
        case .character(let character): character == scalar
        case .anyCharacter: true
        case .anyCharacters: false
        case .oneOf(let ranges, let negated): ranges.contains { $0.contains(scalar) } != negated
        }
    }
}

extension Glob.Flaw: CustomStringConvertible {
    /// What is wrong, to follow "the pattern".
    package var description: String {
        switch self {
        case .empty: "is empty"
        case .tooLong: "is too long"
        case .wildcardsWithText: "has \"**\" beside other characters"
        case .brackets: "has a \"[\" without its \"]\", or a range that goes backwards"
        }
    }

    /// What to do.
    package var help: String {
        switch self {
        case .empty: "write a path, or a pattern such as \"assets/**/*\""
        case .tooLong: "write a shorter pattern"
        case .wildcardsWithText:
            "let \"**\" stand alone between two \"/\", as in \"assets/**/*.png\""
        case .brackets: "close it, as in \"[a-z]\"; a \"[\" itself is written \"[[]\""
        }
    }
}
