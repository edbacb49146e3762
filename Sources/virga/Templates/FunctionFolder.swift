// Unsafe here: paths passed to the C library.
import Glibc

/// The directory of a function that is being made.
struct FunctionFolder {
    let path: String
    let mayOverwrite: Bool

    /// Throws if one of these files is there and may not be overwritten.
    func check(_ paths: [String]) throws(Failure) {
        guard !mayOverwrite else { return }
        for name in paths where unsafe access("\(path)/\(name)", F_OK) == 0 {
            throw Failure("\(path)/\(name) is there already: take another name, or --allow-overwrite")
        }
    }

    /// Whether there is nothing in the directory, or no directory.
    var isEmpty: Bool {
        guard let directory = unsafe opendir(path) else { return errno == ENOENT }
        defer { unsafe closedir(directory) }
        var count = 0
        while unsafe readdir(directory) != nil { count += 1 }
        return count <= 2
    }

    /// Writes the files, making the directories that they are in.
    func write(_ files: [(path: String, text: String)]) throws(Failure) {
        for file in files {
            var made = path.hasPrefix("/") ? "" : "."
            for part in "\(path)/\(file.path)".split(separator: "/").dropLast() {
                made += "/\(part)"
                guard unsafe mkdir(made, 0o755) != 0, errno != EEXIST else { continue }
                throw Failure("\(made) cannot be made: \(unsafe String(cString: strerror(errno)))")
            }
            try OutputFile.write(Array(file.text.utf8), to: "\(path)/\(file.path)")
        }
    }
}
