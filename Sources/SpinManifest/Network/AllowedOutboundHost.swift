/// One entry of `allowed_outbound_hosts`: what a component may connect to.
package struct AllowedOutboundHost: Sendable, Equatable {
    package enum Host: Sendable, Equatable {
        /// `*`
        case any
        /// `*.example.com`: every name below the domain, and not itself.
        case subdomains(of: String)
        /// `self`: the app's own listener.
        case app
        case literal(OutboundHost)
        case network(IPNetwork)
    }

    package enum Ports: Sendable, Equatable {
        case any
        case one(UInt16)
        /// The upper bound is not of them.
        case range(Range<UInt16>)
    }

    /// Nil for `*`.
    package let scheme: String?
    package let host: Host
    package let ports: Ports
    /// As it is written, for sentences.
    package let text: String

    /// What a text must look like, in one sentence.
    static let form =
        "write scheme://host:port, as in \"https://api.example.com\" or \"http://*.example.com:8080\""

    init(scheme: String?, host: Host, ports: Ports, text: String) {
        self.scheme = scheme
        self.host = host
        self.ports = ports
        self.text = text
    }

    /// Parses an entry; throws what is wrong with it and what to do.
    package init(_ text: String) throws(AllowedOutboundHostError) {
        self.text = text
        let entry = AllowedOutboundHost.trimmed(text[...])
        guard entry != "insecure:allow-all" else {
            throw AllowedOutboundHostError(
                "\"insecure:allow-all\" is of older versions",
                "write \"*://*:*\", if all hosts are meant"
            )
        }
        guard let mark = AllowedOutboundHost.split(entry, at: "://") else {
            let isWild = ["*", "", ":", "?"].contains(entry)
            throw AllowedOutboundHostError(
                isWild ? "\(quoted(text)) names no host" : "\(quoted(text)) has no scheme",
                isWild ? "write \"*://*:*\", if all hosts are meant" : AllowedOutboundHost.form
            )
        }
        scheme = try AllowedOutboundHost.scheme(mark.before, text)
        let (host, port) = try AllowedOutboundHost.hostAndPort(mark.after, text)
        self.host = try AllowedOutboundHost.host(host, text)
        ports = try AllowedOutboundHost.ports(port, scheme, text)
    }

    private static func scheme(_ scheme: Substring, _ text: String) throws(AllowedOutboundHostError)
        -> String?
    {
        if scheme == "*" { return nil }
        guard !scheme.isEmpty, scheme.utf8.allSatisfy({ $0 >= 0x61 && $0 <= 0x7A }) else {
            throw AllowedOutboundHostError(
                scheme.hasPrefix("{")
                    ? "\(quoted(text)) lists schemes"
                    : "the scheme of \(quoted(text)) is not of lower case letters",
                scheme.hasPrefix("{")
                    ? "write an entry for each" : "write \"https\", \"*\" or the like"
            )
        }
        return String(scheme)
    }

    /// What stands before and after the colon of a port; a colon of an IPv6 address is none.
    private static func hostAndPort(
        _ rest: Substring,
        _ text: String
    ) throws(AllowedOutboundHostError) -> (Substring, Substring?) {
        var rest = rest
        if rest.hasSuffix("/"), IPNetwork(rest) == nil { rest = rest.dropLast() }
        guard let colon = rest.utf8.lastIndex(of: UInt8(ascii: ":")), IPNetwork(rest) == nil,
            !rest.hasSuffix("]")
        else { return (rest, nil) }
        let port = rest[colon...].dropFirst()
        guard !port.contains("/") else { throw path(text) }
        return (rest[..<colon], port.isEmpty ? nil : port)
    }

    private static func path(_ text: String) -> AllowedOutboundHostError {
        AllowedOutboundHostError(
            "\(quoted(text)) has a path",
            "end it after the host or port: all paths of a host are allowed"
        )
    }

    private static func host(_ host: Substring, _ text: String) throws(AllowedOutboundHostError)
        -> Host
    {
        let host = trimmed(host)
        switch host {
        case "*": return .any
        case "self", "self.alt": return .app
        default: break
        }
        if let network = IPNetwork(host) { return .network(network) }
        guard !host.contains("/") else {
            if host.utf8.first.map({ $0 >= 0x30 && $0 <= 0x39 }) == true {
                throw AllowedOutboundHostError(
                    "\(quoted(text)) has a path, or a network that is none",
                    "write a network as in \"http://10.0.0.0/8:80\""
                )
            }
            throw path(text)
        }
        if host.hasPrefix("{") {
            throw AllowedOutboundHostError("\(quoted(text)) lists hosts", "write an entry for each")
        }
        let isWild = host.hasPrefix("*.")
        let name = isWild ? host.dropFirst(2) : host
        guard !name.contains("*") else {
            throw AllowedOutboundHostError(
                "the host of \(quoted(text)) has a \"*\" within it",
                "write \"*\" for all hosts, or \"*.\" before a domain for what is below it"
            )
        }
        let literal: OutboundHost
        do throws(OutboundHost.Flaw) {
            literal = try OutboundHost(name)
        } catch {
            throw AllowedOutboundHostError("the host of \(quoted(text)) \(error)", form)
        }
        guard isWild else { return .literal(literal) }
        guard case .domain(let domain) = literal else {
            throw AllowedOutboundHostError(
                "\(quoted(text)) has \"*.\" before an address",
                "write a network, as in \"http://10.0.0.0/8:80\""
            )
        }
        return .subdomains(of: domain)
    }

    private static func ports(
        _ port: Substring?,
        _ scheme: String?,
        _ text: String
    ) throws(AllowedOutboundHostError) -> Ports {
        guard let port else {
            guard let scheme, let known = wellKnownPort(scheme) else {
                throw AllowedOutboundHostError(
                    "\(quoted(text)) has no port, and its scheme has none by default",
                    "write the port, as in \"\(trimmed(text[...])):80\", or \":*\" for all"
                )
            }
            return .one(known)
        }
        if port == "*" { return .any }
        if let range = split(port, at: "..") {
            guard let low = number(range.before), let high = number(range.after), low < high else {
                throw AllowedOutboundHostError(
                    "\(quoted(text)) has a range of ports that is none",
                    "write the first port and the one after the last, as in \"8000..9000\""
                )
            }
            return .range(low..<high)
        }
        guard let number = number(port) else {
            throw AllowedOutboundHostError(
                port.hasPrefix("{")
                    ? "\(quoted(text)) lists ports" : "the port of \(quoted(text)) is no port",
                port.hasPrefix("{")
                    ? "write an entry for each, or a range, as in \"8000..9000\""
                    : "write a number from 1 to 65535, a range such as \"8000..9000\", or \"*\""
            )
        }
        return .one(number)
    }

    private static func number(_ text: Substring) -> UInt16? {
        guard text.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }), let number = UInt16(text),
            number > 0
        else {
            return nil
        }
        return number
    }

    /// The port that a scheme has where none is written; nil of a scheme that has none.
    package static func wellKnownPort(_ scheme: String) -> UInt16? {
        switch scheme {
        case "http": 80
        case "https": 443
        case "redis": 6379
        case "mysql": 3306
        case "postgres": 5432
        case "mqtt": 1883
        default: nil
        }
    }

    private static func split(_ text: Substring, at mark: String) -> (
        before: Substring, after: Substring
    )? {
        let bytes = Array(mark.utf8)
        var index = text.startIndex
        while index < text.endIndex {
            if text.utf8[index...].starts(with: bytes) {
                return (text[..<index], text[text.utf8.index(index, offsetBy: bytes.count)...])
            }
            index = text.utf8.index(after: index)
        }
        return nil
    }

    private static func trimmed(_ text: Substring) -> Substring {
        var text = text
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return text
    }
}

/// Why a text is no entry of `allowed_outbound_hosts`, and what to do.
package struct AllowedOutboundHostError: Error, Equatable {
    package let message: String
    package let help: String

    init(_ message: String, _ help: String) {
        self.message = message
        self.help = help
    }
}
