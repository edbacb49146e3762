// Types as bytes. Spec: core/binary/types.

/// The type of a block: values, or an index of a function type.
/// Spec: core/binary/instructions#control-instructions
enum BlockType: Hashable {
    case empty
    case value(ValueType)
    case type(TypeIndex)
}

extension HeapType {
    /// The concrete type with `index`; an index too large to be that of a type becomes another one
    /// that is, too.
    static func checked(_ index: UInt32) -> HeapType {
        .defined(min(index, maximumIndex - 1))
    }

    /// The abstract type that a byte stands for, nil if it stands for none.
    fileprivate init?(code: UInt8) {
        switch code {
        case 0x69: self = .exception
        case 0x6A: self = .array
        case 0x6B: self = .structure
        case 0x6C: self = .i31
        case 0x6D: self = .eq
        case 0x6E: self = .any
        case 0x6F: self = .external
        case 0x70: self = .function
        case 0x71: self = .none
        case 0x72: self = .noExternal
        case 0x73: self = .noFunction
        case 0x74: self = .noException
        default: return nil
        }
    }
}

extension ByteReader {
    /// A type's code: a negative number of seven bits, as the byte that it is written in.
    private mutating func code() throws(ModuleError) -> UInt8 {
        let code = try byte()
        guard code < 0x80 else { throw malformed("integer representation too long") }
        return code
    }

    /// A type index as a signed number of 33 bits; nil, and nothing read, where a type's code stands.
    private mutating func signedTypeIndex() throws(ModuleError) -> UInt32? {
        if let next = peek(), next & 0xC0 == 0x40 { return nil }
        let start = offset
        let index = try signed(bits: 33)
        guard index >= 0 else { throw malformed("malformed type index", at: start) }
        return UInt32(truncatingIfNeeded: index)
    }

    /// Spec: core/binary/types#heap-types
    mutating func heapType() throws(ModuleError) -> HeapType {
        if let index = try signedTypeIndex() { return .checked(index) }
        let start = offset
        guard let type = HeapType(code: try code()) else {
            throw malformed("malformed heap type", at: start)
        }
        return type
    }

    /// Spec: core/binary/types#reference-types
    mutating func referenceType() throws(ModuleError) -> ReferenceType {
        let start = offset
        let code = try code()
        if let type = HeapType(code: code) {
            return ReferenceType(isNullable: true, heapType: type)
        }
        switch code {
        case 0x63: return ReferenceType(isNullable: true, heapType: try heapType())
        case 0x64: return ReferenceType(isNullable: false, heapType: try heapType())
        default: throw malformed("malformed reference type", at: start)
        }
    }

    /// Spec: core/binary/types#value-types
    package mutating func valueType() throws(ModuleError) -> ValueType {
        switch peek() {
        case 0x7F: return try number(.i32)
        case 0x7E: return try number(.i64)
        case 0x7D: return try number(.f32)
        case 0x7C: return try number(.f64)
        case 0x7B: return try number(.v128)
        default: return ValueType(try referenceType())
        }
    }

    private mutating func number(_ type: ValueType) throws(ModuleError) -> ValueType {
        try skip(1)
        return type
    }

    /// Spec: core/binary/instructions#control-instructions
    mutating func blockType() throws(ModuleError) -> BlockType {
        if peek() == 0x40 {
            try skip(1)
            return .empty
        }
        if let index = try signedTypeIndex() { return .type(index) }
        return .value(try valueType())
    }

    /// A list of value types, `limit` of `what` at most.
    mutating func valueTypes(limit: Int, _ what: String) throws(ModuleError) -> [ValueType] {
        let count = try length(limit: limit, what)
        var types: [ValueType] = []
        types.reserveCapacity(count)
        for _ in 0..<count { types.append(try valueType()) }
        return types
    }

    private mutating func storageType() throws(ModuleError) -> StorageType {
        switch peek() {
        case 0x78:
            try skip(1)
            return .i8
        case 0x77:
            try skip(1)
            return .i16
        default: return .value(try valueType())
        }
    }

