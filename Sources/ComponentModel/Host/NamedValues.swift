import Wasm

/// An enumeration: each case has its index as raw value, and a label.
/// Spec: CanonicalABI "Despecialization"
@usableFromInline package protocol ComponentEnum: ComponentCode, RawRepresentable
where RawValue == UInt8, Code == UInt8 {
    /// The labels of all cases, in the type's order; 256 at most.
    static var labels: [String] { get }
}

extension ComponentEnum {
    package static var componentType: HostValType { .enumeration(labels) }

    @inlinable package init(componentCode: UInt8) throws(Trap) {
        guard let value = Self(rawValue: componentCode) else { throw Trap.badDiscriminant }
        self = value
    }

    @inlinable package init(flatCode: UInt32) throws(Trap) {
        guard flatCode <= 0xFF, let value = Self(rawValue: UInt8(truncatingIfNeeded: flatCode))
        else { throw Trap.badDiscriminant }
        self = value
    }

    @inlinable package var componentCode: UInt8 { rawValue }
}

/// Flags: an option set, each of whose bits, from the lowest on, has a label. Bits without a label are
/// dropped. The raw value is as wide as the number of labels asks for.
/// Spec: CanonicalABI "Loading" (`load_flags`)
@usableFromInline package protocol ComponentFlags: ComponentCode, OptionSet
where Code == RawValue, RawValue: FixedWidthInteger & UnsignedInteger {
    /// The labels of all bits, from the lowest on.
    static var labels: [String] { get }
    /// The bits that have a label.
    static var all: RawValue { get }
}

extension ComponentFlags {
    package static var componentType: HostValType { .flags(labels) }
    @inlinable package init(componentCode: RawValue) {
        self.init(rawValue: componentCode & Self.all)
    }
    @inlinable package init(flatCode: UInt32) {
        self.init(rawValue: RawValue(truncatingIfNeeded: flatCode) & Self.all)
    }
    @inlinable package var componentCode: RawValue { rawValue }
}
