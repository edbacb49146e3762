import Wasm

/// How values that follow one another lie in memory, as the fields of a record do.
/// Spec: CanonicalABI "Element Size" (`elem_size_record`)
@usableFromInline package struct RecordLayout {
    /// Bytes up to the end of the last value.
    @usableFromInline package var size = 0
    @usableFromInline package var alignment = 1
    @usableFromInline package var flatCount = 0

    @inlinable package init() {}

    /// Adds a value of this type; gives the bytes before it.
    @inlinable @discardableResult
    package mutating func add<T: ComponentValue>(_ type: T.Type) -> Int {
        let offset = RecordLayout.align(size, T.alignment)
        size = offset + T.size
        alignment = max(alignment, T.alignment)
        flatCount += T.flatCount
        return offset
    }

    /// Bytes with those behind the last value that its alignment asks for.
    @inlinable package var alignedSize: Int { RecordLayout.align(size, alignment) }

    @inlinable package static func align(_ offset: Int, _ alignment: Int) -> Int {
        (offset + alignment - 1) & ~(alignment - 1)
    }
}

/// Reads the values of a record one after another: from memory, or from slots.
@usableFromInline package struct RecordReader {
    @usableFromInline let cx: LiftLowerContext
    @usableFromInline let slots: Slots
    /// Where the record is; nil where it is flat.
    @usableFromInline var address: UInt64?
    @usableFromInline var layout = RecordLayout()

    /// A reader of a flat record.
    @inlinable package init(_ cx: LiftLowerContext, _ slots: Slots) {
        self.cx = cx
        self.slots = slots
    }

    /// A reader of a record at `address`, which has been checked.
    @inlinable package init(_ cx: LiftLowerContext, at address: UInt64) {
        self.cx = cx
        slots = Slots.none
        self.address = address
    }

    /// The next value. Throws where it is not valid.
    @inlinable package mutating func next<T: LiftableValue>(_ type: T.Type) throws(Trap) -> T {
        let slot = layout.flatCount
        let offset = layout.add(type)
        if let address { return try T.load(from: cx, at: address + UInt64(offset)) }
        return try T.liftFlat(cx, slots.advanced(slot))
    }
}

/// Writes the values of a record one after another: to memory, or to slots.
@usableFromInline package struct RecordWriter {
    @usableFromInline let cx: LiftLowerContext
    @usableFromInline let slots: Slots
    /// Where the record is; nil where it is flat.
    @usableFromInline var address: UInt64?
    @usableFromInline var layout = RecordLayout()

    /// A writer of a flat record.
    @inlinable package init(_ cx: LiftLowerContext, _ slots: Slots) {
        self.cx = cx
        self.slots = slots
    }

    /// A writer of a record at `address`, which has been checked.
    @inlinable package init(_ cx: LiftLowerContext, at address: UInt64) {
        self.cx = cx
        slots = Slots.none
        self.address = address
    }

    /// Where the parameters of a function of this layout are too many to be passed flat, has the guest
    /// give memory for them. Throws where there is none.
    @inlinable package mutating func spill(_ layout: RecordLayout) throws(Trap) {
        let address = try cx.allocate(
            alignment: layout.alignment,
            byteCount: layout.alignedSize
        )
        slots.setU64(0, address)
        self.address = address
    }

    /// Writes the next value. Throws where the guest has no memory for what belongs to it.
    @inlinable package mutating func add<T: LowerableValue>(_ value: T) throws(Trap) {
        let slot = layout.flatCount
        let offset = layout.add(T.self)
        if let address {
            try value.store(to: cx, at: address + UInt64(offset))
        } else {
            try value.lowerFlat(cx, slots.advanced(slot))
        }
    }
}

extension HostCall {
    /// A reader of the parameters, whose layout is `layout`. Throws where they are not within the
    /// memory.
    @inlinable package func parameters(_ layout: RecordLayout) throws(Trap) -> RecordReader {
        guard layout.flatCount > ComponentLimits.flatParameters else {
            return RecordReader(cx, slots)
        }
        let address = UInt64(slots.u32(0))
        try cx.check(address, layout.alignedSize, layout.alignment)
        return RecordReader(cx, at: address)
    }

    /// Gives the caller the result, when the parameters, whose layout is `layout`, have been read.
    /// Throws where the caller's memory has no room for it.
    @inlinable package func finish<R: LowerableValue>(
        _ result: R,
        _ layout: RecordLayout
    ) throws(Trap) {
        guard R.flatCount > ComponentLimits.flatResults else {
            return try result.lowerFlat(cx, slots)
        }
        let isSpilled = layout.flatCount > ComponentLimits.flatParameters
        let address = UInt64(slots.u32(isSpilled ? 1 : layout.flatCount))
        try cx.check(address, R.size, R.alignment)
        try result.store(to: cx, at: address)
    }
}
