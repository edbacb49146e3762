import Glibc
import Reactor

/// A clock that only goes forward. It begins a second after its zero when its guest does, so that no
/// guest learns how long the machine has run.
///
/// Spec: wasi:clocks/monotonic-clock
package struct MonotonicClock {
    private let loop: EventLoop
    private let origin: UInt64

    package init(on loop: EventLoop) {
        self.loop = loop
        origin = Instant.now.nanoseconds &- 1_000_000_000
    }

    /// Nanoseconds since the clock's zero.
    package var now: UInt64 { Instant.now.nanoseconds &- origin }

    /// Nanoseconds of a tick.
    package var resolution: UInt64 { ClockResolution.nanoseconds(CLOCK_MONOTONIC) }

    /// Ready from `instant` on.
    package func subscribeInstant(_ instant: UInt64) -> any Pollable {
        let (when, overflow) = origin.addingReportingOverflow(instant)
        return Timer(on: loop, at: overflow ? .distantFuture : Instant(nanoseconds: when))
    }

    /// Ready `duration` nanoseconds from now on.
    package func subscribeDuration(_ duration: UInt64) -> any Pollable {
        let (when, overflow) = Instant.now.nanoseconds.addingReportingOverflow(duration)
        return Timer(on: loop, at: overflow ? .distantFuture : Instant(nanoseconds: when))
    }
}

/// What the kernel says of its clocks.
enum ClockResolution {
    static func nanoseconds(_ clock: clockid_t) -> UInt64 {
        var time = timespec()
        guard unsafe clock_getres(clock, &time) == 0 else { return 1 }
        return UInt64(time.tv_sec) &* 1_000_000_000 &+ UInt64(time.tv_nsec)
    }
}

/// Ready from an instant on.
final class Timer: Pollable, Watcher {
    private let loop: EventLoop
    private let instant: Instant
    private var scheduled: TimerID?
    private var waiters = Waiters()

    init(on loop: EventLoop, at instant: Instant) {
        self.loop = loop
        self.instant = instant
    }

    var isReady: Bool { Instant.now >= instant }

    func await(_ task: GuestTask) {
        waiters.add(task)
        if scheduled == nil && instant < .distantFuture { scheduled = loop.schedule(instant, self) }
    }

    func forget(_ task: GuestTask) {
        waiters.remove(task)
        guard waiters.isEmpty, let timer = scheduled else { return }
        loop.cancel(timer)
        scheduled = nil
    }

    func ready(_ readiness: Readiness) {}

    func timerFired(_ timer: TimerID) {
        scheduled = nil
        waiters.wake()
    }
}
