import Reactor
import Synchronization

/// Work that may block, done by a worker; ready when it is done.
///
/// It belongs to its loop's thread, and the loop keeps it until the work is done. The worker has only
/// the work, a cell for what it gives, and the name under which the loop knows the job.
package final class Job<Output: Sendable>: Pollable, Watcher {
    private final class Cell: Sendable {
        let value = Mutex<Output?>(nil)
    }

    private let loop: EventLoop
    private let workers: WorkerPool?
    private let work: @Sendable () -> Output
    private let cell = Cell()
    private var registration: Registration?
    private var waiters = Waiters()
    private var ended: (() -> Void)?
    /// What the work gave, once it is done.
    package private(set) var output: Output?

    /// A job that is submitted at once, or as soon as the pool has room for it; without a pool it is
    /// done here and now.
    package init(
        on loop: EventLoop,
        _ workers: WorkerPool?,
        _ work: @escaping @Sendable () -> Output
    ) {
        self.loop = loop
        self.workers = workers
        self.work = work
        submit()
    }

    /// A job that may wait for others; nil where too many such wait already. `ended` is called when it is
    /// done, whether or not anybody has waited for it.
    package init?(
        long work: @escaping @Sendable () -> Output,
        on loop: EventLoop,
        _ workers: WorkerPool?,
        ended: @escaping () -> Void
    ) {
        self.loop = loop
        self.workers = workers
        self.work = work
        self.ended = ended
        guard let workers else {
            output = work()
            ended()
            return
        }
        guard hand(to: workers, .long) else {
            forgetRegistration()
            return nil
        }
    }

    /// Has a worker do the work; false where there is no room for it.
    private func hand(to workers: WorkerPool, _ length: WorkerPool.Length) -> Bool {
        let registration = registration ?? loop.register(self)
        self.registration = registration
        return workers.submit(from: loop.mailbox, length) { [cell, work] in
            let output = work()
            cell.value.withLock { $0 = output }
            return { $0.notify(registration) }
        }
    }

    private func forgetRegistration() {
        if let registration { loop.forget(registration) }
        registration = nil
    }

    private func submit() {
        guard let workers else {
            output = work()
            return
        }
        guard !hand(to: workers, .short) else { return }
        let again = Instant.now.after(milliseconds: WASILimits.refusedJobMilliseconds)
        _ = loop.schedule(again, self)
    }

    package var isReady: Bool { output != nil }
    package func await(_ task: GuestTask) { waiters.add(task) }
    package func forget(_ task: GuestTask) { waiters.remove(task) }

    package func timerFired(_ timer: TimerID) { submit() }

    package func ready(_ readiness: Readiness) {
        output = cell.value.withLock { $0 }
        forgetRegistration()
        waiters.wake()
        ended?()
    }
}
