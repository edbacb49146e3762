import Wasm

/// The handles of a component instance, by index from 1 on. What was freed last is given out first.
/// Spec: CanonicalABI "Table State" (`Table`), "Resource State" (`ResourceHandle`)
struct HandleTable: Sendable {
    /// A handle, or a free place.
    struct Handle: Equatable, Sendable {
        enum State: UInt8 { case free, own, borrow }

        var type: ResourceNumber
        var rep: UInt32
        /// Calls under way that it was lent to.
        var lends: UInt32 = 0
        /// The task that a borrow belongs to; of a free place, the next one, 0 for none.
        var link: UInt32 = 0
        var state: State
    }

    /// The first place is never used.
    private(set) var places = [Handle(type: ResourceNumber(bits: 0), rep: 0, state: .free)]
    private var firstFree: UInt32 = 0

    /// Whether the next handle takes a place that was not there before.
    var isFull: Bool { firstFree == 0 }

    /// Adds a handle. Throws where there are as many as there may be.
    mutating func add(_ handle: Handle) throws(Trap) -> UInt32 {
        let index = firstFree
        guard index == 0 else {
            firstFree = places[Int(index)].link
            places[Int(index)] = handle
            return index
        }
        try trapIf(places.count > ComponentLimits.handles, .tooManyHandles)
        places.append(handle)
        return UInt32(places.count - 1)
    }

    /// The handle at `index`, which is one of `type`. Throws where it is not.
    func get(_ index: UInt32, _ type: ResourceNumber) throws(Trap) -> Handle {
        guard index < places.count, places[Int(index)].state != .free else {
            throw .unknownHandle(index)
        }
        let handle = places[Int(index)]
        try trapIf(
            handle.type != type,
            .wrongHandle(index, wanted: type, found: handle.type)
        )
        return handle
    }

    /// Takes out the handle at `index`, which is one of `type` and not lent. Throws where it is not.
    mutating func remove(_ index: UInt32, _ type: ResourceNumber) throws(Trap) -> Handle {
        let handle = try get(index, type)
        try trapIf(handle.lends != 0, .handleIsLent)
        places[Int(index)].state = .free
        places[Int(index)].link = firstFree
        firstFree = index
        return handle
    }

    /// Counts a call that the handle at `index`, which is there, is lent to.
    mutating func lend(_ index: UInt32) { places[Int(index)].lends += 1 }

    /// Ends a call that the handle at `index` was lent to.
    mutating func endLend(_ index: UInt32) { places[Int(index)].lends -= 1 }

    /// Takes all out.
    mutating func removeAll() {
        if places.count > ComponentLimits.idleHandles {
            self = HandleTable()
            return
        }
        places.removeLast(places.count - 1)
        firstFree = 0
    }

    var isEmpty: Bool { places.count == 1 }
}
