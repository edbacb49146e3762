import ArgumentParser

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
                + "something has been deployed.",
            valueName: "DIR"
        )
    )
    var stateDir = ".spin"

    /// The same options for a host that others deploy to: it keeps what it fetches with the rest, unless
    /// another place is named.
    func apply(to runtime: RuntimeOptions) -> RuntimeOptions {
        guard admin != nil, runtime.cacheDir == nil else { return runtime }
        var runtime = runtime
        runtime.cacheDir = stateDir
        return runtime
    }
}
