// A second, slow definition of the vector instructions, read off the specification and off the
// mnemonics, which VectorOperationTests compares with the first.

@testable import Wasm

/// A vector as a list of lanes that are sign-extended or zero-extended to 64 bits.
struct Lanes {
    var width: Int
    var values: [Int]

    init(_ vector: V128, width: Int, isSigned: Bool) {
        self.width = width
        let bytes = width / 8
        values = (0..<16 / bytes).map { lane in
            var value: UInt64 = 0
            for byte in 0..<bytes {
                value |= UInt64(vector[lane * bytes + byte]) << UInt64(8 * byte)
            }
            let unused = 64 - width
            let top = Int(truncatingIfNeeded: value << UInt64(unused))
            return isSigned ? top >> unused : Int(truncatingIfNeeded: value)
        }
    }

    init(_ values: [Int], width: Int) {
        self.width = width
        self.values = values
    }

    var vector: V128 {
        var result = V128()
        for (lane, value) in values.enumerated() {
            for byte in 0..<width / 8 {
                result[lane * width / 8 + byte] = UInt8(truncatingIfNeeded: value >> (8 * byte))
            }
        }
        return result
    }
}

/// What the mnemonic of a vector instruction says.
struct VectorMnemonic {
    /// Before the point: `i8x16`, `v128`.
    let shape: String
    /// After the point: `add_sat_s`, `extend_low_i8x16_s`.
    let operation: String
    /// The parts of the operation between underscores.
    let words: [String]
    let width: Int

    init(_ mnemonic: String) {
        let parts = mnemonic.split(separator: ".")
        shape = String(parts[0])
        operation = String(parts[1])
        words = operation.split(separator: "_").map(String.init)
        width = VectorMnemonic.width(shape)
    }

    var isSigned: Bool { words.last != "u" }

    /// 32 of `i32x4`; 128 of `v128`.
    static func width(_ shape: String) -> Int {
        Int(shape.dropFirst().prefix { $0.isNumber }) ?? 0
    }
}

/// What an integer or lane instruction makes of its operands; nil where it is none.
func integerReference(_ mnemonic: String, _ a: V128, _ b: V128, _ c: V128, lane: Int) -> V128? {
    let name = VectorMnemonic(mnemonic)
    if name.shape == "v128" || name.words.contains("lane") || name.words[0] == "splat" {
        return movementReference(name, a, b, c, lane: lane)
    }
    guard name.shape.hasPrefix("i") else { return nil }
    if let source = name.words.first(where: { $0.contains("x") && $0.hasPrefix("i") }) {
        return crossWidthReference(name, source, a, b, c)
    }
    let x = Lanes(a, width: name.width, isSigned: name.isSigned)
    let y = Lanes(b, width: name.width, isSigned: name.isSigned)
    if let operation = binaryReference(name) {
        return Lanes(zip(x.values, y.values).map(operation), width: name.width).vector
    }
    let count = Int(u32x4(b)[0] % UInt32(name.width))
    switch name.words[0] {
    case "abs": return Lanes(x.values.map { $0 < 0 ? 0 &- $0 : $0 }, width: name.width).vector
    case "neg": return Lanes(x.values.map { 0 &- $0 }, width: name.width).vector
    case "popcnt": return Lanes(x.values.map { ($0 & 0xFF).nonzeroBitCount }, width: 8).vector
    case "shl": return Lanes(x.values.map { $0 << count }, width: name.width).vector
    case "shr":
        return Lanes(
            x.values.map {
                name.isSigned ? $0 >> count : Int(bitPattern: UInt(bitPattern: $0) >> UInt(count))
            },
            width: name.width
        ).vector
    case "all": return zeroExtended(x.values.allSatisfy { $0 != 0 } ? 1 : 0 as UInt32)
    case "bitmask":
        let bits = x.values.enumerated().map { $1 < 0 ? UInt32(1) << UInt32($0) : 0 }
        return zeroExtended(bits.reduce(0, |))
    case "swizzle",
        "relaxed" where name.words.last == "swizzle":
        let places = Lanes(b, width: 8, isSigned: false).values
        return Lanes(places.map { $0 < 16 ? x.values[$0] : 0 }, width: 8).vector
    case "relaxed" where name.words.last == "laneselect": return (a & c) | (b & ~c)
    default: return nil
    }
}

