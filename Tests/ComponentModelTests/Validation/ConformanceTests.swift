import ComponentModel
import Foundation
import Testing
import WAT

/// The suites of components beside the project. What does not hold of them is listed, with why, in a file
/// that `virga wast --skips` reads too.
@Suite struct ConformanceTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../..").standardizedFileURL
    private static let folder = root.appending(path: "../shared/conformance").standardizedFileURL

    static let isPresent = FileManager.default.fileExists(
        atPath: folder.appending(path: "component-model").path
    )

    /// The paths under the folder of a suite's scripts.
    private func scripts(_ suite: String) throws -> [String] {
        let files = FileManager.default.enumerator(atPath: Self.folder.appending(path: suite).path)
        return try #require(files).compactMap { $0 as? String }.filter { $0.hasSuffix(".wast") }
            .map { "\(suite)/\($0)" }.sorted()
    }

    /// Why assertions are skipped that are not listed: their components are validated only.
    private static let notRun = [
        "the component needs what is not run yet: ", "imports what the script does not define",
    ]

    @Test(
        .enabled(if: isPresent, "../shared/conformance is not there"),
        arguments: [
            (suite: "component-model", files: 63, passed: 771, assertions: 980),
            (suite: "wasm-tools-component-cli", files: 79, passed: 595, assertions: 597),
        ]
    )
    func holds(suite: String, files: Int, passed: Int, assertions: Int) throws {
        let list = Self.root.appending(path: "Tests/Fixtures/conformance-skips.txt")
        let skips = try ScriptSkips(Array(try Data(contentsOf: list)))
        let paths = try scripts(suite)
        #expect(paths.count == files)
        var (held, skipped, listed) = (0, 0, 0)
        for path in paths {
            let script = Array(try Data(contentsOf: Self.folder.appending(path: path)))
            let report = ScriptRunner.run(script, skips: skips.script(at: path))
            for failure in report.failures { Issue.record("\(path):\(failure)") }
            held += report.passed
            skipped += report.skippedCount
            for (reason, count) in report.skipped
            where !Self.notRun.contains(where: { reason.hasPrefix($0) }) {
                listed += count
            }
        }
        #expect(held >= passed)
        #expect(held + skipped >= assertions)
        #expect(listed * 20 < assertions, "\(listed) of \(assertions) are listed")
    }
}
