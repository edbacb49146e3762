// From a run that trapped to the trap that is thrown.

extension Activation {
    /// What ended the last run; nil where it returned.
    func takeTrap() -> Trap? {
        guard let kind = unsafe context.record.pointee.trap else { return nil }
        unsafe context.record.pointee.trap = nil
        var trap = pendingTrap ?? Trap(kind)
        pendingTrap = nil
        if kind == .uninitializedElement {
            trap.detail = unsafe String(context.record.pointee.trapDetail)
        }
        unwind { frame in
            if trap.backtrace.count < Limits.backtraceFrames {
                trap.backtrace.append(frame())
            } else {
                trap.omittedFrames += 1
            }
        }
        return trap
    }

    /// Calls `visit` for each frame of the run that trapped, innermost first.
    private func unwind(_ visit: (() -> Trap.Frame) -> Void) {
        guard let start = unsafe context.record.pointee.trapProgramCounter else { return }
        var address = UInt(bitPattern: start)
        var frame = unsafe Frame(context.record.pointee.trapFrame)
        let exit = unsafe UInt(bitPattern: self.exit.address)
        var isInnermost = true
        while address != exit {
            guard let header = describe(address, isInnermost, visit) else { return }
            let link = frame.returnLink(header)
            address = unsafe UInt(bitPattern: link.next.address)
            frame = link.caller
            isInnermost = false
        }
    }

    /// Visits the frame whose code is at `address`; the slot of its header.
    private func describe(
        _ address: UInt, _ isInnermost: Bool, _ visit: (() -> Trap.Frame) -> Void
    ) -> Int? {
        guard let block = context.store?.engine.block(at: address) else { return hostHeader(address) }
        let module = unsafe block.module.takeUnretainedValue()
        let stride = unsafe MemoryLayout<FunctionEntry>.stride
        let function = block.function ?? Int(address - block.start) / stride
        let index = UInt32(module.module.importedFunctionCount + function)
        visit {
            // A return address lies behind the call.
            let word = block.function == nil ? 0 : Int(address - block.start) / 2
            return Trap.Frame(
                module: module.module.names.module, functionIndex: index,
                function: module.name(ofFunction: index),
                offset: module.offset(function: function, word: isInnermost ? word : word - 1))
        }
        return unsafe Int(module.entry(function).pointee.header)
    }

    /// The slot of the header of a host function's frame, whose code is at `address`.
    private func hostHeader(_ address: UInt) -> Int? {
        guard let code = unsafe UnsafeRawPointer(bitPattern: address) else { return nil }
        let counter = unsafe ProgramCounter(code)
        guard case .callHost = counter.operation else { return nil }
        return counter.slot(1)
    }
}
