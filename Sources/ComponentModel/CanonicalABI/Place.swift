// Where a value is: in a memory, or flat in slots.
//
// Invariant: the bytes that a value's type takes have been found to be within the memory, or the slots
// that its flat values take are reserved. A memory stays where it is as long as it lives.

import Wasm

/// Where a value of some type begins.
///
/// A flat value narrower than its slot is in the slot's low bits, and is written with zeros above it.
/// So the slots that the cases of a variant share need no conversion.
protocol Place {
    /// An integer, or the bits of a number, of this type.
    func load<T: FixedWidthInteger & BitwiseCopyable>(_ type: T.Type) -> T
    func store<T: FixedWidthInteger & BitwiseCopyable>(_ value: T)
    /// A number without sign that takes `size` bytes of memory: a discriminant, flags.
    func bits(_ size: UInt8) -> UInt32
    func setBits(_ size: UInt8, _ value: UInt32)
    /// The address (0) or the length (1) of a string or a list.
    func pointer(_ index: Int, isMemory64: Bool) -> UInt64
    func setPointer(_ index: Int, isMemory64: Bool, _ value: UInt64)
    /// Where a child is.
    func child(_ child: TypeChild) -> Self
    /// Where an element of a fixed-length list is.
    func element(_ index: Int, _ element: TypeNode) -> Self
    /// Sets flat values to zero that no value of this case has.
    func clear(_ range: Range<Int>)
}

/// A value in slots.
struct FlatPlace: Place {
    let slots: Slots

    @inline(__always) init(_ slots: Slots) { self.slots = slots }

    @inline(__always) func load<T: FixedWidthInteger & BitwiseCopyable>(_ type: T.Type) -> T {
        T(truncatingIfNeeded: slots.u64(0))
    }

    @inline(__always) func store<T: FixedWidthInteger & BitwiseCopyable>(_ value: T) {
        if T.bitWidth == 64 {
            slots.setU64(0, UInt64(truncatingIfNeeded: value))
        } else {
            slots.setU32(0, UInt32(truncatingIfNeeded: value))
        }
    }

    @inline(__always) func bits(_ size: UInt8) -> UInt32 { slots.u32(0) }
    @inline(__always) func setBits(_ size: UInt8, _ value: UInt32) { slots.setU32(0, value) }

    @inline(__always) func pointer(_ index: Int, isMemory64: Bool) -> UInt64 {
        isMemory64 ? slots.u64(index) : UInt64(slots.u32(index))
    }

    @inline(__always) func setPointer(_ index: Int, isMemory64: Bool, _ value: UInt64) {
        slots.setU64(index, value)
    }

    @inline(__always) func child(_ child: TypeChild) -> FlatPlace {
        FlatPlace(slots.advanced(Int(child.flatOffset)))
    }

    @inline(__always) func element(_ index: Int, _ element: TypeNode) -> FlatPlace {
        FlatPlace(slots.advanced(index * Int(element.flatCount)))
    }

    @inline(__always) func clear(_ range: Range<Int>) {
        for slot in range { slots.setU64(slot, 0) }
    }
}

/// A value in a memory.
@safe struct MemoryPlace: Place {
    let address: UnsafeMutableRawPointer

    /// The place `offset` bytes from the memory's start.
    @inline(__always) init(_ memory: MemoryReference, _ offset: UInt64) {
        unsafe address = memory.contents.base + Int(truncatingIfNeeded: offset)
    }

    @inline(__always) init(_ address: UnsafeMutableRawPointer) { unsafe self.address = address }

    @inline(__always) func load<T: FixedWidthInteger & BitwiseCopyable>(_ type: T.Type) -> T {
        unsafe address.loadUnaligned(as: T.self)
    }

    @inline(__always) func store<T: FixedWidthInteger & BitwiseCopyable>(_ value: T) {
        unsafe address.storeBytes(of: value, as: T.self)
    }

    @inline(__always) func bits(_ size: UInt8) -> UInt32 {
        switch size {
        case 1: UInt32(load(UInt8.self))
        case 2: UInt32(load(UInt16.self))
        default: load(UInt32.self)
        }
    }

    @inline(__always) func setBits(_ size: UInt8, _ value: UInt32) {
        switch size {
        case 1: store(UInt8(truncatingIfNeeded: value))
        case 2: store(UInt16(truncatingIfNeeded: value))
        default: store(value)
        }
    }

    @inline(__always) func pointer(_ index: Int, isMemory64: Bool) -> UInt64 {
        isMemory64
            ? advanced(index * 8).load(UInt64.self) : UInt64(advanced(index * 4).load(UInt32.self))
    }

    @inline(__always) func setPointer(_ index: Int, isMemory64: Bool, _ value: UInt64) {
        if isMemory64 {
            advanced(index * 8).store(value)
        } else {
            advanced(index * 4).store(UInt32(truncatingIfNeeded: value))
        }
    }

    @inline(__always) func advanced(_ bytes: Int) -> MemoryPlace {
        unsafe MemoryPlace(address + bytes)
    }

    @inline(__always) func child(_ child: TypeChild) -> MemoryPlace {
        advanced(Int(child.offset))
    }

    @inline(__always) func element(_ index: Int, _ element: TypeNode) -> MemoryPlace {
        advanced(index * Int(element.size))
    }

    @inline(__always) func clear(_ range: Range<Int>) {}
}

extension MemoryPlace {
    /// Copies bytes from another place, which may overlap with this one.
    func copyBytes(from other: MemoryPlace, _ count: Int) {
        unsafe address.copyMemory(from: other.address, byteCount: count)
    }
}
