import Foundation
import SpinManifest
import Testing

/// What is said of the manifests in Fixtures, most of which are wrong: NAME/spin.toml beside
/// NAME/expected.txt, and in NAME/profile the profile that is chosen.
///
/// With VIRGA_REWRITE=1 the texts are written anew, and the test fails: they are to be read.
@Suite struct GoldenTests {
    static let fixtures = URL(filePath: #filePath).deletingLastPathComponent().appending(
        path: "Fixtures"
    )

    static let names: [String] = {
        let all = (try? FileManager.default.contentsOfDirectory(atPath: fixtures.path)) ?? []
        return all.filter {
            FileManager.default.fileExists(atPath: fixtures.appending(path: "\($0)/spin.toml").path)
        }.sorted()
    }()

    static func check(_ name: String) throws -> CheckedManifest {
        let folder = fixtures.appending(path: name)
        let bytes = Array(try Data(contentsOf: folder.appending(path: "spin.toml")))
        let profile = try? String(contentsOf: folder.appending(path: "profile"), encoding: .utf8)
        return ManifestFile(name: "spin.toml", bytes: bytes, directory: folder.path).check(
            profile: profile
        )
    }

    @Test func thereAreMany() {
        #expect(Self.names.count >= 60)
    }

    @Test("what is said of it", arguments: names)
    func golden(_ name: String) throws {
        let checked = try Self.check(name)
        let expected = Self.fixtures.appending(path: "\(name)/expected.txt")
        let text = checked.diagnostics.description
        if ProcessInfo.processInfo.environment["VIRGA_REWRITE"] == "1" {
            try text.write(to: expected, atomically: true, encoding: .utf8)
            Issue.record("\(name) is written anew: read it")
            return
        }
        #expect(text == (try? String(contentsOf: expected, encoding: .utf8)))
        #expect((checked.manifest == nil) == checked.diagnostics.hasErrors)
        #expect(checked.diagnostics.all.isEmpty == name.hasPrefix("good-"))
    }

    @Test("every place that is named is in the file", arguments: names)
    func places(_ name: String) throws {
        let text = try String(
            contentsOf: Self.fixtures.appending(path: "\(name)/spin.toml"),
            encoding: .utf8
        )
        let lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
        for diagnostic in try Self.check(name).diagnostics.all {
            guard let region = diagnostic.region else { continue }
            #expect(lines.indices.contains(region.start.line - 1))
            let line = lines[min(lines.count, region.start.line) - 1]
            #expect(region.start.column <= line.count + 1)
        }
    }
}
