import Wasm

/// What is told the cases of a variant, in their order.
@usableFromInline package protocol CaseVisitor {
    mutating func `case`(_ label: String)
    mutating func `case`<T: ComponentValue>(_ label: String, _ type: T.Type)
}

/// How a variant lies in memory and flat.
/// Spec: CanonicalABI "Element Size" (`elem_size_variant`), "Flattening" (`flatten_variant`)
@usableFromInline package struct VariantLayout: CaseVisitor {
    @usableFromInline package var cases = 0
    @usableFromInline package var payloadSize = 0
    @usableFromInline package var payloadAlignment = 1
    @usableFromInline package var payloadFlatCount = 0

    @inlinable package init() {}

    @inlinable package mutating func `case`(_ label: String) { cases += 1 }

    @inlinable package mutating func `case`<T: ComponentValue>(_ label: String, _ type: T.Type) {
        cases += 1
        payloadSize = max(payloadSize, T.size)
        payloadAlignment = max(payloadAlignment, T.alignment)
        payloadFlatCount = max(payloadFlatCount, T.flatCount)
    }

    /// Bytes of the discriminant. Variants of the host have 65,536 cases at most.
    @inlinable package var discriminantSize: Int { cases <= 1 << 8 ? 1 : 2 }
    @inlinable package var alignment: Int { max(discriminantSize, payloadAlignment) }
    @inlinable package var payloadOffset: Int {
        RecordLayout.align(discriminantSize, payloadAlignment)
    }
    @inlinable package var size: Int {
        RecordLayout.align(payloadOffset + payloadSize, alignment)
    }
    @inlinable package var flatCount: Int { 1 + payloadFlatCount }
}

/// The cases of a variant, for its type.
private struct CaseList: CaseVisitor {
    var cases: [HostValType.Case] = []

    mutating func `case`(_ label: String) { cases.append(HostValType.Case(label)) }

    mutating func `case`<T: ComponentValue>(_ label: String, _ type: T.Type) {
        cases.append(HostValType.Case(label, type.payloadType))
    }
}

extension ComponentValue {
    /// Its type where it is what a case holds; nil of nothing.
    static var payloadType: HostValType? {
        componentType == .unit ? nil : componentType
    }
}

/// A variant: an enumeration that says its cases once, in the type's order, and reads or writes what
/// a case holds.
/// Spec: CanonicalABI "Loading" (`load_variant`), "Storing" (`store_variant`)
@usableFromInline package protocol ComponentVariant: ComponentValue {
    /// Tells `visitor` all cases.
    static func cases<V: CaseVisitor>(_ visitor: inout V)
}

extension ComponentVariant {
    @usableFromInline package static var componentType: HostValType {
        var list = CaseList()
        cases(&list)
        return .variant(list.cases)
    }

    @inlinable package static var layout: VariantLayout {
        var layout = VariantLayout()
        cases(&layout)
        return layout
    }

    @inlinable package static var size: Int { layout.size }
    @inlinable package static var alignment: Int { layout.alignment }
    @inlinable package static var flatCount: Int { layout.flatCount }
}

/// A variant that components can give to the host.
@usableFromInline package protocol LiftableVariant: ComponentVariant, LiftableValue {
    /// Makes the case with this index, which is less than the number of cases; `reader` has what it
    /// holds.
    init(discriminant: Int, from reader: inout RecordReader) throws(Trap)
}

extension LiftableVariant {
    @inlinable package static func load(
        from cx: LiftLowerContext,
        at address: UInt64
    ) throws(Trap) -> Self {
        let layout = Self.layout
        let discriminant =
            layout.discriminantSize == 1
            ? Int(try cx.memory.load(address, as: UInt8.self))
            : Int(try cx.memory.load(address, as: UInt16.self))
        guard discriminant < layout.cases else { throw Trap.badDiscriminant }
        var reader = RecordReader(
            cx,
            at: address + UInt64(truncatingIfNeeded: layout.payloadOffset)
        )
        return try Self(discriminant: discriminant, from: &reader)
    }

