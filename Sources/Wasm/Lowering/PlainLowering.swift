/// The operations that a plain instruction is lowered to: a row of the generated table.
struct PlainLowering {
    enum Shape {
        /// Takes registers, gives a register.
        case plain
        case load
        case store
    }

    let shape: Shape
    let operation: Operation
    /// The form whose second operand is a constant.
    var immediate: Operation?
    /// The forms whose first operand is the value that the operation before computed.
    var accumulator: Operation?
    var accumulatorImmediate: Operation?
    /// The form of a load or a store that adds a constant to the address.
    var sum: Operation?
    /// The form fused with a branch that is taken where the test holds, or does not.
    var branchIf: Operation?
    var branchUnless: Operation?
    var branchIfImmediate: Operation?
    var branchUnlessImmediate: Operation?
    /// The operation that gives the same with its operands swapped.
    var mirrored: Operation?

    init(
        _ shape: Shape, operation: Operation, immediate: Operation? = nil,
        accumulator: Operation? = nil, accumulatorImmediate: Operation? = nil,
        sum: Operation? = nil,
        branchIf: Operation? = nil, branchUnless: Operation? = nil,
        branchIfImmediate: Operation? = nil, branchUnlessImmediate: Operation? = nil,
        mirrored: Operation? = nil
    ) {
        self.shape = shape
        self.operation = operation
        self.immediate = immediate
        self.accumulator = accumulator
        self.accumulatorImmediate = accumulatorImmediate
        self.sum = sum
        self.branchIf = branchIf
        self.branchUnless = branchUnless
        self.branchIfImmediate = branchIfImmediate
        self.branchUnlessImmediate = branchUnlessImmediate
        self.mirrored = mirrored
    }
}
