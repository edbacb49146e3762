/// What the stores of one thread share: the types of all modules, where code lies, stacks.
///
/// Invariant: the empty memory and the empty instance are allocated here and freed in `deinit`; an
/// engine outlives its stores, which hold it.
@safe package final class Engine {
    var types = TypeRegistry()
    private var blocks: [CodeBlock] = []
    private var isSorted = true

    /// A stretch of memory that program counters may point into.
    @safe struct CodeBlock {
        let start: UInt
        let end: UInt
        /// The function's place among those that the module defines; nil where the stretch is the
        /// module's entries, whose stubs are code.
        let function: Int?
        let module: Unmanaged<LoweredModule>
    }

    private var activations: [Activation] = []
    /// A memory without a byte: what instances without memories have as their first.
    let emptyMemory: UnsafeMutablePointer<MemoryRecord>
    /// The instance in which host functions run that the host calls. No code runs in it, so that none
    /// of its index spaces is ever read.
    let emptyInstance: InstanceReference

    package init() {
        let memory = UnsafeMutablePointer<MemoryRecord>.allocate(capacity: 1)
        let instance = UnsafeMutablePointer<InstanceRecord>.allocate(capacity: 1)
        let nothing = UnsafeMutableRawPointer(memory)
        unsafe memory.initialize(
            to: MemoryRecord(
                base: nothing, byteCount: 0, reservedBytes: 0,
                type: MemoryType(addressType: .i32, limits: SizeLimits(minimum: 0, maximum: 0)),
                usage: nil))
        unsafe instance.initialize(
            to: InstanceRecord(
                firstMemory: memory,
                memories: nothing.assumingMemoryBound(to: UnsafeMutablePointer<MemoryRecord>.self),
                tables: nothing.assumingMemoryBound(to: UnsafeMutablePointer<TableRecord>.self),
                globals: nothing.assumingMemoryBound(to: UnsafeMutablePointer<GlobalRecord>.self),
                functions: nothing.assumingMemoryBound(
                    to: UnsafeMutablePointer<FunctionRecord>.self),
                elements: nothing.assumingMemoryBound(to: ElementRecord.self),
                data: nothing.assumingMemoryBound(to: DataRecord.self), module: nil))
        unsafe emptyMemory = memory
        unsafe emptyInstance = InstanceReference(instance)
    }

    deinit {
        unsafe emptyInstance.record.deallocate()
        unsafe emptyMemory.deallocate()
    }

    // MARK: Activations

    /// An activation in which nothing runs. Throws where there is no memory for its stack.
    func takeActivation() throws(ResourceError) -> Activation {
        if let activation = activations.popLast() { return activation }
        return try Activation(engine: self)
    }

    /// Takes an activation back; `Limits.idleActivations` are kept.
    func giveBack(_ activation: Activation) {
        if activations.count < Limits.idleActivations { activations.append(activation) }
    }

    // MARK: Code

    func register(_ block: CodeBlock) {
        blocks.append(block)
        isSorted = false
    }

    func unregister(_ module: LoweredModule) {
        blocks.removeAll { unsafe $0.module.toOpaque() == Unmanaged.passUnretained(module).toOpaque() }
    }

    /// The stretch that `address` lies in.
    func block(at address: UInt) -> CodeBlock? {
        if !isSorted {
            blocks.sort { $0.start < $1.start }
            isSorted = true
        }
        var low = 0
        var high = blocks.count
        while low < high {
            let middle = (low + high) / 2
            if blocks[middle].end <= address { low = middle + 1 } else { high = middle }
        }
        guard low < blocks.count, blocks[low].start <= address else { return nil }
        return blocks[low]
    }
}
