/// Reads `files` and `exclude_files`, and finds what they name.
struct FilesReader {
    let collector: DiagnosticCollector
    /// Nil where the file system is not looked at.
    let directory: String?

    func read(_ table: TableReader) -> (
        mounts: [FilesMount], excluded: [Glob], mounted: [MountedFile]
    ) {
        let excluded = table.strings("exclude_files").compactMap { text, path in
            FilesReader.glob(text, at: path, collector)
        }
        let elements = table.elements("files", of: "an array of patterns and mounts")
        let mounts = elements.compactMap { value, path in
            mount(value, path).map { (mount: $0, path: path) }
        }
        return (mounts.map(\.mount), excluded, mounted(mounts, excluded))
    }

    /// A pattern; nil of what is none, which is said.
    static func glob(_ text: String, at path: ManifestPath, _ collector: DiagnosticCollector)
        -> Glob?
    {
        do throws(Glob.Flaw) {
            return try Glob(text, limits: collector.limits)
        } catch {
            collector.error("the pattern \(error)", at: path, do: error.help)
            return nil
        }
    }

    private func mount(_ value: TOMLValue, _ path: ManifestPath) -> FilesMount? {
        switch value.kind {
        case .string(let text): pattern(text, path)
        case .table: placement(value, path)
        default:
            wrong(value, path)
        }
    }

    private func wrong(_ value: TOMLValue, _ path: ManifestPath) -> FilesMount? {
        collector.wrongType(
            value,
            at: path,
            expected: "a pattern, or a table with `source` and `destination`"
        )
        return nil
    }

    private func pattern(_ text: String, _ path: ManifestPath) -> FilesMount? {
        let last = text.split(separator: "/", omittingEmptySubsequences: false).last
        guard last != ".", last != ".." else {
            collector.error(
                "the pattern \(quoted(text)) ends in \(quoted(last.map(String.init) ?? ""))",
                at: path,
                do:
                    "write { source = ..., destination = ... } for a directory, or end it in \"**/*\""
            )
            return nil
        }
        if text == "*" || text == "**/*" {
            collector.warning(
                "the pattern takes all of the app's directory",
                at: path,
                do: "name a directory; write \"./\(text)\", if all is meant"
            )
        }
        guard FilesReader.glob(text, at: path, collector) != nil, isWithin(text, path) else {
            return nil
        }
        return .pattern(text)
    }

    private func placement(_ value: TOMLValue, _ path: ManifestPath) -> FilesMount? {
        guard let table = TableReader(value, at: path, .placement, collector) else { return nil }
        let source = table.string("source")
        let destination = table.string("destination")
        for key in ["source", "destination"] where !table.has(key) {
            table.missing(key, do: "write { source = \"DIRECTORY\", destination = \"/\" }")
        }
        guard let source, let destination else { return nil }
        let isWithin = isWithin(source, path.key("source"))
        guard destination.hasPrefix("/") else {
            table.invalid(
                "destination",
                "the destination \(quoted(destination)) is not absolute",
                do: "begin it with \"/\": it is where the component sees the files"
            )
            return nil
        }
        guard !destination.split(separator: "/").contains("..") else {
            table.invalid(
                "destination",
                "the destination \(quoted(destination)) has \"..\" in it",
                do: "write the path without"
            )
            return nil
        }
        return isWithin ? .placement(source: source, destination: destination) : nil
    }

    /// Whether a path stays below the app's directory, as far as its text says.
    private func isWithin(_ text: String, _ path: ManifestPath) -> Bool {
        do throws(MountResolver.Failure) {
            _ = try MountResolver.relative(text)
            return true
        } catch {
            collector.error(error.message, at: path, do: error.help)
            return false
        }
    }

    private func mounted(_ mounts: [(mount: FilesMount, path: ManifestPath)], _ excluded: [Glob])
        -> [MountedFile]
    {
        guard !mounts.isEmpty, let directory, let root = FileSystem.realPath(directory) else {
            return []
        }
        var resolver = MountResolver(root: root, excluded: excluded, limits: collector.limits)
        for (mount, path) in mounts {
            do throws(MountResolver.Failure) {
                if try resolver.add(mount) == 0 {
                    collector.warning(
                        "there are no files for it",
                        at: path,
                        do: "correct it, or remove it"
                    )
                }
            } catch {
                collector.error(error.message, at: path, do: error.help)
            }
        }
        return resolver.mounted
    }
}
