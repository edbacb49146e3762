import Wasm

// Value, reference and heap types, and those of tables, memories and globals.
// Spec: core/text/types
extension Assembler {
    mutating func valueType() throws(TextError) -> ValueType {
        if let type = try valueTypeIfAny() { return type }
        throw reader.unexpected("a value type")
    }

    /// Reads value types as long as there are any.
    mutating func valueTypes() throws(TextError) -> [ValueType] {
        var types: [ValueType] = []
        while let type = try valueTypeIfAny() { types.append(type) }
        return types
    }

    private mutating func valueTypeIfAny() throws(TextError) -> ValueType? {
        let number: ValueType
        switch reader.token.keyword {
        case .i32: number = .i32
        case .i64: number = .i64
        case .f32: number = .f32
        case .f64: number = .f64
        case .v128: number = .v128
        default: return try referenceTypeIfAny().map { ValueType($0) }
        }
        reader.advance()
        return number
    }

    mutating func referenceType() throws(TextError) -> ReferenceType {
        if let type = try referenceTypeIfAny() { return type }
        throw reader.unexpected("a reference type")
    }

    /// Reads a reference type if one comes next.
    /// Spec: core/text/types#reference-types
    mutating func referenceTypeIfAny() throws(TextError) -> ReferenceType? {
        if reader.takeOpening(.ref) {
            let isNullable = reader.take(.null)
            let type = ReferenceType(isNullable: isNullable, heapType: try heapType())
            try reader.close()
            return type
        }
        guard let keyword = reader.token.keyword, let type = Self.abbreviations[keyword] else {
            return nil
        }
        reader.advance()
        return ReferenceType(isNullable: true, heapType: type)
    }

    /// Reads a heap type.
    /// Spec: core/text/types#heap-types
    mutating func heapType() throws(TextError) -> HeapType {
        if let type = reader.abstractHeapType() { return type }
        guard let index = try indexIfAny(.type) else { throw reader.unexpected("a heap type") }
        // No module has that many types, so one index beyond is as unknown as another.
        return .defined(min(index, HeapType.maximumIndex - 1))
    }

    private static let abbreviations: [Keyword: HeapType] = [
        .anyref: .any, .eqref: .eq, .i31ref: .i31, .structref: .structure, .arrayref: .array,
        .nullref: .none, .funcref: .function, .nullfuncref: .noFunction, .externref: .external,
        .nullexternref: .noExternal, .exnref: .exception, .nullexnref: .noException,
    ]

    /// Reads the address type of a table or memory, which may be left out.
    /// Spec: core/text/types#address-types
    mutating func addressType() throws(TextError) -> AddressType {
        if reader.take(.i32) { return .i32 }
        if reader.take(.i64) { return .i64 }
        if [.f32, .f64].contains(reader.token.keyword) {
            throw reader.error("malformed address type", at: reader.token)
        }
        return .i32
    }

    /// Reads a size range.
    /// Spec: core/text/types#limits
    private mutating func limits() throws(TextError) -> SizeLimits {
        let minimum = try reader.u64()
        let maximum = reader.token.kind == .natural ? try reader.u64() : nil
        return SizeLimits(minimum: minimum, maximum: maximum)
    }

    /// Reads a memory's type from behind the address type; what proposals add to it stands behind the
    /// limits, and whether it is allowed is left to validation.
    mutating func memoryType(_ address: AddressType) throws(TextError) -> MemoryType {
        let limits = try limits()
        let isShared = reader.take(.shared)
        return MemoryType(
            addressType: address,
            limits: limits,
            isShared: isShared,
            pageSizeLog2: try pageSizeLog2()
        )
    }

    /// Reads the size of a memory's pages, a power of two, if it comes next.
    mutating func pageSizeLog2() throws(TextError) -> UInt32 {
        guard reader.takeOpening(.pagesize) else { return MemoryType.standardPageSizeLog2 }
        let token = reader.token
        let size = try reader.u32()
        guard size.nonzeroBitCount == 1 else { throw reader.error("invalid custom page size", at: token) }
        try reader.close()
        return UInt32(size.trailingZeroBitCount)
    }

    mutating func tableType(_ address: AddressType) throws(TextError) -> TableType {
        let limits = try limits()
        return TableType(addressType: address, limits: limits, element: try referenceType())
    }

    mutating func globalType() throws(TextError) -> GlobalType {
        guard reader.takeOpening(.mut) else {
            return GlobalType(value: try valueType(), isMutable: false)
        }
        let type = try valueType()
        try reader.close()
        return GlobalType(value: type, isMutable: true)
    }
}

extension TokenReader {
    /// Reads an abstract heap type if one comes next.
    mutating func abstractHeapType() -> HeapType? {
        guard let keyword = token.keyword, let type = Self.abstractTypes[keyword] else {
            return nil
        }
        advance()
        return type
    }

    private static let abstractTypes: [Keyword: HeapType] = [
        .any: .any, .eq: .eq, .i31: .i31, .struct: .structure, .array: .array, .none: .none,
        .func: .function, .nofunc: .noFunction, .extern: .external, .noextern: .noExternal,
        .exn: .exception, .noexn: .noException,
    ]
}
