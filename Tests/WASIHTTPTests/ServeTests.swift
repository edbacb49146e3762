import Foundation
import Testing

/// The program that was built together with the tests.
private enum BuiltProgram {
    static let path = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
        .appending(path: "virga").path()
    static var isThere: Bool { FileManager.default.isExecutableFile(atPath: path) }
}

/// `virga serve`, from outside: one script, whose output says what failed.
@Suite(.enabled(if: BuiltProgram.isThere, "the program is not beside the tests"))
struct ServeTests {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    /// Components that other toolchains made, with a reference host; not needed.
    static let fixtures = folder.appending(path: "../../../shared/fixtures").standardizedFileURL.path()

    @Test func everyRouteUnderEveryOption() throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [
            "timeout", "-k", "5", "600", "python3",
            Self.folder.appending(path: "Scripts/serve_suite.py").path(), BuiltProgram.path, Self.fixtures,
        ]
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == 0, "\(output)")
        for line in output.split(separator: "\n") where line.hasPrefix("skipped") { print(line) }
    }
}
