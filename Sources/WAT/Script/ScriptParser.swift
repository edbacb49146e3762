import Wasm

/// Reads a script, command by command.
///
/// A command that is malformed is one of the kind `malformed`, and reading goes on behind it.
/// The grammar is that of the reference interpreter.
package struct ScriptParser {
    var reader: TokenReader
    private var isInlineModule: Bool

    /// Throws where `text` is too large.
    package init(_ text: [UInt8]) throws(TextError) {
        reader = TokenReader(try TokenizedText(text))
        let isField = reader.following.keyword.map(Self.fieldKeywords.contains) ?? false
        isInlineModule = reader.token.kind == .leftParenthesis && isField
    }

    private static let fieldKeywords: Set<Keyword> = [
        .type, .rec, .import, .func, .table, .memory, .global, .tag, .export, .start, .elem, .data,
    ]

    /// The next command, nil at the end.
    package mutating func next() -> ScriptCommand? {
        let start = reader.token
        guard start.kind != .end else { return nil }
        let location = reader.text.location(Int(start.start))
        let resume = start.kind == .leftParenthesis ? reader.closing + 1 : reader.position + 1
        if isInlineModule {
            defer { reader.move(to: .max) }
            isInlineModule = false
            return ScriptCommand(kind: .module(inlineModule()), location: location)
        }
        do throws(TextError) {
            return ScriptCommand(kind: try command(), location: location)
        } catch {
            reader.move(to: resume)
            return ScriptCommand(kind: .malformed(error), location: location)
        }
    }

    /// A script that is the fields of a module.
    private mutating func inlineModule() -> ScriptModule {
        var assembler = Assembler(reader)
        let result: Result<[UInt8], TextError>
        do throws(TextError) {
            let bytes = try assembler.module()
            try assembler.reader.expect(.end, "a module field")
            result = .success(bytes)
        } catch {
            result = .failure(error)
        }
        return ScriptModule(
            layer: .module,
            name: nil,
            isDefinition: false,
            form: .text(result)
        )
    }

    private mutating func command() throws(TextError) -> ScriptCommand.Kind {
        guard reader.token.kind == .leftParenthesis, let keyword = reader.following.keyword else {
            throw reader.unexpected("a command")
        }
        switch keyword {
        case .module, .component: return try module()
        case .invoke, .get: return .action(try action())
        case .register: return try register()
        case .script, .input, .output:
            reader.move(to: reader.closing + 1)
            return .refused(keyword.rawValue)
        default: return try assertion(keyword)
        }
    }

    private mutating func register() throws(TextError) -> ScriptCommand.Kind {
        try reader.open(.register)
        let name = try string()
        let instance = identifier()
        try reader.close()
        return .register(name: name, instance: instance)
    }

    // MARK: Assertions

    private mutating func assertion(_ keyword: Keyword) throws(TextError) -> ScriptCommand.Kind {
        guard Self.assertions.contains(keyword) else { throw reader.unexpected("a command") }
        try reader.open(keyword)
        let kind = try assertionBody(keyword)
        try reader.close()
        return kind
    }

    private static let assertions: Set<Keyword> = [
        .assertMalformed, .assertMalformedCustom, .assertInvalid, .assertInvalidCustom,
        .assertUnlinkable, .assertReturn, .assertTrap, .assertException, .assertExhaustion,
    ]

    private mutating func assertionBody(_ keyword: Keyword) throws(TextError) -> ScriptCommand.Kind
    {
        switch keyword {
        case .assertReturn:
            let action = try action()
            var results: [ResultPattern] = []
            while reader.token.kind == .leftParenthesis { results.append(try result()) }
            return .assertReturn(action, results)
        case .assertException: return .assertException(try action())
        case .assertExhaustion: return .assertExhaustion(try action(), try text())
        case .assertTrap:
            if layer != nil { return .assertUninstantiable(try source(), try text()) }
            return .assertTrap(try action(), try text())
        case .assertUnlinkable: return .assertUnlinkable(try source(), try text())
        case .assertInvalid: return .assertInvalid(try definition(), try text())
        // An annotation breaks its rules: the assembler finds that, whichever rules they are.
        default: return .assertMalformed(try definition(), try text())
        }
    }

    // MARK: Modules

    /// What `(module` or `(component` opens, if one of them comes next.
    private var layer: ScriptModule.Layer? {
        if reader.opens(.module) { return .module }
        return reader.opens(.component) ? .component : nil
    }

    private mutating func module() throws(TextError) -> ScriptCommand.Kind {
        if let (layer, name, definition) = try instance() {
            return .instance(layer, name: name, of: definition)
        }
        return .module(try definition())
    }

    private mutating func source() throws(TextError) -> InstanceSource {
        if let (layer, _, definition) = try instance() { return .definition(layer, definition) }
        return .module(try definition())
    }

    /// Reads `(module instance …)` or `(component instance …)` if it comes next.
    private mutating func instance() throws(TextError) -> (
        layer: ScriptModule.Layer, name: String?, definition: String?
    )? {
        guard let layer, reader.token(at: reader.position + 2).keyword == .instance else {
            return nil
        }
        reader.move(to: reader.position + 3)
        let first = identifier()
        let second = identifier()
        try reader.close()
        return second == nil ? (layer, nil, first) : (layer, first, second)
    }

    /// Reads a module or a component in one of its forms. What is wrong within its text is part of
    /// the result.
    private mutating func definition() throws(TextError) -> ScriptModule {
        guard let layer else { throw reader.unexpected("`(module` or `(component`") }
        let next = reader.closing + 1
        reader.move(to: reader.position + 2)
        let isDefinition = reader.take(.definition)
        let start = reader
        let name = identifier()
        let form: ScriptModule.Form
        if reader.take(.binary) {
            form = .binary(reader.dataString())
            try reader.close()
        } else if reader.take(.quote) {
            form = .quote(reader.dataString())
            try reader.close()
        } else {
            form = .text(layer == .module ? assembleModule(start) : assembleComponent(start))
            reader.move(to: next)
        }
        return ScriptModule(layer: layer, name: name, isDefinition: isDefinition, form: form)
    }

    /// Reads the name of a module, its fields and the parenthesis that closes it.
    private func assembleModule(_ start: TokenReader) -> Result<[UInt8], TextError> {
        var assembler = Assembler(start)
        assembler.moduleName()
        do throws(TextError) {
            let bytes = try assembler.module()
            try assembler.reader.close()
            return .success(bytes)
        } catch {
            return .failure(error)
        }
    }

    /// Reads the name of a component, its definitions and the parenthesis that closes it.
    private func assembleComponent(_ start: TokenReader) -> Result<[UInt8], TextError> {
        var assembler = ComponentAssembler(start)
        do throws(TextError) {
            let binding = try assembler.binding("component")
            let bytes = try assembler.component(binding)
            try assembler.reader.close()
            return .success(bytes)
        } catch {
            return .failure(error)
        }
    }

    // MARK: Actions

    private mutating func action() throws(TextError) -> ScriptCommand.Action {
        if reader.takeOpening(.get) {
            let instance = identifier()
            let name = try string()
            try reader.close()
            return .get(instance: instance, name: name)
        }
        try reader.open(.invoke)
        let instance = identifier()
        let name = try string()
        var arguments: [Literal] = []
        while reader.token.kind == .leftParenthesis { arguments.append(try literal()) }
        try reader.close()
        return .invoke(instance: instance, name: name, arguments: arguments)
    }

    /// Reads an identifier if one comes next, and returns its name.
    private mutating func identifier() -> String? {
        reader.takeIdentifier().map {
            String(decoding: reader.text.symbols.name($0), as: UTF8.self)
        }
    }

    /// Reads a string that has to be UTF-8.
    private mutating func string() throws(TextError) -> String {
        String(decoding: try reader.name(), as: UTF8.self)
    }

    /// Reads the words that an error has to begin with.
    private mutating func text() throws(TextError) -> String {
        let token = try reader.expect(.string, "a string")
        return String(decoding: reader.text.string(token), as: UTF8.self)
    }
}
