import ArgumentParser
import ComponentModel
import WAT
import Wasm

/// `virga componentize`: makes a component of a core module.
struct ComponentizeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "componentize",
        abstract: "Make a component of a core module that answers requests.",
        discussion: """
            For compilers that make core modules, as clang, Embedded Swift and Rust without WASI do. The \
            module exports its memory, `wasi:http/incoming-handler@0.2.0#handle` and, where it is handed \
            strings or lists, `cabi_realloc`; it imports functions of WASI 0.2 by the names of their \
            interfaces. `virga new` makes such modules' sources. The result is validated before it is \
            written.

            virga componentize hello.core.wasm -o hello.wasm
            """
    )

    @Argument(help: "The core module.", completion: .file(extensions: ["wasm", "wat"]))
    var file: String

    @Option(
        name: .shortAndLong,
        help: "The component (.wasm) to write.",
        completion: .file(extensions: ["wasm"])
    )
    var output: String

    func run() throws {
        let bytes: [UInt8]
        let module = try ModuleFile.load(file)
        do throws(ComponentizingError) {
            bytes = try Componentizer(module).component()
        } catch {
            throw Failure("\(file): \(error)")
        }
        do throws(ComponentError) {
            _ = try Component(decoding: bytes)
        } catch {
            let hasRealloc = module.exports.contains { $0.name == "cabi_realloc" }
            let advice = hasRealloc ? "" : "; it exports no \"cabi_realloc\", which may be what is missing"
            throw Failure("\(file): no valid component can be made of the module: \(error)\(advice)")
        }
        try OutputFile.write(bytes, to: output)
    }
}
