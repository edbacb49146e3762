/// Counts of times by their size, as Prometheus has histograms.
package struct LatencyHistogram: Hashable, Sendable {
    /// The greatest time of each bucket but the last, which has no greatest; nanoseconds.
    package static let bounds: [UInt64] = [
        50_000, 100_000, 250_000, 500_000,
        1_000_000, 2_500_000, 5_000_000, 10_000_000, 25_000_000, 50_000_000,
        100_000_000, 250_000_000, 500_000_000, 1_000_000_000, 2_500_000_000, 5_000_000_000,
        10_000_000_000, 30_000_000_000,
    ]

    /// How many times were in each bucket and not in one before it.
    package private(set) var counts = [UInt64](repeating: 0, count: bounds.count + 1)
    /// All times together, in nanoseconds.
    package private(set) var sum: UInt64 = 0

    package init() {}

    /// How many times were counted.
    package var count: UInt64 { counts.reduce(0, +) }

    /// Counts a time of so many nanoseconds.
    package mutating func count(_ nanoseconds: UInt64) {
        var bucket = 0
        while bucket < LatencyHistogram.bounds.count, nanoseconds > LatencyHistogram.bounds[bucket] {
            bucket += 1
        }
        counts[bucket] += 1
        sum &+= nanoseconds
    }

    /// Adds what another has counted.
    package mutating func add(_ other: LatencyHistogram) {
        for bucket in counts.indices { counts[bucket] += other.counts[bucket] }
        sum &+= other.sum
    }
}
