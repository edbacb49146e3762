/// The host of a URL: a name in lower case, or an address.
package enum OutboundHost: Sendable, Hashable {
    case domain(String)
    case address(IPAddress)

    /// Why a text is no host.
    package enum Flaw: Error, Equatable {
        case empty
        case unclosedBracket
        case notIPv6
        case notIPv4
        case notASCII
        case label(String)
        case tooLong
    }

    /// Parses `example.com`, `192.0.2.1` or `[2001:db8::1]`.
    ///
    /// A name that ends in a number is an address, or nothing: clients take `1.2.3` for one.
    package init(_ text: Substring) throws(Flaw) {
        guard let first = text.utf8.first else { throw .empty }
        if first == UInt8(ascii: "[") {
            guard text.utf8.last == UInt8(ascii: "]"), text.utf8.count > 1 else {
                throw .unclosedBracket
            }
            guard let address = IPAddress(v6: text.dropFirst().dropLast()) else { throw .notIPv6 }
            self = .address(address)
            return
        }
        guard text.utf8.allSatisfy({ $0 < 0x80 }) else { throw .notASCII }
        let name = text.lowercased()
        guard name.utf8.count <= 253 else { throw .tooLong }
        var labels = name.split(separator: ".", omittingEmptySubsequences: false)
        // A dot at the end names the root.
        if labels.count > 1, labels.last?.isEmpty == true { labels.removeLast() }
        for label in labels {
            guard !label.isEmpty, label.utf8.count <= 63,
                label.utf8.allSatisfy(OutboundHost.isNameByte)
            else {
                throw .label(String(label))
            }
        }
        if let last = labels.last, OutboundHost.isNumber(last) {
            guard let address = IPAddress(v4: Substring(name)) else { throw .notIPv4 }
            self = .address(address)
            return
        }
        self = .domain(name)
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        (byte >= 0x61 && byte <= 0x7A) || (byte >= 0x30 && byte <= 0x39) || byte == 0x2D
            || byte == 0x5F
    }

    private static func isNumber(_ label: Substring) -> Bool {
        let digits = label.hasPrefix("0x") ? label.dropFirst(2) : label
        return digits.utf8.allSatisfy { byte in
            (byte >= 0x30 && byte <= 0x39)
                || (digits.startIndex > label.startIndex && byte >= 0x61 && byte <= 0x66)
        }
    }
}

extension OutboundHost.Flaw: CustomStringConvertible {
    /// What is wrong, to follow "the host ...".
    package var description: String {
        switch self {
        case .empty: "is missing"
        case .unclosedBracket: "begins with \"[\" and does not end with \"]\""
        case .notIPv6: "has no IPv6 address between its brackets"
        case .notIPv4: "ends in a number and is no IPv4 address"
        case .notASCII: "has letters beyond ASCII, which \"xn--\" names stand for"
        case .label(let label):
            label.isEmpty
                ? "has an empty label" : "has the label \(quoted(label)), which no host name has"
        case .tooLong: "is longer than 253 characters"
        }
    }
}
