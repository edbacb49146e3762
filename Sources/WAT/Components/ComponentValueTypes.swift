import ComponentModel

// Types of values. Spec: Explainer "Fundamental value types", Binary "defvaltype"
extension ComponentAssembler {
    /// Reads a primitive type if one comes next.
    mutating func takePrimitiveType() -> UInt8? {
        guard let keyword = reader.token.keyword, let code = Self.primitiveTypes[keyword] else {
            return nil
        }
        reader.advance()
        return code
    }

    /// Spec: Binary "primvaltype"
    private static let primitiveTypes: [Keyword: UInt8] = [
        .bool: 0x7F, .s8: 0x7E, .u8: 0x7D, .s16: 0x7C, .u16: 0x7B, .s32: 0x7A, .u32: 0x79,
        .s64: 0x78, .u64: 0x77, .f32: 0x76, .float32: 0x76, .f64: 0x75, .float64: 0x75,
        .char: 0x74, .string: 0x73, .errorContext: 0x64,
    ]

    /// Reads a type of values. One that is neither primitive nor named is defined, and named.
    /// Spec: Binary "valtype"
    mutating func valueType() throws(TextError) -> [UInt8] {
        if let type = takePrimitiveType() { return [type] }
        let index: UInt32
        if reader.token.kind == .natural || reader.token.kind == .identifier || opensTypeReference {
            index = try indexOrReference(.type)
        } else {
            let type = try defValType()
            add(.type, type)
            index = bind(.type)
        }
        var bytes: [UInt8] = []
        bytes.append(signed: Int64(index))
        return bytes
    }

    /// Reads a type of values unless a parenthesis closes, or another keyword than that of a type
    /// opens; with a byte before it that says whether it is there.
    private mutating func optionalValueType() throws(TextError) -> [UInt8] {
        if reader.token.kind == .rightParenthesis || reader.opens(.error) { return [0x00] }
        return [0x01] + (try valueType())
    }

    /// Reads a type that is made of others. Spec: Binary "defvaltype"
    mutating func defValType() throws(TextError) -> [UInt8] {
        try reader.expect(.leftParenthesis, "a type")
        try enterType()
        let keyword = reader.token.keyword
        guard let keyword, let code = Self.constructors[keyword] else {
            throw reader.unexpected("a type")
        }
        reader.advance()
        var bytes = [code]
        switch keyword {
        case .record: bytes += try fields()
        case .variant: bytes += try cases()
        case .flags, .enum: bytes += try labels()
        case .tuple: bytes += try tupleTypes()
        case .list:
            let element = try valueType()
            if reader.token.kind == .natural {
                bytes = [0x67] + element
                bytes.append(unsigned: try u32())
            } else {
                bytes += element
            }
        case .own, .borrow: bytes.append(unsigned: try indexOrReference(.type))
        case .stream, .future: bytes += try optionalValueType()
        case .result:
            bytes += try optionalValueType()
            if reader.takeOpening(.error) {
                bytes += [0x01] + (try valueType())
                try reader.close()
            } else {
                bytes.append(0x00)
            }
        case .map:
            bytes += try valueType()
            bytes += try valueType()
        default: bytes += try valueType()
        }
        leaveType()
        try reader.close()
        return bytes
    }

    private static let constructors: [Keyword: UInt8] = [
        .record: 0x72, .variant: 0x71, .list: 0x70, .tuple: 0x6F, .flags: 0x6E, .enum: 0x6D,
        .option: 0x6B, .result: 0x6A, .own: 0x69, .borrow: 0x68, .stream: 0x66, .future: 0x65,
        .map: 0x63,
    ]

    private mutating func fields() throws(TextError) -> [UInt8] {
        try vector(.field) { assembler throws(TextError) in
            var field: [UInt8] = []
            field.append(list: try assembler.reader.name())
            return field + (try assembler.valueType())
        }
    }

    /// Reads the cases of a variant, whose identifiers have no use beyond being different.
    private mutating func cases() throws(TextError) -> [UInt8] {
        var space = IndexSpace("variant case")
        return try vector(.case) { assembler throws(TextError) in
            let token = assembler.reader.token
            if !space.bind(assembler.reader.takeIdentifier()) {
                assembler.note(
                    assembler.reader.error("duplicate variant case identifier", at: token)
                )
            }
            var field: [UInt8] = []
            field.append(list: try assembler.reader.name())
            return field + (try assembler.optionalValueType()) + [0x00]
        }
    }

    private mutating func labels() throws(TextError) -> [UInt8] {
        var count = 0
        var labels: [UInt8] = []
        while reader.token.kind == .string {
            labels.append(list: try reader.name())
            count += 1
        }
        var bytes: [UInt8] = []
        bytes.append(unsigned: count)
        return bytes + labels
    }

    private mutating func tupleTypes() throws(TextError) -> [UInt8] {
        var count = 0
        var types: [UInt8] = []
        while reader.token.kind != .rightParenthesis {
            types += try valueType()
            count += 1
        }
        var bytes: [UInt8] = []
        bytes.append(unsigned: count)
        return bytes + types
    }
}
