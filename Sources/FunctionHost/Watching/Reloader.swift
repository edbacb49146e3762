import Reactor
import SpinManifest

/// Loads an app anew when it is told to, or when what it is made of has changed, on a thread of its own,
/// and has the host serve it.
///
/// Where the new one is no good, the old one goes on, and the host keeps the reason.
package final class Reloader: Sendable {
    /// Where the app comes from.
    package struct Source: Sendable {
        /// Reads the manifest.
        package var read: @Sendable () throws -> ManifestFile
        /// Makes the app of it, with all that is wrong; takes over from `old` what has not changed.
        package var load:
            @Sendable (_ file: ManifestFile, _ old: App) throws -> (
                app: App?, diagnostics: Diagnostics
            )
        /// The profile that components are to have.
        package var profile: String?

        package init(
            profile: String?,
            read: @escaping @Sendable () throws -> ManifestFile,
            load:
                @escaping @Sendable (_ file: ManifestFile, _ old: App) throws -> (
                    app: App?, diagnostics: Diagnostics
                )
        ) {
            self.profile = profile
            self.read = read
            self.load = load
        }
    }

    /// What is watched, and how.
    package struct Watching: Sendable {
        /// Files that are read beside what the manifest names.
        package var files: [String] = []
        /// Builds a component whose sources have changed, below the app's directory; gives what was
        /// wrong. Nothing is built where this is nil.
        package var build: (@Sendable (Component, _ directory: String) -> BuildFailure?)?
        /// Whether what is served now may be built: not what others have deployed.
        package var mayBuild: @Sendable () -> Bool = { true }
        /// IDs of the components that are built; all where there are none.
        package var only: [String] = []
        /// How components are built already, by their IDs.
        package var built: [String: Build] = [:]
        /// What was wrong with that.
        package var failures = BuildFailures()
        /// Milliseconds without a change after which it is looked at what has changed.
        package var settleMilliseconds = WatchLimits.settleMilliseconds

        package init() {}
    }

    /// What happens.
    package enum Event: Sendable {
        /// Something has changed, and is looked at now.
        case noticed
        /// What a component is built from has changed; its ID.
        case building(String)
        /// Another app is served from now on; the names of the components that were made anew.
        case served(App, anew: [String], Diagnostics)
        /// All is as it is served.
        case unchanged
        /// What is wrong; the old app goes on, where there is one. It is known where it was told before.
        case failed(String, isKnown: Bool, isServing: Bool)
        /// Not all that should be watched is: a sentence.
        case notWatched(String)
    }

    private let thread: LoopThread
    private let mailbox: Mailbox

    /// Starts the thread; files are watched where `watching` says which. `told` is called on it.
    package init(
        _ host: AppHost,
        _ source: Source,
        watching: Watching? = nil,
        told: @escaping @Sendable (Event) -> Void
    ) throws(SystemError) {
        let started = Answer<Result<Mailbox, SystemError>>()
        thread = try LoopThread(name: "virga-reload", core: nil) {
            do throws(SystemError) {
                let loop = try EventLoop()
                let reloads = ReloadLoop(loop, host, source, told)
                if let watching { try reloads.watch(watching) }
                loop.owner = reloads
                started.give(.success(loop.mailbox))
                loop.run()
                reloads.stop()
            } catch {
                started.give(.failure(error))
            }
        }
        mailbox = try started.wait().get()
    }

    /// Has everything read again, soon; may be called on any thread.
    package func reload() {
        mailbox.post { loop in (loop.owner as? ReloadLoop)?.reload() }
    }

    /// Ends the thread, after what is under way.
    package func stop() {
        mailbox.post { $0.stop() }
        thread.join()
    }
}

/// What watching may take.
package enum WatchLimits {
    /// Milliseconds without a change after which it is looked at what has changed.
    package static let settleMilliseconds = 15
    /// The same while an entry is there that was made and not yet closed.
    static let unfinishedMilliseconds = 60
    /// Milliseconds since the last change before which what is no good is not spoken of: it may be half
    /// of what is to come.
    static let graceMilliseconds = 300
    /// Builds of a component one after the other of which each changed what it is built from.
    static let buildsInARow = 3
}
