import Glibc

/// A point of the monotonic clock, in nanoseconds since the machine started.
package struct Instant: Comparable, Sendable {
    /// Nanoseconds.
    package var nanoseconds: UInt64

    /// The point `nanoseconds` after the machine started.
    @inlinable package init(nanoseconds: UInt64) { self.nanoseconds = nanoseconds }

    /// A point that is never reached.
    package static let distantFuture = Instant(nanoseconds: .max)

    /// The clock's reading (`clock_gettime`, answered without a system call).
    package static var now: Instant {
        var time = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return Instant(nanoseconds: UInt64(time.tv_sec) &* 1_000_000_000 &+ UInt64(time.tv_nsec))
    }

    /// Seconds since 1970, for dates.
    package static var wallSeconds: Int {
        var time = timespec()
        unsafe clock_gettime(CLOCK_REALTIME_COARSE, &time)
        return time.tv_sec
    }

    /// This point and `milliseconds` more, saturating.
    @inlinable package func after(milliseconds: Int) -> Instant {
        guard milliseconds < 1 << 40 else { return Instant(nanoseconds: .max) }
        let (sum, overflow) = nanoseconds.addingReportingOverflow(
            UInt64(max(0, milliseconds)) &* 1_000_000
        )
        return Instant(nanoseconds: overflow ? .max : sum)
    }

    /// Nanoseconds from `earlier` to this point; 0 where `earlier` is not earlier.
    @inlinable package func since(_ earlier: Instant) -> UInt64 {
        nanoseconds > earlier.nanoseconds ? nanoseconds &- earlier.nanoseconds : 0
    }

    @inlinable package static func < (left: Instant, right: Instant) -> Bool {
        left.nanoseconds < right.nanoseconds
    }
}
