import Reactor
import SpinManifest

/// The reloader on its own thread: gathers what changes, builds, loads and publishes.
final class ReloadLoop {
    private let loop: EventLoop
    private let host: AppHost
    private let source: Reloader.Source
    private let told: @Sendable (Reloader.Event) -> Void

    private var watching = Reloader.Watching()
    private var changes: FileChanges?
    private var plan: WatchPlan?
    /// The last manifest that could be read.
    private var manifest: Manifest?
    private var directory = "."
    private var isCutTold = false

    private var timer: TimerID?
    private var lastChange = Instant.now
    /// Entries that were made and are not closed yet.
    private var unfinished: Set<String> = []
    /// What has changed since it was last looked at.
    private var meanings: Set<WatchPlan.Meaning> = []
    private var builds: ComponentBuilds?
    /// How each component was built last.
    private var built: [String: Build] = [:]
    private var failures = BuildFailures()
    /// Whether the app is to be loaded once what was not built yet is, and whether that is forced.
    private var owed: Bool?
    /// Whether anything has changed since the app was first loaded.
    private var hasChanged = false

    init(
        _ loop: EventLoop,
        _ host: AppHost,
        _ source: Reloader.Source,
        _ told: @escaping @Sendable (Reloader.Event) -> Void
    ) {
        self.loop = loop
        self.host = host
        self.source = source
        self.told = told
    }

    /// Watches from now on.
    func watch(_ watching: Reloader.Watching) throws(SystemError) {
        self.watching = watching
        if let build = watching.build {
            builds = try ComponentBuilds(build, loop.mailbox)
        }
        built = watching.built
        failures = watching.failures
        changes = try FileChanges(loop) { [unowned self] in changed($0) }
        // What changed while the app was loaded the first time was not seen.
        meanings = [.input]
        lastChange = Instant.now
        replan(try? source.read())
        schedule(after: watching.settleMilliseconds)
    }

    func stop() {
        changes?.stop()
        builds?.stop()
    }

    // MARK: Changes

    private func changed(_ changes: [FileChanges.Change]) {
        guard let plan else { return }
        var isRelevant = false
        for change in changes {
            let found = plan.meanings(of: change)
            guard !found.isEmpty || plan.changesFolders(change) else { continue }
            if change.isBeginning, !change.isFolder {
                unfinished.insert(change.path)
            } else {
                unfinished.remove(change.path)
            }
            meanings.formUnion(found)
            isRelevant = true
        }
        guard isRelevant else { return }
        lastChange = loop.now
        hasChanged = true
        let isWhole = unfinished.isEmpty
        schedule(
            after: isWhole
                ? watching.settleMilliseconds
                : max(watching.settleMilliseconds, WatchLimits.unfinishedMilliseconds)
        )
    }

    private func schedule(after milliseconds: Int) {
        if let timer { loop.cancel(timer) }
        timer = loop.schedule(Instant.now.after(milliseconds: milliseconds), self)
    }

    /// Watches what the manifest names now.
    private func replan(_ file: ManifestFile?) {
        guard let changes, let file else { return }
        directory = file.directory ?? "."
        manifest = file.uncheckedFiles(profile: source.profile) ?? manifest
        let plan = WatchPlan(
            manifest,
            file,
            others: watching.files,
            builds: builds != nil
        )
        self.plan = plan
        let failures = changes.watch(only: plan.folders)
        guard plan.isCut || !failures.isEmpty else { return isCutTold = false }
        guard !isCutTold else { return }
        isCutTold = true
        let limit = LoopLimits().watchedFolders
        let reason =
            failures.first.map { "\($0.folder): \(SystemError.reason($0.error.code))" }
            ?? "there are more than \(limit)"
        told(
            .notWatched(
                "not every folder is watched (\(reason)): narrow `build.watch`, or raise "
                    + "fs.inotify.max_user_watches"
            )
        )
    }

    private func settled() {
        unfinished = []
        let meanings = self.meanings
        self.meanings = []
        if !meanings.isEmpty { told(.noticed) }
        let file = try? source.read()
        replan(file)
        let unbuilt = unbuilt
        for case .source(let id) in meanings where !unbuilt.contains(id) { build(id) }
        for id in unbuilt { build(id) }
        guard meanings.contains(.input) || meanings.contains(.files) else { return }
        let isForced = meanings.contains(.files)
        if let builds, !builds.isIdle, owed != nil || !unbuilt.isEmpty {
            owed = isForced || owed == true
        } else {
            attempt(isForced: isForced, mayWait: true)
        }
    }

