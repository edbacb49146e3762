// Operations on calls that the interpreter's loop does not inline.

import Fiber

/// Lowers the function whose entry's stub is at `pc`; where its code begins, its frame made ready.
@inline(never) func lowerBody(
    _ context: Context, _ frame: Frame, _ pc: ProgramCounter
) -> (Trap.Kind?, ProgramCounter) {
    let entry = unsafe UnsafeMutableRawPointer(
        mutating: pc.address - FunctionEntry.stubOffset
    ).assumingMemoryBound(to: FunctionEntry.self)
    guard let module = unsafe entry.pointee.module?.takeUnretainedValue() else {
        return (.unreachable, pc)
    }
    let index = unsafe Int(entry.pointee.index) - module.module.importedFunctionCount
    guard module.lower(index) else { return (.functionTooLarge, pc) }
    let callee = unsafe Callee(entry)
    guard context.hasRoom(frame, callee.frameBytes) else { return (.callStackExhausted, pc) }
    return (nil, callee.code)
}

/// Calls a host function whose parameters are in `frame`.
@inline(never) func callHost(
    _ context: Context, _ frame: Frame, _ header: Int, _ function: UInt64
) -> Trap.Kind? {
    let top = context.top
    context.top = frame.advanced(header + Frame.headerSlots)
    defer { context.top = top }
    guard let object = unsafe UnsafeRawPointer(bitPattern: UInt(function)) else {
        return .unreachable
    }
    let box = unsafe Unmanaged<HostFunctionBox>.fromOpaque(object)
    return unsafe box._withUnsafeGuaranteedRef { box in
        guard context.beginHostCall(),
            !Fiber.isCurrent || Fiber.remainingStackBytes > Limits.hostStackReserve
        else { return .callStackExhausted }
        defer { context.endHostCall() }
        do throws(Trap) {
            try box.function(Caller(context: context, frame: frame))
            return nil
        } catch {
            context.store?.activation?.pendingTrap = error
            return error.kind
        }
    }
}

/// Replaces the frame of a function by that of `function`, whose arguments are at `base`; where its
/// code begins.
/// Spec: core/exec/instructions#exec-return-call-ref
@inline(never) func tailCall(
    _ context: Context, _ frame: Frame, _ function: FunctionReference, _ base: Int, _ header: Int
) -> (Trap.Kind?, ProgramCounter) {
    let callee = function.callee
    let size = 8 * (callee.header + Frame.headerSlots)
    guard context.hasRoom(frame, max(callee.frameBytes, size)),
        context.hasRoom(frame.advanced(base), size)
    else { return (.callStackExhausted, frame.returnAddress(header)) }
    if context.countDown(), let kind = context.safepoint() {
        return (kind, frame.returnAddress(header))
    }
    let link = frame.returnLink(header)
    let instance = context.instance
    for slot in 0..<callee.header { frame.setU64(slot, frame.u64(base + slot)) }
    let isSame = function.runs(in: instance)
    if let returning = link.instance ?? (isSame ? nil : instance) {
        frame.linkAcross(callee.header, link.next, link.caller, returning)
    } else {
        frame.link(callee.header, link.next, link.caller)
    }
    if !isSame { context.instance = function.instance }
    return (nil, callee.code)
}
