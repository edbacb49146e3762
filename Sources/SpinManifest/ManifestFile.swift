/// A manifest's file: its bytes, and the way from them to a `Manifest`.
package struct ManifestFile: Sendable {
    /// As the person named it.
    package let name: String
    package let bytes: [UInt8]
    /// Where relative paths begin; nil where the file system is not to be looked at.
    package let directory: String?

    /// A file of that name would be read where a directory is named.
    package static let defaultName = "spin.toml"

    /// Bytes that need not be in a file.
    package init(name: String, bytes: [UInt8], directory: String? = nil) {
        self.name = name
        self.bytes = bytes
        self.directory = directory
    }

    /// Reads a file, or `spin.toml` of a directory.
    ///
    /// Throws a sentence if it cannot be read, or is longer than the limit.
    package init(reading path: String, limits: ManifestLimits = .standard) throws(ManifestFileError)
    {
        let isDirectory = FileSystem.kind(path) == .directory
        let name = isDirectory ? (path.hasSuffix("/") ? path : path + "/") + Self.defaultName : path
        do throws(SystemCode) {
            bytes = try FileSystem.read(name, limit: limits.fileBytes)
        } catch {
            throw ManifestFileError(path: name, reason: error.description)
        }
        self.name = name
        directory =
            name.lastIndex(of: "/").map { $0 == name.startIndex ? "/" : String(name[..<$0]) } ?? "."
    }

    /// The manifest, whether or not the files are there that it names; nil if something else is wrong
    /// with it.
    package func uncheckedFiles(profile: String? = nil) -> Manifest? {
        ManifestFile(name: name, bytes: bytes).check(profile: profile).manifest
    }

    /// The manifest, and everything that is wrong with it.
    ///
    /// `profile` names the profile that components are to have. Files are looked for of the components
    /// `only`, of all where there are none.
    package func check(
        profile: String? = nil,
        only: [String] = [],
        limits: ManifestLimits = .standard
    ) -> CheckedManifest {
        let (root, collector) = parse(limits)
        guard let root else {
            return CheckedManifest(manifest: nil, diagnostics: collector.diagnostics)
        }
        let reader = ManifestReader(
            collector: collector,
            profile: profile,
            directory: directory,
            only: Set(only)
        )
        let (manifest, components) = reader.read(root)
        return CheckedManifest(
            manifest: manifest,
            components: components,
            diagnostics: collector.diagnostics
        )
    }

    /// The file's root table, and where what is wrong with it is said; nil where it is no TOML.
    func parse(_ limits: ManifestLimits) -> (root: TOMLValue?, DiagnosticCollector) {
        let source = SourceText(name: name, bytes: bytes)
        func failed(_ message: String, in region: SourceRegion?, do help: String)
            -> (TOMLValue?, DiagnosticCollector)
        {
            var diagnostics = Diagnostics(source: source, root: nil, limit: limits.diagnostics)
            diagnostics.error(message, in: region, do: help)
            return (nil, DiagnosticCollector(diagnostics, limits: limits))
        }
        guard bytes.count <= limits.fileBytes else {
            return failed(
                "the file has \(bytes.count) bytes, which is more than \(limits.fileBytes)",
                in: nil,
                do: "move texts into files"
            )
        }
        do throws(TOMLError) {
            let root = try TOMLValue(parsing: bytes, depth: limits.depth)
            let diagnostics = Diagnostics(source: source, root: root, limit: limits.diagnostics)
            return (root, DiagnosticCollector(diagnostics, limits: limits))
        } catch {
            return failed(
                "the file is no TOML: \(error.message)",
                in: error.position.map { SourceRegion(start: $0, end: $0) },
                do: "mend it; the rest of the file is not read before that"
            )
        }
    }
}

/// A manifest, if nothing is wrong with it, and what was found.
///
/// What is found later, in a component's bytes say, is added to `diagnostics` at the key's path:
/// `diagnostics.error("...", at: component.path.key("source"), do: "...")`.
package struct CheckedManifest: Sendable {
    /// Nil if there are errors.
    package let manifest: Manifest?
    /// The components that could be read, and whose files are there, whatever else is wrong.
    package var components: [Component] = []
    package var diagnostics: Diagnostics
}

/// Why a manifest's file cannot be read.
package struct ManifestFileError: Error, Equatable, CustomStringConvertible {
    package let path: String
    package let reason: String

    package var description: String { "\(path) cannot be read: \(reason)" }
}
