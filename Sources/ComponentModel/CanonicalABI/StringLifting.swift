import Wasm

/// A string as it lies in a memory or with the host, found to be valid.
enum LiftedString {
    case utf8(Bytes)
    /// Whether the encoding was latin1+utf16.
    case utf16(UTF16Units, isTagged: Bool)
    case latin1(Bytes)

    /// Code units.
    var count: Int {
        switch self {
        case .utf8(let bytes), .latin1(let bytes): bytes.count
        case .utf16(let units, _): units.count
        }
    }

    var isUTF8: Bool {
        if case .utf8 = self { true } else { false }
    }

    /// Its scalars from a code unit on; false from `visit` ends it.
    @inline(__always) func scalars(from start: Int, _ visit: (UInt32) -> Bool) {
        var index = start
        switch self {
        case .utf8(let bytes):
            while index < bytes.count {
                let (scalar, next) = bytes.utf8Scalar(at: index)
                guard visit(scalar) else { return }
                index = next
            }
        case .utf16(let units, _):
            while index < units.count {
                let (scalar, next) = units.utf16Scalar(at: index)
                guard visit(scalar) else { return }
                index = next
            }
        case .latin1(let bytes):
            while index < bytes.count {
                guard visit(UInt32(bytes[index])) else { return }
                index &+= 1
            }
        }
    }
}

extension CanonicalContext {
    /// The string at `address` of so many code units, which may be tagged. Throws where it is too
    /// long, not aligned, not within the memory or not valid.
    /// Spec: CanonicalABI "Loading" (`load_string_from_range`)
    func loadString(
        _ address: UInt64,
        _ taggedCodeUnits: UInt64,
        _ peer: Peer
    ) throws(Trap) -> LiftedString {
        var isUTF16 = stringEncoding == .utf16
        var codeUnits = taggedCodeUnits
        if stringEncoding == .latin1OrUTF16, taggedCodeUnits & utf16Tag != 0 {
            isUTF16 = true
            codeUnits ^= utf16Tag
        }
        let longest = isUTF16 ? ComponentLimits.listBytes / 2 : ComponentLimits.listBytes
        let isAligned = stringEncoding == .utf8 || address & 1 == 0
        try trapIf(!isAligned, .unaligned)
        let byteCount = codeUnits.multipliedReportingOverflow(by: isUTF16 ? 2 : 1)
        try trapIf(
            byteCount.overflow || !holds(address, byteCount.partialValue),
            peer.stringOutOfBounds
        )
        try trapIf(codeUnits > longest, .stringTooLong)
        let place = MemoryPlace(memory, address)
        if isUTF16 {
            let units = unsafe UTF16Units(place.address, Int(codeUnits))
            try units.validateUTF16()
            return .utf16(units, isTagged: stringEncoding == .latin1OrUTF16)
        }
        let bytes = unsafe Bytes(place.address, Int(codeUnits))
        guard stringEncoding == .utf8 else { return .latin1(bytes) }
        try bytes.validateUTF8()
        return .utf8(bytes)
    }
}
