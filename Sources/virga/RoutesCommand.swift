import ArgumentParser
import SpinManifest

/// `virga routes`: prints the routes of a manifest, or says which one a request takes.
struct RoutesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "routes",
        abstract: "Print an app's routes, in the order in which they are tried.",
        discussion: """
            Each with its name, and the methods and hosts that it is for; private ones come last. With \
            --explain, the candidates for a request are printed, and why the winner won.

            virga routes -f my-app --explain 'GET /users/7'
            """
    )

    @OptionGroup var app: AppOptions

    @Option(
        help: "A request, as 'GET /a/b', 'GET example.com/a/b' or 'GET http://example.com/a/b'."
    )
    var explain: String?

    func run() throws {
        let checked = try app.manifestFile().check(profile: app.profile)
        guard let manifest = checked.manifest else { throw Failure("\(checked.diagnostics)") }
        let router = Router(manifest.routes)
        guard let explain else {
            if !router.routes.isEmpty { print(router) }
            for trigger in manifest.triggers where trigger.route == .isPrivate {
                print("(private)  \(trigger.id)")
            }
            return
        }
        let words = explain.split(separator: " ").map(String.init)
        guard words.count == 2, let (host, target) = RoutesCommand.parts(words[1]) else {
            throw ValidationError(
                "--explain '\(explain)': write a method and a path, as 'GET /a/b'"
            )
        }
        let explanation = router.explain(
            method: words[0],
            host: host,
            target: target
        )
        print(explanation)
    }

    /// The authority, which may be left out, and the rest of a path or URL; nil of what has no path.
    /// Spec: RFC 9112 section 3.2
    private static func parts(_ text: String) -> (host: String, target: String)? {
        let scheme = ["http://", "https://"].first { text.lowercased().hasPrefix($0) } ?? ""
        let rest = text.dropFirst(scheme.count)
        let end = rest.firstIndex { $0 == "/" || $0 == "?" } ?? rest.endIndex
        let target = rest[end...].hasPrefix("/") ? String(rest[end...]) : "/" + rest[end...]
        guard !scheme.isEmpty || rest[end...].hasPrefix("/") else { return nil }
        return (String(rest[..<end]), target)
    }
}
