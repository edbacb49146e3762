/// Operations as they are emitted: 16-bit words, and what is known of the end of them.
struct CodeBuffer {
    private(set) var words: [UInt16] = []
    /// The operation emitted last, as long as it computes a value and no label stands behind it.
    private(set) var last: Last?
    /// The slot whose value an accumulator holds too.
    private(set) var accumulator: Accumulator?

    /// An operation that computes a value.
    struct Last {
        var operation: Emitted
        /// Whether nothing but the operand stack knows where the value is, so that the operation may
        /// be aimed elsewhere or taken back.
        var isPending: Bool
        /// What stood before it.
        var previous: Emitted?
        var previousAccumulator: Accumulator?
    }

    /// Where an operation stands and what it does.
    struct Emitted {
        var start: Int
        /// The word that names its destination.
        var destinationWord = 1
        var destination: Int
        /// The instruction that it is the plain form of, nil of others.
        var opcode: Opcode?
        /// Whether its second operand is a constant.
        var isImmediate = false
        var isCopy = false
        /// The slot to which a constant is added, and the constant; of 32-bit additions.
        var sum: Sum?
    }

    struct Sum {
        var source: Int
        var constant: UInt32
    }

    /// A slot and which of the two accumulators holds its value.
    struct Accumulator: Equatable {
        enum Kind {
            case integer
            case floating
        }

        var slot: Int
        var kind: Kind
    }

    var position: Int { words.count }

    /// Emits an operation with operands of one word each.
    mutating func emit(_ operation: Operation, _ operands: Int...) {
        last = nil
        accumulator = nil
        words.append(operation.rawValue)
        for operand in operands { words.append(UInt16(truncatingIfNeeded: operand)) }
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

    // MARK: What was emitted last

    /// What is known before an operation is emitted, for `setLast`.
    struct Mark {
        var start: Int
        var previous: Emitted?
        var accumulator: Accumulator?
    }

    var mark: Mark { Mark(start: position, previous: last?.operation, accumulator: accumulator) }

    /// Says of the operation that was emitted at `mark` that it computes a value, and which
    /// accumulator holds it.
    mutating func setLast(
        _ mark: Mark, destination: Int, _ kind: Accumulator.Kind?, opcode: Opcode? = nil,
        isImmediate: Bool = false, sum: Sum? = nil
    ) {
        let operation = Emitted(
            start: mark.start, destination: destination, opcode: opcode, isImmediate: isImmediate,
            sum: sum)
        last = Last(
            operation: operation, isPending: true, previous: mark.previous,
            previousAccumulator: mark.accumulator)
        accumulator = kind.map { Accumulator(slot: destination, kind: $0) }
    }

    /// Says that the operation that was emitted at `mark` leaves the accumulators alone.
    mutating func keepAccumulator(_ mark: Mark) { accumulator = mark.accumulator }

    /// Emits a copy, together with the one before if that was the last operation.
    mutating func emitCopy(from source: Int, to destination: Int) {
        let mark = mark
        if let first = last?.operation, first.isCopy {
            let operands = words[(first.start + 1)...].map { Int($0) }
            words.removeSubrange(first.start...)
            emit(.copyTwo, operands[0], operands[1], destination, source)
            setLast(
                Mark(start: first.start, previous: nil, accumulator: nil), destination: destination,
                .integer)
            last?.operation.destinationWord = 3
        } else {
            emit(.copy, destination, source)
            setLast(mark, destination: destination, .integer)
            last?.operation.isCopy = true
        }
    }

    /// The words of the operation emitted last, which is taken back.
    mutating func takeLast() -> [UInt16] {
        guard let last else { return [] }
        let taken = Array(words[last.operation.start...])
        words.removeSubrange(last.operation.start...)
        self.last = last.previous.map {
            Last(operation: $0, isPending: false, previous: nil, previousAccumulator: nil)
        }
        accumulator = last.previousAccumulator
        return taken
    }

    /// Lets the operation emitted last write to `slot`, a local's.
    mutating func retargetLast(to slot: Int) {
        guard let operation = last?.operation else { return }
        words[operation.start + operation.destinationWord] = UInt16(truncatingIfNeeded: slot)
        last?.operation.destination = slot
        last?.isPending = false
        accumulator?.slot = slot
    }

    // MARK: Labels

    /// A label stands here: what comes next may be reached from elsewhere.
    mutating func bindLabel() -> Int {
        last = nil
        accumulator = nil
        return words.count
    }

    /// Writes the distance from `start` to `target` at `at`.
    mutating func patch(at: Int, from start: Int, to target: Int) {
        let offset = UInt32(truncatingIfNeeded: target - start)
        words[at] = UInt16(truncatingIfNeeded: offset)
        words[at + 1] = UInt16(truncatingIfNeeded: offset >> 16)
    }
}
