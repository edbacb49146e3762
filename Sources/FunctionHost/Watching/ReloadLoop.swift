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
        for case .source(let id) in meanings { build(id) }
        if meanings.contains(.input) || meanings.contains(.files) {
            attempt(isForced: meanings.contains(.files), mayWait: true)
        }
    }

    // MARK: Builds

    private func build(_ id: String) {
        guard let component = manifest?.components.first(where: { $0.id == id }) else { return }
        if builds?.start(component, directory) == true { told(.building(id)) }
    }

    /// A build has ended; `failure` says what was wrong.
    func built(_ id: String, _ failure: String?) {
        let again = builds?.ended(id) ?? .none
        if let failure {
            self.failure("the build of `\(id)` failed: \(failure)")
        } else {
            attempt(isForced: false, mayWait: false)
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
        replan(try? source.read())
        attempt(isForced: true, mayWait: false)
    }

    /// Tries to serve what there is now. Where it is no good and may be half written, that is tried again
    /// a little later if `mayWait`.
    private func attempt(isForced: Bool, mayWait: Bool) {
        host.changing { load(isForced: isForced, mayWait: mayWait) }
    }

    private func load(isForced: Bool, mayWait: Bool) {
        let old = host.app
        do {
            let file = try source.read()
            let (app, diagnostics) = try source.load(file, old)
            guard let app else {
                return noGood("\(diagnostics)", isForced: isForced, mayWait: mayWait)
            }
            let isSame = app.isMadeOfTheSame(as: old)
            if isSame, !isForced {
                guard host.recover() else { return }
                return told(.unchanged)
            }
            let known = Set(old.components.map { ObjectIdentifier($0) })
            let anew = app.components.filter { !known.contains(ObjectIdentifier($0)) }.map(\.name)
            host.publish(app).wait()
            told(.served(app, anew: anew, diagnostics))
        } catch {
            noGood("\(error)", isForced: isForced, mayWait: mayWait)
        }
    }

    private func noGood(_ description: String, isForced: Bool, mayWait: Bool) {
        let grace = lastChange.after(milliseconds: WatchLimits.graceMilliseconds)
        guard mayWait, Instant.now < grace else { return failure(description) }
        meanings.insert(isForced ? .files : .input)
        guard timer == nil else { return }
        timer = loop.schedule(grace, self)
    }

    private func failure(_ description: String) {
        host.failed(description)
        told(.failed(description))
    }
}

extension ReloadLoop: Watcher {
    func ready(_ readiness: Readiness) {}

    func timerFired(_ timer: TimerID) {
        self.timer = nil
        settled()
    }
}
