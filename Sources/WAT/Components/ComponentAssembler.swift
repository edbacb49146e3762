import ComponentModel
import Wasm

/// Turns a component in the text format into one in the binary format.
///
/// Definitions refer only to what stands before them, so they are read once and written as they are
/// read. What a definition has within it that the binary format has no place for (a type, an alias, an
/// instance) is written as a definition of its own, before it. Errors that the grammar does not show
/// are kept until the end, as in a module.
///
/// Spec: Explainer "Grammar"
package struct ComponentAssembler {
    var reader: TokenReader
    var annotations: AnnotationCursor
    /// The component or type that is being read is the last, what encloses it stands before it.
    var scopes: [ComponentScope] = []
    /// Bytes of core modules, which stand in the text by their names alone.
    var modules: [[UInt8]: [UInt8]] = [:]
    private var componentNesting = 0
    private var typeNesting = 0
    /// The first error that the grammar does not show.
    private var firstError: TextError?

    /// Reads `text` as a component in its parentheses, and returns it in the binary format.
    ///
    /// It follows the grammar, which does not make it valid. Throws where it does not.
    package static func assemble(_ text: [UInt8]) throws(TextError) -> [UInt8] {
        var assembler = ComponentAssembler(TokenReader(try TokenizedText(text)))
        try assembler.reader.open(.component)
        let binding = try assembler.binding("component")
        let bytes: [UInt8]
        if assembler.reader.take(.binary) {
            bytes = assembler.reader.dataString()
        } else {
            bytes = try assembler.component(binding)
        }
        try assembler.reader.close()
        try assembler.reader.expect(.end, "end of text")
        return bytes
    }

    /// Reads `text` as a component some of whose core modules have no text: `(core module $NAME)` stands
    /// for the bytes in `modules` of that name.
    static func assemble(
        _ text: [UInt8],
        modules: [String: [UInt8]]
    ) throws(TextError) -> [UInt8] {
        var assembler = ComponentAssembler(TokenReader(try TokenizedText(text)))
        for (name, bytes) in modules { assembler.modules[Array(name.utf8)] = bytes }
        try assembler.reader.open(.component)
        let bytes = try assembler.component(try assembler.binding("component"))
        try assembler.reader.close()
        try assembler.reader.expect(.end, "end of text")
        return bytes
    }

    /// Reads `text` as the definitions of a component, and returns that in the binary format.
    package static func assemble(definitions text: [UInt8]) throws(TextError) -> [UInt8] {
        var assembler = ComponentAssembler(TokenReader(try TokenizedText(text)))
        let bytes = try assembler.component(Binding(symbol: nil, token: assembler.reader.token))
        try assembler.reader.expect(.end, "end of text")
        return bytes
    }

    /// Reads what `reader` has next.
    init(_ reader: TokenReader) {
        self.reader = reader
        self.reader.isInComponent = true
        annotations = AnnotationCursor(reader.text)
    }

    /// Reads the definitions of the outermost component, up to a parenthesis that closes it or the end
    /// of the text.
    mutating func component(_ binding: Binding) throws(TextError) -> [UInt8] {
        let bytes = try definitions(of: binding)
        if let firstError { throw firstError }
        return bytes
    }

    /// Keeps `error` if it is the first.
    mutating func note(_ error: TextError) {
        if firstError == nil { firstError = error }
    }
}

// MARK: Scopes

extension ComponentAssembler {
    /// The component or type that is being read.
    var scope: ComponentScope {
        _read { yield scopes[scopes.count - 1] }
        _modify { yield &scopes[scopes.count - 1] }
    }

    /// Adds a definition to what is being read.
    mutating func add(_ kind: DefinitionKind, _ definition: [UInt8]) {
        scope.definitions.add(kind, definition)
    }

    /// Goes one component further in. Throws where that is too far.
    mutating func enterComponent() throws(TextError) {
        componentNesting += 1
        if componentNesting > ComponentLimits.nesting { throw nestingTooDeep() }
    }

    mutating func leaveComponent() { componentNesting -= 1 }

    /// Goes one type further in. Throws where that is too far.
    mutating func enterType() throws(TextError) {
        typeNesting += 1
        if typeNesting > ComponentLimits.typeNesting { throw nestingTooDeep() }
    }

    mutating func leaveType() { typeNesting -= 1 }

    private func nestingTooDeep() -> TextError {
        TextError(at: reader.text.location(Int(reader.token.start)), "nesting too deep")
    }
}

// MARK: Identifiers

extension ComponentAssembler {
    /// The identifier of a definition, if it has one, and its name.
    struct Binding {
        var symbol: SymbolTable.Symbol?
        /// Where it stands, or would.
        var token: Token
        var name: [UInt8]?
    }

    /// Reads the identifier and the name of a `thing`, where it has them.
    mutating func binding(_ thing: String) throws(TextError) -> Binding {
        let token = reader.token
        let symbol = reader.takeIdentifier()
        let identifier = symbol.map { Array(reader.text.symbols.name($0)) }
        let name = try annotations.name(reader, of: thing) ?? identifier
        return Binding(symbol: symbol, token: token, name: name)
    }

    /// Takes the next index of `sort`, and binds the identifier to it, if there is one.
    @discardableResult
    mutating func bind(_ sort: Sort, _ binding: Binding? = nil) -> UInt32 {
        let index = scope[sort].count
        guard let binding else {
            _ = scope[sort].bind(nil)
            return index
        }
        if !scope[sort].bind(binding.symbol) {
            note(reader.error("duplicate \(sort.category) identifier", at: binding.token))
        }
        if let name = binding.name { scope.names.add(name, sort, index) }
        return index
    }
}

// MARK: Core WebAssembly

extension ComponentAssembler {
    /// Reads with an assembler of modules, to which the core types of what is being read are types.
    mutating func withCoreTypes<Result>(
        _ read: (inout Assembler) throws(TextError) -> Result
    ) throws(TextError) -> Result {
        var assembler = Assembler(reader)
        swap(&assembler[.type], &scope[.core(.type)])
        let result = try read(&assembler)
        swap(&assembler[.type], &scope[.core(.type)])
        reader.move(to: assembler.reader.position)
        if let error = assembler.firstError { note(error) }
        return result
    }

    /// Reads a core value type, and returns it in the binary format.
    mutating func coreValueType() throws(TextError) -> [UInt8] {
        let type = try withCoreTypes { assembler throws(TextError) in try assembler.valueType() }
        var bytes: [UInt8] = []
        bytes.append(type)
        return bytes
    }
}
