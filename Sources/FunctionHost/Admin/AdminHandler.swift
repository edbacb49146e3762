import HTTP
import Reactor

/// What answers on the admin socket:
///
///     GET  /deployments                     the deployments that are kept
///     POST /deployments/missing             digests and sizes, a line each; those that are to be sent
///     POST /deployments[?dry-run][&accept]  takes up what the body brings (`DeploymentUpload`)
///     POST /rollback[?ID]                   goes back
///     GET  /metrics                         figures, as Prometheus reads them
package final class AdminHandler: Handler {
    private let deployer: Deployer
    private let loop: EventLoop
    private let workers: WorkerPool
    private let metrics: @Sendable () -> [UInt8]
    private let limits: DeployingLimits
    private var requests = 0
    private var uploads = 0

    /// A handler on `loop`. `workers` has one thread, so that one thing is done at a time; `metrics` is
    /// called there.
    package init(
        _ deployer: Deployer,
        on loop: EventLoop,
        workers: WorkerPool,
        metrics: @escaping @Sendable () -> [UInt8]
    ) {
        self.deployer = deployer
        self.loop = loop
        self.workers = workers
        self.metrics = metrics
        limits = deployer.store.limits
    }

    package func handle(_ exchange: Exchange) {
        let parts = exchange.request.path.split(separator: "?", maxSplits: 1)
        let path = parts.first.map(String.init) ?? ""
        let query = parts.count > 1 ? parts[1].split(separator: "&").map(String.init) : []
        let isGet = exchange.request.method == .get
        let isPost = exchange.request.method == .post
        let deployer = deployer
        switch path {
        case "/deployments" where isGet:
            run(exchange, GatheredTask { _ in AdminAnswer(deployer.list) })
        case "/deployments" where isPost: upload(exchange, query)
        case "/deployments/missing" where isPost:
            let task = GatheredTask(limit: limits.listBytes) { list in
                AdminAnswer { () throws(DeployingError) in try deployer.missing(list) }
            }
            run(exchange, task)
        case "/rollback" where isPost: rollBack(exchange, query)
        case "/metrics" where isGet:
            let metrics = metrics
            run(
                exchange,
                GatheredTask { _ in
                    var answer = AdminAnswer(.ok, "")
                    answer.type = "text/plain; version=0.0.4; charset=utf-8"
                    answer.content = metrics()
                    return answer
                }
            )
        case "/deployments": refuse(exchange, allow: "GET, POST")
        case "/deployments/missing", "/rollback": refuse(exchange, allow: "POST")
        case "/metrics": refuse(exchange, allow: "GET")
        default: answer(exchange, AdminAnswer(.notFound, "there is nothing at \(path)\n"))
        }
    }

    private func upload(_ exchange: Exchange, _ query: [String]) {
        var request = Deployer.Request()
        for word in query {
            switch word {
            case "accept": request.accepts = true
            case "dry-run": request.isDry = true
            default:
                return answer(exchange, AdminAnswer(.badRequest, "\(word) is not known here\n"))
            }
        }
        request.author = exchange.peer.user.map { "uid \($0)" } ?? "unknown"
        guard uploads < limits.uploads else {
            let text = "\(uploads) deployments are on their way already; try again\n"
            return answer(exchange, AdminAnswer(.serviceUnavailable, text))
        }
        uploads += 1
        run(exchange, UploadTask(deployer, request)) { [unowned self] in uploads -= 1 }
    }

    private func rollBack(_ exchange: Exchange, _ query: [String]) {
        let id = query.first.flatMap { Int($0) }
        guard query.count <= 1, query.isEmpty || id != nil else {
            return answer(exchange, AdminAnswer(.badRequest, "write /rollback?ID\n"))
        }
        let deployer = deployer
        run(
            exchange,
            GatheredTask { _ in
                AdminAnswer { () throws(DeployingError) in try deployer.rollBack(to: id) }
            }
        )
    }

    private func run(_ exchange: Exchange, _ task: any AdminTask, ended: @escaping () -> Void = {}) {
        guard requests < limits.requests else {
            ended()
            return answer(exchange, AdminAnswer(.serviceUnavailable, "too many requests at once\n"))
        }
        requests += 1
        AdminRequest(exchange, task, on: loop, workers, pieceBytes: limits.pieceBytes) {
            [unowned self] in
            requests -= 1
            ended()
        }.start()
    }

    private func refuse(_ exchange: Exchange, allow: String) {
        var refusal = AdminAnswer(.methodNotAllowed, "only \(allow) is answered here\n").head
        try? refusal.fields.append("allow", allow)
        exchange.respond(refusal, content: Array("only \(allow) is answered here\n".utf8))
    }

    private func answer(_ exchange: Exchange, _ answer: AdminAnswer) {
        exchange.respond(answer.head, content: answer.content)
    }
}

@available(*, unavailable)
extension AdminHandler: Sendable {}
