// Operations on memories that the interpreter's loop does not inline. Each gives the trap that it
// ends in, nil where there is none. Spec: core/exec/instructions#memory-instructions

import Glibc

/// Whether `count` elements at `start` are all below `size`.
@inline(__always) func isWithin(_ start: UInt64, _ count: UInt64, _ size: UInt64) -> Bool {
    let (end, overflow) = start.addingReportingOverflow(count)
    return !overflow && end <= size
}

@inline(never) func memorySize(
    _ context: Context, _ frame: Frame, _ pc: ProgramCounter, _ instance: InstanceReference
) -> Trap.Kind? {
    frame.setU64(pc.slot(1), instance.memory(pc.slot(2)).byteCount / Memory.pageBytes)
    return nil
}

@inline(never) func memoryGrow(
    _ context: Context, _ frame: Frame, _ pc: ProgramCounter, _ instance: InstanceReference
) -> Trap.Kind? {
    let memory = unsafe instance.record.pointee.memories[pc.slot(3)]
    let size = unsafe Memory.grow(memory, by: frame.u64(pc.slot(2)))
    let failure = unsafe memory.pointee.type.addressType == .i64 ? UInt64.max : UInt64(UInt32.max)
    frame.setU64(pc.slot(1), size ?? failure)
    return nil
}

@inline(never) func memoryFill(
    _ context: Context, _ frame: Frame, _ pc: ProgramCounter, _ instance: InstanceReference
) -> Trap.Kind? {
    let memory = instance.memory(pc.slot(4))
    let start = frame.u64(pc.slot(1))
    let count = frame.u64(pc.slot(3))
    guard isWithin(start, count, memory.byteCount) else { return .memoryOutOfBounds }
    let value = Int32(frame.u32(pc.slot(2)) & 0xFF)
    return context.inPieces(count) { offset, count in
        unsafe memset(memory.base + Int(start + offset), value, count)
    }
}

@inline(never) func memoryCopy(
    _ context: Context, _ frame: Frame, _ pc: ProgramCounter, _ instance: InstanceReference
) -> Trap.Kind? {
    let target = instance.memory(pc.slot(4))
    let origin = instance.memory(pc.slot(5))
    let destination = frame.u64(pc.slot(1))
    let source = frame.u64(pc.slot(2))
    let count = frame.u64(pc.slot(3))
    guard isWithin(destination, count, target.byteCount), isWithin(source, count, origin.byteCount)
    else { return .memoryOutOfBounds }
    return context.inPieces(count, backwards: destination > source) { offset, count in
        unsafe memmove(
            target.base + Int(destination + offset), origin.base + Int(source + offset), count)
    }
}

@inline(never) func memoryInit(
    _ context: Context, _ frame: Frame, _ pc: ProgramCounter, _ instance: InstanceReference
) -> Trap.Kind? {
    let memory = instance.memory(pc.slot(4))
    let segment = unsafe instance.record.pointee.data[Int(pc.u32(5))]
    let destination = frame.u64(pc.slot(1))
    let source = frame.u64(pc.slot(2))
    let count = frame.u64(pc.slot(3))
    guard isWithin(destination, count, memory.byteCount),
        unsafe isWithin(source, count, UInt64(segment.count))
    else { return .memoryOutOfBounds }
    let start = unsafe segment.start + Int(source)
    unsafe instance.record.pointee.module?._withUnsafeGuaranteedRef { module in
        unsafe module.module.bytes.withUnsafeBytes { bytes in
            let slice = unsafe UnsafeRawBufferPointer(rebasing: bytes[start..<start + Int(count)])
            unsafe UnsafeMutableRawBufferPointer(
                start: memory.base + Int(destination), count: Int(count)
            ).copyMemory(from: slice)
        }
    }
    return nil
}

@inline(never) func dataDrop(
    _ context: Context, _ frame: Frame, _ pc: ProgramCounter, _ instance: InstanceReference
) -> Trap.Kind? {
    unsafe instance.record.pointee.data[Int(pc.u32(1))].count = 0
    unsafe instance.record.pointee.hasDropped = true
    return nil
}

/// The rest of a memory from an address on, for one access that is not to the first memory with a
/// 32-bit address and offset; the access goes to address 0 of it, which is written to a slot.
@inline(never) func openWindow(
    _ frame: Frame, _ pc: ProgramCounter, _ instance: InstanceReference
) -> (Trap.Kind?, MemoryView) {
    let memory = instance.memory(pc.slot(3))
    let address = frame.u64(pc.slot(2))
    frame.setU64(pc.slot(1), 0)
    guard isWithin(address, pc.u64(4), memory.byteCount) else {
        return (.memoryOutOfBounds, memory)
    }
    let start = address + pc.u64(4)
    return unsafe (nil, MemoryView(memory.base + Int(start), memory.byteCount - start))
}
