import ComponentModel

// Imports, exports, and what both are made of: names with attributes, and external types.
// Spec: Explainer "Import and Export Definitions"
extension ComponentAssembler {
    /// Reads a name and its attributes. Spec: Binary "nameattributes"
    mutating func externName() throws(TextError) -> [UInt8] {
        let name: [UInt8]
        if reader.takeOpening(.interface) {
            name = try reader.name()
            try reader.close()
        } else {
            name = try reader.name()
        }
        var attributes: [UInt8] = []
        var found: Set<UInt8> = []
        while reader.token.kind == .leftParenthesis, let keyword = reader.following.keyword,
            let code = Self.attributes[keyword]
        {
            guard found.insert(code).inserted else {
                throw reader.error("unexpected token", at: reader.following)
            }
            try reader.open(keyword)
            attributes.append(code)
            attributes.append(list: try reader.name())
            try reader.close()
        }
        var bytes: [UInt8] = [attributes.isEmpty ? 0x00 : 0x02]
        bytes.append(list: name)
        if !attributes.isEmpty {
            bytes.append(unsigned: found.count)
            bytes += attributes
        }
        return bytes
    }

    /// Spec: Binary "attribute"
    private static let attributes: [Keyword: UInt8] = [
        .implements: 0x00, .versionSuffix: 0x01, .externalID: 0x02,
    ]

    /// Whether `(` and `keyword` come next, with a name and its attributes and nothing else.
    private func opensInline(_ keyword: Keyword) -> Bool {
        guard reader.opens(keyword) else { return false }
        var position = reader.position + 2
        let name = reader.token(at: position)
        if name.kind == .string {
            position += 1
        } else if reader.token(at: position + 1).keyword == .interface {
            position = Int(name.value) + 1
        } else {
            return false
        }
        while reader.token(at: position).kind == .leftParenthesis,
            let word = reader.token(at: position + 1).keyword, Self.attributes[word] != nil
        {
            position = Int(reader.token(at: position).value) + 1
        }
        return reader.token(at: position).kind == .rightParenthesis
    }

    /// Reads the names under which a definition is exported where it stands.
    mutating func inlineExports() throws(TextError) -> [[UInt8]] {
        var names: [[UInt8]] = []
        while opensInline(.export) {
            try reader.open(.export)
            names.append(try externName())
            try reader.close()
        }
        return names
    }

    /// Exports what was defined last under `names`, when all else is defined.
    mutating func export(_ names: [[UInt8]], _ sort: Sort) {
        guard !names.isEmpty, scope[sort].count > 0 else { return }
        let index = scope[sort].count - 1
        scope.inlineExports += names.map { .init(name: $0, sort: sort, index: index) }
    }

    mutating func addInlineExports() {
        for export in scope.inlineExports {
            var bytes = export.name + export.sort.code
            bytes.append(unsigned: export.index)
            bytes.append(0x00)
            add(.export, bytes)
            bind(export.sort)
        }
    }

    /// Reads `(import …)` and a type behind the identifier of what is imported, if they come next.
    mutating func takeInlineImport(_ sort: Sort, _ binding: Binding) throws(TextError) -> Bool {
        guard opensInline(.import) else { return false }
        try reader.open(.import)
        let name = try externName()
        try reader.close()
        add(.import, name + (try externType(sort)))
        bind(sort, binding)
        return true
    }

    /// Reads an import, of a component or in its type. Spec: Binary "import", "importdecl"
    mutating func importDefinition() throws(TextError) {
        try reader.open(.import)
        try externDeclaration(.import)
    }

    /// Reads an export in a type. Spec: Binary "exportdecl"
    mutating func exportDeclaration() throws(TextError) {
        try reader.open(.export)
        try externDeclaration(.export)
    }

    private mutating func externDeclaration(_ kind: DefinitionKind) throws(TextError) {
        let name = try externName()
        let sort = try openExternType()
        let binding = try binding(sort.category)
        let type = try externType(sort)
        try reader.close()
        try reader.close()
        add(kind, name + type)
        bind(sort, binding)
    }

    /// Reads an export of a component. Spec: Binary "export"
    mutating func exportDefinition() throws(TextError) {
        try reader.open(.export)
        let binding = try binding("export")
        var bytes = try externName()
        let (sort, index) = try externIndex()
        bytes += sort.code
        bytes.append(unsigned: index)
        if reader.token.kind == .leftParenthesis {
            bytes.append(0x01)
            bytes += try externType(try openExternType())
            try reader.close()
        } else {
            bytes.append(0x00)
        }
        try reader.close()
        add(.export, bytes)
        bind(sort, binding)
    }

    /// Reads the start of an external type, up to the sort.
    private mutating func openExternType() throws(TextError) -> Sort {
        try reader.expect(.leftParenthesis, "`(`")
        let token = reader.token
        let sort = try sort()
        if case .core(let core) = sort, core != .module {
            throw reader.error("unexpected token", at: token)
        }
        return sort
    }

    /// Reads what follows the sort in an external type. Spec: Binary "externtype"
    mutating func externType(_ sort: Sort) throws(TextError) -> [UInt8] {
        var bytes: [UInt8]
        switch sort {
        case .core:
            bytes = [0x00, CoreSort.module.code]
            bytes.append(unsigned: try typeUse(sort))
        case .function, .component, .instance:
            bytes = sort.code
            bytes.append(unsigned: try typeUse(sort))
        case .type: bytes = sort.code + (try typeBound())
        case .value: bytes = sort.code + (try valueBound())
        }
        return bytes
    }

    /// Spec: Binary "typebound"
    private mutating func typeBound() throws(TextError) -> [UInt8] {
        var bytes: [UInt8]
        if reader.takeOpening(.eq) {
            bytes = [0x00]
            bytes.append(unsigned: try indexOrReference(.type))
        } else {
            try reader.open(.sub)
            guard reader.take(.resource) else { throw reader.unexpected("`resource`") }
            bytes = [0x01]
        }
        try reader.close()
        return bytes
    }

    /// Spec: Binary "valuebound"
    private mutating func valueBound() throws(TextError) -> [UInt8] {
        guard reader.takeOpening(.eq) else { return [0x01] + (try valueType()) }
        var bytes: [UInt8] = [0x00]
        bytes.append(unsigned: try indexOrReference(.value))
        try reader.close()
        return bytes
    }
}
