// Unsafe here: a pthread condition and its mutex, at addresses that do not move, destroyed after
// the threads that use them have been joined.
import Glibc

/// A few threads for work that blocks (files, name resolution), so that no loop does.
///
/// A job runs on a worker; what it returns is run on the loop that submitted it.
@safe
package final class WorkerPool: @unchecked Sendable {
    /// Work for a worker; the message it gives is posted to the submitter.
    package typealias Job = @Sendable () -> Mailbox.Message

    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private var jobs: [(Job, Mailbox)] = []
    private var isStopped = false
    private var threads: [LoopThread] = []
    private let limit: Int

    /// A pool of `count` threads.
    package init(threads count: Int, limits: LoopLimits = LoopLimits()) throws(SystemError) {
        limit = limits.queuedJobs
        unsafe pthread_mutex_init(mutex, nil)
        unsafe pthread_cond_init(condition, nil)
        for index in 0..<count {
            threads.append(
                try LoopThread(name: "worker-\(index)", core: nil) { [unowned self] in work() }
            )
        }
    }

    deinit {
        shutdown()
        unsafe pthread_cond_destroy(condition)
        unsafe pthread_mutex_destroy(mutex)
        unsafe condition.deallocate()
        unsafe mutex.deallocate()
    }

    /// Queues a job.
    ///
    /// False where too many wait already, or the pool is shut down.
    package func submit(from mailbox: Mailbox, _ job: @escaping Job) -> Bool {
        unsafe pthread_mutex_lock(mutex)
        defer { unsafe pthread_mutex_unlock(mutex) }
        guard !isStopped, jobs.count < limit else { return false }
        jobs.append((job, mailbox))
        unsafe pthread_cond_signal(condition)
        return true
    }

    /// Lets the running jobs end, drops the waiting ones, joins the threads.
    package func shutdown() {
        unsafe pthread_mutex_lock(mutex)
        isStopped = true
        jobs = []
        let joining = threads
        threads = []
        unsafe pthread_cond_broadcast(condition)
        unsafe pthread_mutex_unlock(mutex)
        for thread in joining { thread.join() }
    }

    private func work() {
        while let (job, mailbox) = next() { mailbox.post(job()) }
    }

    private func next() -> (Job, Mailbox)? {
        unsafe pthread_mutex_lock(mutex)
        defer { unsafe pthread_mutex_unlock(mutex) }
        while jobs.isEmpty && !isStopped { unsafe pthread_cond_wait(condition, mutex) }
        return isStopped ? nil : jobs.removeFirst()
    }
}
