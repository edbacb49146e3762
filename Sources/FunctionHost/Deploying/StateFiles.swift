// Unsafe here: paths and buffers of their own length passed to the C library.

import Glibc
import Reactor

/// Files that are still there, whole, after the power has failed: each is written beside its place,
/// synced, and renamed; then the directory is synced.
enum StateFiles {
    /// Makes a directory, if it is not there.
    static func makeDirectory(_ path: String, mode: mode_t = 0o700) throws(SystemError) {
        guard unsafe mkdir(path, mode) == 0 || errno == EEXIST else {
            throw SystemError("mkdir \(path)", errno)
        }
    }

    /// Makes a directory and those above it.
    static func makeDirectories(_ path: String, mode: mode_t = 0o755) throws(SystemError) {
        var place = path.startIndex
        while place < path.endIndex {
            let next = path[place...].dropFirst().firstIndex(of: "/") ?? path.endIndex
            if next > path.startIndex { try makeDirectory(String(path[..<next]), mode: mode) }
            place = next
        }
    }

    /// Makes a directory with a name of its own, which begins with that of `path`.
    static func makeUniqueDirectory(_ path: String) throws(SystemError) -> String {
        var name = Array("\(path)-XXXXXX".utf8CString)
        let isMade = unsafe name.withUnsafeMutableBufferPointer { buffer in
            guard let start = buffer.baseAddress else { return false }
            return unsafe mkdtemp(start) != nil
        }
        guard isMade else { throw SystemError("mkdtemp \(path)", errno) }
        return String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Has what was done in a directory reach the disk.
    static func syncDirectory(_ path: String) throws(SystemError) {
        let descriptor = unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw SystemError("open \(path)", errno) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw SystemError("fsync \(path)", errno) }
    }

    /// Puts a file in its place at once: there are the old bytes or the new ones, whatever happens.
    static func replace(_ path: String, _ bytes: [UInt8]) throws(SystemError) {
        let new = path + ".new"
        unsafe unlink(new)
        var file = try NewFile(new, mode: 0o600)
        do throws(SystemError) {
            try unsafe file.write(bytes.span.bytes)
            try file.finish()
            try rename(new, path)
        } catch {
            unsafe unlink(new)
            throw error
        }
        let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
        try syncDirectory(folder)
    }

    static func rename(_ old: String, _ new: String) throws(SystemError) {
        guard unsafe Glibc.rename(old, new) == 0 else { throw SystemError("rename \(new)", errno) }
    }

    /// The bytes of a file; nil where there is none. Longer ones than `limit` are an error.
    static func read(_ path: String, limit: Int) throws(SystemError) -> [UInt8]? {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            if errno == ENOENT { return nil }
            throw SystemError("open \(path)", errno)
        }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var isOver = false
        try forEachPiece(descriptor, path) { piece in
            if bytes.count + piece.byteCount > limit { isOver = true } else {
                unsafe piece.withUnsafeBytes { unsafe bytes.append(contentsOf: $0) }
            }
        }
        guard !isOver else { throw SystemError("read \(path)", EFBIG) }
        return bytes
    }

    /// Gives all bytes of an open file to `body`, a piece at a time.
    static func forEachPiece(
        _ descriptor: Int32,
        _ path: String,
        _ body: (RawSpan) -> Void
    ) throws(SystemError) {
        var buffer = [UInt8](repeating: 0, count: 128 << 10)
        while true {
            let count = unsafe Glibc.read(descriptor, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw SystemError("read \(path)", errno) }
            if count == 0 { return }
            unsafe body(buffer.span.bytes.extracting(0..<count))
        }
    }

    /// Bytes of the file at a path; nil where there is no file.
    static func size(_ path: String) -> UInt64? {
        var status = stat()
        guard unsafe lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        return UInt64(max(status.st_size, 0))
    }

    /// The names in a directory, in order; none where it cannot be read.
    static func names(_ path: String) -> [String] {
        guard let directory = unsafe opendir(path) else { return [] }
        defer { unsafe closedir(directory) }
        var names: [String] = []
        while let entry = unsafe readdir(directory) {
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) {
                unsafe $0.withMemoryRebound(to: CChar.self, capacity: 256) {
                    unsafe String(cString: $0)
                }
            }
            if name != "." && name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    /// Removes a file, or a directory with all in it.
    static func remove(_ path: String) {
        if unsafe unlink(path) != 0 { MountTree.remove(path) }
    }
}

/// A file that is being written, and is not there before: closed with this value.
struct NewFile: ~Copyable {
    private let descriptor: Int32
    private let path: String

    init(_ path: String, mode: mode_t) throws(SystemError) {
        self.path = path
        descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode)
        guard descriptor >= 0 else { throw SystemError("open \(path)", errno) }
    }

    deinit { close(descriptor) }

    mutating func write(_ bytes: RawSpan) throws(SystemError) {
        var start = 0
        while start < bytes.byteCount {
            let rest = bytes.extracting(start..<bytes.byteCount)
            let count = unsafe rest.withUnsafeBytes {
                unsafe Glibc.write(descriptor, $0.baseAddress, $0.count)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw SystemError("write \(path)", count == 0 ? ENOSPC : errno) }
            start += count
        }
    }

    /// Has the bytes reach the disk.
    consuming func finish() throws(SystemError) {
        guard fsync(descriptor) == 0 else { throw SystemError("fsync \(path)", errno) }
    }
}
