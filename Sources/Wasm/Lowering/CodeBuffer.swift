/// Operations as they are emitted: 16-bit words.
struct CodeBuffer {
    private(set) var words: [UInt16] = []
    /// The operation emitted last, as long as no label stands behind it.
    private(set) var last: Last?

    /// An operation that computes a value, and may yet be changed.
    struct Last {
        var start: Int
        /// The slot that its first operand names, its destination.
        var destination: Int
        /// The instruction that it is the plain form of, nil of others.
        var opcode: Opcode?
        /// Whether its second operand is a constant.
        var isImmediate: Bool
    }

    var position: Int { words.count }

    /// Emits an operation with operands of one word each.
    mutating func emit(_ operation: Operation, _ operands: Int...) {
        last = nil
        words.append(operation.rawValue)
        for operand in operands { words.append(UInt16(truncatingIfNeeded: operand)) }
    }

    /// Says of the operation that begins at `start` that it computes a value.
    mutating func setLast(
        start: Int, destination: Int, opcode: Opcode? = nil, isImmediate: Bool = false
    ) {
        last = Last(
            start: start, destination: destination, opcode: opcode, isImmediate: isImmediate)
    }

    mutating func append(_ value: UInt16) { words.append(value) }

    mutating func append(_ value: UInt32) {
        words.append(UInt16(truncatingIfNeeded: value))
        words.append(UInt16(truncatingIfNeeded: value >> 16))
    }

    mutating func append(_ value: UInt64) {
        append(UInt32(truncatingIfNeeded: value))
        append(UInt32(truncatingIfNeeded: value >> 32))
    }

    /// The words of the operation emitted last, which is taken back.
    mutating func takeLast() -> ArraySlice<UInt16> {
        guard let last else { return [] }
        let taken = words[last.start...]
        words.removeSubrange(last.start...)
        self.last = nil
        return taken
    }

    /// Lets the operation emitted last write to `slot`.
    mutating func retargetLast(to slot: Int) {
        guard let last else { return }
        words[last.start + 1] = UInt16(truncatingIfNeeded: slot)
        self.last = nil
    }

    /// A label stands here: what comes next may be reached from elsewhere.
    mutating func bindLabel() -> Int {
        last = nil
        return words.count
    }

    /// Writes the distance from `start` to `target` at `at`.
    mutating func patch(at: Int, from start: Int, to target: Int) {
        let offset = UInt32(truncatingIfNeeded: target - start)
        words[at] = UInt16(truncatingIfNeeded: offset)
        words[at + 1] = UInt16(truncatingIfNeeded: offset >> 16)
    }
}
