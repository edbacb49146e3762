/// What the host does where a guest calls it: takes parameters from the caller's slots, may use the
/// caller's memory, puts results into the slots. What it throws ends the run.
package typealias HostFunction = (borrowing Caller) throws(Trap) -> Void

/// A call of a host function: its slots and the caller's memory.
///
/// Parameters lie in slots from 0 on, results too (a vector takes two): whoever sets a result has
/// read the parameters. Valid only during the call.
@safe package struct Caller: ~Copyable {
    let context: Context
    let frame: Frame

    package func i32(_ slot: Int) -> UInt32 { frame.u32(slot) }
    package func i64(_ slot: Int) -> UInt64 { frame.u64(slot) }
    package func f32(_ slot: Int) -> Float { frame.f32(slot) }
    package func f64(_ slot: Int) -> Double { frame.f64(slot) }
    package func v128(_ slot: Int) -> V128 { frame.v128(slot) }

    package func setI32(_ slot: Int, _ value: UInt32) { frame.setU32(slot, value) }
    package func setI64(_ slot: Int, _ value: UInt64) { frame.setU64(slot, value) }
    package func setF32(_ slot: Int, _ value: Float) { frame.setF32(slot, value) }
    package func setF64(_ slot: Int, _ value: Double) { frame.setF64(slot, value) }
    package func setV128(_ slot: Int, _ value: V128) { frame.setV128(slot, value) }

    /// Suspends the fiber that the guest runs on: whoever resumed it is told `value`, below 2^63,
    /// and says what this gives. Throws where the run is cancelled; the host function lets that
    /// through. Must be called on a fiber.
    package func suspend(_ value: UInt64) throws(Trap) -> UInt64 { try stack.suspend(value) }

    /// The caller's first memory; of size 0 where it has none.
    package var memory: GuestMemory { GuestMemory(view: context.instance.memory) }
}

/// A guest's memory, as it is during a host call: every access is checked.
@usableFromInline @safe package struct GuestMemory {
    @usableFromInline let view: MemoryView

    @inlinable init(view: MemoryView) { self.view = view }

    @inlinable package var byteCount: UInt64 { view.byteCount }

    /// The address of its first byte, which stays as long as the memory does.
    @inlinable @unsafe package var base: UnsafeMutableRawPointer { unsafe view.base }

    /// Throws `memoryOutOfBounds` where `count` bytes at `address` are not all within the memory.
    @inlinable @inline(__always) func check(_ address: UInt64, _ count: Int) throws(Trap) {
        let (end, overflow) = address.addingReportingOverflow(UInt64(count))
        guard _fastPath(!overflow && end <= byteCount) else { throw GuestMemory.outOfBounds() }
    }

    /// What an access outside of the memory throws.
    @usableFromInline @inline(never) static func outOfBounds() -> Trap { Trap(.memoryOutOfBounds) }

    @inlinable package func load<T: BitwiseCopyable>(_ address: UInt64, as type: T.Type) throws(Trap) -> T {
        try check(address, MemoryLayout<T>.size)
        return view.load(address, as: type)
    }

    @inlinable package func store<T: BitwiseCopyable>(_ value: T, _ address: UInt64) throws(Trap) {
        try check(address, MemoryLayout<T>.size)
        view.store(value, address)
    }

    /// Calls `body` with `count` bytes at `address`.
    @inlinable package func withBytes<R>(
        _ address: UInt64, _ count: Int, _ body: (RawSpan) throws(Trap) -> R
    ) throws(Trap) -> R {
        guard count >= 0 else { throw GuestMemory.outOfBounds() }
        try check(address, count)
        let bytes = unsafe UnsafeRawBufferPointer(start: view.base + Int(address), count: count)
        return try body(unsafe bytes.bytes)
    }

    /// Copies `bytes` to `address`.
    @inlinable package func write(_ bytes: RawSpan, _ address: UInt64) throws(Trap) {
        try check(address, bytes.byteCount)
        unsafe bytes.withUnsafeBytes { source in
            let target = unsafe UnsafeMutableRawBufferPointer(
                start: view.base + Int(address), count: source.count)
            unsafe target.copyMemory(from: source)
        }
    }
}

/// What the code of a host function's entry leads to.
@safe final class HostFunctionBox {
    let function: HostFunction
    /// The operation `callHost`, the header's slot and the address of this object.
    let code: UnsafeMutablePointer<UInt16>
    let entry: UnsafeMutablePointer<FunctionEntry>

    init(_ type: FunctionType, _ function: @escaping HostFunction) {
        self.function = function
        var buffer = CodeBuffer()
        buffer.emit(.callHost, type.headerSlot)
        unsafe code = .allocate(capacity: 8)
        unsafe entry = .allocate(capacity: 1)
        unsafe buffer.append(UInt64(UInt(bitPattern: Unmanaged.passUnretained(self).toOpaque())))
        for (index, word) in buffer.words.enumerated() { unsafe code[index] = word }
        unsafe entry.initialize(
            to: FunctionEntry(
                code: UnsafeRawPointer(code), frameBytes: 8 * (type.headerSlot + Frame.headerSlots),
                header: UInt16(type.headerSlot), index: 0, module: nil))
    }

    deinit {
        unsafe code.deallocate()
        unsafe entry.deallocate()
    }
}

extension Function {
    /// A function of the host with the type `type`, whose references are abstract. With an `effect`,
    /// an image of the store is taken before instantiation calls it.
    package static func host(
        _ store: Store, _ type: FunctionType, effect: HostEffect? = nil,
        _ function: @escaping HostFunction
    ) -> Function {
        let box = HostFunctionBox(type, effect.map { noting($0, store, function) } ?? function)
        store.add(box)
        let subtype = SubType(isFinal: true, supertypes: [], composite: .function(type))
        let id = store.engine.types.intern([subtype], groups: [0..<1])[0]
        let record = unsafe store.addFunctions(1)
        unsafe record.initialize(
            to: FunctionRecord(entry: box.entry, instance: nil, type: id))
        return unsafe Function(store, record)
    }

    /// The function, with a note of its effect before each call.
    private static func noting(
        _ effect: HostEffect, _ store: Store, _ function: @escaping HostFunction
    ) -> HostFunction {
        { [unowned store] (caller: borrowing Caller) throws(Trap) in
            try store.note(effect)
            try function(caller)
        }
    }
}
