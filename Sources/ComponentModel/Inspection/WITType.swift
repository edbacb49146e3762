/// What a named type is recognised by: its place in the arena, or a resource type's number.
package enum TypeKey: Hashable, Sendable {
    case value(TypeID)
    case resource(ResourceID)
}

/// Writes types as WIT has them: those that have a name by their name, others by what they are made of.
/// A text ends in `...` where it would be longer than `limit` bytes.
/// Spec: WIT "Types"
package struct WITType {
    private let types: TypeArena
    private let names: [TypeKey: String]
    private let limit: Int

    package init(_ types: TypeArena, names: [TypeKey: String] = [:], limit: Int = 256) {
        self.types = types
        self.names = names
        self.limit = limit
    }

    /// For example `list<u8>`.
    package func value(_ type: ValType) -> String {
        var text = ""
        write(type, 0, &text)
        return text
    }

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
            var text = ""
            write(type, 0, &text)
            return text
        case .function(let type): return function(type)
        case .component: return "component type"
        case .instance: return "instance type"
        case .resource: return "resource"
        }
    }

    // MARK: Value types

    private func write(_ type: ValType, _ depth: Int, _ text: inout String) {
        guard text.utf8.count < limit, depth < ComponentLimits.typeNesting else {
            if !text.hasSuffix("...") { text += "..." }
            return
        }
        switch type {
        case .primitive(let primitive): text += primitive.witName
        case .defined(let id):
            if let name = names[.value(id)] {
                text += WITName.escaped(name)
            } else if let definition = types.value(id) {
                write(definition, depth, &text)
            } else {
                text += self.type(id)
            }
        }
    }

    /// A type without a name, by what it is made of.
    private func write(_ type: DefValType, _ depth: Int, _ text: inout String) {
        switch type {
        case .primitive(let primitive): text += primitive.witName
        case .record(let fields):
            writeMembers("record", fields.map { ($0.label, $0.type) }, ": ", "", depth, &text)
        case .variant(let cases):
            writeMembers("variant", cases.map { ($0.label, $0.type) }, "(", ")", depth, &text)
        case .flags(let labels):
            writeMembers("flags", labels.map { ($0, nil) }, "", "", depth, &text)
        case .enumeration(let labels):
            writeMembers("enum", labels.map { ($0, nil) }, "", "", depth, &text)
        case .list(let element): write("list", [element], depth, &text)
        case .fixedLengthList(let element, let count):
            text += "list<"
            write(element, depth + 1, &text)
            text += ", \(count)>"
        case .tuple(let elements): write("tuple", elements, depth, &text)
        case .option(let some): write("option", [some], depth, &text)
        case .result(let ok, let error): write("result", error == nil ? [ok] : [ok, error], depth, &text)
        case .map(let key, let value): write("map", [key, value], depth, &text)
        case .own(let resource): text += name(of: resource) ?? "own<resource>"
        case .borrow(let resource): text += "borrow<\(name(of: resource) ?? "resource")>"
        case .stream(let element): write("stream", [element], depth, &text)
        case .future(let element): write("future", [element], depth, &text)
        }
    }

    /// The name of a resource type, where it has one here.
    func name(of resource: ResourceID) -> String? {
        names[.resource(resource)].map(WITName.escaped)
    }

    /// A type with arguments; one that is absent is `_`, and none are written where all are.
    private func write(_ word: String, _ arguments: [ValType?], _ depth: Int, _ text: inout String) {
        text += word
        guard arguments.contains(where: { $0 != nil }) else { return }
        text += "<"
        for (index, argument) in arguments.enumerated() {
            guard text.utf8.count < limit else {
                if !text.hasSuffix("...") { text += "..." }
                break
            }
            if index > 0 { text += ", " }
            if let argument { write(argument, depth + 1, &text) } else { text += "_" }
        }
        text += ">"
    }

    private func writeMembers(
        _ word: String, _ members: [(String, ValType?)], _ open: String, _ close: String, _ depth: Int,
        _ text: inout String
    ) {
        text += word + " { "
        for (index, member) in members.enumerated() {
            guard text.utf8.count < limit else {
                text += "..."
                break
            }
            if index > 0 { text += ", " }
            text += WITName.escaped(member.0)
            guard let type = member.1 else { continue }
            text += open
            write(type, depth + 1, &text)
            text += close
        }
        text += " }"
    }
}
