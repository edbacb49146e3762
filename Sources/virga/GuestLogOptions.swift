// Unsafe here: a variable of the environment, copied at once.
import ArgumentParser
import FunctionHost
import Glibc
import SpinManifest

/// Where goes what guests write to their standard output and error.
struct GuestLogOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Append what guests write to ID_stdout.txt and ID_stderr.txt in this directory, too "
                + "(SPIN_LOG_DIR).",
            valueName: "DIR"
        )
    )
    var logDir: String?

    @Flag(help: "Empty the files of --log-dir at the start.")
    var truncateLogs = false

    @Option(
        help: ArgumentHelp(
            "Print what this component writes, and not what others do; may be repeated.",
            valueName: "ID"
        )
    )
    var follow: [String] = []

    /// Where the guests' output goes; the directory is made if need be.
    func output(
        _ configuration: RuntimeConfiguration,
        isQuiet: Bool,
        _ log: LogWriter
    ) throws -> GuestOutput {
        let environment = unsafe getenv("SPIN_LOG_DIR").map { unsafe String(cString: $0) }
        let path = logDir ?? environment ?? configuration.logDirectory ?? ""
        guard !path.isEmpty || !truncateLogs else {
            throw ValidationError("--truncate-logs empties the files of --log-dir, which is not given")
        }
        let directory = path.isEmpty ? nil : try LogDirectory(path, truncates: truncateLogs)
        return GuestOutput(log, directory, followed: Set(follow), isQuiet: isQuiet)
    }

    /// Throws a sentence where a component is followed that is none of an app's.
    func check(_ app: App) throws {
        let names = app.components.map(\.name)
        for id in follow where !names.contains(id) {
            let others = names.isEmpty ? "" : "; there are \(names.joined(separator: ", "))"
            throw Failure("--follow \(id): no component that is served has this id" + others)
        }
    }
}
