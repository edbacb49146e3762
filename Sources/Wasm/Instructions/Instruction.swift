// The instruction table's row: what the decoder, the validator, the text format and the tests know
// of an instruction.

/// What follows an opcode in the binary format.
/// Spec: core/binary/instructions
package enum Immediate: Sendable {
    case blockType, label, labels, catches
    case function, type, table, memory, local, global, tag, element, data
    case field, count, castFlags
    case valueTypes, heapType
    case memarg, lane, lanes
    case i32, i64, f32, f64, v128
}

/// What a plain instruction takes from the operand stack and puts back.
package struct Signature: Sendable {
    package enum Operand: UInt8, Sendable {
        case i32, i64, f32, f64, v128
        /// The address type of the memory that the instruction names.
        case address
    }

    /// From the bottom of the stack to its top; three at most.
    package let operands: [Operand]
    package let result: Operand?

    init(_ operands: [Operand], _ result: Operand?) {
        self.operands = operands
        self.result = result
    }
}

/// A row of the instruction table.
package struct Instruction: Sendable {
    package let opcode: Opcode
    /// 0xFB, 0xFC or 0xFD; 0 of an instruction with no prefix.
    package let prefix: UInt8
    /// The byte without a prefix, or the LEB128 number after it.
    package let code: UInt16
    package let mnemonic: String
    package let immediates: [Immediate]
    /// The operands and the result; nil where validation has a rule of its own.
    package let signature: Signature?

    init(
        _ opcode: Opcode, _ prefix: UInt8, _ code: UInt16, _ mnemonic: String,
        _ immediates: [Immediate], _ signature: Signature?
    ) {
        self.opcode = opcode
        self.prefix = prefix
        self.code = code
        self.mnemonic = mnemonic
        self.immediates = immediates
        self.signature = signature
    }
}

extension Opcode {
    package var instruction: Instruction { Instruction.all[Int(rawValue)] }
}

extension Opcode: BitwiseCopyable {}
