import ArgumentParser
import SpinManifest

/// Which manifest, for commands that read one and serve nothing.
struct ManifestOptions: ParsableArguments {
    @Option(
        name: [.customShort("f"), .long],
        help: "The manifest, or the directory it is in.",
        completion: .file(extensions: ["toml"])
    )
    var from = "."

    @Option(help: "The profile that components are to have.")
    var profile: String?

    /// The manifest's file. Throws a sentence if it cannot be read.
    func file() throws(Failure) -> ManifestFile { try ManifestOptions.file(from) }

    /// The manifest at a path. Throws a sentence if it cannot be read.
    static func file(_ path: String) throws(Failure) -> ManifestFile {
        do throws(ManifestFileError) {
            return try ManifestFile(reading: path)
        } catch {
            throw Failure("\(error)")
        }
    }
}

extension CompletionKind {
    /// The ids of the components of the manifest that the command line names, or of the one that is here.
    static var componentIDs: CompletionKind {
        .custom { words, _, _ in
            var path = "."
            for (word, next) in zip(words, words.dropFirst()) where word == "-f" || word == "--from" {
                path = next
            }
            guard let file = try? ManifestFile(reading: path) else { return [] }
            return file.check().manifest?.components.map(\.id) ?? []
        }
    }
}
