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
    private let store: DeploymentStore
    private let active: (deployment: Deployment, tree: DeploymentTree)?
    private let listening = Mutex<Listening?>(nil)

    /// Opens the state directory; nil without an admin socket.
    init?(_ options: AdminOptions, _ source: AppSource) throws {
        guard let socket = options.admin else { return nil }
        self.socket = socket
        self.source = source
        do throws(DeployingError) {
            let store = try DeploymentStore(in: options.stateDir)
            self.store = store
            active = try store.activeDeployment().map { deployment throws(DeployingError) in
                (deployment, try store.tree(of: deployment.contents))
            }
        } catch {
            throw Failure("\(error)")
        }
    }

    /// A host of the active deployment, or of nothing where there is no manifest either; nil where the
    /// command line says what is served.
    func begin() throws -> AppHost? {
        if let (deployment, tree) = active {
            let name = "deployment \(deployment.id) of \(deployment.application)"
            let (app, diagnostics) = try source.load(tree.manifest, profile: tree.profile, reusing: nil)
            guard let app else { throw Failure("\(diagnostics)\n\(name) cannot be served") }
            source.tell(of: app, anew: app.components.map(\.name), diagnostics)
            source.log.write("virga: \(name) is active")
            return AppHost(app)
        }
        guard source.options.isLeftOut else { return nil }
        source.log.write("virga: there is no \(ManifestFile.defaultName), and nothing has been deployed yet")
        return AppHost(App.absent)
    }

    /// The files of the deployment that is served; nil where what is served was not deployed.
    var tree: DeploymentTree? { listening.withLock { $0?.deployer.tree } ?? active?.tree }

    /// Listens at the socket for deployments to `host`.
    func listen(_ host: AppHost, metrics: @escaping @Sendable () -> [UInt8]) throws {
        let deployer = Deployer(
            store,
            host,
            active: active,
            load: { [source] tree, old in
                try source.load(tree.manifest, profile: tree.profile, reusing: old)
            },
            tell: { [log = source.log] in log.write("virga: \($0)") }
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
