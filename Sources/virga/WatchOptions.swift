import ArgumentParser
import FunctionHost

/// How an app is watched while it is served.
struct WatchOptions: ParsableArguments {
    @Flag(name: [.customShort("c"), .long], help: "Clear the screen before each build or reload.")
    var clear = false

    @Option(
        name: [.customShort("d"), .long],
        help: "Milliseconds without a change before what has changed is looked at."
    )
    var debounce = WatchLimits.settleMilliseconds

    @Flag(help: "Build nothing: only what is built already is watched.")
    var skipBuild = false

    func validate() throws {
        guard (0...60_000).contains(debounce) else {
            throw ValidationError("--debounce is between 0 and 60000")
        }
    }
}

extension WatchOptions {
    /// What the reloader is to watch.
    func settings(
        _ source: AppSource,
        _ runs: BuildRun,
        _ start: StartBuilds,
        mayBuild: @escaping @Sendable () -> Bool
    ) -> Reloader.Watching {
        var watching = Reloader.Watching()
        watching.only = source.only
        watching.built = start.built
        watching.failures = start.failures
        watching.mayBuild = mayBuild
        watching.files = source.files
        watching.settleMilliseconds = debounce
        if !skipBuild {
            watching.build = { component, directory in runs.build(component, directory) }
        }
        return watching
    }
}
