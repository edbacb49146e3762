import ComponentModel
import Foundation
import Testing
import WAT

/// The components of the suites beside the project: those that are valid are, the others are not, for the
/// reason given.
@Suite struct ConformanceTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../../../shared/conformance").standardizedFileURL

    static let isPresent = FileManager.default.fileExists(
        atPath: folder.appending(path: "component-model").path
    )

    /// Files in which nothing is as they have it, and why.
    private static let otherFeatures: [(prefix: String, reason: String)] = [
        (
            "wasm-tools-component-cli/gc/",
            "passes values as garbage-collected objects: not specified"
        ),
        ("wasm-tools-component-cli/memory64/", "64-bit memories are not lifted from"),
        (
            "wasm-tools-component-cli/nested-names.wast",
            "nested names are refused by the other suite"
        ),
        ("wasm-tools-component-cli/custom-page-sizes.wast", "pages of other sizes"),
        ("wasm-tools-component-cli/shared-everything-threads/", "shared memories and functions"),
    ]

    /// Commands that are not as they have it, by their lines, and why.
    private static let skipped: [String: [Int: String]] = {
        let shared = "shared memories"
        let order = "the module is invalid too, which is found first"
        let moreBuiltIns = "a feature that is not switched off"
        let offset = "the words have another form of the offset"
        return [
            "component-model/validation/instantiation.wast": [
                223: "the words are the wrong way round", 421: shared,
            ],
            "wasm-tools-component-cli/adapt.wast": [
                138: order, 173: order, 192: order, 212: order, 265: order,
            ],
            "wasm-tools-component-cli/async/futures.wast": [155: moreBuiltIns, 189: moreBuiltIns],
            "wasm-tools-component-cli/async/streams.wast": [146: moreBuiltIns, 181: moreBuiltIns],
            "wasm-tools-component-cli/async/task-builtins.wast": [
                332: moreBuiltIns, 336: moreBuiltIns, 340: moreBuiltIns, 344: moreBuiltIns,
            ],
            "wasm-tools-component-cli/async/threading-and-memory64.wast": [
                3: "64-bit", 10: "64-bit",
            ],
            "wasm-tools-component-cli/fixed-length-lists.wast": [26: offset, 41: offset],
            "wasm-tools-component-cli/gated-tags.wast": [3: moreBuiltIns, 11: moreBuiltIns],
            "wasm-tools-component-cli/instance-type.wast": [4: shared, 85: shared],
            "wasm-tools-component-cli/instantiate.wast": [
                180: "the words are the wrong way round", 341: shared,
            ],
            "wasm-tools-component-cli/options.wast": [44: shared],
            "wasm-tools-component-cli/legacy-indices.wast": [87: "garbage-collected objects"],
        ]
    }()

    /// What is wrong with how a component is taken, nil where nothing is.
    private static func problem(_ module: ScriptModule, _ expected: String?) -> String? {
        guard module.layer == .component else { return nil }
        let bytes: [UInt8]
        do {
            bytes = try module.bytes()
        } catch {
            // Whether that is right is the text format's business.
            return nil
        }
        switch (decode(bytes), expected) {
        case (.success, nil): return nil
        case (.failure(let error), nil): return "refused: \(error)"
        case (.success, let message?): return "accepted, and not: \(message)"
        case (.failure(let error), let message?):
            return message.isEmpty || error.message.contains(message)
                ? nil : "\(error), and not: \(message)"
        }
    }

    private static func check(_ path: String, _ text: [UInt8]) throws -> Int {
        var parser = try ScriptParser(text)
        var skipped = Self.skipped[path] ?? [:]
        let isOther = otherFeatures.contains { path.hasPrefix($0.prefix) }
        var count = 0
        while let command = parser.next() {
            let problem: String?
            switch command.kind {
            case .module(let module), .assertUnlinkable(.module(let module), _),
                .assertUninstantiable(.module(let module), _):
                problem = Self.problem(module, nil)
            case .assertInvalid(let module, let message), .assertMalformed(let module, let message):
                problem = Self.problem(module, message)
            default: continue
            }
            count += 1
            if isOther { continue }
            let reason = skipped.removeValue(forKey: command.location.line)
            if let problem, reason == nil {
                Issue.record("\(path):\(command.location): \(problem)")
            }
            if let reason, problem == nil {
                // What the text format refuses has no bytes.
                if !reason.contains("shared") {
                    Issue.record("\(path):\(command.location): passes")
                }
            }
        }
        for (line, reason) in skipped { Issue.record("\(path):\(line): nothing there: \(reason)") }
        return count
    }

    @Test(
        .enabled(if: isPresent, "../shared/conformance is not there"),
        arguments: [("component-model", 63, 450), ("wasm-tools-component-cli", 79, 900)]
    )
    func components(folder: String, files: Int, commands: Int) throws {
        let root = Self.folder.appending(path: folder)
        let paths =
            FileManager.default.enumerator(atPath: root.path)?
            .compactMap { $0 as? String }.filter { $0.hasSuffix(".wast") }.sorted() ?? []
        #expect(paths.count == files)
        var count = 0
        for path in paths {
            let text = [UInt8](try Data(contentsOf: root.appending(path: path)))
            count += try Self.check("\(folder)/\(path)", text)
        }
        #expect(count >= commands)
    }
}
