import Testing

@testable import Wasm

/// The vector operations of the instruction table, each against a slow definition of its own, on
/// random operands and on those at the edges of their types. Spec: core/exec/numerics.
struct VectorOperationTests {
    /// The vector instructions whose semantics the table gives.
    static let opcodes = Opcode.allCases.filter {
        perform($0, V128(), V128(), V128(), lane: 0) != nil
    }

    @Test("every plain vector instruction is here")
    func coverage() {
        let plain = Instruction.all.filter { $0.prefix == 0xFD && $0.signature != nil }
        #expect(Set(plain.map(\.opcode)) == Set(VectorOperationTests.opcodes))
    }

    @Test("an instruction agrees with its second definition", arguments: opcodes)
    func agreement(_ opcode: Opcode) {
        let mnemonic = opcode.instruction.mnemonic
        let name = VectorMnemonic(mnemonic)
        var source = VectorSource(seed: UInt64(opcode.rawValue))
        for _ in 0..<400 {
            let (a, b, c) = (source.next(), source.next(), source.next())
            let lane = source.lane(of: mnemonic)
            guard let result = perform(opcode, a, b, c, lane: lane) else { continue }
            if let expected = integerReference(mnemonic, a, b, c, lane: lane) {
                #expect(result == expected, "\(mnemonic) of \(a), \(b), \(c), lane \(lane)")
            } else if let expected = floatReference(mnemonic, a, b, c) {
                let agreed = agrees(result, expected, shape: name.shape)
                #expect(agreed, "\(mnemonic) of \(a), \(b), \(c): \(result)")
            } else {
                Issue.record("no second definition of \(mnemonic)")
            }
        }
    }

    @Test("a shuffle takes bytes from both vectors")
    func shuffling() {
        var source = VectorSource(seed: 1)
        for _ in 0..<400 {
            let (a, b) = (source.next(), source.next())
            let lanes = source.next() & V128(repeating: 31)
            let result = shuffle(a, b, lanes: lanes)
            for lane in 0..<16 {
                let place = Int(lanes[lane])
                #expect(result[lane] == (place < 16 ? a[place] : b[place - 16]))
            }
        }
    }
}

/// Vectors for tests, the same from the same seed: random bytes, or lanes from the edges.
struct VectorSource {
    private var state: UInt64

    init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 0x2545_F491_4F6C_DD1D }

    private mutating func random() -> UInt64 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return state &* 0x2545_F491_4F6C_DD1D
    }

    private mutating func pick<T>(_ values: [T]) -> T { values[Int(random() >> 33) % values.count] }

    mutating func next() -> V128 {
        switch random() >> 61 {
        case 0: return Lanes((0..<16).map { _ in pick(VectorSource.integers) }, width: 8).vector
        case 1: return Lanes((0..<8).map { _ in pick(VectorSource.integers) }, width: 16).vector
        case 2: return Lanes((0..<4).map { _ in pick(VectorSource.integers) }, width: 32).vector
        case 3: return Lanes((0..<2).map { _ in pick(VectorSource.integers) }, width: 64).vector
        case 4, 5:
            let lanes = (0..<4).map { _ in Int(pick(VectorSource.floats)) }
            return Lanes(lanes, width: 32).vector
        case 6:
            let lanes = (0..<2).map { _ in
                Int(bitPattern: UInt(pick(VectorSource.doubles)))
            }
            return Lanes(lanes, width: 64).vector
        default: return u8x16(vector(SIMD2(random(), random())))
        }
    }

    /// A lane that the instruction may name.
    mutating func lane(of mnemonic: String) -> Int {
        let digits = mnemonic.hasPrefix("v128.") ? mnemonic.dropFirst(5) : mnemonic.dropFirst(0)
        let width = Int(digits.drop { !$0.isNumber }.prefix { $0.isNumber }) ?? 64
        return Int(random() >> 33) % max(128 / width, 1)
    }

    private static let integers: [Int] = {
        let small: [Int] = [0, 1, 2, 3, 5, 7, 15, 16, 17, 31, 63, -1, -2, -3, 0x55]
        let powers: [Int] = [7, 8, 15, 16, 31, 32, 63]
        return small
            + powers.flatMap { (power: Int) -> [Int] in
                let top: Int = 1 << power
                return [top &- 1, top, -(1 << (power - 1)) - 1]
            }
    }()

    private static let doubles: [UInt64] = {
        let numbers: [Double] = [
            0, 0.25, 0.5, 0.75, 1, 1.5, 2.5, 3.5, 1e10, 1e300, 0x1p-1074, 2.2250738585072014e-308,
            0x1p31, 0x7FFF_FFFF, 0x7FFF_FFFF.8p0, 0x8000_0001, 0x1p32, 0xFFFF_FFFF.8p0, 0x1p52,
            0xF_FFFF_FFFF_FFFF.8p0, 0x1p63, .infinity, .greatestFiniteMagnitude, .pi,
        ]
        let nans: [UInt64] = [
            0x7FF8_0000_0000_0000, 0xFFF8_0000_0000_0000, 0x7FF0_0000_0000_0001,
            0xFFF4_0000_0000_0000, 0x7FFF_FFFF_FFFF_FFFF,
        ]
        return numbers.map(\.bitPattern) + numbers.map { (-$0).bitPattern } + nans
    }()

    private static let floats: [UInt32] = {
        let numbers: [Float] = [
            0, 0.25, 0.5, 0.75, 1, 1.5, 2.5, 3.5, 1e10, 1e30, 0x1p-149, 1.1754944e-38,
            0x1p31, 0x7FFF_FF80, 0x1p32, 0xFFFF_FF00, 0x1p23, 0x7F_FFFF.8p0, 0xFF_FFFF, 0x1p63,
            .infinity, .greatestFiniteMagnitude, .pi,
        ]
        let nans: [UInt32] = [0x7FC0_0000, 0xFFC0_0000, 0x7F80_0001, 0xFFA0_0000, 0x7FFF_FFFF]
        return numbers.map(\.bitPattern) + numbers.map { (-$0).bitPattern } + nans
    }()
}
