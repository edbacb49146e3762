import ComponentModel
import Wasm

/// What a file holds, decoded and validated.
enum WasmFile {
    case module(Module)
    case component(Component)

    /// Whether `bytes` are of a component, by the layer that they begin with; where they end before it, by
    /// the version.
    /// Spec: Binary "Component Definitions" (preamble)
    static func isComponent(_ bytes: [UInt8]) -> Bool {
        guard bytes.starts(with: [0x00, 0x61, 0x73, 0x6D]), bytes.count > 4 else { return false }
        return bytes.count > 6 ? bytes[6] == 1 : bytes[4] == 0x0D
    }

    /// Decodes the contents of the file at `path`. Throws a sentence that says what is wrong, and where.
    init(_ bytes: [UInt8], path: String) throws(Failure) {
        if Self.isComponent(bytes) {
            do throws(ComponentError) {
                self = .component(try Component(decoding: bytes))
            } catch {
                throw Failure("\(path): \(error)")
            }
        } else {
            do throws(ModuleError) {
                self = .module(try Module(decoding: bytes))
            } catch {
                throw Failure("\(path): \(error)")
            }
        }
    }

    /// The word for it.
    var kind: String {
        switch self {
        case .module: "module"
        case .component: "component"
        }
    }
}
