import ArgumentParser
import Wasm

/// `virga lower`: shows what a function is lowered to. For work on the engine; not in the main help.
struct LowerCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lower",
        abstract: "List the register machine's operations of a module's functions.",
        shouldDisplay: false
    )

    @Argument(help: "The module: binary (.wasm) or text (.wat).")
    var file: String

    @Option(help: "Only the function with this index, imports counted.")
    var function: Int?

    func run() throws {
        let module = LoweredModule(try ModuleFile.load(file), engine: Engine())
        let imported = module.module.importedFunctionCount
        for index in module.module.bodies.indices
        where function.map({ $0 == imported + index }) ?? true {
            let name = module.name(ofFunction: UInt32(imported + index)) ?? ""
            print("function \(imported + index) \(name)")
            for line in module.listing(ofFunction: index) { print("    \(line)") }
        }
    }
}
