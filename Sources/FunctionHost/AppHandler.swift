import Fiber
import HTTP
import Reactor
import SpinManifest
import WASI
import WASIHTTP
import Wasm

/// What answers the requests to the app of a host on one loop: finds the route, tells the component how
/// it was routed, and hands the request to the component's own handler, which is made when it is first
/// wanted.
package final class AppHandler {
    private let host: AppHost
    private var app: App
    private let loop: EventLoop
    private var number: UInt32 = 0
    private var numbers = RequestNumbers()
    /// By the names of components, also of apps that were served before.
    private var meters: [String: ServingMeter] = [:]
    private let development: Development?
    private let engine = Wasm.Engine()
    private let fibers = FiberPool()
    private let workers: WorkerPool?
    /// How many guests of all components could go on at once.
    private let load = GuestLoad()
    /// Of the app's components.
    private var handlers: [IncomingHandler?] = []
    /// Those of apps that were served before, whose last guests still run.
    private var retired: [IncomingHandler] = []
    private var fields = HTTP.Fields()
    private var buffer: [UInt8] = []

    /// A handler on `loop` of what `host` serves, now and later. In development whoever asks sees why a
    /// guest failed, and where the time of a request went.
    package init(
        _ host: AppHost,
        on loop: EventLoop,
        workers: WorkerPool?,
        isDevelopment: Bool = false
    ) {
        self.host = host
        self.loop = loop
        self.workers = workers
        development =
            isDevelopment ? Development { [unowned host] in host.lastFailure?.description } : nil
        app = host.app
        (number, app) = host.join(loop.mailbox, loop.register(self))
        numbers = RequestNumbers(loop: number)
        handlers = Array(repeating: nil, count: app.components.count)
    }

    /// Serves the host's app from now on. Handlers of components that are in both apps go on with all
    /// that they have; the others end what they have begun.
    private func takeUp(_ next: App) {
        guard next !== app else { return }
        var old: [ObjectIdentifier: IncomingHandler] = [:]
        for handler in handlers {
            if let handler { old[ObjectIdentifier(handler.component)] = handler }
        }
        app = next
        handlers = next.components.map { old.removeValue(forKey: ObjectIdentifier($0)) }
        for handler in old.values { retire(handler) }
    }

    private func retire(_ handler: IncomingHandler) {
        guard !handler.isIdle else { return }
        retired.append(handler)
        handler.becameIdle = { [weak self] in
            if let self { loop.runAtEndOfTurn(self) }
        }
    }

    private func handler(_ index: Int) throws(StoreTemplateError) -> IncomingHandler {
        if let handler = handlers[index] { return handler }
        let handler = try IncomingHandler(
            app.components[index],
            on: loop,
            numbers: numbers,
            meter: meter(app.components[index].name),
            development: development,
            engine: engine,
            fibers: fibers,
            workers: workers,
            load: load
        )
        handlers[index] = handler
        return handler
    }

    private func answer(_ route: Int, _ exchange: Exchange) {
        switch app.answers[route] {
        case .response(let response): exchange.respond(response)
        case .component(let index):
            setRouteFields(route, exchange)
            do throws(StoreTemplateError) {
                try handler(index).handle(exchange)
            } catch {
                refuse(exchange, app.components[index], "\(error)")
            }
        }
    }

    /// Answers a request to a component of which no instance can be made on this loop.
    private func refuse(_ exchange: Exchange, _ component: ServedComponent, _ reason: String) {
        let id = numbers.next()
        let event = LogRecord.Event.noInstance(reason)
        component.log(LogRecord(component: component.name, request: id, event: event))
        exchange.handling = Handling(id, component.name)
        guard let development else { return exchange.respond(.serviceUnavailable, HTTP.Fields(), id) }
        var head = ResponseHead(.serviceUnavailable)
        let request = exchange.request
        let content = FailureReport(
            component, id, .serviceUnavailable, event, request, notice: development.notice()
        ).content(for: request)
        content.describe(&head, id)
        exchange.respond(head, content: content.bytes)
    }

    private func meter(_ name: String) -> ServingMeter {
        if let meter = meters[name] { return meter }
        let meter = ServingMeter()
        meters[name] = meter
        return meter
    }

    /// What has become of requests on this loop, by the names of components.
    package var counts: [String: ServingCounts] {
        var counts = meters.mapValues(\.counts)
        for handler in handlers {
            if let handler { handler.note(in: &counts[handler.component.name, default: .init()]) }
        }
        for handler in retired { handler.note(in: &counts[handler.component.name, default: .init()]) }
        return counts
    }

    /// Takes the fields away that only the host may set, and sets them.
    private func setRouteFields(_ route: Int, _ exchange: Exchange) {
        fields.removeAll()
        let request = exchange.request
        for index in 0..<request.fields.count
        where !RouteHeaders.isReserved(request.fields.name(index)) {
            fields.copy(index, of: request.fields)
        }
        let scheme: [UInt8] = Array(request.scheme == .https ? "https".utf8 : "http".utf8)
        let peer = exchange.peer
        let host = peer.address.utf8.contains(0x3A) ? "[\(peer.address)]" : peer.address
        let client = Array("\(host):\(peer.port)".utf8)
        app.headers[route].forEach(
            scheme: scheme.span,
            authority: request.authority,
            target: request.target,
            client: client.span,
            buffer: &buffer
        ) { (name, value) in
            // What a client sends may be no field's value: it is left out then.
            try? fields.append(name, value)
        }
        swap(&exchange.request.fields, &fields)
    }
}

@available(*, unavailable)
extension AppHandler: Sendable {}

extension AppHandler: Handler {
    package func handle(_ exchange: Exchange) {
        let request = exchange.request
        let methods = RouteMethods(name: request.method.name)
        switch app.router.match(methods, host: request.authority, target: request.target) {
        case .route(let route): answer(route, exchange)
        case .health: exchange.respond(WrittenResponse.health)
        case .info: exchange.respond(app.info)
        case .notFound: exchange.respond(WrittenResponse.notFound)
        case .methodNotAllowed(let others):
            var fields = HTTP.Fields()
            try? fields.append("allow", others.list.joined(separator: ", "))
            exchange.respond(ResponseHead(.methodNotAllowed, fields), content: RawSpan())
        }
    }

    package var backlog: Int { load.ready }

    package func shutdown() {
        host.leave(number)
        for handler in handlers { handler?.shutdown() }
        for handler in retired { handler.shutdown() }
    }
}

extension AppHandler: Watcher {
    /// The host has another app.
    package func ready(_ readiness: Readiness) { takeUp(host.app) }

    package func turnEnds() { retired.removeAll { $0.isIdle } }
}

extension Exchange {
    fileprivate func respond(_ response: WrittenResponse) {
        respond(response.head, content: response.content)
    }
}
