// Unsafe here: arrays seen as raw bytes.

import Digest
import Reactor

/// An upload as it comes in: a list of files, an empty line, and the bytes of those files that the host
/// does not have, in the order of their `blob` lines.
///
///     virga-deployment 1
///     name spin.toml
///     manifest spin.toml
///     file DIGEST 812 spin.toml
///     file DIGEST 51234 hello.wasm
///     blob DIGEST
///
/// Each file is written beside others that come in, under its digest, which is verified; what is wrong
/// ends the upload at once. All of it is removed with this object, unless it was kept.
final class DeploymentUpload {
    private let store: DeploymentStore
    private let limits: DeployingLimits
    /// Where the files are that have come.
    private(set) var incoming: String?
    private var list: [UInt8] = []
    private(set) var contents: DeploymentContents?
    /// Files that are to come.
    private var awaited: [(digest: SHA256Digest, size: UInt64)] = []
    private var next = 0
    private var current: IncomingFile?
    /// Bytes of files that have come.
    private(set) var received: UInt64 = 0

    init(_ store: DeploymentStore) {
        self.store = store
        limits = store.limits
    }

    deinit { if let incoming { StateFiles.remove(incoming) } }

    /// Takes the next bytes.
    func take(_ bytes: [UInt8]) throws(DeployingError) {
        var bytes = bytes[...]
        if contents == nil { bytes = try takeList(bytes) }
        guard contents != nil else { return }
        while !bytes.isEmpty {
            guard let file = current else {
                throw .malformed("the upload goes on after its last file")
            }
            let count = min(file.missing, UInt64(bytes.count))
            try file.write(Array(bytes.prefix(Int(count))))
            received += count
            bytes = bytes.dropFirst(Int(count))
            guard file.missing == 0 else { continue }
            try finishFile()
            try beginFile()
        }
    }

    /// The contents, where all has come.
    func finish() throws(DeployingError) -> (contents: DeploymentContents, incoming: String) {
        guard let contents, let incoming else {
            throw .malformed("the upload ends within its list of files")
        }
        guard current == nil, next == awaited.count else {
            throw .malformed("the upload ends before its last file")
        }
        let sent = Set(awaited.map(\.digest))
        let missing = contents.digests.filter { digest, size in
            !sent.contains(digest) && !store.has(digest, size: size)
        }
        guard missing.isEmpty else { throw .missing(missing.keys.sorted()) }
        return (contents, incoming)
    }

    // MARK: The list

    /// Gathers the list; what follows it, once it is whole.
    private func takeList(_ bytes: ArraySlice<UInt8>) throws(DeployingError) -> ArraySlice<UInt8> {
        let start = max(list.count - 1, 0)
        list += bytes
        guard let end = emptyLine(from: start) else {
            guard list.count <= limits.listBytes else { throw listTooLong }
            return []
        }
        guard end <= limits.listBytes else { throw listTooLong }
        guard let text = String(validating: list[..<end], as: UTF8.self) else {
            throw .malformed("the list of files is not UTF-8")
        }
        let rest = list[(end + 1)...]
        list = []
        try begin(text)
        return rest
    }

    private var listTooLong: DeployingError {
        .overLimit("the list of files has more than \(limits.listBytes) bytes")
    }

    /// Where the second of two ends of lines is, in what has come.
    private func emptyLine(from start: Int) -> Int? {
        var place = start
        while place + 1 < list.count {
            if list[place] == 0x0A && list[place + 1] == 0x0A { return place + 1 }
            place += 1
        }
        return nil
    }

    private func begin(_ text: String) throws(DeployingError) {
        var digests: [SHA256Digest] = []
        var isSound = true
        let contents = try DeploymentContents(parsing: text, limits: limits) { key, value in
            guard key == "blob" else { return false }
            if let digest = SHA256Digest(value) { digests.append(digest) } else { isSound = false }
            return true
        }
        let sizes = contents.digests
        for digest in digests {
            guard let size = sizes[digest] else { isSound = false; continue }
            awaited.append((digest, size))
        }
        guard isSound, Set(digests).count == digests.count else {
            throw .malformed("the upload has files that are not in its list, or has one twice")
        }
        incoming = try store.makeIncoming()
        self.contents = contents
        try beginFile()
    }

    // MARK: Files

    /// Opens the next file. Those without bytes are whole at once.
    private func beginFile() throws(DeployingError) {
        while current == nil, next < awaited.count, let incoming {
            let (digest, size) = awaited[next]
            current = try IncomingFile("\(incoming)/\(digest)", digest, size)
            if size == 0 { try finishFile() }
        }
    }

    private func finishFile() throws(DeployingError) {
        try current?.finish()
        current = nil
        next += 1
    }
}

/// A file of an upload that is being written.
private final class IncomingFile {
    private let digest: SHA256Digest
    private var file: NewFile?
    private var hash: SHA256? = SHA256()
    /// Bytes that are to come.
    private(set) var missing: UInt64

    init(_ path: String, _ digest: SHA256Digest, _ size: UInt64) throws(DeployingError) {
        self.digest = digest
        missing = size
        do throws(SystemError) {
            file = try NewFile(path, mode: 0o400)
        } catch {
            throw .storage("\(error)")
        }
    }

    func write(_ bytes: [UInt8]) throws(DeployingError) {
        hash?.update(bytes)
        missing -= UInt64(bytes.count)
        do throws(SystemError) {
            try unsafe file?.write(bytes.span.bytes)
        } catch {
            throw .storage("\(error)")
        }
    }

    /// Has the file reach the disk, if its bytes are those of the digest.
    func finish() throws(DeployingError) {
        guard let file = file.take(), let hash = hash.take() else { return }
        do {
            guard try hash.finish() == digest else {
                throw DeployingError.malformed(
                    "a file that was sent has not the digest \(digest): it was changed meanwhile, or damaged"
                )
            }
            try file.finish()
        } catch let error as DeployingError {
            throw error
        } catch {
            throw .storage("\(error)")
        }
    }
}
