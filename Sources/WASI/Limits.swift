/// The bounds of what one guest may hold of the system, and of what one call may move.
package enum WASILimits {
    /// Nanoseconds that guests take turns on a loop until it looks at its events again; the turn that is
    /// being taken then ends with its slice.
    package static let turnNanoseconds: UInt64 = 1_000_000
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
    /// What a guest has open at once: of its descriptors, and streams of directories.
    package static let openFiles = 256
    /// Buffers of one read or write of preview 1.
    package static let buffers = 1_024
    /// Bytes of a path that is read from a guest's memory.
    package static let pathBytes = 4_096
    /// Pollables of one `poll`, subscriptions of one `poll_oneoff`.
    package static let pollables = 4_096
    /// Bytes of randomness that one call gives.
    package static let randomBytes = 1 << 20
    /// Objects that one guest may have handles to.
    package static let resources = 65_536
    /// Bytes that an object counts for which holds nothing more.
    package static let resourceBytes: UInt32 = 256
    /// Bytes that the host holds for a guest beyond the limit of its memory.
    package static let allowedBytes: UInt64 = 256 << 10
    /// Times that a path is resolved anew when something on its way is renamed meanwhile.
    package static let pathResolutions = 128
    /// Bytes of names that one read of a directory takes from the system.
    package static let directoryBytes = 32 << 10
    /// Sockets that a guest has at once.
    package static let sockets = 256
    /// Names that are looked up for a guest at once.
    package static let lookUps = 8
    /// Pairs of a name and an address that are remembered of a guest's look-ups.
    package static let notedNames = 4_096
    /// Connections that wait to be accepted: unless the guest says how many, and at most.
    package static let backlog: Int32 = 128
    package static let mostBacklog = 4_096
    /// Datagrams that are received or sent at once.
    package static let datagrams = 64
    /// Bytes of a datagram, which no network takes more of.
    package static let datagramBytes = 65_535
    /// Calls of the host that are kept of a guest that is traced, and bytes of each string in them.
    package static let tracedCalls = 40
    package static let tracedBytes = 60
    /// Milliseconds until a job is submitted again that the worker pool had no room for.
    package static let refusedJobMilliseconds = 1
}
