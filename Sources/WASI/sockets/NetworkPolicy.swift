/// Whom a guest may talk to: nobody, unless a pattern allows it.
///
/// A pattern is a host's name, an IP address (an IPv6 address in brackets where a port follows), a range
/// of addresses in CIDR form, or `*`, each with or without `:PORT`. Names are compared without regard to
/// case, and allow both the look-up of the name and the addresses that it gives.
package struct NetworkPolicy: Sendable, Hashable {
    /// A pattern that cannot be read.
    package struct SyntaxError: Error, Hashable, CustomStringConvertible {
        /// The pattern, and what is wrong with it.
        package let pattern: String
        package let reason: String
        package var description: String { "'\(pattern)': \(reason)" }
    }

    private enum Host: Hashable, Sendable {
        case any
        case name(String)
        case range(IPAddressRange)

        /// Whether an address is meant, which the guest may have been given for `names`.
        func allows(_ address: IPAddress, names: Set<String>) -> Bool {
            switch self {
            case .any: true
            case .name(let name): names.contains(name)
            case .range(let range): range.contains(address)
            }
        }
    }

    private struct Rule: Hashable, Sendable {
        let host: Host
        /// Nil for all.
        let port: UInt16?
    }

    private let rules: [Rule]

    /// Nobody.
    package static let none = NetworkPolicy()
    private init() { rules = [] }

    /// Those that one of `patterns` allows.
    package init(_ patterns: [String]) throws(SyntaxError) {
        var rules: [Rule] = []
        for pattern in patterns { rules.append(try NetworkPolicy.rule(pattern)) }
        self.rules = rules
    }

    /// Whether nobody is allowed.
    package var allowsNothing: Bool { rules.isEmpty }

    /// Whether the addresses of a name may be looked up.
    package func allowsLookUp(_ name: String) -> Bool {
        if let address = IPAddress(name) {
            return rules.contains { $0.host.allows(address, names: []) }
        }
        return rules.contains { rule in
            switch rule.host {
            case .any: true
            case .name(let allowed): allowed == NetworkPolicy.canonical(name)
            case .range: false
            }
        }
    }

    /// Whether the guest may talk to an address, which it may have been given for `names`.
    package func allows(
        _ address: IPAddress,
        port: UInt16,
        names: Set<String> = []
    ) -> Bool {
        rules.contains { rule in
            rule.port.map { $0 == port } ?? true && rule.host.allows(address, names: names)
        }
    }

    /// A name as names are compared: in lower case, without the dot of the root.
    package static func canonical(_ name: String) -> String {
        let name = name.lowercased()
        return name.hasSuffix(".") ? String(name.dropLast()) : name
    }

    // MARK: Patterns

    private static func rule(_ pattern: String) throws(SyntaxError) -> Rule {
        let (host, port) = try split(pattern)
        return Rule(host: try self.host(host, pattern), port: port)
    }

    /// The host of a pattern, and its port if it has one.
    private static func split(
        _ pattern: String
    ) throws(SyntaxError) -> (host: Substring, port: UInt16?) {
        if pattern.first == "[" {
            guard let end = pattern.firstIndex(of: "]") else {
                throw SyntaxError(pattern: pattern, reason: "the closing bracket is missing")
            }
            let host = pattern[pattern.index(after: pattern.startIndex)..<end]
            let rest = pattern[pattern.index(after: end)...]
            guard !rest.isEmpty else { return (host, nil) }
            guard rest.first == ":" else {
                throw SyntaxError(
                    pattern: pattern,
                    reason: "after the bracket only :PORT may follow"
                )
            }
            return (host, try self.port(rest.dropFirst(), pattern))
        }
        // More colons than one are those of an IPv6 address.
        guard let colon = pattern.firstIndex(of: ":"), colon == pattern.lastIndex(of: ":") else {
            return (pattern[...], nil)
        }
        let port = try self.port(pattern[pattern.index(after: colon)...], pattern)
        return (pattern[..<colon], port)
    }

    private static func port(
        _ text: Substring,
        _ pattern: String
    ) throws(SyntaxError) -> UInt16? {
        if text == "*" { return nil }
        guard let port = UInt16(text), port > 0 else {
            throw SyntaxError(pattern: pattern, reason: "a port is a number from 1 to 65535, or *")
        }
        return port
    }

    private static func host(_ text: Substring, _ pattern: String) throws(SyntaxError) -> Host {
        if text == "*" { return .any }
        if let range = IPAddressRange(String(text)) { return .range(range) }
        let isNumeric = text.allSatisfy { $0.isNumber || $0 == "." } || text.contains(":")
        let isName = text.utf8.allSatisfy { byte in
            let lower = byte | 0x20
            return (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(lower)
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
                || byte == UInt8(ascii: "_")
        }
        guard isName, !isNumeric, !text.isEmpty, text.utf8.count <= 253 else {
            throw SyntaxError(
                pattern: pattern,
                reason: "it is no host name, address, range of addresses or *"
            )
        }
        return .name(canonical(String(text)))
    }
}
