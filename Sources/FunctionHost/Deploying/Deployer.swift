import Digest
import Reactor
import SpinManifest
import Synchronization

/// Takes up apps that are deployed to a running host: holds them against the one that is served, loads
/// them aside, keeps them, publishes them. Its calls wait for the disk; one thread makes them, one after
/// the other.
package final class Deployer: Sendable {
    /// What whoever deploys has asked for.
    package struct Request: Sendable {
        /// Rights may widen.
        package var accepts = false
        /// Only the difference is wanted.
        package var isDry = false
        /// Who it is, as the kernel says.
        package var author = "unknown"

        package init() {}
    }

    /// Loads the app of a deployment, taking over from `old` what has not changed.
    package typealias Load =
        @Sendable (_ tree: DeploymentTree, _ old: App) throws -> (app: App?, diagnostics: Diagnostics)

    private struct State {
        /// What is served, where it was deployed.
        var served: (id: Int, contents: DeploymentContents)?
        /// The files of what is served, and of what was served before, whose requests may go on.
        var trees: [DeploymentTree] = []
    }

    let store: DeploymentStore
    private let load: Load
    private let host: AppHost
    private let state: Mutex<State>
    private let tell: @Sendable (String) -> Void

    /// A deployer of `host`, which serves `active`, or an app that was not deployed, or none.
    package init(
        _ store: DeploymentStore,
        _ host: AppHost,
        active: (deployment: Deployment, tree: DeploymentTree)?,
        load: @escaping Load,
        tell: @escaping @Sendable (String) -> Void = { _ in }
    ) {
        self.store = store
        self.load = load
        self.host = host
        self.tell = tell
        var state = State()
        if let active {
            state.served = (active.deployment.id, active.deployment.contents)
            state.trees = [active.tree]
        }
        self.state = Mutex(state)
    }

    /// The files of the deployment that is served; nil where what is served was not deployed.
    package var tree: DeploymentTree? { state.withLock { $0.trees.first } }

    private var served: (id: Int, contents: DeploymentContents)? { state.withLock { $0.served } }

    /// The app that is served, to compare with; nil where there is none yet.
    private var before: (app: App, contents: DeploymentContents?)? {
        let app = host.app
        return app.isAbsent ? nil : (app, served?.contents)
    }

    // MARK: What is asked

    /// Of the digests in a list, one a line with the size behind it, those that the host does not have.
    package func missing(_ list: String) throws(DeployingError) -> String {
        var lines: [String] = []
        for line in list.split(separator: "\n") {
            let words = line.split(separator: " ")
            guard words.count == 2, let digest = SHA256Digest(words[0]), let size = UInt64(words[1])
            else { throw .malformed("a line of the list has no digest and size") }
            if !store.has(digest, size: size) { lines.append("\(digest)\n") }
        }
        return lines.joined()
    }

    /// The deployments that are kept, newest first, with a star at the active one.
    package func list() throws(DeployingError) -> String {
        let active = try store.active().stack.first?.id
        let rows = store.deployments().map { deployment in
            [
                deployment.id == active ? "* \(deployment.id)" : "  \(deployment.id)",
                timestamp(deployment.time), deployment.author, deployment.application,
                "\(deployment.contents.files.count) files, \(deployment.contents.byteCount) bytes",
            ]
        }
        guard !rows.isEmpty else { return "nothing has been deployed\n" }
        return table([["  ID", "TIME", "BY", "APP", "CONTENTS"]] + rows)
    }

    // MARK: Taking up

    /// Takes up what an upload has brought; what is to be told of it.
    func deploy(
        _ upload: DeploymentUpload,
        _ request: Request
    ) throws(DeployingError) -> String {
        try host.changing { () throws(DeployingError) in try takeUp(upload, request) }
    }

    private func takeUp(
        _ upload: DeploymentUpload,
        _ request: Request
    ) throws(DeployingError) -> String {
        let (contents, incoming) = try upload.finish()
        let tree = try store.tree(of: contents, from: incoming)
        let (app, warnings) = try app(tree)
        let difference = AppDifference(from: before, to: (app, contents))
        let application = Deployer.name(app)
        guard !request.isDry else {
            let needs = difference.widens ? "rights widen: this needs --accept\n" : ""
            return warnings + difference.text + needs + "nothing was changed\n"
        }
        if let served, served.contents == contents {
            return warnings + "deployment \(served.id) is the same, and stays active\n"
        }
        guard !difference.widens || request.accepts else {
            throw .widened(
                "\(application) would have rights that the active app has not:\n"
                    + difference.rightsText
                    + "if that is meant, deploy it with --accept\n"
            )
        }
        let deployment = try store.keep(
            contents,
            from: incoming,
            time: UInt64(clamping: Instant.wallSeconds),
            author: request.author,
            application: application
        )
        serve(app, deployment, tree)
        let sent = "\(contents.files.count) files, of which \(upload.received) bytes were sent"
        return warnings + difference.text + "deployment \(deployment.id) is active: \(sent)\n"
    }

    /// Goes back to a deployment: to the one that was active before, if none is named.
    package func rollBack(to id: Int?) throws(DeployingError) -> String {
        try host.changing { () throws(DeployingError) in try goBack(to: id) }
    }

    private func goBack(to id: Int?) throws(DeployingError) -> String {
        let stack = try store.active().stack
        guard let id = id ?? stack.dropFirst().first?.id else {
            throw .unknown("no deployment was active before")
        }
        guard let found = try store.deployment(id) else {
            throw .unknown("there is no deployment \(id), or it is no longer kept")
        }
        guard served?.id != id else { return "deployment \(id) is active already\n" }
        try store.verify(found.deployment)
        let tree = try store.tree(of: found.deployment.contents)
        let (app, warnings) = try app(tree)
        let difference = AppDifference(from: before, to: (app, found.deployment.contents))
        try store.activate(id, record: found.record)
        serve(app, found.deployment, tree)
        return warnings + difference.text + "deployment \(id) is active again\n"
    }

    private func app(
        _ tree: DeploymentTree
    ) throws(DeployingError) -> (app: App, warnings: String) {
        let loaded: (app: App?, diagnostics: Diagnostics)
        do { loaded = try load(tree, host.app) } catch { throw .refused("\(error)") }
        guard let app = loaded.app else { throw .refused("\(loaded.diagnostics)") }
        return (app, loaded.diagnostics.all.isEmpty ? "" : "\(loaded.diagnostics)")
    }

    private func serve(_ app: App, _ deployment: Deployment, _ tree: DeploymentTree) {
        host.publish(app).wait()
        state.withLock { state in
            state.served = (deployment.id, deployment.contents)
            state.trees = [tree] + state.trees.prefix(1)
        }
        tell("deployment \(deployment.id) of \(deployment.application) by \(deployment.author) is active")
    }

    /// The app's name and version, on one line.
    private static func name(_ app: App) -> String {
        let application = app.manifest.application
        let text = application.version.map { "\(application.name) \($0)" } ?? application.name
        let scalars = text.unicodeScalars.filter(isPrintable).prefix(120)
        return String(String.UnicodeScalarView(scalars))
    }
}

/// Rows whose columns begin at the same places.
private func table(_ rows: [[String]]) -> String {
    var widths: [Int] = []
    for row in rows {
        for (column, text) in row.enumerated() {
            if column == widths.count { widths.append(0) }
            widths[column] = max(widths[column], text.count)
        }
    }
    return rows.map { row in
        let cells = row.enumerated().map { column, text in
            column == row.count - 1
                ? text : text + String(repeating: " ", count: widths[column] - text.count)
        }
        return cells.joined(separator: "  ") + "\n"
    }.joined()
}
