import ArgumentParser
import FunctionHost
import Glibc
import HTTP
import HTTPServer
import Reactor
import SpinManifest
import TLS
import WASIHTTP

/// `virga up`: serves the app of a manifest.
struct UpCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "up",
        abstract: "Serve the app that a spin.toml describes.",
        discussion: """
            Prints the address and the routes. What guests write to their standard output and error \
            goes to the standard error, each line with the component's name and the number of the \
            request. Ends when it is interrupted, once the requests under way have been answered.

            virga up -f my-app --listen 127.0.0.1:3000 --variable greeting=hello
            """
    )

    @OptionGroup var app: AppOptions

    @Option(help: "Address and port, as 127.0.0.1:3000, [::1]:3000 or unix:/path; may be repeated.")
    var listen: [String] = []

    @Option(help: "PEM file of the certificate chain; TLS is then spoken at every address.")
    var tlsCert: String?

    @Option(help: "PEM file of the certificate's key.")
    var tlsKey: String?

    @Option(help: "Loops; 0 means one for each core.")
    var loops = 0

    @OptionGroup var logs: LogOptions

    @Flag(name: [.customShort("q"), .long], help: "Print no routes, and not what guests write.")
    var quiet = false

    func validate() throws {
        guard loops >= 0, loops <= 1_024 else {
            throw ValidationError("--loops is between 0 and 1024")
        }
        guard (tlsCert == nil) == (tlsKey == nil) else {
            throw ValidationError("--tls-cert and --tls-key are given together")
        }
    }

    func run() throws {
        let count = loops > 0 ? loops : max(1, LoopThread.cores.count)
        Signals.block()
        let log = try LogWriter()
        let source = AppSource(
            app, loops: count, isQuiet: quiet, isDevelopment: logs.development, log: log)
        let (loaded, diagnostics) = try source.load(reusing: nil)
        guard let loaded else { throw Failure("\(diagnostics)") }
        source.tell(of: loaded, anew: loaded.components.map(\.name), diagnostics)
        let host = AppHost(loaded)
        let reloader = try Reloader(host) { old in
            try source.load(reusing: old)
        } told: {
            source.tell($0)
        }
        var configuration = try configuration(count)
        configuration.hangup = { reloader.reload() }
        let isDevelopment = logs.development
        let server = Server(configuration)
        let workers = try WorkerPool(threads: 4)
        try server.start { loop in AppHandler(host, on: loop, workers: workers, isDevelopment: isDevelopment) }
        tell(loaded, server.addresses)
        server.wait()
        reloader.stop()
        workers.shutdown()
        log.end()
    }

    private func configuration(_ loops: Int) throws -> ServerConfiguration {
        var tls: TLSConfiguration?
        if let tlsCert, let tlsKey {
            tls = TLSConfiguration(
                certificates: [CertificateFiles(certificate: tlsCert, key: tlsKey)])
        }
        var listeners = try listen.map {
            ListenerConfiguration(try ListenerOptions.address($0), tls: tls)
        }
        listeners += inheritedListeners().map { ListenerConfiguration($0, tls: tls) }
        if listeners.isEmpty {
            listeners = [ListenerConfiguration(.ip("127.0.0.1", port: 3000), tls: tls)]
        }
        var configuration = ServerConfiguration(listeners: listeners)
        configuration.loops = loops
        configuration.handlesSignals = true
        configuration.accessLog = logs.configuration
        return configuration
    }

    /// Prints where the app is served, and its routes with their addresses.
    private func tell(_ app: App, _ addresses: [ListenerAddress]) {
        let scheme = tlsCert == nil ? "http" : "https"
        for address in addresses { print("Serving \(scheme)://\(address)") }
        if !quiet, let address = addresses.first {
            print("Available routes:")
            for route in app.router.routes {
                print("  \(route.name): \(scheme)://\(address)\(route.pattern.based)")
            }
        }
        flushOutput()
    }
}
