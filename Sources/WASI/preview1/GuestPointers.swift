// What functions of preview 1 read from the memory of their caller and write to it. Each access is
// checked: one that is out of bounds, or at an address that its type is not aligned to, traps.

import Wasm

/// A part of a guest's memory, as `iovec` and `ciovec` name it.
/// Spec: wasi_snapshot_preview1#iovec
struct GuestBuffer {
    var address: UInt64
    var count: Int
}

extension Caller {
    /// An address that a parameter says.
    func pointer(_ slot: Int) -> UInt64 { UInt64(i32(slot)) }

    private func checkAlignment<T>(_ address: UInt64, _ type: T.Type) throws(Failure) {
        let alignment = UInt64(MemoryLayout<T>.alignment)
        guard address % alignment == 0 else {
            throw .trap(.host("the pointer \(address) is not aligned to \(alignment)"))
        }
    }

    func load<T: BitwiseCopyable>(_ address: UInt64, as type: T.Type) throws(Failure) -> T {
        try checkAlignment(address, type)
        do throws(Trap) {
            return try memory.load(address, as: type)
        } catch {
            throw .trap(error)
        }
    }

    func store<T: BitwiseCopyable>(_ value: T, _ address: UInt64) throws(Failure) {
        try checkAlignment(address, T.self)
        do throws(Trap) {
            try memory.store(value, address)
        } catch {
            throw .trap(error)
        }
    }

    /// Traps where a value of the type could not be stored there.
    func checkStore<T: BitwiseCopyable>(_ address: UInt64, _ type: T.Type) throws(Failure) {
        _ = try load(address, as: type)
    }

    /// Writes a record that begins with a 64-bit number.
    func store(_ record: Record, _ address: UInt64) throws(Failure) {
        try checkAlignment(address, UInt64.self)
        try write(record.bytes[...], address)
    }

    /// Copies bytes to the guest.
    func write(_ bytes: ArraySlice<UInt8>, _ address: UInt64) throws(Failure) {
        do throws(Trap) {
            try unsafe memory.write(bytes.span.bytes, address)
        } catch {
            throw .trap(error)
        }
    }

    /// Copies `count` bytes from the guest.
    func bytes(_ address: UInt64, _ count: Int) throws(Failure) -> [UInt8] {
        do throws(Trap) {
            return try memory.withBytes(address, count) { span in
                unsafe span.withUnsafeBytes { unsafe Array($0) }
            }
        } catch {
            throw .trap(error)
        }
    }

    /// Traps where `count` bytes at `address` are not all in the guest's memory.
    func check(_ address: UInt64, _ count: Int) throws(Failure) {
        do throws(Trap) {
            try memory.withBytes(address, count) { _ in }
        } catch {
            throw .trap(error)
        }
    }

    /// The text that two parameters name, an address and a length; `ilseq` where it is not UTF-8.
    func string(_ slot: Int) throws(Failure) -> String {
        let count = Int(i32(slot + 1))
        let address = pointer(slot)
        try check(address, count)
        guard count <= WASILimits.pathBytes else { throw .errno(.nametoolong) }
        guard let text = String(validating: try bytes(address, count), as: UTF8.self) else {
            throw .errno(.ilseq)
        }
        return text
    }

    /// The buffers that two parameters name, an address and a count of `iovec`s. All are in bounds.
    func buffers(_ slot: Int) throws(Failure) -> [GuestBuffer] {
        let address = pointer(slot)
        let count = Int(i32(slot + 1))
        guard count <= WASILimits.buffers else { throw .errno(.inval) }
        var buffers: [GuestBuffer] = []
        for index in 0..<UInt64(count) {
            let buffer = GuestBuffer(
                address: UInt64(try load(address + 8 * index, as: UInt32.self)),
                count: Int(try load(address + 8 * index + 4, as: UInt32.self))
            )
            try check(buffer.address, buffer.count)
            buffers.append(buffer)
        }
        return buffers
    }

    /// Copies up to `most` bytes out of buffers, in order.
    func gather(_ buffers: [GuestBuffer], most: Int) throws(Failure) -> [UInt8] {
        var gathered: [UInt8] = []
        for buffer in buffers where gathered.count < most {
            gathered += try bytes(buffer.address, min(buffer.count, most - gathered.count))
        }
        return gathered
    }

    /// Copies bytes into buffers, in order; these have room for them.
    func scatter(_ bytes: [UInt8], _ buffers: [GuestBuffer]) throws(Failure) {
        var rest = bytes[...]
        for buffer in buffers where !rest.isEmpty {
            let part = rest.prefix(buffer.count)
            try write(part, buffer.address)
            rest = rest.dropFirst(part.count)
        }
    }
}

extension [GuestBuffer] {
    /// Bytes of all of them.
    var byteCount: UInt64 { reduce(0) { $0 + UInt64($1.count) } }
}
