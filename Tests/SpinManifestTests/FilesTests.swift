import Foundation
import SpinManifest
import Testing

/// File patterns, and the files that mounts name.
@Suite struct FilesTests {
    /// An app's directory with files, links from and to; removed when done.
    static func withDirectory(
        _ files: [String],
        links: [(String, String)] = [],
        _ body: (String) throws -> Void
    ) throws {
        let root = FileManager.default.temporaryDirectory.appending(path: "virga-\(UUID())/app")
        defer { try? FileManager.default.removeItem(at: root.deletingLastPathComponent()) }
        try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
        for file in files {
            let path = root.appending(path: file)
            try FileManager.default.createDirectory(
                at: path.deletingLastPathComponent(),
                withIntermediateDirectories: true
            )
            try Data(file.utf8).write(to: path)
        }
        for (link, target) in links {
            try FileManager.default.createSymbolicLink(
                atPath: root.appending(path: link).path,
                withDestinationPath: target
            )
        }
        try body(root.path)
    }

    /// The guest paths of a component with such `files` and `exclude_files`.
    static func mounted(_ root: String, _ files: String, _ excluded: String = "[]") throws
        -> [String]
    {
        let checked = check(root, files, excluded)
        return try #require(checked.manifest, "\(checked.diagnostics)").components[0].mounted.map(
            \.guestPath
        )
    }

    static func check(_ root: String, _ files: String, _ excluded: String = "[]") -> CheckedManifest
    {
        let text =
            ManifestTests.head + """
                [[trigger.http]]
                route = "/"
                component = "c"
                [component.c]
                source = { url = "https://a/b", digest = "sha256:\(String(repeating: "0", count: 64))" }
                files = \(files)
                exclude_files = \(excluded)
                """
        return ManifestFile(name: "spin.toml", bytes: Array(text.utf8), directory: root).check()
    }

    static let tree = [
        "a.txt", "b.md", "dir/a.txt", "dir/sub/deep.txt", "dir/.hidden", "dir/sub/x[1].txt",
        "secret", "dir/secret",
    ]

    struct Row: Sendable {
        let files: String
        let excluded: String
        let guests: [String]

        init(_ files: String, _ guests: [String], excluded: String = "[]") {
            (self.files, self.guests, self.excluded) = (files, guests, excluded)
        }
    }

    @Test(
        "files by guest path",
        arguments: [
            Row(#"["a.txt"]"#, ["/a.txt"]), Row(#"["./a.txt"]"#, ["/a.txt"]),
            Row(#"["dir/../a.txt"]"#, ["/a.txt"]),
            Row(#"["*.txt"]"#, ["/a.txt"]), Row(#"["dir/*.txt"]"#, ["/dir/a.txt"]),
            Row(
                #"["dir"]"#,
                [
                    "/dir/.hidden", "/dir/a.txt", "/dir/secret", "/dir/sub/deep.txt",
                    "/dir/sub/x[1].txt",
                ]
            ),
            Row(#"["dir/*"]"#, ["/dir/.hidden", "/dir/a.txt", "/dir/secret"]),
            Row(
                #"["dir/**/*"]"#,
                [
                    "/dir/.hidden", "/dir/a.txt", "/dir/secret", "/dir/sub/deep.txt",
                    "/dir/sub/x[1].txt",
                ]
            ),
            Row(
                #"["**/*.txt"]"#,
                ["/a.txt", "/dir/a.txt", "/dir/sub/deep.txt", "/dir/sub/x[1].txt"]
            ),
            Row(#"["**/sub/*"]"#, ["/dir/sub/deep.txt", "/dir/sub/x[1].txt"]),
            Row(
                #"["?.md", "[a-c].txt", "dir/sub/x[[]1].txt"]"#,
                ["/a.txt", "/b.md", "/dir/sub/x[1].txt"]
            ),
            Row(#"["dir/sub/x[1].txt"]"#, ["/dir/sub/x[1].txt"]),
            Row(#"["d*r/s?b/[!x]*"]"#, ["/dir/sub/deep.txt"]),
            Row(
                #"[{ source = "dir", destination = "/" }]"#,
                ["/.hidden", "/a.txt", "/secret", "/sub/deep.txt", "/sub/x[1].txt"]
            ),
            Row(
                #"[{ source = "dir/sub", destination = "/x/y/" }]"#,
                ["/x/y/deep.txt", "/x/y/x[1].txt"]
            ),
            Row(#"[{ source = "a.txt", destination = "/x/./b.txt" }]"#, ["/x/b.txt"]),
            Row(#"["a.txt", "*.txt", { source = "a.txt", destination = "/a.txt" }]"#, ["/a.txt"]),
            Row(
                #"["**/*"]"#,
                ["/a.txt", "/b.md", "/dir/a.txt", "/dir/sub/deep.txt", "/dir/sub/x[1].txt"],
                excluded: #"["**/secret", "**/.*"]"#
            ),
            Row(#"["dir"]"#, ["/dir/.hidden", "/dir/secret"], excluded: #"["*.txt"]"#),
            Row(
                #"["dir"]"#,
                ["/dir/.hidden", "/dir/a.txt", "/dir/secret"],
                excluded: #"["dir/sub/**"]"#
            ),
            Row(
                #"[{ source = "dir", destination = "/d" }]"#,
                ["/d/.hidden", "/d/secret", "/d/sub/deep.txt", "/d/sub/x[1].txt"],
                excluded: #"["dir/a.txt"]"#
            ),
        ]
    )
    func files(_ row: Row) throws {
        try Self.withDirectory(Self.tree) { (root: String) throws in
            #expect(try Self.mounted(root, row.files, row.excluded) == row.guests)
        }
    }

    @Test("links are followed as long as they stay within the app's directory")
    func links() throws {
        try Self.withDirectory(
            ["a.txt", "dir/b.txt", "../outside/c.txt"],
            links: [
                ("link.txt", "a.txt"), ("folder", "dir"), ("loop", "."),
                ("out.txt", "../outside/c.txt"), ("out", "../outside"),
                ("dangling", "nowhere"),
            ]
        ) { (root: String) throws in
            #expect(try Self.mounted(root, #"["link.txt"]"#) == ["/link.txt"])
            #expect(try Self.mounted(root, #"["folder/*"]"#) == ["/folder/b.txt"])
            #expect(try Self.mounted(root, #"["folder"]"#) == ["/folder/b.txt"])
            // Links to directories are not followed below `**`, so that none is walked for ever.
            #expect(try Self.mounted(root, #"["**/b.txt"]"#) == ["/dir/b.txt"])
            for files in [
                #"["out.txt"]"#, #"["out/*"]"#, #"["out"]"#, #"["o*"]"#,
                #"[{ source = "out", destination = "/" }]"#, #"["loop/../../outside/*"]"#,
            ] {
                let checked = Self.check(root, files)
                #expect(checked.manifest == nil, "\(files)")
                #expect(
                    checked.diagnostics.description.contains("is outside the app's directory"),
                    "\(files)"
                )
            }
            let checked = Self.check(root, #"["dangling"]"#)
            #expect(checked.diagnostics.description.contains("is not there"))
        }
    }

    @Test func limits() throws {
        try Self.withDirectory(["a/b/c/d.txt", "a/e.txt", "a/f.txt"]) { (root: String) throws in
            let text = ManifestTests.app + "files = [\"a\"]\n"
            try Data().write(to: URL(filePath: root + "/c.wasm"))
            let file = ManifestFile(name: "spin.toml", bytes: Array(text.utf8), directory: root)
            #expect(file.check().manifest?.components[0].mounted.count == 3)
            var limits = ManifestLimits()
            limits.directoryEntries = 2
            #expect(
                file.check(limits: limits).diagnostics.description.contains("more than 2 files")
            )
            limits = ManifestLimits()
            limits.directoryDepth = 1
            #expect(file.check(limits: limits).diagnostics.description.contains("more than 1 deep"))
            limits = ManifestLimits()
            limits.globBytes = 0
            #expect(file.check(limits: limits).diagnostics.description.contains("is too long"))
        }
    }

    @Test(
        "what exclude patterns exclude",
        arguments: [
            ("*.txt", "a.txt", true), ("*.txt", "dir/a.txt", true), ("dir/*", "dir/a/b", true),
            ("dir/*", "dirt/a", false),
            ("**/secret", "secret", true), ("**/secret", "a/b/secret", true),
            ("**/secret", "a/secrets", false),
            ("a/**/b", "a/b", true), ("a/**/b", "a/x/y/b", true), ("a/**/b", "ab", false),
            ("a/**", "a/b/c", true),
            ("a?c", "abc", true), ("a?c", "ac", false), ("[!a]b", "cb", true),
            ("[!a]b", "ab", false), ("[]]", "]", true),
            ("[a-]", "-", true), ("a*b*c", "aXbYc", true), ("a*b*c", "aXbY", false),
            ("secret", "a/secret", false),
        ]
    )
    func excludes(_ pattern: String, _ path: String, _ isExcluded: Bool) throws {
        #expect(try Glob(pattern).excludes(path) == isExcluded)
    }

    @Test(
        "what patterns of sources match",
        arguments: [
            ("*.txt", "a.txt", true), ("*.txt", "dir/a.txt", false), ("src/*.rs", "src/a.rs", true),
            ("src/*.rs", "src/b/a.rs", false), ("src/**/*.rs", "src/a.rs", true),
            ("src/**/*.rs", "src/b/c/a.rs", true), ("src/**/*.rs", "src/b/c/a.c", false),
            ("**/a/**/b", "a/a/c/b", true), ("**/a/**/b", "c/b", false), ("a/**", "a/b/c", true),
            ("a/b", "a", false), ("Cargo.toml", "Cargo.toml", true), ("../x/*.c", "../x/a.c", true),
        ]
    )
    func matches(_ pattern: String, _ path: String, _ isMatch: Bool) throws {
        #expect(try Glob(pattern).matches(path) == isMatch)
    }

    @Test func foldersOfPatterns() throws {
        #expect(try Glob("src/**/*.rs").folder == "src")
        #expect(try Glob("src/**/*.rs").depth == nil)
        #expect(try Glob("a/b/*.c").folder == "a/b")
        #expect(try Glob("a/b/*.c").depth == 0)
        #expect(try Glob("a/*/b/*.c").depth == 2)
        #expect(try Glob("Cargo.toml").folder.isEmpty)
    }

    @Test func flaws() {
        #expect(throws: Glob.Flaw.empty) { try Glob("") }
        #expect(throws: Glob.Flaw.wildcardsWithText) { try Glob("a/**b") }
        #expect(throws: Glob.Flaw.wildcardsWithText) { try Glob("***") }
        #expect(throws: Glob.Flaw.brackets) { try Glob("a[bc") }
        #expect(throws: Glob.Flaw.brackets) { try Glob("[]") }
        #expect(throws: Glob.Flaw.brackets) { try Glob("[z-a]") }
        #expect(throws: Glob.Flaw.tooLong) { try Glob(String(repeating: "a", count: 2_000)) }
    }

    @Test("a pattern of many stars is no trouble")
    func stars() throws {
        let pattern = String(repeating: "a*", count: 100) + "b"
        #expect(try !Glob(pattern).excludes(String(repeating: "a", count: 2_000)))
    }
}
