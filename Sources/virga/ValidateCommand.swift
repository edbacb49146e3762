import ArgumentParser
import Glibc
import Wasm

/// `virga validate`: says of each file whether it is a valid module.
struct ValidateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "validate",
        abstract: "Decode and validate WebAssembly modules.",
        discussion: """
            Prints `FILE: valid`, or what is wrong with the module and at which byte. Exits with 1 \
            if a file could not be read or is not valid.
            """
    )

    @Argument(help: ArgumentHelp("Modules in the binary format.", valueName: "file"))
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
        guard let bytes = ModuleFile.read(file) else {
            print("\(file): \(unsafe String(cString: strerror(errno)))")
            return false
        }
        do {
            let clock = ContinuousClock()
            var best = Duration.seconds(1_000_000)
            for _ in 0..<max(repetitions, 1) {
                best = min(best, try clock.measure { _ = try Module(decoding: bytes) })
            }
            print("\(file): valid")
            if repetitions > 1 {
                let seconds = best / .seconds(1)
                print("\(file): \(Int(Double(bytes.count) / seconds / 1e6)) MB/s")
            }
            return true
        } catch {
            print("\(file): \(error)")
            return false
        }
    }
}
