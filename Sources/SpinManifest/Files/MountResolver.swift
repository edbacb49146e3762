/// Finds the files that a component's mounts name, and holds them within the app's directory.
///
/// Limits bound the entries that are looked at, and the depth.
struct MountResolver {
    /// Why a mount cannot be.
    struct Failure: Error, Equatable {
        let message: String
        let help: String
    }

    /// The app's directory, without links.
    private let root: String
    private let excluded: [Glob]
    private let limits: ManifestLimits
    private var looked = 0
    /// The files by guest path.
    private var files: [String: String] = [:]
    /// Where the files are, by their paths below the app's directory.
    private(set) var named: [String: String] = [:]
    /// Directories that guest paths go through.
    private var directories: Set<String> = []

    /// The resolver of one component; `root` has no links.
    init(root: String, excluded: [Glob], limits: ManifestLimits) {
        self.root = root
        self.excluded = excluded
        self.limits = limits
    }

    /// What was found, by guest path.
    var mounted: [MountedFile] {
        files.map { MountedFile(hostPath: $1, guestPath: $0) }.sorted {
            $0.guestPath < $1.guestPath
        }
    }

    /// Adds the files of a mount; returns how many.
    mutating func add(_ mount: FilesMount) throws(Failure) -> Int {
        let before = files.count
        switch mount {
        case .pattern(let text): try addPattern(text)
        case .placement(let source, let destination): try addPlacement(source, destination)
        }
        return files.count - before
    }

    private mutating func addPattern(_ text: String) throws(Failure) {
        let relative = try MountResolver.relative(text)
        switch FileSystem.kind(root + "/" + relative) {
        case .file: try addFile(relative, at: "/" + relative)
        case .directory: try addDirectory(relative, at: "/" + relative)
        case .other: throw MountResolver.special(text)
        case nil:
            guard Glob.isPattern(text) else { throw MountResolver.notThere(text) }
            guard let glob = try? Glob(relative, limits: limits) else { return }
            try addMatches(glob.components[...], in: "", depth: 0)
        }
    }

    private mutating func addPlacement(_ source: String, _ destination: String) throws(Failure) {
        let relative = try MountResolver.relative(source)
        let guest = MountResolver.normalized(destination)
        switch FileSystem.kind(root + "/" + relative) {
        case .directory: try addDirectory(relative, at: guest)
        case .file:
            guard !destination.hasSuffix("/"), !guest.isEmpty else {
                throw Failure(
                    message:
                        "\(quoted(source)) is a file, and \(quoted(destination)) names a directory",
                    help: "let `destination` end in the file's name"
                )
            }
            try addFile(relative, at: guest)
        case .other: throw MountResolver.special(source)
        case nil: throw MountResolver.notThere(source)
        }
    }

    /// All files below a directory, hidden ones too; links to directories are not followed.
    private mutating func addDirectory(_ relative: String, at guest: String, depth: Int = 0)
        throws(Failure)
    {
        for name in try names(relative, depth) {
            let path = MountResolver.join(relative, name)
            switch FileSystem.kind(root + "/" + path) {
            case .file: try addFile(path, at: guest + "/" + name)
            case .directory where !FileSystem.isLink(root + "/" + path):
                try addDirectory(path, at: guest + "/" + name, depth: depth + 1)
            default: continue
            }
        }
    }

    /// The files below a directory that the components of a pattern match.
    private mutating func addMatches(
        _ components: ArraySlice<Glob.Component>,
        in relative: String,
        depth: Int
    ) throws(Failure) {
        guard let first = components.first else { return }
        let rest = components.dropFirst()
        switch first {
        case .anyDepth:
            // None, or one more directory; alone at the end it takes every file.
            try addMatches(rest, in: relative, depth: depth)
            for name in try names(relative, depth) {
                let path = MountResolver.join(relative, name)
                switch FileSystem.kind(root + "/" + path) {
                case .file where rest.isEmpty: try addFile(path, at: "/" + path)
                case .directory where !FileSystem.isLink(root + "/" + path):
                    try addMatches(components, in: path, depth: depth + 1)
                default: continue
                }
            }
        case .tokens(let tokens):
            for name in try names(relative, depth) where Glob.matches(tokens, name) {
                let path = MountResolver.join(relative, name)
                switch FileSystem.kind(root + "/" + path) {
                case .file where rest.isEmpty: try addFile(path, at: "/" + path)
                case .directory where !rest.isEmpty:
                    try addMatches(rest, in: path, depth: depth + 1)
                default: continue
                }
            }
        }
    }

