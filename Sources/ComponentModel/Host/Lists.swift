import Wasm

/// A value that is passed as an address and a length.
@usableFromInline package protocol ComponentPointer: ComponentValue {}

extension ComponentPointer {
    @inlinable package static var size: Int { 8 }
    @inlinable package static var alignment: Int { 4 }
    @inlinable package static var flatCount: Int { 2 }
}

/// One that components can give to the host.
@usableFromInline package protocol LiftablePointer: ComponentPointer, LiftableValue {
    /// Makes the value of what the guest says. Throws where that is not valid.
    static func lift(
        _ cx: LiftLowerContext,
        _ address: UInt64,
        _ length: UInt64
    ) throws(Trap) -> Self
}

extension LiftablePointer {
    @inlinable package static func load(
        from cx: LiftLowerContext,
        at address: UInt64
    ) throws(Trap) -> Self {
        let pointer = try cx.memory.load(address, as: UInt64.self)
        return try lift(cx, pointer & 0xFFFF_FFFF, pointer >> 32)
    }

    @inlinable package static func liftFlat(
        _ cx: LiftLowerContext,
        _ slots: Slots
    ) throws(Trap) -> Self {
        try lift(cx, UInt64(slots.u32(0)), UInt64(slots.u32(1)))
    }
}

/// One that the host can give to components.
@usableFromInline package protocol LowerablePointer: ComponentPointer, LowerableValue {
    /// Puts the value into memory that the guest gives. Throws where there is none.
    func lower(_ cx: LiftLowerContext) throws(Trap) -> (address: UInt64, length: UInt64)
}

extension LowerablePointer {
    @inlinable package func store(
        to cx: LiftLowerContext,
        at address: UInt64
    ) throws(Trap) {
        let (pointer, length) = try lower(cx)
        try cx.memory.store(pointer | length << 32, address)
    }

    @inlinable package func lowerFlat(_ cx: LiftLowerContext, _ slots: Slots) throws(Trap) {
        let (pointer, length) = try lower(cx)
        slots.setU64(0, pointer)
        slots.setU64(1, length)
    }
}

extension String: LiftablePointer, LowerablePointer {
    @usableFromInline package static var componentType: HostValType { .primitive(.string) }

    @usableFromInline package static func lift(
        _ cx: LiftLowerContext,
        _ address: UInt64,
        _ length: UInt64
    ) throws(Trap) -> String {
        // Latin-1 with the tag of UTF-16 has the greatest length.
        guard length & 0x7FFF_FFFF <= ComponentLimits.hostStringUnits else {
            throw .host(
                "a string of more than \(ComponentLimits.hostStringUnits) code units is given to the host")
        }
        return try cx.loadString(address, length)
    }

    @usableFromInline package func lower(
        _ cx: LiftLowerContext
    ) throws(Trap) -> (address: UInt64, length: UInt64) {
        try cx.storeString(self)
    }
}

/// Where a `list<u8>` lies that a guest passes: its bytes are read where they are needed. Valid until
/// the guest runs.
@usableFromInline package struct ByteList: LiftablePointer {
    @usableFromInline package let address: UInt64
    @usableFromInline package let count: Int

    @inlinable init(address: UInt64, count: Int) {
        self.address = address
        self.count = count
    }

    /// Its first bytes, at most so many.
    package func prefix(_ count: Int) -> ByteList {
        ByteList(address: address, count: min(count, self.count))
    }

    @usableFromInline package static var componentType: HostValType { .list(.primitive(.u8)) }

    @inlinable package static func lift(
        _ cx: LiftLowerContext,
        _ address: UInt64,
        _ length: UInt64
    ) throws(Trap) -> ByteList {
        try cx.checkList(address, length, size: 1, alignment: 1)
        try cx.charge(bytes: Int(truncatingIfNeeded: length))
        return ByteList(address: address, count: Int(truncatingIfNeeded: length))
    }
}

extension Array: ComponentValue, ComponentPointer where Element: ComponentValue {
    @usableFromInline package static var componentType: HostValType { .list(Element.componentType) }
}

extension Array: LiftableValue, LiftablePointer where Element: LiftableValue {
    @inlinable package static func lift(
        _ cx: LiftLowerContext,
        _ address: UInt64,
        _ length: UInt64
    ) throws(Trap) -> [Element] {
        try cx.checkList(address, length, size: Element.size, alignment: Element.alignment)
        let count = Int(truncatingIfNeeded: length)
        try cx.admitList(count)
        var elements: [Element] = []
        elements.reserveCapacity(count)
        for index in 0..<count {
            let offset = UInt64(truncatingIfNeeded: index &* Element.size)
            elements.append(try Element.load(from: cx, at: address &+ offset))
        }
        return elements
    }
}

extension Array: LowerableValue, LowerablePointer where Element: LowerableValue {
    @inlinable package func lower(
        _ cx: LiftLowerContext
    ) throws(Trap) -> (address: UInt64, length: UInt64) {
        let (byteCount, overflow) = count.multipliedReportingOverflow(by: Element.size)
        let address = try cx.allocate(
            alignment: Element.alignment,
            byteCount: overflow ? .max : byteCount
        )
        try cx.charge(bytes: count &* 64)
        for index in 0..<count {
            let offset = UInt64(truncatingIfNeeded: index &* Element.size)
            try self[index].store(to: cx, at: address &+ offset)
        }
        return (address, UInt64(count))
    }
}
