/// A file that a component may read, and where it sees it.
package struct MountedFile: Sendable, Equatable {
    /// Absolute, without links.
    package var hostPath: String
    /// Absolute.
    package var guestPath: String

    package init(hostPath: String, guestPath: String) {
        self.hostPath = hostPath
        self.guestPath = guestPath
    }
}

/// What a component's `files` names.
package enum FilesMount: Sendable, Equatable {
    /// Files by their path or pattern below the app's directory, seen at the same path.
    case pattern(String)
    /// What is in a directory, or a file, seen at another path.
    case placement(source: String, destination: String)
}
