// Imports and exports: what they add to a scope, and the rules of their names.
// Spec: Binary "Import and Export Definitions", Explainer "External Visibility of Types".

import Wasm

/// Which way something crosses a component's boundary.
enum ExternKind: String { case `import`, export }

extension ComponentDecoder {
    /// Adds what an alias stands for to its index space.
    mutating func add(_ desc: ExternDesc, at offset: Int) throws(ComponentError) {
        switch desc {
        case .coreModule(let type): try add(module: type, at: offset)
        case .function(let type): try add(function: type, at: offset)
        case .value(let type): try add(value: type, isUsed: false, at: offset)
        case .type(let type): try add(type: type, at: offset)
        case .component(let type): try add(component: type, at: offset)
        case .instance(let type): try add(instance: type, at: offset)
        }
    }

    /// Adds an import or an export to the scope, and the index that it introduces; what it has become,
    /// with resource types of its own. Whether it introduces a resource type, by `(sub resource)`, is not
    /// to be seen by the type.
    mutating func add(
        _ decl: ExternDecl,
        _ kind: ExternKind,
        introduces: Bool,
        at offset: Int
    ) throws(ComponentError) -> ExternDecl {
        var decl = decl
        switch decl.desc {
        case .instance(let type):
            decl.desc = .instance(try opened(type, kind, at: offset))
            try add(decl.desc, at: offset)
        case .type(let type):
            if introduces, let number = store.resource(type) {
                if kind == .import {
                    scope.importedResources.append(number)
                } else {
                    scope.definedResources.append(number)
                }
            }
            try add(decl.desc, at: offset)
        case .value(let type):
            if case .defined(let id) = type, store.facts(id).containsBorrow {
                throw .invalid("a value cannot contain a `borrow` type", at: offset)
            }
            try add(value: type, isUsed: kind == .export, at: offset)
        case .coreModule, .function, .component: try add(decl.desc, at: offset)
        }
        try register(decl, kind, at: offset)
        if kind == .import {
            try scope.imports.add(decl, kind, store, features, at: offset)
        } else {
            try scope.exports.add(decl, kind, store, features, at: offset)
        }
        return decl
    }

    /// The type of an instance that is imported or exported: with resource types of the scope in the place
    /// of those that the instance type introduces.
    private mutating func opened(
        _ type: TypeID,
        _ kind: ExternKind,
        at offset: Int
    ) throws(ComponentError) -> TypeID {
        let bound = store.bound(type).defined
        guard !bound.isEmpty, var instance = store.arena.instance(type) else { return type }
        var resources: [ResourceID: ResourceID] = [:]
        for number in bound {
            let other = store.addResourceNumber()
            resources[number] = other
            if kind == .import {
                scope.importedResources.append(other)
            } else {
                scope.definedResources.append(other)
            }
        }
        var substitution = Substitution(resources: resources)
        try store.substitute(&substitution, in: &instance.exports, at: offset)
        return try store.add(.instance(instance), at: offset)
    }

    // MARK: External visibility

    /// Requires that all types that must have names have them, and notes those that now have one.
    private mutating func register(
        _ decl: ExternDecl,
        _ kind: ExternKind,
        at offset: Int
    ) throws(ComponentError) {
        if case .type(let type) = decl.desc, store.resource(type) != nil {
            if kind == .import {
                scope.imports.resources.add(decl.name, type)
            } else {
                scope.exports.resources.add(decl.name, type)
            }
        }
        guard scope.kind != .instanceType else { return }
        guard try isNamed(decl.desc, kind, at: offset) else {
            throw .invalid(
                "\(decl.desc.kindName) not valid to be used as \(kind.rawValue)",
                at: offset
            )
        }
    }

    private mutating func isNamed(
        _ desc: ExternDesc,
        _ kind: ExternKind,
        at offset: Int
    ) throws(ComponentError) -> Bool {
        switch desc {
        case .coreModule, .component: return true
        case .value(let type): return try store.isNamed(type, names(kind), at: offset)
        case .function(let type): return try store.isMadeOfNamed(type, names(kind), at: offset)
        case .type(let type):
            guard try store.isMadeOfNamed(type, names(kind), at: offset) else { return false }
            if kind == .import { scope.imports.types.insert(type) }
            scope.exports.types.insert(type)
            return true
        case .instance(let type):
            let exports = store.arena.instance(type)?.exports ?? []
            try store.step(by: exports.count, at: offset)
            for export in exports {
                guard try isNamed(export.desc, kind, at: offset) else { return false }
            }
            return true
        }
    }

    private func names(_ kind: ExternKind) -> Set<TypeID> {
        kind == .import ? scope.imports.types : scope.exports.types
    }
}

extension TypeStore {
    /// Whether all that the type at `id` is made of has a name where it must.
    mutating func isMadeOfNamed(
        _ id: TypeID,
        _ names: Set<TypeID>,
        at offset: Int
    ) throws(ComponentError) -> Bool {
        try step(at: offset)
        switch self[id] {
        case .resource, .component: return true
        case .value(.own), .value(.borrow): return handleType(id).map(names.contains) ?? true
        case .value(let type):
            for part in type.parts {
                guard try isNamed(part, names, at: offset) else { return false }
            }
        case .function(let type):
            for parameter in type.parameters {
                guard try isNamed(parameter.type, names, at: offset) else { return false }
            }
            if let result = type.result { return try isNamed(result, names, at: offset) }
        case .instance(let type):
            try step(by: type.exports.count, at: offset)
            for export in type.exports {
                switch export.desc {
                case .coreModule, .component, .value(.primitive): break
                case .value(.defined(let id)), .function(let id), .type(let id), .instance(let id):
                    guard try isMadeOfNamed(id, names, at: offset) else { return false }
                }
            }
        }
        return true
    }

    /// Whether a value type has a name, or needs none and is made of such.
    mutating func isNamed(
        _ type: ValType,
        _ names: Set<TypeID>,
        at offset: Int
    ) throws(ComponentError) -> Bool {
        guard case .defined(let id) = type else { return true }
        switch definition(type) {
        case .primitive: return true
        case .record, .variant, .flags, .enumeration: return names.contains(id)
        default: return try isMadeOfNamed(id, names, at: offset)
        }
    }
}
