// Reading files. Invariant: a buffer that is read into has the length that is given with it.

import ComponentModel
import Glibc
import WAT
import Wasm

/// The contents of a file.
enum ModuleFile {
    /// Bytes of a file that is read; what is longer is neither a component nor a module.
    static let limit = ComponentLimits.componentBytes

    /// The bytes of the file at `path`, to its end, whatever length the system gives; nil, with the reason
    /// in `errno`, if it cannot be read. That is EFBIG of one that is longer than `limit`.
    static func read(_ path: String, limit: Int = limit) -> [UInt8]? {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { return nil }
        // One more, so that the end is met without another step.
        let expected = min(max(Int(status.st_size), 0), limit) + 1
        var bytes = [UInt8](repeating: 0, count: max(expected, 1 << 12))
        var length = 0
        while true {
            if length == bytes.count {
                bytes += [UInt8](repeating: 0, count: length)
            }
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
            guard length <= limit else {
                errno = EFBIG
                return nil
            }
        }
        bytes.removeLast(bytes.count - length)
        return bytes
    }

    /// The path of a file from the root on, without links in it; as given where there is no such file.
    static func realPath(_ path: String) -> String {
        guard let resolved = unsafe realpath(path, nil) else { return path }
        defer { unsafe free(resolved) }
        return unsafe String(cString: resolved)
    }
}

extension ModuleFile {
    /// The module in the file at `path`, in the binary or the text format.
    /// Throws a sentence that says what is wrong, with the place where it is.
    static func load(_ path: String) throws(Failure) -> Module {
        guard case .module(let module) = try WasmFile(try binary(path), path: path) else {
            throw Failure("\(path): a core module is wanted, and this is a component")
        }
        return module
    }

    /// The module or component in the file at `path`, assembled if it is text: if it does not begin as
    /// the binary format does, and the file's name does not end in `.wasm`.
    static func binary(_ path: String) throws(Failure) -> [UInt8] {
        guard let bytes = read(path) else {
            throw Failure("\(path): \(unsafe String(cString: strerror(errno)))")
        }
        if bytes.starts(with: [0x00, 0x61, 0x73, 0x6D]) || path.hasSuffix(".wasm") { return bytes }
        do throws(TextError) {
            return try TextAssembler.assemble(bytes)
        } catch {
            throw Failure("\(path):\(error)")
        }
    }
}
