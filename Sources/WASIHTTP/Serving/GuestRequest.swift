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
    private var task: GuestTask?

    init(_ id: RequestID, _ exchange: Exchange, _ handler: IncomingHandler) {
        self.id = id
        self.handler = handler
        self.exchange = GuestExchange(exchange, on: handler.loop)
    }

    /// Runs the guest until it waits or its slice is over; the loop drives it from then on.
    func start() {
        let milliseconds = handler.component.limits.requestMilliseconds
        do throws(FiberError) {
            let task = try GuestTask(
                on: handler.loop,
                fibers: handler.fibers,
                deadline: Instant.now.after(milliseconds: milliseconds)
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
            refuse("\(error)")
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
        task = nil
        switch ending {
        case .returned:
            if !exchange.hasAnswer { handler.log(id, .unanswered) }
            exchange.fail(.internalServerError)
        case .trapped(let trap):
            handler.log(id, .trapped(trap))
            exchange.fail(.internalServerError)
        case .cancelled(.deadline):
            let milliseconds = handler.component.limits.requestMilliseconds
            handler.log(id, .deadline(milliseconds: milliseconds))
            exchange.fail(.gatewayTimeout)
        case .cancelled(.abandoned), .cancelled(.shutdown): exchange.fail(.serviceUnavailable)
        }
        handler.ended(self)
    }

    private func refuse(_ reason: String) {
        handler.log(id, .noInstance(reason))
        exchange.fail(.serviceUnavailable)
    }
}
