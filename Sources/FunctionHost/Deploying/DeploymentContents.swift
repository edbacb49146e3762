import Digest

/// What a deployment consists of: files by their digests, and where they lie around the manifest.
///
/// Paths begin at a root that is above the manifest's directory where a component lies there:
/// `source = "../a.wasm"` of a manifest `_/spin.toml` is `a.wasm`.
package struct DeploymentContents: Sendable, Equatable {
    /// A file.
    package struct File: Sendable, Equatable {
        package var path: String
        package var digest: SHA256Digest
        package var size: UInt64
    }

    /// What the person who deployed it calls the manifest; messages name it so.
    package var name: String
    /// The profile that its components have.
    package var profile: String?
    /// The path of the manifest, which is one of the files.
    package var manifest: String
    package var files: [File]
    /// Directories that the manifest names, which may have no files.
    package var directories: [String]

    /// The manifest's own file.
    package var manifestFile: File? { files.first { $0.path == manifest } }

    /// The digests, each once, with their sizes.
    package var digests: [SHA256Digest: UInt64] {
        Dictionary(files.map { ($0.digest, $0.size) }) { first, _ in first }
    }

    /// Bytes of all files together.
    package var byteCount: UInt64 { files.reduce(0) { $0 &+ $1.size } }

    /// Where the manifest's directory is: "" or "a/".
    var base: String {
        guard let slash = manifest.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "" }
        return String(manifest[...slash])
    }
}

// MARK: As text

extension DeploymentContents {
    /// The first line of a list.
    static let heading = "virga-deployment 1"

    /// A line for each part: a key, and what belongs to it.
    package var text: String {
        var lines = [DeploymentContents.heading, "name \(name)"]
        if let profile { lines.append("profile \(profile)") }
        lines.append("manifest \(manifest)")
        lines += directories.map { "directory \($0)" }
        lines += files.map { "file \($0.digest) \($0.size) \($0.path)" }
        return lines.joined(separator: "\n") + "\n"
    }

    /// Reads and checks a list. Lines with another key are given to `other`, which says whether it
    /// knows them.
    package init(
        parsing text: String,
        limits: DeployingLimits = DeployingLimits(),
        other: (_ key: Substring, _ value: Substring) -> Bool = { _, _ in false }
    ) throws(DeployingError) {
        name = ""
        manifest = ""
        files = []
        directories = []
        var lines = text[...].pieces(0x0A)[...]
        guard let heading = lines.popFirst(), heading == DeploymentContents.heading else {
            throw .malformed("this is no deployment of a version that the host knows")
        }
        for line in lines where !line.isEmpty {
            let parts = line.pieces(0x20, most: 2)
            guard parts.count == 2, let key = parts.first, let value = parts.last else {
                throw .malformed("the list of files has a line that is none")
            }
            switch key {
            case "name": name = String(value)
            case "profile": profile = String(value)
            case "manifest": manifest = String(value)
            case "directory": directories.append(String(value))
            case "file": files.append(try DeploymentContents.file(value, limits))
            default:
                guard other(key, value) else {
                    throw .malformed("the list of files has a line of an unknown kind")
                }
            }
        }
        try check(limits)
    }

    private static func file(
        _ value: Substring,
        _ limits: DeployingLimits
    ) throws(DeployingError) -> File {
        let parts = value.pieces(0x20, most: 3)
        guard parts.count == 3, let digest = SHA256Digest(parts[0]), let size = UInt64(parts[1])
        else { throw .malformed("the list of files has a file without digest, size or path") }
        guard size <= limits.bytes else { throw tooLarge(limits) }
        return File(path: String(parts[2]), digest: digest, size: size)
    }

    private static func tooLarge(_ limits: DeployingLimits) -> DeployingError {
        .overLimit("the files have more than \(limits.bytes) bytes together")
    }

    /// Holds counts and sizes against the limits, and each path against the rules.
    func check(_ limits: DeployingLimits) throws(DeployingError) {
        guard files.count + directories.count <= limits.files else {
            throw .overLimit("there are more than \(limits.files) files")
        }
        // Each size is at most the limit, so that the sum does not overflow.
        guard byteCount <= limits.bytes else { throw DeploymentContents.tooLarge(limits) }
        for text in [name, profile ?? ""] {
            guard text.utf8.count <= limits.pathBytes, text.unicodeScalars.allSatisfy(isPrintable)
            else { throw .malformed("the name of the manifest or of the profile is none") }
        }
        var known: Set<String> = []
        for file in files {
            try DeploymentContents.check(file.path, limits)
            guard known.insert(file.path).inserted else {
                throw .malformed("the path \(quotedPath(file.path)) is there twice")
            }
        }
        for directory in directories { try DeploymentContents.check(directory, limits) }
        for path in files.map(\.path) + directories {
            var parent = path[...]
            while let slash = parent.utf8.lastIndex(of: UInt8(ascii: "/")) {
                parent = parent[..<slash]
                guard !known.contains(String(parent)) else {
                    throw .malformed("\(quotedPath(String(parent))) is a file and a directory")
                }
            }
        }
        guard directories.allSatisfy({ !known.contains($0) }) else {
            throw .malformed("a path is of a file and of a directory")
        }
        guard let file = manifestFile else {
            throw .malformed("the manifest is not among the files")
        }
        guard file.size <= limits.manifestBytes else {
            throw .overLimit("the manifest has more than \(limits.manifestBytes) bytes")
        }
        for digest in files where digests[digest.digest] != digest.size {
            throw .malformed("two files have one digest, and not one size")
        }
    }

    /// Whether a path stays below the root, and can be a file's.
    private static func check(_ path: String, _ limits: DeployingLimits) throws(DeployingError) {
        guard path.utf8.count <= limits.pathBytes else {
            throw .overLimit("a path has more than \(limits.pathBytes) bytes")
        }
        let parts = path[...].pieces(0x2F)
        for part in parts where part.isEmpty || part == "." || part == ".." {
            throw .malformed("the path \(quotedPath(path)) leads elsewhere, or is not in its short form")
        }
        guard !parts.contains(where: { $0.utf8.count > limits.nameBytes }),
            path.unicodeScalars.allSatisfy(isPrintable)
        else { throw .malformed("the path \(quotedPath(path)) can be no file's here") }
    }
}

extension Substring {
    /// The parts between bytes of one value, the empty ones too: at most so many. Characters will not do:
    /// a mark after a slash makes another character of it, and not for the kernel.
    fileprivate func pieces(_ separator: UInt8, most: Int = .max) -> [Substring] {
        utf8.split(separator: separator, maxSplits: most - 1, omittingEmptySubsequences: false)
            .map(Substring.init)
    }
}

/// Whether a scalar is no control character.
func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value >= 0x20 && !(0x7F...0x9F).contains(scalar.value)
}

/// A path for a sentence, cut where it is long, without what a terminal should not get.
private func quotedPath(_ path: String) -> String {
    let scalars = path.unicodeScalars.prefix(120).map { isPrintable($0) ? Character($0) : "?" }
    return "\"" + String(scalars) + (path.unicodeScalars.count > 120 ? "..." : "") + "\""
}
