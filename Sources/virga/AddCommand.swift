import ArgumentParser
import SpinManifest

/// `virga add`: adds a function of a template to an app.
struct AddCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Add a function to an app.",
        discussion: """
            Writes the function's sources into a directory of its name, beside the spin.toml, and adds a \
            trigger and a component at that file's end. What is in the file stays as it is.

            virga add -t rust api -v http-path=/api/...
            """
    )

    @Option(
        name: [.customShort("f"), .long],
        help: "The manifest, or the directory it is in.",
        completion: .file(extensions: ["toml"])
    )
    var from = "."

    @OptionGroup var options: TemplateOptions

    func run() throws {
        let (template, name) = try options.choose()
        let file = try ManifestOptions.file(from)
        try checkManifest(file.bytes, name: file.name)
        if let manifest = file.check().manifest, manifest.components.contains(where: { $0.id == name }) {
            throw Failure("\(file.name): there is a component \(name) already: take another name")
        }
        let values = try options.values(name, route: "/\(name)/...", folder: "\(name)/")
        var text = file.bytes
        if let last = text.last, last != 0x0A { text.append(0x0A) }
        text += Array("\n\(template.component(values))".utf8)
        try checkManifest(text, name: file.name)
        let folder = FunctionFolder(
            path: "\(file.directory ?? ".")/\(name)",
            mayOverwrite: options.allowOverwrite
        )
        let files = template.files(values)
        try folder.check(files.map(\.path))
        try folder.write(files)
        try OutputFile.write(text, to: file.name)
        print("\(name) is in \(folder.path), and in \(file.name) for the route \(values.route)")
        for missing in Toolchain.missing(for: [template.needs], in: folder.path) { print("\(missing)") }
    }
}
