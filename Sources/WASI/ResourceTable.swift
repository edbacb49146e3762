// Invariant: an object is got as the type that it was added as, since the only way to its number is a
// handle of the resource type that stands for it.
import Wasm

/// The objects that a guest has handles to, by the numbers that stand for them in components.
///
/// A child must go before its parent, as wasi:io and wasi:http demand of their resources.
@usableFromInline package final class ResourceTable {
    private struct Entry {
        var object: AnyObject?
        /// The bytes that it counts for.
        var price: UInt32 = 0
        /// The number of what it is a child of; 0 for none.
        var parent: UInt32 = 0
        var children: UInt32 = 0
        /// The next free number where this one is free; 0 for none.
        var nextFree: UInt32 = 0
    }

    /// The entry of number 0 is never used.
    private var entries = [Entry()]
    private var firstFree: UInt32 = 0
    /// Objects in the table.
    package private(set) var count = 0

    /// Where what the objects hold is counted.
    package var memory = HostMemory()

    package init() { entries.reserveCapacity(16) }

    /// Adds an object, perhaps as a child; its number. Traps where there are too many, or they hold too much.
    @usableFromInline package func push(
        _ object: AnyObject,
        childOf parent: UInt32 = 0,
        price: UInt32
    ) throws(Trap) -> UInt32 {
        guard parent < entries.count else { throw .host("there is no resource \(parent)") }
        guard count < WASILimits.resources else {
            throw .host("there are more than \(WASILimits.resources) resources")
        }
        try memory.charge(price)
        count += 1
        if parent != 0 { entries[Int(parent)].children += 1 }
        let number = firstFree
        guard number != 0 else {
            entries.append(Entry(object: object, price: price, parent: parent))
            return UInt32(entries.count - 1)
        }
        firstFree = entries[Int(number)].nextFree
        entries[Int(number)] = Entry(object: object, price: price, parent: parent)
        return number
    }

    /// Counts an object, which is in the table, for another number of bytes. Traps where that is too much.
    package func reprice(_ number: UInt32, _ price: UInt32) throws(Trap) {
        guard number < entries.count, entries[Int(number)].object != nil else { return }
        let old = entries[Int(number)].price
        if price > old { try memory.charge(price - old) } else { memory.discharge(old - price) }
        entries[Int(number)].price = price
    }

    /// The object with this number.
    @inlinable package func get<T: AnyObject>(
        _ number: UInt32, as type: T.Type
    ) throws(Trap) -> T {
        let object = try object(number)
        assert(object is T)
        return unsafe unsafeDowncast(object, to: T.self)
    }

    /// Takes the object with this number out. Traps where it has children.
    @inlinable @discardableResult package func remove<T: AnyObject>(
        _ number: UInt32, as type: T.Type
    ) throws(Trap) -> T {
        let object = try removeObject(number)
        assert(object is T)
        return unsafe unsafeDowncast(object, to: T.self)
    }

    @usableFromInline func object(_ number: UInt32) throws(Trap) -> AnyObject {
        guard number < entries.count, let object = entries[Int(number)].object else {
            throw .host("there is no resource \(number)")
        }
        return object
    }

    @usableFromInline func removeObject(_ number: UInt32) throws(Trap) -> AnyObject {
        let object = try object(number)
        let entry = entries[Int(number)]
        guard entry.children == 0 else {
            throw .host("a resource is dropped before its \(entry.children) children")
        }
        if entry.parent != 0 { entries[Int(entry.parent)].children -= 1 }
        memory.discharge(entry.price)
        entries[Int(number)] = Entry(nextFree: firstFree)
        firstFree = number
        count -= 1
        return object
    }

    /// Takes all objects out, in the order in which they were added.
    package func removeAll() {
        guard entries.count > 1 else { return }
        // An object that goes may use the table no more.
        let old = entries
        for entry in old { memory.discharge(entry.price) }
        entries = [Entry()]
        firstFree = 0
        count = 0
        _ = consume old
    }
}

@available(*, unavailable)
extension ResourceTable: Sendable {}