    @inlinable package static func liftFlat(
        _ cx: LiftLowerContext,
        _ slots: Slots
    ) throws(Trap) -> Self {
        let discriminant = Int(slots.u32(0))
        guard discriminant < layout.cases else { throw Trap.badDiscriminant }
        var reader = RecordReader(cx, slots.advanced(1))
        return try Self(discriminant: discriminant, from: &reader)
    }
}

/// A variant that the host can give to components.
@usableFromInline package protocol LowerableVariant: ComponentVariant, LowerableValue {
    /// The index of its case.
    var discriminant: Int { get }
    /// Writes what the case holds.
    func write(to writer: inout RecordWriter) throws(Trap)
}

extension LowerableVariant {
    @inlinable package func store(
        to cx: LiftLowerContext,
        at address: UInt64
    ) throws(Trap) {
        let layout = Self.layout
        if layout.discriminantSize == 1 {
            try cx.memory.store(UInt8(truncatingIfNeeded: discriminant), address)
        } else {
            try cx.memory.store(UInt16(truncatingIfNeeded: discriminant), address)
        }
        var writer = RecordWriter(
            cx,
            at: address + UInt64(truncatingIfNeeded: layout.payloadOffset)
        )
        try write(to: &writer)
    }

    @inlinable package func lowerFlat(_ cx: LiftLowerContext, _ slots: Slots) throws(Trap) {
        slots.setU32(0, UInt32(truncatingIfNeeded: discriminant))
        var writer = RecordWriter(cx, slots.advanced(1))
        try write(to: &writer)
        for slot in (1 + writer.layout.flatCount)..<Self.flatCount { slots.setU64(slot, 0) }
    }
}

// MARK: Options

extension Optional: ComponentValue, ComponentVariant where Wrapped: ComponentValue {
    @usableFromInline package static var componentType: HostValType {
        .option(Wrapped.componentType)
    }

    @inlinable package static func cases<V: CaseVisitor>(_ visitor: inout V) {
        visitor.case("none")
        visitor.case("some", Wrapped.self)
    }
}

extension Optional: LiftableValue, LiftableVariant where Wrapped: LiftableValue {
    @inlinable package init(
        discriminant: Int,
        from reader: inout RecordReader
    ) throws(Trap) {
        self = discriminant == 0 ? .none : .some(try reader.next(Wrapped.self))
    }
}

extension Optional: LowerableValue, LowerableVariant where Wrapped: LowerableValue {
    @inlinable package var discriminant: Int { self == nil ? 0 : 1 }

    @inlinable package func write(to writer: inout RecordWriter) throws(Trap) {
        if let value = self { try writer.add(value) }
    }
}

// MARK: Results

/// A result; `Unit` is what a case holds that holds nothing.
@usableFromInline
package enum ComponentResult<Ok: ComponentValue, Err: ComponentValue>: ComponentVariant {
    case ok(Ok)
    case error(Err)

    @usableFromInline package static var componentType: HostValType {
        .result(ok: Ok.payloadType, error: Err.payloadType)
    }

    @inlinable package static func cases<V: CaseVisitor>(_ visitor: inout V) {
        visitor.case("ok", Ok.self)
        visitor.case("error", Err.self)
    }
}

extension ComponentResult where Ok == Unit {
    /// Success with nothing to tell.
    @inlinable package static var ok: ComponentResult { .ok(Unit()) }
}

extension ComponentResult: LiftableValue, LiftableVariant
where Ok: LiftableValue, Err: LiftableValue {
    @inlinable package init(
        discriminant: Int,
        from reader: inout RecordReader
    ) throws(Trap) {
        self =
            discriminant == 0
            ? .ok(try reader.next(Ok.self)) : .error(try reader.next(Err.self))
    }
}

extension ComponentResult: LowerableValue, LowerableVariant
where Ok: LowerableValue, Err: LowerableValue {
    @inlinable package var discriminant: Int {
        switch self {
        case .ok: 0
        case .error: 1
        }
    }

    @inlinable package func write(to writer: inout RecordWriter) throws(Trap) {
        switch self {
        case .ok(let value): try writer.add(value)
        case .error(let error): try writer.add(error)
        }
    }
}

extension ComponentResult: Sendable where Ok: Sendable, Err: Sendable {}
extension ComponentResult: Equatable where Ok: Equatable, Err: Equatable {}
