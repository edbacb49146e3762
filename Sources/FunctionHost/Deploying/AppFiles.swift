import Digest
import Reactor
import SpinManifest

/// The files of an app on the machine of whoever deploys it: what a host is sent.
package struct AppFiles: Sendable {
    package let contents: DeploymentContents
    /// Where a file with a digest is; the manifest's bytes are not among them.
    package let paths: [SHA256Digest: String]
    /// The manifest's file, whose bytes are sent as they were checked.
    package let manifest: ManifestFile

    /// Finds and reads the files of a manifest that has been checked. What is wrong is added to
    /// `diagnostics`, and gives nil.
    package init?(
        _ file: ManifestFile,
        _ manifest: Manifest,
        profile: String?,
        limits: DeployingLimits = DeployingLimits(),
        _ diagnostics: inout Diagnostics
    ) {
        do throws(NamedFiles.Failure) {
            let named = try NamedFiles(manifest, in: file.directory ?? ".")
            let found = try AppFiles.gather(named, file, profile, limits)
            contents = found.contents
            paths = found.paths
            self.manifest = file
        } catch {
            diagnostics.error(error.message, at: error.path, do: error.help)
            return nil
        }
    }

    private static func gather(
        _ named: NamedFiles,
        _ file: ManifestFile,
        _ profile: String?,
        _ limits: DeployingLimits
    ) throws(NamedFiles.Failure) -> (contents: DeploymentContents, paths: [SHA256Digest: String]) {
        func failure(_ message: String, _ help: String) -> NamedFiles.Failure {
            NamedFiles.Failure(path: ManifestPath(), message: message, help: help)
        }
        let ascent = (Array(named.files.keys) + named.directories).map(AppFiles.ascent).max() ?? 0
        guard ascent <= limits.ascent else {
            throw failure(
                "a component is \(ascent) directories above the manifest",
                "move it nearer: at most \(limits.ascent) may be"
            )
        }
        let base = Array(repeating: "_", count: ascent)
        var contents = DeploymentContents(
            name: printable(file.name),
            profile: profile,
            manifest: AppFiles.place(AppFiles.fileName(file), base),
            files: [],
            directories: named.directories.map { AppFiles.place($0, base) }.filter { !$0.isEmpty }
                .sorted()
        )
        var paths: [SHA256Digest: String] = [:]
        do {
            let digest = try SHA256.digest(file.bytes)
            contents.files.append(
                DeploymentContents.File(
                    path: contents.manifest,
                    digest: digest,
                    size: UInt64(file.bytes.count)
                )
            )
            for (name, path) in named.files.sorted(by: { $0.key < $1.key })
            where AppFiles.place(name, base) != contents.manifest {
                let read = try FileDigest(path)
                paths[read.digest] = path
                contents.files.append(
                    DeploymentContents.File(
                        path: AppFiles.place(name, base),
                        digest: read.digest,
                        size: read.size
                    )
                )
            }
        } catch {
            throw failure("the app's files cannot be read: \(error)", "make them readable")
        }
        do throws(DeployingError) {
            try contents.check(limits)
        } catch {
            throw failure("the app cannot be deployed: \(error)", "leave files out, or rename them")
        }
        return (contents, paths)
    }

    /// What the manifest's file is called; one that is in no file gets the usual name.
    private static func fileName(_ file: ManifestFile) -> String {
        let last = file.name.split(separator: "/").last.map(String.init) ?? ""
        return last.hasSuffix(".toml") ? last : ManifestFile.defaultName
    }

    /// How many ".." a path begins with.
    private static func ascent(_ path: String) -> Int {
        path.split(separator: "/").prefix { $0 == ".." }.count
    }

    /// A path from the manifest's directory as one from the root.
    private static func place(_ path: String, _ base: [String]) -> String {
        let ascent = ascent(path)
        let rest = path.split(separator: "/").dropFirst(ascent).map(String.init)
        return (base.dropLast(ascent) + rest).joined(separator: "/")
    }

    /// A name without control characters, not too long.
    private static func printable(_ name: String) -> String {
        let isPlain = name.utf8.count <= 512 && name.unicodeScalars.allSatisfy(isPrintable)
        return isPlain ? name : ManifestFile.defaultName
    }

    /// What an upload begins with: the list, which of the files follow, and an empty line.
    package func heading(sending digests: [SHA256Digest]) -> [UInt8] {
        let lines = digests.map { "blob \($0)\n" }.joined()
        return Array((contents.text + lines + "\n").utf8)
    }
}
