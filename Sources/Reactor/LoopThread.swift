// Threads that run loops. Unsafe here: the one pointer handed to pthread_create, retained before
// the call and released by the new thread.
import CLinux
import Glibc

/// A thread with a loop, pinned to a core where one is given.
package final class LoopThread: Sendable {
    private let thread: pthread_t

    private final class Start {
        let name: String
        let core: Int32?
        let body: @Sendable () -> Void
        init(_ name: String, _ core: Int32?, _ body: @escaping @Sendable () -> Void) {
            self.name = name
            self.core = core
            self.body = body
        }
    }

    /// Starts a thread called `name` (15 bytes at most) that runs `body`.
    package init(
        name: String,
        core: Int32?,
        body: @escaping @Sendable () -> Void
    ) throws(SystemError) {
        let start = unsafe Unmanaged.passRetained(Start(name, core, body))
        var made: pthread_t = 0
        let code = unsafe pthread_create(
            &made,
            nil,
            { argument in
                guard let argument = unsafe argument else { return nil }
                let start = unsafe Unmanaged<Start>.fromOpaque(argument).takeRetainedValue()
                unsafe virga_name_thread(start.name)
                if let core = start.core { _ = virga_pin_thread(core) }
                start.body()
                return nil
            },
            start.toOpaque()
        )
        guard code == 0 else {
            unsafe start.release()
            throw SystemError("pthread_create", code)
        }
        thread = made
    }

    /// Waits until the thread has ended.
    package func join() { pthread_join(thread, nil) }

    /// The cores that this process may use, in order.
    package static var cores: [Int32] {
        (0..<max(0, virga_core_count())).map { virga_core_at($0) }.filter { $0 >= 0 }
    }
}
