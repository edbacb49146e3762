import ArgumentParser

/// `virga watch`: builds and serves an app, and does so again with each change.
struct WatchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "watch",
        abstract: "Build and serve an app, and take up each change.",
        discussion: """
            Components whose `build.watch` files change are built again, and those that are new or built \
            by another command; what has changed of the manifest, components, files and certificates is \
            served from the next request on. Where it is no good, what was served before goes on, and \
            the reason is printed. All options of `virga up` may be given too.

            virga watch -f my-app --listen 127.0.0.1:3000
            """
    )

    @OptionGroup var watching: WatchOptions

    @Argument(parsing: .allUnrecognized, help: "Options of `virga up`.")
    var upOptions: [String] = []

    func run() throws {
        var up = try UpCommand.parse(upOptions)
        up.build = up.build || !watching.skipBuild
        try up.serve(watching)
    }
}
