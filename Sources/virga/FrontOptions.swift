// Unsafe here: a variable of the environment, copied at once; an address, for the time of a call.
import ArgumentParser
import Glibc
import HTTP
import HTTPServer
import Reactor
import TLS

/// Where a server listens, on how many loops, and what clients may take of it.
struct FrontOptions: ParsableArguments {
    @Option(
        help: "Address and port, as 127.0.0.1:3000, [::1]:3000, localhost:80 or unix:/path; may be repeated."
    )
    var listen: [String] = []

    @Option(help: "PEM file of the certificate chain; TLS is then spoken at every address.")
    var tlsCert: String?

    @Option(help: "PEM file of the certificate's key.")
    var tlsKey: String?

    @Option(help: "Loops; 0 means one for each core.")
    var loops = 0

    @Option(
        help: ArgumentHelp(
            "Networks of proxies that tell the client's address by a PROXY header, as 10.0.0.0/8; may "
                + "be repeated.", valueName: "network"))
    var proxyFrom: [String] = []

    @Option(
        help: ArgumentHelp(
            "A limit on connections and requests, as headTimeout=500; may be repeated.",
            discussion: "Their names: \(HTTP.Limits.names.joined(separator: ", ")).",
            valueName: "name=value"))
    var limit: [String] = []

    func validate() throws {
        guard loops >= 0, loops <= 1_024 else {
            throw ValidationError("--loops is between 0 and 1024")
        }
        guard (tlsCert == nil) == (tlsKey == nil) else {
            throw ValidationError("--tls-cert and --tls-key are given together")
        }
        _ = try limits()
        _ = try proxies()
        for address in listen { _ = try Self.address(address) }
    }

    /// How many loops there are.
    var loopCount: Int { loops > 0 ? loops : max(1, LoopThread.cores.count) }

    /// A server at `addresses`, at the sockets that were passed on to this process, and where there are
    /// neither at `port` of this machine. It ends by signals.
    func configuration(_ addresses: [String], port: UInt16) throws -> ServerConfiguration {
        let tls = tlsCert.flatMap { certificate in
            tlsKey.map { key in
                TLSConfiguration(certificates: [CertificateFiles(certificate: certificate, key: key)])
            }
        }
        var listeners = try addresses.map {
            ListenerConfiguration(try Self.address($0), tls: tls)
        }
        listeners += inheritedListeners().map { ListenerConfiguration($0, tls: tls) }
        if listeners.isEmpty {
            listeners = [ListenerConfiguration(.ip("127.0.0.1", port: port), tls: tls)]
        }
        let proxies = try proxies()
        for index in listeners.indices { listeners[index].proxySources = proxies }
        var configuration = ServerConfiguration(listeners: listeners)
        configuration.loops = loopCount
        configuration.handlesSignals = true
        configuration.limits = try limits()
        return configuration
    }

    /// Bodies are bounded by what answers them, unless an option bounds them all.
    private func limits() throws -> HTTP.Limits {
        var limits = HTTP.Limits()
        limits.bodyBytes = .max
        return try Self.limits(limit, limits)
    }

    private func proxies() throws -> [AddressRange] { try Self.networks(proxyFrom) }

    // MARK: As the command line has them

    /// Limits but for those that are given as `name=value`.
    static func limits(_ given: [String], _ others: HTTP.Limits = HTTP.Limits()) throws -> HTTP.Limits {
        var limits = others
        for limit in given {
            guard HTTP.Limits.set(limit, in: &limits) else {
                throw ValidationError(
                    "not a limit and a value: \(limit); the limits are "
                        + HTTP.Limits.names.joined(separator: ", "))
            }
        }
        return limits
    }

    static func networks(_ given: [String]) throws -> [AddressRange] {
        try given.map { text in
            guard let range = AddressRange(text) else {
                throw ValidationError("not a network, as 10.0.0.0/8: \(text)")
            }
            return range
        }
    }

    /// The addresses that were given; else the one that SPIN_HTTP_LISTEN_ADDR has, if any.
    var listenOrEnvironment: [String] {
        guard listen.isEmpty, let value = unsafe getenv("SPIN_HTTP_LISTEN_ADDR") else { return listen }
        let address = unsafe String(cString: value)
        return address.isEmpty ? [] : [address]
    }

    /// The address that `text` names: `127.0.0.1:8080`, `[::1]:8080`, `localhost:8080`, `:8080` or
    /// `unix:/path`.
    static func address(_ text: String) throws -> ListenerAddress {
        if text.hasPrefix("unix:") {
            guard text.count > 5 else {
                throw ValidationError("no path is named after unix:, as in unix:/run/app.sock")
            }
            return .unix(String(text.dropFirst(5)))
        }
        guard let colon = text.lastIndex(of: ":"),
            let port = UInt16(text[text.index(after: colon)...])
        else { throw ValidationError("not an address and port, as 127.0.0.1:3000: \(text)") }
        var host = String(text[..<colon])
        if host.hasPrefix("["), host.hasSuffix("]") { host = String(host.dropFirst().dropLast()) }
        if host.isEmpty { host = "0.0.0.0" }
        // RFC 6761 section 6.3: the name means the loopback everywhere.
        if host.lowercased() == "localhost" { host = "127.0.0.1" }
        guard isAddress(host) else {
            throw ValidationError("an IP address is wanted, as in 127.0.0.1:\(port), not a name: \(text)")
        }
        return .ip(host, port: port)
    }

    private static func isAddress(_ text: String) -> Bool {
        var address = in6_addr()
        return unsafe inet_pton(AF_INET, text, &address) == 1 || inet_pton(AF_INET6, text, &address) == 1
    }
}
