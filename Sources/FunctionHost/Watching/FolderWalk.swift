// Unsafe here: paths passed to the C library; a directory stream is closed where it was opened.

import Glibc

/// Questions to the file system about what is to be watched.
enum FolderWalk {
    /// What holds what others have made, and is too much to be watched.
    private static let made: Set<String> = ["target", "node_modules"]

    /// Whether a folder of that name is no place for sources.
    static func isSkipped(_ name: String) -> Bool { name.hasPrefix(".") || made.contains(name) }

    static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return unsafe stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    /// The path without links; nil of what is not there.
    static func realPath(_ path: String) -> String? {
        guard let text = unsafe realpath(path, nil) else { return nil }
        defer { unsafe free(text) }
        return unsafe String(cString: text)
    }

    /// A path's folder, and its name there.
    static func split(_ path: String) -> (folder: String, name: String) {
        guard let slash = path.lastIndex(of: "/") else { return (".", path) }
        let folder = slash == path.startIndex ? "/" : String(path[..<slash])
        return (folder, String(path[path.index(after: slash)...]))
    }

    static func join(_ folder: String, _ path: String) -> String {
        if path.isEmpty { return folder }
        if path.hasPrefix("/") || folder.isEmpty { return path }
        return folder == "/" ? "/" + path : folder + "/" + path
    }

    /// Calls `body` with `folder` and those below it, `depth` deep, until it says that it is enough; links
    /// are left out, and what `isSkipped` if `skips`.
    static func folders(
        below folder: String,
        depth: Int,
        skips: Bool,
        _ body: (String) -> Bool
    ) -> Bool {
        guard body(folder) else { return false }
        guard depth > 0 else { return true }
        for (name, isFolder) in entries(folder)
        where isFolder && !(skips && isSkipped(name)) {
            let below = join(folder, name)
            guard folders(below: below, depth: depth - 1, skips: skips, body) else { return false }
        }
        return true
    }

    /// The names in a folder, and whether they are folders themselves; none where it cannot be read.
    static func entries(_ folder: String) -> [(name: String, isFolder: Bool)] {
        guard let stream = unsafe opendir(folder) else { return [] }
        defer { unsafe closedir(stream) }
        var entries: [(name: String, isFolder: Bool)] = []
        while let entry = unsafe readdir(stream) {
            let kind = unsafe entry.pointee.d_type
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { name in
                unsafe name.withMemoryRebound(to: CChar.self, capacity: 256) {
                    unsafe String(cString: $0)
                }
            }
            guard name != ".", name != ".." else { continue }
            // File systems that do not say are asked.
            let isFolder = kind == 4 || kind == 0 && isRealFolder(join(folder, name))
            entries.append((name, isFolder))
        }
        return entries
    }

    private static func isRealFolder(_ path: String) -> Bool {
        var status = stat()
        return unsafe lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }
}
