/// Reads a section from front to back. Every read is checked.
struct SectionCursor {
    let name: String
    private let bytes: ArraySlice<UInt8>
    /// Bytes from the section's beginning.
    private(set) var offset: Int
    /// Where reading ends.
    private(set) var end: Int

    /// A cursor at the beginning of a section.
    init(_ name: String, _ bytes: ArraySlice<UInt8>) {
        self.name = name
        self.bytes = bytes
        offset = 0
        end = bytes.count
    }

    var isAtEnd: Bool { offset >= end }

    func error(_ kind: DWARFError.Kind) -> DWARFError { DWARFError(kind, name, offset) }

    /// Goes to an offset in the section.
    mutating func seek(_ target: UInt64) throws(DWARFError) {
        guard target <= UInt64(end) else { throw error(.truncated) }
        offset = Int(target)
    }

    /// A cursor over the next `count` bytes, which this one passes.
    mutating func split(_ count: UInt64) throws(DWARFError) -> SectionCursor {
        guard count <= UInt64(end - offset) else { throw error(.truncated) }
        var part = self
        offset += Int(count)
        part.end = offset
        return part
    }

    mutating func skip(_ count: UInt64) throws(DWARFError) {
        guard count <= UInt64(end - offset) else { throw error(.truncated) }
        offset += Int(count)
    }

    mutating func u8() throws(DWARFError) -> UInt8 {
        guard offset < end else { throw error(.truncated) }
        defer { offset += 1 }
        return bytes[bytes.startIndex + offset]
    }

    mutating func u16() throws(DWARFError) -> UInt16 { UInt16(truncatingIfNeeded: try fixed(2)) }
    mutating func u32() throws(DWARFError) -> UInt32 { UInt32(truncatingIfNeeded: try fixed(4)) }

    /// A little-endian number of `count` bytes, 8 at most.
    mutating func fixed(_ count: Int) throws(DWARFError) -> UInt64 {
        guard count <= end - offset else { throw error(.truncated) }
        var value: UInt64 = 0
        for place in 0..<count {
            value |= UInt64(bytes[bytes.startIndex + offset + place]) << UInt64(8 * place)
        }
        offset += count
        return value
    }

    /// Spec: DWARF 5 section 7.6 "Variable Length Data"
    mutating func uleb() throws(DWARFError) -> UInt64 {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while true {
            let byte = try u8()
            guard shift < 64 else { throw error(.badNumber) }
            value |= UInt64(byte & 0x7F) << shift
            if byte & 0x80 == 0 { return value }
            shift += 7
        }
    }

    mutating func sleb() throws(DWARFError) -> Int64 {
        var value: Int64 = 0
        var shift: Int64 = 0
        while true {
            let byte = try u8()
            guard shift < 64 else { throw error(.badNumber) }
            value |= Int64(byte & 0x7F) << shift
            shift += 7
            if byte & 0x80 == 0 {
                if byte & 0x40 != 0, shift < 64 { value |= -1 << shift }
                return value
            }
        }
    }

    /// A string that ends with a zero; what is longer than a name may be is cut.
    mutating func string() throws(DWARFError) -> String {
        let first = offset
        while try u8() != 0 {}
        let last = min(offset - 1, first + DWARFLimits.nameBytes)
        let base = bytes.startIndex
        return String(decoding: bytes[(base + first)..<(base + last)], as: UTF8.self)
    }

    mutating func skipString() throws(DWARFError) { while try u8() != 0 {} }

    /// The length of a unit of the 32-bit format, which begins here.
    /// Spec: DWARF 5 section 7.4 "32-Bit and 64-Bit DWARF Formats"
    mutating func unitLength() throws(DWARFError) -> UInt64 {
        let length = try u32()
        guard length < 0xFFFF_FFF0 else { throw error(.wide) }
        return UInt64(length)
    }
}
