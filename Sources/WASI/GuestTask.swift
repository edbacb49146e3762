import Fiber
import Reactor
import Wasm

/// Why a task was ended before it had returned.
package enum Cancellation: Hashable, Sendable {
    /// Whoever wanted the result is gone.
    case abandoned
    /// Its time is over.
    case deadline
    /// A person or the system asked the program to stop.
    case shutdown
}

/// The driver of one guest's activation on a loop: it runs a body on a fiber, resumes it when what it
/// waits for is there, and tells how it ended.
///
/// It belongs to its loop's thread. From `start` to its end it keeps itself alive, so that a fiber is
/// never dropped. A body that waits is resumed at the end of the turn in which it was woken, one whose
/// slice is over behind the events that are ready; both when it is their turn (`GuestLoad`).
package final class GuestTask {
    /// How a task ended.
    package enum Ending: Sendable {
        case returned
        case trapped(Trap)
        case cancelled(Cancellation)
    }

    /// What a task runs; what it throws is the task's ending.
    package typealias Body = (GuestTask) throws(Trap) -> Void

    private enum State {
        case created
        case running
        /// It will be resumed when it is its turn.
        case queued
        /// It is resumed when it is woken.
        case waiting
        case ended
    }

    /// The loop that drives it.
    package let loop: EventLoop
    /// The store that its guest runs in, whose processor time stands still while the task waits.
    package var store: Store?

    /// Nanoseconds for which it was suspended.
    package private(set) var waited: UInt64 = 0
    private var suspended = Instant(nanoseconds: 0)

    private let run: Run
    private let fiber: Fiber
    private let share: GuestShare
    private var state = State.created
    private var isWoken = false
    private var cancellation: Cancellation?
    private var deadline: Instant?
    private var timer: TimerID?
    private var ended: ((Ending) -> Void)?
    /// Itself while it lives on a fiber.
    private var anchor: GuestTask?

    /// The body and what became of it: what the fiber holds, which must not hold the task.
    private final class Run {
        var body: Body?
        unowned var task: GuestTask?
        var trap: Trap?

        init(_ body: @escaping Body) { self.body = body }

        func execute() {
            guard let body, let task else { return }
            do throws(Trap) {
                try body(task)
            } catch {
                trap = error
            }
            self.body = nil
        }
    }

    /// A task that has not started. `ended` is called once, on the loop's thread, after the body has
    /// returned or thrown. The body is ended at `deadline`, if it waits or lets others run then. It takes
    /// turns with the other guests of the loop by its `share`; without one, with none.
    ///
    /// Throws where there is no stack for it.
    package init(
        on loop: EventLoop,
        fibers: FiberPool,
        share: GuestShare? = nil,
        deadline: Instant? = nil,
        _ body: @escaping Body,
        ended: @escaping (Ending) -> Void
    ) throws(FiberError) {
        let run = Run(body)
        fiber = try Fiber(on: fibers) { () throws(Cancelled) in
            run.execute()
            return 0
        }
        self.run = run
        self.loop = loop
        self.share = share ?? GuestShare(on: loop)
        self.deadline = deadline
        self.ended = ended
    }

    /// Whether it has ended.
    package var hasEnded: Bool { state == .ended }

    /// Runs the body until it waits or ends; what it does afterwards the loop drives.
    package func start() {
        guard state == .created else { return }
        anchor = self
        run.task = self
        if let deadline { timer = loop.schedule(deadline, self) }
        resume()
    }

    /// Has the task look again at what it waits for, at the end of this turn.
    package func wake() {
        isWoken = true
        if state == .waiting { queue() }
    }

    /// Ends the task: what it waits for throws, and so does all that it tries to wait for afterwards.
    ///
    /// When this returns the task has ended, unless it was called on the task's own fiber.
    package func cancel(_ reason: Cancellation) {
        guard state != .ended, cancellation == nil else { return }
        cancellation = reason
        if state == .running {
            fiber.cancel()
        } else {
            if state == .queued || state == .waiting { waited += Instant.now.since(suspended) }
            if state == .queued { share.withdraw() }
            state = .running
            fiber.cancel()
            end()
        }
    }

    private func queue() {
        state = .queued
        share.append(self)
    }

    private func resume() {
        state = .running
        switch fiber.resume() {
        case .suspended(let reason):
            suspended = Instant.now
            if reason == Suspension.slice || isWoken { queue() } else { state = .waiting }
        case .finished, .cancelled: end()
        }
    }

    private func end() {
        state = .ended
        if let timer { loop.cancel(timer) }
        timer = nil
        let ended = self.ended
        self.ended = nil
        run.body = nil
        store = nil
        anchor = nil
        ended?(ending)
    }

    private var ending: Ending {
        switch (run.trap, cancellation) {
        case (nil, let reason?) where run.task == nil: .cancelled(reason)
        case (nil, _): .returned
        case (let trap?, let reason?) where trap.kind == .cancelled: .cancelled(reason)
        case (let trap?, _): .trapped(trap)
        }
    }
}

@available(*, unavailable)
extension GuestTask: Sendable {}

extension GuestTask: Watcher {
    package func ready(_ readiness: Readiness) { wake() }

    package func timerFired(_ timer: TimerID) {
        self.timer = nil
        cancel(.deadline)
    }
}

extension GuestTask: TurnTaker {
    package var wantsTurn: Bool { state == .queued }
    package func takeTurn() {
        waited += Instant.now.since(suspended)
        resume()
    }
}

// MARK: Within the body

extension GuestTask {
    /// Gives the loop back until the task is woken, perhaps for nothing.
    ///
    /// Throws `cancelled` once the task is. Nothing is held over it (`Fiber`).
    private func suspend() throws(Trap) {
        if let store {
            _ = try store.suspend(0)
        } else {
            do throws(Cancelled) {
                _ = try Fiber.suspend(0)
            } catch {
                throw Trap(.cancelled)
            }
        }
    }

    /// Lets what else is ready on the loop run.
    package func yield() throws(Trap) {
        isWoken = true
        try suspend()
    }

    /// Waits until `pollable` is ready.
    package func block(on pollable: any Pollable) throws(Trap) {
        while true {
            isWoken = false
            if pollable.isReady { return }
            pollable.await(self)
            defer { pollable.forget(self) }
            try suspend()
        }
    }

    /// Waits until at least one of `pollables` is ready; the places of those that are.
    ///
    /// Traps where there are none, or more than `WASILimits.pollables`.
    /// Spec: wasi:io/poll#poll
    package func poll(_ pollables: [any Pollable]) throws(Trap) -> [UInt32] {
        guard !pollables.isEmpty else { throw .host("poll: the list of pollables is empty") }
        guard pollables.count <= WASILimits.pollables else {
            throw .host("poll: \(pollables.count) pollables are over \(WASILimits.pollables)")
        }
        while true {
            isWoken = false
            let ready = pollables.indices.filter { pollables[$0].isReady }
            guard ready.isEmpty else { return ready.map { UInt32($0) } }
            for pollable in pollables { pollable.await(self) }
            defer { for pollable in pollables { pollable.forget(self) } }
            try suspend()
        }
    }

    /// Does work that may block on one of `workers`, and waits for it; where there are none, does it at
    /// once on this thread.
    package func perform<Output: Sendable>(
        _ workers: WorkerPool?,
        _ work: @escaping @Sendable () -> Output
    ) throws(Trap) -> Output {
        let job = Job(on: loop, workers, work)
        while true {
            if let output = job.output { return output }
            try block(on: job)
        }
    }
}
