import Wasm

/// The host's memory that handles of a component instance take, or the list of those that are lent: it
/// counts among the memories of the store, by blocks of `ComponentLimits.idleHandles` of them. What the
/// instance has at its start is free, one block at least.
struct HandleMemory {
    /// Bytes of one.
    private let stride: Int
    /// Blocks that there are at the start, and those that are counted beside them.
    private var free = 1
    private var counted = 0

    init(stride: Int) { self.stride = stride }

    private var blockBytes: UInt64 { UInt64(stride * ComponentLimits.idleHandles) }

    /// Whether one more than `count` has room in the blocks.
    @inline(__always) func holds(_ count: Int) -> Bool {
        count < (free &+ counted) &* ComponentLimits.idleHandles
    }

    /// Counts a block more. Throws where the store's limit is reached.
    mutating func grow(_ store: Store) throws(Trap) {
        try trapIf(!store.charge(blockBytes), .handlesOverMemory)
        counted += 1
    }

    /// Counts none any more: `count` are there from now on. False where there were none to count.
    @discardableResult mutating func reset(to count: Int, _ store: Store) -> Bool {
        free = max(1, (count + ComponentLimits.idleHandles - 1) / ComponentLimits.idleHandles)
        guard counted > 0 else { return false }
        store.discharge(UInt64(counted) * blockBytes)
        counted = 0
        return true
    }
}
