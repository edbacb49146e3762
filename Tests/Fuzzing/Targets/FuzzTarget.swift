import ComponentModel
import DWARF
import SpinManifest
import WAT
import Wasm

/// What the fuzzers feed with bytes: none may crash, hang, or take memory without end.
package enum FuzzTarget: String, CaseIterable, Sendable {
    /// Decoding and validation of the binary format.
    case module
    /// Decoding and validation of components.
    case component
    /// Linking, freezing and calling of a component in either format, from a pool.
    case link
    /// The text format: a module, or a component if it begins like one.
    case text
    /// The text format: a script, and the modules and components in it.
    case script
    /// Lowering and running, of a module in either format.
    case run
    /// A manifest, its diagnostics, and a request to its routes.
    case manifest
    /// Debugging information: sections, one after the other, in a module's custom sections.
    case lines

    /// Feeds the target; what it refuses, it refuses by an error.
    package func feed(_ bytes: [UInt8]) {
        switch self {
        case .module: _ = try? Module(decoding: bytes)
        case .component: _ = try? Component(decoding: bytes)
        case .link:
            let isText = bytes.first == UInt8(ascii: "(") || bytes.first == UInt8(ascii: ";")
            guard let binary = isText ? try? ComponentAssembler.assemble(bytes) : bytes,
                let component = try? Component(decoding: binary)
            else { return }
            FuzzedComponent(component)?.run()
        case .text:
            if bytes.starts(with: "(component".utf8) {
                _ = try? Component(decoding: ComponentAssembler.assemble(bytes))
            } else {
                _ = try? Module(decoding: Assembler.assemble(bytes))
            }
        case .script: FuzzTarget.feedScript(bytes)
        case .manifest: FuzzTarget.feedManifest(bytes)
        case .lines: FuzzTarget.feedLines(bytes)
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

    private static func feedLines(_ bytes: [UInt8]) {
        guard let module = try? Module(decoding: bytes) else { return }
        let sections = DebugSections { name in
            module.customSections.first { $0.name == name }.map { bytes[$0.range] }
        }
        let addresses = (0..<16).map { UInt64($0 * 7) }
        _ = (try? LineTable(sections).locations(of: addresses))?.map { $0?.description }
    }

    private static func feedManifest(_ bytes: [UInt8]) {
        let runtime = ManifestFile(name: "runtime-config.toml", bytes: bytes)
        _ = runtime.checkRuntimeConfiguration().1.description
        for name in [".json", ".toml"] { _ = try? VariablesFile.values(bytes, name: name) }
        _ = try? DotenvFile.parse(bytes, name: ".env")
        let checked = ManifestFile(name: "spin.toml", bytes: bytes).check(profile: nil)
        _ = checked.diagnostics.description
        guard let manifest = checked.manifest else { return }
        for component in manifest.components {
            _ = try? component.allowedHosts(in: manifest) { _ in "example.com" }
        }
        let router = Router(manifest.routes)
        // The manifest's own bytes make the paths that its routes are likeliest to take.
        for path in bytes.split(separator: UInt8(ascii: "\"")).prefix(50) {
            let path = Array(path)
            _ = router.match(.get, host: path.span, target: path.span)
            let text = String(decoding: path, as: UTF8.self)
            _ = router.explain(method: "GET", host: text, target: text).description
            for route in router.routes.prefix(10) {
                var buffer: [UInt8] = []
                RouteHeaders(route.pattern).forEach(
                    scheme: path.span,
                    authority: path.span,
                    target: path.span,
                    client: path.span,
                    buffer: &buffer
                ) { _, _ in }
            }
            _ = (try? Glob(text))?.excludes(text)
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
