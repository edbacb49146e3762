/// What a deployment may bring, and how many of them a host keeps.
package struct DeployingLimits: Sendable, Equatable {
    /// Bytes of all files of a deployment together, whether they are sent or there already.
    package var bytes: UInt64 = 1 << 30
    /// Files of a deployment.
    package var files = 20_000
    /// Bytes of the list of files that an upload begins with.
    package var listBytes = 8 << 20
    /// Bytes of a file's path.
    package var pathBytes = 1_024
    /// Bytes of a part of a path.
    package var nameBytes = 255
    /// Directories above the manifest's in which components may be.
    package var ascent = 16
    /// Bytes of a manifest.
    package var manifestBytes = 256 << 10
    /// Deployments that are kept to be rolled back to, with the active one.
    package var kept = 10
    /// Uploads at once; beyond it 503.
    package var uploads = 2
    /// Requests to the admin socket at once; beyond it 503.
    package var requests = 64
    /// Bytes of a piece of an upload, which a loop hands to the thread that writes it.
    package var pieceBytes = 256 << 10

    package init() {}
}
