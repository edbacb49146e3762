import CLinux
import Glibc
import Synchronization

/// Where other threads leave work for a loop: a queue behind a mutex and an eventfd that wakes it.
///
/// The only part of a loop that may be used from any thread.
package final class Mailbox: Sendable {
    /// A message: run once, on the loop's thread.
    package typealias Message = @Sendable (EventLoop) -> Void

    private struct Queue {
        var messages: [Message] = []
        var isClosed = false
    }

    private let queue = Mutex(Queue())
    let descriptor: Int32

    init() throws(SystemError) {
        descriptor = try checked("eventfd", virga_eventfd())
    }

    deinit { close(descriptor) }

    /// Leaves a message for the loop and wakes it.
    ///
    /// False where the loop has ended.
    @discardableResult
    package func post(_ message: @escaping Message) -> Bool {
        let (accepted, wakes) = queue.withLock { queue in
            guard !queue.isClosed else { return (false, false) }
            queue.messages.append(message)
            return (true, queue.messages.count == 1)
        }
        if wakes { _ = virga_eventfd_signal(descriptor) }
        return accepted
    }

    /// Takes at most `limit` messages; wakes the loop again if some are left.
    func take(_ limit: Int) -> [Message] {
        _ = virga_eventfd_clear(descriptor)
        let (taken, left) = queue.withLock { queue in
            if queue.messages.count <= limit {
                let all = queue.messages
                queue.messages = []
                return (all, false)
            }
            let some = Array(queue.messages.prefix(limit))
            queue.messages.removeFirst(limit)
            return (some, true)
        }
        if left { _ = virga_eventfd_signal(descriptor) }
        return taken
    }

    func end() {
        queue.withLock { queue in
            queue.isClosed = true
            queue.messages = []
        }
    }
}
