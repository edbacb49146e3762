// The machine's registers as the interpreter's loop sees them: program counter, frame, memory.
//
// Invariant: a program counter lies in code that the lowering made, a slot within the frame that
// the code was lowered for, and an address was checked against the memory's size. Validation, the
// lowering and the loop's bounds checks see to it; nothing here checks again.
//
// A frame, in slots of 64 bits (a vector takes two), from low addresses to high:
//
//      0 …            parameters; on return the results
//      header         return address
//      header + 1     the caller's frame
//      header + 2     `returnToInstance` and the caller's instance   where the caller runs in
//      header + 3     the true return address                        another instance: the return
//                                                                    address is then header + 2's
//      header + 4 …   locals, which the function's first operations clear
//      …              operands; a callee's frame begins at the first argument

/// The address of an operation.
@safe struct ProgramCounter {
    let address: UnsafeRawPointer

    @inline(__always) init(_ address: UnsafeRawPointer) { unsafe self.address = address }

    @inline(__always) init(bits: UInt64) {
        unsafe address = UnsafeRawPointer(bitPattern: UInt(bits)).unsafelyUnwrapped
    }

    @inline(__always) var operation: Operation {
        unsafe unsafeBitCast(address.load(as: UInt16.self), to: Operation.self)
    }

    /// The 16-bit number `word` words from here: a slot's index, mostly.
    @inline(__always) func slot(_ word: Int) -> Int {
        unsafe Int(address.load(fromByteOffset: word &* 2, as: UInt16.self))
    }

    @inline(__always) func u32(_ word: Int) -> UInt32 {
        unsafe address.loadUnaligned(fromByteOffset: word &* 2, as: UInt32.self)
    }

    @inline(__always) func i32(_ word: Int) -> Int32 {
        unsafe address.loadUnaligned(fromByteOffset: word &* 2, as: Int32.self)
    }

    @inline(__always) func u64(_ word: Int) -> UInt64 {
        unsafe address.loadUnaligned(fromByteOffset: word &* 2, as: UInt64.self)
    }


    /// The address `words` words further on.
    @inline(__always) func advanced(_ words: Int) -> ProgramCounter {
        unsafe ProgramCounter(address + words &* 2)
    }

    @inline(__always) func advanced(_ words: Int32) -> ProgramCounter {
        unsafe ProgramCounter(address + Int(words) &* 2)
    }
}

/// The address of a frame's first slot.
@safe struct Frame {
    let address: UnsafeMutableRawPointer

    /// Slots that a header takes.
    static let headerSlots = 4

    @inline(__always) init(_ address: UnsafeMutableRawPointer) { unsafe self.address = address }

    @inline(__always) func u32(_ slot: Int) -> UInt32 {
        unsafe address.load(fromByteOffset: slot &* 8, as: UInt32.self)
    }
    @inline(__always) func u64(_ slot: Int) -> UInt64 {
        unsafe address.load(fromByteOffset: slot &* 8, as: UInt64.self)
    }
    @inline(__always) func f32(_ slot: Int) -> Float {
        unsafe address.load(fromByteOffset: slot &* 8, as: Float.self)
    }
    @inline(__always) func f64(_ slot: Int) -> Double {
        unsafe address.load(fromByteOffset: slot &* 8, as: Double.self)
    }
    @inline(__always) func v128(_ slot: Int) -> V128 {
        unsafe address.loadUnaligned(fromByteOffset: slot &* 8, as: V128.self)
    }

    @inline(__always) func setU32(_ slot: Int, _ value: UInt32) {
        unsafe address.storeBytes(of: UInt64(value), toByteOffset: slot &* 8, as: UInt64.self)
    }
    @inline(__always) func setU64(_ slot: Int, _ value: UInt64) {
        unsafe address.storeBytes(of: value, toByteOffset: slot &* 8, as: UInt64.self)
    }
    @inline(__always) func setF32(_ slot: Int, _ value: Float) {
        unsafe address.storeBytes(of: value, toByteOffset: slot &* 8, as: Float.self)
    }
    @inline(__always) func setF64(_ slot: Int, _ value: Double) {
        unsafe address.storeBytes(of: value, toByteOffset: slot &* 8, as: Double.self)
    }
    @inline(__always) func setV128(_ slot: Int, _ value: V128) {
        unsafe address.storeBytes(of: value, toByteOffset: slot &* 8, as: V128.self)
    }

