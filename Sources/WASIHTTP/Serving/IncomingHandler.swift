import ComponentModel
import Fiber
import HTTP
import Reactor
import WASI
import Wasm

/// What answers the requests to one component on one loop: instances, the guests that run in them, and
/// the requests that wait for one.
/// Spec: wasi:http/incoming-handler
package final class IncomingHandler {
    package let component: ServedComponent
    let loop: EventLoop
    let fibers: FiberPool
    let instances: ServedInstances
    let workers: WorkerPool?
    private let load: GuestLoad
    /// By which its guests take turns with those of other handlers of the loop.
    let share: GuestShare
    /// The component's name: a string of this loop's own, since each request refers to it.
    let name: String
    private let numbers: RequestNumbers
    /// Counts what becomes of requests.
    let meter: ServingMeter
    /// With one, whoever asks may see why a guest failed and where the time went.
    let development: Development?
    /// Guests that are under way, those too whose response is complete.
    private var running: [ObjectIdentifier: GuestRequest] = [:]
    private var isStarting = false
    /// By which it is told of a place that it waits for.
    private var place: Registration?
    /// Called from within a guest's end when nothing is left to do.
    package var becameIdle: (() -> Void)?
    let refusal: FieldLines
    private lazy var waiting = RequestQueue(
        on: loop,
        limit: component.limits.queued,
        milliseconds: component.limits.queueMilliseconds
    ) { [unowned self] in refuse($0.exchange, .queueTime, since: $0.arrived) }

    /// A handler on `loop`. `numbers` names requests, and `meter` counts what becomes of them; `capacity`
    /// is how many instances there may be, `component.limits.instances` at most; the guests of all
    /// handlers of the loop take turns as `load` has them.
    package init(
        _ component: ServedComponent,
        on loop: EventLoop,
        numbers: RequestNumbers = RequestNumbers(),
        meter: ServingMeter = ServingMeter(),
        development: Development? = nil,
        engine: Wasm.Engine,
        fibers: FiberPool,
        workers: WorkerPool?,
        capacity: Int = .max,
        load: GuestLoad = GuestLoad()
    ) throws(StoreTemplateError) {
        self.component = component
        self.load = load
        self.loop = loop
        share = GuestShare(of: load, on: loop)
        self.fibers = fibers
        self.workers = workers
        name = String(decoding: Array(component.name.utf8), as: UTF8.self)
        self.numbers = numbers
        self.meter = meter
        self.development = development
        let limits = component.limits
        let template = try ComponentTemplate(
            component.plan,
            engine: engine,
            limits: StoreLimits(byteCount: limits.memoryBytes),
            image: component.image
        )
        instances = ServedInstances(
            ComponentPool(template, capacity: min(limits.instances, capacity)),
            limits.policy
        )
        var refusal = FieldLines()
        try? refusal.append("retry-after", "\(limits.retryAfterSeconds)")
        self.refusal = refusal
    }

    deinit { instances.noteTotals(in: &meter.counts) }

    /// Makes instances until `count` are idle, so that the first requests need not wait for that.
    package func prepare(_ count: Int) throws(ComponentPool.Failure) {
        try instances.fill(to: count)
    }

    /// Lets idle instances go until `count` are left.
    package func drain(keeping count: Int) { instances.drain(keeping: count) }

    // MARK: Requests

    /// Starts a guest for the request, which may have an instance.
    private func start(_ exchange: Exchange, arrived: Instant? = nil) {
        let request = GuestRequest(numbers.next(), exchange, self, arrived: arrived)
        running[ObjectIdentifier(request)] = request
        request.start()
    }

    /// Whether no guest runs and no request waits.
    package var isIdle: Bool { running.isEmpty && waiting.isEmpty }

    /// A guest has ended; whoever waits may have its instance.
    func ended(_ request: GuestRequest) {
        running[ObjectIdentifier(request)] = nil
        component.concurrency?.leave()
        if isIdle { becameIdle?() }
        guard !waiting.isEmpty, !isStarting else { return }
        isStarting = true
        loop.runAtEndOfTurn(self)
    }

    /// Refuses a request, which has waited since `arrived` if at all.
    private func refuse(
        _ exchange: Exchange, _ reason: ServingCounts.Refusal, since arrived: Instant? = nil
    ) {
        let id = numbers.next()
        meter.counts.refused(reason)
        var handling = Handling(id, name)
        if let arrived { handling.phases.queue = Instant.now.since(arrived) }
        exchange.handling = handling
        exchange.respond(.serviceUnavailable, refusal, id)
    }

    /// Adds what there is now of instances and requests to `counts`, which may be other handlers' too.
    package func note(in counts: inout ServingCounts) {
        counts.running += running.count
        counts.waiting += waiting.count
        instances.note(in: &counts)
        for request in running.values { counts.memoryBytes += request.instance?.memoryBytes ?? 0 }
    }

    /// Ends all guests, those too that go on after their response, and refuses whoever waits.
    package func shutdown() {
        while let first = waiting.popFirst() { refuse(first.exchange, .shutdown, since: first.arrived) }
        for request in running.values { request.cancel(.shutdown) }
    }

    func log(_ id: RequestID, _ event: LogRecord.Event) {
        component.log(
            LogRecord(component: component.name, request: id, event: event, sources: component.sources)
        )
    }
}

@available(*, unavailable)
extension IncomingHandler: Sendable {}

extension IncomingHandler: Handler {
    package func handle(_ exchange: Exchange) {
        if let length = exchange.request.contentLength, length > component.limits.content.request {
            let id = numbers.next()
            exchange.handling = Handling(id, name)
            return exchange.respond(.contentTooLarge, FieldLines(), id)
        }
        if waiting.isEmpty, mayStart(or: component.limits.queued > 0) { return start(exchange) }
        if !waiting.append(exchange) { refuse(exchange, .queueFull) }
    }

    package var backlog: Int { load.ready }
}

extension IncomingHandler: Watcher {
    /// It was given a place among the guests of all loops.
    package func ready(_ readiness: Readiness) {
        if let place { loop.forget(place) }
        place = nil
        if running.count < instances.capacity, let first = waiting.popFirst() {
            start(first.exchange, arrived: first.arrived)
        } else {
            component.concurrency?.leave()
        }
        startWaiting()
    }

    package func turnEnds() {
        isStarting = false
        startWaiting()
    }

    /// Gives instances that have become free to those that wait.
    private func startWaiting() {
        while !waiting.isEmpty, mayStart(or: true) {
            guard let first = waiting.popFirst() else {
                component.concurrency?.leave()
                return
            }
            start(first.exchange, arrived: first.arrived)
        }
    }

    /// Whether a guest may start: there is an instance for it, and a place among those of all loops; that
    /// is waited for where `waits` says so.
    private func mayStart(or waits: Bool) -> Bool {
        guard running.count < instances.capacity else { return false }
        guard let concurrency = component.concurrency else { return true }
        // Whoever waits already is told when there is a place.
        guard place == nil else { return false }
        guard waits else { return concurrency.enter() }
        return concurrency.enter(orTell: loop.mailbox, askForPlace())
    }

    private func askForPlace() -> Registration {
        let registration = loop.register(self)
        place = registration
        return registration
    }
}
