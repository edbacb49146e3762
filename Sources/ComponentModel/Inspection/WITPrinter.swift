/// Writes what stands in an interface or a world: its uses, types, resources and functions.
/// Spec: WIT "Interfaces", "Use", "Types", "Resources"
struct WITPrinter {
    /// Bytes of a type that is written in one piece.
    static let typeLimit = 1 << 16

    let types: TypeArena
    let scopes: [WITScope]

    /// The contents of the interface `index`, as part of `package`.
    func writeInterface(_ index: Int, package: String, _ out: inout IndentedText) {
        var needsBlank = false
        writeTypes(of: index, package: package, &needsBlank, &out)
        for function in scopes[index].functions where isFreestanding(function, in: index) {
            if needsBlank { out.blank() }
            needsBlank = true
            writeFunction(function, "", in: index, &out)
        }
        for other in scopes[index].others { out.comment(other) }
    }

    /// A function, behind `keyword`; one that WIT cannot say is a comment.
    func writeFunction(
        _ function: WITScope.NamedFunction, _ keyword: String, in index: Int, _ out: inout IndentedText
    ) {
        let text = WITType(types, in: scopes[index])
        guard WITName.isLabel(function.name), text.isWIT(function.type) else {
            return out.comment("\(keyword)\(function.name): \(text.function(function.type))")
        }
        writeExternalID(function.externalID, &out)
        out.line("\(keyword)\(WITName.escaped(function.name)): \(text.function(function.type));")
    }

    /// Whether a function is of no resource that the scope declares.
    func isFreestanding(_ function: WITScope.NamedFunction, in index: Int) -> Bool {
        guard let resource = FunctionName(function.name).resource else { return true }
        return !scopes[index].resources.contains(resource)
    }

    func writeExternalID(_ id: String?, _ out: inout IndentedText) {
        guard let id else { return }
        var text = ""
        for scalar in id.unicodeScalars {
            switch scalar {
            case "\\", "\"": text += "\\\(scalar)"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            case " "..."~": text.unicodeScalars.append(scalar)
            default: text += "\\u{\(String(scalar.value, radix: 16))}"
            }
        }
        out.line("@external-id(\"\(text)\")")
    }

    // MARK: Types

    /// The uses and the types of a scope. `needsBlank` says whether a line stands before, and after it
    /// whether one does.
    func writeTypes(
        of index: Int, package: String, _ needsBlank: inout Bool, _ out: inout IndentedText
    ) {
        writeUses(of: index, package: package, &needsBlank, &out)
        let members = Dictionary(
            grouping: scopes[index].functions, by: { FunctionName($0.name).resource ?? "" })
        for type in scopes[index].types {
            let isDeclared = !scopes[index].undeclared.contains(type.name)
            if isDeclared, case .used = type.origin { continue }
            if needsBlank { out.blank() }
            needsBlank = true
            guard isDeclared else {
                let text = WITType(types, in: scopes[index])
                out.comment("\(type.name): \(text.type(type.id))")
                continue
            }
            writeExternalID(type.externalID, &out)
            write(type, members, in: index, &out)
        }
    }

    private func writeUses(
        of index: Int, package: String, _ needsBlank: inout Bool, _ out: inout IndentedText
    ) {
        var groups: [(scope: Int, externalID: String?, names: [String])] = []
        for type in scopes[index].types {
            guard case .used(let scope, let name) = type.origin,
                !scopes[index].undeclared.contains(type.name)
            else { continue }
            let text =
                name == type.name
                ? WITName.escaped(name) : "\(WITName.escaped(name)) as \(WITName.escaped(type.name))"
            if let last = groups.last, last.scope == scope, last.externalID == type.externalID {
                groups[groups.count - 1].names.append(text)
            } else {
                groups.append((scope, type.externalID, [text]))
            }
        }
        for group in groups {
            writeExternalID(group.externalID, &out)
            let path = scopes[group.scope].name?.reference(from: package) ?? ""
            out.line("use \(path).{\(group.names.joined(separator: ", "))};")
            needsBlank = true
        }
    }

