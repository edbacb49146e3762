import Foundation
import Testing

/// `virga serve`, from outside: one script, whose output says what failed.
@Suite(.enabled(if: ServeTests.isBuilt, "the program is not beside the tests"))
struct ServeTests {
    static let binary = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
        .appending(path: "virga").path()
    static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    /// Components that other toolchains made, with a reference host; not needed.
    static let fixtures = folder.appending(path: "../../../shared/fixtures").standardizedFileURL.path()

    static var isBuilt: Bool { FileManager.default.isExecutableFile(atPath: binary) }

    @Test func everyRouteUnderEveryOption() throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [
            "timeout", "-k", "5", "600", "python3",
            Self.folder.appending(path: "Scripts/serve_suite.py").path(), Self.binary, Self.fixtures,
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
