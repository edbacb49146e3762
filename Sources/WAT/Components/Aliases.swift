import ComponentModel

// Aliases. Spec: Explainer "Alias Definitions", Binary "alias"
extension ComponentAssembler {
    /// Reads an alias, which binds its own identifier.
    mutating func alias() throws(TextError) {
        try reader.open(.alias)
        let target = try aliasTarget()
        try reader.expect(.leftParenthesis, "`(`")
        let isCore = if case .coreExport = target { true } else { false }
        if isCore, reader.token.keyword != .core { throw reader.unexpected("`core`") }
        // All types are core types in a module's type.
        let sort = scope.kind == .moduleType ? .core(try coreSort()) : try sort()
        try add(target, sort, try binding(sort.category))
        try reader.close()
        try reader.close()
    }

    /// Reads `(alias …)` behind the sort and identifier of what it defines, if that comes next.
    mutating func takeInvertedAlias(_ sort: Sort, _ binding: Binding) throws(TextError) -> Bool {
        guard reader.opens(.alias), isInvertedAlias else { return false }
        try reader.open(.alias)
        try add(try aliasTarget(), sort, binding)
        try reader.close()
        return true
    }

    /// Whether the alias that comes next names no sort of its own.
    private var isInvertedAlias: Bool {
        reader.token(at: reader.closing - 1).kind != .rightParenthesis
    }

    /// What an alias stands for, as far as that shows before its sort is known.
    private enum AliasTarget {
        case export(instance: UInt32, name: [UInt8])
        case coreExport(instance: UInt32, name: [UInt8])
        /// An index of a scope, and one of its definitions.
        case outer(Token, Token)
    }

    private mutating func aliasTarget() throws(TextError) -> AliasTarget {
        if reader.take(.export) {
            let instance = try index(.instance)
            return .export(instance: instance, name: try reader.name())
        }
        if reader.take(.core) {
            guard reader.take(.export) else { throw reader.unexpected("`export`") }
            let instance = try index(.core(.instance))
            return .coreExport(instance: instance, name: try reader.name())
        }
        guard reader.take(.outer) else { throw reader.unexpected("`export`, `core` or `outer`") }
        let scope = try indexToken()
        return .outer(scope, try indexToken())
    }

    /// Reads a number or an identifier, of what it is not known yet.
    private mutating func indexToken() throws(TextError) -> Token {
        let token = reader.token
        guard token.kind == .natural || token.kind == .identifier else {
            throw reader.unexpected("an index")
        }
        if token.kind == .natural { _ = try u32() } else { reader.advance() }
        return token
    }

    private mutating func add(
        _ target: AliasTarget,
        _ sort: Sort,
        _ binding: Binding
    ) throws(TextError) {
        switch target {
        case .export(let instance, let name), .coreExport(let instance, let name):
            addExportAlias(instance, name, sort, binding)
        case .outer(let scope, let item):
            let (count, index) = outerIndex(scope, item, sort)
            addOuterAlias(count, index, sort, binding)
        }
    }

    /// What the tokens of an outer alias name: how many scopes further out, and which index there.
    private mutating func outerIndex(
        _ outer: Token,
        _ item: Token,
        _ sort: Sort
    ) -> (count: UInt32, index: UInt32) {
        var count = number(outer)
        if outer.kind == .natural, item.kind == .natural { return (count, number(item)) }
        if outer.kind == .identifier {
            let found = scopes.reversed().enumerated().first {
                $0.element.identifier == outer.value
            }
            guard let found else {
                let name = reader.text.spelling(outer).dropFirst()
                note(error("outer component `\(name)` not found", outer))
                return (0, 0)
            }
            count = UInt32(truncatingIfNeeded: found.offset)
        }
        guard Int(count) < scopes.count else {
            note(error("outer count of `\(count)` is too large", outer))
            return (count, 0)
        }
        if item.kind == .natural { return (count, number(item)) }
        guard let index = scopes[scopes.count - 1 - Int(count)][sort][item.value] else {
            note(reader.unknown(sort.category, at: item))
            return (count, 0)
        }
        return (count, index)
    }

    /// The value of a natural number that has been checked.
    private func number(_ token: Token) -> UInt32 {
        guard token.kind == .natural else { return 0 }
        let value = IntegerLiteral.natural(reader.text.bytes, token.range)
        return UInt32(truncatingIfNeeded: value ?? 0)
    }

    private func error(_ message: String, _ token: Token) -> TextError {
        TextError(at: reader.text.location(Int(token.start)), message)
    }

    /// Adds an alias of what an instance exports, and returns the index that it takes.
    @discardableResult
    mutating func addExportAlias(
        _ instance: UInt32,
        _ name: [UInt8],
        _ sort: Sort,
        _ binding: Binding?
    ) -> UInt32 {
        var bytes = sort.code
        bytes.append(sort.exporter == .core(.instance) ? 0x01 : 0x00)
        bytes.append(unsigned: instance)
        bytes.append(list: name)
        add(.alias, bytes)
        return bind(sort, binding)
    }

    /// Adds an alias of what the scope `count` levels further out has at `index`.
    @discardableResult
    mutating func addOuterAlias(
        _ count: UInt32,
        _ index: UInt32,
        _ sort: Sort,
        _ binding: Binding?
    ) -> UInt32 {
        // The alias of a module's type has no word for anything but core sorts.
        var bytes = scope.kind == .moduleType ? [CoreSort.type.code] : sort.code
        bytes.append(scope.kind == .moduleType ? 0x01 : 0x02)
        bytes.append(unsigned: count)
        bytes.append(unsigned: index)
        add(.alias, bytes)
        return bind(sort, binding)
    }
}
