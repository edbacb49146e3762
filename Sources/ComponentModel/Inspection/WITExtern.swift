// What imports and exports are that WIT has no form for: written in a line, with their types.

extension WITType {
    /// What an import or export is, with all that is in it.
    package func full(_ desc: ExternDesc) -> String {
        var text = ""
        write(desc, 0, &text)
        return text
    }

    private func write(_ desc: ExternDesc, _ depth: Int, _ text: inout String) {
        switch desc {
        case .function, .value, .type: text += extern(desc)
        case .coreModule(let type): write(type.lines, "core module", &text)
        case .instance(let id):
            let exports = types.instance(id)?.exports ?? []
            write([("", exports)], "instance", depth, &text)
        case .component(let id):
            let type = types.component(id)
            write(
                [("import ", type?.imports ?? []), ("export ", type?.exports ?? [])], "component",
                depth, &text)
        }
    }

    private func write(
        _ parts: [(word: String, declarations: [ExternDecl])], _ kind: String, _ depth: Int,
        _ text: inout String
    ) {
        text += kind
        guard parts.contains(where: { !$0.declarations.isEmpty }) else { return }
        text += " { "
        for (word, declarations) in parts {
            let inner = naming(declarations)
            for declaration in declarations {
                guard text.utf8.count < limit, depth < ComponentLimits.typeNesting else {
                    text += "... }"
                    return
                }
                text += "\(word)\(declaration.name): "
                inner.write(declaration.desc, depth + 1, &text)
                text += "; "
            }
        }
        text += "}"
    }

    private func write(_ lines: [String], _ kind: String, _ text: inout String) {
        text += kind
        for line in lines {
            guard text.utf8.count < limit else {
                text += " ..."
                return
            }
            text += " " + line
        }
    }
}
