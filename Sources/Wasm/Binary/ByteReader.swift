// Reads a module's bytes from the front to the back.
//
// Invariant: `base` points to `count` bytes, which stay where they are and as they are for as long
// as the reader or a copy of it is used, and `0 <= offset <= count`. Every access is checked.

/// A position in a module's bytes, and the primitives of the binary format that are read there.
///
/// The bounds are the module's, not a section's: a section or body that runs over its size is found
/// out when it ends, as the specification's grammar has it.
/// Spec: core/binary/values
@safe package struct ByteReader {
    private let base: UnsafePointer<UInt8>
    /// Where what is read ends.
    package private(set) var count: Int
    package private(set) var offset = 0

    /// A reader of `bytes`, which must outlive it and its copies.
    package init(_ bytes: UnsafeBufferPointer<UInt8>) {
        if let start = bytes.baseAddress {
            unsafe base = start
            count = bytes.count
        } else {
            unsafe base = UnsafePointer(bitPattern: 1).unsafelyUnwrapped
            count = 0
        }
    }

    /// A reader of the part of these bytes that `range` is, which begins there; offsets stay those of all.
    package func part(_ range: Range<Int>) -> ByteReader {
        var part = self
        part.count = min(max(range.upperBound, 0), count)
        part.seek(to: range.lowerBound)
        return part
    }

    @inline(__always) package var remaining: Int { count &- offset }
    @inline(__always) package var isAtEnd: Bool { offset == count }

    /// The next byte, nil at the end.
    @inline(__always) package func peek() -> UInt8? { offset < count ? unsafe base[offset] : nil }

    /// The next byte.
    @inline(__always) package mutating func byte() throws(ModuleError) -> UInt8 {
        guard offset < count else { throw endError() }
        let byte = unsafe base[offset]
        offset &+= 1
        return byte
    }

    /// Goes back to where the reader has been, or forward to at most the end.
    package mutating func seek(to offset: Int) { self.offset = min(max(offset, 0), count) }

    /// Passes over `length` bytes.
    @inline(__always) package mutating func skip(_ length: Int) throws(ModuleError) {
        guard length >= 0, length <= remaining else { throw endError() }
        offset &+= length
    }

    /// Four bytes, the least significant first.
    package mutating func word32() throws(ModuleError) -> UInt32 {
        var word: UInt32 = 0
        for shift in 0..<4 { word |= UInt32(try byte()) << (8 * UInt32(shift)) }
        return word
    }

    /// The bytes of a range, which must be one that the reader has passed.
    func withBytes<Result>(
        _ range: Range<Int>,
        _ body: (borrowing RawSpan) -> Result
    ) -> Result {
        precondition(range.lowerBound >= 0 && range.upperBound <= count)
        let bytes = unsafe UnsafeRawBufferPointer(
            start: base + range.lowerBound,
            count: range.count
        )
        return unsafe body(RawSpan(_unsafeBytes: bytes))
    }

    // MARK: LEB128

    /// An unsigned number of 32 bits.
    @inline(__always) package mutating func u32() throws(ModuleError) -> UInt32 {
        if offset < count {
            let byte = unsafe base[offset]
            if byte < 0x80 {
                offset &+= 1
                return UInt32(byte)
            }
        }
        let (number, end) = try leb128(bits: 32, signed: false)
        offset = end
        return UInt32(truncatingIfNeeded: number)
    }

    /// An unsigned number of 64 bits.
    @inline(__always) package mutating func u64() throws(ModuleError) -> UInt64 {
        if offset < count {
            let byte = unsafe base[offset]
            if byte < 0x80 {
                offset &+= 1
                return UInt64(byte)
            }
        }
        let (number, end) = try leb128(bits: 64, signed: false)
        offset = end
        return number
    }

    /// A signed number of `bits` bits.
    @inline(__always) package mutating func signed(bits: Int) throws(ModuleError) -> Int64 {
        if offset < count {
            let byte = unsafe base[offset]
            if byte < 0x80 {
                offset &+= 1
                return Int64(Int8(bitPattern: byte << 1) >> 1)
            }
        }
        let (number, end) = try leb128(bits: bits, signed: true)
        offset = end
        return Int64(bitPattern: number)
    }

    /// The number at the offset, sign-extended if it is `signed`, and the offset after it.
    /// Spec: core/binary/values#integers
    @inline(never) private func leb128(
        bits: Int,
        signed: Bool
    ) throws(ModuleError) -> (UInt64, Int) {
        var position = offset
        var remaining = bits
        var shift: UInt64 = 0
        var number: UInt64 = 0
        while true {
            guard remaining > 0 else {
                throw ModuleError(.malformed, at: position, "integer representation too long")
            }
            guard position < count else { throw endError() }
            let byte = unsafe base[position]
            position += 1
            if remaining < 7 {
                let unused: UInt8 = (0x7F << UInt8(signed ? remaining - 1 : remaining)) & 0x7F
                let rest = byte & unused
                guard rest == 0 || signed && rest == unused else {
                    throw ModuleError(.malformed, at: position - 1, "integer too large")
                }
            }
            number |= UInt64(byte & 0x7F) << shift
            shift += 7
            if byte & 0x80 == 0 {
                if signed && byte & 0x40 != 0 && shift < 64 { number |= ~0 << shift }
                return (number, position)
            }
            remaining -= 7
        }
    }

    // MARK: Errors

    @inline(never) private func endError() -> ModuleError {
        ModuleError(.malformed, at: count, "unexpected end of section or function")
    }

    /// An error of the grammar at the current offset, or at `offset`.
    @inline(never) func malformed(_ message: String, at offset: Int? = nil) -> ModuleError {
        ModuleError(.malformed, at: offset ?? self.offset, message)
    }
}
