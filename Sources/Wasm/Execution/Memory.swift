import Glibc

/// A linear memory of a store.
///
/// Invariant: the address space that the memory may ever grow to is reserved at once, so that its
/// address stays; the pages in use are readable and writable, the rest is not. Of a 32-bit memory that
/// is all that 32 bits can name and `Limits.memoryGuardBytes` behind it, whatever its type's maximum.
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
        let length = Memory.reservation(for: type)
        guard
            let base = unsafe mmap(
                nil, length, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0),
            unsafe base != MAP_FAILED
        else { throw .noMemory(bytes: UInt64(length)) }
        let record = unsafe store.add(
            MemoryRecord(
                base: base, byteCount: 0, reservedBytes: length, type: type, usage: store.usage))
        unsafe self.init(store, record)
        guard unsafe Memory.grow(record, by: type.limits.minimum) != nil else {
            throw store.refusal(of: minimum.partialValue) ?? .noMemory(bytes: minimum.partialValue)
        }
    }

    /// Bytes of address space that a memory of this type reserves.
    static func reservation(for type: MemoryType) -> Int {
        switch type.addressType {
        case .i32: return Int(Limits.memoryBytes) + Limits.memoryGuardBytes
        case .i64:
            let (bytes, overflow) = (type.limits.maximum ?? .max)
                .multipliedReportingOverflow(by: Memory.pageBytes)
            let most = overflow ? Limits.memoryBytes : min(bytes, Limits.memoryBytes)
            return Int(max(most, Memory.pageBytes))
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
            if let usage = unsafe record.pointee.usage {
                guard unsafe usage.pointee.add(added.partialValue) else { return nil }
            }
            guard unsafe makeAccessible(record, to: new.partialValue) else {
                unsafe record.pointee.usage?.pointee.remove(added.partialValue)
                return nil
            }
            unsafe record.pointee.byteCount = new.partialValue
        }
        return old / pageBytes
    }

    /// Has the system let the memory be written up to `byteCount`; false where it refuses.
    private static func makeAccessible(
        _ record: UnsafeMutablePointer<MemoryRecord>, to byteCount: UInt64
    ) -> Bool {
        let accessible = unsafe record.pointee.accessibleBytes
        guard byteCount > accessible else { return true }
        let start = unsafe record.pointee.base + Int(accessible)
        guard unsafe mprotect(start, Int(byteCount - accessible), PROT_READ | PROT_WRITE) == 0 else {
            return false
        }
        unsafe record.pointee.accessibleBytes = byteCount
        return true
    }

    /// Makes the memory as small as it was: `byteCount`, at most what it has, in whole pages. What is
    /// behind that is zeros; up to `Limits.accessibleGrowthBytes` of it stay accessible for when the
    /// memory grows again. False where the system refuses.
    static func shrink(_ record: UnsafeMutablePointer<MemoryRecord>, to byteCount: UInt64) -> Bool {
        let excess = unsafe record.pointee.byteCount - byteCount
        guard excess > 0 else { return true }
        let kept = byteCount + Limits.accessibleGrowthBytes
        let accessible = unsafe record.pointee.accessibleBytes
        if accessible > kept {
            let start = unsafe record.pointee.base + Int(kept)
            guard unsafe mprotect(start, Int(accessible - kept), PROT_NONE) == 0 else { return false }
            unsafe record.pointee.accessibleBytes = kept
        }
        unsafe record.pointee.usage?.pointee.remove(excess)
        unsafe record.pointee.byteCount = byteCount
        return true
    }

    static func release(_ record: UnsafeMutablePointer<MemoryRecord>) {
        unsafe munmap(record.pointee.base, record.pointee.reservedBytes)
    }
}
