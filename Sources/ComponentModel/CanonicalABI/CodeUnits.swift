// UTF-8, UTF-16 and Latin-1 as guests' memories hold them.
//
// Invariant: the pointers are to as many bytes or code units as the count says. What is read and
// written stays within them, whatever the bytes are.

import Wasm

/// Code units of one width.
@safe struct CodeUnits<Unit: FixedWidthInteger & BitwiseCopyable> {
    let base: UnsafeMutableRawPointer
    let count: Int

    @inline(__always) init(_ base: UnsafeMutableRawPointer, _ count: Int) {
        unsafe self.base = base
        self.count = count
    }

    @inline(__always) subscript(index: Int) -> Unit {
        get {
            unsafe base.loadUnaligned(fromByteOffset: index &* (Unit.bitWidth / 8), as: Unit.self)
        }
        nonmutating set {
            unsafe base.storeBytes(
                of: newValue,
                toByteOffset: index &* (Unit.bitWidth / 8),
                as: Unit.self
            )
        }
    }

    /// Eight bytes from a unit on, as a number; that many must be there.
    @inline(__always) func eightBytes(at index: Int) -> UInt64 {
        unsafe base.loadUnaligned(fromByteOffset: index &* (Unit.bitWidth / 8), as: UInt64.self)
    }

    /// Copies `count` units that begin at `other`.
    func copy(from other: CodeUnits<Unit>, _ count: Int) {
        unsafe base.copyMemory(from: other.base, byteCount: count &* (Unit.bitWidth / 8))
    }
}

typealias Bytes = CodeUnits<UInt8>
typealias UTF16Units = CodeUnits<UInt16>

extension CodeUnits where Unit == UInt8 {
    /// No bytes.
    static var none: Bytes {
        // No byte is read or written at an address that stands for none.
        unsafe Bytes(UnsafeMutableRawPointer(bitPattern: 8).unsafelyUnwrapped, 0)
    }

    /// The index of the first byte from `start` on that is not ASCII; `count` where there is none.
    func asciiEnd(from start: Int) -> Int {
        let mask: UInt64 = 0x8080_8080_8080_8080
        var index = start
        while index &+ 32 <= count {
            let bits =
                eightBytes(at: index) | eightBytes(at: index &+ 8)
                | eightBytes(at: index &+ 16) | eightBytes(at: index &+ 24)
            if bits & mask != 0 { break }
            index &+= 32
        }
        while index &+ 8 <= count {
            let bits = eightBytes(at: index) & mask
            if bits != 0 { return index &+ bits.trailingZeroBitCount / 8 }
            index &+= 8
        }
        while index < count && self[index] < 0x80 { index &+= 1 }
        return index
    }

    /// Throws where the bytes are not UTF-8.
    func validateUTF8() throws(Trap) {
        var index = asciiEnd(from: 0)
        while index < count {
            let byte = self[index]
            if byte < 0x80 {
                index = asciiEnd(from: index)
                continue
            }
            let (length, second) = UTF8Lead.kind(byte)
            try trapIf(length == 0, .invalidUTF8(at: index, count: 1))
            for offset in 1..<length {
                try trapIf(index + offset >= count, .incompleteUTF8(at: index))
                let range = offset == 1 ? second : 0x80...0xBF
                try trapIf(
                    !range.contains(self[index + offset]),
                    .invalidUTF8(at: index, count: offset)
                )
            }
            index += length
        }
    }

    /// The scalar at `index`, which is less than the count, and the index behind it. Bytes that are not
    /// UTF-8 give some number or other.
    @inline(__always) func utf8Scalar(at index: Int) -> (scalar: UInt32, next: Int) {
        let byte = UInt32(self[index])
        if byte < 0x80 { return (byte, index &+ 1) }
        func low(_ offset: Int) -> UInt32 {
            index &+ offset < count ? UInt32(self[index &+ offset]) & 0x3F : 0
        }
        if byte < 0xE0 { return ((byte & 0x1F) << 6 | low(1), index &+ 2) }
        if byte < 0xF0 { return ((byte & 0x0F) << 12 | low(1) << 6 | low(2), index &+ 3) }
        return ((byte & 0x07) << 18 | low(1) << 12 | low(2) << 6 | low(3), index &+ 4)
    }

