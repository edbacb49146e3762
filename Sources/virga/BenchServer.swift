import ArgumentParser
import HTTP
import HTTPServer
import Reactor
import TLS

/// `virga bench-server`: handlers that answer with fixed bytes and that echo, for tests and
/// measurements of the front alone.
struct BenchServer: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench-server",
        abstract: "Serve fixed answers and echoes, to measure the front.",
        shouldDisplay: false
    )

    @Option(help: "Address and port, as 127.0.0.1:8080, [::1]:8080 or unix:/path; may be repeated.")
    var listen: [String] = []

    @Option(help: "Address and port for TLS; may be repeated.")
    var listenTls: [String] = []

    @Option(help: "Certificate chain and key, as chain.pem,key.pem; may be repeated.")
    var certificate: [String] = []

    @Option(help: "PEM file of authorities whose client certificates are asked for.")
    var clientAuthorities: String?

    @Flag(help: "Refuse clients without certificate.")
    var requireClientCertificate = false

    @Option(help: "Networks that begin with a PROXY header; may be repeated.")
    var proxyFrom: [String] = []

    @Option(help: "Loops; 0 means one for each core.")
    var loops = 0

    @Flag(help: "Let the kernel move the threads.")
    var unpinned = false

    @Option(help: "Access log: a path, or - for the standard output.")
    var accessLog: String?

    @Flag(help: "Write the access log as JSON lines.")
    var json = false

    @Option(name: .customLong("limit"), help: "A limit, as headTimeout=500; may be repeated.")
    var limits: [String] = []

    func run() throws {
        var configuration = ServerConfiguration(listeners: try listeners())
        configuration.loops = loops
        configuration.pinsThreads = !unpinned
        configuration.handlesSignals = true
        configuration.limits = try FrontOptions.limits(limits)
        if let accessLog {
            configuration.accessLog = AccessLogConfiguration(
                path: accessLog,
                format: json ? .json : .combined
            )
        }
        Signals.block()
        let server = Server(configuration)
        try server.start { BenchHandler($0) }
        for address in server.addresses { print("listening on \(address)") }
        flushOutput()
        server.wait()
    }

    private func listeners() throws -> [ListenerConfiguration] {
        let ranges = try FrontOptions.networks(proxyFrom)
        let plain = try listen.map { ListenerConfiguration(try FrontOptions.address($0)) }
        let secure = try listenTls.map {
            ListenerConfiguration(try FrontOptions.address($0), tls: try tls())
        }
        var all = plain + secure + inheritedListeners().map { ListenerConfiguration($0) }
        if all.isEmpty { all = [ListenerConfiguration(.ip("127.0.0.1", port: 8080))] }
        for index in all.indices { all[index].proxySources = ranges }
        return all
    }

    private func tls() throws -> TLSConfiguration {
        let files = try certificate.map { text in
            let parts = text.split(separator: ",").map(String.init)
            guard parts.count == 2 else { throw ValidationError("not chain,key: \(text)") }
            return CertificateFiles(certificate: parts[0], key: parts[1])
        }
        var tls = TLSConfiguration(certificates: files)
        if let clientAuthorities {
            tls.clients =
                requireClientCertificate
                ? .required(authorities: clientAuthorities)
                : .optional(authorities: clientAuthorities)
        }
        return tls
    }
}
