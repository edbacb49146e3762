/// Methods of requests, as a set.
package struct RouteMethods: OptionSet, Sendable, Hashable {
    package let rawValue: UInt16

    package init(rawValue: UInt16) {
        self.rawValue = rawValue
    }

    /// The names in the order of the bits.
    package static let names = [
        "GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH",
    ]

    /// The set of one method; empty if the name is none of `names`. Case counts.
    package init(name: String) {
        self =
            RouteMethods.names.firstIndex(of: name).map { RouteMethods(rawValue: 1 << UInt16($0)) }
            ?? []
    }

    /// The names of its methods, as `Allow` has them.
    package var list: [String] {
        RouteMethods.names.enumerated().compactMap { index, name in
            rawValue & 1 << UInt16(index) != 0 ? name : nil
        }
    }

    package static let get = RouteMethods(rawValue: 1 << 0)
    package static let head = RouteMethods(rawValue: 1 << 1)
    package static let post = RouteMethods(rawValue: 1 << 2)
    package static let put = RouteMethods(rawValue: 1 << 3)
    package static let delete = RouteMethods(rawValue: 1 << 4)
    package static let connect = RouteMethods(rawValue: 1 << 5)
    package static let options = RouteMethods(rawValue: 1 << 6)
    package static let trace = RouteMethods(rawValue: 1 << 7)
    package static let patch = RouteMethods(rawValue: 1 << 8)
}

/// The host names that a route is for.
package enum RouteHost: Sendable, Hashable {
    case name(String)
    /// Every name below a domain.
    case below(String)

    /// Whether an authority's host, in lower case and without port, is one of them.
    func matches(_ host: Span<UInt8>) -> Bool {
        switch self {
        case .name(let name): RouteHost.equal(host, 0, name)
        case .below(let domain):
            host.count > domain.utf8.count + 1
                && host[host.count - domain.utf8.count - 1] == UInt8(ascii: ".")
                && RouteHost.equal(host, host.count - domain.utf8.count, domain)
        }
    }

    /// Whether the bytes from an index on are a text in lower case; their own case does not count.
    private static func equal(_ bytes: Span<UInt8>, _ start: Int, _ text: String) -> Bool {
        guard bytes.count - start == text.utf8.count else { return false }
        var index = start
        for byte in text.utf8 {
            let other = bytes[index]
            guard byte == other || (other >= 0x41 && other <= 0x5A && byte == other | 0x20) else {
                return false
            }
            index += 1
        }
        return true
    }

    /// As a manifest writes it.
    package var text: String {
        switch self {
        case .name(let name): name
        case .below(let domain): "*." + domain
        }
    }
}

/// What a route asks of a request beside its path: Virga's addition to Spin's rules.
package struct RouteConditions: Sendable, Equatable {
    /// Nil of a route that takes every method. A set with GET has HEAD too.
    package var methods: RouteMethods?
    /// Empty of a route for every host.
    package var hosts: [RouteHost] = []

    package init(methods: RouteMethods? = nil, hosts: [RouteHost] = []) {
        self.methods = methods
        self.hosts = hosts
    }

    /// Whether the route takes the method; those without a name of ours only where all are taken.
    func takes(_ method: RouteMethods) -> Bool {
        methods.map { !$0.isDisjoint(with: method) } ?? true
    }
}
