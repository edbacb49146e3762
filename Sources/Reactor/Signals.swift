import CLinux
import Glibc

/// The signals that end or reload the program, or have it open its logs again, read by a loop through
/// signalfd.
///
/// `Signals.block` must have been called before any thread was started.
package final class Signals: Watcher {
    private let loop: EventLoop
    private let descriptor: Int32
    private var registration: Registration?
    private let received: (Int32) -> Void

    /// Has `loop` call `received` with the number of each SIGTERM, SIGINT, SIGHUP and SIGUSR1.
    package init(_ loop: EventLoop, received: @escaping (Int32) -> Void) throws(SystemError) {
        self.loop = loop
        self.received = received
        descriptor = try checked("signalfd", virga_signals_open())
        registration = try loop.watch(descriptor, .readable, self)
    }

    deinit { close(descriptor) }

    /// Stops listening; the loop forgets this object.
    package func stop() {
        if let registration { loop.unwatch(descriptor, registration) }
        registration = nil
    }

    /// Keeps the signals from ending the process; they wait for a `Signals`.
    ///
    /// SIGPIPE is ignored.
    package static func block() {
        _ = virga_signals_block()
        virga_ignore_broken_pipe()
    }

    package func ready(_ readiness: Readiness) {
        let number = virga_signals_read(descriptor)
        if number > 0 { received(number) }
    }
}
