// Vector operations that the interpreter calls: with a loop over the lanes, or too long to stand
// in its own loop. Spec: core/exec/numerics.

// MARK: Bytes

/// The bytes of `a` at the places that `b` holds; 0 where that is no place.
@inline(never)
func swizzle(_ a: V128, _ b: V128) -> V128 {
    var result = V128()
    for lane in 0..<16 where b[lane] < 16 { result[lane] = a[Int(b[lane] & 15)] }
    return result
}

/// The bytes of `a` and then `b` at the places that `lanes` holds, each below 32.
@inline(never)
func shuffle(_ a: V128, _ b: V128, lanes: V128) -> V128 {
    let both = SIMD32<UInt8>(lowHalf: a, highHalf: b)
    var result = V128()
    for lane in 0..<16 { result[lane] = both[Int(lanes[lane] & 31)] }
    return result
}

@inline(never)
func populationCount(_ a: V128) -> V128 {
    let pairs = a &- and(shiftRight(u16x8(a), 1), V128(repeating: 0x55))
    let low = V128(repeating: 0x33)
    let nibbles = and(pairs, low) &+ and(shiftRight(u16x8(pairs), 2), low)
    return and(nibbles &+ shiftRight(u16x8(nibbles), 4), V128(repeating: 0x0F))
}

// MARK: The lanes' highest bits

@inline(never)
func bitmask(_ a: SIMD16<Int8>) -> UInt32 {
    bitmask(u64x2(vector(a))[0]) | bitmask(u64x2(vector(a))[1]) << 8
}

/// The highest bits of eight bytes: the product brings each to its place in the highest byte.
@inline(__always)
private func bitmask(_ bytes: UInt64) -> UInt32 {
    let bits = bytes >> 7 & 0x0101_0101_0101_0101
    return UInt32(truncatingIfNeeded: (bits &* 0x0102_0408_1020_4080) >> 56)
}

@inline(never)
func bitmask(_ a: SIMD8<Int16>) -> UInt32 {
    bitmask(u64x2(narrowed(a, SIMD8()))[0])
}

@inline(never)
func bitmask(_ a: SIMD4<Int32>) -> UInt32 {
    let low = u64x2(vector(a))[0]
    let high = u64x2(vector(a))[1]
    let bits = low >> 31 & 1 | low >> 62 & 2 | high >> 29 & 4 | high >> 60 & 8
    return UInt32(truncatingIfNeeded: bits)
}

@inline(never)
func bitmask(_ a: SIMD2<Int64>) -> UInt32 { bit(a[0] < 0) | bit(a[1] < 0) << 1 }

// MARK: Fixed-point and dot products

/// The product of numbers with 15 bits after the point, rounded and saturated.
@inline(never)
func q15Product(_ a: SIMD8<Int16>, _ b: SIMD8<Int16>) -> V128 {
    let rounding = SIMD4<Int32>(repeating: 0x4000)
    let lower = i32x4(shiftRight(extended(low(a)) &* extended(low(b)) &+ rounding, 15))
    let upper = i32x4(shiftRight(extended(high(a)) &* extended(high(b)) &+ rounding, 15))
    return narrowed(lower, upper)
}

/// The sums of neighbouring lanes' products, in lanes of twice the width, modulo that width.
@inline(never)
func dotProduct(_ a: SIMD16<Int8>, _ b: SIMD16<Int8>) -> V128 {
    vector(
        extended(a.evenHalf) &* extended(b.evenHalf)
            &+ extended(a.oddHalf) &* extended(b.oddHalf)
    )
}

// MARK: Rounding, by the means that ScalarOperations.swift explains

@inline(never)
func nearest(_ a: SIMD4<Float>) -> V128 { vector(rounded(a)) }

@inline(never)
func nearest(_ a: SIMD2<Double>) -> V128 { vector(rounded(a)) }

@inline(never)
func ceiling(_ a: SIMD4<Float>) -> V128 {
    let near = rounded(a)
    let step = and(less(near, a), splat(1 as Float))
    return copySign(near + f32x4(step), a)
}

