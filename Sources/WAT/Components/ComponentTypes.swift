import ComponentModel

// Types of functions, components and instances, resource types, and uses of types.
// Spec: Explainer "Type Definitions"
extension ComponentAssembler {
    /// Reads the definition of a type; in a component it may be exported where it stands.
    mutating func typeDefinition() throws(TextError) {
        try reader.open(.type)
        let binding = try binding("type")
        let exports = scope.kind == .component ? try inlineExports() : []
        if try !takeInvertedAlias(.type, binding) {
            let type = try defType(binding.symbol)
            add(.type, type)
            bind(.type, binding)
        }
        export(exports, .type)
        try reader.close()
    }

    /// Reads a type that may be defined. Spec: Binary "deftype"
    private mutating func defType(_ identifier: SymbolTable.Symbol?) throws(TextError) -> [UInt8] {
        if let type = takePrimitiveType() { return [type] }
        let type: [UInt8]
        if reader.takeOpening(.func) {
            type = try functionType()
        } else if reader.takeOpening(.component) {
            type = try componentType(identifier)
        } else if reader.takeOpening(.instance) {
            type = try instanceType(identifier)
        } else if reader.takeOpening(.resource) {
            type = try resourceType()
        } else {
            return try defValType()
        }
        try reader.close()
        return type
    }

    /// Reads what follows the sort of something that has a type: a reference to a type, or the type
    /// itself, which is defined then. Returns its index.
    mutating func typeUse(_ sort: Sort) throws(TextError) -> UInt32 {
        let typeSort = sort == .core(.module) ? Sort.core(.type) : .type
        if opensTypeReference {
            try reader.open(.type)
            let index = try reference(typeSort)
            try reader.close()
            return index
        }
        switch sort {
        case .component: add(.type, try componentType(nil))
        case .instance: add(.type, try instanceType(nil))
        case .core: add(.coreType, try moduleType(nil))
        case .function, .value, .type: add(.type, try functionType())
        }
        return bind(typeSort)
    }

    /// Spec: Binary "functype"
    private mutating func functionType() throws(TextError) -> [UInt8] {
        var bytes: [UInt8] = [reader.take(.async) ? 0x43 : 0x40]
        var count = 0
        var parameters: [UInt8] = []
        while reader.takeOpening(.param) {
            parameters.append(list: try reader.name())
            parameters += try valueType()
            try reader.close()
            count += 1
        }
        bytes.append(unsigned: count)
        bytes += parameters
        return bytes + (try resultList())
    }

    /// Reads a result if there is one. Spec: Binary "resultlist"
    mutating func resultList() throws(TextError) -> [UInt8] {
        guard reader.takeOpening(.result) else { return [0x01, 0x00] }
        let type = try valueType()
        try reader.close()
        return [0x00] + type
    }

    /// Spec: Binary "resourcetype"
    private mutating func resourceType() throws(TextError) -> [UInt8] {
        try reader.open(.rep)
        var bytes: [UInt8] = [0x3F] + (try coreValueType())
        try reader.close()
        if reader.takeOpening(.dtor) {
            bytes.append(0x01)
            bytes.append(unsigned: try indexOrReference(.core(.function)))
            try reader.close()
        } else {
            bytes.append(0x00)
        }
        return bytes
    }

    /// Spec: Binary "componenttype"
    private mutating func componentType(
        _ identifier: SymbolTable.Symbol?
    ) throws(TextError) -> [UInt8] {
        [0x41] + (try declarators(.componentType, identifier))
    }

    /// Spec: Binary "instancetype"
    private mutating func instanceType(
        _ identifier: SymbolTable.Symbol?
    ) throws(TextError) -> [UInt8] {
        [0x42] + (try declarators(.instanceType, identifier))
    }

    private mutating func declarators(
        _ kind: ComponentScope.Kind,
        _ identifier: SymbolTable.Symbol?
    ) throws(TextError) -> [UInt8] {
        try enterType()
        scopes.append(ComponentScope(kind, identifier))
        while reader.token.kind == .leftParenthesis { try declarator() }
        let bytes = scope.definitions.encoded()
        scopes.removeLast()
        leaveType()
        return bytes
    }

    /// Spec: Binary "componentdecl", "instancedecl"
    private mutating func declarator() throws(TextError) {
        switch reader.following.keyword {
        case .core:
            reader.advance()
            reader.advance()
            guard reader.token.keyword == .type else { throw reader.unexpected("`type`") }
            try coreTypeDefinition()
            try reader.close()
        case .type: try typeDefinition()
        case .alias: try alias()
        case .import where scope.kind == .componentType: try importDefinition()
        case .export: try exportDeclaration()
        default:
            reader.advance()
            throw reader.unexpected("a declarator")
        }
    }
}
