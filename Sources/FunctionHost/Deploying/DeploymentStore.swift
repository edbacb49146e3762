// Unsafe here: a path passed to the C library.

import Digest
import Glibc
import Reactor
import SpinManifest

/// The deployments of a host, in its state directory:
///
///     deployments/blobs/DIGEST   a file of deployments, by its SHA-256
///     deployments/records/ID     what a deployment consists of, when and by whom it was made
///     deployments/active         which is active, and which were before it
///     deployments/incoming/      what is being received; emptied at each start
///     deployments/apps/          the active deployment's files at their paths; made anew at each start
///     deployments/lock           held while a host runs
///
/// A deployment is kept by three renames, blobs before records before `active`, each synced before the
/// next. Where a host ends in between, what was not named by `active` is removed at the next start. All
/// calls are made on one thread at a time.
package final class DeploymentStore: Sendable {
    let directory: String
    let limits: DeployingLimits
    private let lock: Int32

    /// The store in a state directory, which is made if it is not there.
    ///
    /// Throws where it cannot be used, or another host uses it.
    package init(
        in stateDirectory: String,
        limits: DeployingLimits = DeployingLimits()
    ) throws(DeployingError) {
        let directory = stateDirectory + "/deployments"
        self.directory = directory
        self.limits = limits
        do throws(SystemError) {
            try StateFiles.makeDirectories(stateDirectory)
            try StateFiles.makeDirectory(directory)
            for name in ["blobs", "records", "incoming", "apps"] {
                try StateFiles.makeDirectory("\(directory)/\(name)")
            }
            lock = unsafe open("\(directory)/lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
            guard lock >= 0 else { throw SystemError("open \(directory)/lock", errno) }
            try StateFiles.syncDirectory(directory)
            try StateFiles.syncDirectory(stateDirectory)
        } catch {
            throw .storage("the state directory \(stateDirectory) cannot be used: \(error)")
        }
        guard flock(lock, LOCK_EX | LOCK_NB) == 0 else {
            close(lock)
            throw .inUse("the state directory \(stateDirectory) is used by another host")
        }
        for folder in ["incoming", "apps"] {
            for name in StateFiles.names("\(directory)/\(folder)") {
                StateFiles.remove("\(directory)/\(folder)/\(name)")
            }
        }
        collect()
    }

    deinit { close(lock) }

    /// Bytes that an upload may have: a list of files, and files.
    package var uploadBytes: UInt64 { limits.bytes + UInt64(limits.listBytes) }

    // MARK: What is there

    func blob(_ digest: SHA256Digest) -> String { "\(directory)/blobs/\(digest)" }
    private func record(_ id: Int) -> String { "\(directory)/records/\(id)" }

    /// Whether a file is there.
    func has(_ digest: SHA256Digest, size: UInt64) -> Bool {
        StateFiles.size(blob(digest)) == size
    }

    /// Which deployments are and were active.
    func active() throws(DeployingError) -> ActiveDeployments {
        let path = "\(directory)/active"
        guard let bytes = try storing({ () throws(SystemError) in
            try StateFiles.read(path, limit: 1 << 20)
        }) else { return ActiveDeployments() }
        guard let active = ActiveDeployments(parsing: String(decoding: bytes, as: UTF8.self)) else {
            throw .storage("\(path) is damaged")
        }
        return active
    }

    /// The deployments, newest first; those whose record is damaged are left out.
    func deployments() -> [Deployment] {
        recordIDs().reversed().compactMap { id in try? deployment(id)?.deployment }
    }

    private func recordIDs() -> [Int] {
        StateFiles.names("\(directory)/records").compactMap { Int($0) }.sorted()
    }

    /// The deployment with this id, and the digest of its record; nil where there is none.
    func deployment(
        _ id: Int
    ) throws(DeployingError) -> (deployment: Deployment, record: SHA256Digest)? {
        let path = record(id)
        // A record is its list and four short lines.
        let limit = limits.listBytes + 4 * limits.pathBytes
        guard let bytes = try storing({ () throws(SystemError) in
            try StateFiles.read(path, limit: limit)
        }) else { return nil }
        do {
            let text = String(decoding: bytes, as: UTF8.self)
            let deployment = try Deployment(parsing: text, limits: limits)
            guard deployment.id == id else { throw DeployingError.malformed("it has another id") }
            return (deployment, try SHA256.digest(bytes))
        } catch {
            throw .storage("\(path) is damaged: \(error)")
        }
    }

    /// The active deployment, with all its files verified; nil where there is none.
    package func activeDeployment() throws(DeployingError) -> Deployment? {
        guard let top = try active().stack.first else { return nil }
        guard let found = try deployment(top.id) else {
            throw .storage("\(record(top.id)) is not there, and it is the active deployment")
        }
        guard found.record == top.record else { throw .storage("\(record(top.id)) is damaged") }
        try verify(found.deployment)
        return found.deployment
    }

    /// Throws unless each file of a deployment has the bytes that its digest says.
    func verify(_ deployment: Deployment) throws(DeployingError) {
        for (digest, size) in deployment.contents.digests {
            let path = blob(digest)
            guard has(digest, size: size) else {
                throw .storage("\(path) is not there, or is damaged, and deployment \(deployment.id) has it")
            }
            let found = try storing { () throws(SystemError) in try FileDigest(path) }
            guard found.digest == digest else { throw .storage("\(path) is damaged") }
        }
    }

    // MARK: Keeping

    /// A directory for what is being received.
    func makeIncoming() throws(DeployingError) -> String {
        let path = "\(directory)/incoming/upload"
        return try storing { () throws(SystemError) in try StateFiles.makeUniqueDirectory(path) }
    }

    /// Keeps a deployment whose other files are in the directory `incoming`, by their digests, and makes
    /// it the active one.
    func keep(
        _ contents: DeploymentContents,
        from incoming: String,
        time: UInt64,
        author: String,
        application: String
    ) throws(DeployingError) -> Deployment {
        var active = try active()
        let deployment = Deployment(
            id: active.last + 1,
            contents: contents,
            time: time,
            author: author,
            application: application
        )
        let bytes = Array(deployment.text.utf8)
        let digest: SHA256Digest
        do { digest = try SHA256.digest(bytes) } catch { throw .storage("\(error)") }
        active.activate(ActiveDeployments.Entry(id: deployment.id, record: digest))
        active.stack = Array(active.stack.prefix(max(limits.kept, 1)))
        let text = active.text
        defer { collect() }
        try storing { () throws(SystemError) in
            for name in StateFiles.names(incoming) {
                try StateFiles.rename("\(incoming)/\(name)", "\(directory)/blobs/\(name)")
            }
            try StateFiles.syncDirectory("\(directory)/blobs")
            try StateFiles.replace(record(deployment.id), bytes)
            try StateFiles.replace("\(directory)/active", Array(text.utf8))
        }
        return deployment
    }

    /// Makes a deployment that is there the active one.
    func activate(_ id: Int, record: SHA256Digest) throws(DeployingError) {
        var active = try active()
        active.activate(ActiveDeployments.Entry(id: id, record: record))
        let text = active.text
        try storing { () throws(SystemError) in
            try StateFiles.replace("\(directory)/active", Array(text.utf8))
        }
    }

    /// Removes what nothing names: records that never became active, deployments beyond the limit, and
    /// files of none that is left. Where something is damaged, nothing is removed.
    private func collect() {
        guard let active = try? active() else { return }
        var ids = recordIDs()
        for name in StateFiles.names("\(directory)/records")
        where (Int(name) ?? .max) > active.last || name != "\(Int(name) ?? 0)" {
            StateFiles.remove("\(directory)/records/\(name)")
        }
        ids.removeAll { $0 > active.last }
        let stack = active.stack.map(\.id)
        // Those that were rolled back from go first, then those that were active longest ago.
        let order = ids.filter { !stack.contains($0) } + stack.reversed().filter { ids.contains($0) }
        for id in order.dropLast(max(limits.kept, 1)) {
            unsafe unlink(record(id))
            ids.removeAll { $0 == id }
        }
        var named: Set<String> = []
        for id in ids {
            guard let found = try? deployment(id) else { return }
            named.formUnion(found.deployment.contents.digests.keys.map(\.description))
        }
        for name in StateFiles.names("\(directory)/blobs") where !named.contains(name) {
            unsafe unlink("\(directory)/blobs/\(name)")
        }
    }

    private func storing<Value>(
        _ body: () throws(SystemError) -> Value
    ) throws(DeployingError) -> Value {
        do throws(SystemError) { return try body() } catch { throw .storage("\(error)") }
    }

    // MARK: Serving

    /// The files of a deployment at their paths, in a directory that lasts as long as what this gives.
    package func tree(
        of contents: DeploymentContents,
        from incoming: String? = nil
    ) throws(DeployingError) -> DeploymentTree {
        let mounted = contents.files.map { file in
            let staged = incoming.map { "\($0)/\(file.digest)" }
            let isStaged = staged.map { StateFiles.size($0) != nil } ?? false
            return MountedFile(
                hostPath: isStaged ? staged ?? "" : blob(file.digest),
                guestPath: "/\(file.path)"
            )
        }
        do {
            let files = try MountTree(mounted, in: "\(directory)/apps")
            for path in contents.directories {
                try StateFiles.makeDirectories("\(files.path)/\(path)")
            }
            return try DeploymentTree(files, contents, limits)
        } catch {
            throw .storage("the files of the deployment cannot be laid out: \(error)")
        }
    }
}
