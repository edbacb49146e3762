import ArgumentParser

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

    @Argument(help: "The text (.wat).", completion: .file(extensions: ["wat"]))
    var file: String

    @Option(
        name: .shortAndLong,
        help: "The binary (.wasm) to write.",
        completion: .file(extensions: ["wasm"])
    )
    var output: String

    func run() throws {
        let bytes = try ModuleFile.binary(file)
        _ = try WasmFile(bytes, path: file)
        try OutputFile.write(bytes, to: output)
    }
}
