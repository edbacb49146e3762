// Reading files. Invariant: a buffer that is read into has the length that is given with it.

import Glibc
import Wasm

/// The contents of a file.
enum ModuleFile {
    /// The bytes of the file at `path`; nil, with the reason in `errno`, if it cannot be read.
    static func read(_ path: String) -> [UInt8]? {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { return nil }
        var bytes = [UInt8](repeating: 0, count: max(Int(status.st_size), 0))
        var length = 0
        while length < bytes.count {
            let count = unsafe bytes.withUnsafeMutableBytes { buffer in
                unsafe Glibc.read(
                    descriptor,
                    buffer.baseAddress.map { unsafe $0 + length },
                    buffer.count - length
                )
            }
            if count < 0 && errno == EINTR { continue }
            if count < 0 { return nil }
            if count == 0 { break }
            length += count
        }
        bytes.removeLast(bytes.count - length)
        return bytes
    }
}

extension ModuleFile {
    static func load(_ path: String) throws -> Module {
        guard let bytes = read(path) else { throw Failure("\(path): cannot be read (error \(errno))") }
        return try Module(decoding: bytes)
    }
}
