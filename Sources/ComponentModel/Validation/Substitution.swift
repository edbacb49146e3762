// Types with other resource types in the place of some. Spec: Explainer "Type Checking".

import Wasm

/// What takes the place of what, with what has been found to take the place of types made of it.
struct Substitution {
    var resources: [ResourceID: ResourceID] = [:]
    /// Each type that has been looked at, or that has another in its place from the beginning.
    var types: [TypeID: TypeID] = [:]
    /// Whether only types with resource types in them change.
    let isOfResources: Bool

    init(resources: [ResourceID: ResourceID], types: [TypeID: TypeID] = [:]) {
        self.resources = resources
        self.types = types
        isOfResources = types.isEmpty
    }
}

extension TypeStore {
    /// The type at `id` under a substitution: itself where nothing in it changes. A type that occurs in many
    /// places is looked at once.
    mutating func substitute(
        _ substitution: inout Substitution,
        in id: TypeID,
        at offset: Int
    ) throws(ComponentError) -> TypeID {
        if let known = substitution.types[id] { return known }
        if substitution.isOfResources && !facts(id).hasResources { return id }
        try step(at: offset)
        let result = try replace(&substitution, id, offset)
        substitution.types[id] = result
        return result
    }

    private mutating func replace(
        _ substitution: inout Substitution,
        _ id: TypeID,
        _ offset: Int
    ) throws(ComponentError) -> TypeID {
        let type = self[id]
        if let origin = arena.origin(of: id) {
            let other = try substitute(&substitution, in: origin, at: offset)
            return other == origin ? id : try addAlias(of: other, at: offset)
        }
        switch type {
        case .resource(let number):
            guard let other = substitution.resources[number] else { return id }
            return try add(.resource(other), at: offset)
        case .value(.own), .value(.borrow):
            guard let resource = handleType(id) else { return id }
            let other = try substitute(&substitution, in: resource, at: offset)
            if other == resource { return id }
            if case .value(.own) = type {
                return try addHandle(to: other, isOwned: true, at: offset)
            }
            return try addHandle(to: other, isOwned: false, at: offset)
        case .value(let value):
            let other = try substitute(&substitution, in: value, at: offset)
            return other == value ? id : try add(.value(other), at: offset)
        case .function(var function):
            for index in function.parameters.indices {
                function.parameters[index].type = try substitute(
                    &substitution,
                    in: function.parameters[index].type,
                    at: offset
                )
            }
            if let result = function.result {
                function.result = try substitute(&substitution, in: result, at: offset)
            }
            return type == .function(function) ? id : try add(.function(function), at: offset)
        case .instance(var instance):
            try substitute(&substitution, in: &instance.exports, at: offset)
            if type == .instance(instance) { return id }
            return try add(.instance(instance), bound: bound(id), at: offset)
        case .component(var component):
            try substitute(&substitution, in: &component.imports, at: offset)
            try substitute(&substitution, in: &component.exports, at: offset)
            if type == .component(component) { return id }
            return try add(.component(component), bound: bound(id), at: offset)
        }
    }

    /// Substitutes in the types of imports or exports.
    mutating func substitute(
        _ substitution: inout Substitution,
        in decls: inout [ExternDecl],
        at offset: Int
    ) throws(ComponentError) {
        try step(by: decls.count, at: offset)
        for index in decls.indices {
            let desc = decls[index].desc
            let other = try substitute(&substitution, in: desc, at: offset)
            // What does not change is shared.
            if !other.isSame(as: desc) { decls[index].desc = other }
        }
    }

    private mutating func substitute(
        _ substitution: inout Substitution,
        in desc: ExternDesc,
        at offset: Int
    ) throws(ComponentError) -> ExternDesc {
        switch desc {
        case .coreModule: desc
        case .value(let type): .value(try substitute(&substitution, in: type, at: offset))
        case .function(let id): .function(try substitute(&substitution, in: id, at: offset))
        case .type(let id): .type(try substitute(&substitution, in: id, at: offset))
        case .component(let id): .component(try substitute(&substitution, in: id, at: offset))
        case .instance(let id): .instance(try substitute(&substitution, in: id, at: offset))
        }
    }

    private mutating func substitute(
        _ substitution: inout Substitution,
        in type: ValType,
        at offset: Int
    ) throws(ComponentError) -> ValType {
        guard case .defined(let id) = type else { return type }
        return .defined(try substitute(&substitution, in: id, at: offset))
    }

