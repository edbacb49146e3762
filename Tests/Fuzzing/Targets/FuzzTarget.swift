import ComponentModel
import WAT
import Wasm

/// What the fuzzers feed with bytes: none may crash, hang, or take memory without end.
package enum FuzzTarget: String, CaseIterable, Sendable {
    /// Decoding and validation of the binary format.
    case module
    /// Decoding and validation of components.
    case component
    /// The text format: a module, or a component if it begins like one.
    case text
    /// The text format: a script, and the modules and components in it.
    case script
    /// Lowering and running, of a module in either format.
    case run

    /// Feeds the target; what it refuses, it refuses by an error.
    package func feed(_ bytes: [UInt8]) {
        switch self {
        case .module: _ = try? Module(decoding: bytes)
        case .component: _ = try? Component(decoding: bytes)
        case .text:
            if bytes.starts(with: "(component".utf8) {
                _ = try? Component(decoding: ComponentAssembler.assemble(bytes))
            } else {
                _ = try? Module(decoding: Assembler.assemble(bytes))
            }
        case .script: FuzzTarget.feedScript(bytes)
        case .run:
            let isText = bytes.first == UInt8(ascii: "(") || bytes.first == UInt8(ascii: ";")
            guard let binary = isText ? try? Assembler.assemble(bytes) : bytes,
                let module = try? Module(decoding: binary)
            else { return }
            guard let fuzzed = FuzzedModule(module) else { return }
            if bytes.count.isMultiple(of: 2) {
                fuzzed.run()
            } else {
                fuzzed.runInSlices(bytes.count)
            }
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
            guard let module, let binary = try? module.bytes() else { continue }
            switch module.layer {
            case .module: _ = try? Module(decoding: binary)
            case .component: _ = try? Component(decoding: binary)
            }
        }
    }
}
