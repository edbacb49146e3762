import Wasm

// Function types, and uses of them. Spec: core/text/types#function-types,
// core/text/modules#type-uses
extension Assembler {
    /// Reads parameters and results. Parameters may have identifiers, which bind nothing.
    mutating func functionType() throws(TextError) -> FunctionType {
        let parameters = try namedParameters { _, _, _ in }
        return FunctionType(parameters: parameters, results: try results())
    }

    /// Reads parameters, and tells `each` of those with a name: its index, the identifier's token
    /// if it has one, and the annotated name if it has one.
    mutating func namedParameters(
        _ each: (UInt32, Token?, [UInt8]?) -> Void
    ) throws(TextError) -> [ValueType] {
        var types: [ValueType] = []
        while reader.takeOpening(.param) {
            let index = UInt32(truncatingIfNeeded: types.count)
            let token = reader.token
            let identifier = reader.takeIdentifier() == nil ? nil : token
            let name = try annotations.name(reader, of: "local")
            if identifier != nil {
                types.append(try valueType())
            } else {
                types += try valueTypes()
            }
            try reader.close()
            if identifier != nil || name != nil { each(index, identifier, name) }
        }
        return types
    }

    /// Reads parameters without identifiers, as blocks and calls have them.
    private mutating func parameters() throws(TextError) -> [ValueType] {
        var types: [ValueType] = []
        while reader.takeOpening(.param) {
            types += try valueTypes()
            try reader.close()
        }
        return types
    }

    mutating func results() throws(TextError) -> [ValueType] {
        var types: [ValueType] = []
        while reader.takeOpening(.result) {
            types += try valueTypes()
            try reader.close()
        }
        return types
    }

    /// Reads `(type x)` if it comes next: the index, and the token that names it.
    mutating func explicitType() throws(TextError) -> (index: UInt32, token: Token)? {
        guard reader.takeOpening(.type) else { return nil }
        let token = reader.token
        let index = try index(.type)
        try reader.close()
        return (index, token)
    }

    /// The type index that `explicit` and the parameters and results written out make.
    mutating func typeIndex(
        _ explicit: (index: UInt32, token: Token)?,
        _ written: FunctionType
    ) -> UInt32 {
        guard let explicit else { return types.index(of: written) }
        if written.parameters.isEmpty, written.results.isEmpty { return explicit.index }
        switch types[explicit.index] {
        case .function(written)?:
            break
        case .function?:
            let message = "inline function type does not match explicit type"
            note(reader.error(message, at: explicit.token))
        case .structure?, .array?:
            note(reader.error("non-function type", at: explicit.token))
        case nil:
            note(reader.error("unknown type", at: explicit.token))
        }
        return explicit.index
    }

    /// Reads a type use that binds nothing, of a call or an import.
    mutating func typeUse() throws(TextError) -> UInt32 {
        let explicit = try explicitType()
        let parameters = try parameters()
        return typeIndex(
            explicit,
            FunctionType(parameters: parameters, results: try results())
        )
    }

    /// Reads a type use whose parameters may have identifiers, of an import or a tag.
    mutating func namedTypeUse() throws(TextError) -> UInt32 {
        let explicit = try explicitType()
        return typeIndex(explicit, try functionType())
    }

    /// Reads a block type, and returns it in the binary format.
    /// Spec: core/text/instructions#text-blocktype, core/binary/instructions#binary-blocktype
    mutating func blockType() throws(TextError) -> [UInt8] {
        let explicit = try explicitType()
        let parameters = try parameters()
        let type = FunctionType(parameters: parameters, results: try results())
        var bytes: [UInt8] = []
        if explicit == nil, type.parameters.isEmpty, type.results.count < 2 {
            if let result = type.results.first {
                bytes.append(result)
            } else {
                bytes.append(0x40)
            }
        } else {
            bytes.append(signed: Int64(typeIndex(explicit, type)))
        }
        return bytes
    }
}
