// Unsafe here: sets of signals and a time, each a variable of its own, for the time of a call.

import Glibc
import Reactor
import Synchronization

/// Ends the program at SIGINT and SIGTERM while it starts: while it loads, nobody else looks at them.
final class StartSignals: Sendable {
    /// Whether the server takes the signals by now.
    private let isOver = Atomic<Bool>(false)

    /// Blocks the signals, as a server wants it, and waits for them on a thread of its own. Must be
    /// called before any other thread is made. `ending` is called before the program ends.
    init(ending: @escaping @Sendable () -> Void = {}) throws(SystemError) {
        Signals.block()
        _ = try LoopThread(name: "virga-start", core: nil) { [self] in
            while !isOver.load(ordering: .acquiring) {
                let number = StartSignals.next()
                guard number > 0 else { continue }
                // It came while the server began to listen for it.
                guard !isOver.load(ordering: .acquiring) else {
                    kill(getpid(), number)
                    return
                }
                ending()
                _exit(128 + number)
            }
        }
    }

    /// Leaves the signals to the server, which listens for them by now.
    func end() { isOver.store(true, ordering: .releasing) }

    /// The next signal; below 0 where none comes for a moment.
    private static func next() -> Int32 {
        var wanted = sigset_t()
        unsafe sigemptyset(&wanted)
        unsafe sigaddset(&wanted, SIGINT)
        unsafe sigaddset(&wanted, SIGTERM)
        var moment = timespec(tv_sec: 0, tv_nsec: 100_000_000)
        return unsafe sigtimedwait(&wanted, nil, &moment)
    }
}
