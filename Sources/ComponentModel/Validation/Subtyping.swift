// Whether what is there may be used as what is expected. Value and function types must be the same;
// instances, components and modules may have more, or want less.
// Spec: Explainer "Type Checking".

import Wasm

/// Resource types that stand for others while types are compared.
struct Renaming {
    /// Those in the type that is there.
    var actual: [ResourceID: ResourceID] = [:]
    /// Those in the type that is expected.
    var expected: [ResourceID: ResourceID] = [:]

    /// The two sides changed round.
    fileprivate mutating func flip() { swap(&actual, &expected) }
}

extension TypeStore {
    /// Throws unless an item of type `a` may be used where one of type `b` is expected.
    mutating func match(
        _ a: ExternDesc,
        _ b: ExternDesc,
        _ renaming: inout Renaming,
        _ core: TypeRegistry,
        at offset: Int
    ) throws(ComponentError) {
        switch (a, b) {
        case (.coreModule(let a), .coreModule(let b)):
            try step(by: a.steps + b.steps, at: offset)
            try core.match(a, b, at: offset)
        case (.value(let a), .value(let b)): try match(a, b, &renaming, at: offset)
        case (.type(let a), .type(let b)): try match(type: a, b, &renaming, core, at: offset)
        case (.function(let a), .function(let b)), (.instance(let a), .instance(let b)),
            (.component(let a), .component(let b)):
            try match(type: a, b, &renaming, core, at: offset)
        case (.coreModule, _), (.value, _), (.type, _), (.function, _), (.instance, _),
            (.component, _):
            throw .invalid("expected \(b.kindName), found \(a.kindName)", at: offset)
        }
    }

    private mutating func match(
        type a: TypeID,
        _ b: TypeID,
        _ renaming: inout Renaming,
        _ core: TypeRegistry,
        at offset: Int
    ) throws(ComponentError) {
        let isRenamed = !renaming.actual.isEmpty || !renaming.expected.isEmpty
        if a == b && !(isRenamed && facts(a).hasResources) { return }
        try step(at: offset)
        switch (self[a], self[b]) {
        case (.resource(let a), .resource(let b)): try match(a, b, renaming, at: offset)
        case (.value(let a), .value(let b)): try match(a, b, &renaming, at: offset)
        case (.function(let a), .function(let b)): try match(a, b, &renaming, at: offset)
        case (.instance, .instance(let b)):
            try match(instance: a, b, &renaming, core, at: offset)
        case (.component(let typeA), .component(let typeB)):
            try match(a, typeA, b, typeB, &renaming, core, at: offset)
        case (let a, let b):
            throw .invalid("expected \(b.kindName), found \(a.foundName)", at: offset)
        }
    }

    private func match(
        _ a: ResourceID,
        _ b: ResourceID,
        _ renaming: Renaming,
        at offset: Int
    ) throws(ComponentError) {
        guard renaming.actual[a] ?? a == renaming.expected[b] ?? b else {
            throw .invalid("resource types are not the same", at: offset)
        }
    }

    private mutating func match(
        instance a: TypeID,
        _ b: InstanceType,
        _ renaming: inout Renaming,
        _ core: TypeRegistry,
        at offset: Int
    ) throws(ComponentError) {
        try step(by: b.exports.steps, at: offset)
        for expected in b.exports {
            guard let actual = export(expected.name, of: a) else {
                throw .invalid("missing expected export `\(expected.name)`", at: offset)
            }
            do throws(ComponentError) {
                try match(actual.desc, expected.desc, &renaming, core, at: offset)
            } catch {
                throw error.within("type mismatch in instance export `\(expected.name)`")
            }
        }
    }

    /// Whoever has a component of type `b` gives it what `b` imports and gets what `b` exports.
    private mutating func match(
        _ a: TypeID,
        _ typeA: ComponentType,
        _ b: TypeID,
        _ typeB: ComponentType,
        _ renaming: inout Renaming,
        _ core: TypeRegistry,
        at offset: Int
    ) throws(ComponentError) {
        try step(by: typeB.imports.steps + typeA.exports.steps, at: offset)
        let before = renaming
        defer { renaming = before }
        let imports = Named(typeB.imports)
        renaming.flip()
        try open(
            { imports[$0] },
            typeA.imports,
            bound(a).imported,
            "import",
            &renaming,
            core,
            at: offset
        )
        renaming.flip()
        let exports = Named(typeA.exports)
        try open(
            { exports[$0] },
            typeB.exports,
            bound(b).defined,
            "export",
            &renaming,
            core,
            at: offset
        )
    }

