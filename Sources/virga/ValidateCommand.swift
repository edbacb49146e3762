import ArgumentParser
import Wasm

/// `virga validate`: says of each file whether it is a valid module or component.
struct ValidateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "validate",
        abstract: "Decode and validate WebAssembly modules and components.",
        discussion: """
            Prints `FILE: valid module` or `FILE: valid component`, or what is wrong and at which byte, or \
            at which line and column if it is text. Exits with 1 if a file could not be read or is not valid.
            """
    )

    @Argument(
        help: ArgumentHelp(
            "Modules or components: binary (.wasm) or text (.wat).",
            valueName: "file"
        )
    )
    var files: [String]

    @Option(
        name: .customLong("repeat"),
        help: ArgumentHelp("Validate each file so often, and print MB/s.", visibility: .hidden)
    )
    var repetitions = 1

    func run() throws {
        var isGood = true
        for file in files where !check(file) { isGood = false }
        if !isGood { throw ExitCode(1) }
    }

    private func check(_ file: String) -> Bool {
        do {
            let bytes = try ModuleFile.binary(file)
            let clock = ContinuousClock()
            var best = Duration.seconds(1_000_000)
            var kind = ""
            for _ in 0..<max(repetitions, 1) {
                best = min(best, try clock.measure { kind = try WasmFile(bytes, path: file).kind })
            }
            print("\(file): valid \(kind)")
            if repetitions > 1 {
                let seconds = best / .seconds(1)
                print("\(file): \(Int(Double(bytes.count) / seconds / 1e6)) MB/s")
            }
            return true
        } catch let failure as Failure {
            print(failure)
            return false
        } catch {
            print("\(file): \(error)")
            return false
        }
    }
}
