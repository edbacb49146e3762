import ComponentModel
import Fiber
import HTTP
import Reactor
import WASI
import Wasm

/// One request and the guest that answers it, from when there is an instance until the guest returns.
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
        let deadline = Instant.now.after(milliseconds: milliseconds)
        do throws(FiberError) {
            let task = try GuestTask(
                on: handler.loop, fibers: handler.fibers, deadline: deadline,
                { [self] (task) throws(Trap) in try run(task) }, ended: { [self] in ended($0) })
            task.load = handler.load
            self.task = task
            exchange.cancelled = { [unowned task] _ in task.cancel(.abandoned) }
            task.start()
        } catch {
            handler.log(id, .noInstance("\(error)"))
            exchange.fail(.serviceUnavailable)
            handler.ended(self)
        }
    }

    func cancel(_ reason: WASI.Cancellation) { task?.cancel(reason) }

    // MARK: On the fiber

    private func run(_ task: GuestTask) throws(Trap) {
        let context = makeContext(task)
        let lease: ComponentLease
        do throws(ComponentPool.Failure) {
            lease = try handler.pool.take(context: context)
        } catch {
            throw .host("no instance: \(error)")
        }
        do throws(Trap) {
            try call(lease.instance, context, task)
        } catch {
            giveBack(lease)
            throw error
        }
        giveBack(lease)
    }
}
