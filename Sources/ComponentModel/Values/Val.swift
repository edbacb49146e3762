/// A value as a generic caller handles it; host functions see flat values and memory.
/// Spec: Explainer "Type Definitions"
package indirect enum Val: Sendable {
    case bool(Bool)
    case s8(Int8)
    case u8(UInt8)
    case s16(Int16)
    case u16(UInt16)
    case s32(Int32)
    case u32(UInt32)
    case s64(Int64)
    case u64(UInt64)
    case f32(Float)
    case f64(Double)
    case char(Unicode.Scalar)
    case string(String)
    case list([Val])
    /// The fields in the type's order.
    case record([(label: String, value: Val)])
    case tuple([Val])
    case variant(String, Val?)
    case enumeration(String)
    case option(Val?)
    case ok(Val?)
    case error(Val?)
    /// The labels that are set, in the type's order.
    case flags([String])
    case map([(key: Val, value: Val)])
    /// A resource that the holder owns, or has lent.
    case own(ResourceHandle)
    case borrow(ResourceHandle)
}

/// A resource outside of all components, in the hands of a generic caller.
package struct ResourceHandle: Hashable, Sendable {
    /// The resource type: the bits of its `ResourceNumber`.
    package var resource: Int
    package var representation: UInt32

    package init(resource: Int, representation: UInt32) {
        self.resource = resource
        self.representation = representation
    }
}
