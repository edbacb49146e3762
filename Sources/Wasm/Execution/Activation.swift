import Glibc

/// The stack that frames lie on, and the state of what runs on it. An activation is taken from the
/// engine when the host calls into a store and given back when that call has returned, so that an
/// idle store has none.
///
/// Invariant: the stack, the context and the exit code are allocated here and freed in `deinit`; the
/// stack has inaccessible pages behind it.
@safe final class Activation {
    let context: Context
    private let stack: UnsafeMutableRawPointer
    /// The operation that ends a run, as code: where the frame that the host enters returns to.
    private let exitCode: UnsafeMutablePointer<UInt64>
    /// The limits of the call under way.
    var interruption = Interruption(RunLimits())
    /// Whether its fiber is suspended, so that nothing else may use the stack.
    var isSuspended = false
    /// What a host function threw, until the run that called it has ended.
    var pendingTrap: Trap?

    private static let guardBytes = 4_096

    /// An activation with a stack of `Limits.stackBytes`. Throws where there is no memory for it.
    init(engine: Engine) throws(ResourceError) {
        let bytes = Limits.stackBytes + Activation.guardBytes
        guard
            let stack = unsafe mmap(
                nil, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE,
                -1, 0), unsafe stack != MAP_FAILED
        else { throw .noStack(bytes: bytes) }
        unsafe self.stack = stack
        unsafe mprotect(stack + Limits.stackBytes, Activation.guardBytes, PROT_NONE)
        unsafe exitCode = .allocate(capacity: 1)
        unsafe exitCode.initialize(to: UInt64(Operation.exit.rawValue))
        let record = UnsafeMutablePointer<ContextRecord>.allocate(capacity: 1)
        unsafe context = Context(record)
        unsafe record.initialize(
            to: ContextRecord(
                stackEnd: UInt(bitPattern: stack) + UInt(Limits.stackBytes), budget: .max,
                instance: engine.emptyInstance.record, top: Frame(stack), trap: nil,
                trapProgramCounter: nil, trapFrame: stack, trapDetail: 0, nesting: 0, store: nil,
                activation: nil))
        unsafe record.pointee.activation = Unmanaged.passUnretained(self)
    }

    deinit {
        unsafe context.record.deallocate()
        unsafe exitCode.deallocate()
        unsafe munmap(stack, Limits.stackBytes + Activation.guardBytes)
    }

    /// Where the frame that the host enters returns to.
    var exit: ProgramCounter { unsafe ProgramCounter(exitCode) }

    /// Makes ready for calls into `store`, nil for none.
    func attach(to store: Store?) {
        unsafe context.record.pointee.store = store.map { unsafe Unmanaged.passUnretained($0) }
        // The first safepoint asks for a budget.
        unsafe context.record.pointee.budget = 0
        interruption = Interruption(store?.runLimits ?? RunLimits())
        pendingTrap = nil
    }

    /// Runs a function whose arguments are in `frame` until it returns. Throws what ended the run.
    func run(_ function: FunctionReference, in frame: Frame) throws(Trap) {
        let callee = function.callee
        let least = 8 * (callee.header + Frame.headerSlots)
        guard context.hasRoom(frame, max(callee.frameBytes, least)) else {
            throw Trap(.callStackExhausted)
        }
        let caller = context.instance
        let top = context.top
        defer {
            context.instance = caller
            context.top = top
        }
        frame.link(callee.header, exit, frame)
        if !function.runs(in: caller) { context.instance = function.instance }
        unsafe context.record.pointee.trap = nil
        interpret(context, callee.code, frame)
        if let trap = takeTrap() { throw trap }
    }
}
