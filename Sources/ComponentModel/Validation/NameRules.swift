// The rules of a scope's names. Spec: Binary "Import and Export Definitions", Explainer "Name Uniqueness".

import Wasm

extension ScopeNames {
    /// Adds an import or an export, whose name is to be valid for its type and unlike all others.
    mutating func add(
        _ decl: ExternDecl,
        _ kind: ExternKind,
        _ store: TypeStore,
        _ features: ComponentFeatures,
        at offset: Int
    ) throws(ComponentError) {
        let name: ExternName
        do throws(NameError) {
            name = try ExternName(decl.name, features)
        } catch {
            throw .invalid(
                "\(kind.rawValue) name `\(decl.name)` is not a valid extern name: \(error.message)",
                at: offset
            )
        }
        if kind == .export {
            switch name.kind {
            case .label, .constructor, .method, .static, .interface: break
            case .dependency, .url, .hash:
                throw .invalid("name `\(decl.name)` is not a valid export name", at: offset)
            }
        }
        try check(decl, name, features, at: offset)
        do throws(ComponentError) {
            try check(name, decl, store, at: offset)
        } catch {
            throw error.within("\(kind.rawValue) name `\(decl.name)` is not valid")
        }
        if let previous = canonical.updateValue(decl.name, forKey: name.canonical) {
            throw .invalid(
                "\(kind.rawValue) name `\(decl.name)` conflicts with previous name `\(previous)`",
                at: offset
            )
        }
        decls.append(decl)
    }

    // MARK: Attributes

    private func check(
        _ decl: ExternDecl,
        _ name: ExternName,
        _ features: ComponentFeatures,
        at offset: Int
    ) throws(ComponentError) {
        let isInstance = if case .instance = decl.desc { true } else { false }
        if let implements = decl.attributes.implements {
            guard name.kind == .label else {
                throw .invalid("name `\(decl.name)` is not valid with `implements`", at: offset)
            }
            guard isInstance else {
                throw .invalid("only instances can have an `implements`", at: offset)
            }
            let interface: ExternName
            do throws(NameError) {
                interface = try ExternName(implements, features)
            } catch {
                throw .invalid(
                    "`\(implements)` is not a valid name: \(error.message)",
                    at: offset
                )
            }
            guard interface.kind == .interface else {
                throw .invalid("name `\(implements)` must be an interface", at: offset)
            }
        }
        if decl.attributes.versionSuffix != nil, !isInstance {
            throw .invalid("only instances can have an `versionsuffix`", at: offset)
        }
    }

    private func checkVersion(
        _ version: String?,
        _ suffix: String?,
        at offset: Int
    ) throws(ComponentError) {
        let isCanonical = version.map { Semver.isCanonical(Substring($0)) } ?? false
        var problem: String?
        switch (version, suffix) {
        case (nil, nil): return
        case (nil, _?): problem = "there is none before the `versionsuffix`"
        case (let version?, nil): problem = isCanonical ? nil : Semver.problem(Substring(version))
        case (let version?, let suffix?):
            problem = Semver.problem(Substring(version + suffix))
            if problem == nil && !isCanonical {
                problem =
                    "`\(version)` says more than what is compatible, and has a `versionsuffix`"
            }
        }
        if let problem { throw .invalid("invalid interface version: \(problem)", at: offset) }
    }

    // MARK: Functions of resource types

    private func check(
        _ name: ExternName,
        _ decl: ExternDecl,
        _ store: TypeStore,
        at offset: Int
    ) throws(ComponentError) {
        switch name.kind {
        case .label, .dependency, .url, .hash: return
        case .interface:
            return try checkVersion(name.version, decl.attributes.versionSuffix, at: offset)
        case .constructor, .method, .static: break
        }
        guard case .function(let id) = decl.desc, let type = store.arena.function(id),
            let resource = name.resource
        else { throw .invalid("item is not a func", at: offset) }
        switch name.kind {
        case .constructor: try checkConstructor(type, resource, store, at: offset)
        case .method: try checkMethod(type, resource, store, at: offset)
        default:
            guard resources.contains(resource) else {
                throw .invalid("static resource name is not known in this context", at: offset)
            }
        }
    }

    private func checkConstructor(
        _ type: FuncType,
        _ resource: String,
        _ store: TypeStore,
        at offset: Int
    ) throws(ComponentError) {
        guard !type.isAsync else {
            throw .invalid("constructor function cannot be async", at: offset)
        }
        guard let result = type.result else {
            throw .invalid("function should return one value", at: offset)
        }
        var owned: ValType? = result
        if case .result(let ok, _) = store.definition(result) { owned = ok }
        guard case .defined(let id)? = owned, case .value(.own) = store[id],
            let handle = store.handleType(id)
        else {
            throw .invalid(
                "function should return `(own $T)` or `(result (own $T))`",
                at: offset
            )
        }
        try checkResource(handle, resource, at: offset)
    }

    private func checkMethod(
        _ type: FuncType,
        _ resource: String,
        _ store: TypeStore,
        at offset: Int
    ) throws(ComponentError) {
        guard let first = type.parameters.first else {
            throw .invalid("function should have at least one argument", at: offset)
        }
        guard first.label == "self" else {
            throw .invalid("function should have a first argument called `self`", at: offset)
        }
        guard case .defined(let id) = first.type, case .value(.borrow) = store[id],
            let handle = store.handleType(id)
        else {
            throw .invalid("function should take a first argument of `(borrow $T)`", at: offset)
        }
        try checkResource(handle, resource, at: offset)
    }

    private func checkResource(
        _ handle: TypeID,
        _ resource: String,
        at offset: Int
    ) throws(ComponentError) {
        guard let name = resources.name(handle) else {
            throw .invalid(
                "resource used in function does not have a name in this context",
                at: offset
            )
        }
        guard name == resource else {
            throw .invalid("function does not match expected resource name `\(name)`", at: offset)
        }
    }
}
