import Glibc

/// A time and date.
/// Spec: wasi:clocks/wall-clock#datetime
package struct Datetime: Hashable, Sendable {
    /// Seconds since 1970-01-01T00:00:00Z.
    package var seconds: UInt64
    /// Below 1,000,000,000.
    package var nanoseconds: UInt32

    package init(seconds: UInt64, nanoseconds: UInt32) {
        self.seconds = seconds
        self.nanoseconds = nanoseconds
    }

    /// The kernel's time; nil before 1970.
    init?(_ time: timespec) {
        guard time.tv_sec >= 0 else { return nil }
        self.init(
            seconds: UInt64(time.tv_sec),
            nanoseconds: UInt32(truncatingIfNeeded: time.tv_nsec)
        )
    }

    /// Nanoseconds since 1970; nil where 64 bits do not hold them.
    package var timestamp: UInt64? {
        let (product, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        let (sum, carry) = product.addingReportingOverflow(UInt64(nanoseconds))
        return overflow || carry ? nil : sum
    }

    /// A time in nanoseconds since 1970.
    package init(timestamp: UInt64) {
        self.init(
            seconds: timestamp / 1_000_000_000,
            nanoseconds: UInt32(timestamp % 1_000_000_000)
        )
    }
}

/// The clock on the wall, which someone may set.
/// Spec: wasi:clocks/wall-clock
package struct WallClock: Sendable {
    package init() {}

    /// The time now.
    package var now: Datetime {
        var time = timespec()
        unsafe clock_gettime(CLOCK_REALTIME, &time)
        return Datetime(time) ?? Datetime(seconds: 0, nanoseconds: 0)
    }

    /// How far apart two readings are at least.
    package var resolution: Datetime {
        Datetime(timestamp: ClockResolution.nanoseconds(CLOCK_REALTIME))
    }
}
