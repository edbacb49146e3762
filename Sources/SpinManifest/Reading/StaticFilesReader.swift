/// Reads `application.tool.virga.static`: files that the host serves itself.
struct StaticFilesReader {
    let collector: DiagnosticCollector
    /// Nil where the file system is not looked at.
    let directory: String?

    func read(_ additions: TableReader?) -> [StaticFiles] {
        guard let additions else { return [] }
        return additions.elements("static", of: "an array of tables").compactMap { value, path in
            files(value, path)
        }
    }

    private func files(_ value: TOMLValue, _ path: ManifestPath) -> StaticFiles? {
        let help = "write { path = \"DIRECTORY\", route = \"/...\" }"
        guard let table = TableReader(value, at: path, .staticFiles, collector, do: help) else {
            return nil
        }
        for key in ["path", "route"] where !table.has(key) { table.missing(key, do: help) }
        let index = self.index(table)
        let cache = self.cache(table)
        guard let text = table.string("path"), let route = table.string("route"),
            let relative = relative(text, path.key("path"))
        else { return nil }
        if let directory { check(text, directory + "/" + relative, route, index, table) }
        return StaticFiles(
            directory: relative,
            route: route,
            index: index,
            cache: cache,
            path: path
        )
    }

    private func relative(_ text: String, _ path: ManifestPath) -> String? {
        do throws(MountResolver.Failure) {
            return try MountResolver.relative(text)
        } catch {
            collector.error(error.message, at: path, do: error.help)
            return nil
        }
    }

    private func check(
        _ text: String,
        _ path: String,
        _ route: String,
        _ index: String?,
        _ table: TableReader
    ) {
        let isWild = route.hasSuffix("/...") || route.hasSuffix("/*")
        switch FileSystem.kind(path) {
        case .directory where !isWild:
            table.invalid(
                "route",
                "\(quoted(text)) is a directory, and the route takes one path only",
                do: "let the route end in \"/...\""
            )
        case .file where isWild:
            table.invalid(
                "route",
                "\(quoted(text)) is a file, and the route takes many paths",
                do: "write the route without \"/...\""
            )
        case .file where index != nil:
            table.invalid("index", "\(quoted(text)) is a file, and has no index", do: "remove it")
        case .directory, .file: break
        case .other, nil:
            table.invalid(
                "path",
                "there is no directory or file \(quoted(text))",
                do: "make it, or correct the path"
            )
        }
    }

    private func index(_ table: TableReader) -> String? {
        guard let index = table.string("index") else { return nil }
        guard !index.isEmpty, !index.contains("/"), index != ".", index != ".." else {
            table.invalid(
                "index",
                "\(quoted(index)) is no file's name",
                do: "write \"index.html\" or the like"
            )
            return nil
        }
        return index
    }

    private func cache(_ table: TableReader) -> StaticFiles.Cache {
        guard let text = table.string("cache") else { return .noCache }
        switch text {
        case "no-cache": return .noCache
        case "no-store": return .noStore
        case "immutable": return .immutable
        default: break
        }
        guard let microseconds = Quantity.microseconds(text) else {
            table.invalid(
                "cache",
                "\(quoted(text)) is no time, and no word of caching",
                do: "write a time such as \"1h\", or \"no-cache\", \"no-store\" or \"immutable\""
            )
            return .noCache
        }
        return .maxAge(seconds: microseconds / 1_000_000)
    }
}
