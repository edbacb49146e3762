/// The bounds of what one guest may hold of the system, and of what one call may move.
package enum WASILimits {
    /// Bytes that one read of a stream or a file gives at most.
    package static let readBytes = 256 << 10
    /// Bytes that one write of a file takes at most; the rest is the guest's to write again.
    package static let writeBytes = 256 << 10
    /// Bytes that an output stream permits at once.
    package static let permittedBytes = 64 << 10
    /// Bytes of `blocking-write-and-flush` and `blocking-write-zeroes-and-flush`.
    package static let blockingWriteBytes = 4_096
    /// Bytes that a file's stream reads ahead of the guest.
    package static let readAheadBytes = 64 << 10
    /// Pollables of one `poll`, subscriptions of one `poll_oneoff`.
    package static let pollables = 4_096
    /// Bytes of randomness that one call gives.
    package static let randomBytes = 1 << 20
    /// Times that a path is resolved anew when something on its way is renamed meanwhile.
    package static let pathResolutions = 128
    /// Bytes of names that one read of a directory takes from the system.
    package static let directoryBytes = 32 << 10
    /// Milliseconds until a job is submitted again that the worker pool had no room for.
    package static let refusedJobMilliseconds = 1
}
