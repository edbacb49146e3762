import Wasm

/// What the host holds in memory for one use of an instance, counted with the memories and tables of its
/// store: a guest that has the host keep much has less to grow by, and the other way round.
///
/// Resources are counted at a price, which is what each may hold at most where that is not known. An
/// allowance comes first, so that a guest which has taken all its memory can still answer.
package struct HostMemory {
    /// The store whose limit counts, which outlives the uses of its instances; none while it is made.
    package unowned var store: Store?
    /// Bytes that are held.
    private(set) var used: UInt64 = 0

    /// What of a number of bytes is counted in the store.
    private static func counted(_ bytes: UInt64) -> UInt64 {
        bytes > WASILimits.allowedBytes ? bytes - WASILimits.allowedBytes : 0
    }

    /// Counts bytes more. Traps where they are over the limit.
    mutating func charge(_ bytes: UInt32) throws(Trap) {
        let sum = used + UInt64(bytes)
        let more = HostMemory.counted(sum) - HostMemory.counted(used)
        if more > 0, let store, !store.charge(more) {
            throw .host("the memory limit is reached by what the host holds for the guest: \(sum) bytes")
        }
        used = sum
    }

    /// Counts bytes no more that were charged before.
    mutating func discharge(_ bytes: UInt32) {
        let rest = used - UInt64(bytes)
        let less = HostMemory.counted(used) - HostMemory.counted(rest)
        if less > 0 { store?.discharge(less) }
        used = rest
    }

    /// Ends the counting in the store, which others use from now on.
    package mutating func end() {
        store?.discharge(HostMemory.counted(used))
        store = nil
    }
}

@available(*, unavailable)
extension HostMemory: Sendable {}
