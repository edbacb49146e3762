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
    @OptionGroup var runtime: RuntimeOptions
    @OptionGroup var guestLog: GuestLogOptions

    @OptionGroup var front: FrontOptions
    @OptionGroup var administration: AdminOptions
    @OptionGroup var logs: LogOptions

    @Flag(name: [.customShort("q"), .long], help: "Print no routes, and not what guests write.")
    var quiet = false

    @Option(
        name: [.customShort("c"), .long],
        help: "Serve only this component, and what is written in the manifest; may be repeated."
    )
    var componentID: [String] = []

    @Flag(help: "Run the components' builds first.")
    var build = false

    @Flag(
        help: """
            Take up each change of the app; components are built when `build.watch` says so, and where they \
            are new or built by another command.
            """
    )
    var watch = false

    @Flag(help: "Where the port is taken, try the next ones, 10 in all.")
    var findFreePort = false

    func run() throws { try serve(watch ? WatchOptions.parse([]) : nil) }

    /// Serves the app, and watches it where `watching` says how.
    func serve(_ watching: WatchOptions?) throws {
        let count = front.loopCount
        let isDevelopment = logs.development || watching != nil
        let mayFail = watching != nil
        let runs = BuildRun(keepsOutput: mayFail)
        let signals = try StartSignals {
            runs.stop()
            MountTree.removeAll()
        }
        let builds = try StartBuilds(app, only: componentID, by: build ? runs : nil, mayFail: mayFail)
        let log = try LogWriter()
        let configured = try runtime.configuration()
        let administration = administration.completed(by: configured)
        let output = try guestLog.output(configured, isQuiet: quiet, log)
        let source = AppSource(
            options: app,
            runtime: administration.apply(to: runtime),
            only: componentID,
            loops: count,
            isDevelopment: isDevelopment,
            isHost: administration.admin != nil,
            output: output,
            log: log
        )
        let admin = try AdminService(administration, source)
        let host = try admin?.begin() ?? start(source, builds, mayFail: mayFail)
        try source.tellOfStrays(in: host.app)
        // What is served later may have others.
        if administration.admin == nil, !host.app.isAbsent { try guestLog.check(host.app) }
        let manager = ServiceManager()
        let reloader = try Reloader(
            host,
            Reloader.Source(profile: app.profile) {
                try admin?.tree?.manifest ?? source.read()
            } load: {
                let profile = (admin?.tree).map { $0.profile } ?? source.options.profile
                return try source.load($0, profile: profile, reusing: $1)
            },
            watching: watching?.settings(source, runs, builds) { admin?.tree == nil }
        ) { event in
            let clears = watching?.clear == true
            if case .noticed = event, clears { Terminal.clear() }
            source.tell(event, isScreenEmpty: clears)
            switch event {
            case .served, .unchanged, .failed: manager.tell(.ready)
            case .noticed, .building, .notWatched: break
            }
        }
        let workers = try WorkerPool(threads: 4)
        let server = try listen(reloader, manager, output) { loop in
            AppHandler(host, on: loop, workers: workers, isDevelopment: isDevelopment)
        }
        signals.end()
        let metrics = Metrics(server, host)
        try admin?.listen(host) { Array(metrics.text().utf8) }
        StartUp(scheme: front.tlsCert == nil ? "http" : "https", addresses: server.addresses)
            .tell(host.app, isQuiet: quiet)
        manager.tell(.ready)
        server.wait()
        admin?.stop()
        runs.stop()
        reloader.stop()
        workers.shutdown()
        log.end()
    }

    /// Loads the app. Where it is no good and may be so, the host has none yet.
    private func start(_ source: AppSource, _ builds: StartBuilds, mayFail: Bool) throws -> AppHost {
        let reason: String
        do {
            let progress = ProgressBar("Loading components")
            let (loaded, diagnostics) = try source.load(
                source.read(),
                profile: app.profile,
                reusing: nil,
                progress: progress
            )
            if let loaded {
                source.tell(of: loaded, anew: loaded.components.map(\.name), diagnostics)
                let host = AppHost(loaded)
                if !builds.failures.isEmpty { host.failed(builds.failures.description()) }
                return host
            }
            reason = "\(diagnostics)"
        } catch let failure as Failure where mayFail {
            reason = "\(failure)"
        }
        guard mayFail else { throw Failure(reason) }
        source.log.write("\(reason)\nvirga: nothing is served until that is mended")
        let host = AppHost(App.absent)
        host.failed(builds.failures.description(with: reason))
        return host
    }

    /// A server that listens; at one of the next ports where that is asked for and the first is taken.
    private func listen(
        _ reloader: Reloader,
        _ manager: ServiceManager,
        _ output: GuestOutput,
        _ handler: @escaping Server.MakeHandler
    ) throws -> Server {
        var configuration = try front.configuration(front.listenOrEnvironment, port: 3_000)
        configuration.accessLog = logs.configuration
        configuration.hangup = {
            manager.tell(.reloading)
            reloader.reload()
        }
        configuration.logsMoved = { output.reopen() }
        configuration.draining = { manager.tell(.stopping) }
        let tries = findFreePort ? 10 : 1
        var attempt = 0
        while true {
            attempt += 1
            let server = Server(configuration)
            do {
                try server.start(handler)
                return server
            } catch let error as SystemError where error.code == EADDRINUSE && attempt < tries {
                configuration.listeners = configuration.listeners.map { listener in
                    var listener = listener
                    if case .ip(let host, let port) = listener.address, port > 0, port < .max {
                        listener.address = .ip(host, port: port + 1)
                    }
                    return listener
                }
            }
        }
    }
}
