import ComponentModel
import Fiber
import HTTP
import Reactor
import WASI
import Wasm

/// One request and the guest that answers it, from when an instance may be had until the guest returns.
final class GuestRequest {
    private let id: RequestID
    private let exchange: GuestExchange
    private let handler: IncomingHandler
    private let deadline: Instant
    private var task: GuestTask?
    private var isOver = false

    init(_ id: RequestID, _ exchange: Exchange, _ handler: IncomingHandler) {
        self.id = id
        self.handler = handler
        self.exchange = GuestExchange(
            exchange,
            on: handler.loop,
            limits: handler.component.limits.content
        )
        let milliseconds = handler.component.limits.requestMilliseconds
        deadline = Instant.now.after(milliseconds: milliseconds)
    }

    /// Has the guest run as soon as it is its turn; the loop drives it from then on.
    func start() {
        exchange.cancelled = { [unowned self] _ in cancel(.abandoned) }
        exchange.exceeded = { [unowned self] in exceeded($0) }
        handler.share.take(self)
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
        case .request: handler.log(id, .requestBody(limit: limits.request))
        case .response: handler.log(id, .responseBody(limit: limits.response))
        }
    }

    private func end() {
        isOver = true
        handler.ended(self)
    }

    // MARK: On the fiber

    private func run(_ task: GuestTask) throws(Trap) {
        let system = System(
            handler.component.system,
            for: task,
            workers: handler.workers,
            stdio: self.makeStdio()
        )
        let instance: ServedInstance
        do throws(ComponentPool.Failure) {
            instance = try handler.instances.take(system, handler.component.limits.runLimits)
        } catch {
            throw .host("no instance: \(error)")
        }
        var trap: Trap?
        do throws(Trap) {
            try call(instance.component, instance.context, task)
        } catch {
            trap = error
        }
        handler.instances.giveBack(instance, isSound: trap == nil)
        if let trap { throw trap }
    }

    /// Streams into the log.
    private func makeStdio() -> Stdio {
        let log = GuestLog(on: handler.loop) { [handler, id] in handler.log(id, $0) }
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
        task = nil
        switch ending {
        case .returned:
            if !exchange.hasAnswer { handler.log(id, .unanswered) }
            exchange.fail(.internalServerError)
        case .trapped(let trap) where trap.kind == .cpuTimeExceeded:
            handler.log(id, .cpuTime(microseconds: handler.component.limits.cpuMicroseconds ?? 0))
            exchange.fail(.gatewayTimeout)
        case .trapped(let trap):
            handler.log(id, .trapped(trap))
            exchange.fail(.internalServerError)
        case .cancelled(.deadline):
            let milliseconds = handler.component.limits.requestMilliseconds
            handler.log(id, .deadline(milliseconds: milliseconds))
            exchange.fail(.gatewayTimeout)
        case .cancelled(.abandoned), .cancelled(.shutdown): exchange.fail(.serviceUnavailable)
        }
        end()
    }

    private func refuse(_ reason: String) {
        handler.log(id, .noInstance(reason))
        exchange.fail(.serviceUnavailable, handler.refusal)
        end()
    }
}

extension GuestRequest: TurnTaker {
    var wantsTurn: Bool { !isOver }

    /// Runs the guest until it waits or its slice is over.
    func takeTurn() {
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
