import Glibc

/// A linear memory of a store.
///
/// Invariant: the address space that the memory may ever grow to is reserved at once, so that its
/// address stays; the pages in use are readable and writable, the rest is not.
/// Spec: core/exec/runtime#memory-instances
@safe package struct Memory {
    package let store: Store
    let record: UnsafeMutablePointer<MemoryRecord>

    package static let pageBytes: UInt64 = 65_536

    init(_ store: Store, _ record: UnsafeMutablePointer<MemoryRecord>) {
        self.store = store
        unsafe self.record = record
    }

    /// A memory of its type's minimum size, all zeros. Throws where it is over `Limits.memoryBytes`
    /// or the system has no room for it.
    package init(_ store: Store, _ type: MemoryType) throws(ResourceError) {
        let minimum = type.limits.minimum.multipliedReportingOverflow(by: Memory.pageBytes)
        guard !minimum.overflow, minimum.partialValue <= Limits.memoryBytes else {
            throw .noMemory(bytes: minimum.overflow ? .max : minimum.partialValue)
        }
        let maximum = (type.limits.maximum ?? .max)
            .multipliedReportingOverflow(by: Memory.pageBytes)
        let reserved = Int(
            maximum.overflow
                ? Limits.memoryBytes : min(maximum.partialValue, Limits.memoryBytes))
        let length = max(reserved, Int(Memory.pageBytes))
        guard
            let base = unsafe mmap(
                nil, length, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0),
            unsafe base != MAP_FAILED
        else { throw .noMemory(bytes: UInt64(length)) }
        let record = unsafe store.add(
            MemoryRecord(base: base, byteCount: 0, reservedBytes: length, type: type))
        unsafe self.init(store, record)
        guard unsafe Memory.grow(record, by: type.limits.minimum) != nil else {
            throw .noMemory(bytes: minimum.partialValue)
        }
    }

    package var type: MemoryType { unsafe record.pointee.type }
    package var byteCount: UInt64 { unsafe record.pointee.byteCount }
    /// The size in pages of 64 KiB.
    package var pageCount: UInt64 { byteCount / Memory.pageBytes }

    /// Its bytes, for checked access between runs.
    package var contents: GuestMemory {
        unsafe GuestMemory(view: MemoryView(record.pointee.base, record.pointee.byteCount))
    }

    /// Grows the memory by `pages`; the size in pages that it had, nil if it cannot grow so far.
    package func grow(by pages: UInt64) -> UInt64? { unsafe Memory.grow(record, by: pages) }

    /// Spec: core/exec/modules#growing-memories
    static func grow(_ record: UnsafeMutablePointer<MemoryRecord>, by pages: UInt64) -> UInt64? {
        let old = unsafe record.pointee.byteCount
        let added = pages.multipliedReportingOverflow(by: pageBytes)
        let new = old.addingReportingOverflow(added.partialValue)
        let limit = unsafe min(record.pointee.type.limits.maximum ?? .max, Limits.memoryBytes / pageBytes)
        guard !added.overflow, !new.overflow, new.partialValue / pageBytes <= limit else {
            return nil
        }
        if pages > 0 {
            let start = unsafe record.pointee.base + Int(old)
            guard unsafe mprotect(start, Int(added.partialValue), PROT_READ | PROT_WRITE) == 0
            else { return nil }
            unsafe record.pointee.byteCount = new.partialValue
        }
        return old / pageBytes
    }

    static func release(_ record: UnsafeMutablePointer<MemoryRecord>) {
        unsafe munmap(record.pointee.base, record.pointee.reservedBytes)
    }
}
