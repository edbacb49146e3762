/// The limits of files that the host serves itself.
enum StaticFileLimits {
    /// A file up to this size is read and sent with its head by one write.
    static let wholeBytes: UInt64 = 32_768
    /// What is read of a file at a time where the kernel cannot send it.
    static let pieceBytes = 65_536
    /// Ranges of one request, beyond which the whole file is sent (RFC 9110 section 14.2).
    static let ranges = 64
    /// Attempts to open a path whose directories are renamed meanwhile.
    static let pathResolutions = 8
}
