import Glibc

/// A table of a store.
/// Spec: core/exec/runtime#table-instances
@safe package struct Table {
    package let store: Store
    let record: UnsafeMutablePointer<TableRecord>

    init(_ store: Store, _ record: UnsafeMutablePointer<TableRecord>) {
        self.store = store
        unsafe self.record = record
    }

    /// A table of its type's minimum size, every element `initial`. Indices in `type` are canonical
    /// ids. Throws where it is over `Limits.tableElements` or the system has no room for it.
    package init(
        _ store: Store, _ type: TableType, _ initial: Reference
    ) throws(ResourceError) {
        try self.init(store, type, bits: initial.bits)
    }

    init(_ store: Store, _ type: TableType, bits: UInt64) throws(ResourceError) {
        guard type.limits.minimum <= Limits.tableElements,
            let base = unsafe malloc(8)?.assumingMemoryBound(to: UInt64.self)
        else { throw .noTable(elements: type.limits.minimum) }
        let record = unsafe store.add(
            TableRecord(base: base, count: 0, capacity: 1, type: type, usage: store.usage))
        unsafe self.init(store, record)
        guard unsafe Table.grow(record, by: type.limits.minimum, bits) != nil else {
            throw store.refusal(of: type.limits.minimum * 8)
                ?? .noTable(elements: type.limits.minimum)
        }
    }

    /// Its type; type indices in it are canonical ids.
    package var type: TableType { unsafe record.pointee.type }
    package var count: UInt64 { unsafe record.pointee.count }

    /// The element at `index`, nil out of bounds.
    package func get(_ index: UInt64) -> Reference? {
        guard index < count else { return nil }
        return unsafe Reference(
            bits: record.pointee.base[Int(index)], ValueType(type.element), store)
    }

    /// Spec: core/exec/modules#growing-tables
    static func grow(
        _ record: UnsafeMutablePointer<TableRecord>, by count: UInt64, _ value: UInt64
    ) -> UInt64? {
        let old = unsafe record.pointee.count
        let (new, overflow) = old.addingReportingOverflow(count)
        let limit = unsafe min(record.pointee.type.limits.maximum ?? .max, Limits.tableElements)
        guard !overflow, new <= limit, unsafe record.pointee.usage.pointee.add(count * 8) else {
            return nil
        }
        if unsafe new > record.pointee.capacity {
            let capacity = unsafe min(max(new, record.pointee.capacity * 2), Limits.tableElements)
            guard let base = unsafe realloc(record.pointee.base, Int(capacity) * 8) else {
                unsafe record.pointee.usage.pointee.remove(count * 8)
                return nil
            }
            unsafe record.pointee.base = base.assumingMemoryBound(to: UInt64.self)
            unsafe record.pointee.capacity = capacity
        }
        unsafe (record.pointee.base + Int(old)).update(repeating: value, count: Int(count))
        unsafe record.pointee.count = new
        unsafe record.pointee.isWritten = true
        return old
    }

    /// Spec: core/exec/instructions#exec-table-init
    static func initialize(
        _ record: UnsafeMutablePointer<TableRecord>, _ start: UInt64, from segment: ElementRecord,
        _ source: UInt64, _ count: UInt64
    ) -> Trap.Kind? {
        guard unsafe isWithin(start, count, record.pointee.count),
            unsafe isWithin(source, count, UInt64(segment.count))
        else { return .tableOutOfBounds }
        if let base = unsafe segment.base {
            unsafe (record.pointee.base + Int(start)).update(
                from: base + Int(source), count: Int(count))
            unsafe record.pointee.isWritten = true
        }
        return nil
    }

    /// Makes the table as small as it was: `count` elements, at most those that it has.
    static func shrink(_ record: UnsafeMutablePointer<TableRecord>, to count: UInt64) {
        unsafe record.pointee.usage.pointee.remove((record.pointee.count - count) * 8)
        unsafe record.pointee.count = count
        let capacity = max(count, 1)
        guard unsafe record.pointee.capacity > 2 * capacity,
            let base = unsafe realloc(record.pointee.base, Int(capacity) * 8)
        else { return }
        unsafe record.pointee.base = base.assumingMemoryBound(to: UInt64.self)
        unsafe record.pointee.capacity = capacity
    }
}
