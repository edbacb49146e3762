/// A program that says which line each instruction comes from, run for the sake of some addresses.
/// Spec: DWARF 5 section 6.2.2 "State Machine Registers"
struct LineProgram {
    /// Where an instruction comes from.
    struct Row {
        var address: UInt64 = 0
        var file: UInt64 = 1
        var line: Int64 = 1
        var column: UInt64 = 0
    }

    private let header: LineProgramHeader
    private var cursor: SectionCursor
    private var row = Row()
    /// The row before, of the same sequence.
    private var last: Row?
    /// Where the sequence began.
    private var start: UInt64?

    /// The program whose opcodes `cursor` is at.
    init(_ header: LineProgramHeader, _ cursor: SectionCursor) {
        self.header = header
        self.cursor = cursor
    }

    /// Runs the program; `visit` is given each row and the address at which the next begins.
    mutating func run(_ visit: (Row, UInt64) -> Void) throws(DWARFError) {
        while !cursor.isAtEnd {
            let opcode = try cursor.u8()
            if opcode >= header.opcodeBase {
                try special(opcode)
                emit(visit)
            } else if opcode == 0 {
                try extended(visit)
            } else {
                try standard(opcode, visit)
            }
        }
    }

    /// A row is complete.
    private mutating func emit(_ visit: (Row, UInt64) -> Void) {
        if start == nil { start = row.address }
        // Code begins behind the number of functions; what was left out by the linker is said to be at 0.
        if let last, start != 0, last.address < row.address { visit(last, row.address) }
        last = row
    }

    private mutating func endSequence(_ visit: (Row, UInt64) -> Void) {
        emit(visit)
        row = Row()
        last = nil
        start = nil
    }

    private mutating func advance(_ operations: UInt64) {
        row.address &+= operations &* header.minimumInstructionLength
    }

    /// Spec: DWARF 5 section 6.2.5.1 "Special Opcodes"
    private mutating func special(_ opcode: UInt8) throws(DWARFError) {
        guard header.lineRange > 0 else { throw cursor.error(.noLineRange) }
        let adjusted = opcode - header.opcodeBase
        advance(UInt64(adjusted / header.lineRange))
        row.line &+= header.lineBase &+ Int64(adjusted % header.lineRange)
    }

    /// Spec: DWARF 5 section 6.2.5.2 "Standard Opcodes"
    private mutating func standard(
        _ opcode: UInt8,
        _ visit: (Row, UInt64) -> Void
    ) throws(DWARFError) {
        switch opcode {
        case 1: emit(visit)
        case 2: advance(try cursor.uleb())
        case 3: row.line &+= try cursor.sleb()
        case 4: row.file = try cursor.uleb()
        case 5: row.column = try cursor.uleb()
        case 6, 7, 10, 11: break
        case 8:
            guard header.lineRange > 0 else { throw cursor.error(.noLineRange) }
            advance(UInt64((255 - header.opcodeBase) / header.lineRange))
        case 9: row.address &+= UInt64(try cursor.u16())
        case 12: _ = try cursor.uleb()
        default:
            for _ in 0..<header.operandCounts[Int(opcode)] { _ = try cursor.uleb() }
        }
    }

    /// Spec: DWARF 5 section 6.2.5.3 "Extended Opcodes"
    private mutating func extended(_ visit: (Row, UInt64) -> Void) throws(DWARFError) {
        let length = try cursor.uleb()
        guard length > 0 else { return }
        var operands = try cursor.split(length)
        switch try operands.u8() {
        case 1: endSequence(visit)
        case 2: row.address = try operands.fixed(Int(min(length - 1, 8)))
        default: break
        }
    }
}
