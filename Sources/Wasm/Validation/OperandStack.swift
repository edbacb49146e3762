// The operand stack of the function that is being validated.
//
// Invariant: `base` points to `OperandStack.capacity` types, allocated until `deallocate`, which the
// one owner calls once, after the last use of the stack and of its copies. The types below `height`
// have a value, and `0 <= floor <= height <= peak <= capacity`. Every access is checked.

/// The types of the operands, and what the innermost block may do with them.
/// Spec: core/appendix/algorithm#data-structures
@safe struct OperandStack {
    /// An operand takes a slot of the frame at least, so no valid function has more.
    static let capacity = Limits.frameSlots

    private let base: UnsafeMutablePointer<ValueType>
    private(set) var height = 0
    /// The greatest height so far.
    private(set) var peak = 0
    /// The height at which the innermost block began, beneath its parameters.
    private(set) var floor = 0
    /// Whether the rest of the innermost block is unreachable: there are then operands of every
    /// type under those above `floor`.
    private(set) var isPolymorphic = false

    /// An empty stack, which `deallocate` must end.
    init() { unsafe base = .allocate(capacity: Self.capacity) }

    func deallocate() { unsafe base.deallocate() }

    mutating func reset() { (height, peak, floor, isPolymorphic) = (0, 0, 0, false) }

    /// The operand `depth` under the top; nil where the innermost block has none.
    @inline(__always) func peek(_ depth: Int = 0) -> ValueType? {
        guard depth >= 0, depth < height &- floor else { return nil }
        return unsafe base[height &- 1 &- depth]
    }

    /// Whether there was room for `type`.
    @inline(__always) mutating func push(_ type: ValueType) -> Bool {
        guard height < Self.capacity else { return false }
        unsafe base[height] = type
        height &+= 1
        peak = max(peak, height)
        return true
    }

    /// Takes the top off, nil where the innermost block has none.
    @inline(__always) mutating func pop() -> ValueType? {
        guard height > floor else { return nil }
        height &-= 1
        return unsafe base[height]
    }

    /// Whether taking an operand off could fail: false where unreachable code gives any.
    var mayHoldMore: Bool { height > floor || !isPolymorphic }

    // MARK: Exact types at the top: what most instructions meet

    /// Takes `type` off the top, and says whether it was there.
    @inline(__always) mutating func popExactly(_ type: ValueType) -> Bool {
        guard height > floor, unsafe base[height &- 1] == type else { return false }
        height &-= 1
        return true
    }

    /// Puts `result` in the place of an operand of the type `a`, and says whether that was there.
    @inline(__always) mutating func replace(_ a: ValueType, by result: ValueType) -> Bool {
        guard height > floor, unsafe base[height &- 1] == a else { return false }
        unsafe base[height &- 1] = result
        return true
    }

    /// Puts `result` in the place of operands `a` and, above it, `b`, and says whether they were
    /// there.
    @inline(__always) mutating func replace(
        _ a: ValueType,
        _ b: ValueType,
        by result: ValueType
    ) -> Bool {
        guard height &- floor >= 2, unsafe base[height &- 1] == b, unsafe base[height &- 2] == a
        else { return false }
        height &-= 1
        unsafe base[height &- 1] = result
        return true
    }

    /// Takes operands `a` and, above it, `b` off, and says whether they were there.
    @inline(__always) mutating func popExactly(_ a: ValueType, _ b: ValueType) -> Bool {
        guard height &- floor >= 2, unsafe base[height &- 1] == b, unsafe base[height &- 2] == a
        else { return false }
        height &-= 2
        return true
    }

    // MARK: Many at once

    /// Whether there was room for the types of a range of `types`.
    mutating func push(
        _ types: borrowing FlatBuffer<ValueType>,
        _ range: Range<Int>
    ) -> Bool {
        guard range.count <= Self.capacity - height else { return false }
        unsafe types.copy(range, to: base + height)
        height += range.count
        peak = max(peak, height)
        return true
    }

    /// Takes exactly the types of a range of `types` off the top, and says whether they were there.
    mutating func popExactly(
        _ types: borrowing FlatBuffer<ValueType>,
        _ range: Range<Int>
    ) -> Bool {
        guard range.count <= height - floor,
            unsafe types.hasSameBytes(range, base + (height - range.count))
        else { return false }
        height -= range.count
        return true
    }

    // MARK: Blocks

    /// Begins a block on top of the operands.
    mutating func enter() {
        floor = height
        isPolymorphic = false
    }

    /// Goes back to the block around the innermost one, whose operands are all taken off.
    mutating func leave(floor: Int, isPolymorphic: Bool) {
        precondition(floor >= 0 && floor <= height)
        self.floor = floor
        self.isPolymorphic = isPolymorphic
    }

    /// Takes the innermost block's operands off.
    mutating func clear() { height = floor }

    /// Makes the rest of the innermost block unreachable.
    mutating func becomePolymorphic() {
        height = floor
        isPolymorphic = true
    }
}
