import Wasm

/// An import or export as a list of them shows it.
package struct ExternEntry: Sendable {
    package let name: String
    /// `function`, `instance`, `type`, `component`, `core module` or `value`.
    package let kind: String
    /// The type in WIT; nil of an instance, a component and a core module, which have entries.
    package let type: String?
    /// What an instance exports.
    package let exports: [ExternEntry]

    /// The entries of a component's imports or exports.
    package static func list(_ declarations: [ExternDecl], _ types: TypeArena) -> [ExternEntry] {
        list(declarations, types, names: [:], depth: 0)
    }

    private static func list(
        _ declarations: [ExternDecl], _ types: TypeArena, names outer: [TypeKey: String], depth: Int
    ) -> [ExternEntry] {
        guard depth < ComponentLimits.typeNesting else { return [] }
        var names = outer
        for declaration in declarations {
            guard case .type(let id) = declaration.desc, let key = types.key(id), names[key] == nil else {
                continue
            }
            names[key] = declaration.name
        }
        let text = WITType(types, names: names, limit: 4096)
        return declarations.map { declaration in
            var exports: [ExternEntry] = []
            if case .instance(let id) = declaration.desc, let type = types.instance(id) {
                exports = list(type.exports, types, names: names, depth: depth + 1)
            }
            return ExternEntry(
                name: declaration.name, kind: declaration.desc.kind,
                type: declaration.desc.isCompound ? nil : text.extern(declaration.desc), exports: exports)
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

    /// Whether it has parts, rather than a type that is told in a line.
    fileprivate var isCompound: Bool {
        switch self {
        case .coreModule, .component, .instance: true
        case .function, .value, .type: false
        }
    }
}
