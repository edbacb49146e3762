// The types of values. Spec: Explainer "Type Definitions", Binary "defvaltype".

/// A type that is not made of others.
@usableFromInline package enum PrimValType: Hashable, Sendable, CaseIterable {
    case bool, s8, u8, s16, u16, s32, u32, s64, u64, f32, f64, char, string
    case errorContext
}

/// The type of a value: primitive, or one that `TypeArena` holds as a `DefType.value`.
package enum ValType: Hashable, Sendable {
    case primitive(PrimValType)
    case defined(TypeID)
}

/// A field of a record, or a parameter: its label and its type.
package struct LabelValType: Hashable, Sendable {
    package var label: String
    package var type: ValType

    package init(label: String, type: ValType) {
        self.label = label
        self.type = type
    }
}

/// A case of a variant.
package struct VariantCase: Hashable, Sendable {
    package var label: String
    package var type: ValType?

    package init(label: String, type: ValType?) {
        self.label = label
        self.type = type
    }
}

/// A defined value type.
package enum DefValType: Hashable, Sendable {
    case primitive(PrimValType)
    case record([LabelValType])
    case variant([VariantCase])
    case list(ValType)
    case fixedLengthList(ValType, count: UInt32)
    case tuple([ValType])
    case flags([String])
    case enumeration([String])
    case option(ValType)
    case result(ok: ValType?, error: ValType?)
    case map(key: ValType, value: ValType)
    case own(ResourceID)
    case borrow(ResourceID)
    case stream(ValType?)
    case future(ValType?)
}
