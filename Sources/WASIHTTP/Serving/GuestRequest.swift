import ComponentModel
import Fiber
import HTTP
import Reactor
import WASI
import Wasm

/// One request and the guest that answers it, from when an instance may be had until the guest returns.
final class GuestRequest {
    let id: RequestID
    let handler: IncomingHandler
    private let exchange: GuestExchange
    private(set) var task: GuestTask?
    private(set) var times: Times
    /// What the guest runs in, while it does.
    private(set) var instance: ServedInstance?
    /// Why there was no answer of the guest's.
    private(set) var failure: LogRecord.Event?
    /// Whether the guest did not end by itself.
    private var isCut = false
    /// Bytes of the instance's memories when the guest failed, in development.
    private(set) var memoryBytes: UInt64 = 0
    /// What the guest asked of the host last, in development.
    private(set) var hostCalls: HostCallTrace?

    init(_ id: RequestID, _ exchange: Exchange, _ handler: IncomingHandler, arrived: Instant?) {
        self.id = id
        self.handler = handler
        self.exchange = GuestExchange(exchange, on: handler.loop)
        let now = Instant.now
        times = Times(arrived: arrived ?? now, started: now)
        self.exchange.request = self
    }

    /// Runs the guest until it waits or its slice is over; the loop drives it from then on.
    func start() {
        let milliseconds = handler.component.limits.requestMilliseconds
        do throws(FiberError) {
            let task = try GuestTask(
                on: handler.loop,
                fibers: handler.fibers,
                deadline: times.started.after(milliseconds: milliseconds)
            ) { [self] (task) throws(Trap) in
                try run(task)
            } ended: { [self] in
                ended($0)
            }
            task.load = handler.load
            self.task = task
            exchange.cancelled = { [unowned task] _ in task.cancel(.abandoned) }
            task.start()
        } catch {
            refuse("\(error)", FieldLines())
            handler.ended(self)
        }
    }

    func cancel(_ reason: WASI.Cancellation) { task?.cancel(reason) }

    // MARK: On the fiber

    private func run(_ task: GuestTask) throws(Trap) {
        let system = System(
            handler.component.system,
            for: task,
            workers: handler.workers,
            stdio: self.makeStdio()
        )
        if handler.development != nil {
            hostCalls = HostCallTrace()
            system.hostCalls = hostCalls
        }
        let instance: ServedInstance
        do throws(ComponentPool.Failure) {
            instance = try handler.instances.take(system, handler.component.limits.runLimits)
        } catch {
            throw .host("no instance: \(error)")
        }
        self.instance = instance
        times.instantiated = Instant.now
        var trap: Trap?
        do throws(Trap) {
            try call(instance.component, instance.context, task)
        } catch {
            trap = error
        }
        if let trap {
            if handler.development != nil { memoryBytes = instance.memoryBytes }
            // Before its resources go, among them the body of a response.
            if trap.kind != .cancelled { failed(.trapped(trap)) }
            isCut = true
        }
        self.instance = nil
        handler.instances.giveBack(instance, isSound: trap == nil)
        if let trap { throw trap }
    }

    /// Streams into the log.
    private func makeStdio() -> Stdio {
        let log = GuestLog { [handler, id] in handler.log(id, $0) }
        return Stdio(
            input: InputStream(),
            output: OutputStream(GuestLogSink(log, isError: false)),
            error: OutputStream(GuestLogSink(log, isError: true))
        )
    }

    private func call(
        _ instance: ComponentInstance,
        _ context: WASIContext,
        _ task: GuestTask
    ) throws(Trap) {
        guard let function = instance.function(handler.component.handle) else {
            throw .host("`handle` is a function that the component imports")
        }
        instance.store.core.runLimits = handler.component.limits.runLimits
        task.store = instance.store.core
        defer { task.store = nil }
        let request = Own<IncomingRequest>(try context.table.push(IncomingRequest(exchange)))
        let outparam = Own<ResponseOutparam>(try context.table.push(ResponseOutparam(exchange)))
        _ = try function.call(request, outparam, returning: Unit.self)
    }

    // MARK: Afterwards

    private func ended(_ ending: GuestTask.Ending) {
        switch ending {
        case .returned:
            if !exchange.hasAnswer { failed(.unanswered) }
            exchange.fail(.internalServerError)
        case .trapped(let trap):
            if failure == nil { failed(.trapped(trap)) }
            exchange.fail(.internalServerError)
        case .cancelled(.deadline):
            let milliseconds = handler.component.limits.requestMilliseconds
            failed(.deadline(milliseconds: milliseconds))
            exchange.fail(.gatewayTimeout)
        case .cancelled(.abandoned):
            handler.meter.counts.wasAbandoned()
            exchange.fail(.serviceUnavailable)
        case .cancelled(.shutdown): exchange.fail(.serviceUnavailable)
        }
        task = nil
        handler.ended(self)
    }

    /// Logs and counts that the guest has failed, which is not answered for yet.
    func failed(_ event: LogRecord.Event) {
        failure = event
        handler.log(id, event)
        switch event {
        case .trapped(let trap): handler.meter.counts.trapped(trap.kind)
        case .deadline: handler.meter.counts.deadlineCame()
        case .unanswered, .refused, .unfinished: handler.meter.counts.gaveNoAnswer()
        case .noInstance: handler.meter.counts.refused(.noInstance, isAnswered: false)
        case .line, .overflow: break
        }
    }

    /// The guest let go of a response that was not finished.
    func droppedBody() {
        if !isCut { failed(.unfinished) }
    }

    /// Answers a request that no guest could be started for.
    func refuse(_ reason: String, _ fields: FieldLines) {
        failed(.noInstance(reason))
        exchange.fail(.serviceUnavailable, fields)
    }
}