    /// Writes a scalar as UTF-8 if there is room; the index behind it.
    @inline(__always) func setUTF8(_ scalar: UInt32, at index: Int) -> Int {
        func byte(_ shift: UInt32) -> UInt8 {
            UInt8(truncatingIfNeeded: scalar >> shift) & 0x3F | 0x80
        }
        let length = scalar < 0x80 ? 1 : scalar < 0x800 ? 2 : scalar < 0x1_0000 ? 3 : 4
        guard index &+ length <= count else { return count }
        switch length {
        case 1: self[index] = UInt8(truncatingIfNeeded: scalar)
        case 2:
            self[index] = UInt8(truncatingIfNeeded: scalar >> 6) | 0xC0
            self[index &+ 1] = byte(0)
        case 3:
            self[index] = UInt8(truncatingIfNeeded: scalar >> 12) | 0xE0
            self[index &+ 1] = byte(6)
            self[index &+ 2] = byte(0)
        default:
            self[index] = UInt8(truncatingIfNeeded: scalar >> 18) & 0x07 | 0xF0
            self[index &+ 1] = byte(12)
            self[index &+ 2] = byte(6)
            self[index &+ 3] = byte(0)
        }
        return index &+ length
    }
}

/// What a byte that is not ASCII says of the sequence that it begins.
private enum UTF8Lead {
    /// Bytes of the sequence, 0 where none begins so, and what its second byte may be.
    static func kind(_ byte: UInt8) -> (length: Int, second: ClosedRange<UInt8>) {
        switch byte {
        case 0xC2...0xDF: (2, 0x80...0xBF)
        case 0xE0: (3, 0xA0...0xBF)
        case 0xE1...0xEC, 0xEE...0xEF: (3, 0x80...0xBF)
        case 0xED: (3, 0x80...0x9F)
        case 0xF0: (4, 0x90...0xBF)
        case 0xF1...0xF3: (4, 0x80...0xBF)
        case 0xF4: (4, 0x80...0x8F)
        default: (0, 0x80...0xBF)
        }
    }
}

extension CodeUnits where Unit == UInt16 {
    /// The index of the first unit from `start` on with a bit of `mask`, given four times over.
    private func end(of mask: UInt64, from start: Int) -> Int {
        var index = start
        while index &+ 4 <= count {
            let bits = eightBytes(at: index) & mask
            if bits != 0 { return index &+ bits.trailingZeroBitCount / 16 }
            index &+= 4
        }
        while index < count && UInt64(self[index]) & mask & 0xFFFF == 0 { index &+= 1 }
        return index
    }

    /// The index of the first unit from `start` on that is not ASCII; `count` where there is none.
    func asciiEnd(from start: Int) -> Int { end(of: 0xFF80_FF80_FF80_FF80, from: start) }

    /// The index of the first unit from `start` on that Latin-1 has not; `count` where there is none.
    func latin1End(from start: Int) -> Int { end(of: 0xFF00_FF00_FF00_FF00, from: start) }

    /// Throws where the units are not UTF-16.
    func validateUTF16() throws(Trap) {
        var index = 0
        while index < count {
            let unit = self[index]
            index &+= 1
            guard unit & 0xF800 == 0xD800 else { continue }
            let isPair = unit < 0xDC00 && index < count && self[index] & 0xFC00 == 0xDC00
            try trapIf(!isPair, .unpairedSurrogate(unit))
            index &+= 1
        }
    }

    /// The scalar at `index`, which is less than the count, and the index behind it.
    @inline(__always) func utf16Scalar(at index: Int) -> (scalar: UInt32, next: Int) {
        let unit = UInt32(self[index])
        guard unit & 0xFC00 == 0xD800, index &+ 1 < count else { return (unit, index &+ 1) }
        let low = UInt32(self[index &+ 1]) & 0x3FF
        return (0x1_0000 &+ ((unit & 0x3FF) << 10 | low), index &+ 2)
    }

    /// Writes a scalar as UTF-16 if there is room; the index behind it.
    @inline(__always) func setUTF16(_ scalar: UInt32, at index: Int) -> Int {
        let length = scalar < 0x1_0000 ? 1 : 2
        guard index &+ length <= count else { return count }
        if length == 1 {
            self[index] = UInt16(truncatingIfNeeded: scalar)
        } else {
            self[index] = 0xD800 | UInt16(truncatingIfNeeded: (scalar &- 0x1_0000) >> 10) & 0x3FF
            self[index &+ 1] = 0xDC00 | UInt16(truncatingIfNeeded: scalar) & 0x3FF
        }
        return index &+ length
    }
}