    /// Throws unless what `actual` gives for their names may be used as `expected`; the resource types of
    /// `bound` are renamed to those that are there in their place.
    mutating func open(
        _ actual: (String) -> ExternDesc?,
        _ expected: [ExternDecl],
        _ bound: [ResourceID],
        _ kindName: String,
        _ renaming: inout Renaming,
        _ core: TypeRegistry,
        at offset: Int
    ) throws(ComponentError) {
        try step(by: expected.steps, at: offset)
        if !bound.isEmpty {
            let bound = Set(bound)
            for decl in expected {
                guard let item = actual(decl.name) else { continue }
                try rename(bound, item, decl.desc, &renaming, at: offset)
            }
        }
        for decl in expected {
            guard let item = actual(decl.name) else {
                throw .invalid("missing \(kindName) named `\(decl.name)`", at: offset)
            }
            do throws(ComponentError) {
                try match(item, decl.desc, &renaming, core, at: offset)
            } catch {
                throw error.within("type mismatch for \(kindName) `\(decl.name)`")
            }
        }
    }

    /// Notes which resource types of `a` stand where `b` introduces those of `bound`. What does not fit is
    /// found when the types are compared.
    private mutating func rename(
        _ bound: Set<ResourceID>,
        _ a: ExternDesc,
        _ b: ExternDesc,
        _ renaming: inout Renaming,
        at offset: Int
    ) throws(ComponentError) {
        switch (a, b) {
        case (.type(let a), .type(let b)):
            guard let number = resource(b), bound.contains(number),
                renaming.expected[number] == nil,
                let other = resource(a)
            else { return }
            renaming.expected[number] = renaming.actual[other] ?? other
        case (.instance(let a), .instance(let b)):
            guard facts(b).hasResources, let instance = arena.instance(b) else { return }
            try step(by: instance.exports.steps, at: offset)
            for decl in instance.exports {
                guard let item = export(decl.name, of: a) else { continue }
                try rename(bound, item.desc, decl.desc, &renaming, at: offset)
            }
        default: return
        }
    }

    // MARK: Functions and values

    private mutating func match(
        _ a: FuncType,
        _ b: FuncType,
        _ renaming: inout Renaming,
        at offset: Int
    ) throws(ComponentError) {
        guard a.isAsync == b.isAsync else {
            let names = b.isAsync ? ("async", "sync") : ("sync", "async")
            throw .invalid("expected \(names.0) function, found \(names.1) function", at: offset)
        }
        guard a.parameters.count == b.parameters.count else {
            throw .invalid(
                "expected \(b.parameters.count) parameters, found \(a.parameters.count)",
                at: offset
            )
        }
        for (a, b) in zip(a.parameters, b.parameters) {
            guard a.label == b.label else {
                throw .invalid(
                    "expected parameter named `\(b.label)`, found `\(a.label)`",
                    at: offset
                )
            }
            let context = "type mismatch in function parameter `\(a.label)`"
            try match(part: a.type, b.type, context, &renaming, at: offset)
        }
        switch (a.result, b.result) {
        case (nil, nil): break
        case (let a?, let b?):
            try match(part: a, b, "type mismatch with result type", &renaming, at: offset)
        case (nil, _?): throw .invalid("expected a result, found none", at: offset)
        case (_?, nil): throw .invalid("expected no result, found one", at: offset)
        }
    }

    /// A type within another, which the context names.
    private mutating func match(
        part a: ValType,
        _ b: ValType,
        _ context: @autoclosure () -> String,
        _ renaming: inout Renaming,
        at offset: Int
    ) throws(ComponentError) {
        do throws(ComponentError) {
            try match(a, b, &renaming, at: offset)
        } catch {
            throw error.within(context())
        }
    }

    /// A type that either may have or have not.
    private mutating func match(
        optional a: ValType?,
        _ b: ValType?,
        _ what: String,
        _ context: String,
        _ renaming: inout Renaming,
        at offset: Int
    ) throws(ComponentError) {
        switch (a, b) {
        case (nil, nil): break
        case (let a?, let b?):
            try match(part: a, b, "type mismatch in \(context)", &renaming, at: offset)
        case (nil, _?): throw .invalid("expected \(what) type, but found none", at: offset)
        case (_?, nil): throw .invalid("expected \(what) type to not be present", at: offset)
        }
    }

    /// Throws unless the value types are the same.
    mutating func match(
        _ a: ValType,
        _ b: ValType,
        _ renaming: inout Renaming,
        at offset: Int
    ) throws(ComponentError) {
        if case .defined(let a) = a, case .defined(let b) = b, a == b {
            let isRenamed = !renaming.actual.isEmpty || !renaming.expected.isEmpty
            if !(isRenamed && facts(a).hasResources) { return }
        }
        try step(at: offset)
        let definition = definition(a)
        if case .primitive(let type) = b {
            guard case .primitive = definition else {
                throw .invalid("expected \(type), found \(definition.kindName)", at: offset)
            }
        }
        try match(definition, self.definition(b), &renaming, at: offset)
    }

