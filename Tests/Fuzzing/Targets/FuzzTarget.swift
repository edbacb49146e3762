import WAT
import Wasm

/// What the fuzzers feed with bytes: none may crash, hang, or take memory without end.
package enum FuzzTarget: String, CaseIterable, Sendable {
    /// Decoding and validation of the binary format.
    case module
    /// The text format: a module.
    case text
    /// The text format: a script, and the modules in it.
    case script
    /// Lowering and running, of a module in either format.
    case run

    /// Feeds the target; what it refuses, it refuses by an error.
    package func feed(_ bytes: [UInt8]) {
        switch self {
        case .module: _ = try? Module(decoding: bytes)
        case .text: _ = try? Module(decoding: Assembler.assemble(bytes))
        case .script: FuzzTarget.feedScript(bytes)
        case .run:
            let isText = bytes.first == UInt8(ascii: "(") || bytes.first == UInt8(ascii: ";")
            guard let binary = isText ? try? Assembler.assemble(bytes) : bytes,
                let module = try? Module(decoding: binary)
            else { return }
            FuzzedModule(module)?.run()
        }
    }

    private static func feedScript(_ bytes: [UInt8]) {
        guard var parser = try? ScriptParser(bytes) else { return }
        while let command = parser.next() {
            let module: ScriptModule? =
                switch command.kind {
                case .module(let module), .assertMalformed(let module, _),
                    .assertInvalid(let module, _), .assertUnlinkable(.module(let module), _),
                    .assertUninstantiable(.module(let module), _):
                    module
                default: nil
                }
            if let module { _ = try? Module(decoding: module.bytes()) }
        }
    }
}
