// What host code has of a guest while it lifts and lowers values: no reference is counted.
//
// Invariant: a context is used during the call that it was made for, which keeps alive what it refers
// to. Addresses have 32 bits.

import Wasm

/// A guest's memory and handles during a call, for host code.
/// Spec: CanonicalABI "Lifting and Lowering Context" (`LiftLowerContext`)
@usableFromInline @safe package struct LiftLowerContext {
    @usableFromInline package let stack: CallStack
    @usableFromInline let memoryReference: MemoryReference
    unowned(unsafe) let options: CanonicalContext

    init(_ options: CanonicalContext, _ stack: CallStack) {
        self.stack = stack
        memoryReference = options.memory
        unsafe self.options = options
    }

    // MARK: Memory

    /// The memory as it is until the guest runs, which `allocate` makes it do.
    @inlinable package var memory: GuestMemory { memoryReference.contents }

    package var stringEncoding: StringEncoding { unsafe options.stringEncoding }

    /// Throws where `size` bytes at `address` are not aligned, or not within the memory.
    @inlinable package func check(
        _ address: UInt64,
        _ size: Int,
        _ alignment: Int
    ) throws(Trap) {
        let isAligned = address & UInt64(truncatingIfNeeded: alignment &- 1) == 0
        // Addresses have 32 bits, and sizes 31 at most.
        let end = address &+ UInt64(truncatingIfNeeded: size)
        guard _fastPath(isAligned && end <= memory.byteCount) else {
            throw LiftLowerContext.badPointer(isAligned)
        }
    }

    @usableFromInline @inline(never) static func badPointer(_ isAligned: Bool) -> Trap {
        isAligned ? .pointerOutOfBounds : .unaligned
    }

    /// Bytes of a list of `count` elements at `address`. Throws where it is too long, not aligned or
    /// not within the memory.
    @inlinable package func checkList(
        _ address: UInt64,
        _ count: UInt64,
        size: Int,
        alignment: Int
    ) throws(Trap) {
        let byteCount = count &* UInt64(truncatingIfNeeded: size)
        let isAligned = address & UInt64(truncatingIfNeeded: alignment &- 1) == 0
        // Addresses and lengths have 32 bits, and sizes 28.
        let isHeld = address &+ byteCount <= memory.byteCount
        guard _fastPath(isAligned && isHeld && byteCount <= ComponentLimits.listBytes) else {
            throw badList(isAligned, isHeld)
        }
    }

    @usableFromInline @inline(never) func badList(_ isAligned: Bool, _ isHeld: Bool) -> Trap {
        guard isAligned else { return .unaligned }
        return isHeld ? .listTooLong : Peer.host.listOutOfBounds
    }

    /// Memory of `byteCount` bytes that the guest gives by its `realloc`: its address. Throws where
    /// there is no such memory there, and what ended the guest's run.
    @usableFromInline package func allocate(alignment: Int, byteCount: Int) throws(Trap) -> UInt64 {
        guard UInt64(byteCount) <= ComponentLimits.listBytes else { throw .listTooLong }
        return try unsafe options.allocate(
            stack,
            UInt64(alignment),
            UInt64(byteCount),
            .host,
            .pointerOutOfBounds
        )
    }

    /// Counts work on so many bytes; others may run meanwhile. Throws where the guest is to end.
    @usableFromInline package func charge(bytes: Int) throws(Trap) { try stack.charge(bytes: bytes) }

    /// Throws where a list that is given to the host has more elements than it copies; counts the work.
    @usableFromInline package func admitList(_ count: Int) throws(Trap) {
        guard count <= ComponentLimits.hostListElements else {
            throw .host(
                "a list of more than \(ComponentLimits.hostListElements) elements is given to the host")
        }
        try charge(bytes: count * ComponentLimits.elementCost)
    }

    // MARK: Strings

    /// The string at `address` of so many code units, which may be tagged.
    /// Throws where it is not within the memory or not valid.
    package func loadString(_ address: UInt64, _ codeUnits: UInt64) throws(Trap) -> String {
        let string = try unsafe options.loadString(address, codeUnits, .host)
        try stack.charge(bytes: string.count)
        return String(lifted: string)
    }

    /// Puts a string into memory that the guest gives: its address, and its length in code units.
    package func storeString(
        _ string: String
    ) throws(Trap) -> (address: UInt64, length: UInt64) {
        var string = string
        let count = string.utf8.count
        guard UInt64(count) <= ComponentLimits.listBytes else { throw .stringTooLong }
        let allocation = Allocation(stack: stack, peer: .host)
        // The rethrowing closure cannot say what it throws. Nothing is held that a guest, which may be
        // suspended in `realloc`, can see.
        let stored: Result<(UInt64, UInt64), Trap> = string.withUTF8 { bytes in
            let base = unsafe UnsafeMutableRawPointer(mutating: UnsafeRawPointer(bytes.baseAddress))
            let units = unsafe base.map { unsafe Bytes($0, bytes.count) } ?? Bytes.none
            do throws(Trap) {
                return .success(try unsafe options.store(.utf8(units), allocation))
            } catch {
                return .failure(error)
            }
        }
        return try stored.get()
    }

    /// Copies bytes into memory that the guest gives: its address.
    package func storeBytes(_ bytes: RawSpan) throws(Trap) -> UInt64 {
        let address = try allocate(alignment: 1, byteCount: bytes.byteCount)
        try charge(bytes: bytes.byteCount)
        try memory.write(bytes, address)
        return address
    }

    // MARK: Handles

    /// Takes a handle out of the guest's table: the representation of the resource, which is now the
    /// host's. Throws where there is none of this type that the guest owns.
    @usableFromInline package func liftOwn(_ handle: UInt32, _ type: ResourceNumber) throws(Trap)
        -> UInt32
    {
        try unsafe options.instance.liftOwn(handle, type)
    }

    /// The representation of a resource that the guest lends until the call returns. Throws where there
    /// is no handle of this type.
    @usableFromInline package func liftBorrow(_ handle: UInt32, _ type: ResourceNumber) throws(Trap)
        -> UInt32
    {
        try unsafe options.instance.liftBorrow(handle, type)
    }

    /// Gives the guest a resource: its handle. Throws where it has too many.
    @usableFromInline package func lowerOwn(_ rep: UInt32, _ type: ResourceNumber) throws(Trap)
        -> UInt32
    {
        try unsafe options.instance.lowerOwn(rep, type)
    }

    /// Lends the guest a resource until the call returns: its handle. Throws where it has too many.
    @usableFromInline package func lowerBorrow(_ rep: UInt32, _ type: ResourceNumber) throws(Trap)
        -> UInt32
    {
        try unsafe options.instance.lowerBorrow(rep, type)
    }
}

extension String {
    /// The string, whose units are valid.
    init(lifted string: LiftedString) {
        switch string {
        case .utf8(let bytes):
            self = unsafe String(
                decoding: UnsafeRawBufferPointer(start: bytes.base, count: bytes.count),
                as: UTF8.self
            )
        case .utf16, .latin1:
            var scalars = String.UnicodeScalarView()
            string.scalars(from: 0) { number in
                if let scalar = Unicode.Scalar(number) { scalars.append(scalar) }
                return true
            }
            self = String(scalars)
        }
    }
}