    // MARK: Builds

    /// The components that were never built, or by other commands or in another folder.
    private var unbuilt: [String] {
        guard builds != nil, watching.mayBuild(), let manifest else { return [] }
        let ids = manifest.components.map(\.id)
        built = built.filter { ids.contains($0.key) }
        failures.keep(ids)
        return manifest.components.filter { component in
            guard let build = component.build, isChosen(component.id) else { return false }
            guard let last = built[component.id] else { return true }
            return last.commands != build.commands || last.directory != build.directory
        }.map(\.id)
    }

    private func isChosen(_ id: String) -> Bool { watching.only.isEmpty || watching.only.contains(id) }

    private func build(_ id: String) {
        guard watching.mayBuild(), isChosen(id),
            let component = manifest?.components.first(where: { $0.id == id })
        else { return }
        built[id] = component.build
        if builds?.start(component, directory) == true { told(.building(id)) }
    }

    /// A build has ended; `failure` says what was wrong.
    func built(_ id: String, _ failure: BuildFailure?) {
        let again = builds?.ended(id) ?? .none
        hasChanged = true
        failures[id] = failure
        if let failure {
            self.failure(BuildFailures.message(id, failure), failures.description())
        }
        let isForced = owed == true
        if owed == nil {
            if failure == nil { attempt(isForced: false, mayWait: false) }
        } else if again != .again, builds?.isIdle ?? true {
            owed = nil
            // What is wrong with the build has been told; what follows from it need not be.
            attempt(isForced: isForced, mayWait: false, isQuiet: !failures.isEmpty)
        }
        switch again {
        case .none: break
        case .again: build(id)
        case .tooOften:
            told(
                .notWatched(
                    "the build of `\(id)` changes what its `build.watch` names; it is built again at "
                        + "the next change after this"
                )
            )
        }
    }

    // MARK: Loading

    /// Reads everything again and serves it.
    func reload() {
        hasChanged = true
        replan(try? source.read())
        attempt(isForced: true, mayWait: false)
    }

    /// Tries to serve what there is now. Where it is no good and may be half written, that is tried again
    /// a little later if `mayWait`; it is not told if `isQuiet`.
    private func attempt(isForced: Bool, mayWait: Bool, isQuiet: Bool = false) {
        host.changing {
            guard let reason = load(isForced: isForced), !isQuiet else { return }
            let grace = lastChange.after(milliseconds: WatchLimits.graceMilliseconds)
            guard mayWait, Instant.now < grace else {
                return failure(reason, failures.description(with: reason))
            }
            meanings.insert(isForced ? .files : .input)
            guard timer == nil else { return }
            timer = loop.schedule(grace, self)
        }
    }

    /// Serves what there is now; gives why that cannot be done.
    private func load(isForced: Bool) -> String? {
        let old = host.app
        do {
            let file = try source.read()
            let (app, diagnostics) = try source.load(file, old)
            guard let app else { return "\(diagnostics)" }
            guard isForced || !app.isMadeOfTheSame(as: old) else {
                if !failures.isEmpty {
                    host.failed(failures.description(), isNew: false)
                } else if host.recover() {
                    told(.unchanged)
                }
                return nil
            }
            let known = Set(old.components.map { ObjectIdentifier($0) })
            let anew = app.components.filter { !known.contains(ObjectIdentifier($0)) }.map(\.name)
            host.publish(app).wait()
            if !failures.isEmpty { host.failed(failures.description(), isNew: false) }
            told(.served(app, anew: anew, diagnostics))
            return nil
        } catch {
            return "\(error)"
        }
    }

    /// Notes what is wrong, and tells it; what was told at the start is not told again.
    private func failure(_ reason: String, _ description: String) {
        let isKnown = host.lastFailure?.description == description
        host.failed(description, isNew: !isKnown)
        guard hasChanged || !isKnown else { return }
        told(.failed(reason, isKnown: isKnown, isServing: !host.app.isAbsent))
    }
}

extension ReloadLoop: Watcher {
    func ready(_ readiness: Readiness) {}

    func timerFired(_ timer: TimerID) {
        self.timer = nil
        settled()
    }
}
