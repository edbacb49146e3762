import Foundation
import Testing
import WAT

/// The specification's own test suite, where it lies beside the project.
@Suite struct ConformanceTests {
    private static let folder = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("../shared/conformance").standardizedFileURL

    static let isPresent = FileManager.default.fileExists(
        atPath: folder.appendingPathComponent("core").path
    )

    /// The scripts under `folder`.
    static func scripts(_ folder: String) throws -> [URL] {
        let root = Self.folder.appendingPathComponent(folder)
        let files = FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil)
        let scripts = try #require(files).compactMap { $0 as? URL }.filter {
            $0.pathExtension == "wast"
        }
        return scripts.sorted { $0.path < $1.path }
    }

    /// Runs the scripts under `folder`, and records each failure.
    private func run(_ folder: String) throws -> (files: Int, passed: Int, skipped: [String: Int]) {
        var passed = 0
        var skipped: [String: Int] = [:]
        let scripts = try Self.scripts(folder)
        for script in scripts {
            let report = ScriptRunner.run(Array(try Data(contentsOf: script)))
            for failure in report.failures { Issue.record("\(script.path):\(failure)") }
            passed += report.passed
            skipped.merge(report.skipped, uniquingKeysWith: +)
        }
        return (scripts.count, passed, skipped)
    }

    @Test(.enabled(if: isPresent, "../shared/conformance/core is not there"))
    func core() throws {
        let (files, passed, skipped) = try run("core")
        #expect(files == 258)
        #expect(passed >= 61_700)
        #expect(passed + skipped.values.reduce(0, +) == 62_598)
        #expect(skipped.keys.allSatisfy { $0.hasSuffix("which is validated but not run") })
    }

    @Test(.enabled(if: isPresent, "../shared/conformance/core-custom is not there"))
    func coreCustom() throws {
        let (files, passed, skipped) = try run("core-custom")
        #expect(files == 3)
        #expect(passed == 20)
        #expect(skipped.isEmpty)
    }
}
