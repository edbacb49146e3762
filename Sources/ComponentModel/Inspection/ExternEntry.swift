import Wasm

/// An import or export as a list of them shows it.
package struct ExternEntry: Sendable {
    package let name: String
    /// `function`, `instance`, `type`, `component`, `core module` or `value`.
    package let kind: String
    /// The type in WIT, or much like it; nil of an instance, which has entries.
    package let type: String?
    /// What an instance exports.
    package let exports: [ExternEntry]

    /// The entries of a component's imports or exports.
    package static func list(_ declarations: [ExternDecl], _ types: TypeArena) -> [ExternEntry] {
        list(declarations, WITType(types, limit: 4096), depth: 0)
    }

    private static func list(
        _ declarations: [ExternDecl], _ outer: WITType, depth: Int
    ) -> [ExternEntry] {
        guard depth < ComponentLimits.typeNesting else { return [] }
        let text = outer.naming(declarations)
        return declarations.map { declaration in
            var exports: [ExternEntry] = []
            if case .instance(let id) = declaration.desc, let type = text.types.instance(id) {
                exports = list(type.exports, text, depth: depth + 1)
            }
            return ExternEntry(
                name: declaration.name, kind: declaration.desc.kind,
                type: declaration.desc.isInstance ? nil : text.full(declaration.desc), exports: exports)
        }
    }
}

extension ExternDesc {
    fileprivate var kind: String {
        switch self {
        case .coreModule: "core module"
        case .function: "function"
        case .value: "value"
        case .type: "type"
        case .component: "component"
        case .instance: "instance"
        }
    }

    fileprivate var isInstance: Bool {
        if case .instance = self { true } else { false }
    }
}
