import Reactor
import SpinManifest

/// The folders that are to be watched for an app, and what a change in one of them means.
struct WatchPlan {
    enum Meaning: Hashable {
        /// Something that the app is loaded from.
        case input
        /// Files that the host serves, or that are copied for a guest.
        case files
        /// What the component with this ID is built from.
        case source(String)
    }

    /// A folder with those below it.
    private struct Tree {
        let base: String
        /// Relative to the base; nil where all files count.
        let glob: Glob?
        let meaning: Meaning
        /// The source of the component, which building it writes.
        let excluded: String?

        /// Whether folders are left out that hold what others have made.
        var skips: Bool { if case .source = meaning { true } else { false } }
    }

    /// All folders.
    private(set) var folders: Set<String> = []
    /// Whether there would be more of them than may be.
    private(set) var isCut = false
    /// What entries of a folder mean, by their names.
    private var names: [String: [String: Set<Meaning>]] = [:]
    private var trees: [Tree] = []
    /// The trees that a folder is in.
    private var treesOf: [String: [Int]] = [:]
    private let limit: Int

    /// What to watch for `manifest`, which was read from `file`, and the files at `others`. What builds
    /// read is watched if `builds`.
    init(
        _ manifest: Manifest?,
        _ file: ManifestFile,
        others: [String],
        builds: Bool,
        limit: Int = LoopLimits().watchedFolders
    ) {
        self.limit = limit
        addFile(file.name, .input)
        for path in others { addFile(path, .input) }
        guard let manifest else { return }
        let directory = file.directory ?? "."
        for files in manifest.staticFiles { addPath(FolderWalk.join(directory, files.directory)) }
        for component in manifest.components {
            var source: String?
            if case .file(let name) = component.source {
                let path = FolderWalk.join(directory, name)
                addFile(path, .input)
                source = path
            }
            for mount in component.files { add(mount, directory) }
            guard builds, let build = component.build else { continue }
            let base = FolderWalk.join(directory, build.directory ?? "")
            for glob in build.watched {
                add(
                    Tree(
                        base: base,
                        glob: glob,
                        meaning: .source(component.id),
                        excluded: source
                    )
                )
            }
        }
    }

    private mutating func add(_ mount: FilesMount, _ directory: String) {
        switch mount {
        case .placement(let source, _): addPath(FolderWalk.join(directory, source))
        case .pattern(let text):
            guard Glob.isPattern(text), let glob = try? Glob(text) else {
                return addPath(FolderWalk.join(directory, text))
            }
            add(Tree(base: directory, glob: glob, meaning: .files, excluded: nil))
        }
    }

    /// Adds a file, or a folder with all in it.
    private mutating func addPath(_ path: String) {
        addFile(path, .files)
        guard FolderWalk.isFolder(path) else { return }
        add(Tree(base: path, glob: nil, meaning: .files, excluded: nil))
    }

    private mutating func addFile(_ path: String, _ meaning: Meaning) {
        addEntry(path, meaning)
        if let real = FolderWalk.realPath(path), real != path { addEntry(real, meaning) }
    }

    /// Adds an entry of a folder; of the nearest one that is there, the entry that leads to it.
    private mutating func addEntry(_ path: String, _ meaning: Meaning) {
        var (folder, name) = FolderWalk.split(path)
        while !FolderWalk.isFolder(folder), folder != "/", folder != "." {
            (folder, name) = FolderWalk.split(folder)
        }
        guard insert(folder) else { return }
        names[folder, default: [:]][name, default: []].insert(meaning)
    }

    private mutating func insert(_ folder: String) -> Bool {
        if folders.contains(folder) { return true }
        guard folders.count < limit else {
            isCut = true
            return false
        }
        folders.insert(folder)
        return true
    }

    private mutating func add(_ tree: Tree) {
        let start = FolderWalk.join(tree.base, tree.glob?.folder ?? "")
        guard FolderWalk.isFolder(start) else { return addEntry(start, tree.meaning) }
        let index = trees.count
        trees.append(tree)
        // A pattern of no bound goes as deep as patterns of files do.
        let depth = tree.glob.map { $0.depth ?? ManifestLimits.standard.directoryDepth }
        _ = FolderWalk.folders(
            below: start,
            depth: depth ?? ManifestLimits.standard.directoryDepth,
            skips: tree.skips
        ) { folder in
            guard insert(folder) else { return false }
            treesOf[folder, default: []].append(index)
            return true
        }
    }

    // MARK: Changes

    /// What a change means; nothing where it does not matter.
    func meanings(of change: FileChanges.Change) -> Set<Meaning> {
        // A folder has gone, or events were lost: anything in it may be another.
        if change.name.isEmpty {
            let inTrees = treesOf[change.folder, default: []].map { trees[$0].meaning }
            return (names[change.folder] ?? [:]).values.reduce(into: Set(inTrees)) {
                $0.formUnion($1)
            }
        }
        var meanings = names[change.folder]?[change.name] ?? []
        for index in treesOf[change.folder, default: []] where matters(change, trees[index]) {
            meanings.insert(trees[index].meaning)
        }
        return meanings
    }

    private func matters(_ change: FileChanges.Change, _ tree: Tree) -> Bool {
        if change.path == tree.excluded { return false }
        guard change.isFolder else { return matches(change.path, tree) }
        if tree.skips, FolderWalk.isSkipped(change.name) { return false }
        // What a new folder holds already is not told of.
        var found = false
        let depth = ManifestLimits.standard.directoryDepth
        _ = FolderWalk.folders(
            below: change.path,
            depth: depth,
            skips: tree.skips
        ) { folder in
            found = FolderWalk.entries(folder).contains { entry in
                !entry.isFolder && matches(FolderWalk.join(folder, entry.name), tree)
            }
            return !found
        }
        return found || !FolderWalk.isFolder(change.path)
    }

    private func matches(_ path: String, _ tree: Tree) -> Bool {
        guard path != tree.excluded else { return false }
        guard let glob = tree.glob else { return true }
        let prefix = tree.base == "/" ? "/" : tree.base + "/"
        return path.hasPrefix(prefix) && glob.matches(String(path.dropFirst(prefix.count)))
    }

    /// Whether a change adds or removes folders, so that others are to be watched.
    func changesFolders(_ change: FileChanges.Change) -> Bool {
        change.name.isEmpty || change.isFolder
    }
}