    private mutating func names(_ relative: String, _ depth: Int) throws(Failure) -> [String] {
        guard depth <= limits.directoryDepth else {
            throw Failure(
                message: "directories are nested more than \(limits.directoryDepth) deep",
                help: "name fewer directories"
            )
        }
        _ = try real(relative)
        let names = FileSystem.names(root + "/" + relative) ?? []
        looked += names.count
        guard looked <= limits.directoryEntries else {
            throw Failure(
                message: "there are more than \(limits.directoryEntries) files to look at",
                help: "name fewer directories"
            )
        }
        return names
    }

    private mutating func addFile(_ relative: String, at guest: String) throws(Failure) {
        guard !excluded.contains(where: { $0.excludes(relative) }) else { return }
        let host = try real(relative)
        named[relative] = host
        if let other = files[guest] {
            guard other == host else {
                throw Failure(
                    message:
                        "both \(quoted(below(other))) and \(quoted(below(host))) would be seen as "
                        + quoted(guest),
                    help: "give one of them another `destination`, or name it in `exclude_files`"
                )
            }
            return
        }
        // What is a file cannot be a directory too.
        var parent = guest
        var parents: [String] = []
        while let slash = parent.lastIndex(of: "/"), slash > parent.startIndex {
            parent = String(parent[..<slash])
            parents.append(parent)
        }
        guard !directories.contains(guest), !parents.contains(where: { files[$0] != nil }) else {
            throw Failure(
                message: "\(quoted(guest)) would be a file and a directory",
                help: "give one of them another `destination`"
            )
        }
        directories.formUnion(parents)
        files[guest] = host
    }

    /// A path as seen from the app's directory.
    private func below(_ path: String) -> String {
        path.hasPrefix(root + "/") ? String(path.dropFirst(root.count + 1)) : path
    }

    /// The path without links, which must be within the app's directory.
    private func real(_ relative: String) throws(Failure) -> String {
        guard let path = FileSystem.realPath(root + "/" + relative) else {
            throw MountResolver.notThere(relative)
        }
        guard path == root || path.hasPrefix(root == "/" ? "/" : root + "/") else {
            throw MountResolver.outside(relative)
        }
        return path
    }

    /// A path below the app's directory without "." and empty parts; throws of one that leaves it.
    static func relative(_ text: String) throws(Failure) -> String {
        guard !text.isEmpty else {
            throw Failure(message: "the path is empty", help: "write a path")
        }
        guard !text.hasPrefix("/") else { throw outside(text) }
        var parts: [Substring] = []
        for part in text.split(separator: "/") where part != "." {
            if part == ".." {
                guard parts.popLast() != nil else { throw outside(text) }
            } else {
                parts.append(part)
            }
        }
        return parts.joined(separator: "/")
    }

    /// A guest path without "." and empty parts: "" for the root, "/a/b" otherwise.
    private static func normalized(_ text: String) -> String {
        text.split(separator: "/").filter { $0 != "." }.map { "/" + $0 }.joined()
    }

    private static func join(_ directory: String, _ name: String) -> String {
        directory.isEmpty ? name : directory + "/" + name
    }

    private static func outside(_ text: String) -> Failure {
        Failure(
            message: "\(quoted(text)) is outside the app's directory",
            help: "move it beside the manifest, or below: only what is there can be mounted"
        )
    }

    private static func notThere(_ text: String) -> Failure {
        Failure(message: "\(quoted(text)) is not there", help: "make it, or correct the path")
    }

    private static func special(_ text: String) -> Failure {
        Failure(
            message: "\(quoted(text)) is neither a file nor a directory",
            help: "name one that is"
        )
    }
}
