// Number, vector, heap, reference and value types, packed so that comparing two is comparing two
// integers. Spec: core/syntax/types.

/// The type of an object on the heap that a reference points to.
/// Spec: core/syntax/types#heap-types
package struct HeapType: Hashable, Sendable, BitwiseCopyable {
    /// An abstract type's own number (below 32), or 32 plus a type index.
    package let bits: UInt32

    @inlinable package init(bits: UInt32) { self.bits = bits }

    package static let any = HeapType(bits: 0)
    package static let eq = HeapType(bits: 1)
    package static let i31 = HeapType(bits: 2)
    package static let structure = HeapType(bits: 3)
    package static let array = HeapType(bits: 4)
    package static let none = HeapType(bits: 5)
    package static let function = HeapType(bits: 6)
    package static let noFunction = HeapType(bits: 7)
    package static let external = HeapType(bits: 8)
    package static let noExternal = HeapType(bits: 9)
    package static let exception = HeapType(bits: 10)
    package static let noException = HeapType(bits: 11)
    /// The heap type that matches any other; validation of unreachable code only.
    package static let bottom = HeapType(bits: 12)

    /// The largest type index that can be held.
    package static let maximumIndex: UInt32 = 1 << 24

    /// The concrete type with the index `index`, below `maximumIndex`.
    @inlinable package static func defined(_ index: UInt32) -> HeapType {
        HeapType(bits: 32 + index)
    }

    /// The type index of a concrete type, nil of an abstract one.
    @inlinable package var index: UInt32? { bits >= 32 ? bits - 32 : nil }
}

/// A reference type: what is referred to, and whether it may be null.
/// Spec: core/syntax/types#reference-types
package struct ReferenceType: Hashable, Sendable, BitwiseCopyable {
    package var isNullable: Bool
    package var heapType: HeapType

    package init(isNullable: Bool, heapType: HeapType) {
        self.isNullable = isNullable
        self.heapType = heapType
    }

    package static let funcref = ReferenceType(isNullable: true, heapType: .function)
    package static let externref = ReferenceType(isNullable: true, heapType: .external)
}

/// The type of a value on the stack, in a local, a global, a parameter or a result.
/// Spec: core/syntax/types#value-types
package struct ValueType: Hashable, Sendable, BitwiseCopyable {
    /// The kind in the low four bits; of a reference, its heap type in the rest.
    package let bits: UInt32

    @inlinable package init(bits: UInt32) { self.bits = bits }

    /// The type of an operand that unreachable code may take for any other; validation only.
    package static let bottom = ValueType(bits: 0)
    package static let i32 = ValueType(bits: 1)
    package static let i64 = ValueType(bits: 2)
    package static let f32 = ValueType(bits: 3)
    package static let f64 = ValueType(bits: 4)
    package static let v128 = ValueType(bits: 5)
    package static let funcref = ValueType(.funcref)
    package static let externref = ValueType(.externref)

    package init(_ reference: ReferenceType) {
        bits = (reference.isNullable ? 7 : 6) | reference.heapType.bits << 4
    }

    /// A reference to `heapType`.
    package static func reference(_ heapType: HeapType, isNullable: Bool) -> ValueType {
        ValueType(ReferenceType(isNullable: isNullable, heapType: heapType))
    }

    @inlinable package var isReference: Bool { bits & 15 >= 6 }
    @inlinable package var isNumber: Bool { bits >= 1 && bits <= 4 }
    @inlinable package var isVector: Bool { bits == 5 }

    /// The reference type, nil of a number or a vector.
    package var reference: ReferenceType? {
        guard isReference else { return nil }
        return ReferenceType(isNullable: bits & 15 == 7, heapType: HeapType(bits: bits >> 4))
    }

    /// Whether a local of this type has a default value.
    @inlinable package var isDefaultable: Bool { bits & 15 != 6 }

    /// How many 64-bit slots a value takes in a frame: 2 for a vector, else 1.
    @inlinable package var slotCount: Int { bits == 5 ? 2 : 1 }
}

extension HeapType: CustomStringConvertible {
    package var description: String {
        switch self {
        case .any: "any"
        case .eq: "eq"
        case .i31: "i31"
        case .structure: "struct"
        case .array: "array"
        case .none: "none"
        case .function: "func"
        case .noFunction: "nofunc"
        case .external: "extern"
        case .noExternal: "noextern"
        case .exception: "exn"
        case .noException: "noexn"
        case .bottom: "bot"
        default: "\(bits &- 32)"
        }
    }
}

extension ReferenceType: CustomStringConvertible {
    package var description: String { "(ref \(isNullable ? "null " : "")\(heapType))" }
}

extension ValueType: CustomStringConvertible {
    package var description: String {
        switch self {
        case .bottom: "bot"
        case .i32: "i32"
        case .i64: "i64"
        case .f32: "f32"
        case .f64: "f64"
        case .v128: "v128"
        default: reference?.description ?? "?"
        }
    }
}
