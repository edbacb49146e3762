import Wasm

/// Turns a module in the text format into one in the binary format.
///
/// The fields are read three times: once to bind identifiers, once for the types, and once for the
/// rest, whose contents go into their sections as they are read. Errors that the grammar does not
/// show (an unknown identifier, say) are kept until the end, since an error of grammar comes first
/// wherever it stands.
///
/// Spec: core/text/modules
package struct Assembler {
    var reader: TokenReader
    private var spaces = Space.allCases.map { IndexSpace($0.category) }
    /// How many of each space the last reading has gone past.
    private var reached = [UInt32](repeating: 0, count: Space.allCases.count)
    var types = TypeDefinitions()
    var sections = Sections()
    var names = NameSection()
    var annotations: AnnotationCursor
    /// What the kind of the last definition is, of those that no import may follow.
    var lastDefinition: Space?
    var body = FunctionText()
    /// The type that the instruction being read has named last.
    var lastType: UInt32 = 0
    /// The first error that the grammar does not show.
    private(set) var firstError: TextError?

    /// Reads `text` as a module, and returns it in the binary format.
    ///
    /// It follows the grammar, which does not make it valid. Throws where it does not.
    /// Spec: core/appendix/embedding#embed-module-parse
    package static func assemble(_ text: [UInt8]) throws(TextError) -> [UInt8] {
        var assembler = Assembler(TokenReader(try TokenizedText(text)))
        let hasParentheses = assembler.reader.opens(.module)
        if hasParentheses {
            try assembler.reader.open(.module)
            assembler.moduleName()
        }
        let bytes = try assembler.module()
        if hasParentheses { try assembler.reader.close() }
        try assembler.reader.expect(.end, "end of text")
        return bytes
    }

    /// Reads what `reader` has next.
    init(_ reader: TokenReader) {
        self.reader = reader
        annotations = AnnotationCursor(reader.text)
    }

    /// Reads the name of a module, and keeps it for the name section.
    @discardableResult
    mutating func moduleName() -> SymbolTable.Symbol? {
        let symbol = reader.takeIdentifier()
        names.module = symbol.map { Array(reader.text.symbols.name($0)) }
        return symbol
    }

    /// Reads the fields of a module, up to a parenthesis that closes it or the end of the text.
    mutating func module() throws(TextError) -> [UInt8] {
        let start = reader.position
        if let name = try annotations.name(reader, of: "module") { names.module = name }
        try eachField { assembler throws(TextError) in try assembler.declareField() }
        reader.move(to: start)
        try eachField { assembler throws(TextError) in try assembler.typeField() }
        reader.move(to: start)
        while reader.token.kind == .leftParenthesis {
            try customSections()
            try field()
        }
        try customSections()
        guard [.rightParenthesis, .end].contains(reader.token.kind) else {
            throw reader.unexpected("a module field")
        }
        if let firstError { throw firstError }
        try annotations.checkAllUsed(reader, from: start)
        return encoded()
    }

    /// Does `read` at each field, and goes on behind the field wherever that has stopped.
    private mutating func eachField(
        _ read: (inout Assembler) throws(TextError) -> Void
    ) throws(TextError) {
        while reader.token.kind == .leftParenthesis {
            let next = reader.closing + 1
            try read(&self)
            reader.move(to: next)
        }
    }

    /// Keeps `error` if it is the first.
    mutating func note(_ error: TextError) {
        if firstError == nil { firstError = error }
    }
}

// MARK: Indices

extension Assembler {
    /// The index spaces of a module, and that of a function's locals.
    /// Spec: core/text/modules#text-index
    enum Space: Int, CaseIterable {
        case type, function, table, memory, global, tag, element, data, local

        var category: String {
            switch self {
            case .type: "type"
            case .function: "function"
            case .table: "table"
            case .memory: "memory"
            case .global: "global"
            case .tag: "tag"
            case .element: "elem segment"
            case .data: "data segment"
            case .local: "local"
            }
        }
    }

    subscript(space: Space) -> IndexSpace {
        get { spaces[space.rawValue] }
        _modify { yield &spaces[space.rawValue] }
    }

    /// Takes the next index of `space`, and binds the identifier to it that comes next, if any.
    mutating func bind(_ space: Space) {
        let token = reader.token
        if !self[space].bind(reader.takeIdentifier()) {
            note(reader.error("duplicate \(space.category)", at: token))
        }
    }

    /// The next index of `space` that the fields, as they are read, come to.
    mutating func reach(_ space: Space) -> UInt32 {
        defer { reached[space.rawValue] += 1 }
        return reached[space.rawValue]
    }

    /// Reads an index: a number, or an identifier of `space`.
    mutating func index(_ space: Space) throws(TextError) -> UInt32 {
        guard let index = try indexIfAny(space) else {
            throw reader.unexpected("a \(space.category) index")
        }
        return index
    }

    /// Reads an index if one comes next.
    mutating func indexIfAny(_ space: Space) throws(TextError) -> UInt32? {
        let token = reader.token
        if token.kind == .natural { return try reader.u32() }
        guard let symbol = reader.takeIdentifier() else { return nil }
        if let index = self[space][symbol] { return index }
        note(reader.unknown(self[space].category, at: token))
        return 0
    }
}
