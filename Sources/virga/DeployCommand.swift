import ArgumentParser
import Digest
import FunctionHost
import Glibc
import SpinManifest

/// `virga deploy`: sends an app to a running host, which serves it from then on.
struct DeployCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "deploy",
        abstract: "Have a running host serve an app from now on.",
        discussion: """
            Checks the manifest, sends the files that it names and the host does not have, and prints \
            what has changed. Requests that are under way end in the app that they came to. Where the \
            app cannot be served, or its components would have rights that they have not, nothing \
            changes, and what it was is printed.

            virga up --admin /run/virga/admin.sock
            virga deploy -f my-app --to /run/virga/admin.sock
            """
    )

    @Option(
        name: [.customShort("f"), .long],
        help: "The manifest, the directory it is in, or a component (.wasm) to serve on every path."
    )
    var from = "."

    @Option(help: "The profile that components are to have.")
    var profile: String?

    @OptionGroup var host: HostOptions

    @Flag(help: "Print what would change, and change nothing.")
    var dryRun = false

    @Flag(help: "Let components have rights that they have not now.")
    var accept = false

    func run() throws {
        let file = try AppOptions.manifestFile(from)
        let checked = file.check(profile: profile)
        guard let manifest = checked.manifest else { throw Failure("\(checked.diagnostics)") }
        var diagnostics = checked.diagnostics
        guard let files = AppFiles(file, manifest, profile: profile, &diagnostics) else {
            throw Failure("\(diagnostics)")
        }
        let client = host.client
        let list = files.contents.digests.map { "\($0.key) \($0.value)\n" }.sorted().joined()
        let asked = try client.post("/deployments/missing", OutgoingBody(Array(list.utf8)))
        let missing = try client.text(asked).split(separator: "\n").compactMap { SHA256Digest($0) }
        var words: [String] = []
        if dryRun { words.append("dry-run") }
        if accept { words.append("accept") }
        let query = words.isEmpty ? "" : "?" + words.joined(separator: "&")
        let response = try client.post("/deployments\(query)", body(files, missing))
        print(try client.text(response), terminator: "")
    }

    private func body(_ files: AppFiles, _ digests: [SHA256Digest]) -> OutgoingBody {
        let body = OutgoingBody(files.heading(sending: digests))
        let sizes = files.contents.digests
        for digest in digests {
            if let path = files.paths[digest], let size = sizes[digest] {
                body.add(file: path, size: size)
            } else {
                body.add(files.manifest.bytes)
            }
        }
        return body
    }
}

/// Which host.
struct HostOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The host's admin socket.", valueName: "PATH"))
    var to: String

    var client: AdminClient { AdminClient(socket: to) }
}
