// What has been defined so far in a component, or in the type of a component or an instance.
// Spec: Explainer "Index Spaces".

import Wasm

/// An instance of a core module, or a bag of core items.
struct CoreInstance {
    let exports: [ExactName: CoreItem]
}

/// A core module, with what it exports by name.
struct CoreModule {
    let type: CoreModuleType
    let exports: [ExactName: CoreItem]

    init(_ type: CoreModuleType) {
        self.type = type
        exports = type.exportsByName
    }
}

/// A value, and whether something has taken it.
struct ValueDefinition {
    let type: ValType
    var isUsed: Bool
}

/// Which resource type has which name among the imports, or the exports, of a scope.
struct ResourceNames {
    private var names: [TypeID: String] = [:]
    private var all: Set<String> = []

    mutating func add(_ name: String, _ type: TypeID) {
        names[type] = name
        all.insert(name)
    }

    /// The name of the resource type at `type`.
    func name(_ type: TypeID) -> String? { names[type] }

    func contains(_ name: String) -> Bool { all.contains(name) }
}

/// The names that one direction of a scope has: of imports, or of exports.
struct ScopeNames {
    var decls: [ExternDecl] = []
    /// The canonical form of each name, with the name.
    var canonical: [String: String] = [:]
    var resources = ResourceNames()
    /// The types that may be named by what is imported or exported after them.
    var types: Set<TypeID> = []
}

struct Scope {
    enum Kind { case component, componentType, instanceType }

    let kind: Kind
    var coreTypes = CoreTypeSpace()
    /// The canonical id of each core function's type.
    var coreFunctions: [UInt32] = []
    var coreTables: [TableType] = []
    var coreMemories: [MemoryType] = []
    var coreGlobals: [GlobalType] = []
    var coreTags: [UInt32] = []
    var coreModules: [CoreModule] = []
    var coreInstances: [CoreInstance] = []
    var types: [TypeID] = []
    var functions: [TypeID] = []
    var values: [ValueDefinition] = []
    var instances: [TypeID] = []
    var components: [TypeID] = []

    var imports = ScopeNames()
    var exports = ScopeNames()
    /// The resource types that imports introduce.
    var importedResources: [ResourceID] = []
    /// Those that are defined here, or by what is instantiated here.
    var definedResources: [ResourceID] = []
    /// Those that are defined here, with the types of what represents them.
    var localResources: [ResourceID: ValueType] = [:]
    /// What `context.get` and `context.set` have been used with.
    var contextType: ValueType?
    var hasStart = false

    var definitions: [Definition] = []
    /// The components within this one, with the places that are kept for them in `definitions`.
    var nested: [(place: Int, component: ComponentDraft)] = []
    var name: String?

    init(_ kind: Kind) { self.kind = kind }
}

/// A component that has been decoded, before all types that it shares are known.
struct ComponentDraft {
    let definitions: [Definition]
    let nested: [(place: Int, component: ComponentDraft)]
    let imports: [ExternDecl]
    let exports: [ExternDecl]
    let name: String?
    let byteRange: Range<Int>

    /// The definitions, with the components within it in their places.
    func definitions(_ types: TypeArena) -> [Definition] {
        var definitions = definitions
        for (place, draft) in nested {
            definitions[place] = .component(
                Component(
                    types: types,
                    definitions: draft.definitions(types),
                    imports: draft.imports,
                    exports: draft.exports,
                    name: draft.name,
                    byteRange: draft.byteRange
                )
            )
        }
        return definitions
    }
}
