import ArgumentParser

/// `virga new`: makes an app with one function, of a template.
struct NewCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "new",
        abstract: "Make an app with one function.",
        discussion: """
            Writes a spin.toml and the function's sources into a directory of the app's name, and says \
            what is missing to build them. Asks for what was not given, if it runs on a terminal.

            virga new -t swift hello
            cd hello
            virga build
            virga up
            """
    )

    @OptionGroup var options: TemplateOptions

    @Option(
        name: .shortAndLong,
        help: "The directory; one of the app's name where none is given.",
        completion: .directory
    )
    var output: String?

    @Flag(help: "Write into the directory that is here, or that -o names, though it has files.")
    var `init` = false

    @Flag(help: "Print the templates.")
    var list = false

    func run() throws {
        if list { return print(Template.list) }
        let (template, name) = try options.choose()
        let values = try options.values(name, route: "/...", folder: "")
        let folder = FunctionFolder(
            path: output ?? (`init` ? "." : name),
            mayOverwrite: options.allowOverwrite
        )
        guard `init` || options.allowOverwrite || folder.isEmpty else {
            throw Failure("\(folder.path) has files already: take another directory by -o, or --init")
        }
        let manifest = template.manifest(values)
        try checkManifest(Array(manifest.utf8), name: "spin.toml")
        let files = [(path: "spin.toml", text: manifest)] + template.files(values)
        try folder.check(files.map(\.path))
        try folder.write(files)
        print("\(name) is in \(folder.path)")
        for missing in Toolchain.missing(for: [template.needs], in: folder.path) { print("\(missing)") }
        let change = folder.path == "." ? "" : "cd \(folder.path) && "
        let build = template.needs.isEmpty ? "" : "virga build && "
        print("next: \(change)\(build)virga up")
    }
}
