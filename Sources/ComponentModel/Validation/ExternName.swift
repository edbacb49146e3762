// Spec: Explainer "Import and Export Definitions".

/// The name of an import or an export, taken apart.
struct ExternName {
    enum Kind: Hashable {
        case label
        /// The resource's name is in `resource`.
        case constructor, method, `static`
        case interface
        case dependency, url, hash
    }

    let kind: Kind
    /// Of a constructor, method or static function.
    let resource: String?
    /// What may be the same for no two names of a scope.
    /// Spec: Explainer "Name Uniqueness"
    let canonical: String
    /// Of an interface: what follows `@`.
    let version: String?

    /// Takes a name apart; throws what is wrong with it.
    init(_ name: String, _ features: ComponentFeatures) throws(NameError) {
        var parser = ExternNameParser(name, isNested: features.contains(.nestedNames))
        kind = try parser.parse()
        guard parser.rest.isEmpty else {
            throw NameError("trailing characters found: `\(Substring(parser.rest))`")
        }
        version = parser.version
        switch kind {
        case .method, .static:
            let parts = parser.labels.map { $0.lowercased() }
            resource = parser.labels.first
            canonical =
                parts.count == 2 && parts[0] == parts[1] ? parts[0] : parts.joined(separator: ".")
        case .constructor:
            resource = parser.labels.first
            canonical = name.lowercased()
        case .label, .interface:
            resource = nil
            canonical = name.lowercased()
        case .dependency, .url, .hash:
            resource = nil
            canonical = name
        }
    }

    /// Whether `label` is one. Spec: Explainer "label"
    static func isLabel(_ label: some Sequence<UInt8>) -> Bool { isKebab(label, allowsUpper: true) }

    /// Whether `words` are of lower case. Spec: Explainer "words"
    static func isWords(_ words: some Sequence<UInt8>) -> Bool {
        isKebab(words, allowsUpper: false)
    }

    /// Fragments with hyphens between them, each of one case; the first begins with a letter.
    private static func isKebab(_ label: some Sequence<UInt8>, allowsUpper: Bool) -> Bool {
        var (isFirst, isEmpty, isLower, isUpper) = (true, true, false, false)
        for unit in label {
            switch unit {
            case UInt8(ascii: "a")...UInt8(ascii: "z") where !isUpper: isLower = true
            case UInt8(ascii: "A")...UInt8(ascii: "Z") where allowsUpper && !isLower: isUpper = true
            case UInt8(ascii: "0")...UInt8(ascii: "9") where !(isFirst && isEmpty): break
            case UInt8(ascii: "-") where !isEmpty:
                (isFirst, isEmpty, isLower, isUpper) = (false, true, false, false)
                continue
            default: return false
            }
            isEmpty = false
        }
        return !isEmpty
    }
}

/// What is wrong with a name.
struct NameError: Error {
    let message: String
    init(_ message: String) { self.message = message }
}

/// Reads a name from the front to the back.
private struct ExternNameParser {
    private(set) var rest: Substring.UTF8View
    private(set) var labels: [String] = []
    private(set) var version: String?
    /// Whether there may be more than one namespace, and more than one projection.
    private let isNested: Bool

    init(_ name: String, isNested: Bool) {
        rest = Substring(name).utf8
        self.isNested = isNested
    }

    mutating func parse() throws(NameError) -> ExternName.Kind {
        if eat("[constructor]") {
            labels = [try label(rest)]
            rest = rest.suffix(0)
            return .constructor
        }
        if eat("[method]") { return try resourceFunction(.method) }
        if eat("[static]") { return try resourceFunction(.static) }
        if eat("unlocked-dep=") {
            try expect("<")
            try packageQuery()
            try expect(">")
            return .dependency
        }
        if eat("locked-dep=") {
            try expect("<")
            try packagePath(hasProjection: false)
            if eat("@") { try check(semver: Substring(rest.prefix { $0 != UInt8(ascii: ">") })) }
            try expect(">")
            try optionalHash()
            return .dependency
        }
        if eat("url=") {
            try expect("<")
            let url = try upTo(">")
            guard !url.contains("<") else { throw NameError("url cannot contain `<`") }
            try expect(">")
            try optionalHash()
            return .url
        }
        if eat("integrity=") {
            try expect("<")
            try hashes()
            try expect(">")
            return .hash
        }
        guard rest.contains(UInt8(ascii: ":")) else {
            labels = [try label(rest)]
            rest = rest.suffix(0)
            return .label
        }
        try packagePath(hasProjection: true)
        if eat("@") {
            version = String(Substring(rest))
            rest = rest.suffix(0)
        }
        return .interface
    }

