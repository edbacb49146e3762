import ComponentModel

// The definitions of a component. Spec: Explainer "Component Definitions"
extension ComponentAssembler {
    /// Reads the definitions of the component `binding`, up to a parenthesis that closes it or the
    /// end of the text, and returns it in the binary format.
    mutating func definitions(of binding: Binding) throws(TextError) -> [UInt8] {
        try enterComponent()
        scopes.append(ComponentScope(.component, binding.symbol))
        scope.names.component = binding.name
        while true {
            for annotation in annotations.take(.custom, reader) { try customSection(annotation) }
            guard reader.token.kind == .leftParenthesis else { break }
            try definition()
        }
        guard [.rightParenthesis, .end].contains(reader.token.kind) else {
            throw reader.unexpected("a definition of a component")
        }
        addInlineExports()
        let names = scope.names.contents()
        if !names.isEmpty { scope.definitions.addCustom(Array("component-name".utf8), names) }
        let sections = scope.definitions.encoded()
        scopes.removeLast()
        leaveComponent()
        return [0x00, 0x61, 0x73, 0x6D, 0x0D, 0x00, 0x01, 0x00] + sections
    }

    private mutating func definition() throws(TextError) {
        switch reader.following.keyword {
        case .core:
            reader.advance()
            reader.advance()
            try coreDefinition()
            try reader.close()
        case .component: try nestedComponent()
        case .instance: try instance()
        case .alias: try alias()
        case .type: try typeDefinition()
        case .canon: try canonicalDefinition()
        case .func: try function()
        case .start: try start()
        case .import: try importDefinition()
        case .export: try exportDefinition()
        default:
            reader.advance()
            throw reader.unexpected("a definition of a component")
        }
    }

    /// Reads a definition from behind the keyword `core` on.
    private mutating func coreDefinition() throws(TextError) {
        switch reader.token.keyword {
        case .module:
            reader.advance()
            try coreModule()
        case .instance:
            reader.advance()
            try coreInstance()
        case .type: try coreTypeDefinition()
        case .rec: try coreRecursiveTypes()
        case .func:
            reader.advance()
            try coreFunction()
        default:
            let sort = Sort.core(try coreSort())
            let binding = try binding(sort.category)
            guard try takeInvertedAlias(sort, binding) else {
                throw reader.unexpected("`(alias`")
            }
        }
    }

    /// Reads a core module: its text or bytes, an import or an alias.
    private mutating func coreModule() throws(TextError) {
        let binding = try binding("core module")
        let exports = try inlineExports()
        let sort = Sort.core(.module)
        if try !takeInvertedAlias(sort, binding), try !takeInlineImport(sort, binding) {
            if reader.take(.binary) {
                add(.coreModule, reader.dataString())
            } else if let bytes = binding.name.flatMap({ modules[$0] }) {
                add(.coreModule, bytes)
            } else {
                var assembler = Assembler(reader)
                assembler.names.module = binding.name
                add(.coreModule, try assembler.module())
                reader.move(to: assembler.reader.position)
            }
            bind(sort, binding)
        }
        export(exports, sort)
    }

    /// Reads a component within another: its definitions, an import or an alias.
    private mutating func nestedComponent() throws(TextError) {
        try reader.open(.component)
        let binding = try binding("component")
        let exports = try inlineExports()
        if try !takeInvertedAlias(.component, binding), try !takeInlineImport(.component, binding) {
            add(.component, try definitions(of: binding))
            bind(.component, binding)
        }
        export(exports, .component)
        try reader.close()
    }

    /// Reads which function is called at the start. Spec: Binary "start"
    private mutating func start() throws(TextError) {
        let token = reader.token
        try reader.open(.start)
        if scope.hasStart {
            note(reader.error("component cannot have more than one start function", at: token))
        }
        scope.hasStart = true
        var bytes: [UInt8] = []
        bytes.append(unsigned: try index(.function))
        var arguments: [UInt32] = []
        while reader.opens(.value) { arguments.append(try indexOrReference(.value)) }
        bytes.append(unsigned: arguments.count)
        for argument in arguments { bytes.append(unsigned: argument) }
        var results: [Binding] = []
        while reader.takeOpening(.result) {
            try reader.open(.value)
            results.append(try binding("value"))
            try reader.close()
            try reader.close()
        }
        bytes.append(unsigned: results.count)
        try reader.close()
        add(.start, bytes)
        for result in results { bind(.value, result) }
    }

    /// Adds the custom section that an annotation spells out: its name, then its contents.
    private mutating func customSection(_ annotation: Annotation) throws(TextError) {
        let text = reader.text
        let items = text.annotationTokens[annotation.items]
        guard let first = items.first, items.allSatisfy({ $0.kind == .string }) else {
            throw annotations.error("@custom annotation: unexpected token", annotation, reader)
        }
        let name = text.string(first)
        if !name.isUTF8 {
            throw annotations.error(
                "@custom annotation: malformed UTF-8 encoding",
                annotation,
                reader
            )
        }
        scope.definitions.addCustom(name, items.dropFirst().flatMap { text.string($0) })
    }
}
