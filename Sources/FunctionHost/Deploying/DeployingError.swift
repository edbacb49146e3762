import Digest

/// Why something that was asked of the admin socket is not done. Nothing has changed then.
package enum DeployingError: Error, Equatable {
    /// An upload is not what it should be: of another format, cut off, with a wrong digest.
    case malformed(String)
    /// Something is more than a limit.
    case overLimit(String)
    /// Files that are neither sent nor there.
    case missing([SHA256Digest])
    /// The app cannot be served: all that is wrong with it.
    case refused(String)
    /// The app would have rights that the one before it has not: the difference.
    case widened(String)
    /// There is no such deployment.
    case unknown(String)
    /// What is kept is damaged, or the disk does not take it.
    case storage(String)
    /// Another host has the state directory.
    case inUse(String)
}

extension DeployingError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .malformed(let text), .overLimit(let text), .unknown(let text), .storage(let text),
            .inUse(let text), .refused(let text), .widened(let text):
            text
        case .missing(let digests):
            "the host has not, and was not sent, \(digests.count) of the files; deploy once more"
        }
    }
}
