import ArgumentParser
import FunctionHost
import Glibc
import SpinManifest

/// Which app, and the values that it is given.
struct AppOptions: ParsableArguments {
    @Option(
        name: [.customShort("f"), .long],
        help: "The manifest, the directory it is in, or a component (.wasm) to serve on every path."
    )
    var from = "."

    @Option(help: "The profile that components are to have.")
    var profile: String?

    @Option(
        name: [.customShort("e"), .long],
        help: ArgumentHelp("A variable of every component's environment.", valueName: "NAME=VALUE")
    )
    var env: [String] = []

    @Option(
        help: ArgumentHelp(
            "The value of a variable of the app; NAME=@FILE for what is in a file, @FILE.json or "
                + "@FILE.toml for several.",
            valueName: "NAME=VALUE"
        )
    )
    var variable: [String] = []

    /// The manifest's file; one that names a component and every path where that was asked for.
    func manifestFile() throws -> ManifestFile { try AppOptions.manifestFile(from) }

    /// Whether no app was named, and there is none where one would be looked for.
    var isLeftOut: Bool { unsafe from == "." && access(ManifestFile.defaultName, F_OK) != 0 }

    /// The file that `from` stands for.
    static func manifestFile(_ from: String) throws -> ManifestFile {
        if from.hasSuffix(".wasm") || from.hasSuffix(".wat") {
            let parts = from.split(separator: "/", omittingEmptySubsequences: false)
            let name = parts.last.map(String.init) ?? from
            let directory = parts.count > 1 ? parts.dropLast().joined(separator: "/") : "."
            let text = """
                spin_manifest_version = 2
                [application]
                name = "app"
                [[trigger.http]]
                route = "/..."
                component = "app"
                [component.app]
                source = "\(name)"

                """
            return ManifestFile(
                name: "(made for \(from))",
                bytes: Array(text.utf8),
                directory: directory.isEmpty ? "/" : directory
            )
        }
        do throws(ManifestFileError) {
            return try ManifestFile(reading: from)
        } catch {
            throw Failure("\(error)")
        }
    }

    /// A loader with the values that are given here.
    func loader() throws -> AppLoader {
        var loader = AppLoader()
        for text in env {
            let (name, value) = try assignment(text, "--env")
            loader.environment.append((name, value))
        }
        for text in variable {
            if text.hasPrefix("@") {
                loader.variables.merge(try values(String(text.dropFirst()))) { $1 }
                continue
            }
            let (name, value) = try assignment(text, "--variable")
            loader.variables[name] =
                value.hasPrefix("@") ? try contents(String(value.dropFirst())) : value
        }
        return loader
    }

    private func assignment(_ text: String, _ option: String) throws -> (String, String) {
        guard let equals = text.firstIndex(of: "="), equals != text.startIndex else {
            throw ValidationError("\(option) \(text): write NAME=VALUE")
        }
        return (String(text[..<equals]), String(text[text.index(after: equals)...]))
    }

    /// What a file of names and strings says.
    private func values(_ path: String) throws -> [String: String] {
        let bytes = try ValueFile.read(path, limit: ManifestLimits.standard.fileBytes)
        let values: [String: String]?
        do throws(VariablesFileError) {
            values = try VariablesFile.values(bytes, name: path)
        } catch {
            throw Failure("\(error)")
        }
        guard let values else {
            throw ValidationError("--variable @\(path): name a .json or .toml file, or NAME=@FILE")
        }
        return values
    }

    private func contents(_ path: String) throws -> String {
        let bytes = try ValueFile.read(path, limit: ManifestLimits.standard.templateBytes)
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw Failure("\(path): the file is not UTF-8")
        }
        return text.hasSuffix("\n") ? String(text.dropLast()) : text
    }
}
