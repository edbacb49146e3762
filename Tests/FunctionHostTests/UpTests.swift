import Foundation
import Testing

/// The program that was built together with the tests.
private enum BuiltProgram {
    static let path = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
        .appending(path: "virga").path()
    static var isThere: Bool { FileManager.default.isExecutableFile(atPath: path) }
}

/// `virga up`, from outside: one script, whose output says what failed.
@Suite(.serialized, .enabled(if: BuiltProgram.isThere, "the program is not beside the tests"))
struct UpTests {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    /// Components that other toolchains made; not needed.
    static let fixtures = folder.appending(path: "../../../shared/fixtures").standardizedFileURL.path()

    @Test func appsAreServed() throws { try run("up_suite.py") }

    @Test func appsAreChangedWhileTheyAreServed() throws { try run("reload_suite.py") }

    @Test func manyComponentsAreServed() throws { try run("many_suite.py") }

    private func run(_ script: String) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [
            "timeout", "-k", "5", "900", "python3",
            Self.folder.appending(path: "Scripts/\(script)").path(), BuiltProgram.path, Self.fixtures,
        ]
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == 0, "\(output)")
        print(output)
    }
}
