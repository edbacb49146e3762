// Types as WIT writes them, for a person to read: what has no name is written out.
// Spec: WIT "Types"

/// Writes types down, at most `ComponentLimits.typeText` characters of them.
struct TypeText {
    private let scope: TypeScope
    /// What the types that have a name are called.
    private let names: [TypeID: String]
    private let resourceNames: [ResourceID: String]
    private(set) var text = ""

    /// A writer of types of `scope`; `named` are declarations that give names.
    init(_ scope: TypeScope, named: [ExternDecl] = []) {
        self.scope = scope
        var names: [TypeID: String] = [:]
        var resources: [ResourceID: String] = [:]
        for declaration in named {
            guard case .type(let type) = declaration.desc else { continue }
            names[type] = declaration.name
            if let resource = scope.resource(type) { resources[resource] = declaration.name }
        }
        self.names = names
        resourceNames = resources
    }

    /// `type` as text.
    static func of(_ type: ScopedFuncType, named: [ExternDecl] = []) -> String {
        var writer = TypeText(type.scope, named: named)
        writer.write(type.type)
        return writer.finished
    }

    /// `type` as text.
    static func of(_ type: ValType, _ scope: TypeScope) -> String {
        var writer = TypeText(scope)
        writer.write(type)
        return writer.finished
    }

    private var finished: String {
        guard text.count > ComponentLimits.typeText else { return text }
        return "\(text.prefix(ComponentLimits.typeText))…"
    }

    mutating func write(_ type: FuncType) {
        text += type.isAsync ? "async func(" : "func("
        list(type.parameters) { writer, parameter in
            if !parameter.label.isEmpty { writer.text += "\(parameter.label): " }
            writer.write(parameter.type)
        }
        text += ")"
        guard let result = type.result else { return }
        text += " -> "
        write(result)
    }

    mutating func write(_ type: ValType) {
        guard text.count <= ComponentLimits.typeText else { return }
        switch type {
        case .primitive(let type): text += type.description
        case .defined(let id):
            if let name = names[id] {
                text += name
            } else if case .value(let type) = scope.types[id] {
                write(type)
            } else {
                text += "?"
            }
        }
    }

    private mutating func write(_ type: DefValType) {
        switch type {
        case .primitive(let type): text += type.description
        case .record(let fields):
            braces("record", fields) { writer, field in
                writer.text += "\(field.label): "
                writer.write(field.type)
            }
        case .variant(let cases):
            braces("variant", cases) { writer, one in
                writer.text += one.label
                if let type = one.type { writer.arguments("", [type]) }
            }
        case .list(let element): angles("list", [element])
        case .fixedLengthList(let element, let count):
            text += "list<"
            write(element)
            text += ", \(count)>"
        case .tuple(let types): angles("tuple", types)
        case .flags(let labels): braces("flags", labels) { $0.text += $1 }
        case .enumeration(let labels): braces("enum", labels) { $0.text += $1 }
        case .option(let type): angles("option", [type])
        case .result(let ok, let error): write(ok: ok, error: error)
        case .map(let key, let value): angles("map", [key, value])
        case .own(let resource): text += "own<\(name(of: resource))>"
        case .borrow(let resource): text += "borrow<\(name(of: resource))>"
        case .stream(let type): angles("stream", type.map { [$0] } ?? [])
        case .future(let type): angles("future", type.map { [$0] } ?? [])
        }
    }

    private mutating func write(ok: ValType?, error: ValType?) {
        text += "result"
        guard ok != nil || error != nil else { return }
        text += "<"
        if let ok { write(ok) } else { text += "_" }
        if let error {
            text += ", "
            write(error)
        }
        text += ">"
    }

    private func name(of resource: ResourceID) -> String {
        resourceNames[resource] ?? scope.number(of: resource)?.hostType?.name ?? "resource"
    }

    private mutating func angles(_ name: String, _ types: [ValType]) {
        text += name
        guard !types.isEmpty else { return }
        text += "<"
        list(types) { $0.write($1) }
        text += ">"
    }

    private mutating func arguments(_ name: String, _ types: [ValType]) {
        text += "\(name)("
        list(types) { $0.write($1) }
        text += ")"
    }

    private mutating func braces<T>(
        _ name: String, _ items: [T], _ write: (inout TypeText, T) -> Void
    ) {
        text += "\(name) { "
        list(items, write)
        text += " }"
    }

    private mutating func list<T>(_ items: [T], _ write: (inout TypeText, T) -> Void) {
        for (index, item) in items.enumerated() {
            guard text.count <= ComponentLimits.typeText else { return }
            if index > 0 { text += ", " }
            write(&self, item)
        }
    }
}

extension PrimValType {
    /// The keyword that WIT has for the type, which is that of the text format.
    package var witName: String { description }
}
