/// Reads where a component's bytes come from.
struct SourceReader {
    let collector: DiagnosticCollector
    /// Nil where the file system is not looked at.
    let directory: String?

    /// The source under `source`; nil if there is none, or one with mistakes.
    func read(_ table: TableReader) -> ComponentSource? {
        guard let value = table.value("source") else { return nil }
        let path = table.path.key("source")
        switch value.kind {
        case .string:
            guard let file = table.string("source") else { return nil }
            guard !file.isEmpty else {
                collector.error(
                    "the path of the component is empty",
                    at: path,
                    do: "write source = \"FILE.wasm\""
                )
                return nil
            }
            return .file(file)
        case .table(let entries): return download(value, entries, path)
        default:
            collector.wrongType(
                value,
                at: path,
                expected: "a path, or a table with `url` and `digest`"
            )
            return nil
        }
    }

    private func download(
        _ value: TOMLValue,
        _ entries: [TOMLEntry],
        _ path: ManifestPath
    ) -> ComponentSource? {
        if let key = entries.first(where: { ["registry", "package", "version"].contains($0.key) })?
            .key
        {
            collector.error(
                "Virga has no sources from a registry",
                at: path.key(key),
                atKey: true,
                do: "write a path, or { url = \"https://...\", digest = \"sha256:...\" }"
            )
            return nil
        }
        guard let table = TableReader(value, at: path, .source, collector) else { return nil }
        let url = table.string("url")
        let digest = table.string("digest")
        if !table.has("url") { table.missing("url", do: "write url = \"https://...\"") }
        if !table.has("digest") {
            table.missing("digest", do: "write digest = \"sha256:...\" of the file")
        }
        guard let url, let digest else { return nil }
        let hasURL = isURL(url)
        if !hasURL {
            table.invalid(
                "url",
                "\(quoted(url)) is no URL of a file",
                do: "write one that begins with \"https://\" or \"http://\""
            )
        }
        guard let sha256 = sha256(digest) else {
            table.invalid(
                "digest",
                "\(quoted(digest)) is no digest",
                do: "write \"sha256:\" and 64 hexadecimal digits: `sha256sum FILE` gives them"
            )
            return nil
        }
        return hasURL ? .download(url: url, sha256: sha256) : nil
    }

    private func isURL(_ text: String) -> Bool {
        for scheme in ["https://", "http://"] where text.hasPrefix(scheme) {
            let rest = text.dropFirst(scheme.count)
            let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
            return !authority.isEmpty && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
        }
        return false
    }

    private func sha256(_ digest: String) -> String? {
        guard digest.hasPrefix("sha256:") else { return nil }
        let hex = digest.dropFirst("sha256:".count)
        guard hex.utf8.count == 64, hex.utf8.allSatisfy({ $0 < 0x80 }), hex.allSatisfy(\.isHexDigit)
        else {
            return nil
        }
        return hex.lowercased()
    }

    /// Says of a file that it is not there, or that it is none.
    func check(_ source: ComponentSource?, at path: ManifestPath, built commands: [String]?) {
        guard let directory, case .file(let file)? = source else { return }
        switch FileSystem.kind(file.hasPrefix("/") ? file : directory + "/" + file) {
        case .file: break
        case nil:
            collector.error(
                "there is no file \(quoted(file))",
                at: path,
                do: commands.map {
                    "build the component (\($0.joined(separator: " && "))), or correct the path"
                }
                    ?? "correct the path, or put the file there"
            )
        default:
            collector.error("\(quoted(file)) is no file", at: path, do: "name the component's file")
        }
    }
}
