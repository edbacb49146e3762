import HTTP
import Reactor
import SpinManifest
import WASI
import WASIHTTP
import Wasm

/// What answers the requests to the app of a host on one loop: finds the route, tells the component how
/// it was routed, and hands the request to the component's own handler.
package final class AppHandler {
    private let host: AppHost
    private var app: App
    private let loop: EventLoop
    private var number: UInt32 = 0
    private let workers: WorkerPool?
    private let development: Development?
    private lazy var handlers = ComponentHandlers(
        app,
        on: loop,
        number: number,
        workers: workers,
        development: development
    )
    /// The fields of the route that are this request's.
    private var fields = HTTP.Fields()
    private var buffer: [UInt8] = []
    /// The client's address and port as text.
    private var client: [UInt8] = []

    /// A handler on `loop` of what `host` serves, now and later. In development whoever asks sees why a
    /// guest failed, and where the time of a request went.
    package init(
        _ host: AppHost,
        on loop: EventLoop,
        workers: WorkerPool?,
        isDevelopment: Bool = false
    ) {
        development =
            isDevelopment ? Development { [unowned host] in host.lastFailure?.description } : nil
        self.host = host
        self.loop = loop
        self.workers = workers
        app = host.app
        (number, app) = host.join(loop.mailbox, loop.register(self))
        _ = handlers
    }

    private func answer(_ route: Int, _ exchange: Exchange) {
        switch app.answers[route] {
        case .response(let response): exchange.respond(response)
        case .files(let site): FileResponse.answer(exchange, site)
        case .component(let index):
            setRouteFields(route, exchange)
            do throws(StoreTemplateError) {
                try handlers.handler(index).handle(exchange)
            } catch {
                refuse(index, exchange, "\(error)")
            }
        }
    }

    /// Answers a request to a component of which no instance can be made on this loop.
    private func refuse(_ index: Int, _ exchange: Exchange, _ reason: String) {
        let component = app.components[index]
        let id = handlers.numbers.next()
        let event = LogRecord.Event.noInstance(reason)
        component.log(LogRecord(component: component.name, request: id, event: event))
        exchange.handling = Handling(id, component.name)
        guard let development else { return exchange.respond(.serviceUnavailable, HTTP.Fields(), id) }
        var head = ResponseHead(.serviceUnavailable)
        let request = exchange.request
        let content = FailureReport(
            component,
            id,
            .serviceUnavailable,
            event,
            request,
            notice: development.notice()
        ).content(for: request)
        content.describe(&head, id)
        exchange.respond(head, content: content.bytes)
    }

    /// What is said where there is no app yet: in development, why.
    private var absent: WrittenResponse {
        guard let notice = development?.notice() else { return .absent }
        let lines = notice.split(separator: "\n", omittingEmptySubsequences: false)
        return WrittenResponse(
            .serviceUnavailable,
            "text/plain; charset=utf-8",
            "There is no app to be served yet.\n\n"
                + lines.map { "\(String($0).visible)\n" }.joined()
        )
    }

    /// What has become of requests on this loop, by the names of components.
    package var counts: [String: ServingCounts] { handlers.counts }

    // MARK: Header fields

    /// Takes the fields away that only the host may set, and sets them.
    private func setRouteFields(_ route: Int, _ exchange: Exchange) {
        exchange.request.removeFields { RouteHeaders.isReserved($0) }
        client.removeAll(keepingCapacity: true)
        AppHandler.append(exchange.peer, to: &client)
        fields.removeAll()
        // A span wants an array that stays where it is.
        let client = client
        app.headers[route].forEachOfRequest(
            scheme: exchange.request.scheme == .https ? AppHandler.https.span : AppHandler.http.span,
            authority: exchange.request.authority,
            target: exchange.request.target,
            client: client.span,
            buffer: &buffer
        ) { (name, value) in
            // What a client sends may be no field's value: it is left out then.
            try? fields.append(name, value)
        }
        exchange.request.fields.append(contentsOf: app.fixedFields[route])
        exchange.request.fields.append(contentsOf: fields)
    }

    private static let http = Array("http".utf8)
    private static let https = Array("https".utf8)

    /// The address and the port as `spin-client-addr` has them.
    private static func append(_ peer: Peer, to text: inout [UInt8]) {
        let isLong = peer.address.utf8.contains(0x3A)
        if isLong { text.append(UInt8(ascii: "[")) }
        text.append(contentsOf: peer.address.utf8)
        if isLong { text.append(UInt8(ascii: "]")) }
        text.append(UInt8(ascii: ":"))
        var unit: UInt16 = 10_000
        while unit > 1, peer.port < unit { unit /= 10 }
        while unit > 0 {
            text.append(UInt8(ascii: "0") + UInt8(peer.port / unit % 10))
            unit /= 10
        }
    }
}

@available(*, unavailable)
extension AppHandler: Sendable {}

extension AppHandler: Handler {
    package func handle(_ exchange: Exchange) {
        let method = RouteMethods(exchange.request.method)
        let found = app.router.match(
            method,
            host: exchange.request.authority,
            target: exchange.request.target
        )
        switch found {
        case .route(let route): answer(route, exchange)
        case .health: exchange.respond(WrittenResponse.health)
        case .info: exchange.respond(app.info)
        case .notFound: exchange.respond(app.isAbsent ? absent : .notFound)
        case .methodNotAllowed(let others):
            var fields = HTTP.Fields()
            try? fields.append("allow", others.list.joined(separator: ", "))
            exchange.respond(ResponseHead(.methodNotAllowed, fields), content: RawSpan())
        }
    }

    package var backlog: Int { handlers.load.ready }

    package func shutdown() {
        host.leave(number)
        handlers.shutdown()
    }
}

extension AppHandler: Watcher {
    /// The host has another app.
    package func ready(_ readiness: Readiness) {
        let next = host.app
        guard next !== app else { return }
        app = next
        handlers.takeUp(next)
    }
}

extension Exchange {
    fileprivate func respond(_ response: WrittenResponse) {
        respond(response.head, content: response.content)
    }
}

extension RouteMethods {
    /// The set of one method; empty where routes cannot name it.
    fileprivate init(_ method: Method) {
        switch method {
        case .get: self = .get
        case .head: self = .head
        case .post: self = .post
        case .put: self = .put
        case .delete: self = .delete
        case .connect: self = .connect
        case .options: self = .options
        case .trace: self = .trace
        case .patch: self = .patch
        case .other: self = []
        }
    }
}
