import ArgumentParser
import WAT

/// `virga wast`: runs scripts of the specification's test suite.
struct WastCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "wast",
        abstract: "Run WebAssembly test scripts.",
        discussion: """
            Prints a line for each assertion that does not hold, or command that fails, as \
            FILE:LINE:COLUMN: expected X, got Y; then why assertions were skipped, if any were; and \
            last how many passed, failed and were skipped. Exits with 1 if any failed.

            A script is skipped in part only where it runs a module that this engine validates but \
            does not run yet.
            """
    )

    @Argument(help: "The scripts (.wast).")
    var files: [String]

    func run() throws {
        var passed = 0
        var failed = 0
        var skipped: [String: Int] = [:]
        for file in files {
            guard let script = ModuleFile.read(file) else {
                failed += 1
                print("\(file): expected a script, got no file that can be read")
                continue
            }
            let report = ScriptRunner.run(script)
            for failure in report.failures { print("\(file):\(failure)") }
            passed += report.passed
            failed += report.failures.count
            skipped.merge(report.skipped, uniquingKeysWith: +)
        }
        for (reason, count) in skipped.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }) {
            print("skipped \(count): \(reason)")
        }
        print("\(passed) passed, \(failed) failed, \(skipped.values.reduce(0, +)) skipped")
        if failed > 0 { throw ExitCode.failure }
    }
}