    /// The frame whose first slot is this one's slot `slot`.
    @inline(__always) func advanced(_ slot: Int) -> Frame {
        unsafe Frame(address + slot &* 8)
    }

    /// Writes the header of a frame whose caller runs in the same instance.
    @inline(__always) func link(_ header: Int, _ next: ProgramCounter, _ caller: Frame) {
        unsafe setPointer(header, next.address)
        unsafe setPointer(header &+ 1, caller.address)
    }

    /// Writes the header of a frame whose caller runs in `instance`, another than the callee's.
    @inline(__always) func linkAcross(
        _ header: Int, _ next: ProgramCounter, _ caller: Frame, _ instance: InstanceReference
    ) {
        let stub = UInt64(Operation.returnToInstance.rawValue) | UInt64(instance.bits) << 16
        unsafe setPointer(header, UnsafeRawPointer(advanced(header &+ 2).address))
        unsafe setPointer(header &+ 1, caller.address)
        setU64(header &+ 2, stub)
        unsafe setPointer(header &+ 3, next.address)
    }

    @inline(__always) func returnAddress(_ header: Int) -> ProgramCounter {
        unsafe ProgramCounter(address.load(fromByteOffset: header &* 8, as: UnsafeRawPointer.self))
    }

    @inline(__always) func caller(_ header: Int) -> Frame {
        unsafe Frame(
            address.load(fromByteOffset: header &* 8 &+ 8, as: UnsafeMutableRawPointer.self))
    }

    /// Where the frame returns to, and in which instance if that is another.
    func returnLink(
        _ header: Int
    ) -> (next: ProgramCounter, caller: Frame, instance: InstanceReference?) {
        let next = returnAddress(header)
        let caller = caller(header)
        let stub = advanced(header + 2)
        guard unsafe next.address == UnsafeRawPointer(stub.address) else {
            return (next, caller, nil)
        }
        let instance = InstanceReference(bits: UInt(stub.u64(0) >> 16))
        return (returnAddress(header + 3), caller, instance)
    }

    /// Sets eight slots to zero.
    @inline(__always) func clearEight(_ first: Int) {
        for slot in 0..<8 { setU64(first &+ slot, 0) }
    }

    /// Sets `count` slots to zero.
    @inline(never) func clear(_ first: Int, _ count: Int) {
        for slot in first..<(first + count) { setU64(slot, 0) }
    }

    @inline(__always) func setPointer(_ slot: Int, _ pointer: UnsafeRawPointer) {
        unsafe address.storeBytes(of: pointer, toByteOffset: slot &* 8, as: UnsafeRawPointer.self)
    }
}

/// A linear memory's address and size, as the loop holds them.
@usableFromInline @safe struct MemoryView {
    @usableFromInline let base: UnsafeMutableRawPointer
    @usableFromInline let byteCount: UInt64

    @inlinable @inline(__always) init(_ base: UnsafeMutableRawPointer, _ byteCount: UInt64) {
        unsafe self.base = base
        self.byteCount = byteCount
    }

    @inlinable @inline(__always) func load<T: BitwiseCopyable>(_ address: UInt64, as type: T.Type) -> T {
        unsafe base.loadUnaligned(fromByteOffset: Int(truncatingIfNeeded: address), as: type)
    }

    @inlinable @inline(__always) func store<T: BitwiseCopyable>(_ value: T, _ address: UInt64) {
        unsafe base.storeBytes(of: value, toByteOffset: Int(truncatingIfNeeded: address), as: T.self)
    }
}

/// The number in 64 bits.
@inline(__always) func widened(_ value: UInt32) -> UInt64 { UInt64(truncatingIfNeeded: value) }
@inline(__always) func widened(_ value: UInt64) -> UInt64 { value }

/// The vector with these halves.
@inline(__always) package func v128(_ low: UInt64, _ high: UInt64) -> V128 {
    unsafe unsafeBitCast(SIMD2(low, high), to: V128.self)
}
