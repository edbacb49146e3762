// The floating-point part of the second definition of the vector instructions.

@testable import Wasm

/// The lanes of a result, and whether a NaN among them stands for any quiet NaN.
struct FloatReference {
    var vector: V128
    var anyNaN = false
}

/// What an instruction on floating-point lanes makes of its operands; nil where it is none.
func floatReference(_ mnemonic: String, _ a: V128, _ b: V128, _ c: V128) -> FloatReference? {
    let name = VectorMnemonic(mnemonic)
    if let conversion = conversionReference(name, a) { return conversion }
    if name.shape == "f32x4" {
        return laneReference(name, floats(a), floats(b), floats(c)) { lanes in
            Lanes(lanes.map { Int($0.bitPattern) }, width: 32).vector
        }
    }
    guard name.shape == "f64x2" else { return nil }
    return laneReference(name, doubles(a), doubles(b), doubles(c)) { lanes in
        Lanes(lanes.map { Int(bitPattern: UInt($0.bitPattern)) }, width: 64).vector
    }
}

private func floats(_ a: V128) -> [Float] {
    Lanes(a, width: 32, isSigned: false).values.map {
        Float(bitPattern: UInt32(truncatingIfNeeded: $0))
    }
}

private func doubles(_ a: V128) -> [Double] {
    Lanes(a, width: 64, isSigned: false).values.map {
        Double(bitPattern: UInt64(truncatingIfNeeded: $0))
    }
}

/// An instruction that takes lanes of one shape and gives lanes of the same.
private func laneReference<T: BinaryFloatingPoint>(
    _ name: VectorMnemonic,
    _ a: [T],
    _ b: [T],
    _ c: [T],
    _ vector: ([T]) -> V128
) -> FloatReference? {
    if let compare: (T, T) -> Bool = comparison(name.words[0]) {
        let mask = zip(a, b).map { compare($0, $1) ? -1 : 0 }
        return FloatReference(vector: Lanes(mask, width: name.width).vector)
    }
    let operation = name.words[0] == "relaxed" ? name.words[1] : name.words[0]
    let exact = ["abs", "neg", "pmin", "pmax"].contains(operation)
    if let unary: (T) -> T = unaryReference(operation) {
        return FloatReference(vector: vector(a.map(unary)), anyNaN: !exact)
    }
    if let binary: (T, T) -> T = binaryFloatReference(operation) {
        return FloatReference(vector: vector(zip(a, b).map(binary)), anyNaN: !exact)
    }
    guard operation == "madd" || operation == "nmadd" else { return nil }
    let products = zip(a, b).map { operation == "madd" ? $0 * $1 : -($0 * $1) }
    return FloatReference(vector: vector(zip(products, c).map { $0 + $1 }), anyNaN: true)
}

private func comparison<T: BinaryFloatingPoint>(_ operation: String) -> ((T, T) -> Bool)? {
    switch operation {
    case "eq": { $0 == $1 }
    case "ne": { $0 != $1 }
    case "lt": { $0 < $1 }
    case "gt": { $0 > $1 }
    case "le": { $0 <= $1 }
    case "ge": { $0 >= $1 }
    default: nil
    }
}

private func unaryReference<T: BinaryFloatingPoint>(_ operation: String) -> ((T) -> T)? {
    switch operation {
    case "abs": { $0.sign == .minus ? -$0 : $0 }
    case "neg": { -$0 }
    case "sqrt": { $0.squareRoot() }
    case "ceil": { $0.rounded(.up) }
    case "floor": { $0.rounded(.down) }
    case "trunc": { $0.rounded(.towardZero) }
    case "nearest": { $0.rounded(.toNearestOrEven) }
    default: nil
    }
}

private func binaryFloatReference<T: BinaryFloatingPoint>(_ operation: String) -> ((T, T) -> T)? {
    func minimum(_ a: T, _ b: T) -> T {
        if a.isNaN || b.isNaN { return .nan }
        if a == b { return a.sign == .minus ? a : b }
        return a < b ? a : b
    }
    switch operation {
    case "add": return { $0 + $1 }
    case "sub": return { $0 - $1 }
    case "mul": return { $0 * $1 }
    case "div": return { $0 / $1 }
    case "min": return minimum
    case "max": return { -minimum(-$0, -$1) }
    case "pmin": return { $1 < $0 ? $1 : $0 }
    case "pmax": return { $0 < $1 ? $1 : $0 }
    default: return nil
    }
}

/// An instruction that takes lanes of one kind and gives lanes of another.
private func conversionReference(_ name: VectorMnemonic, _ a: V128) -> FloatReference? {
    let integers = Lanes(a, width: 32, isSigned: name.isSigned).values
    if name.shape.hasPrefix("i"), name.words.contains("trunc") {
        let isSigned = name.words.contains("s")
        let values =
            name.words.contains { $0 == "f32x4" } ? floats(a).map(Double.init) : doubles(a)
        let result = values.map { value -> Int in
            if value.isNaN { return 0 }
            let lower = isSigned ? -0x1p31 : 0
            let upper = isSigned ? 0x1p31 - 1 : 0x1p32 - 1
            return Int(min(max(value.rounded(.towardZero), lower), upper))
        }
        return FloatReference(vector: Lanes(result, width: 32).vector)
    }
    switch name.operation {
    case "convert_i32x4_s", "convert_i32x4_u":
        let lanes = integers.map { Int(Float($0).bitPattern) }
        return FloatReference(vector: Lanes(lanes, width: 32).vector)
    case "convert_low_i32x4_s", "convert_low_i32x4_u":
        let lanes = integers.prefix(2).map { Int(bitPattern: UInt(Double($0).bitPattern)) }
        return FloatReference(vector: Lanes(lanes, width: 64).vector)
    case "promote_low_f32x4":
        let lanes = floats(a).prefix(2).map { Int(bitPattern: UInt(Double($0).bitPattern)) }
        return FloatReference(vector: Lanes(lanes, width: 64).vector, anyNaN: true)
    case "demote_f64x2_zero":
        let lanes = doubles(a).map { Int(Float($0).bitPattern) }
        return FloatReference(vector: Lanes(lanes, width: 32).vector, anyNaN: true)
    default: return nil
    }
}

/// Whether `vector` is what `reference` says.
func agrees(_ vector: V128, _ reference: FloatReference, shape: String) -> Bool {
    if vector == reference.vector { return true }
    guard reference.anyNaN else { return false }
    if shape == "f32x4" {
        return zip(floats(vector), floats(reference.vector)).allSatisfy {
            $0.bitPattern == $1.bitPattern || ($0.isNaN && $1.isNaN && !$0.isSignalingNaN)
        }
    }
    return zip(doubles(vector), doubles(reference.vector)).allSatisfy {
        $0.bitPattern == $1.bitPattern || ($0.isNaN && $1.isNaN && !$0.isSignalingNaN)
    }
}
