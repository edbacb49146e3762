// Unsafe here: a pthread condition and its mutex, at addresses that do not move, destroyed when the
// last thread that uses them has let them go.
import Glibc

/// A few threads for work that blocks (files, name resolution), so that no loop does.
///
/// A job runs on a worker; what it returns is run on the loop that submitted it. A pool that is let go
/// shuts down first.
package final class WorkerPool: Sendable {
    /// Work for a worker; the message it gives is posted to the submitter.
    package typealias Job = @Sendable () -> Mailbox.Message

    /// How long work may take. What may wait for others (a look-up of a name) has at most half of the
    /// threads, so that what waits for a disk alone finds one.
    package enum Length: Sendable { case short, long }

    private let queue: JobQueue

    /// A pool of `count` threads.
    package init(threads count: Int, limits: LoopLimits = LoopLimits()) throws(SystemError) {
        let queue = JobQueue(
            limit: limits.queuedJobs, longLimit: limits.queuedLongJobs, longThreads: max(1, count / 2))
        self.queue = queue
        do throws(SystemError) {
            for index in 0..<count {
                // A thread may begin when the pool is gone again: it has the queue, not the pool.
                queue.add(try LoopThread(name: "worker-\(index)", core: nil) { queue.work() })
            }
        } catch {
            queue.stop()
            throw error
        }
    }

    deinit { queue.stop() }

    /// Queues a job.
    ///
    /// False where too many wait already, or the pool is shut down.
    package func submit(
        from mailbox: Mailbox, _ length: Length = .short, _ job: @escaping Job
    ) -> Bool {
        queue.submit(job, mailbox, length)
    }

    /// Lets the running jobs end, drops the waiting ones, joins the threads.
    package func shutdown() { queue.stop() }
}

/// Jobs that wait, and the threads that take them.
@safe
private final class JobQueue: @unchecked Sendable {
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private typealias Entry = (job: WorkerPool.Job, mailbox: Mailbox)

    private var jobs: [Entry] = []
    private var longJobs: [Entry] = []
    /// Threads that do long work now.
    private var longCount = 0
    private var isStopped = false
    private var threads: [LoopThread] = []
    private let limit: Int
    private let longLimit: Int
    private let longThreads: Int

    init(limit: Int, longLimit: Int, longThreads: Int) {
        self.limit = limit
        self.longLimit = longLimit
        self.longThreads = longThreads
        unsafe pthread_mutex_init(mutex, nil)
        unsafe pthread_cond_init(condition, nil)
    }

    deinit {
        unsafe pthread_cond_destroy(condition)
        unsafe pthread_mutex_destroy(mutex)
        unsafe condition.deallocate()
        unsafe mutex.deallocate()
    }

    func add(_ thread: LoopThread) {
        unsafe pthread_mutex_lock(mutex)
        defer { unsafe pthread_mutex_unlock(mutex) }
        threads.append(thread)
    }

    func submit(
        _ job: @escaping WorkerPool.Job, _ mailbox: Mailbox, _ length: WorkerPool.Length
    ) -> Bool {
        unsafe pthread_mutex_lock(mutex)
        defer { unsafe pthread_mutex_unlock(mutex) }
        guard !isStopped else { return false }
        switch length {
        case .short:
            guard jobs.count < limit else { return false }
            jobs.append((job, mailbox))
        case .long:
            guard longJobs.count < longLimit else { return false }
            longJobs.append((job, mailbox))
        }
        unsafe pthread_cond_signal(condition)
        return true
    }

    func stop() {
        unsafe pthread_mutex_lock(mutex)
        isStopped = true
        let (dropped, joining) = (jobs + longJobs, threads)
        jobs = []
        longJobs = []
        threads = []
        unsafe pthread_cond_broadcast(condition)
        unsafe pthread_mutex_unlock(mutex)
        // What a job holds ends outside the lock: it may submit another.
        _ = consume dropped
        for thread in joining { thread.join() }
    }

    func work() {
        while let (entry, length) = next() {
            entry.mailbox.post(entry.job())
            if length == .long { endLong() }
        }
    }

    private func next() -> (Entry, WorkerPool.Length)? {
        unsafe pthread_mutex_lock(mutex)
        defer { unsafe pthread_mutex_unlock(mutex) }
        while !isStopped {
            if !jobs.isEmpty { return (jobs.removeFirst(), .short) }
            if !longJobs.isEmpty, longCount < longThreads {
                longCount += 1
                return (longJobs.removeFirst(), .long)
            }
            unsafe pthread_cond_wait(condition, mutex)
        }
        return nil
    }

    private func endLong() {
        unsafe pthread_mutex_lock(mutex)
        defer { unsafe pthread_mutex_unlock(mutex) }
        longCount -= 1
        if !longJobs.isEmpty { unsafe pthread_cond_signal(condition) }
    }
}
