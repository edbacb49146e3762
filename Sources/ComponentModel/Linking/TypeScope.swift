/// What types mean in one place: where they are kept, and which resource types at run time their
/// resource types are. An instantiated component has one.
final class TypeScope {
    let types: TypeArena
    private(set) var resources: [ResourceID: ResourceNumber]
    /// The scope of the component around this one.
    private let outer: TypeScope?

    init(_ types: TypeArena, outer: TypeScope? = nil, resources: [ResourceID: ResourceNumber] = [:]) {
        self.types = types
        self.outer = outer
        self.resources = resources
    }

    /// The scope of the component that no other is around, whose arena this scope has too.
    var outermost: TypeScope { outer?.outermost ?? self }

    /// What a resource type is; nil where that is not known, as of what a component is yet to be given.
    func number(of resource: ResourceID) -> ResourceNumber? {
        resources[resource] ?? outer?.number(of: resource)
    }

    func bind(_ resource: ResourceID, to number: ResourceNumber) { resources[resource] = number }

    /// The resource type that `type` is; nil of other types.
    func resource(_ type: TypeID) -> ResourceID? {
        if case .resource(let resource) = types[type] { resource } else { nil }
    }
}

/// A function's type where it means something.
struct ScopedFuncType {
    let type: FuncType
    let scope: TypeScope
}
