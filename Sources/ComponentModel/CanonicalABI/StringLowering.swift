// Strings into a guest's memory, in its encoding. What `realloc` is asked for, and in which order, is
// the specification's to say; guests may see it.
// Spec: CanonicalABI "Storing" (`store_string_into_range`)

import Wasm

/// By whom, and on which stack, a guest is asked for memory.
struct Allocation {
    let stack: CallStack
    let peer: Peer
}

extension CanonicalContext {
    /// Writes a string into memory that the guest gives; its address, and its length in code units,
    /// which may be tagged.
    func store(_ string: LiftedString, _ by: Allocation) throws(Trap) -> (address: UInt64, length: UInt64) {
        switch (stringEncoding, string) {
        case (.utf8, .utf8(let bytes)): try copy(bytes, alignment: 1, by)
        case (.utf8, .utf16(let units, _)): try utf8(string, ascii: units.asciiEnd(from: 0), 3, by)
        case (.utf8, .latin1(let bytes)): try utf8(string, ascii: bytes.asciiEnd(from: 0), 2, by)
        case (.utf16, .utf8(let bytes)): try utf16(bytes, by)
        case (.utf16, .utf16(let units, _)): try copy(units, by)
        case (.utf16, .latin1(let bytes)): try widened(bytes, by)
        case (.latin1OrUTF16, .utf16(let units, isTagged: true)): try probablyUTF16(units, by)
        case (.latin1OrUTF16, .utf8), (.latin1OrUTF16, .utf16): try latin1OrUTF16(string, by)
        case (.latin1OrUTF16, .latin1(let bytes)): try copy(bytes, alignment: 2, by)
        }
    }

    // MARK: Memory

    private func allocate(
        _ alignment: UInt64,
        _ byteCount: Int,
        _ by: Allocation
    ) throws(Trap) -> UInt64 {
        try allocate(by.stack, alignment, UInt64(byteCount), by.peer, by.peer.stringOutOfBounds)
    }

    private func reallocate(
        _ old: UInt64,
        _ oldCount: Int,
        _ alignment: UInt64,
        _ newCount: Int,
        _ by: Allocation
    ) throws(Trap) -> UInt64 {
        try reallocate(
            by.stack,
            old,
            UInt64(oldCount),
            alignment,
            UInt64(newCount),
            by.peer,
            by.peer.stringOutOfBounds
        )
    }

    /// Bytes of the memory, which `reallocate` has found to be there.
    private func bytes(_ address: UInt64, _ count: Int) -> Bytes {
        unsafe Bytes(MemoryPlace(memory, address).address, count)
    }

    private func units(_ address: UInt64, _ count: Int) -> UTF16Units {
        unsafe UTF16Units(MemoryPlace(memory, address).address, count)
    }

    // MARK: Without transcoding

    /// Spec: `store_string_copy`
    private func copy(
        _ source: Bytes,
        alignment: UInt64,
        _ by: Allocation
    ) throws(Trap) -> (UInt64, UInt64) {
        let address = try allocate(alignment, source.count, by)
        bytes(address, source.count).copy(from: source, source.count)
        return (address, UInt64(source.count))
    }

    private func copy(_ source: UTF16Units, _ by: Allocation) throws(Trap) -> (UInt64, UInt64) {
        let address = try allocate(2, 2 * source.count, by)
        units(address, source.count).copy(from: source, source.count)
        return (address, UInt64(source.count))
    }

    private func widened(_ source: Bytes, _ by: Allocation) throws(Trap) -> (UInt64, UInt64) {
        let address = try allocate(2, 2 * source.count, by)
        let target = units(address, source.count)
        for index in 0..<source.count { target[index] = UInt16(source[index]) }
        return (address, UInt64(source.count))
    }

    // MARK: UTF-8

    /// Spec: `store_string_to_utf8`
    private func utf8(
        _ source: LiftedString,
        ascii: Int,
        _ worstFactor: Int,
        _ by: Allocation
    ) throws(Trap) -> (UInt64, UInt64) {
        var address = try allocate(1, source.count, by)
        let target = bytes(address, source.count)
        switch source {
        case .utf16(let units, _):
            for index in 0..<ascii { target[index] = UInt8(truncatingIfNeeded: units[index]) }
        case .utf8(let bytes), .latin1(let bytes): target.copy(from: bytes, ascii)
        }
        guard ascii < source.count else { return (address, UInt64(source.count)) }
        let worst = source.count * worstFactor
        address = try reallocate(address, source.count, 1, worst, by)
        let rest = bytes(address, worst)
        var end = ascii
        source.scalars(from: ascii) {
            end = rest.setUTF8($0, at: end)
            return true
        }
        if end < worst { address = try reallocate(address, worst, 1, end, by) }
        return (address, UInt64(end))
    }

    // MARK: UTF-16

    /// Spec: `store_utf8_to_utf16`
    private func utf16(_ source: Bytes, _ by: Allocation) throws(Trap) -> (UInt64, UInt64) {
        let worst = 2 * source.count
        var address = try allocate(2, worst, by)
        let target = units(address, source.count)
        let ascii = source.asciiEnd(from: 0)
        for index in 0..<ascii { target[index] = UInt16(source[index]) }
        var end = ascii
        LiftedString.utf8(source).scalars(from: ascii) {
            end = target.setUTF16($0, at: end)
            return true
        }
        if 2 * end < worst { address = try reallocate(address, worst, 2, 2 * end, by) }
        return (address, UInt64(end))
    }

    // MARK: Latin-1 or UTF-16

    /// Spec: `store_string_to_latin1_or_utf16`
    private func latin1OrUTF16(_ source: LiftedString, _ by: Allocation) throws(Trap) -> (UInt64, UInt64) {
        var address = try allocate(2, source.count, by)
        let latin1 = bytes(address, source.count)
        var count = 0
        var index = 0
        source.scalars(from: 0) { scalar in
            guard scalar < 0x100 else { return false }
            latin1[count] = UInt8(truncatingIfNeeded: scalar)
            count &+= 1
            // Where the next scalar begins in UTF-8, the one encoding in which it may not be `count`.
            index &+= source.isUTF8 && scalar >= 0x80 ? 2 : 1
            return true
        }
        guard index < source.count else {
            if count < source.count { address = try reallocate(address, source.count, 2, count, by) }
            return (address, UInt64(count))
        }
        let worst = 2 * source.count
        address = try reallocate(address, source.count, 2, worst, by)
        let (narrow, wide) = (bytes(address, count), units(address, source.count))
        for position in (0..<count).reversed() { wide[position] = UInt16(narrow[position]) }
        var end = count
        source.scalars(from: index) {
            end = wide.setUTF16($0, at: end)
            return true
        }
        if 2 * end < worst { address = try reallocate(address, worst, 2, 2 * end, by) }
        return (address, UInt64(end) | utf16Tag)
    }

    /// Spec: `store_probably_utf16_to_latin1_or_utf16`
    private func probablyUTF16(_ source: UTF16Units, _ by: Allocation) throws(Trap) -> (UInt64, UInt64) {
        let (address, length) = try copy(source, by)
        let target = units(address, source.count)
        if target.latin1End(from: 0) < source.count { return (address, length | utf16Tag) }
        let latin1 = bytes(address, source.count)
        for index in 0..<source.count { latin1[index] = UInt8(truncatingIfNeeded: target[index]) }
        return (try reallocate(address, 2 * source.count, 1, source.count, by), length)
    }
}
