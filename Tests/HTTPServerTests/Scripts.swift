import Foundation
import Testing

/// The Python scripts beside these tests, which drive the built `virga` from outside.
enum Scripts {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(
        path: "Scripts"
    )
    static let package = folder.appending(path: "../../..").standardizedFileURL
    /// The program that was built together with the tests.
    static let binary = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
        .appending(path: "virga").path()

    /// The Python with the packages that the scripts import, or why there is none.
    static let python: Result<String, Missing> = {
        let venv = package.appending(path: ".venv").path()
        let made = launch(
            "/bin/bash",
            [folder.appending(path: "environment.sh").path(), venv],
            seconds: 120
        )
        guard made.status == 0 else { return .failure(Missing(reason: made.output)) }
        return .success(venv + "/bin/python")
    }()

    struct Missing: Error { let reason: String }

    static var isReady: Bool {
        switch python {
        case .success: return true
        case .failure(let missing):
            print("end-to-end tests skipped: \(missing.reason)")
            return false
        }
    }

    /// Runs a script against the program.
    static func run(_ script: String, _ arguments: [String] = [], seconds: Int = 120) -> (
        status: Int32, output: String
    ) {
        guard case .success(let python) = python else { return (3, "no Python") }
        return launch(
            python,
            [folder.appending(path: script).path(), binary] + arguments,
            seconds: seconds
        )
    }

    /// Runs a program to its end, within so many seconds.
    static func launch(_ program: String, _ arguments: [String], seconds: Int) -> (
        status: Int32, output: String
    ) {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/timeout")
        process.arguments = ["-k", "5", "\(seconds)", program] + arguments
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        do { try process.run() } catch { return (-1, "\(error)") }
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: output, as: UTF8.self))
    }
}
