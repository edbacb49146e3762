/// What is known of the function or the constant expression that is being read.
struct FunctionText {
    /// Its instructions in the binary format, as far as they are read.
    var code: [UInt8] = []
    /// What is open where it is being read, the innermost last.
    var constructs: [Construct] = []
    var labels = LabelStack()
    /// The instructions that wait for their operands, which are written after and come before.
    var waiting: [UInt8] = []
    /// Where in `code` branches with a hint stand.
    var hints: [(offset: Int, hint: UInt8)] = []
}

/// A block or a folded instruction that is not closed yet. Spec: core/text/instructions
struct Construct {
    enum Kind {
        /// `block`, `loop` or `try_table`, up to its `end`.
        case block
        /// `if`, up to its `else` or `end`; then from `else` on.
        case ifBlock, elseBlock
        /// `(` and an instruction, among its operands.
        case folded
        /// `(block`, `(loop` or `(try_table`, among its instructions.
        case foldedBlock
        /// `(if`, among its operands; within `(then`; behind it; within `(else`; behind that.
        case foldedIf, foldedThen, afterThen, foldedElse, afterElse

        /// Whether instructions may stand in it that are not folded.
        var holdsInstructions: Bool {
            switch self {
            case .block, .ifBlock, .elseBlock, .foldedBlock, .foldedThen, .foldedElse: true
            case .folded, .foldedIf, .afterThen, .afterElse: false
            }
        }
    }

    var kind: Kind
    /// The label of a block.
    var label: SymbolTable.Symbol?
    /// Where in `FunctionText.waiting` the instruction stands.
    var start = 0
    var hint: UInt8?
}
