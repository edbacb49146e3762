// Unsafe here: a file read into an array's own bytes.

import ComponentModel
import Glibc
import Reactor
import Synchronization

/// Components by the paths of their files, so that one that several tables name is read once.
final class ComponentCache: Sendable {
    private typealias Entry = Result<Component, ComponentFailure>

    private let entries = Mutex<[String: Entry]>([:])

    /// The component at `path`. Throws where it cannot be read, or is none.
    func component(_ path: String) throws(ComponentFailure) -> Component {
        if let entry = entries.withLock({ $0[path] }) { return try entry.get() }
        let entry: Entry
        do throws(ComponentFailure) {
            entry = .success(try ComponentCache.decode(path))
        } catch {
            entry = .failure(error)
        }
        return try entries.withLock { entries in
            let first = entries[path] ?? entry
            entries[path] = first
            return first
        }.get()
    }

    private static func decode(_ path: String) throws(ComponentFailure) -> Component {
        let bytes = try read(path)
        do throws(ComponentError) {
            return try Component(decoding: bytes)
        } catch {
            let isModule =
                bytes.count >= 8 && bytes.starts(with: [0x00, 0x61, 0x73, 0x6D, 1, 0, 0, 0])
            throw isModule
                ? ComponentFailure(
                    "source",
                    "\(path) is a core module, and what is served is a component",
                    "make a component of it"
                )
                : ComponentFailure("source", "\(path): \(error)", "build the component anew")
        }
    }

    private static func read(_ path: String) throws(ComponentFailure) -> [UInt8] {
        func failure() -> ComponentFailure {
            ComponentFailure(
                "source",
                "\(path) cannot be read: \(unsafe String(cString: strerror(errno)))",
                "build it, or correct the path"
            )
        }
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure() }
        defer { close(descriptor) }
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { throw failure() }
        let size = min(max(Int(status.st_size), 0), ComponentLimits.componentBytes)
        var bytes = [UInt8](repeating: 0, count: size)
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
            guard count >= 0 else { throw failure() }
            if count == 0 { break }
            length += count
        }
        bytes.removeLast(bytes.count - length)
        return bytes
    }
}

/// Has as many threads as there are processors run `body`, and waits for them; this thread alone where
/// none can be had.
func runOnProcessors(_ body: @escaping @Sendable () -> Void) {
    let count = max(LoopThread.cores.count, 1)
    var threads: [LoopThread] = []
    for index in 1..<max(count, 2) where count > 1 {
        if let thread = try? LoopThread(name: "load-\(index)", core: nil, body: body) {
            threads.append(thread)
        }
    }
    body()
    for thread in threads { thread.join() }
}
