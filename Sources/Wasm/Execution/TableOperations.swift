// Operations on tables that the interpreter's loop does not inline. Each gives the trap that it ends
// in, nil where there is none. Spec: core/exec/instructions#table-instructions

import Glibc

@inline(never) func tableGet(
    _ context: Context, _ frame: Frame, _ pc: ProgramCounter, _ instance: InstanceReference
) -> Trap.Kind? {
    let table = unsafe instance.record.pointee.tables[pc.slot(3)]
    let index = frame.u64(pc.slot(2))
    guard unsafe index < table.pointee.count else { return .tableOutOfBounds }
    unsafe frame.setU64(pc.slot(1), table.pointee.base[Int(index)])
    return nil
}

@inline(never) func tableSet(
    _ context: Context, _ frame: Frame, _ pc: ProgramCounter, _ instance: InstanceReference
) -> Trap.Kind? {
    let table = unsafe instance.record.pointee.tables[pc.slot(3)]
    let index = frame.u64(pc.slot(1))
    guard unsafe index < table.pointee.count else { return .tableOutOfBounds }
    unsafe table.pointee.base[Int(index)] = frame.u64(pc.slot(2))
    unsafe table.pointee.isWritten = true
    return nil
}

@inline(never) func tableSize(
    _ context: Context, _ frame: Frame, _ pc: ProgramCounter, _ instance: InstanceReference
) -> Trap.Kind? {
    unsafe frame.setU64(pc.slot(1), instance.record.pointee.tables[pc.slot(2)].pointee.count)
    return nil
}

@inline(never) func tableGrow(
    _ context: Context, _ frame: Frame, _ pc: ProgramCounter, _ instance: InstanceReference
) -> Trap.Kind? {
    let table = unsafe instance.record.pointee.tables[pc.slot(4)]
    let size = unsafe Table.grow(table, by: frame.u64(pc.slot(3)), frame.u64(pc.slot(2)))
    let failure = unsafe table.pointee.type.addressType == .i64 ? UInt64.max : UInt64(UInt32.max)
    frame.setU64(pc.slot(1), size ?? failure)
    return nil
}

@inline(never) func tableFill(
    _ context: Context, _ frame: Frame, _ pc: ProgramCounter, _ instance: InstanceReference
) -> Trap.Kind? {
    let table = unsafe instance.record.pointee.tables[pc.slot(4)]
    let start = frame.u64(pc.slot(1))
    let count = frame.u64(pc.slot(3))
    guard unsafe isWithin(start, count, table.pointee.count) else { return .tableOutOfBounds }
    let value = frame.u64(pc.slot(2))
    unsafe table.pointee.isWritten = true
    return context.inPieces(count * 8) { offset, bytes in
        let first = unsafe table.pointee.base + Int(start + offset / 8)
        unsafe first.update(repeating: value, count: bytes / 8)
    }
}

@inline(never) func tableCopy(
    _ context: Context, _ frame: Frame, _ pc: ProgramCounter, _ instance: InstanceReference
) -> Trap.Kind? {
    let target = unsafe instance.record.pointee.tables[pc.slot(4)]
    let origin = unsafe instance.record.pointee.tables[pc.slot(5)]
    let destination = frame.u64(pc.slot(1))
    let source = frame.u64(pc.slot(2))
    let count = frame.u64(pc.slot(3))
    guard unsafe isWithin(destination, count, target.pointee.count),
        unsafe isWithin(source, count, origin.pointee.count)
    else { return .tableOutOfBounds }
    unsafe target.pointee.isWritten = true
    return context.inPieces(count * 8, backwards: destination > source) { offset, bytes in
        unsafe memmove(
            target.pointee.base + Int(destination + offset / 8),
            origin.pointee.base + Int(source + offset / 8), bytes)
    }
}

@inline(never) func tableInit(
    _ context: Context, _ frame: Frame, _ pc: ProgramCounter, _ instance: InstanceReference
) -> Trap.Kind? {
    let table = unsafe instance.record.pointee.tables[pc.slot(4)]
    let segment = unsafe instance.record.pointee.elements[Int(pc.u32(5))]
    return unsafe Table.initialize(
        table, frame.u64(pc.slot(1)), from: segment, frame.u64(pc.slot(2)), frame.u64(pc.slot(3)))
}

@inline(never) func elementDrop(
    _ context: Context, _ frame: Frame, _ pc: ProgramCounter, _ instance: InstanceReference
) -> Trap.Kind? {
    unsafe instance.record.pointee.elements[Int(pc.u32(1))].count = 0
    unsafe instance.record.pointee.hasDropped = true
    return nil
}
