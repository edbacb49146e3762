import Wasm

// The fields of a module. Spec: core/text/modules
extension Assembler {
    /// Binds the identifiers of the next field.
    mutating func declareField() throws(TextError) {
        switch reader.following.keyword {
        case .type, .rec: declareTypes()
        case .import: try declareImport()
        case .func: declare(.function)
        case .tag: declare(.tag)
        case .global: declare(.global)
        case .memory:
            declare(.memory)
            if [.i32, .i64].contains(reader.token.keyword) { reader.advance() }
            if reader.opens(.data) { _ = self[.data].bind(nil) }
        case .table:
            declare(.table)
            if [.i32, .i64].contains(reader.token.keyword) { reader.advance() }
            skipReferenceType()
            if reader.opens(.elem) { _ = self[.element].bind(nil) }
        case .elem:
            _ = reader.takeOpening(.elem)
            bind(.element)
        case .data:
            _ = reader.takeOpening(.data)
            bind(.data)
        default:
            break
        }
    }

    /// Goes past one token, or a parenthesis with all that is in it.
    private mutating func skipReferenceType() {
        if reader.opens(.ref) {
            reader.move(to: reader.closing + 1)
        } else if reader.token.keyword != nil {
            reader.advance()
        }
    }

    /// Binds what the next field defines or imports, and goes up to what makes it one or the other.
    private mutating func declare(_ space: Space) {
        reader.advance()
        reader.advance()
        bind(space)
        while reader.opens(.export) { reader.move(to: reader.closing + 1) }
        if reader.opens(.import) {
            checkImport()
        } else {
            lastDefinition = space
        }
    }

    private mutating func declareImport() throws(TextError) {
        checkImport()
        reader.advance()
        reader.advance()
        while reader.token.kind == .string { reader.advance() }
        guard reader.token.kind == .leftParenthesis, let keyword = reader.following.keyword,
            let space = Self.importable[keyword]
        else { return }
        reader.advance()
        reader.advance()
        bind(space)
    }

    static let importable: [Keyword: Space] = [
        .func: .function, .table: .table, .memory: .memory, .global: .global, .tag: .tag,
    ]

    /// Imports come before definitions. Spec: core/text/modules#text-module
    private mutating func checkImport() {
        guard let lastDefinition else { return }
        note(reader.error("import after \(lastDefinition.category) definition", at: reader.token))
    }

    /// Reads the next field.
    mutating func field() throws(TextError) {
        switch reader.following.keyword {
        case .type, .rec: reader.move(to: reader.closing + 1)
        case .import: try importField()
        case .func: try functionField()
        case .table: try tableField()
        case .memory: try memoryField()
        case .global: try globalField()
        case .tag: try tagField()
        case .export: try exportField()
        case .start: try startField()
        case .elem: try elementField()
        case .data: try dataField()
        default: throw reader.unexpected("a module field")
        }
    }

    /// The module in the binary format, when all fields are read.
    func encoded() -> [UInt8] {
        var sections = sections
        types.write(to: &sections)
        let nameSection = names.contents()
        if !nameSection.isEmpty { sections.addCustom(Array("name".utf8), nameSection, at: .last) }
        return sections.module()
    }
}

// MARK: Imports and exports

extension Assembler {
    /// Reads an import.
    /// Spec: core/text/modules#imports
    private mutating func importField() throws(TextError) {
        try reader.open(.import)
        let module = try reader.name()
        let name = try reader.name()
        guard reader.token.kind == .leftParenthesis, let keyword = reader.following.keyword,
            let space = Self.importable[keyword]
        else { throw reader.unexpected("an external type") }
        try reader.open(keyword)
        let index = reach(space)
        let binding = try bindingName(space.category)
        keepName(binding, space, index)
        try addImport(module, name, space)
        try reader.close()
        try reader.close()
    }

    /// Keeps the name of a function or a tag; those of other things have no place to go.
    private mutating func keepName(_ name: [UInt8]?, _ space: Space, _ index: UInt32) {
        guard let name else { return }
        if space == .function { names.functions[index] = name }
        if space == .tag { names.tags[index] = name }
    }

    /// Reads the type of something imported, and adds the import.
    /// Spec: core/binary/modules#binary-import
    private mutating func addImport(
        _ module: [UInt8],
        _ name: [UInt8],
        _ space: Space
    ) throws(TextError) {
        let type = try externType(space) { assembler throws(TextError) in
            try assembler.namedTypeUse()
        }
        sections.add(.import) { bytes in
            bytes.append(list: module)
            bytes.append(list: name)
            bytes.append(contentsOf: type)
        }
    }

    /// Reads what follows the keyword of `space` in an external type, with `typeUse` for functions.
    /// Spec: core/binary/types#external-types
    mutating func externType(
        _ space: Space,
        _ typeUse: (inout Assembler) throws(TextError) -> UInt32
    ) throws(TextError) -> [UInt8] {
        var type: [UInt8] = []
        switch space {
        case .function:
            type.append(0)
            type.append(unsigned: try typeUse(&self))
        case .table:
            type.append(1)
            type.append(try tableType(try addressType()))
        case .memory:
            type.append(2)
            type.append(try memoryType(try addressType()))
        case .global:
            type.append(3)
            type.append(try globalType())
        case .tag:
            type.append(4)
            type.append(0)
            type.append(unsigned: try typeUse(&self))
        case .type, .element, .data, .local:
            break
        }
        return type
    }

    /// Reads the start of a field: its identifier, its exports, and, if it has one, its import.
    ///
    /// Spec: core/text/modules#abbreviations
    mutating func startOfField(
        _ keyword: Keyword,
        _ space: Space
    ) throws(TextError) -> (index: UInt32, isImport: Bool) {
        try reader.open(keyword)
        let index = reach(space)
        keepName(try bindingName(space.category), space, index)
        while reader.takeOpening(.export) {
            addExport(try reader.name(), space, index)
            try reader.close()
        }
        guard reader.takeOpening(.import) else { return (index, false) }
        let module = try reader.name()
        let name = try reader.name()
        try reader.close()
        try addImport(module, name, space)
        try reader.close()
        return (index, true)
    }

    /// Reads an export.
    /// Spec: core/text/modules#exports
    private mutating func exportField() throws(TextError) {
        try reader.open(.export)
        let name = try reader.name()
        guard reader.token.kind == .leftParenthesis, let keyword = reader.following.keyword,
            let space = Self.importable[keyword]
        else { throw reader.unexpected("an external index") }
        try reader.open(keyword)
        addExport(name, space, try index(space))
        try reader.close()
        try reader.close()
    }

    /// Adds the export of what `space` holds at `index`.
    /// Spec: core/binary/modules#binary-export
    private mutating func addExport(_ name: [UInt8], _ space: Space, _ index: UInt32) {
        let kind: UInt8 =
            switch space {
            case .function: 0
            case .table: 1
            case .memory: 2
            case .global: 3
            case .tag, .type, .element, .data, .local: 4
            }
        sections.add(.export) { bytes in
            bytes.append(list: name)
            bytes.append(kind)
            bytes.append(unsigned: index)
        }
    }
}
