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
            does not run yet, or where a list says so. A line of the list is PATH[:LINE] REASON, or \
            PATH:LINE "WORDS" REASON where an error says WORDS instead of what the script has. What \
            holds although it is on the list fails.

            A script of wasm-tools, whose first line is a comment ";; RUN: wast", has the features that \
            this line names, and its components may import what nobody defines.
            """
    )

    @Option(help: ArgumentHelp("The list of what does not hold.", valueName: "file"))
    var skips: String?

    @Argument(help: "The scripts (.wast).")
    var files: [String]

    func run() throws {
        let list = try listOfSkips()
        var passed = 0
        var failed = 0
        var skipped: [String: Int] = [:]
        var inOtherWords: [String: Int] = [:]
        for file in files {
            guard let script = ModuleFile.read(file) else {
                failed += 1
                Swift.print("\(file): expected a script, got no file that can be read")
                continue
            }
            let report = ScriptRunner.run(
                script,
                skips: list?.script(at: ModuleFile.realPath(file)) ?? ScriptSkips.Script()
            )
            for failure in report.failures { Swift.print("\(file):\(failure)") }
            passed += report.passed
            failed += report.failures.count
            skipped.merge(report.skipped, uniquingKeysWith: +)
            inOtherWords.merge(report.inOtherWords, uniquingKeysWith: +)
        }
        print("in other words", inOtherWords)
        print("skipped", skipped)
        Swift.print("\(passed) passed, \(failed) failed, \(skipped.values.reduce(0, +)) skipped")
        if failed > 0 { throw ExitCode.failure }
    }

    /// Prints how many there are for which reason, the most first.
    private func print(_ what: String, _ reasons: [String: Int]) {
        for (reason, count) in reasons.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }) {
            Swift.print("\(what) \(count): \(reason)")
        }
    }

    private func listOfSkips() throws -> ScriptSkips? {
        guard let skips else { return nil }
        guard let text = ModuleFile.read(skips) else {
            throw Failure("\(skips): expected a list, got no file that can be read")
        }
        do throws(TextError) {
            return try ScriptSkips(text)
        } catch {
            throw Failure("\(skips):\(error)")
        }
    }
}
