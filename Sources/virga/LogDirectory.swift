// Unsafe here: paths passed to the C library for the time of a call.
import Glibc
import Synchronization

/// A directory with two files for each component, to which its output is appended.
final class LogDirectory: Sendable {
    private let path: String
    private let truncates: Bool
    /// Open descriptors by the files' names; -1 for those that cannot be opened.
    private let files = Mutex<[String: Int32]>([:])

    /// The directory at `path`, which is made where it is not there.
    init(_ path: String, truncates: Bool) throws {
        self.path = path
        self.truncates = truncates
        var place = path.hasPrefix("/") ? "" : "."
        for part in path.split(separator: "/") {
            place += "/\(part)"
            _ = unsafe mkdir(place, 0o755)
        }
        guard unsafe access(path, W_OK | X_OK) == 0 else {
            throw Failure("\(path) cannot be written to: \(unsafe String(cString: strerror(errno)))")
        }
    }

    deinit {
        files.withLock { for descriptor in $0.values where descriptor >= 0 { close(descriptor) } }
    }

    /// Appends a line to the file of a component's output; waits for the disk.
    func append(_ line: String, of component: String, isError: Bool) {
        let name = "\(component)_\(isError ? "stderr" : "stdout").txt"
        let descriptor = files.withLock { files in
            if let descriptor = files[name] { return descriptor }
            let descriptor = open(name, truncates: truncates)
            files[name] = descriptor
            return descriptor
        }
        if descriptor >= 0 { LogWriter.put(line + "\n", to: descriptor) }
    }

    /// Has lines go to what is at the files' names by now, after those that were there were moved away.
    func reopen() {
        files.withLock { files in
            for (name, old) in files {
                let descriptor = open(name, truncates: false)
                // What cannot be opened goes on where it was.
                guard descriptor >= 0 else { continue }
                if old >= 0 { close(old) }
                files[name] = descriptor
            }
        }
    }

    private func open(_ name: String, truncates: Bool) -> Int32 {
        let flags = O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | (truncates ? O_TRUNC : 0)
        let descriptor = unsafe Glibc.open("\(path)/\(name)", flags, 0o644)
        if descriptor < 0 {
            let reason = unsafe String(cString: strerror(errno))
            LogWriter.put("virga: \(path)/\(name) cannot be opened: \(reason)\n")
        }
        return descriptor
    }
}
