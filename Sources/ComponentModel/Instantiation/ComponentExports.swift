import Wasm

/// What a component's instances export, as a tree of names. Types in it are of the component's arena.
/// Spec: Explainer "Import and Export Definitions"
package struct ComponentExports: Sendable {
    /// A function that is exported, and its type.
    package struct Function: Sendable {
        package let function: InstantiationPlan.Function
        package let type: FuncType
    }

    package indirect enum Item: Sendable {
        case function(Function)
        case instance(ComponentExports)
        case resource(ResourceNumber)
        case type(TypeID)
        case coreModule
        case component
    }

    package typealias Entry = (name: String, item: Item)

    /// In the component's order.
    package let entries: [Entry]
    private let places: VersionedNames<Int>

    init(_ entries: [Entry]) {
        self.entries = entries
        var places = VersionedNames<Int>()
        for (place, entry) in entries.enumerated() { places.set(entry.name, place) }
        self.places = places
    }

    /// What is exported under `name`, or under a name of a compatible version.
    package subscript(name: String) -> Item? { places.find(name).map { entries[$0].item } }

    /// The function that `path` leads to through instances.
    package func function(_ path: String...) -> Function? { function(path) }

    /// The function that `path` leads to through instances.
    package func function(_ path: [String]) -> Function? {
        var exports = self
        for name in path.dropLast() {
            guard case .instance(let inner)? = exports[name] else { return nil }
            exports = inner
        }
        guard let last = path.last, case .function(let function)? = exports[last] else { return nil }
        return function
    }
}
