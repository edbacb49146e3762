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

    /// What stands at a line of a component script that is not assembled, and why.
    private static let unsupported: [String: [Int: String]] = {
        let sharedMemories = "shared memories"
        let pageSizes = "page sizes of other than 64 KiB"
        let sharedEverything = "shared functions and tables"
        return [
            "component-model/validation/instantiation.wast": [421: sharedMemories],
            "wasm-tools-component-cli/custom-page-sizes.wast": [
                4: pageSizes, 14: pageSizes, 24: pageSizes, 31: pageSizes, 38: pageSizes,
                45: pageSizes, 53: pageSizes, 62: pageSizes, 71: pageSizes, 80: pageSizes,
            ],
            "wasm-tools-component-cli/instance-type.wast": [4: sharedMemories, 85: sharedMemories],
            "wasm-tools-component-cli/instantiate.wast": [341: sharedMemories],
            "wasm-tools-component-cli/legacy-indices.wast": [71: sharedEverything],
            "wasm-tools-component-cli/options.wast": [44: sharedMemories],
            "wasm-tools-component-cli/shared-everything-threads/not-accepted.wast": [
                3: sharedEverything, 13: sharedEverything, 24: sharedMemories,
            ],
            "wasm-tools-component-cli/wrong-order.wast": [3: "other words for a module's error"],
        ]
    }()

    /// Runs the component scripts under `folder`: those that are not assembled, and no others, fail.
    private func runComponents(_ folder: String) throws -> (files: Int, passed: Int) {
        var passed = 0
        let scripts = try Self.scripts(folder)
        for script in scripts {
            let path = String(script.path.dropFirst(Self.folder.path.count + 1))
            let report = ScriptRunner.run(Array(try Data(contentsOf: script)))
            var expected = Self.unsupported[path] ?? [:]
            for failure in report.failures
            where expected.removeValue(forKey: failure.location.line) == nil {
                Issue.record("\(path):\(failure)")
            }
            for (line, reason) in expected { Issue.record("\(path):\(line) passes despite \(reason)") }
            passed += report.passed
        }
        return (scripts.count, passed)
    }

    @Test(.enabled(if: isPresent, "../shared/conformance is not there"))
    func componentModel() throws {
        let (files, passed) = try runComponents("component-model")
        #expect(files == 63)
        #expect(passed >= 5)
    }

    @Test(.enabled(if: isPresent, "../shared/conformance is not there"))
    func componentTools() throws {
        let (files, passed) = try runComponents("wasm-tools-component-cli")
        #expect(files == 79)
        #expect(passed >= 16)
    }
}
