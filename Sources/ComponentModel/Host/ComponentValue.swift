// Types of Swift that stand for types of components. How they lie in memory is that of memories with
// addresses of 32 bits. A value that is read or written in a memory has been checked to be within it
// and aligned; the memory checks again.

import Wasm

/// A type of Swift whose values are passed to or from components.
/// Spec: CanonicalABI "Alignment", "Element Size", "Flattening"
@usableFromInline package protocol ComponentValue: SendableMetatype {
    /// The type in components that it stands for.
    static var componentType: HostValType { get }
    /// Bytes of a value in memory.
    static var size: Int { get }
    static var alignment: Int { get }
    /// Flat values that a value is passed as.
    static var flatCount: Int { get }
}

/// One whose values components can give to the host.
@usableFromInline package protocol LiftableValue: ComponentValue {
    /// Reads the value at `address`, which is within the memory and aligned. Throws where it is not
    /// valid.
    /// Spec: CanonicalABI "Loading" (`load`)
    static func load(from cx: LiftLowerContext, at address: UInt64) throws(Trap) -> Self
    /// Reads the value whose flat values begin with the first slot. Throws where it is not valid.
    /// Spec: CanonicalABI "Flat Lifting" (`lift_flat`)
    static func liftFlat(_ cx: LiftLowerContext, _ slots: Slots) throws(Trap) -> Self
}

/// One whose values the host can give to components.
@usableFromInline package protocol LowerableValue: ComponentValue {
    /// Writes the value to `address`, which is within the memory and aligned. Throws where the guest has
    /// no room for what belongs to the value.
    /// Spec: CanonicalABI "Storing" (`store`)
    func store(to cx: LiftLowerContext, at address: UInt64) throws(Trap)
    /// Writes the value's flat values to the slots from the first on.
    /// Spec: CanonicalABI "Flat Lowering" (`lower_flat`)
    func lowerFlat(_ cx: LiftLowerContext, _ slots: Slots) throws(Trap)
}

// MARK: Nothing

/// What a function returns that returns nothing, and what a case holds that holds nothing.
@usableFromInline package struct Unit: LiftableValue, LowerableValue, Hashable, Sendable {
    @inlinable package init() {}

    @usableFromInline package static var componentType: HostValType { .unit }
    @inlinable package static var size: Int { 0 }
    @inlinable package static var alignment: Int { 1 }
    @inlinable package static var flatCount: Int { 0 }

    @inlinable package static func load(from cx: LiftLowerContext, at address: UInt64) -> Unit {
        Unit()
    }
    @inlinable package static func liftFlat(_ cx: LiftLowerContext, _ slots: Slots) -> Unit {
        Unit()
    }
    @inlinable package func store(to cx: LiftLowerContext, at address: UInt64) {}
    @inlinable package func lowerFlat(_ cx: LiftLowerContext, _ slots: Slots) {}
}

// MARK: Numbers

/// A number that is passed as its bits.
@usableFromInline package protocol ComponentNumber: LiftableValue, LowerableValue, BitwiseCopyable {
    /// An integer as wide as the number in memory.
    associatedtype Bits: FixedWidthInteger & BitwiseCopyable
    init(componentBits: Bits)
    var componentBits: Bits { get }
}

extension ComponentNumber {
    @inlinable package static var size: Int { Bits.bitWidth / 8 }
    @inlinable package static var alignment: Int { Bits.bitWidth / 8 }
    @inlinable package static var flatCount: Int { 1 }

    @inlinable package static func load(
        from cx: LiftLowerContext,
        at address: UInt64
    ) throws(Trap) -> Self {
        Self(componentBits: try cx.memory.load(address, as: Bits.self))
    }

    @inlinable package static func liftFlat(_ cx: LiftLowerContext, _ slots: Slots) -> Self {
        Self(componentBits: Bits(truncatingIfNeeded: slots.u64(0)))
    }

    @inlinable package func store(
        to cx: LiftLowerContext,
        at address: UInt64
    ) throws(Trap) {
        try cx.memory.store(componentBits, address)
    }

    @inlinable package func lowerFlat(_ cx: LiftLowerContext, _ slots: Slots) {
        if Bits.bitWidth == 64 {
            slots.setU64(0, UInt64(truncatingIfNeeded: componentBits))
        } else {
            slots.setU32(0, UInt32(truncatingIfNeeded: componentBits))
        }
    }
}

extension ComponentNumber where Bits == Self {
    @inlinable package init(componentBits: Bits) { self = componentBits }
    @inlinable package var componentBits: Bits { self }
}

