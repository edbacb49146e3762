// Unsafe here: a path passed to stat(2).

import Glibc
import SpinManifest

/// All that a served component was made of. What is served goes on as it is where another app's
/// component has the same inputs.
struct ComponentInputs: Sendable, Equatable {
    /// What tells a file's state from another one's, wherever it is.
    struct FileState: Sendable, Equatable {
        let device: UInt64
        let inode: UInt64
        let size: Int64
        let seconds: Int
        let nanoseconds: Int

        /// The state of the file at `path` now; nil where there is none.
        init?(_ path: String) {
            var status = stat()
            guard unsafe stat(path, &status) == 0 else { return nil }
            device = UInt64(status.st_dev)
            inode = UInt64(status.st_ino)
            size = Int64(status.st_size)
            seconds = status.st_mtim.tv_sec
            nanoseconds = status.st_mtim.tv_nsec
        }
    }

    /// A file that the component sees.
    struct Mounted: Sendable, Equatable {
        let guestPath: String
        let state: FileState?
    }

    let id: String
    let source: FileState
    let files: [Mounted]
    /// Of the component, then of the command line: names before their values.
    let environment: [String]
    let variables: [String: String]
    let allowedOutboundHosts: [Template]
    let settings: ComponentSettings
    let loops: Int
    let instanceMemory: UInt64?

    /// The inputs of `component`, whose bytes are in the file at `path`; nil where there is no such file.
    init?(
        _ component: SpinManifest.Component,
        path: String,
        environment: [(name: String, value: String)],
        variables: [String: String],
        loops: Int,
        instanceMemory: UInt64?
    ) {
        guard let source = FileState(path) else { return nil }
        self.source = source
        id = component.id
        files = component.mounted.map {
            Mounted(guestPath: $0.guestPath, state: FileState($0.hostPath))
        }
        self.environment = (component.environment + environment).flatMap { [$0.name, $0.value] }
        self.variables = variables
        allowedOutboundHosts = component.allowedOutboundHosts
        settings = component.settings
        self.loops = loops
        self.instanceMemory = instanceMemory
    }
}