    private mutating func isMutable() throws(ModuleError) -> Bool {
        let start = offset
        let flag = try byte()
        guard flag <= 1 else { throw malformed("malformed mutability", at: start) }
        return flag == 1
    }

    private mutating func fieldType() throws(ModuleError) -> FieldType {
        let storage = try storageType()
        return FieldType(storage: storage, isMutable: try isMutable())
    }

    /// Spec: core/binary/types#composite-types
    private mutating func compositeType() throws(ModuleError) -> CompositeType {
        let start = offset
        let code = try code()
        switch code {
        case 0x60:
            let parameters = try valueTypes(limit: Limits.parameters, "parameters")
            let results = try valueTypes(limit: Limits.results, "results")
            return .function(FunctionType(parameters: parameters, results: results))
        case 0x5F:
            let count = try length(limit: Limits.structureFields, "fields")
            var fields: [FieldType] = []
            fields.reserveCapacity(count)
            for _ in 0..<count { fields.append(try fieldType()) }
            return .structure(fields)
        case 0x5E: return .array(try fieldType())
        default:
            let byte = String(code, radix: 16)
            throw malformed(
                "malformed definition type: invalid leading byte (0x\(byte))",
                at: start
            )
        }
    }

    /// Spec: core/binary/types#recursive-types
    package mutating func subType() throws(ModuleError) -> SubType {
        var isFinal = true
        var supertypes: [TypeIndex] = []
        if let code = peek(), code == 0x50 || code == 0x4F {
            try skip(1)
            isFinal = code == 0x4F
            for _ in 0..<(try length()) { supertypes.append(try u32()) }
        }
        return SubType(isFinal: isFinal, supertypes: supertypes, composite: try compositeType())
    }

    /// Limits, of whose flags those in `more` are left to the caller.
    /// Spec: core/binary/types#limits
    private mutating func limits(
        more: UInt8 = 0
    ) throws(ModuleError) -> (AddressType, SizeLimits, flags: UInt8) {
        let start = offset
        let flags = try byte()
        guard flags & ~(5 | more) == 0 else { throw malformed("malformed limits flags", at: start) }
        let minimum = try u64()
        let maximum = flags & 1 == 0 ? nil : try u64()
        let limits = SizeLimits(minimum: minimum, maximum: maximum)
        return (flags & 4 == 0 ? .i32 : .i64, limits, flags)
    }

    /// Spec: core/binary/types#memory-types
    mutating func memoryType(_ features: ModuleFeatures) throws(ModuleError) -> MemoryType {
        let shared: UInt8 = features.contains(.sharedMemories) ? 2 : 0
        let pageSize: UInt8 = features.contains(.customPageSizes) ? 8 : 0
        let (addressType, limits, flags) = try limits(more: shared | pageSize)
        return MemoryType(
            addressType: addressType,
            limits: limits,
            isShared: flags & 2 != 0,
            pageSizeLog2: flags & 8 == 0 ? MemoryType.standardPageSizeLog2 : try u32()
        )
    }

    /// Spec: core/binary/types#table-types
    mutating func tableType() throws(ModuleError) -> TableType {
        let element = try referenceType()
        let (addressType, limits, _) = try limits()
        return TableType(addressType: addressType, limits: limits, element: element)
    }

    /// Spec: core/binary/types#global-types
    mutating func globalType() throws(ModuleError) -> GlobalType {
        let value = try valueType()
        return GlobalType(value: value, isMutable: try isMutable())
    }

    /// The type index of a tag. Spec: core/binary/types#tag-types
    mutating func tagType() throws(ModuleError) -> TypeIndex {
        try zero()
        return try u32()
    }

    /// Spec: core/binary/types#external-types
    package mutating func externType(_ features: ModuleFeatures) throws(ModuleError) -> ExternType {
        let start = offset
        switch try byte() {
        case 0: return .function(try u32())
        case 1: return .table(try tableType())
        case 2: return .memory(try memoryType(features))
        case 3: return .global(try globalType())
        case 4: return .tag(try tagType())
        default: throw malformed("malformed import kind", at: start)
        }
    }
}