    /// The definition of a type; of a primitive type, itself.
    func definition(_ type: ValType) -> DefValType {
        switch type {
        case .primitive(let type): .primitive(type)
        case .defined(let id): arena.value(id) ?? .tuple([])
        }
    }

    private mutating func match(
        _ a: DefValType,
        _ b: DefValType,
        _ renaming: inout Renaming,
        at offset: Int
    ) throws(ComponentError) {
        switch (a, b) {
        case (.primitive(let a), .primitive(let b)):
            guard a == b else {
                throw .invalid("expected primitive `\(b)` found primitive `\(a)`", at: offset)
            }
        case (.record(let a), .record(let b)): try match(a, b, &renaming, at: offset)
        case (.variant(let a), .variant(let b)): try match(a, b, &renaming, at: offset)
        case (.tuple(let a), .tuple(let b)):
            guard a.count == b.count else {
                throw .invalid("expected \(b.count) types, found \(a.count)", at: offset)
            }
            for (index, (a, b)) in zip(a, b).enumerated() {
                try match(
                    part: a,
                    b,
                    "type mismatch in tuple field \(index)",
                    &renaming,
                    at: offset
                )
            }
        case (.list(let a), .list(let b)), (.option(let a), .option(let b)):
            try match(a, b, &renaming, at: offset)
        case (.fixedLengthList(let a, let countA), .fixedLengthList(let b, let countB)):
            guard countA == countB else {
                throw .invalid("expected fixed-length \(countB), found size \(countA)", at: offset)
            }
            try match(a, b, &renaming, at: offset)
        case (.map(let keyA, let a), .map(let keyB, let b)):
            try match(part: keyA, keyB, "type mismatch in map key", &renaming, at: offset)
            try match(part: a, b, "type mismatch in map value", &renaming, at: offset)
        case (.flags(let a), .flags(let b)):
            guard a == b else { throw .invalid("mismatch in flags elements", at: offset) }
        case (.enumeration(let a), .enumeration(let b)):
            guard a == b else { throw .invalid("mismatch in enum elements", at: offset) }
        case (.result(let okA, let errorA), .result(let okB, let errorB)):
            try match(optional: okA, okB, "ok", "ok variant", &renaming, at: offset)
            try match(optional: errorA, errorB, "err", "err variant", &renaming, at: offset)
        case (.own(let a), .own(let b)), (.borrow(let a), .borrow(let b)):
            try match(a, b, renaming, at: offset)
        case (.stream(let a), .stream(let b)):
            try match(optional: a, b, "stream", "stream", &renaming, at: offset)
        case (.future(let a), .future(let b)):
            try match(optional: a, b, "future", "future", &renaming, at: offset)
        default:
            let expected = if case .primitive = b { "primitive" } else { b.kindName }
            throw .invalid("expected \(expected), found \(a.kindName)", at: offset)
        }
    }

    private mutating func match(
        _ a: [LabelValType],
        _ b: [LabelValType],
        _ renaming: inout Renaming,
        at offset: Int
    ) throws(ComponentError) {
        guard a.count == b.count else {
            throw .invalid("expected \(b.count) fields, found \(a.count)", at: offset)
        }
        for (a, b) in zip(a, b) {
            guard a.label == b.label else {
                throw .invalid("expected field name `\(b.label)`, found `\(a.label)`", at: offset)
            }
            let context = "type mismatch in record field `\(a.label)`"
            try match(part: a.type, b.type, context, &renaming, at: offset)
        }
    }

    private mutating func match(
        _ a: [VariantCase],
        _ b: [VariantCase],
        _ renaming: inout Renaming,
        at offset: Int
    ) throws(ComponentError) {
        guard a.count == b.count else {
            throw .invalid("expected \(b.count) cases, found \(a.count)", at: offset)
        }
        for (a, b) in zip(a, b) {
            guard a.label == b.label else {
                throw .invalid("expected case named `\(b.label)`, found `\(a.label)`", at: offset)
            }
            switch (a.type, b.type) {
            case (nil, nil): break
            case (let typeA?, let typeB?):
                let context = "type mismatch in variant case `\(a.label)`"
                try match(part: typeA, typeB, context, &renaming, at: offset)
            case (nil, _?):
                throw .invalid("expected case `\(a.label)` to have a type, found none", at: offset)
            case (_?, nil):
                throw .invalid("expected case `\(a.label)` to have no type", at: offset)
            }
        }
    }
}

/// Declarations by their names.
struct Named {
    private var descs: [ExactName: ExternDesc] = [:]

    init(_ decls: [ExternDecl]) {
        for decl in decls { descs[ExactName(string: decl.name)] = decl.desc }
    }

    subscript(_ name: String) -> ExternDesc? { descs[ExactName(string: name)] }
}
