// Types other than those of values, and where all types of a component are kept.
// Spec: Explainer "Type Definitions".

import Wasm

/// The place of a type in its `TypeArena`.
package struct TypeID: Hashable, Sendable {
    package let index: Int
    package init(index: Int) { self.index = index }
}

/// A resource type: two are the same where their numbers are. Each definition of a resource type and
/// each abstract one (an import, an export of what was instantiated) has a number of its own.
package struct ResourceID: Hashable, Sendable {
    package let index: Int
    package init(index: Int) { self.index = index }
}

/// The type of a component's function.
package struct FuncType: Hashable, Sendable {
    package var isAsync: Bool
    package var parameters: [LabelValType]
    package var result: ValType?

    package init(isAsync: Bool = false, parameters: [LabelValType], result: ValType?) {
        self.isAsync = isAsync
        self.parameters = parameters
        self.result = result
    }
}

/// What something imported or exported is.
/// Spec: Binary "externtype"
package enum ExternDesc: Hashable, Sendable {
    case coreModule(CoreModuleType)
    /// A `DefType.function`.
    case function(TypeID)
    case value(ValType)
    /// The type itself; an abstract resource type is a `DefType.resource` with its own number.
    case type(TypeID)
    /// A `DefType.component`.
    case component(TypeID)
    /// A `DefType.instance`.
    case instance(TypeID)
}

/// A named import or export.
/// Spec: Binary "importdecl", "exportdecl"
package struct ExternDecl: Hashable, Sendable {
    package var name: String
    package var attributes: NameAttributes
    package var desc: ExternDesc

    package init(name: String, attributes: NameAttributes = NameAttributes(), desc: ExternDesc) {
        self.name = name
        self.attributes = attributes
        self.desc = desc
    }
}

/// What may stand beside a name.
/// Spec: Binary "nameattributes"
package struct NameAttributes: Hashable, Sendable {
    package var implements: String?
    package var versionSuffix: String?
    package var externalID: String?

    package init() {}
}

/// The type of an instance.
package struct InstanceType: Hashable, Sendable {
    package var exports: [ExternDecl]

    package init(exports: [ExternDecl]) { self.exports = exports }
}

/// The type of a component. What its exports say of imported resource types they say by the numbers
/// that the imports have.
package struct ComponentType: Hashable, Sendable {
    package var imports: [ExternDecl]
    package var exports: [ExternDecl]

    package init(imports: [ExternDecl], exports: [ExternDecl]) {
        self.imports = imports
        self.exports = exports
    }
}

/// The type of something that a core module imports or exports, with no index in it.
package enum CoreExternType: Hashable, Sendable {
    case function(FunctionType)
    case table(TableType)
    case memory(MemoryType)
    case global(GlobalType)
    case tag(FunctionType)
}

/// The type of a core module.
/// Spec: Binary "core:moduletype"
package struct CoreModuleType: Hashable, Sendable {
    package struct Import: Hashable, Sendable {
        package var module: String
        package var name: String
        package var type: CoreExternType
        /// Of a function or tag: its type's canonical id among those of the whole component.
        package var typeID: UInt32?

        package init(module: String, name: String, type: CoreExternType, typeID: UInt32? = nil) {
            self.module = module
            self.name = name
            self.type = type
            self.typeID = typeID
        }
    }

    package struct Export: Hashable, Sendable {
        package var name: String
        package var type: CoreExternType
        /// Of a function or tag: its type's canonical id among those of the whole component.
        package var typeID: UInt32?

        package init(name: String, type: CoreExternType, typeID: UInt32? = nil) {
            self.name = name
            self.type = type
            self.typeID = typeID
        }
    }

    package var imports: [Import]
    package var exports: [Export]

    package init(imports: [Import], exports: [Export]) {
        self.imports = imports
        self.exports = exports
    }
}

/// A type that has a place in an arena.
package enum DefType: Hashable, Sendable {
    case value(DefValType)
    case function(FuncType)
    case component(ComponentType)
    case instance(InstanceType)
    case resource(ResourceID)
}

/// All types of a component and of those within it. What a place holds never changes.
package struct TypeArena: Sendable {
    package private(set) var types: [DefType] = []
    /// Resource types that have a number.
    package private(set) var resourceCount = 0
    /// Of a type that an import or export made of another by giving it a name: that other.
    private var origins: [TypeID: TypeID] = [:]

    package init() {}

    package subscript(_ id: TypeID) -> DefType { types[id.index] }

    package mutating func add(_ type: DefType) -> TypeID {
        types.append(type)
        return TypeID(index: types.count - 1)
    }

    /// Adds the type at `origin` once more, as an import or export with a name does.
    package mutating func addAlias(of origin: TypeID) -> TypeID {
        let alias = add(self[origin])
        origins[alias] = origin
        return alias
    }

    /// The type that the one at `id` was made of by giving it a name; nil where it was made anew.
    package func origin(of id: TypeID) -> TypeID? { origins[id] }

    /// A resource type that equals no other.
    package mutating func addResource() -> ResourceID {
        resourceCount += 1
        return ResourceID(index: resourceCount - 1)
    }

    /// The function type at `id`; nil where another type is there.
    package func function(_ id: TypeID) -> FuncType? {
        if case .function(let type) = self[id] { type } else { nil }
    }

    /// The instance type at `id`; nil where another type is there.
    package func instance(_ id: TypeID) -> InstanceType? {
        if case .instance(let type) = self[id] { type } else { nil }
    }

    /// The component type at `id`; nil where another type is there.
    package func component(_ id: TypeID) -> ComponentType? {
        if case .component(let type) = self[id] { type } else { nil }
    }

    /// The value type at `id`; nil where another type is there.
    package func value(_ id: TypeID) -> DefValType? {
        if case .value(let type) = self[id] { type } else { nil }
    }
}
