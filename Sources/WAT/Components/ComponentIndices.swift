import ComponentModel

// Indices, references to what instances export, and outer aliases that identifiers make.
// Spec: Explainer "Index Spaces", "Alias Definitions"
extension ComponentAssembler {
    mutating func u32() throws(TextError) -> UInt32 {
        let value = try reader.natural("invalid u32 number:", upTo: UInt64(UInt32.max))
        return UInt32(truncatingIfNeeded: value)
    }

    /// Reads an index: a number, or an identifier of `sort`.
    mutating func index(_ sort: Sort) throws(TextError) -> UInt32 {
        let token = reader.token
        if token.kind == .natural { return try u32() }
        guard let symbol = reader.takeIdentifier() else {
            throw reader.unexpected("a \(sort.category) index")
        }
        return index(of: symbol, sort, token)
    }

    /// What the identifier `token` means; an outer alias is made where an enclosing scope binds it.
    private mutating func index(
        of symbol: SymbolTable.Symbol,
        _ sort: Sort,
        _ token: Token
    ) -> UInt32 {
        for (depth, scope) in scopes.reversed().enumerated() {
            guard let index = scope[sort][symbol] else { continue }
            if depth == 0 { return index }
            guard sort.isOuterAliasable else {
                note(outerItemError(token))
                return 0
            }
            return addOuterAlias(UInt32(truncatingIfNeeded: depth), index, sort, nil)
        }
        note(reader.unknown(sort.category, at: token))
        return 0
    }

    private func outerItemError(_ token: Token) -> TextError {
        TextError(
            at: reader.text.location(Int(token.start)),
            "outer item `\(reader.text.spelling(token).dropFirst())` is not a module, type, or component"
        )
    }

    /// Reads an index, and names after it that project an export of an export ... of an instance.
    mutating func reference(_ sort: Sort) throws(TextError) -> UInt32 {
        guard reader.following.kind == .string else { return try index(sort) }
        guard let instanceSort = sort.exporter else {
            throw reader.error("core instances cannot export this kind of item", at: reader.token)
        }
        var item = try index(instanceSort)
        repeat {
            let name = try reader.name()
            let isLast = reader.token.kind != .string || instanceSort == .core(.instance)
            item = addExportAlias(item, name, isLast ? sort : instanceSort, nil)
            if isLast { break }
        } while true
        return item
    }

    /// Reads an index, or a reference in parentheses. Core references have the word `core` before
    /// them, which older texts leave out.
    mutating func indexOrReference(_ sort: Sort) throws(TextError) -> UInt32 {
        guard reader.token.kind == .leftParenthesis else { return try index(sort) }
        reader.advance()
        if case .core = sort { _ = reader.take(.core) }
        guard reader.take(sort.keyword) else {
            throw reader.unexpected("`\(sort.keyword.rawValue)`")
        }
        let index = try reference(sort)
        try reader.close()
        return index
    }

    /// Reads what follows the keyword `memory`: an index, or a reference in parentheses.
    mutating func memoryIndex() throws(TextError) -> UInt32 {
        reader.token.kind == .leftParenthesis
            ? try indexOrReference(.core(.memory)) : try reference(.core(.memory))
    }

    /// Whether `(type` with an index or a reference comes next, rather than a definition of a type.
    var opensTypeReference: Bool {
        guard reader.opens(.type) else { return false }
        let index = reader.token(at: reader.position + 2).kind
        let next = reader.token(at: reader.position + 3).kind
        return (index == .natural || index == .identifier)
            && (next == .rightParenthesis || next == .string)
    }

    /// Reads the word, or the two words, of a sort.
    mutating func sort() throws(TextError) -> Sort {
        if reader.take(.core) { return .core(try coreSort()) }
        let sort: Sort
        switch reader.token.keyword {
        case .func: sort = .function
        case .value: sort = .value
        case .type: sort = .type
        case .component: sort = .component
        case .instance: sort = .instance
        default: throw reader.unexpected("a sort")
        }
        reader.advance()
        return sort
    }

    mutating func coreSort() throws(TextError) -> CoreSort {
        guard let sort = CoreSort.all.first(where: { $0.keyword == reader.token.keyword }) else {
            throw reader.unexpected("a core sort")
        }
        reader.advance()
        return sort
    }

    /// Reads a reference in parentheses to something that is not of the core, or to a core module.
    /// Spec: Explainer "externidx"
    mutating func externIndex() throws(TextError) -> (sort: Sort, index: UInt32) {
        try reader.expect(.leftParenthesis, "`(`")
        let sort = try sort()
        let index = try reference(sort)
        try reader.close()
        return (sort, index)
    }
}
