import ArgumentParser
import SpinManifest

/// `virga routes`: prints the routes of a manifest, or says which one a request takes.
struct RoutesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "routes",
        abstract: "Print an app's routes, in the order in which they are tried.",
        discussion: """
            With --explain, the candidates for a request are printed, and why the winner won.

            virga routes -f my-app --explain 'GET /users/7'
            """
    )

    @OptionGroup var app: AppOptions

    @Option(help: "A request, as 'GET /a/b' or 'GET example.com/a/b'.")
    var explain: String?

    func run() throws {
        let checked = try app.manifestFile().check(profile: app.profile)
        guard let manifest = checked.manifest else { throw Failure("\(checked.diagnostics)") }
        let router = Router(manifest.routes)
        guard let explain else {
            for route in router.routes { print("\(route.pattern.based)  \(route.name)") }
            return
        }
        let words = explain.split(separator: " ").map(String.init)
        guard words.count == 2, let slash = words[1].firstIndex(of: "/") else {
            throw ValidationError(
                "--explain '\(explain)': write a method and a path, as 'GET /a/b'"
            )
        }
        let explanation = router.explain(
            method: words[0],
            host: String(words[1][..<slash]),
            target: String(words[1][slash...])
        )
        print(explanation)
    }
}
