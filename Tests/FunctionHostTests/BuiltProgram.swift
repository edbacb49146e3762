import Foundation

/// The program that was built together with the tests, and scripts that drive it from outside.
enum BuiltProgram {
    static let path = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
        .appending(path: "virga").path()
    static var isThere: Bool { FileManager.default.isExecutableFile(atPath: path) }
    static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    /// Components that other toolchains made; not needed.
    static let fixtures = folder.appending(path: "../../../shared/fixtures").standardizedFileURL.path()

    /// Runs a script of Python with the program and `arguments`; `script` is relative to this folder.
    static func run(
        _ script: String, _ arguments: [String] = [], seconds: Int
    ) throws -> (status: Int32, output: String) {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [
            "timeout", "-k", "5", "\(seconds)", "python3",
            folder.appending(path: script).standardizedFileURL.path(), path,
        ] + arguments
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return (process.terminationStatus, output)
    }
}
