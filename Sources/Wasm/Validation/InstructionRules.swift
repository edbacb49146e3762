// The instruction table in the form that decoding and validation look it up in: by code, packed.
//
// Invariant: `base` points to `InstructionRules.count` rules, written once and never freed.

/// What the validation loop knows of an opcode's byte.
struct InstructionRule: BitwiseCopyable {
    enum Form: UInt8 {
        /// No instruction.
        case illegal
        /// The first byte of a longer opcode.
        case prefix
        /// No immediates; as many operands as it says, and a result.
        case unary, binary
        /// Reads or writes the memory that its memarg names.
        case load, store
        case constant32, constant64
        case localGet, localSet, localTee
        case other
    }

    var form = Form.illegal
    /// log2 of the access's width in bytes, of a load or store.
    var alignment: UInt8 = 0
    var opcode = Opcode.unreachable
    /// The operands, without the address; `bottom` for none.
    var first = ValueType.bottom
    var second = ValueType.bottom
    var result = ValueType.bottom
}

/// The rules of all opcodes.
@safe struct InstructionRules: @unchecked Sendable {
    private static let count = 256 + 3 * 512
    private let base: UnsafeMutablePointer<InstructionRule>

    static let shared = InstructionRules()

    private init() {
        unsafe base = .allocate(capacity: Self.count)
        unsafe base.initialize(repeating: InstructionRule(), count: Self.count)
        for prefix: UInt8 in [0xFB, 0xFC, 0xFD] { unsafe base[Int(prefix)].form = .prefix }
        for row in Instruction.all {
            let index = Self.index(row.prefix, UInt32(row.code))
            if index < Self.count { unsafe base[index] = InstructionRule(row) }
        }
    }

    private static func index(_ prefix: UInt8, _ code: UInt32) -> Int {
        prefix == 0 ? Int(code & 0xFF) : 256 + (Int(prefix) - 0xFB) * 512 + Int(code & 511)
    }

    /// The rule of the opcode that is, or begins with, `byte`.
    @inline(__always) subscript(byte: UInt8) -> InstructionRule { unsafe base[Int(byte)] }

    /// The rule of the opcode `code` after `prefix`, which must be 0xFB, 0xFC or 0xFD.
    subscript(prefix: UInt8, code: UInt32) -> InstructionRule {
        precondition(prefix >= 0xFB && prefix <= 0xFD)
        guard code < 512 else { return InstructionRule() }
        return unsafe base[Self.index(prefix, code)]
    }
}

extension InstructionRule {
    fileprivate init(_ row: Instruction) {
        opcode = row.opcode
        form = .other
        if let signature = row.signature {
            result = signature.result.map(ValueType.init) ?? .bottom
            let operands = signature.operands.filter { $0 != .address }.map(ValueType.init)
            if operands.count > 0 { first = operands[0] }
            if operands.count > 1 { second = operands[1] }
            switch (row.immediates.first, operands.count) {
            case (nil, 1): form = .unary
            case (nil, 2): form = .binary
            case (.memarg, 0): form = .load
            case (.memarg, 1) where signature.result == nil && row.immediates.count == 1:
                form = .store
            default: break
            }
            alignment = row.opcode.naturalAlignment
        }
        switch row.opcode {
        case .i32Const:
            form = .constant32
            result = .i32
        case .i64Const:
            form = .constant64
            result = .i64
        case .localGet: form = .localGet
        case .localSet: form = .localSet
        case .localTee: form = .localTee
        default: break
        }
    }
}

extension ValueType {
    /// The type of an operand; that of an address is known only with the memory.
    init(_ operand: Signature.Operand) {
        switch operand {
        case .i32, .address: self = .i32
        case .i64: self = .i64
        case .f32: self = .f32
        case .f64: self = .f64
        case .v128: self = .v128
        }
    }
}