    private mutating func substitute(
        _ substitution: inout Substitution,
        in type: DefValType,
        at offset: Int
    ) throws(ComponentError) -> DefValType {
        switch type {
        case .primitive, .flags, .enumeration, .own, .borrow: return type
        case .record(var fields):
            for index in fields.indices {
                fields[index].type = try substitute(
                    &substitution,
                    in: fields[index].type,
                    at: offset
                )
            }
            return .record(fields)
        case .variant(var cases):
            for index in cases.indices {
                guard let payload = cases[index].type else { continue }
                cases[index].type = try substitute(&substitution, in: payload, at: offset)
            }
            return .variant(cases)
        case .tuple(var types):
            for index in types.indices {
                types[index] = try substitute(&substitution, in: types[index], at: offset)
            }
            return .tuple(types)
        case .list(let type): return .list(try substitute(&substitution, in: type, at: offset))
        case .fixedLengthList(let type, let count):
            let other = try substitute(&substitution, in: type, at: offset)
            return .fixedLengthList(other, count: count)
        case .map(let key, let value):
            let key = try substitute(&substitution, in: key, at: offset)
            return .map(key: key, value: try substitute(&substitution, in: value, at: offset))
        case .option(let type): return .option(try substitute(&substitution, in: type, at: offset))
        case .result(var ok, var error):
            if let type = ok { ok = try substitute(&substitution, in: type, at: offset) }
            if let type = error { error = try substitute(&substitution, in: type, at: offset) }
            return .result(ok: ok, error: error)
        case .stream(var element):
            if let type = element { element = try substitute(&substitution, in: type, at: offset) }
            return .stream(element)
        case .future(var element):
            if let type = element { element = try substitute(&substitution, in: type, at: offset) }
            return .future(element)
        }
    }

    // MARK: Free resource types

    /// Adds to `free` the resource types that the type at `id` names and does not introduce.
    mutating func addFreeResources(
        of id: TypeID,
        to free: inout Set<ResourceID>,
        _ seen: inout Set<TypeID>,
        at offset: Int
    ) throws(ComponentError) {
        guard facts(id).hasResources, seen.insert(id).inserted else { return }
        try step(at: offset)
        switch self[id] {
        case .resource(let number), .value(.own(let number)), .value(.borrow(let number)):
            free.insert(number)
        case .value(let type):
            for part in type.parts {
                try addFreeResources(of: part, to: &free, &seen, at: offset)
            }
        case .function(let type):
            for parameter in type.parameters {
                try addFreeResources(of: parameter.type, to: &free, &seen, at: offset)
            }
            if let result = type.result {
                try addFreeResources(of: result, to: &free, &seen, at: offset)
            }
        case .instance(let type):
            try step(by: type.exports.count, at: offset)
            try addFreeResources(of: type.exports, to: &free, &seen, at: offset)
            free.subtract(bound(id).defined)
        case .component(let type):
            try step(by: type.imports.count + type.exports.count, at: offset)
            try addFreeResources(of: type.imports, to: &free, &seen, at: offset)
            try addFreeResources(of: type.exports, to: &free, &seen, at: offset)
            free.subtract(bound(id).imported)
            free.subtract(bound(id).defined)
        }
    }

    /// Adds to `free` those of imports or exports.
    mutating func addFreeResources(
        of decls: [ExternDecl],
        to free: inout Set<ResourceID>,
        _ seen: inout Set<TypeID>,
        at offset: Int
    ) throws(ComponentError) {
        for decl in decls {
            switch decl.desc {
            case .coreModule: break
            case .value(let type):
                try addFreeResources(of: type, to: &free, &seen, at: offset)
            case .function(let id), .type(let id), .component(let id), .instance(let id):
                try addFreeResources(of: id, to: &free, &seen, at: offset)
            }
        }
    }

    private mutating func addFreeResources(
        of type: ValType,
        to free: inout Set<ResourceID>,
        _ seen: inout Set<TypeID>,
        at offset: Int
    ) throws(ComponentError) {
        guard case .defined(let id) = type else { return }
        try addFreeResources(of: id, to: &free, &seen, at: offset)
    }
}

extension ExternDesc {
    /// Whether a substitution has left it as it is.
    fileprivate func isSame(as other: ExternDesc) -> Bool {
        switch (self, other) {
        case (.coreModule, .coreModule): true
        case (.value(let a), .value(let b)): a == b
        case (.function(let a), .function(let b)), (.type(let a), .type(let b)),
            (.component(let a), .component(let b)), (.instance(let a), .instance(let b)):
            a == b
        default: false
        }
    }
}

extension DefValType {
    /// The types that it is made of.
    var parts: [ValType] {
        switch self {
        case .primitive, .flags, .enumeration, .own, .borrow: []
        case .record(let fields): fields.map(\.type)
        case .variant(let cases): cases.compactMap(\.type)
        case .tuple(let types): types
        case .list(let type), .fixedLengthList(let type, _), .option(let type): [type]
        case .map(let key, let value): [key, value]
        case .result(let ok, let error): [ok, error].compactMap(\.self)
        case .stream(let type), .future(let type): [type].compactMap(\.self)
        }
    }
}
