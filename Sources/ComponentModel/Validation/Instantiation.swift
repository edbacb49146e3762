// The types of instances and of components. Spec: Explainer "Instance Definitions".

import Wasm

extension ComponentDecoder {
    /// Adds an instance of a core module, whose imports the arguments are to satisfy.
    mutating func instantiate(
        module: Int,
        _ arguments: [(name: String, instance: Int)],
        at start: Int
    ) throws(ComponentError) {
        let module = try coreModule(module, in: scope, at: start)
        var instances: [ExactName: CoreInstance] = [:]
        for (name, index) in arguments {
            let instance = try coreInstance(index, at: start)
            guard instances.updateValue(instance, forKey: ExactName(string: name)) == nil else {
                throw .invalid(
                    "duplicate module instantiation argument named `\(name)`",
                    at: start
                )
            }
        }
        // An import's two names are looked up.
        try store.step(by: module.type.imports.count + module.type.importSteps, at: start)
        for wanted in module.type.imports {
            guard let instance = instances[ExactName(string: wanted.module)] else {
                throw .invalid(
                    "missing module instantiation argument named `\(wanted.module)`",
                    at: start
                )
            }
            guard let item = instance.exports[ExactName(string: wanted.name)] else {
                throw .invalid(
                    "module instantiation argument `\(wanted.module)` does not export an item named "
                        + "`\(wanted.name)`",
                    at: start
                )
            }
            let wantedItem = CoreItem(type: wanted.type, typeID: wanted.typeID)
            if let mismatch = registry.mismatch(item, wantedItem) {
                throw .invalid(
                    "type mismatch for export `\(wanted.name)` of module instantiation argument "
                        + "`\(wanted.module)`: \(mismatch)",
                    at: start
                )
            }
        }
        try add(CoreInstance(exports: module.exports), at: start)
    }

    /// The type of an instance of a component, whose imports the arguments are to satisfy.
    mutating func instantiate(
        component: Int,
        _ arguments: [(name: String, item: SortIndex)],
        at start: Int
    ) throws(ComponentError) -> TypeID {
        let id = try self.component(component, in: scope, at: start)
        guard let type = store.arena.component(id) else {
            throw .invalid("unknown component \(component)", at: start)
        }
        var descs: [ExactName: ExternDesc] = [:]
        for (name, item) in arguments {
            let desc = try desc(item, at: start)
            guard descs.updateValue(desc, forKey: ExactName(string: name)) == nil else {
                throw .invalid(
                    "instantiation argument `\(name)` conflicts with previous argument `\(name)`",
                    at: start
                )
            }
        }
        var renaming = Renaming()
        let bound = store.bound(id)
        try store.open(
            { descs[ExactName(string: $0)] },
            type.imports,
            bound.imported,
            "import",
            &renaming,
            registry,
            at: start
        )
        var types: [TypeID: TypeID] = [:]
        for decl in type.imports {
            guard let desc = descs[ExactName(string: decl.name)] else { continue }
            try store.noteNames(decl.desc, desc, &types, at: start)
        }
        // What the component defines is new each time.
        for number in bound.defined {
            let new = store.addResourceNumber()
            renaming.expected[number] = new
            scope.definedResources.append(new)
        }
        var substitution = Substitution(resources: renaming.expected, types: types)
        var instance = InstanceType(exports: type.exports)
        try store.substitute(&substitution, in: &instance.exports, at: start)
        return try store.add(.instance(instance), at: start)
    }
}

extension TypeStore {
    /// Notes which types of arguments have the names in the place of those that are imported.
    fileprivate mutating func noteNames(
        _ imported: ExternDesc,
        _ actual: ExternDesc,
        _ types: inout [TypeID: TypeID],
        at offset: Int
    ) throws(ComponentError) {
        switch (imported, actual) {
        case (.type(let imported), .type(let actual)): types[imported] = actual
        case (.instance(let imported), .instance(let actual)):
            guard let type = arena.instance(imported) else { return }
            try step(by: type.exports.steps, at: offset)
            for decl in type.exports {
                guard let export = export(decl.name, of: actual) else { continue }
                try noteNames(decl.desc, export.desc, &types, at: offset)
            }
        default: return
        }
    }

    /// The type of a component, or the component type, that a scope has become.
    mutating func componentType(of scope: Scope, at offset: Int) throws(ComponentError) -> TypeID {
        var free: Set<ResourceID> = []
        var seen: Set<TypeID> = []
        try addFreeResources(of: scope.imports.decls, to: &free, &seen, at: offset)
        guard free.isDisjoint(with: scope.definedResources) else {
            throw .invalid("local resource type found in imports", at: offset)
        }
        free = []
        seen = []
        try addFreeResources(of: scope.exports.decls, to: &free, &seen, at: offset)
        let defined = scope.definedResources.filter(free.contains)
        var exported: Set<ResourceID> = []
        try addExported(scope.exports.decls, to: &exported, at: offset)
        guard exported.isSuperset(of: defined) else {
            throw .invalid(
                "local resource type found in export but not exported itself",
                at: offset
            )
        }
        return try add(
            .component(
                ComponentType(imports: scope.imports.decls, exports: scope.exports.decls)
            ),
            bound: BoundResources(imported: scope.importedResources, defined: defined),
            at: offset
        )
    }

    /// Adds the resource types that are exported themselves, or by an instance that is.
    private mutating func addExported(
        _ decls: [ExternDecl],
        to exported: inout Set<ResourceID>,
        at offset: Int
    ) throws(ComponentError) {
        for decl in decls {
            switch decl.desc {
            case .type(let id): if let number = resource(id) { exported.insert(number) }
            case .instance(let id):
                guard facts(id).hasResources, let type = arena.instance(id) else { continue }
                try step(by: type.exports.count, at: offset)
                try addExported(type.exports, to: &exported, at: offset)
            case .coreModule, .function, .value, .component: continue
            }
        }
    }
}
