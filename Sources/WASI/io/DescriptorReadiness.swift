import Glibc
import Reactor

/// Who waits for a descriptor of the system to be ready, on one loop.
///
/// The loop watches the descriptor while someone waits, and only then.
package final class DescriptorReadiness: Watcher {
    /// A direction that bytes go in.
    package enum Side { case input, output }

    let descriptor: SystemDescriptor
    private let loop: EventLoop
    private var registration: Registration?
    private var interest = Readiness.nothing
    private var readers = Waiters()
    private var writers = Waiters()
    /// Called when the descriptor takes bytes, for as long as it is there.
    var drain: (() -> Void)? { didSet { update() } }

    private static let retryMilliseconds = 10

    init(_ descriptor: SystemDescriptor, on loop: EventLoop) {
        self.descriptor = descriptor
        self.loop = loop
    }

    /// Whether the descriptor, its end or its error can be had without waiting.
    func isReady(_ side: Side) -> Bool {
        descriptor.isReady(side == .input ? POLLIN : POLLOUT)
    }

    func await(_ task: GuestTask, _ side: Side) {
        if side == .input { readers.add(task) } else { writers.add(task) }
        update()
    }

    func forget(_ task: GuestTask, _ side: Side) {
        if side == .input { readers.remove(task) } else { writers.remove(task) }
        update()
    }

    /// Has the loop watch for what is waited for.
    private func update() {
        var wanted = Readiness.nothing
        if !readers.isEmpty { wanted = wanted.with(.input) }
        if !writers.isEmpty || drain != nil { wanted = wanted.with(.writable) }
        guard wanted != interest else { return }
        interest = wanted
        if wanted == .nothing {
            if let registration { loop.unwatch(descriptor.number, registration) }
            registration = nil
        } else if let registration {
            loop.rewatch(descriptor.number, wanted, registration)
        } else {
            do throws(SystemError) {
                registration = try loop.watch(descriptor.number, wanted, self)
            } catch {
                // The kernel has no room for one more: whoever waits looks again a little later.
                interest = .nothing
                let again = loop.now.after(milliseconds: Self.retryMilliseconds)
                _ = loop.schedule(again, self)
            }
        }
    }

    package func ready(_ readiness: Readiness) {
        let isLost = readiness.has(.lost)
        if isLost || readiness.has(.input) { readers.wake() }
        if isLost || readiness.has(.writable) {
            drain?()
            writers.wake()
        }
    }

    package func timerFired(_ timer: TimerID) {
        readers.wake()
        drain?()
        writers.wake()
        update()
    }
}
