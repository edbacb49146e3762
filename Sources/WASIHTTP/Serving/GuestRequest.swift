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
    private let deadline: Instant
    private(set) var task: GuestTask?
    private var isOver = false
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
        self.exchange = GuestExchange(
            exchange,
            on: handler.loop,
            limits: handler.component.limits.content
        )
        let milliseconds = handler.component.limits.requestMilliseconds
        let now = Instant.now
        times = Times(arrived: arrived, now: now)
        deadline = now.after(milliseconds: milliseconds)
        self.exchange.request = self
    }

    /// Has the guest run as soon as it is its turn; the loop drives it from then on.
    func start() {
        exchange.cancelled = { [unowned self] _ in cancel(.abandoned) }
        exchange.exceeded = { [unowned self] in exceeded($0) }
        times.isDirect = times.isNew
        handler.share.take(self)
        times.isDirect = false
    }

    func cancel(_ reason: WASI.Cancellation) {
        if let task { return task.cancel(reason) }
        guard !isOver else { return }
        handler.share.withdraw()
        exchange.fail(.serviceUnavailable)
        end()
    }

    private func exceeded(_ message: OutgoingBody.Message) {
        let limits = handler.component.limits.content
        switch message {
        case .request: failed(.requestBody(limit: limits.request))
        case .response: failed(.responseBody(limit: limits.response))
        }
    }

    private func end() {
        isOver = true
        handler.ended(self)
    }

    // MARK: On the fiber

    private func run(_ task: GuestTask) throws(Trap) {
        if handler.development != nil { hostCalls = HostCallTrace() }
        let instance = try takeInstance(task)
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
            noteTrap(trap)
            isCut = true
        }
        self.instance = nil
        handler.instances.giveBack(instance, isSound: trap == nil)
        if let trap { throw trap }
    }

    /// An instance whose guest runs in `task`.
    private func takeInstance(_ task: GuestTask) throws(Trap) -> ServedInstance {
        let write = { [handler, id] in handler.log(id, $0) }
        if let kept = handler.instances.takeKept() {
            kept.context.system.goesOn(in: task)
            kept.context.system.hostCalls = hostCalls
            kept.log?.goesOn(write)
            return kept
        }
        let isKept = handler.component.limits.policy == .reuse
        let log = isKept ? GuestLog(on: handler.loop, write) : nil
        let system = System(
            handler.component.system,
            for: task,
            workers: handler.workers,
            stdio: (log ?? GuestLog(on: self.handler.loop, write)).stdio
        )
        system.hostCalls = hostCalls
        do throws(ComponentPool.Failure) {
            return try handler.instances.take(system, log, handler.component.limits.runLimits)
        } catch {
            throw .host("no instance: \(error)")
        }
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
        let request = Own<IncomingRequest>(try context.push(IncomingRequest(exchange)))
        let outparam = Own<ResponseOutparam>(try context.push(ResponseOutparam(exchange)))
        _ = try function.call(request, outparam, returning: Unit.self)
    }

    // MARK: Afterwards

    private func ended(_ ending: GuestTask.Ending) {
        switch ending {
        case .returned:
            if !exchange.hasAnswer { failed(.unanswered) }
            exchange.fail(.internalServerError)
        case .trapped(let trap):
            if !isCut { noteTrap(trap) }
            exchange.fail(trap.kind == .cpuTimeExceeded ? .gatewayTimeout : .internalServerError)
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
        end()
    }

    private func noteTrap(_ trap: Trap) {
        switch trap.kind {
        case .cancelled: break
        case .cpuTimeExceeded:
            failed(.cpuTime(microseconds: handler.component.limits.cpuMicroseconds ?? 0))
        default: failed(.trapped(trap))
        }
    }

    /// Logs and counts that the guest has failed, which is not answered for yet.
    func failed(_ event: LogRecord.Event) {
        failure = event
        handler.log(id, event)
        handler.meter.counts.failed(event)
    }

    /// The guest let go of a response that was not finished, or whose length is not what it declared.
    func droppedBody(_ length: (declared: UInt64, written: UInt64)?) {
        guard !isCut, failure == nil else { return }
        failed(length.map { .wrongLength(declared: $0.declared, written: $0.written) } ?? .unfinished)
    }

    private func refuse(_ reason: String) {
        failed(.noInstance(reason))
        exchange.fail(.serviceUnavailable, handler.refusal)
        end()
    }
}

extension GuestRequest: TurnTaker {
    var wantsTurn: Bool { !isOver }

    /// Runs the guest until it waits or its slice is over.
    func takeTurn() {
        times.started = times.isDirect ? times.arrived : Instant.now
        do throws(ComponentPool.Failure) {
            // On the loop's own stack, which is larger than a fiber's.
            try handler.instances.prepare()
        } catch {
            return refuse("\(error)")
        }
        do throws(FiberError) {
            let task = try GuestTask(
                on: handler.loop,
                fibers: handler.fibers,
                share: handler.share,
                deadline: deadline
            ) { [self] (task) throws(Trap) in
                try run(task)
            } ended: { [self] in
                ended($0)
            }
            self.task = task
            task.start()
        } catch {
            refuse("\(error)")
        }
    }
}
