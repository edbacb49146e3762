/// What a named type is recognised by: its place in the arena, or a resource type's number.
package enum TypeKey: Hashable, Sendable {
    case value(TypeID)
    case resource(ResourceID)
}

/// Writes types as WIT has them: those that have a name by their name, others by what they are made of.
/// A text ends in `...` where it would be longer than `limit` bytes.
/// Spec: WIT "Types"
package struct WITType {
    let types: TypeArena
    private let names: [TypeKey: String]
    /// Names that WIT has no form to declare.
    private let undeclared: Set<String>
    let limit: Int

    /// A text, and whether WIT can say it: whether all types in it have names that must, and none is cut.
    private struct Draft {
        var text = ""
        var isWIT = true
    }

    package init(
        _ types: TypeArena, names: [TypeKey: String] = [:], undeclared: Set<String> = [],
        limit: Int = 256
    ) {
        self.types = types
        self.names = names
        self.undeclared = undeclared
        self.limit = limit
    }

    /// The same with the names that `declarations` give to types.
    func naming(_ declarations: [ExternDecl]) -> WITType {
        var names = names
        for declaration in declarations {
            guard case .type(let id) = declaration.desc, let key = types.key(id), names[key] == nil else {
                continue
            }
            names[key] = declaration.name
        }
        return WITType(types, names: names, undeclared: undeclared, limit: limit)
    }

    /// For example `list<u8>`.
    package func value(_ type: ValType) -> String { draft(type).text }

    private func draft(_ type: ValType) -> Draft {
        var draft = Draft()
        write(type, 0, &draft)
        return draft
    }

    // MARK: What WIT can say

    /// Whether WIT can say the function's type.
    func isWIT(_ type: FuncType) -> Bool {
        type.parameters.allSatisfy { draft($0.type).isWIT } && type.result.map { draft($0).isWIT } ?? true
    }

    /// Whether WIT can declare the type at `id` under a name.
    func isWIT(declarationOf id: TypeID) -> Bool {
        switch types[id] {
        case .resource: true
        case .value(.record(let fields)): fields.allSatisfy { draft($0.type).isWIT }
        case .value(.variant(let cases)):
            cases.allSatisfy { $0.type.map { draft($0).isWIT } ?? true }
        case .value(.flags), .value(.enumeration): true
        case .value(let type): isWIT(type)
        case .function, .component, .instance: false
        }
    }

    private func isWIT(_ type: DefValType) -> Bool {
        var draft = Draft()
        write(type, 0, &draft)
        return draft.isWIT
    }

    // MARK: Functions and other items

    /// For example `func(name: string) -> option<u32>`.
    package func function(_ type: FuncType) -> String {
        (type.isAsync ? "async func" : "func") + signature(type, skipping: 0)
    }

    /// Parameters and result, the first `skipping` parameters left out.
    func signature(_ type: FuncType, skipping count: Int) -> String {
        let parameters = type.parameters.dropFirst(count).map {
            "\(WITName.escaped($0.label)): \(value($0.type))"
        }
        let result = type.result.map { " -> \(value($0))" } ?? ""
        return "(" + parameters.joined(separator: ", ") + ")" + result
    }

    /// What an import or export is, in a few words.
    package func extern(_ desc: ExternDesc) -> String {
        switch desc {
        case .coreModule: "core module"
        case .function(let id): types.function(id).map(function) ?? "func"
        case .value(let type): "value \(value(type))"
        case .type(let id): self.type(id)
        case .component: "component"
        case .instance(let id):
            types.instance(id).map { "instance with \($0.exports.count) exports" } ?? "instance"
        }
    }

    /// The type itself, not its name.
    package func type(_ id: TypeID) -> String {
        switch types[id] {
        case .value(let type):
            var draft = Draft()
            write(type, 0, &draft)
            return draft.text
        case .function(let type): return function(type)
        case .component: return "component type"
        case .instance: return "instance type"
        case .resource: return "resource"
        }
    }

    // MARK: Value types

    private func write(_ type: ValType, _ depth: Int, _ draft: inout Draft) {
        guard depth < ComponentLimits.typeNesting, hasRoom(draft) else { return cut(&draft) }
        switch type {
        case .primitive(let primitive): draft.text += primitive.witName
        case .defined(let id):
            if let name = names[.value(id)] {
                draft.text += WITName.escaped(name)
                if undeclared.contains(name) { draft.isWIT = false }
            } else if let definition = types.value(id) {
                write(definition, depth, &draft)
            } else {
                draft.text += self.type(id)
                draft.isWIT = false
            }
        }
    }

    /// A type without a name, by what it is made of.
    private func write(_ type: DefValType, _ depth: Int, _ draft: inout Draft) {
        switch type {
        case .primitive(let primitive): draft.text += primitive.witName
        case .record(let fields):
            writeMembers("record", fields.map { ($0.label, $0.type) }, ": ", "", depth, &draft)
        case .variant(let cases):
            writeMembers("variant", cases.map { ($0.label, $0.type) }, "(", ")", depth, &draft)
        case .flags(let labels):
            writeMembers("flags", labels.map { ($0, nil) }, "", "", depth, &draft)
        case .enumeration(let labels):
            writeMembers("enum", labels.map { ($0, nil) }, "", "", depth, &draft)
        case .list(let element): write("list", [element], depth, &draft)
        case .fixedLengthList(let element, let count):
            draft.text += "list<"
            write(element, depth + 1, &draft)
            draft.text += ", \(count)>"
        case .tuple(let elements): write("tuple", elements, depth, &draft)
        case .option(let some): write("option", [some], depth, &draft)
        case .result(let ok, let error): write("result", error == nil ? [ok] : [ok, error], depth, &draft)
        case .map(let key, let value): write("map", [key, value], depth, &draft)
        case .own(let resource):
            draft.text += name(of: resource) ?? "own<resource>"
            noteName(of: resource, &draft)
        case .borrow(let resource):
            draft.text += "borrow<\(name(of: resource) ?? "resource")>"
            noteName(of: resource, &draft)
        case .stream(let element): write("stream", [element], depth, &draft)
        case .future(let element): write("future", [element], depth, &draft)
        }
    }

    private func noteName(of resource: ResourceID, _ draft: inout Draft) {
        if names[.resource(resource)].map(undeclared.contains) ?? true { draft.isWIT = false }
    }

    private func hasRoom(_ draft: Draft) -> Bool { draft.text.utf8.count < limit }

    /// Ends a text that would be too long.
    private func cut(_ draft: inout Draft) {
        draft.isWIT = false
        if !draft.text.hasSuffix("...") { draft.text += "..." }
    }

    /// The name of a resource type, where it has one here.
    func name(of resource: ResourceID) -> String? {
        names[.resource(resource)].map(WITName.escaped)
    }

    /// A type with arguments; one that is absent is `_`, and none are written where all are.
    private func write(_ word: String, _ arguments: [ValType?], _ depth: Int, _ draft: inout Draft) {
        draft.text += word
        guard arguments.contains(where: { $0 != nil }) else { return }
        draft.text += "<"
        for (index, argument) in arguments.enumerated() {
            guard hasRoom(draft) else {
                cut(&draft)
                break
            }
            if index > 0 { draft.text += ", " }
            if let argument { write(argument, depth + 1, &draft) } else { draft.text += "_" }
        }
        draft.text += ">"
    }

    private func writeMembers(
        _ word: String, _ members: [(String, ValType?)], _ open: String, _ close: String, _ depth: Int,
        _ draft: inout Draft
    ) {
        // WIT has these only where they are declared.
        draft.isWIT = false
        draft.text += word + " { "
        for (index, member) in members.enumerated() {
            guard hasRoom(draft) else {
                cut(&draft)
                break
            }
            if index > 0 { draft.text += ", " }
            draft.text += WITName.escaped(member.0)
            guard let type = member.1 else { continue }
            draft.text += open
            write(type, depth + 1, &draft)
            draft.text += close
        }
        draft.text += " }"
    }
}