    private mutating func resourceFunction(
        _ kind: ExternName.Kind
    ) throws(NameError) -> ExternName.Kind {
        let resource = try label(try upTo(".").utf8)
        try expect(".")
        labels = [resource, try label(rest)]
        rest = rest.suffix(0)
        return kind
    }

    // MARK: Packages

    private mutating func packageQuery() throws(NameError) {
        try packagePath(hasProjection: false)
        guard eat("@") else { return }
        if eat("*") { return }
        try expect("{")
        let range = try upTo("}")
        try expect("}")
        if range.hasPrefix(">=") {
            let bounds = range.dropFirst(2).split(
                separator: " ",
                maxSplits: 1,
                omittingEmptySubsequences: false
            )
            try check(semver: bounds[0])
            guard bounds.count == 2 else { return }
            guard bounds[1].hasPrefix("<") else {
                throw NameError("expected `<` at start of version range upper bounds")
            }
            try check(semver: bounds[1].dropFirst())
        } else if range.hasPrefix("<") {
            try check(semver: range.dropFirst())
        } else {
            throw NameError("expected `>=` or `<` at start of version range")
        }
    }

    /// A namespace, words, and a projection after them.
    /// Spec: Explainer "pkgpath"
    private mutating func packagePath(hasProjection: Bool) throws(NameError) {
        try words()
        try expect(":")
        try words()
        while isNested, eat(":") { try words() }
        if !hasProjection && rest.first != UInt8(ascii: "/") { return }
        guard eat("/") else { throw NameError("expected `/` after package name") }
        _ = try label(takeKebab())
        while isNested, eat("/") { _ = try label(takeKebab()) }
    }

    private mutating func words() throws(NameError) {
        let words = takeKebab()
        let text = try label(words)
        guard ExternName.isWords(words) else {
            let upper = text.first { $0.isUppercase } ?? "?"
            throw NameError("character `\(upper)` is not lowercase in package name/namespace")
        }
    }

    // MARK: Hashes

    private mutating func optionalHash() throws(NameError) {
        guard eat(",") else { return }
        try expect("integrity=<")
        try hashes()
        try expect(">")
    }

    private mutating func hashes() throws(NameError) {
        let hashes = try upTo(">").split(whereSeparator: \.isWhitespace)
        guard !hashes.isEmpty else { throw NameError("integrity hash cannot be empty") }
        for hash in hashes {
            guard ["sha256", "sha384", "sha512"].contains(hash.prefix(6)) else {
                throw NameError("unrecognized hash algorithm: `\(hash)`")
            }
            guard hash.dropFirst(6).hasPrefix("-") else {
                throw NameError("expected `-` after hash algorithm: \(hash)")
            }
            let value = hash.dropFirst(7).prefix { $0 != "?" }
            guard isBase64(value) else { throw NameError("not valid base64: `\(value)`") }
        }
    }

    private func isBase64(_ text: Substring) -> Bool {
        let digits = text.utf8.prefix { $0 != UInt8(ascii: "=") }
        let padding = text.utf8.dropFirst(digits.count)
        return !digits.isEmpty && padding.count <= 2
            && padding.allSatisfy { $0 == UInt8(ascii: "=") }
            && digits.allSatisfy { unit in
                switch unit {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "/"):
                    true
                default: false
                }
            }
    }

    // MARK: Pieces

    private func label(_ text: Substring.UTF8View) throws(NameError) -> String {
        let string = String(Substring(text))
        guard ExternName.isLabel(text) else { throw NameError("`\(string)` is not in kebab case") }
        return string
    }

    private mutating func takeKebab() -> Substring.UTF8View {
        let kebab = rest.prefix { unit in
            switch unit {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
                true
            default: false
            }
        }
        rest = rest.dropFirst(kebab.count)
        return kebab
    }

    private mutating func check(semver text: Substring) throws(NameError) {
        if rest.starts(with: text.utf8) { rest = rest.dropFirst(text.utf8.count) }
        if let problem = Semver.problem(text) {
            throw NameError("`\(text)` is not a valid semver: \(problem)")
        }
    }

    private mutating func upTo(_ character: Character) throws(NameError) -> Substring {
        let end = character.asciiValue ?? 0
        guard rest.contains(end) else { throw NameError("failed to find `\(character)` character") }
        let text = rest.prefix { $0 != end }
        rest = rest.dropFirst(text.count)
        return Substring(text)
    }

    private mutating func eat(_ prefix: String) -> Bool {
        guard rest.starts(with: prefix.utf8) else { return false }
        rest = rest.dropFirst(prefix.utf8.count)
        return true
    }

    private mutating func expect(_ prefix: String) throws(NameError) {
        guard eat(prefix) else {
            throw NameError("expected `\(prefix)` at `\(Substring(rest))`")
        }
    }
}
