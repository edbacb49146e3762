// The definitions that a component is made of, in the order of its bytes. Each adds to an index space
// of its component; who replays them in order knows what an index means. Indices have been validated.
// Types have no index here: what refers to one has its `TypeID` or `ResourceID`.
// Spec: Binary "component", Explainer "Component Definitions".

import Wasm

/// Spec: Binary "core:sort"
package enum CoreSort: Hashable, Sendable {
    case function, table, memory, global, tag, type, module, instance
}

/// Spec: Binary "sort"
package enum Sort: Hashable, Sendable {
    case core(CoreSort)
    case function, value, type, component, instance
}

/// An index of a core index space.
/// Spec: Binary "core:sortidx"
package struct CoreSortIndex: Hashable, Sendable {
    package var sort: CoreSort
    package var index: Int

    package init(_ sort: CoreSort, _ index: Int) {
        self.sort = sort
        self.index = index
    }
}

/// What is given to an instantiation or exported.
/// Spec: Binary "sortidx"
package enum SortIndex: Hashable, Sendable {
    case coreModule(Int)
    case function(Int)
    case value(Int)
    case type(TypeID)
    case component(Int)
    case instance(Int)
}

/// Spec: Binary "core:instanceexpr"
package enum CoreInstanceExpr: Sendable {
    /// An instance of a core module; each argument is a core instance.
    case instantiate(module: Int, arguments: [(name: String, instance: Int)])
    case exports([(name: String, item: CoreSortIndex)])
}

/// Spec: Binary "instanceexpr"
package enum InstanceExpr: Sendable {
    case instantiate(component: Int, arguments: [(name: String, item: SortIndex)])
    case exports([(name: String, item: SortIndex)])
}

/// Aliases of all but types.
/// Spec: Binary "alias"
package enum Alias: Sendable {
    case export(instance: Int, name: String, sort: Sort)
    case coreExport(instance: Int, name: String, sort: CoreSort)
    /// A core module of the component `count` levels further out; 0 is this one.
    case outerCoreModule(count: Int, index: Int)
    /// A component of the component `count` levels further out; 0 is this one.
    case outerComponent(count: Int, index: Int)
}

/// A resource type that the component defines.
/// Spec: Binary "resourcetype"
package struct ResourceDefinition: Sendable {
    package var id: ResourceID
    /// The type of what stands for a resource within the component; `i64` is not run.
    package var representation: AddressType
    /// The core function that is called with the representation when an owned handle is dropped.
    package var destructor: Int?

    package init(id: ResourceID, representation: AddressType = .i32, destructor: Int?) {
        self.id = id
        self.representation = representation
        self.destructor = destructor
    }
}

/// Spec: CanonicalABI "Canonical ABI options"
package enum StringEncoding: Hashable, Sendable {
    case utf8, utf16, latin1OrUTF16
}

/// How values are passed between a component and core code; what is no encoding is a core index.
/// Spec: Binary "opts"
package struct CanonOptions: Hashable, Sendable {
    package var stringEncoding = StringEncoding.utf8
    package var memory: Int?
    package var realloc: Int?
    package var postReturn: Int?
    package var isAsync = false
    package var callback: Int?
    /// Whether values are objects of the collector of core code.
    package var isGC = false
    /// The type of the core function that values are passed to so.
    package var coreType: Int?
    /// The type of addresses in the memory.
    package var addressType = AddressType.i32

    package init() {}

    /// What of this is validated and not run, as the text format has it; nil where there is nothing.
    package var unsupportedFeature: String? {
        if isAsync { return "async" }
        if isGC { return "gc" }
        return addressType == .i64 ? "with a 64-bit memory" : nil
    }
}

/// Spec: Binary "canon"
package enum Canon: Sendable {
    /// Adds to the functions. `type` is a `DefType.function`.
    case lift(coreFunction: Int, CanonOptions, type: TypeID)
    /// These add to the core functions.
    case lower(function: Int, CanonOptions, type: TypeID)
    case resourceNew(ResourceID)
    case resourceDrop(ResourceID)
    case resourceRep(ResourceID)
    /// One that only asynchronous code needs, by its name in the text format, with the type of the
    /// core function that it defines. It is validated, and not run.
    case unsupported(name: String, type: FunctionType)
}

/// Spec: Binary "export"
package struct ComponentExport: Sendable {
    package var name: String
    package var item: SortIndex
    /// What it is, as later definitions see the index that the export adds.
    package var decl: ExternDecl

    package init(name: String, item: SortIndex, decl: ExternDecl) {
        self.name = name
        self.item = item
        self.decl = decl
    }
}

/// One definition of a component, with what it adds to.
package enum Definition: Sendable {
    /// Adds a core module.
    case coreModule(Module)
    /// Adds a core instance.
    case coreInstance(CoreInstanceExpr)
    /// Adds a component.
    case component(Component)
    /// Adds an instance; `type` is a `DefType.instance`, whose resource types later definitions use.
    case instance(InstanceExpr, type: TypeID)
    /// Adds to the index space of its sort.
    case alias(Alias)
    /// A resource type that the component makes when it is instantiated.
    case resource(ResourceDefinition)
    /// Adds a function or a core function.
    case canon(Canon)
    /// Adds to the index space of what is imported; nothing where that is a type.
    case `import`(ExternDecl)
    /// Adds to the index space of what is exported; nothing where that is a type.
    case export(ComponentExport)
    /// A value or a start function, which are validated and not run; its name in the text format.
    case unsupported(name: String, addedValues: Int)
}
