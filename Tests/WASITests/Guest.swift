import Fiber
import Glibc
import Reactor
import Testing
import Wasm

@testable import WASI

/// What the suites share: a loop with fibers and workers, on the test's own thread, and guests whose
/// bodies are Swift.
final class Guests {
    let loop: EventLoop
    let fibers = FiberPool()
    let workers: WorkerPool
    var configuration = SystemConfiguration()
    var stdio = Stdio.none

    init() throws {
        loop = try EventLoop()
        workers = try WorkerPool(threads: 2)
    }

    deinit { workers.shutdown() }

    /// A task that has a system.
    func task(
        deadline: Instant? = nil,
        ended: @escaping (GuestTask.Ending) -> Void = { _ in },
        _ body: @escaping (System) throws(Trap) -> Void
    ) throws -> GuestTask {
        try GuestTask(
            on: loop,
            fibers: fibers,
            deadline: deadline,
            { [configuration, workers, stdio] (task) throws(Trap) in
                try body(System(configuration, for: task, workers: workers, stdio: stdio))
            },
            ended: ended
        )
    }

    /// Runs a body to its end.
    func run(
        deadline: Instant? = nil,
        _ body: @escaping (System) throws(Trap) -> Void
    ) throws -> GuestTask.Ending {
        var ending: GuestTask.Ending?
        let task = try task(deadline: deadline, ended: { ending = $0 }, body)
        task.start()
        let limit = Instant.now.after(milliseconds: 20_000)
        while ending == nil && Instant.now < limit { loop.turn(atMost: 100) }
        return try #require(ending, "the guest did not end")
    }

    /// Runs a body that must return; what it gives.
    func result<Value>(_ body: @escaping (System) throws(Trap) -> Value) throws -> Value {
        var value: Value?
        let ending = try run { (system) throws(Trap) in value = try body(system) }
        return try #require(value, "\(ending)")
    }

    /// Lets the loop run for a while.
    func turn(milliseconds: Int = 20) {
        let limit = Instant.now.after(milliseconds: milliseconds)
        while Instant.now < limit { loop.turn(atMost: 5) }
    }
}

/// Ready when it is told so.
final class Event: Pollable {
    private var waiters = Waiters()
    private(set) var isReady = false
    /// How many wait.
    private(set) var waiting = 0

    func raise() {
        isReady = true
        waiters.wake()
    }

    /// Wakes who waits, though nothing has come.
    func wakeForNothing() { waiters.wake() }

    func await(_ task: GuestTask) {
        waiters.add(task)
        waiting += 1
    }

    func forget(_ task: GuestTask) {
        waiters.remove(task)
        waiting -= 1
    }
}

extension GuestTask.Ending {
    var isReturned: Bool { if case .returned = self { true } else { false } }
    var cancellation: Cancellation? {
        if case .cancelled(let reason) = self { reason } else { nil }
    }
    var trap: Trap? { if case .trapped(let trap) = self { trap } else { nil } }
}

extension Result {
    var value: Success? { try? get() }
    var error: Failure? { if case .failure(let error) = self { error } else { nil } }
}

extension StreamError {
    var isClosed: Bool { if case .closed = self { true } else { false } }
    var failure: IOError? { if case .lastOperationFailed(let error) = self { error } else { nil } }
}

/// Calls `body` with the bytes of a string.
func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }
