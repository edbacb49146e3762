/// A store made from an image, and what is needed to bring it back to that.
///
/// Invariant: the store has the records that the image knows, and no others; the addresses of records
/// come from it.
@safe final class RestoredStore {
    let store: Store
    let contents: StoreContents
    private let image: StoreImage
    private var resident: [ResidentPages]
    /// The thread's page faults as last known before this use.
    var faultCount = 0
    /// Whether a lease has it that has not ended.
    var isInUse = false

    /// Brings a store, whose instances have been made with nothing initialised, to the image's state.
    /// Throws where it has not the shape of the store that the image is of, or the system refuses.
    init(
        _ store: Store,
        _ contents: StoreContents,
        _ image: StoreImage
    ) throws(StoreTemplateError) {
        self.store = store
        self.contents = contents
        self.image = image
        resident = Array(repeating: ResidentPages(), count: image.memories.count)
        guard hasShape, unsafe store.memories.map({ unsafe $0.pointee.type }) == image.memoryTypes,
            unsafe store.tables.map({ unsafe $0.pointee.type.limits }) == image.tables.map(\.limits)
        else { throw .otherShape }
        let places = FunctionPlaces(store)
        guard places.count == image.functionCount else { throw .otherShape }
        do throws(ResourceError) {
            for (place, memory) in image.memories.enumerated() {
                try unsafe memory.map(into: store.memories[place])
            }
        } catch {
            let isOver = image.byteCount > store.limits.byteCount
            throw .resource(
                isOver
                    ? .overLimit(bytes: image.byteCount, limit: store.limits.byteCount) : error
            )
        }
        for global in image.constantGlobals { restore(global, places) }
        guard restoreTables() else {
            let elements = image.tables.reduce(0) { $0 + $1.elements.count }
            throw .resource(.noTable(elements: UInt64(elements)))
        }
        restoreGlobals()
        restoreSegments()
    }

    /// Whether the store has as many records as the image, those of functions aside.
    private var hasShape: Bool {
        unsafe store.memories.count == image.memories.count
            && store.tables.count == image.tables.count
            && store.globals.count == image.constantGlobals.count + image.mutableGlobals.count
            && store.instances.count == image.segments.count
    }

    /// Brings the store back to the image's state after a use. False where that cannot be vouched
    /// for: a run is under way in it, something was added to it, or the system refused.
    func reset(_ hot: inout [HotPages], _ tracker: WrittenPages, mayHaveMore: Bool) -> Bool {
        guard store.activation == nil, hasShape else { return false }
        for (place, memory) in image.memories.enumerated() {
            guard
                unsafe resident[place].reset(
                    store.memories[place],
                    memory,
                    &hot[place],
                    tracker,
                    mayHaveMore: mayHaveMore
                )
            else { return false }
        }
        store.runLimits = RunLimits()
        restoreGlobals()
        restoreSegments()
        return restoreTables()
    }

    // MARK: Parts

    private func restore(_ global: StoreImage.GlobalImage, _ places: FunctionPlaces?) {
        var low = global.low
        if global.isReference, let places { low = places.bits(of: .init(bits: low)) }
        let record = unsafe store.globals[global.place]
        unsafe record.pointee.low = low
        unsafe record.pointee.high = global.high
    }

    private func restoreGlobals() {
        let places = image.hasMutableReferences ? FunctionPlaces(store) : nil
        for global in image.mutableGlobals { restore(global, places) }
    }

    /// False where there is no memory for a table's elements.
    private func restoreTables() -> Bool {
        var places: FunctionPlaces?
        for (place, table) in image.tables.enumerated() {
            let record = unsafe store.tables[place]
            guard unsafe record.pointee.isWritten else { continue }
            let known = places ?? FunctionPlaces(store)
            places = known
            let count = UInt64(table.elements.count)
            let present = unsafe record.pointee.count
            if present > count {
                unsafe Table.shrink(record, to: count)
            } else if unsafe Table.grow(record, by: count - present, 0) == nil {
                return false
            }
            for (index, element) in table.elements.enumerated() {
                unsafe record.pointee.base[index] = known.bits(of: element)
            }
            unsafe record.pointee.isWritten = false
        }
        return true
    }

    private func restoreSegments() {
        for (place, segments) in image.segments.enumerated() {
            let record = unsafe store.instances[place]
            guard unsafe record.pointee.hasDropped else { continue }
            let module = unsafe record.pointee.module
            unsafe module?._withUnsafeGuaranteedRef { lowered in
                for (index, segment) in lowered.module.elements.enumerated() {
                    unsafe record.pointee.elements[index].count =
                        segments.droppedElements[index] ? 0 : segment.count
                }
                for (index, segment) in lowered.module.data.enumerated() {
                    unsafe record.pointee.data[index].count =
                        segments.droppedData[index] ? 0 : segment.range.count
                }
            }
            unsafe record.pointee.hasDropped = false
        }
    }
}

extension ElementSegment {
    /// The number of its references.
    var count: Int {
        switch items {
        case .functions(let indices): indices.count
        case .expressions(let expressions): expressions.count
        }
    }
}
