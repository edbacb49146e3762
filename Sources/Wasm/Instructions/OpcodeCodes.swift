// From the codes of the binary format to opcodes.

extension Opcode {
    /// The opcode with this code, nil where there is none. The prefix is 0, 0xFB, 0xFC or 0xFD.
    package init?(prefix: UInt8, code: UInt32) {
        let codes: [Opcode?]
        switch prefix {
        case 0: codes = Opcode.plain
        case 0xFB: codes = Opcode.aggregate
        case 0xFC: codes = Opcode.miscellaneous
        case 0xFD: codes = Opcode.vector
        default: return nil
        }
        guard code < codes.count, let opcode = codes[Int(code)] else { return nil }
        self = opcode
    }

    private static let plain = codes(prefix: 0)
    private static let aggregate = codes(prefix: 0xFB)
    private static let miscellaneous = codes(prefix: 0xFC)
    private static let vector = codes(prefix: 0xFD)

    private static func codes(prefix: UInt8) -> [Opcode?] {
        var codes: [Opcode?] = []
        for instruction in Instruction.all where instruction.prefix == prefix {
            while codes.count <= Int(instruction.code) { codes.append(nil) }
            codes[Int(instruction.code)] = instruction.opcode
        }
        return codes
    }
}