@inline(never)
func ceiling(_ a: SIMD2<Double>) -> V128 {
    let near = rounded(a)
    let step = and(less(near, a), splat(1 as Double))
    return copySign(near + f64x2(step), a)
}

@inline(never)
func floored(_ a: SIMD4<Float>) -> V128 {
    let near = rounded(a)
    return subtract(near, f32x4(and(less(a, near), splat(1 as Float))))
}

@inline(never)
func floored(_ a: SIMD2<Double>) -> V128 {
    let near = rounded(a)
    return subtract(near, f64x2(and(less(a, near), splat(1 as Double))))
}

@inline(never)
func truncated(_ a: SIMD4<Float>) -> V128 {
    let magnitude = f32x4(absolute(a))
    let near = rounded(magnitude)
    return copySign(near - f32x4(and(less(magnitude, near), splat(1 as Float))), a)
}

@inline(never)
func truncated(_ a: SIMD2<Double>) -> V128 {
    let magnitude = f64x2(absolute(a))
    let near = rounded(magnitude)
    return copySign(near - f64x2(and(less(magnitude, near), splat(1 as Double))), a)
}

@inline(__always)
private func rounded(_ a: SIMD4<Float>) -> SIMD4<Float> {
    let magnitude = f32x4(absolute(a))
    let limit = SIMD4<Float>(repeating: 0x1p23)
    let near = copySign((magnitude + limit) - limit, a)
    return f32x4(bitSelect(vector(a), near, lessOrEqual(limit, magnitude)))
}

@inline(__always)
private func rounded(_ a: SIMD2<Double>) -> SIMD2<Double> {
    let magnitude = f64x2(absolute(a))
    let limit = SIMD2<Double>(repeating: 0x1p52)
    let near = copySign((magnitude + limit) - limit, a)
    return f64x2(bitSelect(vector(a), near, lessOrEqual(limit, magnitude)))
}

@inline(__always)
private func copySign(_ a: SIMD4<Float>, _ b: SIMD4<Float>) -> V128 {
    bitSelect(vector(b), vector(a), splat(0x8000_0000 as UInt32))
}

@inline(__always)
private func copySign(_ a: SIMD2<Double>, _ b: SIMD2<Double>) -> V128 {
    bitSelect(vector(b), vector(a), splat(0x8000_0000_0000_0000 as UInt64))
}

// MARK: Conversions

@inline(never)
func saturatingSigned(_ a: SIMD4<Float>) -> V128 {
    let limit = SIMD4<Float>(repeating: 0x1p31)
    let inside = f32x4(and(vector(a), and(less(a, limit), lessOrEqual(-limit, a))))
    let result = SIMD4(
        Int32(inside[0]),
        Int32(inside[1]),
        Int32(inside[2]),
        Int32(inside[3])
    )
    let above = and(lessOrEqual(limit, a), vector(SIMD4<Int32>(repeating: .max)))
    let below = and(less(a, -limit), vector(SIMD4<Int32>(repeating: .min)))
    return or(or(vector(result), above), below)
}

@inline(never)
func saturatingUnsigned(_ a: SIMD4<Float>) -> V128 {
    let limit = SIMD4<Float>(repeating: 0x1p32)
    let inside = f32x4(and(vector(a), and(less(a, limit), lessOrEqual(SIMD4(), a))))
    let result = SIMD4(
        UInt32(inside[0]),
        UInt32(inside[1]),
        UInt32(inside[2]),
        UInt32(inside[3])
    )
    return or(vector(result), lessOrEqual(limit, a))
}

/// In the low lanes; the high ones are zero.
@inline(never)
func saturatingSigned(_ a: SIMD2<Double>) -> V128 {
    vector(SIMD4<Int32>(saturating(a[0]), saturating(a[1]), 0, 0))
}

/// In the low lanes; the high ones are zero.
@inline(never)
func saturatingUnsigned(_ a: SIMD2<Double>) -> V128 {
    vector(SIMD4<UInt32>(saturating(a[0]), saturating(a[1]), 0, 0))
}

@inline(never)
func converted(_ a: SIMD4<UInt32>) -> V128 { vector(SIMD4<Float>(a)) }
