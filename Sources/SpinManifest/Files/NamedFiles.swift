/// The files that an app needs beside its manifest, to be served elsewhere: components, what they may
/// read, and what the host serves itself. Paths begin at the manifest's directory.
package struct NamedFiles: Sendable {
    /// Where a file is, by its path. Paths of components may begin with `..`; no others do.
    package private(set) var files: [String: String] = [:]
    /// Directories that the manifest names, which may have no files.
    package private(set) var directories: Set<String> = []

    /// Why files cannot be named, at which key, and what to do.
    package struct Failure: Error {
        package let path: ManifestPath
        package let message: String
        package let help: String

        package init(path: ManifestPath, message: String, help: String) {
            self.path = path
            self.message = message
            self.help = help
        }
    }

    private let root: String
    private let limits: ManifestLimits

    /// The files of a manifest in a directory, which has been checked there.
    package init(
        _ manifest: Manifest,
        in directory: String,
        limits: ManifestLimits = .standard
    ) throws(Failure) {
        root = FileSystem.realPath(directory) ?? directory
        self.limits = limits
        for component in manifest.components {
            try addSource(component)
            if let workdir = component.build?.directory { addDirectory(workdir) }
            try add(component.files, component.excludedFiles, at: component.path.key("files"))
        }
        for files in manifest.staticFiles {
            let mount = FilesMount.placement(source: files.directory, destination: "/files")
            try add([mount], [], at: files.path.key("path"))
        }
    }

    private mutating func addSource(_ component: Component) throws(Failure) {
        guard case .file(let name) = component.source else { return }
        guard !name.hasPrefix("/") else {
            throw Failure(
                path: component.path.key("source"),
                message: "\(quoted(name)) is an absolute path, which names another file elsewhere",
                help: "write it as seen from the manifest's directory; \"../\" may lead out of it"
            )
        }
        files[normalized(name)] = root + "/" + name
    }

    private mutating func addDirectory(_ name: String) {
        guard !name.hasPrefix("/") else { return }
        directories.insert(normalized(name))
    }

    private mutating func add(
        _ mounts: [FilesMount],
        _ excluded: [Glob],
        at path: ManifestPath
    ) throws(Failure) {
        var resolver = MountResolver(root: root, excluded: excluded, limits: limits)
        do throws(MountResolver.Failure) {
            for mount in mounts {
                _ = try resolver.add(mount)
                let source =
                    switch mount {
                    case .pattern(let text): text
                    case .placement(let source, _): source
                    }
                if FileSystem.kind(root + "/" + source) == .directory { addDirectory(source) }
            }
        } catch {
            throw Failure(path: path, message: error.message, help: error.help)
        }
        files.merge(resolver.named) { first, _ in first }
    }

    /// The path without "." and empty parts; those ".." are left that lead out of the directory. A
    /// directory that is gone through on the way to another has to be there too.
    private mutating func normalized(_ text: String) -> String {
        var parts: [Substring] = []
        for part in text.split(separator: "/") where part != "." {
            if part == "..", let last = parts.last, last != ".." {
                directories.insert(parts.joined(separator: "/"))
                parts.removeLast()
            } else {
                parts.append(part)
            }
        }
        return parts.joined(separator: "/")
    }
}
