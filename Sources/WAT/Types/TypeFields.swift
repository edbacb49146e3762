import Wasm

// Type definitions. Spec: core/text/types#composite-types, core/text/types#recursive-types
extension Assembler {
    /// Binds the identifiers of the types that the next field defines, if it does.
    mutating func declareTypes() {
        if reader.takeOpening(.type) {
            bind(.type)
        } else if reader.takeOpening(.rec) {
            while reader.opens(.type) {
                let next = reader.closing + 1
                _ = reader.takeOpening(.type)
                bind(.type)
                reader.move(to: next)
            }
        }
    }

    /// Reads the next field if it defines types.
    mutating func typeField() throws(TextError) {
        var group: [SubType] = []
        if reader.opens(.type) {
            group.append(try typeDefinition())
        } else if reader.takeOpening(.rec) {
            while reader.opens(.type) { group.append(try typeDefinition()) }
            try reader.close()
        } else {
            return
        }
        types.add(group)
    }

    private mutating func typeDefinition() throws(TextError) -> SubType {
        let index = reach(.type)
        try reader.open(.type)
        names.types[index] = try bindingName("type")
        let type = try subType(index)
        try reader.close()
        return type
    }

    /// Goes past an identifier that is bound already, and returns the name of what it is bound to.
    mutating func bindingName(_ thing: String) throws(TextError) -> [UInt8]? {
        let name = reader.takeIdentifier().map { Array(reader.text.symbols.name($0)) }
        return try annotations.name(reader, of: thing) ?? name
    }

    mutating func subType(_ index: UInt32) throws(TextError) -> SubType {
        guard reader.takeOpening(.sub) else {
            return SubType(isFinal: true, supertypes: [], composite: try compositeType(index))
        }
        let isFinal = reader.take(.final)
        var supertypes: [UInt32] = []
        while let supertype = try indexIfAny(.type) { supertypes.append(supertype) }
        let composite = try compositeType(index)
        try reader.close()
        return SubType(isFinal: isFinal, supertypes: supertypes, composite: composite)
    }

    private mutating func compositeType(_ index: UInt32) throws(TextError) -> CompositeType {
        let type: CompositeType
        if reader.takeOpening(.func) {
            type = .function(try functionType())
        } else if reader.takeOpening(.struct) {
            type = .structure(try structureFields(index))
        } else if reader.takeOpening(.array) {
            type = .array(try fieldType())
        } else {
            throw reader.unexpected("a composite type")
        }
        try reader.close()
        return type
    }

    /// Reads the fields of the structure type at `index`.
    private mutating func structureFields(_ index: UInt32) throws(TextError) -> [FieldType] {
        var fields: [FieldType] = []
        var space = IndexSpace("field")
        while reader.takeOpening(.field) {
            let first = fields.count
            let token = reader.token
            let symbol = reader.takeIdentifier()
            let annotated = try annotations.name(reader, of: "field")
            if symbol != nil {
                fields.append(try fieldType())
            } else {
                while reader.token.kind != .rightParenthesis { fields.append(try fieldType()) }
            }
            try reader.close()
            if let symbol {
                if !space.bind(symbol) { note(reader.error("duplicate field", at: token)) }
            } else {
                space.skip(fields.count - first)
            }
            let name = annotated ?? symbol.map { Array(reader.text.symbols.name($0)) }
            guard let name, fields.count == first + 1 else { continue }
            names.fields[index, default: [:]][UInt32(truncatingIfNeeded: first)] = name
        }
        types.fields[index] = space
        return fields
    }

    private mutating func fieldType() throws(TextError) -> FieldType {
        guard reader.takeOpening(.mut) else {
            return FieldType(storage: try storageType(), isMutable: false)
        }
        let storage = try storageType()
        try reader.close()
        return FieldType(storage: storage, isMutable: true)
    }

    private mutating func storageType() throws(TextError) -> StorageType {
        if reader.take(.i8) { return .i8 }
        if reader.take(.i16) { return .i16 }
        return .value(try valueType())
    }
}