/// An operation on two lanes of 8, 16, 32 or 64 bits.
private func binaryReference(_ name: VectorMnemonic) -> ((Int, Int) -> Int)? {
    let lower = name.isSigned ? -1 << (name.width - 1) : 0
    let upper = name.isSigned ? ~lower : (1 << name.width) - 1
    func clamped(_ value: Int) -> Int { min(max(value, lower), upper) }
    switch name.words[0] {
    case "add": return name.words.contains("sat") ? { clamped($0 + $1) } : { $0 &+ $1 }
    case "sub": return name.words.contains("sat") ? { clamped($0 - $1) } : { $0 &- $1 }
    case "mul": return { $0 &* $1 }
    case "min": return { min($0, $1) }
    case "max": return { max($0, $1) }
    case "avgr": return { ($0 + $1 + 1) / 2 }
    case "eq": return { $0 == $1 ? -1 : 0 }
    case "ne": return { $0 != $1 ? -1 : 0 }
    case "lt": return { $0 < $1 ? -1 : 0 }
    case "gt": return { $0 > $1 ? -1 : 0 }
    case "le": return { $0 <= $1 ? -1 : 0 }
    case "ge": return { $0 >= $1 ? -1 : 0 }
    case "q15mulr",
        "relaxed" where name.words.contains("q15mulr"):
        return { min(($0 * $1 + 0x4000) >> 15, 32767) }
    default: return nil
    }
}

/// An instruction whose operands have lanes of another width than its result: those of `source`.
private func crossWidthReference(
    _ name: VectorMnemonic,
    _ source: String,
    _ a: V128,
    _ b: V128,
    _ c: V128
) -> V128? {
    let width = VectorMnemonic.width(source)
    let isSigned = name.words[0] == "narrow" || name.words.last == "s" || name.words[0] == "dot"
    let x = Lanes(a, width: width, isSigned: isSigned).values
    let y = Lanes(b, width: width, isSigned: isSigned).values
    let half = name.words.contains("high") ? x.count / 2..<x.count : 0..<x.count / 2
    func pairs(_ values: [Int]) -> [Int] {
        (0..<values.count / 2).map { (pair: Int) -> Int in
            values[2 * pair] &+ values[2 * pair + 1]
        }
    }
    let products = zip(x, y).map { $0 &* $1 }
    switch name.words[0] {
    case "narrow":
        let upper = name.isSigned ? 1 << (name.width - 1) : 1 << name.width
        let lower = name.isSigned ? -upper : 0
        return Lanes((x + y).map { min(max($0, lower), upper - 1) }, width: name.width).vector
    case "extend": return Lanes(Array(x[half]), width: name.width).vector
    case "extmul": return Lanes(Array(products[half]), width: name.width).vector
    case "extadd": return Lanes(pairs(x), width: name.width).vector
    case "dot": return Lanes(pairs(products), width: name.width).vector
    case "relaxed" where name.words.contains("dot"):
        let dot = Lanes(Lanes(pairs(products), width: 16).vector, width: 16, isSigned: true)
        guard name.words.contains("add") else { return dot.vector }
        let sums = zip(pairs(dot.values), Lanes(c, width: 32, isSigned: true).values)
        return Lanes(sums.map { $0 + $1 }, width: 32).vector
    default: return nil
    }
}

/// An instruction on bits, or one that moves lanes.
private func movementReference(
    _ name: VectorMnemonic,
    _ a: V128,
    _ b: V128,
    _ c: V128,
    lane: Int
) -> V128? {
    let first = name.words[0]
    let width = Int(first.drop { !$0.isNumber }.prefix { $0.isNumber }) ?? min(name.width, 64)
    var result = Lanes(a, width: width, isSigned: name.words.last == "s").values
    switch first {
    case "not": return ~a
    case "and": return a & b
    case "andnot": return a & ~b
    case "or": return a | b
    case "xor": return a ^ b
    case "bitselect": return (a & c) | (b & ~c)
    case "any": return zeroExtended(a == V128() ? 0 : 1 as UInt32)
    case "load", "store": return a
    case "splat": return Lanes(result.map { _ in result[0] }, width: width).vector
    case "extract":
        return Lanes([result[lane] & (width == 64 ? -1 : 0xFFFF_FFFF)], width: 64).vector
    case "replace":
        result[lane] = Lanes(b, width: width, isSigned: false).values[0]
        return Lanes(result, width: width).vector
    default: break
    }
    switch name.words.dropFirst().first {
    case "splat": return Lanes(result.map { _ in result[0] }, width: width).vector
    case "zero": return Lanes([result[0]], width: width).vector
    case "lane" where first.hasPrefix("store"): return Lanes([result[lane]], width: width).vector
    case "lane":
        var target = Lanes(b, width: width, isSigned: false)
        target.values[lane] = result[0]
        return target.vector
    case "s", "u": return Lanes(Array(result.prefix(result.count / 2)), width: 2 * width).vector
    default: return nil
    }
}
