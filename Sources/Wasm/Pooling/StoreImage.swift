/// The state of a store's instances as it was when they had been instantiated, from which others are
/// made and to which they are reset. It is independent of the store, and never changes.
///
/// Records are named by their places in the order in which they were added to the store.
/// Spec: core/exec/runtime#store
package final class StoreImage: Sendable {
    /// A reference, as it stands in a slot, but a function is named by its place: twice that plus two.
    struct ReferenceImage: Sendable {
        let bits: UInt64
    }

    struct TableImage: Sendable {
        let limits: SizeLimits
        let elements: [ReferenceImage]
    }

    struct GlobalImage: Sendable {
        let place: Int
        let isReference: Bool
        let low: UInt64
        let high: UInt64
    }

    /// Whether each segment of an instance has been dropped.
    struct SegmentsImage: Sendable {
        let droppedElements: [Bool]
        let droppedData: [Bool]
    }

    let memories: [MemoryImage]
    let memoryTypes: [MemoryType]
    let tables: [TableImage]
    let constantGlobals: [GlobalImage]
    let mutableGlobals: [GlobalImage]
    /// Whether a mutable global holds references.
    let hasMutableReferences: Bool
    let segments: [SegmentsImage]
    let functionCount: Int
    /// Where the image was taken before a start function since that asks the host for what belongs to
    /// a request: what it asks for. The start function, and what comes after it, then runs each time
    /// that a store is taken.
    package let deferral: ObservedEffect?

    /// Freezes what the instances of `store` hold now.
    init(
        of store: Store,
        _ tracker: WrittenPages,
        deferral: ObservedEffect?
    ) throws(ResourceError) {
        self.deferral = deferral
        let functions = FunctionPlaces(store)
        functionCount = functions.count
        var memories: [MemoryImage] = []
        for place in unsafe store.memories.indices {
            let memory = unsafe store.memories[place]
            memories.append(try unsafe MemoryImage(of: memory, tracker))
        }
        self.memories = memories
        memoryTypes = unsafe store.memories.map { unsafe $0.pointee.type }
        tables = unsafe store.tables.map { table in
            unsafe TableImage(
                limits: table.pointee.type.limits,
                elements: (0..<Int(table.pointee.count)).map {
                    unsafe functions.image(of: table.pointee.base[$0])
                }
            )
        }
        let globals = unsafe store.globals.enumerated().map { place, global in
            unsafe (global.pointee.type.isMutable, functions.image(of: global.pointee, place))
        }
        mutableGlobals = globals.filter { $0.0 }.map { $0.1 }
        hasMutableReferences = mutableGlobals.contains(where: \.isReference)
        constantGlobals = globals.filter { !$0.0 }.map { $0.1 }
        segments = unsafe store.instances.map { unsafe StoreImage.segments(of: $0) }
    }

    private static func segments(of record: UnsafeMutablePointer<InstanceRecord>) -> SegmentsImage {
        let (elements, data) = unsafe record.segmentCounts
        return SegmentsImage(
            droppedElements: (0..<elements).map { unsafe record.pointee.elements[$0].count == 0 },
            droppedData: (0..<data).map { unsafe record.pointee.data[$0].count == 0 }
        )
    }

    /// Bytes that the memories and tables of a store take that is made from the image.
    package var byteCount: UInt64 {
        memories.reduce(0) { $0 + $1.byteCount }
            + tables.reduce(0) { $0 + UInt64($1.elements.count) * 8 }
    }
}

extension UnsafeMutablePointer<InstanceRecord> {
    /// How many segments an instance has: of elements, of data.
    var segmentCounts: (elements: Int, data: Int) {
        unsafe pointee.module?._withUnsafeGuaranteedRef {
            ($0.module.elements.count, $0.module.data.count)
        } ?? (0, 0)
    }
}

/// The functions of a store by their places, and their places by address.
///
/// Invariant: as in References.swift; it is used while the store lives.
@safe struct FunctionPlaces {
    private struct Block {
        let records: Store.FunctionBlock
        /// The place of its first function.
        let first: Int
        var address: UInt { unsafe UInt(bitPattern: records.base) }
    }

    private let byPlace: [Block]
    private let byAddress: [Block]
    let count: Int

    init(_ store: Store) {
        var blocks: [Block] = []
        var first = 0
        for records in store.functions where records.count > 0 {
            blocks.append(Block(records: records, first: first))
            first += records.count
        }
        byPlace = blocks
        byAddress = blocks.sorted { $0.address < $1.address }
        count = first
    }

    /// The last block whose `key` is at most `limit`.
    private func block<T: Comparable>(
        _ blocks: [Block],
        _ limit: T,
        _ key: (Block) -> T
    ) -> Block? {
        var low = 0
        var high = blocks.count
        while low < high {
            let middle = (low + high) / 2
            if key(blocks[middle]) <= limit { low = middle + 1 } else { high = middle }
        }
        return low > 0 ? blocks[low - 1] : nil
    }

    func image(of bits: UInt64) -> StoreImage.ReferenceImage {
        // Null, and what the host means.
        guard bits != 0, bits & 1 == 0, let block = block(byAddress, UInt(bits), \.address) else {
            return StoreImage.ReferenceImage(bits: bits)
        }
        let place = (UInt(bits) - block.address) / UInt(unsafe MemoryLayout<FunctionRecord>.stride)
        return StoreImage.ReferenceImage(bits: UInt64(block.first + Int(place)) * 2 + 2)
    }

    func bits(of image: StoreImage.ReferenceImage) -> UInt64 {
        guard image.bits != 0, image.bits & 1 == 0 else { return image.bits }
        let place = Int(image.bits / 2 - 1)
        guard let block = block(byPlace, place, \.first) else { return 0 }
        return unsafe FunctionReference(block.records.base + (place - block.first)).bits
    }

    func image(of global: GlobalRecord, _ place: Int) -> StoreImage.GlobalImage {
        let isReference = unsafe global.type.value.reference != nil
        return unsafe StoreImage.GlobalImage(
            place: place,
            isReference: isReference,
            low: isReference ? image(of: global.low).bits : global.low,
            high: global.high
        )
    }
}