extension UInt8: ComponentNumber {
    @usableFromInline package typealias Bits = UInt8
    @usableFromInline package static var componentType: HostValType { .primitive(.u8) }
}
extension Int8: ComponentNumber {
    @usableFromInline package typealias Bits = Int8
    @usableFromInline package static var componentType: HostValType { .primitive(.s8) }
}
extension UInt16: ComponentNumber {
    @usableFromInline package typealias Bits = UInt16
    @usableFromInline package static var componentType: HostValType { .primitive(.u16) }
}
extension Int16: ComponentNumber {
    @usableFromInline package typealias Bits = Int16
    @usableFromInline package static var componentType: HostValType { .primitive(.s16) }
}
extension UInt32: ComponentNumber {
    @usableFromInline package typealias Bits = UInt32
    @usableFromInline package static var componentType: HostValType { .primitive(.u32) }
}
extension Int32: ComponentNumber {
    @usableFromInline package typealias Bits = Int32
    @usableFromInline package static var componentType: HostValType { .primitive(.s32) }
}
extension UInt64: ComponentNumber {
    @usableFromInline package typealias Bits = UInt64
    @usableFromInline package static var componentType: HostValType { .primitive(.u64) }
}
extension Int64: ComponentNumber {
    @usableFromInline package typealias Bits = Int64
    @usableFromInline package static var componentType: HostValType { .primitive(.s64) }
}
extension Float: ComponentNumber {
    @usableFromInline package static var componentType: HostValType { .primitive(.f32) }
    @inlinable package init(componentBits: UInt32) { self.init(bitPattern: componentBits) }
    @inlinable package var componentBits: UInt32 { bitPattern }
}
extension Double: ComponentNumber {
    @usableFromInline package static var componentType: HostValType { .primitive(.f64) }
    @inlinable package init(componentBits: UInt64) { self.init(bitPattern: componentBits) }
    @inlinable package var componentBits: UInt64 { bitPattern }
}

// MARK: Values that not all bits are

/// A value that is passed as a number, not each of which stands for one.
@usableFromInline package protocol ComponentCode: LiftableValue, LowerableValue {
    associatedtype Code: ComponentNumber
    /// Throws where no value has this number.
    init(componentCode: Code) throws(Trap)
    var componentCode: Code { get }
    /// The number among flat values, where it has 32 bits. Throws where no value has it.
    init(flatCode: UInt32) throws(Trap)
}

extension ComponentCode {
    @inlinable package static var size: Int { Code.size }
    @inlinable package static var alignment: Int { Code.alignment }
    @inlinable package static var flatCount: Int { 1 }

    @inlinable package static func load(
        from cx: LiftLowerContext,
        at address: UInt64
    ) throws(Trap) -> Self {
        try Self(componentCode: Code.load(from: cx, at: address))
    }

    @inlinable package static func liftFlat(
        _ cx: LiftLowerContext,
        _ slots: Slots
    ) throws(Trap) -> Self {
        try Self(flatCode: slots.u32(0))
    }

    @inlinable package func store(
        to cx: LiftLowerContext,
        at address: UInt64
    ) throws(Trap) {
        try componentCode.store(to: cx, at: address)
    }

    @inlinable package func lowerFlat(_ cx: LiftLowerContext, _ slots: Slots) throws(Trap) {
        try componentCode.lowerFlat(cx, slots)
    }
}

extension Bool: ComponentCode {
    @usableFromInline package static var componentType: HostValType { .primitive(.bool) }
    @inlinable package init(componentCode: UInt8) { self = componentCode != 0 }
    @inlinable package init(flatCode: UInt32) { self = flatCode != 0 }
    @inlinable package var componentCode: UInt8 { self ? 1 : 0 }
}

extension Unicode.Scalar: ComponentCode {
    @usableFromInline package static var componentType: HostValType { .primitive(.char) }
    @inlinable package init(componentCode: UInt32) throws(Trap) {
        guard let scalar = Unicode.Scalar(componentCode) else { throw Trap.badChar }
        self = scalar
    }
    @inlinable package init(flatCode: UInt32) throws(Trap) {
        try self.init(componentCode: flatCode)
    }
    @inlinable package var componentCode: UInt32 { value }
}

extension Trap {
    @usableFromInline @inline(never) package static var badChar: Trap { .invalidChar }
    @usableFromInline @inline(never) package static var badDiscriminant: Trap {
        .invalidDiscriminant
    }
}
