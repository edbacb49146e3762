// Unsafe here: an array's own bytes written to a file.
import ArgumentParser
import Glibc

/// `virga assemble`: makes a binary of a module or a component in the text format.
struct AssembleCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "assemble",
        abstract: "Make a binary of a module or component in the text format.",
        discussion: """
            The result is validated before it is written.

            virga assemble hello.wat -o hello.wasm
            """
    )

    @Argument(help: "The text (.wat).")
    var file: String

    @Option(name: .shortAndLong, help: "The binary (.wasm) to write.")
    var output: String

    func run() throws {
        let bytes = try ModuleFile.binary(file)
        _ = try WasmFile(bytes, path: file)
        let descriptor = unsafe open(output, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw failure() }
        defer { close(descriptor) }
        var written = 0
        while written < bytes.count {
            let count = unsafe bytes.withUnsafeBytes { buffer in
                unsafe write(
                    descriptor,
                    buffer.baseAddress.map { unsafe $0 + written },
                    buffer.count - written
                )
            }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { throw failure() }
            written += count
        }
    }

    private func failure() -> Failure {
        Failure("\(output) cannot be written: \(unsafe String(cString: strerror(errno)))")
    }
}
