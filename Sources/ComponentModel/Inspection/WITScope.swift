/// The names that an interface or a world gives to types, and its functions, in the order of a component.
struct WITScope {
    /// A type that the scope gives a name to.
    struct TypeName {
        enum Origin: Hashable {
            /// It is declared here.
            case declared
            /// It is another name of a type of this scope.
            case alias(String)
            /// It comes from another scope, where it has this name.
            case used(scope: Int, name: String)
        }

        var name: String
        var id: TypeID
        var origin: Origin
        var externalID: String?
    }

    struct NamedFunction {
        var name: String
        var type: FuncType
        var externalID: String?
    }

    /// The interface's name; nil of a world and of an interface that is written in the world.
    var name: InterfaceName?
    /// Whether other scopes can use its types.
    var isUsable: Bool { name != nil }
    var types: [TypeName] = []
    var functions: [NamedFunction] = []
    /// What a world exports; an interface has only functions.
    var exportedFunctions: [NamedFunction] = []
    /// What WIT has no form for, in a few words each.
    var others: [String] = []
    /// What the types that are named here, in whatever way, are called.
    var names: [TypeKey: String] = [:]
    /// The names of types that are taken.
    var taken: Set<String> = []
    /// Those of them that WIT has no form to declare.
    var undeclared: Set<String> = []
    /// The resources that are declared here.
    var resources: Set<String> = []
    /// The names of functions, and of what else is no type.
    private(set) var otherNames: Set<String> = []

    init(name: InterfaceName?) { self.name = name }

    /// Adds a function, unless one with this name is here.
    mutating func add(_ function: NamedFunction) {
        if otherNames.insert(function.name).inserted { functions.append(function) }
    }

    /// Notes a name that types brought in by `use` may not have.
    mutating func reserve(_ name: String) { otherNames.insert(name) }
}

/// Gathers the scopes of a component's imports and exports, and finds out where each type is declared: where
/// it is named first.
struct WITScopes {
    private let types: TypeArena
    private(set) var scopes: [WITScope] = []
    /// The scope of each interface with a name.
    private var byName: [InterfaceName: Int] = [:]
    /// The scope that declares a type, and its name there.
    private var owners: [TypeKey: (scope: Int, name: String)] = [:]

    init(types: TypeArena) { self.types = types }

    /// Adds a scope with no name: a world, or an interface that stands in it.
    mutating func add() -> Int {
        scopes.append(WITScope(name: nil))
        return scopes.count - 1
    }

    /// The scope of the interface `name`, which is added if it is new.
    mutating func scope(of name: InterfaceName) -> Int {
        if let scope = byName[name] { return scope }
        scopes.append(WITScope(name: name))
        byName[name] = scopes.count - 1
        return scopes.count - 1
    }

    /// Adds what an instance exports to the scope `index`, which may hold some of it already.
    mutating func add(_ declarations: [ExternDecl], to index: Int) {
        for declaration in declarations { add(declaration, to: index) }
    }

    mutating func add(_ declaration: ExternDecl, to index: Int) {
        switch declaration.desc {
        case .type(let id): addType(id, declaration, to: index)
        case .function(let id):
            guard let type = types.function(id) else { return }
            scopes[index].add(
                .init(name: declaration.name, type: type, externalID: declaration.attributes.externalID))
        case .coreModule, .value, .component, .instance:
            let text = WITType(types, names: scopes[index].names, limit: 4096)
            scopes[index].others.append("\(declaration.name): \(text.full(declaration.desc))")
        }
    }

    private mutating func addType(_ id: TypeID, _ declaration: ExternDecl, to index: Int) {
        guard let key = types.key(id) else {
            scopes[index].others.append("\(declaration.name): \(WITType(types).type(id))")
            return
        }
        let name = declaration.name
        guard scopes[index].taken.insert(name).inserted else {
            // The interface is imported and exported, or imported twice: a type of its own each time.
            for key in [.value(id), key] where owners[key] == nil { owners[key] = (index, name) }
            if scopes[index].names[key] == nil { scopes[index].names[key] = name }
            return
        }
        let lineage = types.lineage(of: id)
        var origin = WITScope.TypeName.Origin.declared
        if let local = lineage.compactMap({ scopes[index].names[$0] }).first {
            origin = .alias(local)
        } else if let owner = owner(of: lineage), scopes[owner.scope].isUsable {
            origin = .used(scope: owner.scope, name: owner.name)
        }
        for key in [.value(id), key] where owners[key] == nil { owners[key] = (index, name) }
        for key in lineage where scopes[index].names[key] == nil { scopes[index].names[key] = name }
        if origin == .declared, case .resource = key { scopes[index].resources.insert(name) }
        scopes[index].types.append(
            .init(name: name, id: id, origin: origin, externalID: declaration.attributes.externalID))
    }

    /// Adds a function that the world `index` exports.
    mutating func addExport(_ function: WITScope.NamedFunction, to index: Int) {
        scopes[index].exportedFunctions.append(function)
        scopes[index].reserve(function.name)
    }

    /// Adds what the world `index` exports besides functions and interfaces. A resource type of its own is
    /// none that WIT could declare there: those of worlds are imported.
    mutating func addExport(_ declaration: ExternDecl, to index: Int) {
        add(declaration, to: index)
        if scopes[index].resources.remove(declaration.name) != nil {
            scopes[index].undeclared.insert(declaration.name)
        }
    }

    /// Notes a name in the scope `index` that types brought in by `use` may not have.
    mutating func reserve(_ name: String, in index: Int) { scopes[index].reserve(name) }

