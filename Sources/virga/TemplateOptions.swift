import ArgumentParser
import Glibc
import SpinManifest

/// Which template a function is made of, and what it is called.
struct TemplateOptions: ParsableArguments {
    @Option(
        name: .shortAndLong,
        help: "The template; `virga new --list` prints them.",
        completion: .list(Template.all.map(\.name))
    )
    var template: String?

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp(
            "A value for the template: http-path or project-description.",
            valueName: "key=value"
        )
    )
    var value: [String] = []

    @Flag(help: "Overwrite files that are there.")
    var allowOverwrite = false

    @Flag(help: .hidden)
    var noVcs = false

    @Flag(name: .shortAndLong, help: "Ask nothing: what is not given has its usual value.")
    var acceptDefaults = false

    @Argument(help: "What the function is called: lower-case words with - between them.")
    var name: String?

    private var mayAsk: Bool { !acceptDefaults && isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1 }

    /// The template, and the name. What is missing is asked for, where somebody can answer.
    func choose() throws(Failure) -> (template: Template, name: String) {
        let template: Template
        if let name = self.template {
            template = try Template.named(name)
        } else if mayAsk {
            print(Template.list)
            template = try Template.named(ask("Template", nil))
        } else {
            throw Failure("no template was chosen: write -t and one of\n\(Template.list)")
        }
        guard let name = name ?? (mayAsk ? ask("Name", nil) : nil) else {
            throw Failure("the function has no name: write one, as in `virga new -t c my-function`")
        }
        guard Self.isName(name) else {
            throw Failure(
                "\"\(name)\" cannot be a function's name: take lower-case words that begin with a letter, "
                    + "with - between them, as in my-function"
            )
        }
        return (template, name)
    }

    /// The values, with what was given and what was asked for.
    func values(_ name: String, route: String, folder: String) throws(Failure) -> Template.Values {
        var values = Template.Values(name: name, route: route, folder: folder)
        for text in value {
            guard let equals = text.firstIndex(of: "=") else {
                throw Failure("--value \(text): write KEY=VALUE")
            }
            try values.set(String(text[..<equals]), String(text[text.index(after: equals)...]))
        }
        if mayAsk, value.isEmpty {
            values.route = ask("Route", route)
            values.description = ask("Description", "")
        }
        return values
    }

    /// What a person types; `usual` for an empty line or none.
    private func ask(_ question: String, _ usual: String?) -> String {
        print("\(question)\(usual.map { $0.isEmpty ? "" : " [\($0)]" } ?? ""): ", terminator: "")
        flushOutput()
        let line = readLine() ?? ""
        return line.isEmpty ? usual ?? "" : line
    }

    private static func isName(_ name: String) -> Bool {
        guard name.utf8.count <= 64 else { return false }
        return name.split(separator: "-", omittingEmptySubsequences: false).allSatisfy { word in
            guard let first = word.utf8.first, first >= 0x61, first <= 0x7A else { return false }
            return word.utf8.allSatisfy { $0 >= 0x61 && $0 <= 0x7A || $0 >= 0x30 && $0 <= 0x39 }
        }
    }
}

/// Throws all that is wrong with a manifest's text, which need not be in a file yet.
func checkManifest(_ text: [UInt8], name: String) throws(Failure) {
    let checked = ManifestFile(name: name, bytes: text).check()
    if checked.diagnostics.hasErrors { throw Failure("\(checked.diagnostics)") }
}
