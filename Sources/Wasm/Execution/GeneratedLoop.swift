// Made by Instructions/generate.py from Instructions/instructions.list: edit those.

/// Runs from `pc` until the frame that was entered first returns, or a trap.
///
/// State lies in locals, and an arm holds nothing over its end (`Sources/RATIONALE.md`).
@inline(never)
func interpret(_ context: Context, _ start: ProgramCounter, _ bottom: Frame) {
    var pc = start
    var frame = bottom
    var instance = context.instance
    var memory = instance.memory
    var accumulator: UInt64 = 0
    var floating: Double = 0
    while true {
        switch pc.operation {
        case .i32Load:
            let address = widened(frame.u32(pc.slot(2))) &+ widened(pc.u32(3))
            if _slowPath(address &+ 4 > memory.byteCount) { return leave(context, pc, frame, .memoryOutOfBounds) }
            let a = memory.load(address, as: UInt32.self)
            accumulator = widened(a)
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(5)
        case .i32LoadSum:
            let address = widened((frame.u32(pc.slot(2)) &+ pc.u32(5))) &+ widened(pc.u32(3))
            if _slowPath(address &+ 4 > memory.byteCount) { return leave(context, pc, frame, .memoryOutOfBounds) }
            let a = memory.load(address, as: UInt32.self)
            accumulator = widened(a)
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(7)
        case .i64Load:
            let address = widened(frame.u32(pc.slot(2))) &+ widened(pc.u32(3))
            if _slowPath(address &+ 8 > memory.byteCount) { return leave(context, pc, frame, .memoryOutOfBounds) }
            let a = memory.load(address, as: UInt64.self)
            accumulator = widened(a)
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(5)
        case .i64LoadSum:
            let address = widened((frame.u32(pc.slot(2)) &+ pc.u32(5))) &+ widened(pc.u32(3))
            if _slowPath(address &+ 8 > memory.byteCount) { return leave(context, pc, frame, .memoryOutOfBounds) }
            let a = memory.load(address, as: UInt64.self)
            accumulator = widened(a)
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(7)
        case .f32Load:
            let address = widened(frame.u32(pc.slot(2))) &+ widened(pc.u32(3))
            if _slowPath(address &+ 4 > memory.byteCount) { return leave(context, pc, frame, .memoryOutOfBounds) }
            let a = memory.load(address, as: Float.self)
            frame.setF32(pc.slot(1), a)
            accumulator = 0
            floating = 0
            pc = pc.advanced(5)
        case .f32LoadSum:
            let address = widened((frame.u32(pc.slot(2)) &+ pc.u32(5))) &+ widened(pc.u32(3))
            if _slowPath(address &+ 4 > memory.byteCount) { return leave(context, pc, frame, .memoryOutOfBounds) }
            let a = memory.load(address, as: Float.self)
            frame.setF32(pc.slot(1), a)
            accumulator = 0
            floating = 0
            pc = pc.advanced(7)
        case .f64Load:
            let address = widened(frame.u32(pc.slot(2))) &+ widened(pc.u32(3))
            if _slowPath(address &+ 8 > memory.byteCount) { return leave(context, pc, frame, .memoryOutOfBounds) }
            let a = memory.load(address, as: Double.self)
            floating = a
            frame.setF64(pc.slot(1), floating)
            pc = pc.advanced(5)
        case .f64LoadSum:
            let address = widened((frame.u32(pc.slot(2)) &+ pc.u32(5))) &+ widened(pc.u32(3))
            if _slowPath(address &+ 8 > memory.byteCount) { return leave(context, pc, frame, .memoryOutOfBounds) }
            let a = memory.load(address, as: Double.self)
            floating = a
            frame.setF64(pc.slot(1), floating)
            pc = pc.advanced(7)
        case .i32Load8S:
            let address = widened(frame.u32(pc.slot(2))) &+ widened(pc.u32(3))
            if _slowPath(address &+ 1 > memory.byteCount) { return leave(context, pc, frame, .memoryOutOfBounds) }
            let a = memory.load(address, as: Int8.self)
            accumulator = widened(UInt32(truncatingIfNeeded: a))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(5)
        case .i32Load8SSum:
            let address = widened((frame.u32(pc.slot(2)) &+ pc.u32(5))) &+ widened(pc.u32(3))
            if _slowPath(address &+ 1 > memory.byteCount) { return leave(context, pc, frame, .memoryOutOfBounds) }
            let a = memory.load(address, as: Int8.self)
            accumulator = widened(UInt32(truncatingIfNeeded: a))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(7)
        case .i32Load8U:
            let address = widened(frame.u32(pc.slot(2))) &+ widened(pc.u32(3))
            if _slowPath(address &+ 1 > memory.byteCount) { return leave(context, pc, frame, .memoryOutOfBounds) }
            let a = memory.load(address, as: UInt8.self)
            accumulator = widened(UInt32(a))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(5)
        case .i32Load8USum:
            let address = widened((frame.u32(pc.slot(2)) &+ pc.u32(5))) &+ widened(pc.u32(3))
            if _slowPath(address &+ 1 > memory.byteCount) { return leave(context, pc, frame, .memoryOutOfBounds) }
            let a = memory.load(address, as: UInt8.self)
            accumulator = widened(UInt32(a))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(7)
        case .i32Load16S:
            let address = widened(frame.u32(pc.slot(2))) &+ widened(pc.u32(3))
            if _slowPath(address &+ 2 > memory.byteCount) { return leave(context, pc, frame, .memoryOutOfBounds) }
            let a = memory.load(address, as: Int16.self)
            accumulator = widened(UInt32(truncatingIfNeeded: a))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(5)
        case .i32Load16SSum:
            let address = widened((frame.u32(pc.slot(2)) &+ pc.u32(5))) &+ widened(pc.u32(3))
            if _slowPath(address &+ 2 > memory.byteCount) { return leave(context, pc, frame, .memoryOutOfBounds) }
            let a = memory.load(address, as: Int16.self)
            accumulator = widened(UInt32(truncatingIfNeeded: a))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(7)
        case .i32Load16U:
            let address = widened(frame.u32(pc.slot(2))) &+ widened(pc.u32(3))
            if _slowPath(address &+ 2 > memory.byteCount) { return leave(context, pc, frame, .memoryOutOfBounds) }
            let a = memory.load(address, as: UInt16.self)
            accumulator = widened(UInt32(a))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(5)
        case .i32Load16USum:
            let address = widened((frame.u32(pc.slot(2)) &+ pc.u32(5))) &+ widened(pc.u32(3))
            if _slowPath(address &+ 2 > memory.byteCount) { return leave(context, pc, frame, .memoryOutOfBounds) }
            let a = memory.load(address, as: UInt16.self)
            accumulator = widened(UInt32(a))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(7)
        case .i64Load8S:
            let address = widened(frame.u32(pc.slot(2))) &+ widened(pc.u32(3))
            if _slowPath(address &+ 1 > memory.byteCount) { return leave(context, pc, frame, .memoryOutOfBounds) }
            let a = memory.load(address, as: Int8.self)
            accumulator = widened(UInt64(truncatingIfNeeded: a))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(5)
        case .i64Load8SSum:
            let address = widened((frame.u32(pc.slot(2)) &+ pc.u32(5))) &+ widened(pc.u32(3))
            if _slowPath(address &+ 1 > memory.byteCount) { return leave(context, pc, frame, .memoryOutOfBounds) }
            let a = memory.load(address, as: Int8.self)
            accumulator = widened(UInt64(truncatingIfNeeded: a))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(7)
        case .i64Load8U:
            let address = widened(frame.u32(pc.slot(2))) &+ widened(pc.u32(3))
            if _slowPath(address &+ 1 > memory.byteCount) { return leave(context, pc, frame, .memoryOutOfBounds) }
            let a = memory.load(address, as: UInt8.self)
            accumulator = widened(UInt64(a))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(5)
        case .i64Load8USum:
            let address = widened((frame.u32(pc.slot(2)) &+ pc.u32(5))) &+ widened(pc.u32(3))
            if _slowPath(address &+ 1 > memory.byteCount) { return leave(context, pc, frame, .memoryOutOfBounds) }
            let a = memory.load(address, as: UInt8.self)
            accumulator = widened(UInt64(a))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(7)
        case .i64Load16S:
            let address = widened(frame.u32(pc.slot(2))) &+ widened(pc.u32(3))
            if _slowPath(address &+ 2 > memory.byteCount) { return leave(context, pc, frame, .memoryOutOfBounds) }
            let a = memory.load(address, as: Int16.self)
            accumulator = widened(UInt64(truncatingIfNeeded: a))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(5)
        case .i64Load16SSum:
            let address = widened((frame.u32(pc.slot(2)) &+ pc.u32(5))) &+ widened(pc.u32(3))
            if _slowPath(address &+ 2 > memory.byteCount) { return leave(context, pc, frame, .memoryOutOfBounds) }
            let a = memory.load(address, as: Int16.self)
            accumulator = widened(UInt64(truncatingIfNeeded: a))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(7)
        case .i64Load16U:
            let address = widened(frame.u32(pc.slot(2))) &+ widened(pc.u32(3))
            if _slowPath(address &+ 2 > memory.byteCount) { return leave(context, pc, frame, .memoryOutOfBounds) }
            let a = memory.load(address, as: UInt16.self)
            accumulator = widened(UInt64(a))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(5)
        case .i64Load16USum:
            let address = widened((frame.u32(pc.slot(2)) &+ pc.u32(5))) &+ widened(pc.u32(3))
            if _slowPath(address &+ 2 > memory.byteCount) { return leave(context, pc, frame, .memoryOutOfBounds) }
            let a = memory.load(address, as: UInt16.self)
            accumulator = widened(UInt64(a))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(7)
        case .i64Load32S:
            let address = widened(frame.u32(pc.slot(2))) &+ widened(pc.u32(3))
            if _slowPath(address &+ 4 > memory.byteCount) { return leave(context, pc, frame, .memoryOutOfBounds) }
            let a = memory.load(address, as: Int32.self)
            accumulator = widened(UInt64(truncatingIfNeeded: a))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(5)
        case .i64Load32SSum:
            let address = widened((frame.u32(pc.slot(2)) &+ pc.u32(5))) &+ widened(pc.u32(3))
            if _slowPath(address &+ 4 > memory.byteCount) { return leave(context, pc, frame, .memoryOutOfBounds) }
            let a = memory.load(address, as: Int32.self)
            accumulator = widened(UInt64(truncatingIfNeeded: a))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(7)
        case .i64Load32U:
            let address = widened(frame.u32(pc.slot(2))) &+ widened(pc.u32(3))
            if _slowPath(address &+ 4 > memory.byteCount) { return leave(context, pc, frame, .memoryOutOfBounds) }
            let a = memory.load(address, as: UInt32.self)
            accumulator = widened(UInt64(a))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(5)
        case .i64Load32USum:
            let address = widened((frame.u32(pc.slot(2)) &+ pc.u32(5))) &+ widened(pc.u32(3))
            if _slowPath(address &+ 4 > memory.byteCount) { return leave(context, pc, frame, .memoryOutOfBounds) }
            let a = memory.load(address, as: UInt32.self)
            accumulator = widened(UInt64(a))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(7)
        case .i32Store:
            let address = widened(frame.u32(pc.slot(1))) &+ widened(pc.u32(3))
            if _slowPath(address &+ 4 > memory.byteCount) { return leave(context, pc, frame, .memoryOutOfBounds) }
            let a = frame.u32(pc.slot(2))
            memory.store(a, address)
            pc = pc.advanced(5)
        case .i32StoreSum:
            let address = widened((frame.u32(pc.slot(1)) &+ pc.u32(5))) &+ widened(pc.u32(3))
            if _slowPath(address &+ 4 > memory.byteCount) { return leave(context, pc, frame, .memoryOutOfBounds) }
            let a = frame.u32(pc.slot(2))
            memory.store(a, address)
            pc = pc.advanced(7)
        case .i32StoreImmediate:
            let address = widened(frame.u32(pc.slot(1))) &+ widened(pc.u32(4))
            if _slowPath(address &+ 4 > memory.byteCount) { return leave(context, pc, frame, .memoryOutOfBounds) }
            let a = pc.u32(2)
            memory.store(a, address)
            pc = pc.advanced(6)
        case .i64Store:
            let address = widened(frame.u32(pc.slot(1))) &+ widened(pc.u32(3))
            if _slowPath(address &+ 8 > memory.byteCount) { return leave(context, pc, frame, .memoryOutOfBounds) }
            let a = frame.u64(pc.slot(2))
            memory.store(a, address)
            pc = pc.advanced(5)
        case .i64StoreSum:
            let address = widened((frame.u32(pc.slot(1)) &+ pc.u32(5))) &+ widened(pc.u32(3))
            if _slowPath(address &+ 8 > memory.byteCount) { return leave(context, pc, frame, .memoryOutOfBounds) }
            let a = frame.u64(pc.slot(2))
            memory.store(a, address)
            pc = pc.advanced(7)
        case .i64StoreImmediate:
            let address = widened(frame.u32(pc.slot(1))) &+ widened(pc.u32(4))
            if _slowPath(address &+ 8 > memory.byteCount) { return leave(context, pc, frame, .memoryOutOfBounds) }
            let a = UInt64(truncatingIfNeeded: pc.i32(2))
            memory.store(a, address)
            pc = pc.advanced(6)
        case .f32Store:
            let address = widened(frame.u32(pc.slot(1))) &+ widened(pc.u32(3))
            if _slowPath(address &+ 4 > memory.byteCount) { return leave(context, pc, frame, .memoryOutOfBounds) }
            let a = frame.f32(pc.slot(2))
            memory.store(a, address)
            pc = pc.advanced(5)
        case .f32StoreSum:
            let address = widened((frame.u32(pc.slot(1)) &+ pc.u32(5))) &+ widened(pc.u32(3))
            if _slowPath(address &+ 4 > memory.byteCount) { return leave(context, pc, frame, .memoryOutOfBounds) }
            let a = frame.f32(pc.slot(2))
            memory.store(a, address)
            pc = pc.advanced(7)
        case .f64Store:
            let address = widened(frame.u32(pc.slot(1))) &+ widened(pc.u32(3))
            if _slowPath(address &+ 8 > memory.byteCount) { return leave(context, pc, frame, .memoryOutOfBounds) }
            let a = frame.f64(pc.slot(2))
            memory.store(a, address)
            pc = pc.advanced(5)
        case .f64StoreSum:
            let address = widened((frame.u32(pc.slot(1)) &+ pc.u32(5))) &+ widened(pc.u32(3))
            if _slowPath(address &+ 8 > memory.byteCount) { return leave(context, pc, frame, .memoryOutOfBounds) }
            let a = frame.f64(pc.slot(2))
            memory.store(a, address)
            pc = pc.advanced(7)
        case .i32Store8:
            let address = widened(frame.u32(pc.slot(1))) &+ widened(pc.u32(3))
            if _slowPath(address &+ 1 > memory.byteCount) { return leave(context, pc, frame, .memoryOutOfBounds) }
            let a = frame.u32(pc.slot(2))
            memory.store(UInt8(truncatingIfNeeded: a), address)
            pc = pc.advanced(5)
        case .i32Store8Sum:
            let address = widened((frame.u32(pc.slot(1)) &+ pc.u32(5))) &+ widened(pc.u32(3))
            if _slowPath(address &+ 1 > memory.byteCount) { return leave(context, pc, frame, .memoryOutOfBounds) }
            let a = frame.u32(pc.slot(2))
            memory.store(UInt8(truncatingIfNeeded: a), address)
            pc = pc.advanced(7)
        case .i32Store8Immediate:
            let address = widened(frame.u32(pc.slot(1))) &+ widened(pc.u32(4))
            if _slowPath(address &+ 1 > memory.byteCount) { return leave(context, pc, frame, .memoryOutOfBounds) }
            let a = pc.u32(2)
            memory.store(UInt8(truncatingIfNeeded: a), address)
            pc = pc.advanced(6)
        case .i32Store16:
            let address = widened(frame.u32(pc.slot(1))) &+ widened(pc.u32(3))
            if _slowPath(address &+ 2 > memory.byteCount) { return leave(context, pc, frame, .memoryOutOfBounds) }
            let a = frame.u32(pc.slot(2))
            memory.store(UInt16(truncatingIfNeeded: a), address)
            pc = pc.advanced(5)
        case .i32Store16Sum:
            let address = widened((frame.u32(pc.slot(1)) &+ pc.u32(5))) &+ widened(pc.u32(3))
            if _slowPath(address &+ 2 > memory.byteCount) { return leave(context, pc, frame, .memoryOutOfBounds) }
            let a = frame.u32(pc.slot(2))
            memory.store(UInt16(truncatingIfNeeded: a), address)
            pc = pc.advanced(7)
        case .i32Store16Immediate:
            let address = widened(frame.u32(pc.slot(1))) &+ widened(pc.u32(4))
            if _slowPath(address &+ 2 > memory.byteCount) { return leave(context, pc, frame, .memoryOutOfBounds) }
            let a = pc.u32(2)
            memory.store(UInt16(truncatingIfNeeded: a), address)
            pc = pc.advanced(6)
        case .i64Store8:
            let address = widened(frame.u32(pc.slot(1))) &+ widened(pc.u32(3))
            if _slowPath(address &+ 1 > memory.byteCount) { return leave(context, pc, frame, .memoryOutOfBounds) }
            let a = frame.u64(pc.slot(2))
            memory.store(UInt8(truncatingIfNeeded: a), address)
            pc = pc.advanced(5)
        case .i64Store8Sum:
            let address = widened((frame.u32(pc.slot(1)) &+ pc.u32(5))) &+ widened(pc.u32(3))
            if _slowPath(address &+ 1 > memory.byteCount) { return leave(context, pc, frame, .memoryOutOfBounds) }
            let a = frame.u64(pc.slot(2))
            memory.store(UInt8(truncatingIfNeeded: a), address)
            pc = pc.advanced(7)
        case .i64Store8Immediate:
            let address = widened(frame.u32(pc.slot(1))) &+ widened(pc.u32(4))
            if _slowPath(address &+ 1 > memory.byteCount) { return leave(context, pc, frame, .memoryOutOfBounds) }
            let a = UInt64(truncatingIfNeeded: pc.i32(2))
            memory.store(UInt8(truncatingIfNeeded: a), address)
            pc = pc.advanced(6)
        case .i64Store16:
            let address = widened(frame.u32(pc.slot(1))) &+ widened(pc.u32(3))
            if _slowPath(address &+ 2 > memory.byteCount) { return leave(context, pc, frame, .memoryOutOfBounds) }
            let a = frame.u64(pc.slot(2))
            memory.store(UInt16(truncatingIfNeeded: a), address)
            pc = pc.advanced(5)
        case .i64Store16Sum:
            let address = widened((frame.u32(pc.slot(1)) &+ pc.u32(5))) &+ widened(pc.u32(3))
            if _slowPath(address &+ 2 > memory.byteCount) { return leave(context, pc, frame, .memoryOutOfBounds) }
            let a = frame.u64(pc.slot(2))
            memory.store(UInt16(truncatingIfNeeded: a), address)
            pc = pc.advanced(7)
        case .i64Store16Immediate:
            let address = widened(frame.u32(pc.slot(1))) &+ widened(pc.u32(4))
            if _slowPath(address &+ 2 > memory.byteCount) { return leave(context, pc, frame, .memoryOutOfBounds) }
            let a = UInt64(truncatingIfNeeded: pc.i32(2))
            memory.store(UInt16(truncatingIfNeeded: a), address)
            pc = pc.advanced(6)
        case .i64Store32:
            let address = widened(frame.u32(pc.slot(1))) &+ widened(pc.u32(3))
            if _slowPath(address &+ 4 > memory.byteCount) { return leave(context, pc, frame, .memoryOutOfBounds) }
            let a = frame.u64(pc.slot(2))
            memory.store(UInt32(truncatingIfNeeded: a), address)
            pc = pc.advanced(5)
        case .i64Store32Sum:
            let address = widened((frame.u32(pc.slot(1)) &+ pc.u32(5))) &+ widened(pc.u32(3))
            if _slowPath(address &+ 4 > memory.byteCount) { return leave(context, pc, frame, .memoryOutOfBounds) }
            let a = frame.u64(pc.slot(2))
            memory.store(UInt32(truncatingIfNeeded: a), address)
            pc = pc.advanced(7)
        case .i64Store32Immediate:
            let address = widened(frame.u32(pc.slot(1))) &+ widened(pc.u32(4))
            if _slowPath(address &+ 4 > memory.byteCount) { return leave(context, pc, frame, .memoryOutOfBounds) }
            let a = UInt64(truncatingIfNeeded: pc.i32(2))
            memory.store(UInt32(truncatingIfNeeded: a), address)
            pc = pc.advanced(6)
        case .i32Eqz:
            let a = frame.u32(pc.slot(2))
            accumulator = widened(bit(a == 0))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(3)
        case .branchIfI32Eqz:
            let a = frame.u32(pc.slot(1))
            let offset = pc.i32(2)
            if a == 0 {
                pc = pc.advanced(offset)
                if offset <= 0, _slowPath(context.countDown()) {
                    if let kind = context.safepoint() { return leave(context, pc, frame, kind) }
                    accumulator = 0
                    floating = 0
                }
            } else {
                pc = pc.advanced(4)
            }
        case .i32Eq:
            let a = frame.u32(pc.slot(2))
            let b = frame.u32(pc.slot(3))
            accumulator = widened(bit(a == b))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(4)
        case .i32EqImmediate:
            let a = frame.u32(pc.slot(2))
            let b = pc.u32(3)
            accumulator = widened(bit(a == b))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(5)
        case .branchIfI32Eq:
            let a = frame.u32(pc.slot(1))
            let b = frame.u32(pc.slot(2))
            let offset = pc.i32(3)
            if a == b {
                pc = pc.advanced(offset)
                if offset <= 0, _slowPath(context.countDown()) {
                    if let kind = context.safepoint() { return leave(context, pc, frame, kind) }
                    accumulator = 0
                    floating = 0
                }
            } else {
                pc = pc.advanced(5)
            }
        case .branchIfI32EqImmediate:
            let a = frame.u32(pc.slot(1))
            let b = pc.u32(2)
            let offset = pc.i32(4)
            if a == b {
                pc = pc.advanced(offset)
                if offset <= 0, _slowPath(context.countDown()) {
                    if let kind = context.safepoint() { return leave(context, pc, frame, kind) }
                    accumulator = 0
                    floating = 0
                }
            } else {
                pc = pc.advanced(6)
            }
        case .i32Ne:
            let a = frame.u32(pc.slot(2))
            let b = frame.u32(pc.slot(3))
            accumulator = widened(bit(a != b))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(4)
        case .i32NeImmediate:
            let a = frame.u32(pc.slot(2))
            let b = pc.u32(3)
            accumulator = widened(bit(a != b))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(5)
        case .branchIfI32Ne:
            let a = frame.u32(pc.slot(1))
            let b = frame.u32(pc.slot(2))
            let offset = pc.i32(3)
            if a != b {
                pc = pc.advanced(offset)
                if offset <= 0, _slowPath(context.countDown()) {
                    if let kind = context.safepoint() { return leave(context, pc, frame, kind) }
                    accumulator = 0
                    floating = 0
                }
            } else {
                pc = pc.advanced(5)
            }
        case .branchIfI32NeImmediate:
            let a = frame.u32(pc.slot(1))
            let b = pc.u32(2)
            let offset = pc.i32(4)
            if a != b {
                pc = pc.advanced(offset)
                if offset <= 0, _slowPath(context.countDown()) {
                    if let kind = context.safepoint() { return leave(context, pc, frame, kind) }
                    accumulator = 0
                    floating = 0
                }
            } else {
                pc = pc.advanced(6)
            }
        case .i32LtS:
            let a = frame.u32(pc.slot(2))
            let b = frame.u32(pc.slot(3))
            accumulator = widened(bit(signed(a) < signed(b)))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(4)
        case .i32LtSImmediate:
            let a = frame.u32(pc.slot(2))
            let b = pc.u32(3)
            accumulator = widened(bit(signed(a) < signed(b)))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(5)
        case .branchIfI32LtS:
            let a = frame.u32(pc.slot(1))
            let b = frame.u32(pc.slot(2))
            let offset = pc.i32(3)
            if signed(a) < signed(b) {
                pc = pc.advanced(offset)
                if offset <= 0, _slowPath(context.countDown()) {
                    if let kind = context.safepoint() { return leave(context, pc, frame, kind) }
                    accumulator = 0
                    floating = 0
                }
            } else {
                pc = pc.advanced(5)
            }
        case .branchIfI32LtSImmediate:
            let a = frame.u32(pc.slot(1))
            let b = pc.u32(2)
            let offset = pc.i32(4)
            if signed(a) < signed(b) {
                pc = pc.advanced(offset)
                if offset <= 0, _slowPath(context.countDown()) {
                    if let kind = context.safepoint() { return leave(context, pc, frame, kind) }
                    accumulator = 0
                    floating = 0
                }
            } else {
                pc = pc.advanced(6)
            }
        case .i32LtU:
            let a = frame.u32(pc.slot(2))
            let b = frame.u32(pc.slot(3))
            accumulator = widened(bit(a < b))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(4)
        case .i32LtUImmediate:
            let a = frame.u32(pc.slot(2))
            let b = pc.u32(3)
            accumulator = widened(bit(a < b))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(5)
        case .branchIfI32LtU:
            let a = frame.u32(pc.slot(1))
            let b = frame.u32(pc.slot(2))
            let offset = pc.i32(3)
            if a < b {
                pc = pc.advanced(offset)
                if offset <= 0, _slowPath(context.countDown()) {
                    if let kind = context.safepoint() { return leave(context, pc, frame, kind) }
                    accumulator = 0
                    floating = 0
                }
            } else {
                pc = pc.advanced(5)
            }
        case .branchIfI32LtUImmediate:
            let a = frame.u32(pc.slot(1))
            let b = pc.u32(2)
            let offset = pc.i32(4)
            if a < b {
                pc = pc.advanced(offset)
                if offset <= 0, _slowPath(context.countDown()) {
                    if let kind = context.safepoint() { return leave(context, pc, frame, kind) }
                    accumulator = 0
                    floating = 0
                }
            } else {
                pc = pc.advanced(6)
            }
        case .i32GtS:
            let a = frame.u32(pc.slot(2))
            let b = frame.u32(pc.slot(3))
            accumulator = widened(bit(signed(a) > signed(b)))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(4)
        case .i32GtSImmediate:
            let a = frame.u32(pc.slot(2))
            let b = pc.u32(3)
            accumulator = widened(bit(signed(a) > signed(b)))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(5)
        case .branchIfI32GtS:
            let a = frame.u32(pc.slot(1))
            let b = frame.u32(pc.slot(2))
            let offset = pc.i32(3)
            if signed(a) > signed(b) {
                pc = pc.advanced(offset)
                if offset <= 0, _slowPath(context.countDown()) {
                    if let kind = context.safepoint() { return leave(context, pc, frame, kind) }
                    accumulator = 0
                    floating = 0
                }
            } else {
                pc = pc.advanced(5)
            }
        case .branchIfI32GtSImmediate:
            let a = frame.u32(pc.slot(1))
            let b = pc.u32(2)
            let offset = pc.i32(4)
            if signed(a) > signed(b) {
                pc = pc.advanced(offset)
                if offset <= 0, _slowPath(context.countDown()) {
                    if let kind = context.safepoint() { return leave(context, pc, frame, kind) }
                    accumulator = 0
                    floating = 0
                }
            } else {
                pc = pc.advanced(6)
            }
        case .i32GtU:
            let a = frame.u32(pc.slot(2))
            let b = frame.u32(pc.slot(3))
            accumulator = widened(bit(a > b))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(4)
        case .i32GtUImmediate:
            let a = frame.u32(pc.slot(2))
            let b = pc.u32(3)
            accumulator = widened(bit(a > b))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(5)
        case .branchIfI32GtU:
            let a = frame.u32(pc.slot(1))
            let b = frame.u32(pc.slot(2))
            let offset = pc.i32(3)
            if a > b {
                pc = pc.advanced(offset)
                if offset <= 0, _slowPath(context.countDown()) {
                    if let kind = context.safepoint() { return leave(context, pc, frame, kind) }
                    accumulator = 0
                    floating = 0
                }
            } else {
                pc = pc.advanced(5)
            }
        case .branchIfI32GtUImmediate:
            let a = frame.u32(pc.slot(1))
            let b = pc.u32(2)
            let offset = pc.i32(4)
            if a > b {
                pc = pc.advanced(offset)
                if offset <= 0, _slowPath(context.countDown()) {
                    if let kind = context.safepoint() { return leave(context, pc, frame, kind) }
                    accumulator = 0
                    floating = 0
                }
            } else {
                pc = pc.advanced(6)
            }
        case .i32LeS:
            let a = frame.u32(pc.slot(2))
            let b = frame.u32(pc.slot(3))
            accumulator = widened(bit(signed(a) <= signed(b)))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(4)
        case .i32LeSImmediate:
            let a = frame.u32(pc.slot(2))
            let b = pc.u32(3)
            accumulator = widened(bit(signed(a) <= signed(b)))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(5)
        case .branchIfI32LeS:
            let a = frame.u32(pc.slot(1))
            let b = frame.u32(pc.slot(2))
            let offset = pc.i32(3)
            if signed(a) <= signed(b) {
                pc = pc.advanced(offset)
                if offset <= 0, _slowPath(context.countDown()) {
                    if let kind = context.safepoint() { return leave(context, pc, frame, kind) }
                    accumulator = 0
                    floating = 0
                }
            } else {
                pc = pc.advanced(5)
            }
        case .branchIfI32LeSImmediate:
            let a = frame.u32(pc.slot(1))
            let b = pc.u32(2)
            let offset = pc.i32(4)
            if signed(a) <= signed(b) {
                pc = pc.advanced(offset)
                if offset <= 0, _slowPath(context.countDown()) {
                    if let kind = context.safepoint() { return leave(context, pc, frame, kind) }
                    accumulator = 0
                    floating = 0
                }
            } else {
                pc = pc.advanced(6)
            }
        case .i32LeU:
            let a = frame.u32(pc.slot(2))
            let b = frame.u32(pc.slot(3))
            accumulator = widened(bit(a <= b))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(4)
        case .i32LeUImmediate:
            let a = frame.u32(pc.slot(2))
            let b = pc.u32(3)
            accumulator = widened(bit(a <= b))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(5)
        case .branchIfI32LeU:
            let a = frame.u32(pc.slot(1))
            let b = frame.u32(pc.slot(2))
            let offset = pc.i32(3)
            if a <= b {
                pc = pc.advanced(offset)
                if offset <= 0, _slowPath(context.countDown()) {
                    if let kind = context.safepoint() { return leave(context, pc, frame, kind) }
                    accumulator = 0
                    floating = 0
                }
            } else {
                pc = pc.advanced(5)
            }
        case .branchIfI32LeUImmediate:
            let a = frame.u32(pc.slot(1))
            let b = pc.u32(2)
            let offset = pc.i32(4)
            if a <= b {
                pc = pc.advanced(offset)
                if offset <= 0, _slowPath(context.countDown()) {
                    if let kind = context.safepoint() { return leave(context, pc, frame, kind) }
                    accumulator = 0
                    floating = 0
                }
            } else {
                pc = pc.advanced(6)
            }
        case .i32GeS:
            let a = frame.u32(pc.slot(2))
            let b = frame.u32(pc.slot(3))
            accumulator = widened(bit(signed(a) >= signed(b)))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(4)
        case .i32GeSImmediate:
            let a = frame.u32(pc.slot(2))
            let b = pc.u32(3)
            accumulator = widened(bit(signed(a) >= signed(b)))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(5)
        case .branchIfI32GeS:
            let a = frame.u32(pc.slot(1))
            let b = frame.u32(pc.slot(2))
            let offset = pc.i32(3)
            if signed(a) >= signed(b) {
                pc = pc.advanced(offset)
                if offset <= 0, _slowPath(context.countDown()) {
                    if let kind = context.safepoint() { return leave(context, pc, frame, kind) }
                    accumulator = 0
                    floating = 0
                }
            } else {
                pc = pc.advanced(5)
            }
        case .branchIfI32GeSImmediate:
            let a = frame.u32(pc.slot(1))
            let b = pc.u32(2)
            let offset = pc.i32(4)
            if signed(a) >= signed(b) {
                pc = pc.advanced(offset)
                if offset <= 0, _slowPath(context.countDown()) {
                    if let kind = context.safepoint() { return leave(context, pc, frame, kind) }
                    accumulator = 0
                    floating = 0
                }
            } else {
                pc = pc.advanced(6)
            }
        case .i32GeU:
            let a = frame.u32(pc.slot(2))
            let b = frame.u32(pc.slot(3))
            accumulator = widened(bit(a >= b))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(4)
        case .i32GeUImmediate:
            let a = frame.u32(pc.slot(2))
            let b = pc.u32(3)
            accumulator = widened(bit(a >= b))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(5)
        case .branchIfI32GeU:
            let a = frame.u32(pc.slot(1))
            let b = frame.u32(pc.slot(2))
            let offset = pc.i32(3)
            if a >= b {
                pc = pc.advanced(offset)
                if offset <= 0, _slowPath(context.countDown()) {
                    if let kind = context.safepoint() { return leave(context, pc, frame, kind) }
                    accumulator = 0
                    floating = 0
                }
            } else {
                pc = pc.advanced(5)
            }
        case .branchIfI32GeUImmediate:
            let a = frame.u32(pc.slot(1))
            let b = pc.u32(2)
            let offset = pc.i32(4)
            if a >= b {
                pc = pc.advanced(offset)
                if offset <= 0, _slowPath(context.countDown()) {
                    if let kind = context.safepoint() { return leave(context, pc, frame, kind) }
                    accumulator = 0
                    floating = 0
                }
            } else {
                pc = pc.advanced(6)
            }
        case .i64Eqz:
            let a = frame.u64(pc.slot(2))
            accumulator = widened(bit(a == 0))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(3)
        case .branchIfI64Eqz:
            let a = frame.u64(pc.slot(1))
            let offset = pc.i32(2)
            if a == 0 {
                pc = pc.advanced(offset)
                if offset <= 0, _slowPath(context.countDown()) {
                    if let kind = context.safepoint() { return leave(context, pc, frame, kind) }
                    accumulator = 0
                    floating = 0
                }
            } else {
                pc = pc.advanced(4)
            }
        case .i64Eq:
            let a = frame.u64(pc.slot(2))
            let b = frame.u64(pc.slot(3))
            accumulator = widened(bit(a == b))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(4)
        case .i64EqImmediate:
            let a = frame.u64(pc.slot(2))
            let b = UInt64(truncatingIfNeeded: pc.i32(3))
            accumulator = widened(bit(a == b))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(5)
        case .branchIfI64Eq:
            let a = frame.u64(pc.slot(1))
            let b = frame.u64(pc.slot(2))
            let offset = pc.i32(3)
            if a == b {
                pc = pc.advanced(offset)
                if offset <= 0, _slowPath(context.countDown()) {
                    if let kind = context.safepoint() { return leave(context, pc, frame, kind) }
                    accumulator = 0
                    floating = 0
                }
            } else {
                pc = pc.advanced(5)
            }
        case .branchIfI64EqImmediate:
            let a = frame.u64(pc.slot(1))
            let b = UInt64(truncatingIfNeeded: pc.i32(2))
            let offset = pc.i32(4)
            if a == b {
                pc = pc.advanced(offset)
                if offset <= 0, _slowPath(context.countDown()) {
                    if let kind = context.safepoint() { return leave(context, pc, frame, kind) }
                    accumulator = 0
                    floating = 0
                }
            } else {
                pc = pc.advanced(6)
            }
        case .i64Ne:
            let a = frame.u64(pc.slot(2))
            let b = frame.u64(pc.slot(3))
            accumulator = widened(bit(a != b))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(4)
        case .i64NeImmediate:
            let a = frame.u64(pc.slot(2))
            let b = UInt64(truncatingIfNeeded: pc.i32(3))
            accumulator = widened(bit(a != b))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(5)
        case .branchIfI64Ne:
            let a = frame.u64(pc.slot(1))
            let b = frame.u64(pc.slot(2))
            let offset = pc.i32(3)
            if a != b {
                pc = pc.advanced(offset)
                if offset <= 0, _slowPath(context.countDown()) {
                    if let kind = context.safepoint() { return leave(context, pc, frame, kind) }
                    accumulator = 0
                    floating = 0
                }
            } else {
                pc = pc.advanced(5)
            }
        case .branchIfI64NeImmediate:
            let a = frame.u64(pc.slot(1))
            let b = UInt64(truncatingIfNeeded: pc.i32(2))
            let offset = pc.i32(4)
            if a != b {
                pc = pc.advanced(offset)
                if offset <= 0, _slowPath(context.countDown()) {
                    if let kind = context.safepoint() { return leave(context, pc, frame, kind) }
                    accumulator = 0
                    floating = 0
                }
            } else {
                pc = pc.advanced(6)
            }
        case .i64LtS:
            let a = frame.u64(pc.slot(2))
            let b = frame.u64(pc.slot(3))
            accumulator = widened(bit(signed(a) < signed(b)))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(4)
        case .i64LtSImmediate:
            let a = frame.u64(pc.slot(2))
            let b = UInt64(truncatingIfNeeded: pc.i32(3))
            accumulator = widened(bit(signed(a) < signed(b)))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(5)
        case .branchIfI64LtS:
            let a = frame.u64(pc.slot(1))
            let b = frame.u64(pc.slot(2))
            let offset = pc.i32(3)
            if signed(a) < signed(b) {
                pc = pc.advanced(offset)
                if offset <= 0, _slowPath(context.countDown()) {
                    if let kind = context.safepoint() { return leave(context, pc, frame, kind) }
                    accumulator = 0
                    floating = 0
                }
            } else {
                pc = pc.advanced(5)
            }
        case .branchIfI64LtSImmediate:
            let a = frame.u64(pc.slot(1))
            let b = UInt64(truncatingIfNeeded: pc.i32(2))
            let offset = pc.i32(4)
            if signed(a) < signed(b) {
                pc = pc.advanced(offset)
                if offset <= 0, _slowPath(context.countDown()) {
                    if let kind = context.safepoint() { return leave(context, pc, frame, kind) }
                    accumulator = 0
                    floating = 0
                }
            } else {
                pc = pc.advanced(6)
            }
        case .i64LtU:
            let a = frame.u64(pc.slot(2))
            let b = frame.u64(pc.slot(3))
            accumulator = widened(bit(a < b))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(4)
        case .i64LtUImmediate:
            let a = frame.u64(pc.slot(2))
            let b = UInt64(truncatingIfNeeded: pc.i32(3))
            accumulator = widened(bit(a < b))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(5)
        case .branchIfI64LtU:
            let a = frame.u64(pc.slot(1))
            let b = frame.u64(pc.slot(2))
            let offset = pc.i32(3)
            if a < b {
                pc = pc.advanced(offset)
                if offset <= 0, _slowPath(context.countDown()) {
                    if let kind = context.safepoint() { return leave(context, pc, frame, kind) }
                    accumulator = 0
                    floating = 0
                }
            } else {
                pc = pc.advanced(5)
            }
        case .branchIfI64LtUImmediate:
            let a = frame.u64(pc.slot(1))
            let b = UInt64(truncatingIfNeeded: pc.i32(2))
            let offset = pc.i32(4)
            if a < b {
                pc = pc.advanced(offset)
                if offset <= 0, _slowPath(context.countDown()) {
                    if let kind = context.safepoint() { return leave(context, pc, frame, kind) }
                    accumulator = 0
                    floating = 0
                }
            } else {
                pc = pc.advanced(6)
            }
        case .i64GtS:
            let a = frame.u64(pc.slot(2))
            let b = frame.u64(pc.slot(3))
            accumulator = widened(bit(signed(a) > signed(b)))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(4)
        case .i64GtSImmediate:
            let a = frame.u64(pc.slot(2))
            let b = UInt64(truncatingIfNeeded: pc.i32(3))
            accumulator = widened(bit(signed(a) > signed(b)))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(5)
        case .branchIfI64GtS:
            let a = frame.u64(pc.slot(1))
            let b = frame.u64(pc.slot(2))
            let offset = pc.i32(3)
            if signed(a) > signed(b) {
                pc = pc.advanced(offset)
                if offset <= 0, _slowPath(context.countDown()) {
                    if let kind = context.safepoint() { return leave(context, pc, frame, kind) }
                    accumulator = 0
                    floating = 0
                }
            } else {
                pc = pc.advanced(5)
            }
        case .branchIfI64GtSImmediate:
            let a = frame.u64(pc.slot(1))
            let b = UInt64(truncatingIfNeeded: pc.i32(2))
            let offset = pc.i32(4)
            if signed(a) > signed(b) {
                pc = pc.advanced(offset)
                if offset <= 0, _slowPath(context.countDown()) {
                    if let kind = context.safepoint() { return leave(context, pc, frame, kind) }
                    accumulator = 0
                    floating = 0
                }
            } else {
                pc = pc.advanced(6)
            }
        case .i64GtU:
            let a = frame.u64(pc.slot(2))
            let b = frame.u64(pc.slot(3))
            accumulator = widened(bit(a > b))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(4)
        case .i64GtUImmediate:
            let a = frame.u64(pc.slot(2))
            let b = UInt64(truncatingIfNeeded: pc.i32(3))
            accumulator = widened(bit(a > b))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(5)
        case .branchIfI64GtU:
            let a = frame.u64(pc.slot(1))
            let b = frame.u64(pc.slot(2))
            let offset = pc.i32(3)
            if a > b {
                pc = pc.advanced(offset)
                if offset <= 0, _slowPath(context.countDown()) {
                    if let kind = context.safepoint() { return leave(context, pc, frame, kind) }
                    accumulator = 0
                    floating = 0
                }
            } else {
                pc = pc.advanced(5)
            }
        case .branchIfI64GtUImmediate:
            let a = frame.u64(pc.slot(1))
            let b = UInt64(truncatingIfNeeded: pc.i32(2))
            let offset = pc.i32(4)
            if a > b {
                pc = pc.advanced(offset)
                if offset <= 0, _slowPath(context.countDown()) {
                    if let kind = context.safepoint() { return leave(context, pc, frame, kind) }
                    accumulator = 0
                    floating = 0
                }
            } else {
                pc = pc.advanced(6)
            }
        case .i64LeS:
            let a = frame.u64(pc.slot(2))
            let b = frame.u64(pc.slot(3))
            accumulator = widened(bit(signed(a) <= signed(b)))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(4)
        case .i64LeSImmediate:
            let a = frame.u64(pc.slot(2))
            let b = UInt64(truncatingIfNeeded: pc.i32(3))
            accumulator = widened(bit(signed(a) <= signed(b)))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(5)
        case .branchIfI64LeS:
            let a = frame.u64(pc.slot(1))
            let b = frame.u64(pc.slot(2))
            let offset = pc.i32(3)
            if signed(a) <= signed(b) {
                pc = pc.advanced(offset)
                if offset <= 0, _slowPath(context.countDown()) {
                    if let kind = context.safepoint() { return leave(context, pc, frame, kind) }
                    accumulator = 0
                    floating = 0
                }
            } else {
                pc = pc.advanced(5)
            }
        case .branchIfI64LeSImmediate:
            let a = frame.u64(pc.slot(1))
            let b = UInt64(truncatingIfNeeded: pc.i32(2))
            let offset = pc.i32(4)
            if signed(a) <= signed(b) {
                pc = pc.advanced(offset)
                if offset <= 0, _slowPath(context.countDown()) {
                    if let kind = context.safepoint() { return leave(context, pc, frame, kind) }
                    accumulator = 0
                    floating = 0
                }
            } else {
                pc = pc.advanced(6)
            }
        case .i64LeU:
            let a = frame.u64(pc.slot(2))
            let b = frame.u64(pc.slot(3))
            accumulator = widened(bit(a <= b))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(4)
        case .i64LeUImmediate:
            let a = frame.u64(pc.slot(2))
            let b = UInt64(truncatingIfNeeded: pc.i32(3))
            accumulator = widened(bit(a <= b))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(5)
        case .branchIfI64LeU:
            let a = frame.u64(pc.slot(1))
            let b = frame.u64(pc.slot(2))
            let offset = pc.i32(3)
            if a <= b {
                pc = pc.advanced(offset)
                if offset <= 0, _slowPath(context.countDown()) {
                    if let kind = context.safepoint() { return leave(context, pc, frame, kind) }
                    accumulator = 0
                    floating = 0
                }
            } else {
                pc = pc.advanced(5)
            }
        case .branchIfI64LeUImmediate:
            let a = frame.u64(pc.slot(1))
            let b = UInt64(truncatingIfNeeded: pc.i32(2))
            let offset = pc.i32(4)
            if a <= b {
                pc = pc.advanced(offset)
                if offset <= 0, _slowPath(context.countDown()) {
                    if let kind = context.safepoint() { return leave(context, pc, frame, kind) }
                    accumulator = 0
                    floating = 0
                }
            } else {
                pc = pc.advanced(6)
            }
        case .i64GeS:
            let a = frame.u64(pc.slot(2))
            let b = frame.u64(pc.slot(3))
            accumulator = widened(bit(signed(a) >= signed(b)))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(4)
        case .i64GeSImmediate:
            let a = frame.u64(pc.slot(2))
            let b = UInt64(truncatingIfNeeded: pc.i32(3))
            accumulator = widened(bit(signed(a) >= signed(b)))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(5)
        case .branchIfI64GeS:
            let a = frame.u64(pc.slot(1))
            let b = frame.u64(pc.slot(2))
            let offset = pc.i32(3)
            if signed(a) >= signed(b) {
                pc = pc.advanced(offset)
                if offset <= 0, _slowPath(context.countDown()) {
                    if let kind = context.safepoint() { return leave(context, pc, frame, kind) }
                    accumulator = 0
                    floating = 0
                }
            } else {
                pc = pc.advanced(5)
            }
        case .branchIfI64GeSImmediate:
            let a = frame.u64(pc.slot(1))
            let b = UInt64(truncatingIfNeeded: pc.i32(2))
            let offset = pc.i32(4)
            if signed(a) >= signed(b) {
                pc = pc.advanced(offset)
                if offset <= 0, _slowPath(context.countDown()) {
                    if let kind = context.safepoint() { return leave(context, pc, frame, kind) }
                    accumulator = 0
                    floating = 0
                }
            } else {
                pc = pc.advanced(6)
            }
        case .i64GeU:
            let a = frame.u64(pc.slot(2))
            let b = frame.u64(pc.slot(3))
            accumulator = widened(bit(a >= b))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(4)
        case .i64GeUImmediate:
            let a = frame.u64(pc.slot(2))
            let b = UInt64(truncatingIfNeeded: pc.i32(3))
            accumulator = widened(bit(a >= b))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(5)
        case .branchIfI64GeU:
            let a = frame.u64(pc.slot(1))
            let b = frame.u64(pc.slot(2))
            let offset = pc.i32(3)
            if a >= b {
                pc = pc.advanced(offset)
                if offset <= 0, _slowPath(context.countDown()) {
                    if let kind = context.safepoint() { return leave(context, pc, frame, kind) }
                    accumulator = 0
                    floating = 0
                }
            } else {
                pc = pc.advanced(5)
            }
        case .branchIfI64GeUImmediate:
            let a = frame.u64(pc.slot(1))
            let b = UInt64(truncatingIfNeeded: pc.i32(2))
            let offset = pc.i32(4)
            if a >= b {
                pc = pc.advanced(offset)
                if offset <= 0, _slowPath(context.countDown()) {
                    if let kind = context.safepoint() { return leave(context, pc, frame, kind) }
                    accumulator = 0
                    floating = 0
                }
            } else {
                pc = pc.advanced(6)
            }
        case .f32Eq:
            let a = frame.f32(pc.slot(2))
            let b = frame.f32(pc.slot(3))
            accumulator = widened(bit(a == b))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(4)
        case .branchIfF32Eq:
            let a = frame.f32(pc.slot(1))
            let b = frame.f32(pc.slot(2))
            let offset = pc.i32(3)
            if a == b {
                pc = pc.advanced(offset)
                if offset <= 0, _slowPath(context.countDown()) {
                    if let kind = context.safepoint() { return leave(context, pc, frame, kind) }
                    accumulator = 0
                    floating = 0
                }
            } else {
                pc = pc.advanced(5)
            }
        case .branchUnlessF32Eq:
            let a = frame.f32(pc.slot(1))
            let b = frame.f32(pc.slot(2))
            let offset = pc.i32(3)
            if !(a == b) {
                pc = pc.advanced(offset)
                if offset <= 0, _slowPath(context.countDown()) {
                    if let kind = context.safepoint() { return leave(context, pc, frame, kind) }
                    accumulator = 0
                    floating = 0
                }
            } else {
                pc = pc.advanced(5)
            }
        case .f32Ne:
            let a = frame.f32(pc.slot(2))
            let b = frame.f32(pc.slot(3))
            accumulator = widened(bit(a != b))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(4)
        case .branchIfF32Ne:
            let a = frame.f32(pc.slot(1))
            let b = frame.f32(pc.slot(2))
            let offset = pc.i32(3)
            if a != b {
                pc = pc.advanced(offset)
                if offset <= 0, _slowPath(context.countDown()) {
                    if let kind = context.safepoint() { return leave(context, pc, frame, kind) }
                    accumulator = 0
                    floating = 0
                }
            } else {
                pc = pc.advanced(5)
            }
        case .branchUnlessF32Ne:
            let a = frame.f32(pc.slot(1))
            let b = frame.f32(pc.slot(2))
            let offset = pc.i32(3)
            if !(a != b) {
                pc = pc.advanced(offset)
                if offset <= 0, _slowPath(context.countDown()) {
                    if let kind = context.safepoint() { return leave(context, pc, frame, kind) }
                    accumulator = 0
                    floating = 0
                }
            } else {
                pc = pc.advanced(5)
            }
        case .f32Lt:
            let a = frame.f32(pc.slot(2))
            let b = frame.f32(pc.slot(3))
            accumulator = widened(bit(a < b))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(4)
        case .branchIfF32Lt:
            let a = frame.f32(pc.slot(1))
            let b = frame.f32(pc.slot(2))
            let offset = pc.i32(3)
            if a < b {
                pc = pc.advanced(offset)
                if offset <= 0, _slowPath(context.countDown()) {
                    if let kind = context.safepoint() { return leave(context, pc, frame, kind) }
                    accumulator = 0
                    floating = 0
                }
            } else {
                pc = pc.advanced(5)
            }
        case .branchUnlessF32Lt:
            let a = frame.f32(pc.slot(1))
            let b = frame.f32(pc.slot(2))
            let offset = pc.i32(3)
            if !(a < b) {
                pc = pc.advanced(offset)
                if offset <= 0, _slowPath(context.countDown()) {
                    if let kind = context.safepoint() { return leave(context, pc, frame, kind) }
                    accumulator = 0
                    floating = 0
                }
            } else {
                pc = pc.advanced(5)
            }
        case .f32Gt:
            let a = frame.f32(pc.slot(2))
            let b = frame.f32(pc.slot(3))
            accumulator = widened(bit(a > b))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(4)
        case .branchIfF32Gt:
            let a = frame.f32(pc.slot(1))
            let b = frame.f32(pc.slot(2))
            let offset = pc.i32(3)
            if a > b {
                pc = pc.advanced(offset)
                if offset <= 0, _slowPath(context.countDown()) {
                    if let kind = context.safepoint() { return leave(context, pc, frame, kind) }
                    accumulator = 0
                    floating = 0
                }
            } else {
                pc = pc.advanced(5)
            }
        case .branchUnlessF32Gt:
            let a = frame.f32(pc.slot(1))
            let b = frame.f32(pc.slot(2))
            let offset = pc.i32(3)
            if !(a > b) {
                pc = pc.advanced(offset)
                if offset <= 0, _slowPath(context.countDown()) {
                    if let kind = context.safepoint() { return leave(context, pc, frame, kind) }
                    accumulator = 0
                    floating = 0
                }
            } else {
                pc = pc.advanced(5)
            }
        case .f32Le:
            let a = frame.f32(pc.slot(2))
            let b = frame.f32(pc.slot(3))
            accumulator = widened(bit(a <= b))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(4)
        case .branchIfF32Le:
            let a = frame.f32(pc.slot(1))
            let b = frame.f32(pc.slot(2))
            let offset = pc.i32(3)
            if a <= b {
                pc = pc.advanced(offset)
                if offset <= 0, _slowPath(context.countDown()) {
                    if let kind = context.safepoint() { return leave(context, pc, frame, kind) }
                    accumulator = 0
                    floating = 0
                }
            } else {
                pc = pc.advanced(5)
            }
        case .branchUnlessF32Le:
            let a = frame.f32(pc.slot(1))
            let b = frame.f32(pc.slot(2))
            let offset = pc.i32(3)
            if !(a <= b) {
                pc = pc.advanced(offset)
                if offset <= 0, _slowPath(context.countDown()) {
                    if let kind = context.safepoint() { return leave(context, pc, frame, kind) }
                    accumulator = 0
                    floating = 0
                }
            } else {
                pc = pc.advanced(5)
            }
        case .f32Ge:
            let a = frame.f32(pc.slot(2))
            let b = frame.f32(pc.slot(3))
            accumulator = widened(bit(a >= b))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(4)
        case .branchIfF32Ge:
            let a = frame.f32(pc.slot(1))
            let b = frame.f32(pc.slot(2))
            let offset = pc.i32(3)
            if a >= b {
                pc = pc.advanced(offset)
                if offset <= 0, _slowPath(context.countDown()) {
                    if let kind = context.safepoint() { return leave(context, pc, frame, kind) }
                    accumulator = 0
                    floating = 0
                }
            } else {
                pc = pc.advanced(5)
            }
        case .branchUnlessF32Ge:
            let a = frame.f32(pc.slot(1))
            let b = frame.f32(pc.slot(2))
            let offset = pc.i32(3)
            if !(a >= b) {
                pc = pc.advanced(offset)
                if offset <= 0, _slowPath(context.countDown()) {
                    if let kind = context.safepoint() { return leave(context, pc, frame, kind) }
                    accumulator = 0
                    floating = 0
                }
            } else {
                pc = pc.advanced(5)
            }
        case .f64Eq:
            let a = frame.f64(pc.slot(2))
            let b = frame.f64(pc.slot(3))
            accumulator = widened(bit(a == b))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(4)
        case .branchIfF64Eq:
            let a = frame.f64(pc.slot(1))
            let b = frame.f64(pc.slot(2))
            let offset = pc.i32(3)
            if a == b {
                pc = pc.advanced(offset)
                if offset <= 0, _slowPath(context.countDown()) {
                    if let kind = context.safepoint() { return leave(context, pc, frame, kind) }
                    accumulator = 0
                    floating = 0
                }
            } else {
                pc = pc.advanced(5)
            }
        case .branchUnlessF64Eq:
            let a = frame.f64(pc.slot(1))
            let b = frame.f64(pc.slot(2))
            let offset = pc.i32(3)
            if !(a == b) {
                pc = pc.advanced(offset)
                if offset <= 0, _slowPath(context.countDown()) {
                    if let kind = context.safepoint() { return leave(context, pc, frame, kind) }
                    accumulator = 0
                    floating = 0
                }
            } else {
                pc = pc.advanced(5)
            }
        case .f64Ne:
            let a = frame.f64(pc.slot(2))
            let b = frame.f64(pc.slot(3))
            accumulator = widened(bit(a != b))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(4)
        case .branchIfF64Ne:
            let a = frame.f64(pc.slot(1))
            let b = frame.f64(pc.slot(2))
            let offset = pc.i32(3)
            if a != b {
                pc = pc.advanced(offset)
                if offset <= 0, _slowPath(context.countDown()) {
                    if let kind = context.safepoint() { return leave(context, pc, frame, kind) }
                    accumulator = 0
                    floating = 0
                }
            } else {
                pc = pc.advanced(5)
            }
        case .branchUnlessF64Ne:
            let a = frame.f64(pc.slot(1))
            let b = frame.f64(pc.slot(2))
            let offset = pc.i32(3)
            if !(a != b) {
                pc = pc.advanced(offset)
                if offset <= 0, _slowPath(context.countDown()) {
                    if let kind = context.safepoint() { return leave(context, pc, frame, kind) }
                    accumulator = 0
                    floating = 0
                }
            } else {
                pc = pc.advanced(5)
            }
        case .f64Lt:
            let a = frame.f64(pc.slot(2))
            let b = frame.f64(pc.slot(3))
            accumulator = widened(bit(a < b))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(4)
        case .branchIfF64Lt:
            let a = frame.f64(pc.slot(1))
            let b = frame.f64(pc.slot(2))
            let offset = pc.i32(3)
            if a < b {
                pc = pc.advanced(offset)
                if offset <= 0, _slowPath(context.countDown()) {
                    if let kind = context.safepoint() { return leave(context, pc, frame, kind) }
                    accumulator = 0
                    floating = 0
                }
            } else {
                pc = pc.advanced(5)
            }
        case .branchUnlessF64Lt:
            let a = frame.f64(pc.slot(1))
            let b = frame.f64(pc.slot(2))
            let offset = pc.i32(3)
            if !(a < b) {
                pc = pc.advanced(offset)
                if offset <= 0, _slowPath(context.countDown()) {
                    if let kind = context.safepoint() { return leave(context, pc, frame, kind) }
                    accumulator = 0
                    floating = 0
                }
            } else {
                pc = pc.advanced(5)
            }
        case .f64Gt:
            let a = frame.f64(pc.slot(2))
            let b = frame.f64(pc.slot(3))
            accumulator = widened(bit(a > b))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(4)
        case .branchIfF64Gt:
            let a = frame.f64(pc.slot(1))
            let b = frame.f64(pc.slot(2))
            let offset = pc.i32(3)
            if a > b {
                pc = pc.advanced(offset)
                if offset <= 0, _slowPath(context.countDown()) {
                    if let kind = context.safepoint() { return leave(context, pc, frame, kind) }
                    accumulator = 0
                    floating = 0
                }
            } else {
                pc = pc.advanced(5)
            }
        case .branchUnlessF64Gt:
            let a = frame.f64(pc.slot(1))
            let b = frame.f64(pc.slot(2))
            let offset = pc.i32(3)
            if !(a > b) {
                pc = pc.advanced(offset)
                if offset <= 0, _slowPath(context.countDown()) {
                    if let kind = context.safepoint() { return leave(context, pc, frame, kind) }
                    accumulator = 0
                    floating = 0
                }
            } else {
                pc = pc.advanced(5)
            }
        case .f64Le:
            let a = frame.f64(pc.slot(2))
            let b = frame.f64(pc.slot(3))
            accumulator = widened(bit(a <= b))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(4)
        case .branchIfF64Le:
            let a = frame.f64(pc.slot(1))
            let b = frame.f64(pc.slot(2))
            let offset = pc.i32(3)
            if a <= b {
                pc = pc.advanced(offset)
                if offset <= 0, _slowPath(context.countDown()) {
                    if let kind = context.safepoint() { return leave(context, pc, frame, kind) }
                    accumulator = 0
                    floating = 0
                }
            } else {
                pc = pc.advanced(5)
            }
        case .branchUnlessF64Le:
            let a = frame.f64(pc.slot(1))
            let b = frame.f64(pc.slot(2))
            let offset = pc.i32(3)
            if !(a <= b) {
                pc = pc.advanced(offset)
                if offset <= 0, _slowPath(context.countDown()) {
                    if let kind = context.safepoint() { return leave(context, pc, frame, kind) }
                    accumulator = 0
                    floating = 0
                }
            } else {
                pc = pc.advanced(5)
            }
        case .f64Ge:
            let a = frame.f64(pc.slot(2))
            let b = frame.f64(pc.slot(3))
            accumulator = widened(bit(a >= b))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(4)
        case .branchIfF64Ge:
            let a = frame.f64(pc.slot(1))
            let b = frame.f64(pc.slot(2))
            let offset = pc.i32(3)
            if a >= b {
                pc = pc.advanced(offset)
                if offset <= 0, _slowPath(context.countDown()) {
                    if let kind = context.safepoint() { return leave(context, pc, frame, kind) }
                    accumulator = 0
                    floating = 0
                }
            } else {
                pc = pc.advanced(5)
            }
        case .branchUnlessF64Ge:
            let a = frame.f64(pc.slot(1))
            let b = frame.f64(pc.slot(2))
            let offset = pc.i32(3)
            if !(a >= b) {
                pc = pc.advanced(offset)
                if offset <= 0, _slowPath(context.countDown()) {
                    if let kind = context.safepoint() { return leave(context, pc, frame, kind) }
                    accumulator = 0
                    floating = 0
                }
            } else {
                pc = pc.advanced(5)
            }
        case .i32Clz:
            let a = frame.u32(pc.slot(2))
            accumulator = widened(leadingZeros(a))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(3)
        case .i32Ctz:
            let a = frame.u32(pc.slot(2))
            accumulator = widened(trailingZeros(a))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(3)
        case .i32Popcnt:
            let a = frame.u32(pc.slot(2))
            accumulator = widened(populationCount(a))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(3)
        case .i32Add:
            let a = frame.u32(pc.slot(2))
            let b = frame.u32(pc.slot(3))
            accumulator = widened(a &+ b)
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(4)
        case .i32AddImmediate:
            let a = frame.u32(pc.slot(2))
            let b = pc.u32(3)
            accumulator = widened(a &+ b)
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(5)
        case .i32AddAccumulator:
            let a = UInt32(truncatingIfNeeded: accumulator)
            let b = frame.u32(pc.slot(2))
            accumulator = widened(a &+ b)
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(3)
        case .i32AddAccumulatorImmediate:
            let a = UInt32(truncatingIfNeeded: accumulator)
            let b = pc.u32(2)
            accumulator = widened(a &+ b)
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(4)
        case .i32Sub:
            let a = frame.u32(pc.slot(2))
            let b = frame.u32(pc.slot(3))
            accumulator = widened(a &- b)
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(4)
        case .i32SubImmediate:
            let a = frame.u32(pc.slot(2))
            let b = pc.u32(3)
            accumulator = widened(a &- b)
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(5)
        case .i32SubAccumulator:
            let a = UInt32(truncatingIfNeeded: accumulator)
            let b = frame.u32(pc.slot(2))
            accumulator = widened(a &- b)
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(3)
        case .i32SubAccumulatorImmediate:
            let a = UInt32(truncatingIfNeeded: accumulator)
            let b = pc.u32(2)
            accumulator = widened(a &- b)
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(4)
        case .i32Mul:
            let a = frame.u32(pc.slot(2))
            let b = frame.u32(pc.slot(3))
            accumulator = widened(a &* b)
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(4)
        case .i32MulImmediate:
            let a = frame.u32(pc.slot(2))
            let b = pc.u32(3)
            accumulator = widened(a &* b)
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(5)
        case .i32MulAccumulator:
            let a = UInt32(truncatingIfNeeded: accumulator)
            let b = frame.u32(pc.slot(2))
            accumulator = widened(a &* b)
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(3)
        case .i32MulAccumulatorImmediate:
            let a = UInt32(truncatingIfNeeded: accumulator)
            let b = pc.u32(2)
            accumulator = widened(a &* b)
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(4)
        case .i32DivS:
            let a = frame.u32(pc.slot(2))
            let b = frame.u32(pc.slot(3))
            if _slowPath(b == 0) { return leave(context, pc, frame, .integerDivideByZero) }
            if _slowPath(signed(a) == .min && signed(b) == -1) { return leave(context, pc, frame, .integerOverflow) }
            accumulator = widened(signedQuotient(a, b))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(4)
        case .i32DivU:
            let a = frame.u32(pc.slot(2))
            let b = frame.u32(pc.slot(3))
            if _slowPath(b == 0) { return leave(context, pc, frame, .integerDivideByZero) }
            accumulator = widened(a / b)
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(4)
        case .i32RemS:
            let a = frame.u32(pc.slot(2))
            let b = frame.u32(pc.slot(3))
            if _slowPath(b == 0) { return leave(context, pc, frame, .integerDivideByZero) }
            accumulator = widened(signedRemainder(a, b))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(4)
        case .i32RemU:
            let a = frame.u32(pc.slot(2))
            let b = frame.u32(pc.slot(3))
            if _slowPath(b == 0) { return leave(context, pc, frame, .integerDivideByZero) }
            accumulator = widened(a % b)
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(4)
        case .i32And:
            let a = frame.u32(pc.slot(2))
            let b = frame.u32(pc.slot(3))
            accumulator = widened(a & b)
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(4)
        case .i32AndImmediate:
            let a = frame.u32(pc.slot(2))
            let b = pc.u32(3)
            accumulator = widened(a & b)
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(5)
        case .i32AndAccumulator:
            let a = UInt32(truncatingIfNeeded: accumulator)
            let b = frame.u32(pc.slot(2))
            accumulator = widened(a & b)
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(3)
        case .i32AndAccumulatorImmediate:
            let a = UInt32(truncatingIfNeeded: accumulator)
            let b = pc.u32(2)
            accumulator = widened(a & b)
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(4)
        case .i32Or:
            let a = frame.u32(pc.slot(2))
            let b = frame.u32(pc.slot(3))
            accumulator = widened(a | b)
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(4)
        case .i32OrImmediate:
            let a = frame.u32(pc.slot(2))
            let b = pc.u32(3)
            accumulator = widened(a | b)
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(5)
        case .i32OrAccumulator:
            let a = UInt32(truncatingIfNeeded: accumulator)
            let b = frame.u32(pc.slot(2))
            accumulator = widened(a | b)
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(3)
        case .i32OrAccumulatorImmediate:
            let a = UInt32(truncatingIfNeeded: accumulator)
            let b = pc.u32(2)
            accumulator = widened(a | b)
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(4)
        case .i32Xor:
            let a = frame.u32(pc.slot(2))
            let b = frame.u32(pc.slot(3))
            accumulator = widened(a ^ b)
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(4)
        case .i32XorImmediate:
            let a = frame.u32(pc.slot(2))
            let b = pc.u32(3)
            accumulator = widened(a ^ b)
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(5)
        case .i32XorAccumulator:
            let a = UInt32(truncatingIfNeeded: accumulator)
            let b = frame.u32(pc.slot(2))
            accumulator = widened(a ^ b)
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(3)
        case .i32XorAccumulatorImmediate:
            let a = UInt32(truncatingIfNeeded: accumulator)
            let b = pc.u32(2)
            accumulator = widened(a ^ b)
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(4)
        case .i32Shl:
            let a = frame.u32(pc.slot(2))
            let b = frame.u32(pc.slot(3))
            accumulator = widened(a &<< b)
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(4)
        case .i32ShlImmediate:
            let a = frame.u32(pc.slot(2))
            let b = pc.u32(3)
            accumulator = widened(a &<< b)
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(5)
        case .i32ShlAccumulator:
            let a = UInt32(truncatingIfNeeded: accumulator)
            let b = frame.u32(pc.slot(2))
            accumulator = widened(a &<< b)
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(3)
        case .i32ShlAccumulatorImmediate:
            let a = UInt32(truncatingIfNeeded: accumulator)
            let b = pc.u32(2)
            accumulator = widened(a &<< b)
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(4)
        case .i32ShrS:
            let a = frame.u32(pc.slot(2))
            let b = frame.u32(pc.slot(3))
            accumulator = widened(unsigned(signed(a) &>> signed(b)))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(4)
        case .i32ShrSImmediate:
            let a = frame.u32(pc.slot(2))
            let b = pc.u32(3)
            accumulator = widened(unsigned(signed(a) &>> signed(b)))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(5)
        case .i32ShrSAccumulator:
            let a = UInt32(truncatingIfNeeded: accumulator)
            let b = frame.u32(pc.slot(2))
            accumulator = widened(unsigned(signed(a) &>> signed(b)))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(3)
        case .i32ShrSAccumulatorImmediate:
            let a = UInt32(truncatingIfNeeded: accumulator)
            let b = pc.u32(2)
            accumulator = widened(unsigned(signed(a) &>> signed(b)))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(4)
        case .i32ShrU:
            let a = frame.u32(pc.slot(2))
            let b = frame.u32(pc.slot(3))
            accumulator = widened(a &>> b)
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(4)
        case .i32ShrUImmediate:
            let a = frame.u32(pc.slot(2))
            let b = pc.u32(3)
            accumulator = widened(a &>> b)
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(5)
        case .i32ShrUAccumulator:
            let a = UInt32(truncatingIfNeeded: accumulator)
            let b = frame.u32(pc.slot(2))
            accumulator = widened(a &>> b)
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(3)
        case .i32ShrUAccumulatorImmediate:
            let a = UInt32(truncatingIfNeeded: accumulator)
            let b = pc.u32(2)
            accumulator = widened(a &>> b)
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(4)
        case .i32Rotl:
            let a = frame.u32(pc.slot(2))
            let b = frame.u32(pc.slot(3))
            accumulator = widened(rotateLeft(a, b))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(4)
        case .i32RotlImmediate:
            let a = frame.u32(pc.slot(2))
            let b = pc.u32(3)
            accumulator = widened(rotateLeft(a, b))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(5)
        case .i32RotlAccumulator:
            let a = UInt32(truncatingIfNeeded: accumulator)
            let b = frame.u32(pc.slot(2))
            accumulator = widened(rotateLeft(a, b))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(3)
        case .i32RotlAccumulatorImmediate:
            let a = UInt32(truncatingIfNeeded: accumulator)
            let b = pc.u32(2)
            accumulator = widened(rotateLeft(a, b))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(4)
        case .i32Rotr:
            let a = frame.u32(pc.slot(2))
            let b = frame.u32(pc.slot(3))
            accumulator = widened(rotateRight(a, b))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(4)
        case .i32RotrImmediate:
            let a = frame.u32(pc.slot(2))
            let b = pc.u32(3)
            accumulator = widened(rotateRight(a, b))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(5)
        case .i32RotrAccumulator:
            let a = UInt32(truncatingIfNeeded: accumulator)
            let b = frame.u32(pc.slot(2))
            accumulator = widened(rotateRight(a, b))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(3)
        case .i32RotrAccumulatorImmediate:
            let a = UInt32(truncatingIfNeeded: accumulator)
            let b = pc.u32(2)
            accumulator = widened(rotateRight(a, b))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(4)
        case .i64Clz:
            let a = frame.u64(pc.slot(2))
            accumulator = widened(leadingZeros(a))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(3)
        case .i64Ctz:
            let a = frame.u64(pc.slot(2))
            accumulator = widened(trailingZeros(a))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(3)
        case .i64Popcnt:
            let a = frame.u64(pc.slot(2))
            accumulator = widened(populationCount(a))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(3)
        case .i64Add:
            let a = frame.u64(pc.slot(2))
            let b = frame.u64(pc.slot(3))
            accumulator = widened(a &+ b)
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(4)
        case .i64AddImmediate:
            let a = frame.u64(pc.slot(2))
            let b = UInt64(truncatingIfNeeded: pc.i32(3))
            accumulator = widened(a &+ b)
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(5)
        case .i64AddAccumulator:
            let a = accumulator
            let b = frame.u64(pc.slot(2))
            accumulator = widened(a &+ b)
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(3)
        case .i64AddAccumulatorImmediate:
            let a = accumulator
            let b = UInt64(truncatingIfNeeded: pc.i32(2))
            accumulator = widened(a &+ b)
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(4)
        case .i64Sub:
            let a = frame.u64(pc.slot(2))
            let b = frame.u64(pc.slot(3))
            accumulator = widened(a &- b)
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(4)
        case .i64SubImmediate:
            let a = frame.u64(pc.slot(2))
            let b = UInt64(truncatingIfNeeded: pc.i32(3))
            accumulator = widened(a &- b)
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(5)
        case .i64SubAccumulator:
            let a = accumulator
            let b = frame.u64(pc.slot(2))
            accumulator = widened(a &- b)
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(3)
        case .i64SubAccumulatorImmediate:
            let a = accumulator
            let b = UInt64(truncatingIfNeeded: pc.i32(2))
            accumulator = widened(a &- b)
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(4)
        case .i64Mul:
            let a = frame.u64(pc.slot(2))
            let b = frame.u64(pc.slot(3))
            accumulator = widened(a &* b)
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(4)
        case .i64MulImmediate:
            let a = frame.u64(pc.slot(2))
            let b = UInt64(truncatingIfNeeded: pc.i32(3))
            accumulator = widened(a &* b)
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(5)
        case .i64MulAccumulator:
            let a = accumulator
            let b = frame.u64(pc.slot(2))
            accumulator = widened(a &* b)
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(3)
        case .i64MulAccumulatorImmediate:
            let a = accumulator
            let b = UInt64(truncatingIfNeeded: pc.i32(2))
            accumulator = widened(a &* b)
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(4)
        case .i64DivS:
            let a = frame.u64(pc.slot(2))
            let b = frame.u64(pc.slot(3))
            if _slowPath(b == 0) { return leave(context, pc, frame, .integerDivideByZero) }
            if _slowPath(signed(a) == .min && signed(b) == -1) { return leave(context, pc, frame, .integerOverflow) }
            accumulator = widened(signedQuotient(a, b))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(4)
        case .i64DivU:
            let a = frame.u64(pc.slot(2))
            let b = frame.u64(pc.slot(3))
            if _slowPath(b == 0) { return leave(context, pc, frame, .integerDivideByZero) }
            accumulator = widened(a / b)
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(4)
        case .i64RemS:
            let a = frame.u64(pc.slot(2))
            let b = frame.u64(pc.slot(3))
            if _slowPath(b == 0) { return leave(context, pc, frame, .integerDivideByZero) }
            accumulator = widened(signedRemainder(a, b))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(4)
        case .i64RemU:
            let a = frame.u64(pc.slot(2))
            let b = frame.u64(pc.slot(3))
            if _slowPath(b == 0) { return leave(context, pc, frame, .integerDivideByZero) }
            accumulator = widened(a % b)
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(4)
        case .i64And:
            let a = frame.u64(pc.slot(2))
            let b = frame.u64(pc.slot(3))
            accumulator = widened(a & b)
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(4)
        case .i64AndImmediate:
            let a = frame.u64(pc.slot(2))
            let b = UInt64(truncatingIfNeeded: pc.i32(3))
            accumulator = widened(a & b)
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(5)
        case .i64AndAccumulator:
            let a = accumulator
            let b = frame.u64(pc.slot(2))
            accumulator = widened(a & b)
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(3)
        case .i64AndAccumulatorImmediate:
            let a = accumulator
            let b = UInt64(truncatingIfNeeded: pc.i32(2))
            accumulator = widened(a & b)
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(4)
        case .i64Or:
            let a = frame.u64(pc.slot(2))
            let b = frame.u64(pc.slot(3))
            accumulator = widened(a | b)
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(4)
        case .i64OrImmediate:
            let a = frame.u64(pc.slot(2))
            let b = UInt64(truncatingIfNeeded: pc.i32(3))
            accumulator = widened(a | b)
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(5)
        case .i64OrAccumulator:
            let a = accumulator
            let b = frame.u64(pc.slot(2))
            accumulator = widened(a | b)
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(3)
        case .i64OrAccumulatorImmediate:
            let a = accumulator
            let b = UInt64(truncatingIfNeeded: pc.i32(2))
            accumulator = widened(a | b)
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(4)
        case .i64Xor:
            let a = frame.u64(pc.slot(2))
            let b = frame.u64(pc.slot(3))
            accumulator = widened(a ^ b)
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(4)
        case .i64XorImmediate:
            let a = frame.u64(pc.slot(2))
            let b = UInt64(truncatingIfNeeded: pc.i32(3))
            accumulator = widened(a ^ b)
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(5)
        case .i64XorAccumulator:
            let a = accumulator
            let b = frame.u64(pc.slot(2))
            accumulator = widened(a ^ b)
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(3)
        case .i64XorAccumulatorImmediate:
            let a = accumulator
            let b = UInt64(truncatingIfNeeded: pc.i32(2))
            accumulator = widened(a ^ b)
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(4)
        case .i64Shl:
            let a = frame.u64(pc.slot(2))
            let b = frame.u64(pc.slot(3))
            accumulator = widened(a &<< b)
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(4)
        case .i64ShlImmediate:
            let a = frame.u64(pc.slot(2))
            let b = UInt64(truncatingIfNeeded: pc.i32(3))
            accumulator = widened(a &<< b)
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(5)
        case .i64ShlAccumulator:
            let a = accumulator
            let b = frame.u64(pc.slot(2))
            accumulator = widened(a &<< b)
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(3)
        case .i64ShlAccumulatorImmediate:
            let a = accumulator
            let b = UInt64(truncatingIfNeeded: pc.i32(2))
            accumulator = widened(a &<< b)
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(4)
        case .i64ShrS:
            let a = frame.u64(pc.slot(2))
            let b = frame.u64(pc.slot(3))
            accumulator = widened(unsigned(signed(a) &>> signed(b)))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(4)
        case .i64ShrSImmediate:
            let a = frame.u64(pc.slot(2))
            let b = UInt64(truncatingIfNeeded: pc.i32(3))
            accumulator = widened(unsigned(signed(a) &>> signed(b)))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(5)
        case .i64ShrSAccumulator:
            let a = accumulator
            let b = frame.u64(pc.slot(2))
            accumulator = widened(unsigned(signed(a) &>> signed(b)))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(3)
        case .i64ShrSAccumulatorImmediate:
            let a = accumulator
            let b = UInt64(truncatingIfNeeded: pc.i32(2))
            accumulator = widened(unsigned(signed(a) &>> signed(b)))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(4)
        case .i64ShrU:
            let a = frame.u64(pc.slot(2))
            let b = frame.u64(pc.slot(3))
            accumulator = widened(a &>> b)
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(4)
        case .i64ShrUImmediate:
            let a = frame.u64(pc.slot(2))
            let b = UInt64(truncatingIfNeeded: pc.i32(3))
            accumulator = widened(a &>> b)
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(5)
        case .i64ShrUAccumulator:
            let a = accumulator
            let b = frame.u64(pc.slot(2))
            accumulator = widened(a &>> b)
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(3)
        case .i64ShrUAccumulatorImmediate:
            let a = accumulator
            let b = UInt64(truncatingIfNeeded: pc.i32(2))
            accumulator = widened(a &>> b)
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(4)
        case .i64Rotl:
            let a = frame.u64(pc.slot(2))
            let b = frame.u64(pc.slot(3))
            accumulator = widened(rotateLeft(a, b))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(4)
        case .i64RotlImmediate:
            let a = frame.u64(pc.slot(2))
            let b = UInt64(truncatingIfNeeded: pc.i32(3))
            accumulator = widened(rotateLeft(a, b))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(5)
        case .i64RotlAccumulator:
            let a = accumulator
            let b = frame.u64(pc.slot(2))
            accumulator = widened(rotateLeft(a, b))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(3)
        case .i64RotlAccumulatorImmediate:
            let a = accumulator
            let b = UInt64(truncatingIfNeeded: pc.i32(2))
            accumulator = widened(rotateLeft(a, b))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(4)
        case .i64Rotr:
            let a = frame.u64(pc.slot(2))
            let b = frame.u64(pc.slot(3))
            accumulator = widened(rotateRight(a, b))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(4)
        case .i64RotrImmediate:
            let a = frame.u64(pc.slot(2))
            let b = UInt64(truncatingIfNeeded: pc.i32(3))
            accumulator = widened(rotateRight(a, b))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(5)
        case .i64RotrAccumulator:
            let a = accumulator
            let b = frame.u64(pc.slot(2))
            accumulator = widened(rotateRight(a, b))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(3)
        case .i64RotrAccumulatorImmediate:
            let a = accumulator
            let b = UInt64(truncatingIfNeeded: pc.i32(2))
            accumulator = widened(rotateRight(a, b))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(4)
        case .f32Abs:
            let a = frame.f32(pc.slot(2))
            frame.setF32(pc.slot(1), absolute(a))
            accumulator = 0
            floating = 0
            pc = pc.advanced(3)
        case .f32Neg:
            let a = frame.f32(pc.slot(2))
            frame.setF32(pc.slot(1), negated(a))
            accumulator = 0
            floating = 0
            pc = pc.advanced(3)
        case .f32Ceil:
            let a = frame.f32(pc.slot(2))
            frame.setF32(pc.slot(1), ceiling(a))
            accumulator = 0
            floating = 0
            pc = pc.advanced(3)
        case .f32Floor:
            let a = frame.f32(pc.slot(2))
            frame.setF32(pc.slot(1), floored(a))
            accumulator = 0
            floating = 0
            pc = pc.advanced(3)
        case .f32Trunc:
            let a = frame.f32(pc.slot(2))
            frame.setF32(pc.slot(1), truncated(a))
            accumulator = 0
            floating = 0
            pc = pc.advanced(3)
        case .f32Nearest:
            let a = frame.f32(pc.slot(2))
            frame.setF32(pc.slot(1), nearest(a))
            accumulator = 0
            floating = 0
            pc = pc.advanced(3)
        case .f32Sqrt:
            let a = frame.f32(pc.slot(2))
            frame.setF32(pc.slot(1), squareRoot(a))
            accumulator = 0
            floating = 0
            pc = pc.advanced(3)
        case .f32Add:
            let a = frame.f32(pc.slot(2))
            let b = frame.f32(pc.slot(3))
            frame.setF32(pc.slot(1), a + b)
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .f32AddImmediate:
            let a = frame.f32(pc.slot(2))
            let b = Float(bitPattern: pc.u32(3))
            frame.setF32(pc.slot(1), a + b)
            accumulator = 0
            floating = 0
            pc = pc.advanced(5)
        case .f32Sub:
            let a = frame.f32(pc.slot(2))
            let b = frame.f32(pc.slot(3))
            frame.setF32(pc.slot(1), a - b)
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .f32SubImmediate:
            let a = frame.f32(pc.slot(2))
            let b = Float(bitPattern: pc.u32(3))
            frame.setF32(pc.slot(1), a - b)
            accumulator = 0
            floating = 0
            pc = pc.advanced(5)
        case .f32Mul:
            let a = frame.f32(pc.slot(2))
            let b = frame.f32(pc.slot(3))
            frame.setF32(pc.slot(1), a * b)
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .f32MulImmediate:
            let a = frame.f32(pc.slot(2))
            let b = Float(bitPattern: pc.u32(3))
            frame.setF32(pc.slot(1), a * b)
            accumulator = 0
            floating = 0
            pc = pc.advanced(5)
        case .f32Div:
            let a = frame.f32(pc.slot(2))
            let b = frame.f32(pc.slot(3))
            frame.setF32(pc.slot(1), a / b)
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .f32DivImmediate:
            let a = frame.f32(pc.slot(2))
            let b = Float(bitPattern: pc.u32(3))
            frame.setF32(pc.slot(1), a / b)
            accumulator = 0
            floating = 0
            pc = pc.advanced(5)
        case .f32Min:
            let a = frame.f32(pc.slot(2))
            let b = frame.f32(pc.slot(3))
            frame.setF32(pc.slot(1), minimum(a, b))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .f32Max:
            let a = frame.f32(pc.slot(2))
            let b = frame.f32(pc.slot(3))
            frame.setF32(pc.slot(1), maximum(a, b))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .f32Copysign:
            let a = frame.f32(pc.slot(2))
            let b = frame.f32(pc.slot(3))
            frame.setF32(pc.slot(1), copySign(a, b))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .f64Abs:
            let a = frame.f64(pc.slot(2))
            floating = absolute(a)
            frame.setF64(pc.slot(1), floating)
            accumulator = 0
            pc = pc.advanced(3)
        case .f64Neg:
            let a = frame.f64(pc.slot(2))
            floating = negated(a)
            frame.setF64(pc.slot(1), floating)
            accumulator = 0
            pc = pc.advanced(3)
        case .f64Ceil:
            let a = frame.f64(pc.slot(2))
            floating = ceiling(a)
            frame.setF64(pc.slot(1), floating)
            accumulator = 0
            pc = pc.advanced(3)
        case .f64Floor:
            let a = frame.f64(pc.slot(2))
            floating = floored(a)
            frame.setF64(pc.slot(1), floating)
            accumulator = 0
            pc = pc.advanced(3)
        case .f64Trunc:
            let a = frame.f64(pc.slot(2))
            floating = truncated(a)
            frame.setF64(pc.slot(1), floating)
            accumulator = 0
            pc = pc.advanced(3)
        case .f64Nearest:
            let a = frame.f64(pc.slot(2))
            floating = nearest(a)
            frame.setF64(pc.slot(1), floating)
            accumulator = 0
            pc = pc.advanced(3)
        case .f64Sqrt:
            let a = frame.f64(pc.slot(2))
            floating = squareRoot(a)
            frame.setF64(pc.slot(1), floating)
            accumulator = 0
            pc = pc.advanced(3)
        case .f64Add:
            let a = frame.f64(pc.slot(2))
            let b = frame.f64(pc.slot(3))
            floating = a + b
            frame.setF64(pc.slot(1), floating)
            pc = pc.advanced(4)
        case .f64AddImmediate:
            let a = frame.f64(pc.slot(2))
            let b = Double(bitPattern: pc.u64(3))
            floating = a + b
            frame.setF64(pc.slot(1), floating)
            pc = pc.advanced(7)
        case .f64AddAccumulator:
            let a = floating
            let b = frame.f64(pc.slot(2))
            floating = a + b
            frame.setF64(pc.slot(1), floating)
            pc = pc.advanced(3)
        case .f64Sub:
            let a = frame.f64(pc.slot(2))
            let b = frame.f64(pc.slot(3))
            floating = a - b
            frame.setF64(pc.slot(1), floating)
            pc = pc.advanced(4)
        case .f64SubImmediate:
            let a = frame.f64(pc.slot(2))
            let b = Double(bitPattern: pc.u64(3))
            floating = a - b
            frame.setF64(pc.slot(1), floating)
            pc = pc.advanced(7)
        case .f64SubAccumulator:
            let a = floating
            let b = frame.f64(pc.slot(2))
            floating = a - b
            frame.setF64(pc.slot(1), floating)
            pc = pc.advanced(3)
        case .f64Mul:
            let a = frame.f64(pc.slot(2))
            let b = frame.f64(pc.slot(3))
            floating = a * b
            frame.setF64(pc.slot(1), floating)
            pc = pc.advanced(4)
        case .f64MulImmediate:
            let a = frame.f64(pc.slot(2))
            let b = Double(bitPattern: pc.u64(3))
            floating = a * b
            frame.setF64(pc.slot(1), floating)
            pc = pc.advanced(7)
        case .f64MulAccumulator:
            let a = floating
            let b = frame.f64(pc.slot(2))
            floating = a * b
            frame.setF64(pc.slot(1), floating)
            pc = pc.advanced(3)
        case .f64Div:
            let a = frame.f64(pc.slot(2))
            let b = frame.f64(pc.slot(3))
            floating = a / b
            frame.setF64(pc.slot(1), floating)
            pc = pc.advanced(4)
        case .f64DivImmediate:
            let a = frame.f64(pc.slot(2))
            let b = Double(bitPattern: pc.u64(3))
            floating = a / b
            frame.setF64(pc.slot(1), floating)
            pc = pc.advanced(7)
        case .f64DivAccumulator:
            let a = floating
            let b = frame.f64(pc.slot(2))
            floating = a / b
            frame.setF64(pc.slot(1), floating)
            pc = pc.advanced(3)
        case .f64Min:
            let a = frame.f64(pc.slot(2))
            let b = frame.f64(pc.slot(3))
            floating = minimum(a, b)
            frame.setF64(pc.slot(1), floating)
            pc = pc.advanced(4)
        case .f64Max:
            let a = frame.f64(pc.slot(2))
            let b = frame.f64(pc.slot(3))
            floating = maximum(a, b)
            frame.setF64(pc.slot(1), floating)
            pc = pc.advanced(4)
        case .f64Copysign:
            let a = frame.f64(pc.slot(2))
            let b = frame.f64(pc.slot(3))
            floating = copySign(a, b)
            frame.setF64(pc.slot(1), floating)
            pc = pc.advanced(4)
        case .i32WrapI64:
            let a = frame.u64(pc.slot(2))
            accumulator = widened(UInt32(truncatingIfNeeded: a))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(3)
        case .i32TruncF32S:
            let a = frame.f32(pc.slot(2))
            if _slowPath(a != a) { return leave(context, pc, frame, .invalidConversionToInteger) }
            if _slowPath(!(a >= -2147483648.0 && a < 2147483648.0)) { return leave(context, pc, frame, .integerOverflow) }
            accumulator = widened(unsigned(Int32(a)))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(3)
        case .i32TruncF32U:
            let a = frame.f32(pc.slot(2))
            if _slowPath(a != a) { return leave(context, pc, frame, .invalidConversionToInteger) }
            if _slowPath(!(a > -1.0 && a < 4294967296.0)) { return leave(context, pc, frame, .integerOverflow) }
            accumulator = widened(UInt32(a))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(3)
        case .i32TruncF64S:
            let a = frame.f64(pc.slot(2))
            if _slowPath(a != a) { return leave(context, pc, frame, .invalidConversionToInteger) }
            if _slowPath(!(a > -2147483649.0 && a < 2147483648.0)) { return leave(context, pc, frame, .integerOverflow) }
            accumulator = widened(unsigned(Int32(a)))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(3)
        case .i32TruncF64U:
            let a = frame.f64(pc.slot(2))
            if _slowPath(a != a) { return leave(context, pc, frame, .invalidConversionToInteger) }
            if _slowPath(!(a > -1.0 && a < 4294967296.0)) { return leave(context, pc, frame, .integerOverflow) }
            accumulator = widened(UInt32(a))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(3)
        case .i64ExtendI32S:
            let a = frame.u32(pc.slot(2))
            accumulator = widened(UInt64(truncatingIfNeeded: signed(a)))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(3)
        case .i64ExtendI32U:
            let a = frame.u32(pc.slot(2))
            accumulator = widened(UInt64(a))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(3)
        case .i64TruncF32S:
            let a = frame.f32(pc.slot(2))
            if _slowPath(a != a) { return leave(context, pc, frame, .invalidConversionToInteger) }
            if _slowPath(!(a >= -9223372036854775808.0 && a < 9223372036854775808.0)) { return leave(context, pc, frame, .integerOverflow) }
            accumulator = widened(unsigned(Int64(a)))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(3)
        case .i64TruncF32U:
            let a = frame.f32(pc.slot(2))
            if _slowPath(a != a) { return leave(context, pc, frame, .invalidConversionToInteger) }
            if _slowPath(!(a > -1.0 && a < 18446744073709551616.0)) { return leave(context, pc, frame, .integerOverflow) }
            accumulator = widened(UInt64(a))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(3)
        case .i64TruncF64S:
            let a = frame.f64(pc.slot(2))
            if _slowPath(a != a) { return leave(context, pc, frame, .invalidConversionToInteger) }
            if _slowPath(!(a >= -9223372036854775808.0 && a < 9223372036854775808.0)) { return leave(context, pc, frame, .integerOverflow) }
            accumulator = widened(unsigned(Int64(a)))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(3)
        case .i64TruncF64U:
            let a = frame.f64(pc.slot(2))
            if _slowPath(a != a) { return leave(context, pc, frame, .invalidConversionToInteger) }
            if _slowPath(!(a > -1.0 && a < 18446744073709551616.0)) { return leave(context, pc, frame, .integerOverflow) }
            accumulator = widened(UInt64(a))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(3)
        case .f32ConvertI32S:
            let a = frame.u32(pc.slot(2))
            frame.setF32(pc.slot(1), Float(signed(a)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(3)
        case .f32ConvertI32U:
            let a = frame.u32(pc.slot(2))
            frame.setF32(pc.slot(1), Float(a))
            accumulator = 0
            floating = 0
            pc = pc.advanced(3)
        case .f32ConvertI64S:
            let a = frame.u64(pc.slot(2))
            frame.setF32(pc.slot(1), Float(signed(a)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(3)
        case .f32ConvertI64U:
            let a = frame.u64(pc.slot(2))
            frame.setF32(pc.slot(1), Float(a))
            accumulator = 0
            floating = 0
            pc = pc.advanced(3)
        case .f32DemoteF64:
            let a = frame.f64(pc.slot(2))
            frame.setF32(pc.slot(1), Float(a))
            accumulator = 0
            floating = 0
            pc = pc.advanced(3)
        case .f64ConvertI32S:
            let a = frame.u32(pc.slot(2))
            floating = Double(signed(a))
            frame.setF64(pc.slot(1), floating)
            pc = pc.advanced(3)
        case .f64ConvertI32U:
            let a = frame.u32(pc.slot(2))
            floating = Double(a)
            frame.setF64(pc.slot(1), floating)
            pc = pc.advanced(3)
        case .f64ConvertI64S:
            let a = frame.u64(pc.slot(2))
            floating = Double(signed(a))
            frame.setF64(pc.slot(1), floating)
            pc = pc.advanced(3)
        case .f64ConvertI64U:
            let a = frame.u64(pc.slot(2))
            floating = Double(a)
            frame.setF64(pc.slot(1), floating)
            pc = pc.advanced(3)
        case .f64PromoteF32:
            let a = frame.f32(pc.slot(2))
            floating = Double(a)
            frame.setF64(pc.slot(1), floating)
            pc = pc.advanced(3)
        case .i32ReinterpretF32:
            let a = frame.f32(pc.slot(2))
            accumulator = widened(bitPattern(a))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(3)
        case .i64ReinterpretF64:
            let a = frame.f64(pc.slot(2))
            accumulator = widened(bitPattern(a))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(3)
        case .f32ReinterpretI32:
            let a = frame.u32(pc.slot(2))
            frame.setF32(pc.slot(1), float(a))
            accumulator = 0
            floating = 0
            pc = pc.advanced(3)
        case .f64ReinterpretI64:
            let a = frame.u64(pc.slot(2))
            floating = double(a)
            frame.setF64(pc.slot(1), floating)
            pc = pc.advanced(3)
        case .i32Extend8S:
            let a = frame.u32(pc.slot(2))
            accumulator = widened(UInt32(truncatingIfNeeded: Int8(truncatingIfNeeded: a)))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(3)
        case .i32Extend16S:
            let a = frame.u32(pc.slot(2))
            accumulator = widened(UInt32(truncatingIfNeeded: Int16(truncatingIfNeeded: a)))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(3)
        case .i64Extend8S:
            let a = frame.u64(pc.slot(2))
            accumulator = widened(UInt64(truncatingIfNeeded: Int8(truncatingIfNeeded: a)))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(3)
        case .i64Extend16S:
            let a = frame.u64(pc.slot(2))
            accumulator = widened(UInt64(truncatingIfNeeded: Int16(truncatingIfNeeded: a)))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(3)
        case .i64Extend32S:
            let a = frame.u64(pc.slot(2))
            accumulator = widened(UInt64(truncatingIfNeeded: Int32(truncatingIfNeeded: a)))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(3)
        case .i32TruncSatF32S:
            let a = frame.f32(pc.slot(2))
            accumulator = widened(unsigned(saturating(a) as Int32))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(3)
        case .i32TruncSatF32U:
            let a = frame.f32(pc.slot(2))
            accumulator = widened(saturating(a) as UInt32)
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(3)
        case .i32TruncSatF64S:
            let a = frame.f64(pc.slot(2))
            accumulator = widened(unsigned(saturating(a) as Int32))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(3)
        case .i32TruncSatF64U:
            let a = frame.f64(pc.slot(2))
            accumulator = widened(saturating(a) as UInt32)
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(3)
        case .i64TruncSatF32S:
            let a = frame.f32(pc.slot(2))
            accumulator = widened(unsigned(saturating(a) as Int64))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(3)
        case .i64TruncSatF32U:
            let a = frame.f32(pc.slot(2))
            accumulator = widened(saturating(a) as UInt64)
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(3)
        case .i64TruncSatF64S:
            let a = frame.f64(pc.slot(2))
            accumulator = widened(unsigned(saturating(a) as Int64))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(3)
        case .i64TruncSatF64U:
            let a = frame.f64(pc.slot(2))
            accumulator = widened(saturating(a) as UInt64)
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(3)
        case .v128Load:
            let address = widened(frame.u32(pc.slot(2))) &+ widened(pc.u32(3))
            if _slowPath(address &+ 16 > memory.byteCount) { return leave(context, pc, frame, .memoryOutOfBounds) }
            let a = memory.load(address, as: V128.self)
            frame.setV128(pc.slot(1), a)
            accumulator = 0
            floating = 0
            pc = pc.advanced(5)
        case .v128Load8x8S:
            let address = widened(frame.u32(pc.slot(2))) &+ widened(pc.u32(3))
            if _slowPath(address &+ 8 > memory.byteCount) { return leave(context, pc, frame, .memoryOutOfBounds) }
            let a = memory.load(address, as: UInt64.self)
            frame.setV128(pc.slot(1), vector(extended(i8x8(a))))
            accumulator = 0
            floating = 0
            pc = pc.advanced(5)
        case .v128Load8x8U:
            let address = widened(frame.u32(pc.slot(2))) &+ widened(pc.u32(3))
            if _slowPath(address &+ 8 > memory.byteCount) { return leave(context, pc, frame, .memoryOutOfBounds) }
            let a = memory.load(address, as: UInt64.self)
            frame.setV128(pc.slot(1), vector(extended(u8x8(a))))
            accumulator = 0
            floating = 0
            pc = pc.advanced(5)
        case .v128Load16x4S:
            let address = widened(frame.u32(pc.slot(2))) &+ widened(pc.u32(3))
            if _slowPath(address &+ 8 > memory.byteCount) { return leave(context, pc, frame, .memoryOutOfBounds) }
            let a = memory.load(address, as: UInt64.self)
            frame.setV128(pc.slot(1), vector(extended(i16x4(a))))
            accumulator = 0
            floating = 0
            pc = pc.advanced(5)
        case .v128Load16x4U:
            let address = widened(frame.u32(pc.slot(2))) &+ widened(pc.u32(3))
            if _slowPath(address &+ 8 > memory.byteCount) { return leave(context, pc, frame, .memoryOutOfBounds) }
            let a = memory.load(address, as: UInt64.self)
            frame.setV128(pc.slot(1), vector(extended(u16x4(a))))
            accumulator = 0
            floating = 0
            pc = pc.advanced(5)
        case .v128Load32x2S:
            let address = widened(frame.u32(pc.slot(2))) &+ widened(pc.u32(3))
            if _slowPath(address &+ 8 > memory.byteCount) { return leave(context, pc, frame, .memoryOutOfBounds) }
            let a = memory.load(address, as: UInt64.self)
            frame.setV128(pc.slot(1), vector(extended(i32x2(a))))
            accumulator = 0
            floating = 0
            pc = pc.advanced(5)
        case .v128Load32x2U:
            let address = widened(frame.u32(pc.slot(2))) &+ widened(pc.u32(3))
            if _slowPath(address &+ 8 > memory.byteCount) { return leave(context, pc, frame, .memoryOutOfBounds) }
            let a = memory.load(address, as: UInt64.self)
            frame.setV128(pc.slot(1), vector(extended(u32x2(a))))
            accumulator = 0
            floating = 0
            pc = pc.advanced(5)
        case .v128Load8Splat:
            let address = widened(frame.u32(pc.slot(2))) &+ widened(pc.u32(3))
            if _slowPath(address &+ 1 > memory.byteCount) { return leave(context, pc, frame, .memoryOutOfBounds) }
            let a = memory.load(address, as: UInt8.self)
            frame.setV128(pc.slot(1), splat(a))
            accumulator = 0
            floating = 0
            pc = pc.advanced(5)
        case .v128Load16Splat:
            let address = widened(frame.u32(pc.slot(2))) &+ widened(pc.u32(3))
            if _slowPath(address &+ 2 > memory.byteCount) { return leave(context, pc, frame, .memoryOutOfBounds) }
            let a = memory.load(address, as: UInt16.self)
            frame.setV128(pc.slot(1), splat(a))
            accumulator = 0
            floating = 0
            pc = pc.advanced(5)
        case .v128Load32Splat:
            let address = widened(frame.u32(pc.slot(2))) &+ widened(pc.u32(3))
            if _slowPath(address &+ 4 > memory.byteCount) { return leave(context, pc, frame, .memoryOutOfBounds) }
            let a = memory.load(address, as: UInt32.self)
            frame.setV128(pc.slot(1), splat(a))
            accumulator = 0
            floating = 0
            pc = pc.advanced(5)
        case .v128Load64Splat:
            let address = widened(frame.u32(pc.slot(2))) &+ widened(pc.u32(3))
            if _slowPath(address &+ 8 > memory.byteCount) { return leave(context, pc, frame, .memoryOutOfBounds) }
            let a = memory.load(address, as: UInt64.self)
            frame.setV128(pc.slot(1), splat(a))
            accumulator = 0
            floating = 0
            pc = pc.advanced(5)
        case .v128Store:
            let address = widened(frame.u32(pc.slot(1))) &+ widened(pc.u32(3))
            if _slowPath(address &+ 16 > memory.byteCount) { return leave(context, pc, frame, .memoryOutOfBounds) }
            let a = frame.v128(pc.slot(2))
            memory.store(a, address)
            pc = pc.advanced(5)
        case .i8x16Swizzle:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            frame.setV128(pc.slot(1), swizzle(a, b))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .i8x16Splat:
            let a = frame.u32(pc.slot(2))
            frame.setV128(pc.slot(1), splat(UInt8(truncatingIfNeeded: a)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(3)
        case .i16x8Splat:
            let a = frame.u32(pc.slot(2))
            frame.setV128(pc.slot(1), splat(UInt16(truncatingIfNeeded: a)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(3)
        case .i32x4Splat:
            let a = frame.u32(pc.slot(2))
            frame.setV128(pc.slot(1), splat(a))
            accumulator = 0
            floating = 0
            pc = pc.advanced(3)
        case .i64x2Splat:
            let a = frame.u64(pc.slot(2))
            frame.setV128(pc.slot(1), splat(a))
            accumulator = 0
            floating = 0
            pc = pc.advanced(3)
        case .f32x4Splat:
            let a = frame.f32(pc.slot(2))
            frame.setV128(pc.slot(1), splat(a))
            accumulator = 0
            floating = 0
            pc = pc.advanced(3)
        case .f64x2Splat:
            let a = frame.f64(pc.slot(2))
            frame.setV128(pc.slot(1), splat(a))
            accumulator = 0
            floating = 0
            pc = pc.advanced(3)
        case .i8x16ExtractLaneS:
            let a = frame.v128(pc.slot(2))
            let lane = pc.slot(3)
            accumulator = widened(UInt32(truncatingIfNeeded: extractLane(i8x16(a), lane)))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(4)
        case .i8x16ExtractLaneU:
            let a = frame.v128(pc.slot(2))
            let lane = pc.slot(3)
            accumulator = widened(UInt32(extractLane(u8x16(a), lane)))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(4)
        case .i8x16ReplaceLane:
            let a = frame.v128(pc.slot(2))
            let b = frame.u32(pc.slot(3))
            let lane = pc.slot(4)
            frame.setV128(pc.slot(1), replaceLane(u8x16(a), lane, UInt8(truncatingIfNeeded: b)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(5)
        case .i16x8ExtractLaneS:
            let a = frame.v128(pc.slot(2))
            let lane = pc.slot(3)
            accumulator = widened(UInt32(truncatingIfNeeded: extractLane(i16x8(a), lane)))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(4)
        case .i16x8ExtractLaneU:
            let a = frame.v128(pc.slot(2))
            let lane = pc.slot(3)
            accumulator = widened(UInt32(extractLane(u16x8(a), lane)))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(4)
        case .i16x8ReplaceLane:
            let a = frame.v128(pc.slot(2))
            let b = frame.u32(pc.slot(3))
            let lane = pc.slot(4)
            frame.setV128(pc.slot(1), replaceLane(u16x8(a), lane, UInt16(truncatingIfNeeded: b)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(5)
        case .i32x4ExtractLane:
            let a = frame.v128(pc.slot(2))
            let lane = pc.slot(3)
            accumulator = widened(extractLane(u32x4(a), lane))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(4)
        case .i32x4ReplaceLane:
            let a = frame.v128(pc.slot(2))
            let b = frame.u32(pc.slot(3))
            let lane = pc.slot(4)
            frame.setV128(pc.slot(1), replaceLane(u32x4(a), lane, b))
            accumulator = 0
            floating = 0
            pc = pc.advanced(5)
        case .i64x2ExtractLane:
            let a = frame.v128(pc.slot(2))
            let lane = pc.slot(3)
            accumulator = widened(extractLane(u64x2(a), lane))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(4)
        case .i64x2ReplaceLane:
            let a = frame.v128(pc.slot(2))
            let b = frame.u64(pc.slot(3))
            let lane = pc.slot(4)
            frame.setV128(pc.slot(1), replaceLane(u64x2(a), lane, b))
            accumulator = 0
            floating = 0
            pc = pc.advanced(5)
        case .f32x4ExtractLane:
            let a = frame.v128(pc.slot(2))
            let lane = pc.slot(3)
            frame.setF32(pc.slot(1), extractLane(f32x4(a), lane))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .f32x4ReplaceLane:
            let a = frame.v128(pc.slot(2))
            let b = frame.f32(pc.slot(3))
            let lane = pc.slot(4)
            frame.setV128(pc.slot(1), replaceLane(f32x4(a), lane, b))
            accumulator = 0
            floating = 0
            pc = pc.advanced(5)
        case .f64x2ExtractLane:
            let a = frame.v128(pc.slot(2))
            let lane = pc.slot(3)
            floating = extractLane(f64x2(a), lane)
            frame.setF64(pc.slot(1), floating)
            pc = pc.advanced(4)
        case .f64x2ReplaceLane:
            let a = frame.v128(pc.slot(2))
            let b = frame.f64(pc.slot(3))
            let lane = pc.slot(4)
            frame.setV128(pc.slot(1), replaceLane(f64x2(a), lane, b))
            accumulator = 0
            floating = 0
            pc = pc.advanced(5)
        case .i8x16Eq:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            frame.setV128(pc.slot(1), equal(u8x16(a), u8x16(b)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .i8x16Ne:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            frame.setV128(pc.slot(1), not(equal(u8x16(a), u8x16(b))))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .i8x16LtS:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            frame.setV128(pc.slot(1), less(i8x16(a), i8x16(b)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .i8x16LtU:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            frame.setV128(pc.slot(1), less(u8x16(a), u8x16(b)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .i8x16GtS:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            frame.setV128(pc.slot(1), less(i8x16(b), i8x16(a)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .i8x16GtU:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            frame.setV128(pc.slot(1), less(u8x16(b), u8x16(a)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .i8x16LeS:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            frame.setV128(pc.slot(1), lessOrEqual(i8x16(a), i8x16(b)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .i8x16LeU:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            frame.setV128(pc.slot(1), lessOrEqual(u8x16(a), u8x16(b)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .i8x16GeS:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            frame.setV128(pc.slot(1), lessOrEqual(i8x16(b), i8x16(a)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .i8x16GeU:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            frame.setV128(pc.slot(1), lessOrEqual(u8x16(b), u8x16(a)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .i16x8Eq:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            frame.setV128(pc.slot(1), equal(u16x8(a), u16x8(b)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .i16x8Ne:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            frame.setV128(pc.slot(1), not(equal(u16x8(a), u16x8(b))))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .i16x8LtS:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            frame.setV128(pc.slot(1), less(i16x8(a), i16x8(b)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .i16x8LtU:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            frame.setV128(pc.slot(1), less(u16x8(a), u16x8(b)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .i16x8GtS:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            frame.setV128(pc.slot(1), less(i16x8(b), i16x8(a)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .i16x8GtU:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            frame.setV128(pc.slot(1), less(u16x8(b), u16x8(a)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .i16x8LeS:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            frame.setV128(pc.slot(1), lessOrEqual(i16x8(a), i16x8(b)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .i16x8LeU:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            frame.setV128(pc.slot(1), lessOrEqual(u16x8(a), u16x8(b)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .i16x8GeS:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            frame.setV128(pc.slot(1), lessOrEqual(i16x8(b), i16x8(a)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .i16x8GeU:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            frame.setV128(pc.slot(1), lessOrEqual(u16x8(b), u16x8(a)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .i32x4Eq:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            frame.setV128(pc.slot(1), equal(u32x4(a), u32x4(b)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .i32x4Ne:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            frame.setV128(pc.slot(1), not(equal(u32x4(a), u32x4(b))))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .i32x4LtS:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            frame.setV128(pc.slot(1), less(i32x4(a), i32x4(b)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .i32x4LtU:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            frame.setV128(pc.slot(1), less(u32x4(a), u32x4(b)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .i32x4GtS:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            frame.setV128(pc.slot(1), less(i32x4(b), i32x4(a)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .i32x4GtU:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            frame.setV128(pc.slot(1), less(u32x4(b), u32x4(a)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .i32x4LeS:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            frame.setV128(pc.slot(1), lessOrEqual(i32x4(a), i32x4(b)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .i32x4LeU:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            frame.setV128(pc.slot(1), lessOrEqual(u32x4(a), u32x4(b)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .i32x4GeS:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            frame.setV128(pc.slot(1), lessOrEqual(i32x4(b), i32x4(a)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .i32x4GeU:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            frame.setV128(pc.slot(1), lessOrEqual(u32x4(b), u32x4(a)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .f32x4Eq:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            frame.setV128(pc.slot(1), equal(f32x4(a), f32x4(b)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .f32x4Ne:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            frame.setV128(pc.slot(1), not(equal(f32x4(a), f32x4(b))))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .f32x4Lt:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            frame.setV128(pc.slot(1), less(f32x4(a), f32x4(b)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .f32x4Gt:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            frame.setV128(pc.slot(1), less(f32x4(b), f32x4(a)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .f32x4Le:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            frame.setV128(pc.slot(1), lessOrEqual(f32x4(a), f32x4(b)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .f32x4Ge:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            frame.setV128(pc.slot(1), lessOrEqual(f32x4(b), f32x4(a)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .f64x2Eq:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            frame.setV128(pc.slot(1), equal(f64x2(a), f64x2(b)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .f64x2Ne:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            frame.setV128(pc.slot(1), not(equal(f64x2(a), f64x2(b))))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .f64x2Lt:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            frame.setV128(pc.slot(1), less(f64x2(a), f64x2(b)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .f64x2Gt:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            frame.setV128(pc.slot(1), less(f64x2(b), f64x2(a)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .f64x2Le:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            frame.setV128(pc.slot(1), lessOrEqual(f64x2(a), f64x2(b)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .f64x2Ge:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            frame.setV128(pc.slot(1), lessOrEqual(f64x2(b), f64x2(a)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .v128Not:
            let a = frame.v128(pc.slot(2))
            frame.setV128(pc.slot(1), not(a))
            accumulator = 0
            floating = 0
            pc = pc.advanced(3)
        case .v128And:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            frame.setV128(pc.slot(1), and(a, b))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .v128Andnot:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            frame.setV128(pc.slot(1), andNot(a, b))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .v128Or:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            frame.setV128(pc.slot(1), or(a, b))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .v128Xor:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            frame.setV128(pc.slot(1), xor(a, b))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .v128Bitselect:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            let c = frame.v128(pc.slot(4))
            frame.setV128(pc.slot(1), bitSelect(a, b, c))
            accumulator = 0
            floating = 0
            pc = pc.advanced(5)
        case .v128AnyTrue:
            let a = frame.v128(pc.slot(2))
            accumulator = widened(anyTrue(a))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(3)
        case .v128Load8Lane:
            let address = widened(frame.u32(pc.slot(2))) &+ widened(pc.u32(4))
            if _slowPath(address &+ 1 > memory.byteCount) { return leave(context, pc, frame, .memoryOutOfBounds) }
            let lane = pc.slot(6)
            let b = frame.v128(pc.slot(3))
            let a = memory.load(address, as: UInt8.self)
            frame.setV128(pc.slot(1), replaceLane(u8x16(b), lane, a))
            accumulator = 0
            floating = 0
            pc = pc.advanced(7)
        case .v128Load16Lane:
            let address = widened(frame.u32(pc.slot(2))) &+ widened(pc.u32(4))
            if _slowPath(address &+ 2 > memory.byteCount) { return leave(context, pc, frame, .memoryOutOfBounds) }
            let lane = pc.slot(6)
            let b = frame.v128(pc.slot(3))
            let a = memory.load(address, as: UInt16.self)
            frame.setV128(pc.slot(1), replaceLane(u16x8(b), lane, a))
            accumulator = 0
            floating = 0
            pc = pc.advanced(7)
        case .v128Load32Lane:
            let address = widened(frame.u32(pc.slot(2))) &+ widened(pc.u32(4))
            if _slowPath(address &+ 4 > memory.byteCount) { return leave(context, pc, frame, .memoryOutOfBounds) }
            let lane = pc.slot(6)
            let b = frame.v128(pc.slot(3))
            let a = memory.load(address, as: UInt32.self)
            frame.setV128(pc.slot(1), replaceLane(u32x4(b), lane, a))
            accumulator = 0
            floating = 0
            pc = pc.advanced(7)
        case .v128Load64Lane:
            let address = widened(frame.u32(pc.slot(2))) &+ widened(pc.u32(4))
            if _slowPath(address &+ 8 > memory.byteCount) { return leave(context, pc, frame, .memoryOutOfBounds) }
            let lane = pc.slot(6)
            let b = frame.v128(pc.slot(3))
            let a = memory.load(address, as: UInt64.self)
            frame.setV128(pc.slot(1), replaceLane(u64x2(b), lane, a))
            accumulator = 0
            floating = 0
            pc = pc.advanced(7)
        case .v128Store8Lane:
            let address = widened(frame.u32(pc.slot(1))) &+ widened(pc.u32(3))
            if _slowPath(address &+ 1 > memory.byteCount) { return leave(context, pc, frame, .memoryOutOfBounds) }
            let lane = pc.slot(5)
            let a = frame.v128(pc.slot(2))
            memory.store(extractLane(u8x16(a), lane), address)
            pc = pc.advanced(6)
        case .v128Store16Lane:
            let address = widened(frame.u32(pc.slot(1))) &+ widened(pc.u32(3))
            if _slowPath(address &+ 2 > memory.byteCount) { return leave(context, pc, frame, .memoryOutOfBounds) }
            let lane = pc.slot(5)
            let a = frame.v128(pc.slot(2))
            memory.store(extractLane(u16x8(a), lane), address)
            pc = pc.advanced(6)
        case .v128Store32Lane:
            let address = widened(frame.u32(pc.slot(1))) &+ widened(pc.u32(3))
            if _slowPath(address &+ 4 > memory.byteCount) { return leave(context, pc, frame, .memoryOutOfBounds) }
            let lane = pc.slot(5)
            let a = frame.v128(pc.slot(2))
            memory.store(extractLane(u32x4(a), lane), address)
            pc = pc.advanced(6)
        case .v128Store64Lane:
            let address = widened(frame.u32(pc.slot(1))) &+ widened(pc.u32(3))
            if _slowPath(address &+ 8 > memory.byteCount) { return leave(context, pc, frame, .memoryOutOfBounds) }
            let lane = pc.slot(5)
            let a = frame.v128(pc.slot(2))
            memory.store(extractLane(u64x2(a), lane), address)
            pc = pc.advanced(6)
        case .v128Load32Zero:
            let address = widened(frame.u32(pc.slot(2))) &+ widened(pc.u32(3))
            if _slowPath(address &+ 4 > memory.byteCount) { return leave(context, pc, frame, .memoryOutOfBounds) }
            let a = memory.load(address, as: UInt32.self)
            frame.setV128(pc.slot(1), zeroExtended(a))
            accumulator = 0
            floating = 0
            pc = pc.advanced(5)
        case .v128Load64Zero:
            let address = widened(frame.u32(pc.slot(2))) &+ widened(pc.u32(3))
            if _slowPath(address &+ 8 > memory.byteCount) { return leave(context, pc, frame, .memoryOutOfBounds) }
            let a = memory.load(address, as: UInt64.self)
            frame.setV128(pc.slot(1), zeroExtended(a))
            accumulator = 0
            floating = 0
            pc = pc.advanced(5)
        case .f32x4DemoteF64x2Zero:
            let a = frame.v128(pc.slot(2))
            frame.setV128(pc.slot(1), demotedZero(f64x2(a)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(3)
        case .f64x2PromoteLowF32x4:
            let a = frame.v128(pc.slot(2))
            frame.setV128(pc.slot(1), promotedLow(f32x4(a)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(3)
        case .i8x16Abs:
            let a = frame.v128(pc.slot(2))
            frame.setV128(pc.slot(1), absolute(i8x16(a)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(3)
        case .i8x16Neg:
            let a = frame.v128(pc.slot(2))
            frame.setV128(pc.slot(1), negated(u8x16(a)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(3)
        case .i8x16Popcnt:
            let a = frame.v128(pc.slot(2))
            frame.setV128(pc.slot(1), populationCount(a))
            accumulator = 0
            floating = 0
            pc = pc.advanced(3)
        case .i8x16AllTrue:
            let a = frame.v128(pc.slot(2))
            accumulator = widened(allTrue(u8x16(a)))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(3)
        case .i8x16Bitmask:
            let a = frame.v128(pc.slot(2))
            accumulator = widened(bitmask(i8x16(a)))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(3)
        case .i8x16NarrowI16x8S:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            frame.setV128(pc.slot(1), narrowed(i16x8(a), i16x8(b)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .i8x16NarrowI16x8U:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            frame.setV128(pc.slot(1), narrowedUnsigned(i16x8(a), i16x8(b)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .f32x4Ceil:
            let a = frame.v128(pc.slot(2))
            frame.setV128(pc.slot(1), ceiling(f32x4(a)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(3)
        case .f32x4Floor:
            let a = frame.v128(pc.slot(2))
            frame.setV128(pc.slot(1), floored(f32x4(a)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(3)
        case .f32x4Trunc:
            let a = frame.v128(pc.slot(2))
            frame.setV128(pc.slot(1), truncated(f32x4(a)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(3)
        case .f32x4Nearest:
            let a = frame.v128(pc.slot(2))
            frame.setV128(pc.slot(1), nearest(f32x4(a)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(3)
        case .i8x16Shl:
            let a = frame.v128(pc.slot(2))
            let b = frame.u32(pc.slot(3))
            frame.setV128(pc.slot(1), shiftLeft(u8x16(a), b))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .i8x16ShrS:
            let a = frame.v128(pc.slot(2))
            let b = frame.u32(pc.slot(3))
            frame.setV128(pc.slot(1), shiftRight(i8x16(a), b))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .i8x16ShrU:
            let a = frame.v128(pc.slot(2))
            let b = frame.u32(pc.slot(3))
            frame.setV128(pc.slot(1), shiftRight(u8x16(a), b))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .i8x16Add:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            frame.setV128(pc.slot(1), add(u8x16(a), u8x16(b)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .i8x16AddSatS:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            frame.setV128(pc.slot(1), addSaturating(i8x16(a), i8x16(b)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .i8x16AddSatU:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            frame.setV128(pc.slot(1), addSaturating(u8x16(a), u8x16(b)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .i8x16Sub:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            frame.setV128(pc.slot(1), subtract(u8x16(a), u8x16(b)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .i8x16SubSatS:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            frame.setV128(pc.slot(1), subtractSaturating(i8x16(a), i8x16(b)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .i8x16SubSatU:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            frame.setV128(pc.slot(1), subtractSaturating(u8x16(a), u8x16(b)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .f64x2Ceil:
            let a = frame.v128(pc.slot(2))
            frame.setV128(pc.slot(1), ceiling(f64x2(a)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(3)
        case .f64x2Floor:
            let a = frame.v128(pc.slot(2))
            frame.setV128(pc.slot(1), floored(f64x2(a)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(3)
        case .i8x16MinS:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            frame.setV128(pc.slot(1), minimum(i8x16(a), i8x16(b)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .i8x16MinU:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            frame.setV128(pc.slot(1), minimum(u8x16(a), u8x16(b)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .i8x16MaxS:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            frame.setV128(pc.slot(1), maximum(i8x16(a), i8x16(b)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .i8x16MaxU:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            frame.setV128(pc.slot(1), maximum(u8x16(a), u8x16(b)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .f64x2Trunc:
            let a = frame.v128(pc.slot(2))
            frame.setV128(pc.slot(1), truncated(f64x2(a)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(3)
        case .i8x16AvgrU:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            frame.setV128(pc.slot(1), average(u8x16(a), u8x16(b)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .i16x8ExtaddPairwiseI8x16S:
            let a = frame.v128(pc.slot(2))
            frame.setV128(pc.slot(1), pairwiseSums(i8x16(a)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(3)
        case .i16x8ExtaddPairwiseI8x16U:
            let a = frame.v128(pc.slot(2))
            frame.setV128(pc.slot(1), pairwiseSums(u8x16(a)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(3)
        case .i32x4ExtaddPairwiseI16x8S:
            let a = frame.v128(pc.slot(2))
            frame.setV128(pc.slot(1), pairwiseSums(i16x8(a)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(3)
        case .i32x4ExtaddPairwiseI16x8U:
            let a = frame.v128(pc.slot(2))
            frame.setV128(pc.slot(1), pairwiseSums(u16x8(a)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(3)
        case .i16x8Abs:
            let a = frame.v128(pc.slot(2))
            frame.setV128(pc.slot(1), absolute(i16x8(a)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(3)
        case .i16x8Neg:
            let a = frame.v128(pc.slot(2))
            frame.setV128(pc.slot(1), negated(u16x8(a)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(3)
        case .i16x8Q15mulrSatS:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            frame.setV128(pc.slot(1), q15Product(i16x8(a), i16x8(b)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .i16x8AllTrue:
            let a = frame.v128(pc.slot(2))
            accumulator = widened(allTrue(u16x8(a)))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(3)
        case .i16x8Bitmask:
            let a = frame.v128(pc.slot(2))
            accumulator = widened(bitmask(i16x8(a)))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(3)
        case .i16x8NarrowI32x4S:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            frame.setV128(pc.slot(1), narrowed(i32x4(a), i32x4(b)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .i16x8NarrowI32x4U:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            frame.setV128(pc.slot(1), narrowedUnsigned(i32x4(a), i32x4(b)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .i16x8ExtendLowI8x16S:
            let a = frame.v128(pc.slot(2))
            frame.setV128(pc.slot(1), vector(extended(low(i8x16(a)))))
            accumulator = 0
            floating = 0
            pc = pc.advanced(3)
        case .i16x8ExtendHighI8x16S:
            let a = frame.v128(pc.slot(2))
            frame.setV128(pc.slot(1), vector(extended(high(i8x16(a)))))
            accumulator = 0
            floating = 0
            pc = pc.advanced(3)
        case .i16x8ExtendLowI8x16U:
            let a = frame.v128(pc.slot(2))
            frame.setV128(pc.slot(1), vector(extended(low(u8x16(a)))))
            accumulator = 0
            floating = 0
            pc = pc.advanced(3)
        case .i16x8ExtendHighI8x16U:
            let a = frame.v128(pc.slot(2))
            frame.setV128(pc.slot(1), vector(extended(high(u8x16(a)))))
            accumulator = 0
            floating = 0
            pc = pc.advanced(3)
        case .i16x8Shl:
            let a = frame.v128(pc.slot(2))
            let b = frame.u32(pc.slot(3))
            frame.setV128(pc.slot(1), shiftLeft(u16x8(a), b))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .i16x8ShrS:
            let a = frame.v128(pc.slot(2))
            let b = frame.u32(pc.slot(3))
            frame.setV128(pc.slot(1), shiftRight(i16x8(a), b))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .i16x8ShrU:
            let a = frame.v128(pc.slot(2))
            let b = frame.u32(pc.slot(3))
            frame.setV128(pc.slot(1), shiftRight(u16x8(a), b))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .i16x8Add:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            frame.setV128(pc.slot(1), add(u16x8(a), u16x8(b)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .i16x8AddSatS:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            frame.setV128(pc.slot(1), addSaturating(i16x8(a), i16x8(b)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .i16x8AddSatU:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            frame.setV128(pc.slot(1), addSaturating(u16x8(a), u16x8(b)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .i16x8Sub:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            frame.setV128(pc.slot(1), subtract(u16x8(a), u16x8(b)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .i16x8SubSatS:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            frame.setV128(pc.slot(1), subtractSaturating(i16x8(a), i16x8(b)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .i16x8SubSatU:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            frame.setV128(pc.slot(1), subtractSaturating(u16x8(a), u16x8(b)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .f64x2Nearest:
            let a = frame.v128(pc.slot(2))
            frame.setV128(pc.slot(1), nearest(f64x2(a)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(3)
        case .i16x8Mul:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            frame.setV128(pc.slot(1), multiply(u16x8(a), u16x8(b)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .i16x8MinS:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            frame.setV128(pc.slot(1), minimum(i16x8(a), i16x8(b)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .i16x8MinU:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            frame.setV128(pc.slot(1), minimum(u16x8(a), u16x8(b)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .i16x8MaxS:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            frame.setV128(pc.slot(1), maximum(i16x8(a), i16x8(b)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .i16x8MaxU:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            frame.setV128(pc.slot(1), maximum(u16x8(a), u16x8(b)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .i16x8AvgrU:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            frame.setV128(pc.slot(1), average(u16x8(a), u16x8(b)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .i16x8ExtmulLowI8x16S:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            frame.setV128(pc.slot(1), multiply(extended(low(i8x16(a))), extended(low(i8x16(b)))))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .i16x8ExtmulHighI8x16S:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            frame.setV128(pc.slot(1), multiply(extended(high(i8x16(a))), extended(high(i8x16(b)))))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .i16x8ExtmulLowI8x16U:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            frame.setV128(pc.slot(1), multiply(extended(low(u8x16(a))), extended(low(u8x16(b)))))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .i16x8ExtmulHighI8x16U:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            frame.setV128(pc.slot(1), multiply(extended(high(u8x16(a))), extended(high(u8x16(b)))))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .i32x4Abs:
            let a = frame.v128(pc.slot(2))
            frame.setV128(pc.slot(1), absolute(i32x4(a)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(3)
        case .i32x4Neg:
            let a = frame.v128(pc.slot(2))
            frame.setV128(pc.slot(1), negated(u32x4(a)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(3)
        case .i32x4AllTrue:
            let a = frame.v128(pc.slot(2))
            accumulator = widened(allTrue(u32x4(a)))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(3)
        case .i32x4Bitmask:
            let a = frame.v128(pc.slot(2))
            accumulator = widened(bitmask(i32x4(a)))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(3)
        case .i32x4ExtendLowI16x8S:
            let a = frame.v128(pc.slot(2))
            frame.setV128(pc.slot(1), vector(extended(low(i16x8(a)))))
            accumulator = 0
            floating = 0
            pc = pc.advanced(3)
        case .i32x4ExtendHighI16x8S:
            let a = frame.v128(pc.slot(2))
            frame.setV128(pc.slot(1), vector(extended(high(i16x8(a)))))
            accumulator = 0
            floating = 0
            pc = pc.advanced(3)
        case .i32x4ExtendLowI16x8U:
            let a = frame.v128(pc.slot(2))
            frame.setV128(pc.slot(1), vector(extended(low(u16x8(a)))))
            accumulator = 0
            floating = 0
            pc = pc.advanced(3)
        case .i32x4ExtendHighI16x8U:
            let a = frame.v128(pc.slot(2))
            frame.setV128(pc.slot(1), vector(extended(high(u16x8(a)))))
            accumulator = 0
            floating = 0
            pc = pc.advanced(3)
        case .i32x4Shl:
            let a = frame.v128(pc.slot(2))
            let b = frame.u32(pc.slot(3))
            frame.setV128(pc.slot(1), shiftLeft(u32x4(a), b))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .i32x4ShrS:
            let a = frame.v128(pc.slot(2))
            let b = frame.u32(pc.slot(3))
            frame.setV128(pc.slot(1), shiftRight(i32x4(a), b))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .i32x4ShrU:
            let a = frame.v128(pc.slot(2))
            let b = frame.u32(pc.slot(3))
            frame.setV128(pc.slot(1), shiftRight(u32x4(a), b))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .i32x4Add:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            frame.setV128(pc.slot(1), add(u32x4(a), u32x4(b)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .i32x4Sub:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            frame.setV128(pc.slot(1), subtract(u32x4(a), u32x4(b)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .i32x4Mul:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            frame.setV128(pc.slot(1), multiply(u32x4(a), u32x4(b)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .i32x4MinS:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            frame.setV128(pc.slot(1), minimum(i32x4(a), i32x4(b)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .i32x4MinU:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            frame.setV128(pc.slot(1), minimum(u32x4(a), u32x4(b)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .i32x4MaxS:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            frame.setV128(pc.slot(1), maximum(i32x4(a), i32x4(b)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .i32x4MaxU:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            frame.setV128(pc.slot(1), maximum(u32x4(a), u32x4(b)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .i32x4DotI16x8S:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            frame.setV128(pc.slot(1), dotProduct(i16x8(a), i16x8(b)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .i32x4ExtmulLowI16x8S:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            frame.setV128(pc.slot(1), multiply(extended(low(i16x8(a))), extended(low(i16x8(b)))))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .i32x4ExtmulHighI16x8S:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            frame.setV128(pc.slot(1), multiply(extended(high(i16x8(a))), extended(high(i16x8(b)))))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .i32x4ExtmulLowI16x8U:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            frame.setV128(pc.slot(1), multiply(extended(low(u16x8(a))), extended(low(u16x8(b)))))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .i32x4ExtmulHighI16x8U:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            frame.setV128(pc.slot(1), multiply(extended(high(u16x8(a))), extended(high(u16x8(b)))))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .i64x2Abs:
            let a = frame.v128(pc.slot(2))
            frame.setV128(pc.slot(1), absolute(i64x2(a)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(3)
        case .i64x2Neg:
            let a = frame.v128(pc.slot(2))
            frame.setV128(pc.slot(1), negated(u64x2(a)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(3)
        case .i64x2AllTrue:
            let a = frame.v128(pc.slot(2))
            accumulator = widened(allTrue(u64x2(a)))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(3)
        case .i64x2Bitmask:
            let a = frame.v128(pc.slot(2))
            accumulator = widened(bitmask(i64x2(a)))
            frame.setU64(pc.slot(1), accumulator)
            pc = pc.advanced(3)
        case .i64x2ExtendLowI32x4S:
            let a = frame.v128(pc.slot(2))
            frame.setV128(pc.slot(1), vector(extended(low(i32x4(a)))))
            accumulator = 0
            floating = 0
            pc = pc.advanced(3)
        case .i64x2ExtendHighI32x4S:
            let a = frame.v128(pc.slot(2))
            frame.setV128(pc.slot(1), vector(extended(high(i32x4(a)))))
            accumulator = 0
            floating = 0
            pc = pc.advanced(3)
        case .i64x2ExtendLowI32x4U:
            let a = frame.v128(pc.slot(2))
            frame.setV128(pc.slot(1), vector(extended(low(u32x4(a)))))
            accumulator = 0
            floating = 0
            pc = pc.advanced(3)
        case .i64x2ExtendHighI32x4U:
            let a = frame.v128(pc.slot(2))
            frame.setV128(pc.slot(1), vector(extended(high(u32x4(a)))))
            accumulator = 0
            floating = 0
            pc = pc.advanced(3)
        case .i64x2Shl:
            let a = frame.v128(pc.slot(2))
            let b = frame.u32(pc.slot(3))
            frame.setV128(pc.slot(1), shiftLeft(u64x2(a), b))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .i64x2ShrS:
            let a = frame.v128(pc.slot(2))
            let b = frame.u32(pc.slot(3))
            frame.setV128(pc.slot(1), shiftRight(i64x2(a), b))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .i64x2ShrU:
            let a = frame.v128(pc.slot(2))
            let b = frame.u32(pc.slot(3))
            frame.setV128(pc.slot(1), shiftRight(u64x2(a), b))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .i64x2Add:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            frame.setV128(pc.slot(1), add(u64x2(a), u64x2(b)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .i64x2Sub:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            frame.setV128(pc.slot(1), subtract(u64x2(a), u64x2(b)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .i64x2Mul:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            frame.setV128(pc.slot(1), multiply(u64x2(a), u64x2(b)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .i64x2Eq:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            frame.setV128(pc.slot(1), equal(u64x2(a), u64x2(b)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .i64x2Ne:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            frame.setV128(pc.slot(1), not(equal(u64x2(a), u64x2(b))))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .i64x2LtS:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            frame.setV128(pc.slot(1), less(i64x2(a), i64x2(b)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .i64x2GtS:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            frame.setV128(pc.slot(1), less(i64x2(b), i64x2(a)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .i64x2LeS:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            frame.setV128(pc.slot(1), lessOrEqual(i64x2(a), i64x2(b)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .i64x2GeS:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            frame.setV128(pc.slot(1), lessOrEqual(i64x2(b), i64x2(a)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .i64x2ExtmulLowI32x4S:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            frame.setV128(pc.slot(1), multiply(extended(low(i32x4(a))), extended(low(i32x4(b)))))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .i64x2ExtmulHighI32x4S:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            frame.setV128(pc.slot(1), multiply(extended(high(i32x4(a))), extended(high(i32x4(b)))))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .i64x2ExtmulLowI32x4U:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            frame.setV128(pc.slot(1), multiply(extended(low(u32x4(a))), extended(low(u32x4(b)))))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .i64x2ExtmulHighI32x4U:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            frame.setV128(pc.slot(1), multiply(extended(high(u32x4(a))), extended(high(u32x4(b)))))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .f32x4Abs:
            let a = frame.v128(pc.slot(2))
            frame.setV128(pc.slot(1), absolute(f32x4(a)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(3)
        case .f32x4Neg:
            let a = frame.v128(pc.slot(2))
            frame.setV128(pc.slot(1), negated(f32x4(a)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(3)
        case .f32x4Sqrt:
            let a = frame.v128(pc.slot(2))
            frame.setV128(pc.slot(1), squareRoot(f32x4(a)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(3)
        case .f32x4Add:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            frame.setV128(pc.slot(1), add(f32x4(a), f32x4(b)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .f32x4Sub:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            frame.setV128(pc.slot(1), subtract(f32x4(a), f32x4(b)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .f32x4Mul:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            frame.setV128(pc.slot(1), multiply(f32x4(a), f32x4(b)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .f32x4Div:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            frame.setV128(pc.slot(1), divide(f32x4(a), f32x4(b)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .f32x4Min:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            frame.setV128(pc.slot(1), minimum(f32x4(a), f32x4(b)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .f32x4Max:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            frame.setV128(pc.slot(1), maximum(f32x4(a), f32x4(b)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .f32x4Pmin:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            frame.setV128(pc.slot(1), pseudoMinimum(f32x4(a), f32x4(b)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .f32x4Pmax:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            frame.setV128(pc.slot(1), pseudoMaximum(f32x4(a), f32x4(b)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .f64x2Abs:
            let a = frame.v128(pc.slot(2))
            frame.setV128(pc.slot(1), absolute(f64x2(a)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(3)
        case .f64x2Neg:
            let a = frame.v128(pc.slot(2))
            frame.setV128(pc.slot(1), negated(f64x2(a)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(3)
        case .f64x2Sqrt:
            let a = frame.v128(pc.slot(2))
            frame.setV128(pc.slot(1), squareRoot(f64x2(a)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(3)
        case .f64x2Add:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            frame.setV128(pc.slot(1), add(f64x2(a), f64x2(b)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .f64x2Sub:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            frame.setV128(pc.slot(1), subtract(f64x2(a), f64x2(b)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .f64x2Mul:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            frame.setV128(pc.slot(1), multiply(f64x2(a), f64x2(b)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .f64x2Div:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            frame.setV128(pc.slot(1), divide(f64x2(a), f64x2(b)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .f64x2Min:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            frame.setV128(pc.slot(1), minimum(f64x2(a), f64x2(b)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .f64x2Max:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            frame.setV128(pc.slot(1), maximum(f64x2(a), f64x2(b)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .f64x2Pmin:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            frame.setV128(pc.slot(1), pseudoMinimum(f64x2(a), f64x2(b)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .f64x2Pmax:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            frame.setV128(pc.slot(1), pseudoMaximum(f64x2(a), f64x2(b)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .i32x4TruncSatF32x4S:
            let a = frame.v128(pc.slot(2))
            frame.setV128(pc.slot(1), saturatingSigned(f32x4(a)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(3)
        case .i32x4TruncSatF32x4U:
            let a = frame.v128(pc.slot(2))
            frame.setV128(pc.slot(1), saturatingUnsigned(f32x4(a)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(3)
        case .f32x4ConvertI32x4S:
            let a = frame.v128(pc.slot(2))
            frame.setV128(pc.slot(1), converted(i32x4(a)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(3)
        case .f32x4ConvertI32x4U:
            let a = frame.v128(pc.slot(2))
            frame.setV128(pc.slot(1), converted(u32x4(a)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(3)
        case .i32x4TruncSatF64x2SZero:
            let a = frame.v128(pc.slot(2))
            frame.setV128(pc.slot(1), saturatingSigned(f64x2(a)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(3)
        case .i32x4TruncSatF64x2UZero:
            let a = frame.v128(pc.slot(2))
            frame.setV128(pc.slot(1), saturatingUnsigned(f64x2(a)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(3)
        case .f64x2ConvertLowI32x4S:
            let a = frame.v128(pc.slot(2))
            frame.setV128(pc.slot(1), convertedLow(i32x4(a)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(3)
        case .f64x2ConvertLowI32x4U:
            let a = frame.v128(pc.slot(2))
            frame.setV128(pc.slot(1), convertedLow(u32x4(a)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(3)
        case .i8x16RelaxedSwizzle:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            frame.setV128(pc.slot(1), swizzle(a, b))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .i32x4RelaxedTruncF32x4S:
            let a = frame.v128(pc.slot(2))
            frame.setV128(pc.slot(1), saturatingSigned(f32x4(a)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(3)
        case .i32x4RelaxedTruncF32x4U:
            let a = frame.v128(pc.slot(2))
            frame.setV128(pc.slot(1), saturatingUnsigned(f32x4(a)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(3)
        case .i32x4RelaxedTruncF64x2SZero:
            let a = frame.v128(pc.slot(2))
            frame.setV128(pc.slot(1), saturatingSigned(f64x2(a)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(3)
        case .i32x4RelaxedTruncF64x2UZero:
            let a = frame.v128(pc.slot(2))
            frame.setV128(pc.slot(1), saturatingUnsigned(f64x2(a)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(3)
        case .f32x4RelaxedMadd:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            let c = frame.v128(pc.slot(4))
            frame.setV128(pc.slot(1), multiplyAdd(f32x4(a), f32x4(b), f32x4(c)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(5)
        case .f32x4RelaxedNmadd:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            let c = frame.v128(pc.slot(4))
            frame.setV128(pc.slot(1), negatedMultiplyAdd(f32x4(a), f32x4(b), f32x4(c)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(5)
        case .f64x2RelaxedMadd:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            let c = frame.v128(pc.slot(4))
            frame.setV128(pc.slot(1), multiplyAdd(f64x2(a), f64x2(b), f64x2(c)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(5)
        case .f64x2RelaxedNmadd:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            let c = frame.v128(pc.slot(4))
            frame.setV128(pc.slot(1), negatedMultiplyAdd(f64x2(a), f64x2(b), f64x2(c)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(5)
        case .i8x16RelaxedLaneselect:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            let c = frame.v128(pc.slot(4))
            frame.setV128(pc.slot(1), bitSelect(a, b, c))
            accumulator = 0
            floating = 0
            pc = pc.advanced(5)
        case .i16x8RelaxedLaneselect:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            let c = frame.v128(pc.slot(4))
            frame.setV128(pc.slot(1), bitSelect(a, b, c))
            accumulator = 0
            floating = 0
            pc = pc.advanced(5)
        case .i32x4RelaxedLaneselect:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            let c = frame.v128(pc.slot(4))
            frame.setV128(pc.slot(1), bitSelect(a, b, c))
            accumulator = 0
            floating = 0
            pc = pc.advanced(5)
        case .i64x2RelaxedLaneselect:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            let c = frame.v128(pc.slot(4))
            frame.setV128(pc.slot(1), bitSelect(a, b, c))
            accumulator = 0
            floating = 0
            pc = pc.advanced(5)
        case .f32x4RelaxedMin:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            frame.setV128(pc.slot(1), minimum(f32x4(a), f32x4(b)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .f32x4RelaxedMax:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            frame.setV128(pc.slot(1), maximum(f32x4(a), f32x4(b)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .f64x2RelaxedMin:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            frame.setV128(pc.slot(1), minimum(f64x2(a), f64x2(b)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .f64x2RelaxedMax:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            frame.setV128(pc.slot(1), maximum(f64x2(a), f64x2(b)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .i16x8RelaxedQ15mulrS:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            frame.setV128(pc.slot(1), q15Product(i16x8(a), i16x8(b)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .i16x8RelaxedDotI8x16I7x16S:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            frame.setV128(pc.slot(1), dotProduct(i8x16(a), i8x16(b)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(4)
        case .i32x4RelaxedDotI8x16I7x16AddS:
            let a = frame.v128(pc.slot(2))
            let b = frame.v128(pc.slot(3))
            let c = frame.v128(pc.slot(4))
            frame.setV128(pc.slot(1), add(u32x4(pairwiseSums(i16x8(dotProduct(i8x16(a), i8x16(b))))), u32x4(c)))
            accumulator = 0
            floating = 0
            pc = pc.advanced(5)
        case .clearEight:
            let first = pc.slot(1)
            accumulator = 0
            floating = 0
            frame.clearEight(first)
            pc = pc.advanced(2)
        case .clearRange:
            let first = pc.slot(1)
            let count = pc.u32(2)
            accumulator = 0
            floating = 0
            frame.clear(first, Int(count))
            pc = pc.advanced(4)
        case .copy:
            let destination = pc.slot(1)
            let source = pc.slot(2)
            accumulator = frame.u64(source)
            frame.setU64(destination, accumulator)
            pc = pc.advanced(3)
        case .copyVector:
            let destination = pc.slot(1)
            let source = pc.slot(2)
            accumulator = 0
            floating = 0
            frame.setV128(destination, frame.v128(source))
            pc = pc.advanced(3)
        case .copyTwo:
            let first = pc.slot(1)
            let firstSource = pc.slot(2)
            let second = pc.slot(3)
            let secondSource = pc.slot(4)
            frame.setU64(first, frame.u64(firstSource))
            accumulator = frame.u64(secondSource)
            frame.setU64(second, accumulator)
            pc = pc.advanced(5)
        case .constant32:
            let destination = pc.slot(1)
            let value = pc.u32(2)
            accumulator = widened(value)
            frame.setU64(destination, accumulator)
            pc = pc.advanced(4)
        case .constant64:
            let destination = pc.slot(1)
            let value = pc.u64(2)
            accumulator = value
            frame.setU64(destination, accumulator)
            pc = pc.advanced(6)
        case .selectValue:
            let destination = pc.slot(1)
            let first = pc.slot(2)
            let second = pc.slot(3)
            let condition = pc.slot(4)
            accumulator = frame.u64(frame.u32(condition) != 0 ? first : second)
            frame.setU64(destination, accumulator)
            pc = pc.advanced(5)
        case .selectVector:
            let destination = pc.slot(1)
            let first = pc.slot(2)
            let second = pc.slot(3)
            let condition = pc.slot(4)
            accumulator = 0
            floating = 0
            frame.setV128(destination, frame.v128(frame.u32(condition) != 0 ? first : second))
            pc = pc.advanced(5)
        case .shuffleLanes:
            let destination = pc.slot(1)
            let first = pc.slot(2)
            let second = pc.slot(3)
            let low = pc.u64(4)
            let high = pc.u64(8)
            accumulator = 0
            floating = 0
            frame.setV128(destination, shuffle(frame.v128(first), frame.v128(second), lanes: v128(low, high)))
            pc = pc.advanced(12)
        case .addImmediateBranchIfI32Ne:
            let destination = pc.slot(1)
            let source = pc.slot(2)
            let value = pc.u32(3)
            let other = pc.slot(5)
            let offset = pc.i32(6)
            let next = pc.advanced(8)
            let sum = frame.u32(source) &+ value
            accumulator = widened(sum)
            frame.setU64(destination, accumulator)
            if sum != frame.u32(other) {
                pc = pc.advanced(offset)
                if offset <= 0, _slowPath(context.countDown()) {
                    if let kind = context.safepoint() { return leave(context, pc, frame, kind) }
                    accumulator = 0
                    floating = 0
                }
            } else {
                pc = next
            }
        case .addImmediateBranchIfI32NeImmediate:
            let destination = pc.slot(1)
            let source = pc.slot(2)
            let value = pc.u32(3)
            let other = pc.u32(5)
            let offset = pc.i32(7)
            let next = pc.advanced(9)
            let sum = frame.u32(source) &+ value
            accumulator = widened(sum)
            frame.setU64(destination, accumulator)
            if sum != other {
                pc = pc.advanced(offset)
                if offset <= 0, _slowPath(context.countDown()) {
                    if let kind = context.safepoint() { return leave(context, pc, frame, kind) }
                    accumulator = 0
                    floating = 0
                }
            } else {
                pc = next
            }
        case .jump:
            let offset = pc.i32(1)
            pc = pc.advanced(offset)
            if offset <= 0, _slowPath(context.countDown()) {
                if let kind = context.safepoint() { return leave(context, pc, frame, kind) }
                accumulator = 0
                floating = 0
            }
        case .branchIf:
            let condition = pc.slot(1)
            let offset = pc.i32(2)
            let next = pc.advanced(4)
            if frame.u32(condition) != 0 {
                pc = pc.advanced(offset)
                if offset <= 0, _slowPath(context.countDown()) {
                    if let kind = context.safepoint() { return leave(context, pc, frame, kind) }
                    accumulator = 0
                    floating = 0
                }
            } else {
                pc = next
            }
        case .branchIf64:
            let condition = pc.slot(1)
            let offset = pc.i32(2)
            let next = pc.advanced(4)
            if frame.u64(condition) != 0 {
                pc = pc.advanced(offset)
                if offset <= 0, _slowPath(context.countDown()) {
                    if let kind = context.safepoint() { return leave(context, pc, frame, kind) }
                    accumulator = 0
                    floating = 0
                }
            } else {
                pc = next
            }
        case .branchTable:
            let index = pc.slot(1)
            let count = pc.u32(2)
            let next = pc.advanced(4)
            let selected = frame.u32(index)
            let offset = next.i32(2 &* Int(truncatingIfNeeded: selected < count ? selected : count))
            pc = pc.advanced(offset)
            if offset <= 0, _slowPath(context.countDown()) {
                if let kind = context.safepoint() { return leave(context, pc, frame, kind) }
                accumulator = 0
                floating = 0
            }
        case .unreachableTrap:
            return leave(context, pc, frame, .unreachable)
        case .callDirect:
            let base = pc.slot(1)
            let entry = pc.u64(2)
            let next = pc.advanced(6)
            accumulator = 0
            floating = 0
            let callee = Callee(bits: entry)
            let top = frame.advanced(base)
            if _slowPath(!context.hasRoom(top, callee.frameBytes)) { return leave(context, pc, frame, .callStackExhausted) }
            if _slowPath(context.countDown()), let kind = context.safepoint() { return leave(context, pc, frame, kind) }
            top.link(callee.header, next, frame)
            frame = top
            pc = callee.code
        case .callFunction:
            let base = pc.slot(1)
            let index = pc.u32(2)
            let next = pc.advanced(4)
            accumulator = 0
            floating = 0
            let function = instance.function(index)
            let callee = function.callee
            let top = frame.advanced(base)
            if _slowPath(!context.hasRoom(top, callee.frameBytes)) { return leave(context, pc, frame, .callStackExhausted) }
            if _slowPath(context.countDown()), let kind = context.safepoint() { return leave(context, pc, frame, kind) }
            if _fastPath(function.runs(in: instance)) {
                top.link(callee.header, next, frame)
            } else {
                top.linkAcross(callee.header, next, frame, instance)
                instance = function.instance
                context.instance = instance
                memory = instance.memory
            }
            frame = top
            pc = callee.code
        case .callTable:
            let base = pc.slot(1)
            let index = pc.slot(2)
            let table = pc.slot(3)
            let type = pc.u32(4)
            let next = pc.advanced(6)
            accumulator = 0
            floating = 0
            let (kind, function) = instance.callee(table: table, index: UInt64(frame.u32(index)), type: type, context)
            if let kind { return leave(context, pc, frame, kind) }
            let callee = function.callee
            let top = frame.advanced(base)
            if _slowPath(!context.hasRoom(top, callee.frameBytes)) { return leave(context, pc, frame, .callStackExhausted) }
            if _slowPath(context.countDown()), let kind = context.safepoint() { return leave(context, pc, frame, kind) }
            if _fastPath(function.runs(in: instance)) {
                top.link(callee.header, next, frame)
            } else {
                top.linkAcross(callee.header, next, frame, instance)
                instance = function.instance
                context.instance = instance
                memory = instance.memory
            }
            frame = top
            pc = callee.code
        case .callTable64:
            let base = pc.slot(1)
            let index = pc.slot(2)
            let table = pc.slot(3)
            let type = pc.u32(4)
            let next = pc.advanced(6)
            accumulator = 0
            floating = 0
            let (kind, function) = instance.callee(table: table, index: frame.u64(index), type: type, context)
            if let kind { return leave(context, pc, frame, kind) }
            let callee = function.callee
            let top = frame.advanced(base)
            if _slowPath(!context.hasRoom(top, callee.frameBytes)) { return leave(context, pc, frame, .callStackExhausted) }
            if _slowPath(context.countDown()), let kind = context.safepoint() { return leave(context, pc, frame, kind) }
            if _fastPath(function.runs(in: instance)) {
                top.link(callee.header, next, frame)
            } else {
                top.linkAcross(callee.header, next, frame, instance)
                instance = function.instance
                context.instance = instance
                memory = instance.memory
            }
            frame = top
            pc = callee.code
        case .callReference:
            let base = pc.slot(1)
            let reference = pc.slot(2)
            let next = pc.advanced(3)
            accumulator = 0
            floating = 0
            if _slowPath(frame.u64(reference) == 0) { return leave(context, pc, frame, .nullFunctionReference) }
            let function = FunctionReference(bits: frame.u64(reference))
            let callee = function.callee
            let top = frame.advanced(base)
            if _slowPath(!context.hasRoom(top, callee.frameBytes)) { return leave(context, pc, frame, .callStackExhausted) }
            if _slowPath(context.countDown()), let kind = context.safepoint() { return leave(context, pc, frame, kind) }
            if _fastPath(function.runs(in: instance)) {
                top.link(callee.header, next, frame)
            } else {
                top.linkAcross(callee.header, next, frame, instance)
                instance = function.instance
                context.instance = instance
                memory = instance.memory
            }
            frame = top
            pc = callee.code
        case .tailCallFunction:
            let base = pc.slot(1)
            let header = pc.slot(2)
            let index = pc.u32(3)
            accumulator = 0
            floating = 0
            let function = instance.function(index)
            let (failure, code) = tailCall(context, frame, function, base, header)
            if let failure { return leave(context, pc, frame, failure) }
            instance = context.instance
            memory = instance.memory
            pc = code
        case .tailCallTable:
            let base = pc.slot(1)
            let header = pc.slot(2)
            let index = pc.slot(3)
            let table = pc.slot(4)
            let type = pc.u32(5)
            accumulator = 0
            floating = 0
            let (kind, function) = instance.callee(table: table, index: UInt64(frame.u32(index)), type: type, context)
            if let kind { return leave(context, pc, frame, kind) }
            let (failure, code) = tailCall(context, frame, function, base, header)
            if let failure { return leave(context, pc, frame, failure) }
            instance = context.instance
            memory = instance.memory
            pc = code
        case .tailCallTable64:
            let base = pc.slot(1)
            let header = pc.slot(2)
            let index = pc.slot(3)
            let table = pc.slot(4)
            let type = pc.u32(5)
            accumulator = 0
            floating = 0
            let (kind, function) = instance.callee(table: table, index: frame.u64(index), type: type, context)
            if let kind { return leave(context, pc, frame, kind) }
            let (failure, code) = tailCall(context, frame, function, base, header)
            if let failure { return leave(context, pc, frame, failure) }
            instance = context.instance
            memory = instance.memory
            pc = code
        case .tailCallReference:
            let base = pc.slot(1)
            let header = pc.slot(2)
            let reference = pc.slot(3)
            accumulator = 0
            floating = 0
            if _slowPath(frame.u64(reference) == 0) { return leave(context, pc, frame, .nullFunctionReference) }
            let function = FunctionReference(bits: frame.u64(reference))
            let (failure, code) = tailCall(context, frame, function, base, header)
            if let failure { return leave(context, pc, frame, failure) }
            instance = context.instance
            memory = instance.memory
            pc = code
        case .returnNothing:
            let header = pc.slot(1)
            accumulator = 0
            floating = 0
            pc = frame.returnAddress(header)
            frame = frame.caller(header)
        case .returnValue:
            let header = pc.slot(1)
            let source = pc.slot(2)
            accumulator = 0
            floating = 0
            let value = frame.u64(source)
            pc = frame.returnAddress(header)
            let caller = frame.caller(header)
            frame.setU64(0, value)
            frame = caller
        case .returnToInstance:
            accumulator = 0
            floating = 0
            instance = InstanceReference(bits: UInt(truncatingIfNeeded: pc.u64(0) >> 16))
            context.instance = instance
            memory = instance.memory
            pc = ProgramCounter(bits: pc.u64(4))
        case .lowerBody:
            accumulator = 0
            floating = 0
            let (kind, lowered) = lowerBody(context, frame, pc)
            if let kind { return leave(context, pc, frame, kind) }
            pc = lowered
        case .callHost:
            let header = pc.slot(1)
            let function = pc.u64(2)
            accumulator = 0
            floating = 0
            let kind = callHost(context, frame, header, function)
            if let kind { return leave(context, pc, frame, kind) }
            memory = instance.memory
            pc = frame.returnAddress(header)
            frame = frame.caller(header)
        case .exit:
            return
        case .globalGetValue:
            let destination = pc.slot(1)
            let index = pc.u32(2)
            accumulator = instance.global(index).value
            frame.setU64(destination, accumulator)
            pc = pc.advanced(4)
        case .globalGetVector:
            let destination = pc.slot(1)
            let index = pc.u32(2)
            accumulator = 0
            floating = 0
            frame.setV128(destination, instance.global(index).vector)
            pc = pc.advanced(4)
        case .globalSetValue:
            let index = pc.u32(1)
            let source = pc.slot(3)
            accumulator = 0
            floating = 0
            instance.global(index).setValue(frame.u64(source))
            pc = pc.advanced(4)
        case .globalSetVector:
            let index = pc.u32(1)
            let source = pc.slot(3)
            accumulator = 0
            floating = 0
            instance.global(index).setVector(frame.v128(source))
            pc = pc.advanced(4)
        case .referenceFunction:
            let destination = pc.slot(1)
            let index = pc.u32(2)
            accumulator = 0
            floating = 0
            frame.setU64(destination, instance.function(index).bits)
            pc = pc.advanced(4)
        case .referenceAsNonNull:
            let source = pc.slot(1)
            accumulator = 0
            floating = 0
            if _slowPath(frame.u64(source) == 0) { return leave(context, pc, frame, .nullReference) }
            pc = pc.advanced(2)
        case .tableGetElement:
            accumulator = 0
            floating = 0
            if let kind = tableGet(context, frame, pc, instance) { return leave(context, pc, frame, kind) }
            pc = pc.advanced(4)
        case .tableSetElement:
            accumulator = 0
            floating = 0
            if let kind = tableSet(context, frame, pc, instance) { return leave(context, pc, frame, kind) }
            pc = pc.advanced(4)
        case .tableSizeOf:
            accumulator = 0
            floating = 0
            if let kind = tableSize(context, frame, pc, instance) { return leave(context, pc, frame, kind) }
            pc = pc.advanced(3)
        case .tableGrowBy:
            accumulator = 0
            floating = 0
            if let kind = tableGrow(context, frame, pc, instance) { return leave(context, pc, frame, kind) }
            pc = pc.advanced(5)
        case .tableFillRange:
            accumulator = 0
            floating = 0
            if let kind = tableFill(context, frame, pc, instance) { return leave(context, pc, frame, kind) }
            pc = pc.advanced(5)
        case .tableCopyRange:
            accumulator = 0
            floating = 0
            if let kind = tableCopy(context, frame, pc, instance) { return leave(context, pc, frame, kind) }
            pc = pc.advanced(6)
        case .tableInitRange:
            accumulator = 0
            floating = 0
            if let kind = tableInit(context, frame, pc, instance) { return leave(context, pc, frame, kind) }
            pc = pc.advanced(7)
        case .elementDrop:
            accumulator = 0
            floating = 0
            if let kind = elementDrop(context, frame, pc, instance) { return leave(context, pc, frame, kind) }
            pc = pc.advanced(3)
        case .memorySizeOf:
            accumulator = 0
            floating = 0
            if let kind = memorySize(context, frame, pc, instance) { return leave(context, pc, frame, kind) }
            pc = pc.advanced(3)
        case .memoryGrowBy:
            accumulator = 0
            floating = 0
            if let kind = memoryGrow(context, frame, pc, instance) { return leave(context, pc, frame, kind) }
            memory = instance.memory
            pc = pc.advanced(4)
        case .memoryFillRange:
            accumulator = 0
            floating = 0
            if let kind = memoryFill(context, frame, pc, instance) { return leave(context, pc, frame, kind) }
            pc = pc.advanced(5)
        case .memoryCopyRange:
            accumulator = 0
            floating = 0
            if let kind = memoryCopy(context, frame, pc, instance) { return leave(context, pc, frame, kind) }
            pc = pc.advanced(6)
        case .memoryInitRange:
            accumulator = 0
            floating = 0
            if let kind = memoryInit(context, frame, pc, instance) { return leave(context, pc, frame, kind) }
            pc = pc.advanced(7)
        case .dataDropSegment:
            accumulator = 0
            floating = 0
            if let kind = dataDrop(context, frame, pc, instance) { return leave(context, pc, frame, kind) }
            pc = pc.advanced(3)
        case .openWindow:
            accumulator = 0
            floating = 0
            let (kind, window) = openWindow(frame, pc, instance)
            if let kind { return leave(context, pc, frame, kind) }
            memory = window
            pc = pc.advanced(8)
        case .closeWindow:
            accumulator = 0
            floating = 0
            memory = instance.memory
            pc = pc.advanced(1)
        }
    }
}
