import Glibc
import Testing

@testable import WASI

/// A temporary folder, removed with all in it.
final class Folder {
    let path: String

    init() throws {
        var template = bytes("/tmp/virga-wasi-XXXXXX") + [0]
        let made = unsafe template.withUnsafeMutableBytes { buffer in
            guard let name = unsafe buffer.assumingMemoryBound(to: CChar.self).baseAddress else {
                return false
            }
            return unsafe mkdtemp(name) != nil
        }
        try #require(made)
        path = String(decoding: template.dropLast(), as: UTF8.self)
    }

    deinit { Folder.remove(path) }

    private static func remove(_ path: String) {
        var status = stat()
        guard unsafe lstat(path, &status) == 0 else { return }
        if status.st_mode & S_IFMT == S_IFDIR {
            unsafe chmod(path, 0o700)
            for name in names(path) { remove(path + "/" + name) }
            unsafe rmdir(path)
        } else {
            unsafe unlink(path)
        }
    }

    static func names(_ path: String) -> [String] {
        guard let directory = unsafe opendir(path) else { return [] }
        defer { unsafe closedir(directory) }
        var names: [String] = []
        while let entry = unsafe readdir(directory) {
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 256) {
                    unsafe String(cString: $0)
                }
            }
            if name != "." && name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    var names: [String] { Folder.names(path) }

    func write(_ name: String, _ text: String = "") {
        let number = unsafe open(path + "/" + name, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
        _ = unsafe Glibc.write(number, text, text.utf8.count)
        close(number)
    }

    func text(_ name: String) -> String? {
        let number = unsafe open(path + "/" + name, O_RDONLY)
        guard number >= 0 else { return nil }
        defer { close(number) }
        var buffer = [UInt8](repeating: 0, count: 1 << 20)
        let count = unsafe read(number, &buffer, buffer.count)
        return String(decoding: buffer.prefix(max(count, 0)), as: UTF8.self)
    }

    func makeFolder(_ name: String) { unsafe mkdir(path + "/" + name, 0o755) }
    func link(_ name: String, to target: String) { unsafe symlink(target, path + "/" + name) }

    func preopen(_ guest: String = "/", isReadOnly: Bool = false) throws -> Preopen {
        try Preopen(host: path, guest: guest, isReadOnly: isReadOnly)
    }
}
