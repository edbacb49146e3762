import Wasm

// What the binary format writes values and types as. Spec: core/binary/values, core/binary/types.
extension [UInt8] {
    /// An unsigned integer.
    /// Spec: core/binary/values#integers
    mutating func append(unsigned value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        append(UInt8(truncatingIfNeeded: rest))
    }

    mutating func append(unsigned value: UInt32) { append(unsigned: UInt64(value)) }
    mutating func append(unsigned value: Int) {
        append(unsigned: UInt64(truncatingIfNeeded: value))
    }

    /// A signed integer.
    /// Spec: core/binary/values#integers
    mutating func append(signed value: Int64) {
        var rest = value
        while !(-64..<64).contains(rest) {
            append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        append(UInt8(truncatingIfNeeded: rest) & 0x7F)
    }

    /// The bytes of `value`, the least significant first.
    mutating func append<Integer: FixedWidthInteger>(littleEndian value: Integer) {
        var rest = value
        for _ in 0..<(Integer.bitWidth / 8) {
            append(UInt8(truncatingIfNeeded: rest))
            if Integer.bitWidth > 8 { rest >>= 8 }
        }
    }

    /// The number of bytes, then the bytes. Spec: core/binary/conventions#lists
    mutating func append(list bytes: [UInt8]) {
        append(unsigned: bytes.count)
        append(contentsOf: bytes)
    }

    /// A heap type.
    /// Spec: core/binary/types#heap-types
    mutating func append(_ type: HeapType) {
        if let index = type.index { return append(signed: Int64(index)) }
        append(type.code)
    }

    /// A reference type, in the short form where it has one.
    /// Spec: core/binary/types#reference-types
    mutating func append(_ type: ReferenceType) {
        if type.isNullable, type.heapType.index == nil { return append(type.heapType.code) }
        append(type.isNullable ? 0x63 : 0x64)
        append(type.heapType)
    }

    /// A value type.
    /// Spec: core/binary/types#value-types
    mutating func append(_ type: ValueType) {
        if let reference = type.reference { return append(reference) }
        append(type.code)
    }

    mutating func append(_ types: [ValueType]) {
        append(unsigned: types.count)
        for type in types { append(type) }
    }

    mutating func append(_ type: FieldType) {
        switch type.storage {
        case .i8: append(0x78)
        case .i16: append(0x77)
        case .value(let type): append(type)
        }
        append(type.isMutable ? 1 : 0)
    }

    /// A function, structure or array type.
    /// Spec: core/binary/types#composite-types
    mutating func append(_ type: CompositeType) {
        switch type {
        case .function(let type):
            append(0x60)
            append(type.parameters)
            append(type.results)
        case .structure(let fields):
            append(0x5F)
            append(unsigned: fields.count)
            for field in fields { append(field) }
        case .array(let element):
            append(0x5E)
            append(element)
        }
    }

    /// A composite type with its supertypes.
    /// Spec: core/binary/types#recursive-types
    mutating func append(_ type: SubType) {
        if !type.isFinal || !type.supertypes.isEmpty {
            append(type.isFinal ? 0x4F : 0x50)
            append(unsigned: type.supertypes.count)
            for index in type.supertypes { append(unsigned: index) }
        }
        append(type.composite)
    }

    /// The size range of a table or memory, with its address type.
    /// Spec: core/binary/types#limits
    mutating func append(_ limits: SizeLimits, _ address: AddressType, more flags: UInt8 = 0) {
        append((limits.maximum == nil ? 0 : 1) | (address == .i64 ? 4 : 0) | flags)
        append(unsigned: limits.minimum)
        if let maximum = limits.maximum { append(unsigned: maximum) }
    }

    mutating func append(_ type: MemoryType) {
        let hasPageSize = type.pageSizeLog2 != MemoryType.standardPageSizeLog2
        append(
            type.limits,
            type.addressType,
            more: (type.isShared ? 2 : 0) | (hasPageSize ? 8 : 0)
        )
        if hasPageSize { append(unsigned: UInt64(type.pageSizeLog2)) }
    }

    mutating func append(_ type: TableType) {
        append(type.element)
        append(type.limits, type.addressType)
    }

    mutating func append(_ type: GlobalType) {
        append(type.value)
        append(type.isMutable ? 1 : 0)
    }
}

extension HeapType {
    /// The byte of an abstract heap type.
    fileprivate var code: UInt8 {
        switch self {
        case .any: 0x6E
        case .eq: 0x6D
        case .i31: 0x6C
        case .structure: 0x6B
        case .array: 0x6A
        case .none: 0x71
        case .function: 0x70
        case .noFunction: 0x73
        case .external: 0x6F
        case .noExternal: 0x72
        case .exception: 0x69
        default: 0x74
        }
    }
}

extension ValueType {
    /// The byte of a number or vector type.
    fileprivate var code: UInt8 {
        switch self {
        case .i32: 0x7F
        case .i64: 0x7E
        case .f32: 0x7D
        case .f64: 0x7C
        default: 0x7B
        }
    }
}