    /// Finds the types that WIT cannot declare, since they speak of others that have no name there or cannot
    /// be declared themselves.
    mutating func findUndeclared() {
        // A round follows types through scopes that come in their order; a few settle the rest.
        for _ in 0..<16 {
            var isSettled = true
            for index in scopes.indices {
                var text = WITType(types, in: scopes[index])
                for type in scopes[index].types where !scopes[index].undeclared.contains(type.name) {
                    guard !isDeclared(type, in: index, text) else { continue }
                    isSettled = false
                    scopes[index].undeclared.insert(type.name)
                    text = WITType(types, in: scopes[index])
                }
            }
            if isSettled { return }
        }
    }

    private func isDeclared(_ type: WITScope.TypeName, in index: Int, _ text: WITType) -> Bool {
        switch type.origin {
        case .used(let scope, let name): !scopes[scope].undeclared.contains(name)
        case .alias(let name): !scopes[index].undeclared.contains(name)
        case .declared: text.isWIT(declarationOf: type.id)
        }
    }

    /// Which scope declares the first of these types that any declares.
    private func owner(of lineage: [TypeKey]) -> (scope: Int, name: String)? {
        lineage.lazy.compactMap { self.owners[$0] }.first
    }

    // MARK: Types that are used without being named

    /// Gives a name, by `use`, to each type of another scope that a scope speaks of and has none for.
    mutating func completeUses() {
        for index in scopes.indices {
            var walk = TypeWalk(types: types, names: scopes[index].names)
            for type in scopes[index].types where type.origin == .declared { walk.visitParts(type.id) }
            for function in scopes[index].functions + scopes[index].exportedFunctions {
                walk.visit(function.type)
            }
            for (key, id) in walk.unnamed {
                guard let owner = owner(of: types.lineage(of: id) + [key]), owner.scope != index,
                    scopes[owner.scope].isUsable
                else { continue }
                let name = freeName(owner.name, in: index)
                scopes[index].taken.insert(name)
                scopes[index].names[key] = name
                scopes[index].types.append(
                    .init(name: name, id: id, origin: .used(scope: owner.scope, name: owner.name)))
            }
        }
    }

    private func freeName(_ name: String, in index: Int) -> String {
        var free = name
        var number = 0
        while scopes[index].taken.contains(free) || scopes[index].otherNames.contains(free) {
            number += 1
            free = "\(name)-x\(number)"
        }
        return free
    }
}

extension WITType {
    /// Types as they are written in a scope.
    init(_ types: TypeArena, in scope: WITScope) {
        self.init(
            types, names: scope.names, undeclared: scope.undeclared, limit: WITPrinter.typeLimit)
    }
}

/// Finds the types that have no name where they are spoken of, and might have one elsewhere.
private struct TypeWalk {
    let types: TypeArena
    let names: [TypeKey: String]
    private var seen: Set<TypeKey> = []
    /// In the order in which they are met; a resource's place is that of the type that speaks of it.
    private(set) var unnamed: [(TypeKey, TypeID)] = []

    init(types: TypeArena, names: [TypeKey: String]) {
        self.types = types
        self.names = names
    }

    mutating func visit(_ type: FuncType) {
        for parameter in type.parameters { visit(parameter.type) }
        if let result = type.result { visit(result) }
    }

    mutating func visit(_ type: ValType) {
        var pending = [type]
        while let type = pending.popLast() {
            guard case .defined(let id) = type, names[.value(id)] == nil, seen.insert(.value(id)).inserted
            else { continue }
            unnamed.append((.value(id), id))
            parts(of: id, &pending)
        }
    }

    /// Visits what the type at `id` is made of.
    mutating func visitParts(_ id: TypeID) {
        var pending: [ValType] = []
        parts(of: id, &pending)
        for type in pending { visit(type) }
    }

    private mutating func parts(of id: TypeID, _ pending: inout [ValType]) {
        guard let definition = types.value(id) else { return }
        switch definition {
        case .primitive, .flags, .enumeration: break
        case .record(let fields): pending += fields.map(\.type)
        case .variant(let cases): pending += cases.compactMap(\.type)
        case .list(let type), .fixedLengthList(let type, _), .option(let type): pending.append(type)
        case .tuple(let elements): pending += elements
        case .result(let ok, let error): pending += [ok, error].compactMap(\.self)
        case .map(let key, let value): pending += [key, value]
        case .stream(let type), .future(let type): pending += [type].compactMap(\.self)
        case .own(let resource), .borrow(let resource):
            let key = TypeKey.resource(resource)
            if names[key] == nil, seen.insert(key).inserted { unnamed.append((key, id)) }
        }
    }
}

extension TypeArena {
    /// What a type may be recognised by: its place, those of the types that it was made of by giving them
    /// names, the last first, and the number of a resource type. Of more than a hundred places the rest is
    /// left out.
    func lineage(of id: TypeID) -> [TypeKey] {
        var place = id
        var lineage = [TypeKey.value(id)]
        while lineage.count <= 100, let origin = origin(of: place) {
            lineage.append(.value(origin))
            place = origin
        }
        if case .resource(let resource) = self[id] { lineage.append(.resource(resource)) }
        return lineage
    }

    /// What the type at `id` is recognised by where it is named; nil of a type of no value.
    func key(_ id: TypeID) -> TypeKey? {
        switch self[id] {
        case .value: .value(id)
        case .resource(let resource): .resource(resource)
        case .function, .component, .instance: nil
        }
    }
}
