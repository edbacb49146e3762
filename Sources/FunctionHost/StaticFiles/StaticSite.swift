import HTTP
import SpinManifest

/// Files that the host serves at a route: a directory, or one file.
///
/// They are looked up at each request, so that a change is seen at the next one. The app's directory is
/// kept open; that of the files is not, so that it may be made anew by whatever builds them.
final class StaticSite: Sendable {
    private let root: OpenFile
    /// Of the directory or the file, relative to the app's directory.
    private let path: String
    private let pattern: RoutePattern
    private let index: String?
    /// The value of Cache-Control.
    let cache: String

    /// What is found for a path.
    enum Found {
        /// A file, the name that gives its type, and what is encoded beside it.
        case file(OpenFile, name: String, directory: OpenFile, path: String)
        /// A directory, whose address ends in a slash.
        case redirect
        case malformed
        case absent
        /// The system has no descriptors left, or cannot read.
        case unavailable
    }

    /// The site of `files` of the app in `directory`.
    init(_ files: StaticFiles, _ pattern: RoutePattern, in directory: OpenFile) {
        root = directory
        path = StaticSite.path(of: files)
        index = files.index
        cache = files.cache.header
        self.pattern = pattern
    }

    /// The app's directory, opened, where the manifest has files to serve; nil where it has none.
    static func directory(
        of manifest: Manifest,
        at path: String,
        _ diagnostics: inout Diagnostics
    ) -> OpenFile? {
        guard let files = manifest.staticFiles.first else { return nil }
        guard let directory = try? OpenFile(directory: path) else {
            diagnostics.error(
                "the app's directory \(path) cannot be opened",
                at: files.path,
                do: "make it readable"
            )
            return nil
        }
        for files in manifest.staticFiles
        where (try? OpenFile(StaticSite.path(of: files), beneath: directory)) == nil {
            diagnostics.error(
                "`\(files.directory)` cannot be opened, or leads out of the app's directory",
                at: files.path.key("path"),
                do: "make it readable, and keep links within the app's directory"
            )
        }
        return directory
    }

    /// The app's directory itself is `.`, which has no name in a manifest.
    private static func path(of files: StaticFiles) -> String {
        files.directory.isEmpty ? "." : files.directory
    }

    /// What `target` leads to.
    func find(_ target: Span<UInt8>) -> Found {
        do throws(OpenFile.Failure) {
            let base = try OpenFile(path, beneath: root)
            guard base.isDirectory else {
                return file(base, path.split(separator: "/").last.map(String.init) ?? path, root, path)
            }
            let wildcard = pattern.captures(of: target) { _, _ in }
            let name: RequestedName
            do throws(RequestedName.Failure) {
                name = try RequestedName(
                    decoding: target.extracting(wildcard.bytes),
                    namesDirectory: wildcard.bytes.isEmpty
                        ? wildcard.hasSlashBefore : wildcard.hasSlashAfter
                )
            } catch {
                return error == .malformed ? .malformed : .absent
            }
            return try find(name, in: base)
        } catch {
            return error == .absent ? .absent : .unavailable
        }
    }

    private func find(_ name: RequestedName, in base: OpenFile) throws(OpenFile.Failure) -> Found {
        let found = name.path.isEmpty ? base : try OpenFile(name.path, beneath: base)
        guard found.isDirectory else {
            return name.namesDirectory ? .absent : file(found, name.path, base, name.path)
        }
        guard let index else { return .absent }
        let path = name.path.isEmpty ? index : "\(name.path)/\(index)"
        let page = try OpenFile(path, beneath: base)
        return name.namesDirectory ? file(page, index, base, path) : .redirect
    }

    private func file(
        _ file: OpenFile,
        _ name: String,
        _ directory: OpenFile,
        _ path: String
    ) -> Found {
        file.isRegular ? .file(file, name: name, directory: directory, path: path) : .absent
    }

    /// The file beside `file` that holds the same in fewer bytes, if there is one and it is not older.
    static func encoded(
        _ file: OpenFile,
        _ path: String,
        in directory: OpenFile,
        _ accepted: [ContentCoding]
    ) -> (OpenFile, ContentCoding)? {
        for coding in accepted {
            guard let other = try? OpenFile(path + coding.ending, beneath: directory),
                other.isRegular, other.size > 0,
                other.modified / 1_000_000_000 >= file.modified / 1_000_000_000
            else { continue }
            return (other, coding)
        }
        return nil
    }
}
