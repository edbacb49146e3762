import FunctionHost
import Glibc
import HTTP
import HTTPServer
import Reactor
import SpinManifest
import Synchronization

/// The admin socket of `virga up`, and what was deployed through it.
///
/// What is active in the state directory is served, and the manifest of the command line only until
/// something has been deployed: a host that is started anew, by the same command, serves what it was last
/// told to.
final class AdminService: Sendable {
    /// What listens, once it does.
    private struct Listening {
        let deployer: Deployer
        let server: Server
        let workers: WorkerPool
    }

    private let socket: String
    private let source: AppSource
    private let log: LogWriter
    private let store: DeploymentStore
    private let active: (deployment: Deployment, tree: DeploymentTree)?
    private let beginsEmpty: Bool
    private let listening = Mutex<Listening?>(nil)

    /// Opens the state directory; nil without an admin socket.
    init?(_ options: AdminOptions, _ app: AppOptions, _ source: AppSource, _ log: LogWriter) throws {
        guard let socket = options.admin else { return nil }
        self.socket = socket
        self.source = source
        self.log = log
        do throws(DeployingError) {
            let store = try DeploymentStore(in: options.stateDir)
            self.store = store
            active = try store.activeDeployment().map { deployment throws(DeployingError) in
                (deployment, try store.tree(of: deployment.contents))
            }
        } catch {
            throw Failure("\(error)")
        }
        beginsEmpty = active == nil && app.isLeftOut
    }

    /// The app to begin with: what is active, else that of the command line, else none.
    func load() throws -> (app: App?, diagnostics: Diagnostics) {
        if let active {
            log.write("virga: deployment \(active.deployment.id) of \(active.deployment.application) is active")
            return try source.load(active.tree.manifest, active.tree.profile, reusing: nil)
        }
        guard beginsEmpty else { return try source.load(reusing: nil) }
        log.write("virga: nothing has been deployed, and there is no \(ManifestFile.defaultName)")
        return (App.empty, Diagnostics.none)
    }

    /// What is to be served when all is read again.
    func reload(reusing old: App) throws -> (app: App?, diagnostics: Diagnostics) {
        if let tree = listening.withLock({ $0?.deployer.tree }) ?? active?.tree {
            return try source.load(tree.manifest, tree.profile, reusing: old)
        }
        return beginsEmpty ? (old, Diagnostics.none) : try source.load(reusing: old)
    }

    /// Listens at the socket for deployments to `host`.
    func start(_ host: AppHost, metrics: @escaping @Sendable () -> [UInt8]) throws {
        let deployer = Deployer(
            store,
            host,
            active: active,
            beganEmpty: beginsEmpty,
            load: { [source] tree, old in
                try source.load(tree.manifest, tree.profile, reusing: old)
            },
            tell: { [log] in log.write("virga: \($0)") }
        )
        var listener = ListenerConfiguration(.unix(socket))
        listener.mode = 0o600
        var configuration = ServerConfiguration(listeners: [listener])
        configuration.loops = 1
        configuration.pinsThreads = false
        configuration.limits.connections = 128
        configuration.limits.bodyBytes = store.uploadBytes
        let workers = try WorkerPool(threads: 1)
        let server = Server(configuration)
        try server.start { loop in
            AdminHandler(deployer, on: loop, workers: workers, metrics: metrics)
        }
        listening.withLock {
            $0 = Listening(deployer: deployer, server: server, workers: workers)
        }
    }

    /// Ends; what is being taken up is finished first.
    func stop() {
        guard let listening = listening.withLock({ $0 }) else { return }
        listening.workers.shutdown()
        listening.server.cut()
        listening.server.wait()
    }
}
