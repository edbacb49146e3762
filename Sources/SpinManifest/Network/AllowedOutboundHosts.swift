/// What a component may connect to: the entries of its `allowed_outbound_hosts`.
package struct AllowedOutboundHosts: Sendable, Equatable {
    package private(set) var entries: [AllowedOutboundHost]

    /// Names below it are components of the app.
    package static let chainingDomain = "spin.internal"

    /// `*.spin.internal` stands for the names of all components.
    package init(_ entries: [AllowedOutboundHost]) {
        self.entries = entries
    }

    /// Whether a connection to a host may be made.
    ///
    /// Networks are of addresses that the URL itself has, not of what a name resolves to. Without a
    /// port it is the scheme's. `self` is asked for by `allowsApp`.
    package func allows(scheme: String, host: OutboundHost, port: UInt16?) -> Bool {
        entries.contains { $0.allows(scheme: scheme, host: host, port: port) }
    }

    /// Whether the app's own routes may be asked for, by a URL without a host or with the host `self`.
    package func allowsApp(scheme: String) -> Bool {
        entries.contains { $0.allows(scheme: scheme) && ($0.host == .app || $0.host == .any) }
    }

    /// The component that a host names, for a call that never leaves the app.
    package static func chainedComponent(_ host: OutboundHost) -> String? {
        guard case .domain(let name) = host else { return nil }
        let labels = name.split(separator: ".", maxSplits: 1)
        return labels.count == 2 && labels[1] == chainingDomain ? String(labels[0]) : nil
    }
}

extension AllowedOutboundHost {
    func allows(scheme: String) -> Bool {
        self.scheme == nil || self.scheme == scheme
    }

    func allows(scheme: String, host: OutboundHost, port: UInt16?) -> Bool {
        guard allows(scheme: scheme) else { return false }
        let hostMatches =
            switch (self.host, host) {
            case (.any, _): true
            case (.literal(let literal), _): literal == host
            case (.subdomains(let domain), .domain(let name)): name.hasSuffix("." + domain)
            case (.network(let network), .address(let address)): network.contains(address)
            case (.app, _), (.subdomains, .address), (.network, .domain): false
            }
        guard hostMatches else { return false }
        guard let port = port ?? AllowedOutboundHost.wellKnownPort(scheme) else {
            return ports == .any
        }
        return switch ports {
        case .any: true
        case .one(let one): one == port
        case .range(let range): range.contains(port)
        }
    }
}

extension AllowedOutboundHost {
    /// Whether it allows all that `other` does. Where that cannot be said, it does not.
    package func covers(_ other: AllowedOutboundHost) -> Bool {
        guard scheme == nil || scheme == other.scheme else { return false }
        let hostIsCovered =
            switch (host, other.host) {
            case (.any, _): true
            case (.subdomains(let domain), .subdomains(let narrower)):
                narrower == domain || narrower.hasSuffix("." + domain)
            case (.subdomains(let domain), .literal(.domain(let name))): name.hasSuffix("." + domain)
            case (.network(let network), .literal(.address(let address))): network.contains(address)
            case (.network(let network), .network(let narrower)):
                narrower.prefix >= network.prefix && network.contains(narrower.address)
            default: host == other.host
            }
        guard hostIsCovered else { return false }
        return switch (ports, other.ports) {
        case (.any, _): true
        case (.range(let range), .one(let port)): range.contains(port)
        case (.range(let range), .range(let narrower)):
            range.lowerBound <= narrower.lowerBound && narrower.upperBound <= range.upperBound
        default: ports == other.ports
        }
    }

    /// The same for another host.
    func replacingHost(_ host: Host) -> AllowedOutboundHost {
        AllowedOutboundHost(scheme: scheme, host: host, ports: ports, text: text)
    }
}
