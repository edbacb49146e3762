// What the file system says, for files that a manifest names. Each call of C gets strings and buffers
// that live for the call; a directory stream is closed where it was opened.

import Glibc

/// What a path names.
enum FileKind: Equatable {
    case file
    case directory
    case other
}

/// Questions to the file system.
enum FileSystem {
    /// What a path names, links followed; nil of what is not there.
    static func kind(_ path: String) -> FileKind? {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else { return nil }
        return kind(mode: status.st_mode)
    }

    private static func kind(mode: mode_t) -> FileKind {
        switch mode & S_IFMT {
        case S_IFREG: .file
        case S_IFDIR: .directory
        default: .other
        }
    }

    /// Whether a path names a link itself.
    static func isLink(_ path: String) -> Bool {
        var status = stat()
        return unsafe lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
    }

    /// The path without links, "." and ".."; nil of what is not there.
    static func realPath(_ path: String) -> String? {
        guard let text = unsafe realpath(path, nil) else { return nil }
        defer { unsafe free(text) }
        return unsafe String(cString: text)
    }

    /// The names in a directory in order, without "." and ".."; nil if it cannot be read.
    ///
    /// Names that are not UTF-8 are left out.
    static func names(_ path: String) -> [String]? {
        guard let stream = unsafe opendir(path) else { return nil }
        defer { unsafe closedir(stream) }
        var names: [String] = []
        while let entry = unsafe readdir(stream) {
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { name in
                unsafe name.withMemoryRebound(to: CChar.self, capacity: 256) {
                    unsafe String(validatingCString: $0)
                }
            }
            if let name, name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    /// The bytes of a file, at most `limit`; throws the error's number, or EFBIG of a longer one.
    static func read(_ path: String, limit: Int) throws(SystemCode) -> [UInt8] {
        let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw SystemCode(errno) }
        defer { close(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 16_384)
        while bytes.count <= limit {
            let count = unsafe Glibc.read(file, &buffer, buffer.count)
            if count < 0 {
                if errno == EINTR { continue }
                throw SystemCode(errno)
            }
            if count == 0 { return bytes }
            bytes += buffer[..<count]
        }
        throw SystemCode(EFBIG)
    }
}

/// An error number of the system.
struct SystemCode: Error, Equatable, CustomStringConvertible {
    let code: CInt

    init(_ code: CInt) {
        self.code = code
    }

    /// The system's words.
    var description: String {
        unsafe strerror(code).map { unsafe String(cString: $0) } ?? "error \(code)"
    }
}