    private func write(
        _ type: WITScope.TypeName, _ members: [String: [WITScope.NamedFunction]], in index: Int,
        _ out: inout IndentedText
    ) {
        let name = WITName.escaped(type.name)
        if case .alias(let other) = type.origin {
            out.line("type \(name) = \(WITName.escaped(other));")
            return
        }
        switch types[type.id] {
        case .resource: writeResource(type.name, members[type.name] ?? [], in: index, &out)
        case .value(let definition): write(definition, type, in: index, &out)
        case .function, .component, .instance: out.comment("type \(name)")
        }
    }

    private func write(
        _ definition: DefValType, _ type: WITScope.TypeName, in index: Int, _ out: inout IndentedText
    ) {
        let name = WITName.escaped(type.name)
        let text = WITType(types, in: scopes[index])
        switch definition {
        case .record(let fields):
            out.members("record \(name)", fields.map { ($0.label, ": \(text.value($0.type))") })
        case .variant(let cases):
            out.members(
                "variant \(name)",
                cases.map { ($0.label, $0.type.map { "(\(text.value($0)))" } ?? "") })
        case .flags(let labels): out.members("flags \(name)", labels.map { ($0, "") })
        case .enumeration(let labels): out.members("enum \(name)", labels.map { ($0, "") })
        case .own(let resource):
            // Without `own` it would be another name of the resource itself.
            out.line("type \(name) = own<\(text.name(of: resource) ?? "resource")>;")
        default: out.line("type \(name) = \(text.type(type.id));")
        }
    }

    private func writeResource(
        _ name: String, _ functions: [WITScope.NamedFunction], in index: Int, _ out: inout IndentedText
    ) {
        guard !functions.isEmpty else {
            out.line("resource \(WITName.escaped(name));")
            return
        }
        out.open("resource \(WITName.escaped(name))")
        let text = WITType(types, in: scopes[index])
        for function in functions {
            guard text.isWIT(function.type) else {
                out.comment("\(function.name): \(text.function(function.type))")
                continue
            }
            writeExternalID(function.externalID, &out)
            out.line(member(function, of: name, in: index, text) + ";")
        }
        out.close()
    }

    private func member(
        _ function: WITScope.NamedFunction, of resource: String, in index: Int, _ text: WITType
    ) -> String {
        let parts = FunctionName(function.name)
        let name = WITName.escaped(parts.name)
        let word = function.type.isAsync ? "async func" : "func"
        switch parts.kind {
        case .constructor:
            var type = function.type
            if let result = type.result, case .own(let made)? = types.definition(result),
                scopes[index].names[.resource(made)] == resource
            {
                type.result = nil
            }
            return "constructor" + text.signature(type, skipping: 0)
        case .method: return "\(name): \(word)\(text.signature(function.type, skipping: 1))"
        case .statically: return "\(name): static \(word)\(text.signature(function.type, skipping: 0))"
        case .freestanding: return "\(name): \(text.function(function.type))"
        }
    }
}

/// Text in lines, with two spaces for each brace that is open.
struct IndentedText {
    private(set) var text = ""
    private var depth = 0

    mutating func line(_ line: String) {
        text += String(repeating: "  ", count: depth) + line + "\n"
    }

    mutating func blank() { text += "\n" }

    mutating func open(_ head: String) {
        line(head + " {")
        depth += 1
    }

    mutating func close() {
        depth -= 1
        line("}")
    }

    /// A comment of one line, whatever is in `words`.
    mutating func comment(_ words: String) {
        var safe = String.UnicodeScalarView()
        for scalar in words.unicodeScalars {
            safe.append(scalar.properties.generalCategory.isInvisible ? " " : scalar)
        }
        line("// " + String(safe))
    }

    /// A declaration with a member on each line.
    mutating func members(_ head: String, _ members: [(label: String, rest: String)]) {
        open(head)
        for member in members { line("\(WITName.escaped(member.label))\(member.rest),") }
        close()
    }
}
