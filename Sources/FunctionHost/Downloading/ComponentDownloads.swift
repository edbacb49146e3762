// Unsafe here: paths and buffers passed to the C library for the time of a call.

import ComponentModel
import Digest
import Glibc

/// Components that are named by URL and digest: fetched once, and kept in a directory under their
/// digests, from where they are taken without a network.
struct ComponentDownloads: Sendable {
    /// Nil where there is no place for one.
    let directory: String?
    var limits = DownloadLimits()
    /// Bytes of a component.
    var componentBytes = ComponentLimits.componentBytes

    /// Kept in `directory`; by default in `virga` of the user's cache directory (XDG Base Directory
    /// Specification).
    init(_ directory: String?) {
        self.directory = directory ?? ComponentDownloads.standard
    }

    private static var standard: String? {
        func variable(_ name: String) -> String? {
            guard let value = unsafe getenv(name) else { return nil }
            let text = unsafe String(cString: value)
            return text.hasPrefix("/") ? text : nil
        }
        if let cache = variable("XDG_CACHE_HOME") { return "\(cache)/virga" }
        return variable("HOME").map { "\($0)/.cache/virga" }
    }

    /// The path of a file with the bytes of `digest` (64 hexadecimal digits), fetched from `url` where it
    /// is not there yet. Blocks for as long as that takes.
    func file(_ url: String, digest: String) throws(ComponentFailure) -> String {
        guard let directory else {
            throw ComponentFailure(
                "source",
                "there is no directory to keep what is fetched from \(url)",
                "name one with --cache-dir, or set HOME"
            )
        }
        guard let wanted = SHA256Digest(digest) else {
            throw ComponentFailure(
                "source",
                "\(digest) is no digest of SHA-256",
                "write 64 hexadecimal digits"
            )
        }
        let folder = "\(directory)/components"
        let path = "\(folder)/\(wanted).wasm"
        if let kept = ComponentDownloads.digest(ofFile: path, limit: componentBytes), kept == wanted {
            return path
        }
        let bytes = try fetch(url)
        let given: SHA256Digest
        do throws(SHA256Error) {
            given = try SHA256.digest(bytes)
        } catch {
            throw ComponentFailure("source", error.description, "mend the installation of OpenSSL")
        }
        guard given == wanted else {
            throw ComponentFailure(
                "source",
                "what \(url) gives has the digest sha256:\(given), which is not the one that is named",
                "if it is to be trusted, write that digest"
            )
        }
        try keep(bytes, path, folder)
        return path
    }

    private func fetch(_ url: String) throws(ComponentFailure) -> [UInt8] {
        do throws(Download.Failure) {
            return try Download.bytes(of: url, limit: componentBytes, limits: limits)
        } catch {
            switch error {
            case .status(let status):
                throw ComponentFailure("source", "\(url) answers \(status)", "correct the URL")
            case .tooLarge:
                throw ComponentFailure(
                    "source",
                    "\(url) has more than \(componentBytes) bytes",
                    "make the component smaller"
                )
            case .transfer(let reason):
                throw ComponentFailure(
                    "source",
                    "\(url) cannot be fetched: \(reason)",
                    "look at the network and the URL, or fetch it and name the file"
                )
            }
        }
    }

    // MARK: The directory

    /// The digest of a file's bytes; nil where it cannot be read, or is longer than `limit`.
    private static func digest(ofFile path: String, limit: Int) -> SHA256Digest? {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var hash = SHA256()
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        var length = 0
        while true {
            let count = unsafe read(descriptor, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { return nil }
            if count == 0 { return try? hash.finish() }
            length += count
            guard length <= limit else { return nil }
            unsafe hash.update(buffer.span.extracting(0..<count).bytes)
        }
    }

    /// Writes a file under another name, and gives it its own when all of it is on the disk.
    private func keep(_ bytes: [UInt8], _ path: String, _ folder: String) throws(ComponentFailure) {
        func failure() -> ComponentFailure {
            ComponentFailure(
                "source",
                "\(path) cannot be written: \(unsafe String(cString: strerror(errno)))",
                "name another directory with --cache-dir"
            )
        }
        ComponentDownloads.makeDirectories(folder)
        let temporary = "\(path).\(String(UInt64.random(in: 0 ... .max), radix: 36))"
        let descriptor = unsafe open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw failure() }
        defer { close(descriptor) }
        guard ComponentDownloads.write(bytes, descriptor), fsync(descriptor) == 0,
            unsafe rename(temporary, path) == 0
        else {
            let reason = failure()
            unsafe unlink(temporary)
            throw reason
        }
        let directory = unsafe open(folder, O_RDONLY | O_CLOEXEC | O_DIRECTORY)
        guard directory >= 0 else { return }
        fsync(directory)
        close(directory)
    }

    private static func write(_ bytes: [UInt8], _ descriptor: Int32) -> Bool {
        unsafe bytes.withUnsafeBytes { buffer in
            var written = 0
            while written < buffer.count {
                let count = unsafe Glibc.write(
                    descriptor,
                    buffer.baseAddress.map { unsafe $0 + written },
                    buffer.count - written
                )
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { return false }
                written += count
            }
            return true
        }
    }

    private static func makeDirectories(_ path: String) {
        var place = path.hasPrefix("/") ? "" : "."
        for part in path.split(separator: "/") {
            place += "/\(part)"
            _ = unsafe mkdir(place, 0o755)
        }
    }
}
