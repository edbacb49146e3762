// Composite, recursive and external types. Spec: core/syntax/types.

/// An index into a module's types.
package typealias TypeIndex = UInt32

/// The parameters and results of a function.
/// Spec: core/syntax/types#composite-types
package struct FunctionType: Hashable, Sendable {
    package var parameters: [ValueType]
    package var results: [ValueType]

    package init(parameters: [ValueType], results: [ValueType]) {
        self.parameters = parameters
        self.results = results
    }
}

/// What a field of a structure or an array holds.
package enum StorageType: Hashable, Sendable {
    case i8
    case i16
    case value(ValueType)
}

/// A field of a structure, or the elements of an array.
package struct FieldType: Hashable, Sendable {
    package var storage: StorageType
    package var isMutable: Bool

    package init(storage: StorageType, isMutable: Bool) {
        self.storage = storage
        self.isMutable = isMutable
    }
}

/// A function, structure or array type.
package enum CompositeType: Hashable, Sendable {
    case function(FunctionType)
    case structure([FieldType])
    case array(FieldType)
}

/// A composite type with its place in the subtype hierarchy.
/// Spec: core/syntax/types#recursive-types
package struct SubType: Hashable, Sendable {
    package var isFinal: Bool
    package var supertypes: [TypeIndex]
    package var composite: CompositeType

    package init(isFinal: Bool, supertypes: [TypeIndex], composite: CompositeType) {
        self.isFinal = isFinal
        self.supertypes = supertypes
        self.composite = composite
    }
}

/// The type of a memory or table address.
/// Spec: core/syntax/types#address-types
package enum AddressType: Hashable, Sendable {
    case i32
    case i64

    package var valueType: ValueType { self == .i32 ? .i32 : .i64 }
}

/// The size range of a memory (in pages) or of a table (in elements).
/// Spec: core/syntax/types#limits
package struct SizeLimits: Hashable, Sendable {
    package var minimum: UInt64
    package var maximum: UInt64?

    package init(minimum: UInt64, maximum: UInt64?) {
        self.minimum = minimum
        self.maximum = maximum
    }
}

/// The type of a memory. One that is shared, or of pages of another size, is validated and not run.
package struct MemoryType: Hashable, Sendable {
    /// The logarithm of the size of a page where none is stated: 64 KiB.
    package static let standardPageSizeLog2: UInt32 = 16

    package var addressType: AddressType
    package var limits: SizeLimits
    package var isShared: Bool
    /// The logarithm of the size of a page in bytes.
    package var pageSizeLog2: UInt32

    package init(
        addressType: AddressType,
        limits: SizeLimits,
        isShared: Bool = false,
        pageSizeLog2: UInt32 = standardPageSizeLog2
    ) {
        self.addressType = addressType
        self.limits = limits
        self.isShared = isShared
        self.pageSizeLog2 = pageSizeLog2
    }
}

package struct TableType: Hashable, Sendable {
    package var addressType: AddressType
    package var limits: SizeLimits
    package var element: ReferenceType

    package init(addressType: AddressType, limits: SizeLimits, element: ReferenceType) {
        self.addressType = addressType
        self.limits = limits
        self.element = element
    }
}

package struct GlobalType: Hashable, Sendable {
    package var value: ValueType
    package var isMutable: Bool

    package init(value: ValueType, isMutable: Bool) {
        self.value = value
        self.isMutable = isMutable
    }
}

/// The type of something imported or exported. A function's and a tag's type is an index into the
/// types of the module that declares it.
/// Spec: core/syntax/types#external-types
package enum ExternType: Hashable, Sendable {
    case function(TypeIndex)
    case table(TableType)
    case memory(MemoryType)
    case global(GlobalType)
    case tag(TypeIndex)
}
