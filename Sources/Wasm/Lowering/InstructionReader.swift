/// Reads the instructions of a validated body.
///
/// Validation has read the same bytes, so that nothing here can be malformed; a read past the end
/// gives zeros.
struct InstructionReader {
    let bytes: [UInt8]
    var position: Int

    mutating func byte() -> UInt8 {
        guard position < bytes.count else { return 0 }
        defer { position += 1 }
        return bytes[position]
    }

    mutating func u32() -> UInt32 { UInt32(truncatingIfNeeded: u64()) }

    mutating func u64() -> UInt64 {
        var result: UInt64 = 0
        var shift: UInt64 = 0
        while true {
            let next = byte()
            result |= UInt64(next & 0x7F) &<< shift
            if next < 0x80 { return result }
            shift &+= 7
        }
    }

    mutating func s64() -> Int64 {
        var result: Int64 = 0
        var shift: Int64 = 0
        while true {
            let next = byte()
            result |= Int64(next & 0x7F) &<< shift
            shift &+= 7
            if next < 0x80 {
                return shift < 64 && next & 0x40 != 0 ? result | -1 &<< shift : result
            }
        }
    }

    /// `count` bytes, at most eight, as a little-endian number.
    mutating func fixed(_ count: Int) -> UInt64 {
        var result: UInt64 = 0
        for index in 0..<count { result |= UInt64(byte()) << UInt64(8 * index) }
        return result
    }

    /// The next instruction; nil only past the end.
    mutating func opcode() -> Opcode? {
        let first = byte()
        guard first >= 0xFB && first <= 0xFD else { return Opcode(prefix: 0, code: UInt32(first)) }
        return Opcode(prefix: first, code: u32())
    }

    /// A block's type. Spec: core/binary/instructions#binary-blocktype
    mutating func blockType() -> BlockType {
        let start = position
        switch byte() {
        case 0x40: return .empty
        case let code where code >= 0x40 && code < 0x80:
            position = start
            return .value(valueType())
        default:
            position = start
            return .type(TypeIndex(truncatingIfNeeded: s64()))
        }
    }

    /// A value type; of a reference only that it is one.
    mutating func valueType() -> ValueType {
        switch byte() {
        case 0x7F: return .i32
        case 0x7E: return .i64
        case 0x7D: return .f32
        case 0x7C: return .f64
        case 0x7B: return .v128
        case 0x63, 0x64:
            _ = s64()
            return .externref
        default: return .externref
        }
    }

    /// An address's immediates. Spec: core/binary/instructions#binary-memarg
    mutating func memarg() -> (memory: UInt32, offset: UInt64) {
        let flags = u32()
        let memory = flags & 0x40 != 0 ? u32() : 0
        return (memory, u64())
    }

    /// Passes over the immediates of `opcode`.
    mutating func skipImmediates(of opcode: Opcode) {
        for immediate in opcode.instruction.immediates { skip(immediate) }
    }

    private mutating func skip(_ immediate: Immediate) {
        switch immediate {
        case .blockType: _ = blockType()
        case .labels: for _ in 0...u32() { _ = u32() }
        case .catches:
            for _ in 0..<u32() {
                if byte() < 2 { _ = u32() }
                _ = u32()
            }
        case .label, .function, .type, .table, .memory, .local, .global, .tag, .element, .data,
            .field, .count:
            _ = u32()
        case .castFlags, .lane: _ = byte()
        case .valueTypes: for _ in 0..<u32() { _ = valueType() }
        case .heapType, .i32, .i64: _ = s64()
        case .memarg: _ = memarg()
        case .f32: position += 4
        case .f64: position += 8
        case .lanes, .v128: position += 16
        }
    }
}
