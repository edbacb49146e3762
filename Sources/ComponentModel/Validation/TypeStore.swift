// The types of a component while it is decoded.

import Wasm

/// Resource types that a type introduces: each use of the type has others in their place.
struct BoundResources {
    /// Of a component type: those that its imports introduce.
    var imported: [ResourceID] = []
    /// Those that the exports introduce.
    var defined: [ResourceID] = []

    var isEmpty: Bool { imported.isEmpty && defined.isEmpty }
}

/// The types of a component and of those within it, with what validation knows of each.
///
/// A type's place is its identity as far as names go: an import or export of a type makes a new place
/// with the same type, which has the name. A type is only ever made of types before it.
struct TypeStore {
    private(set) var arena = TypeArena()
    private var facts: [TypeFacts] = []
    /// Of an `own` or `borrow`: the place of the resource type that it was made with.
    private var handleTypes: [TypeID: TypeID] = [:]
    private var boundResources: [TypeID: BoundResources] = [:]
    /// Where an instance type with many exports has which.
    private var exportIndices: [TypeID: [ExactName: Int]] = [:]
    /// The flat form of types that have been asked for.
    var flatTypes: [FlatKey: FlatTypes] = [:]
    /// The types there are, with what is named in each.
    private var extent = 0
    /// Types looked at so far by what may look at one again and again.
    private var steps = 0

    subscript(_ id: TypeID) -> DefType { arena[id] }

    func facts(_ id: TypeID) -> TypeFacts { facts[id.index] }

    // MARK: Adding

    /// Adds a type to which the limits apply.
    mutating func add(
        _ type: DefType,
        bound: BoundResources = BoundResources(),
        at offset: Int
    ) throws(ComponentError) -> TypeID {
        let facts = try TypeFacts(of: type, in: self, at: offset)
        let id = try append(type, facts, at: offset) { $0.add(type) }
        if !bound.isEmpty { boundResources[id] = bound }
        return id
    }

    /// Adds a type `own` or `borrow` of the resource type at `resource`.
    mutating func addHandle(
        to resource: TypeID,
        isOwned: Bool,
        at offset: Int
    ) throws(ComponentError) -> TypeID {
        guard case .resource(let number) = self[resource] else {
            throw .invalid("type \(resource.index) is not a resource type", at: offset)
        }
        let id = try add(.value(isOwned ? .own(number) : .borrow(number)), at: offset)
        handleTypes[id] = resource
        return id
    }

    /// Adds a resource type that equals no other.
    mutating func addResource(at offset: Int) throws(ComponentError) -> (TypeID, ResourceID) {
        let number = arena.addResource()
        return (try add(.resource(number), at: offset), number)
    }

    /// Adds the type at `id` once more, under a name of its own.
    mutating func addAlias(of id: TypeID, at offset: Int) throws(ComponentError) -> TypeID {
        let alias = try append(self[id], facts[id.index], at: offset) { $0.addAlias(of: id) }
        handleTypes[alias] = handleTypes[id]
        boundResources[alias] = boundResources[id]
        return alias
    }

    /// A number for a resource type of which there is no type yet.
    mutating func addResourceNumber() -> ResourceID { arena.addResource() }

    private mutating func append(
        _ type: DefType,
        _ facts: TypeFacts,
        at offset: Int,
        _ add: (inout TypeArena) -> TypeID
    ) throws(ComponentError) -> TypeID {
        try extend(by: type.extent, at: offset)
        self.facts.append(facts)
        return add(&arena)
    }

    /// Counts what is kept of types; throws when that is too much.
    mutating func extend(by count: Int, at offset: Int) throws(ComponentError) {
        extent += count
        guard extent <= ComponentLimits.types else {
            let limit = ComponentLimits.types
            throw ComponentError(.limit, at: offset, "types count exceeds limit of \(limit)")
        }
    }

    // MARK: Asking

    /// The place of the resource type that an `own` or `borrow` was made with.
    func handleType(_ id: TypeID) -> TypeID? { handleTypes[id] }

    /// The number of the resource type at `id`; nil where another type is there.
    func resource(_ id: TypeID) -> ResourceID? {
        if case .resource(let number) = self[id] { number } else { nil }
    }

    /// The resource types that the component or instance type at `id` introduces.
    func bound(_ id: TypeID) -> BoundResources { boundResources[id] ?? BoundResources() }

    /// What the instance type at `id` exports under a name.
    mutating func export(_ name: String, of id: TypeID) -> ExternDecl? {
        guard let exports = arena.instance(id)?.exports else { return nil }
        let exact = ExactName(string: name)
        if exports.count <= 8 { return exports.first { ExactName(string: $0.name) == exact } }
        if exportIndices[id] == nil {
            exportIndices[id] = Dictionary(
                exports.enumerated().map { (ExactName(string: $1.name), $0) },
                uniquingKeysWith: { first, _ in first }
            )
        }
        return exportIndices[id]?[exact].map { exports[$0] }
    }

    /// Counts what is looked at; throws when that has been too much.
    mutating func step(by count: Int = 1, at offset: Int) throws(ComponentError) {
        steps += count
        guard steps <= ComponentLimits.typeSteps else {
            throw ComponentError(
                .limit,
                at: offset,
                "comparing types takes more than \(ComponentLimits.typeSteps) steps"
            )
        }
    }
}

extension ComponentLimits {
    /// What looking at something with this name counts.
    static func steps(ofName name: String) -> Int { 1 + name.utf8.count / nameBytesPerStep }
}

extension [ExternDecl] {
    /// What looking at all of them by their names counts.
    var steps: Int { reduce(0) { $0 + ComponentLimits.steps(ofName: $1.name) } }
}

extension DefType {
    /// How much is kept of it: itself and what it names.
    fileprivate var extent: Int {
        switch self {
        case .resource: 1
        case .value(.record(let fields)): 1 + fields.count
        case .value(.variant(let cases)): 1 + cases.count
        case .value(.tuple(let types)): 1 + types.count
        case .value(.flags(let labels)), .value(.enumeration(let labels)): 1 + labels.count
        case .value: 1
        case .function(let type): 1 + type.parameters.count
        case .instance(let type): 1 + type.exports.count
        case .component(let type): 1 + type.imports.count + type.exports.count
        }
    }
}
