import Reactor
import SpinManifest

/// The files of a deployment at their paths; removed with this object.
package final class DeploymentTree: Sendable {
    private let files: MountTree
    /// The manifest, with the name that the person gave it.
    package let manifest: ManifestFile
    package let profile: String?

    init(
        _ files: MountTree,
        _ contents: DeploymentContents,
        _ limits: DeployingLimits
    ) throws(SystemError) {
        self.files = files
        profile = contents.profile
        let path = "\(files.path)/\(contents.manifest)"
        let bytes = try StateFiles.read(path, limit: limits.manifestBytes)
        let base = contents.base.utf8.dropLast()
        manifest = ManifestFile(
            name: contents.name,
            bytes: bytes ?? [],
            directory: base.isEmpty ? files.path : "\(files.path)/\(Substring(base))"
        )
    }
}
