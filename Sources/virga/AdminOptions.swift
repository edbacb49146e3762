import ArgumentParser
import SpinManifest

/// The admin socket of a host, and where it keeps what is deployed.
struct AdminOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Listen for `virga deploy` at this Unix socket, which only its owner may use.",
            valueName: "PATH"
        )
    )
    var admin: String?

    @Option(
        help: ArgumentHelp(
            "Where the host keeps what is deployed. What is active there is served, and -f only until "
                + "something has been deployed. By default what the runtime configuration says, or .spin.",
            valueName: "DIR"
        )
    )
    var stateDir: String?

    func validate() throws {
        guard admin != nil || stateDir == nil else {
            throw ValidationError("--state-dir is where a host with --admin keeps what is deployed")
        }
    }

    /// Where the host keeps what is deployed.
    var stateDirectory: String { stateDir ?? ".spin" }

    /// These options, and where they name no directory the one of the runtime configuration.
    func completed(by configuration: RuntimeConfiguration) -> AdminOptions {
        guard stateDir == nil, let directory = configuration.stateDirectory, !directory.isEmpty else {
            return self
        }
        var options = self
        options.stateDir = directory
        return options
    }

    /// The same options for a host that others deploy to: it keeps what it fetches with the rest, unless
    /// another place is named.
    func apply(to runtime: RuntimeOptions) -> RuntimeOptions {
        guard admin != nil, runtime.cacheDir == nil else { return runtime }
        var runtime = runtime
        runtime.cacheDir = stateDirectory
        return runtime
    }
}
