/// What the stores of one thread share: the types of all modules, and where code lies.
package final class Engine {
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

    package init() {}

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
