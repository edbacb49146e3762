// Vector operations on floating-point lanes. Spec: core/exec/numerics.
//
// As in VectorOperations.swift, each is always inlined.

// MARK: Comparisons, with a lane of ones where they hold

@inline(__always)
func equal(_ a: SIMD4<Float>, _ b: SIMD4<Float>) -> V128 { vector(a .== b) }

@inline(__always)
func equal(_ a: SIMD2<Double>, _ b: SIMD2<Double>) -> V128 { vector(a .== b) }

@inline(__always)
func less(_ a: SIMD4<Float>, _ b: SIMD4<Float>) -> V128 { vector(a .< b) }

@inline(__always)
func less(_ a: SIMD2<Double>, _ b: SIMD2<Double>) -> V128 { vector(a .< b) }

@inline(__always)
func lessOrEqual(_ a: SIMD4<Float>, _ b: SIMD4<Float>) -> V128 { vector(a .<= b) }

@inline(__always)
func lessOrEqual(_ a: SIMD2<Double>, _ b: SIMD2<Double>) -> V128 { vector(a .<= b) }

// MARK: Arithmetic

@inline(__always)
func add<T: SIMD>(_ a: T, _ b: T) -> V128 where T.Scalar: FloatingPoint { vector(a + b) }

@inline(__always)
func subtract<T: SIMD>(_ a: T, _ b: T) -> V128 where T.Scalar: FloatingPoint { vector(a - b) }

@inline(__always)
func multiply<T: SIMD>(_ a: T, _ b: T) -> V128 where T.Scalar: FloatingPoint { vector(a * b) }

@inline(__always)
func divide<T: SIMD>(_ a: T, _ b: T) -> V128 where T.Scalar: FloatingPoint { vector(a / b) }

/// `a * b + c`, each operation rounded.
@inline(__always)
func multiplyAdd<T: SIMD>(_ a: T, _ b: T, _ c: T) -> V128 where T.Scalar: FloatingPoint {
    vector(a * b + c)
}

/// `-(a * b) + c`, each operation rounded.
@inline(__always)
func negatedMultiplyAdd<T: SIMD>(_ a: T, _ b: T, _ c: T) -> V128 where T.Scalar: FloatingPoint {
    vector(c - a * b)
}

@inline(__always)
func absolute(_ a: SIMD4<Float>) -> V128 {
    and(vector(a), splat(0x7FFF_FFFF as UInt32))
}

@inline(__always)
func absolute(_ a: SIMD2<Double>) -> V128 {
    and(vector(a), splat(0x7FFF_FFFF_FFFF_FFFF as UInt64))
}

@inline(__always)
func negated(_ a: SIMD4<Float>) -> V128 {
    xor(vector(a), splat(0x8000_0000 as UInt32))
}

@inline(__always)
func negated(_ a: SIMD2<Double>) -> V128 {
    xor(vector(a), splat(0x8000_0000_0000_0000 as UInt64))
}

@inline(__always)
func squareRoot(_ a: SIMD4<Float>) -> V128 { vector(a.squareRoot()) }

@inline(__always)
func squareRoot(_ a: SIMD2<Double>) -> V128 { vector(a.squareRoot()) }

// MARK: Minimum and maximum

/// `b` where it is less than `a`, else `a`.
@inline(__always)
func pseudoMinimum(_ a: SIMD4<Float>, _ b: SIMD4<Float>) -> V128 {
    bitSelect(vector(b), vector(a), less(b, a))
}

@inline(__always)
func pseudoMinimum(_ a: SIMD2<Double>, _ b: SIMD2<Double>) -> V128 {
    bitSelect(vector(b), vector(a), less(b, a))
}

/// `b` where it is greater than `a`, else `a`.
@inline(__always)
func pseudoMaximum(_ a: SIMD4<Float>, _ b: SIMD4<Float>) -> V128 {
    bitSelect(vector(b), vector(a), less(a, b))
}

@inline(__always)
func pseudoMaximum(_ a: SIMD2<Double>, _ b: SIMD2<Double>) -> V128 {
    bitSelect(vector(b), vector(a), less(a, b))
}

/// The lesser, -0 being below 0; a quiet NaN where one operand is a NaN.
///
/// The two orders of the pseudo-minimum differ in a zero's sign, which the disjunction finds.
@inline(__always)
func minimum(_ a: SIMD4<Float>, _ b: SIMD4<Float>) -> V128 {
    let lesser = or(pseudoMinimum(a, b), pseudoMinimum(b, a))
    return bitSelect(lesser, add(a, b), ordered(a, b))
}

@inline(__always)
func minimum(_ a: SIMD2<Double>, _ b: SIMD2<Double>) -> V128 {
    let lesser = or(pseudoMinimum(a, b), pseudoMinimum(b, a))
    return bitSelect(lesser, add(a, b), ordered(a, b))
}

/// The greater, 0 being above -0; a quiet NaN where one operand is a NaN.
@inline(__always)
func maximum(_ a: SIMD4<Float>, _ b: SIMD4<Float>) -> V128 {
    let greater = and(pseudoMaximum(a, b), pseudoMaximum(b, a))
    return bitSelect(greater, add(a, b), ordered(a, b))
}

@inline(__always)
func maximum(_ a: SIMD2<Double>, _ b: SIMD2<Double>) -> V128 {
    let greater = and(pseudoMaximum(a, b), pseudoMaximum(b, a))
    return bitSelect(greater, add(a, b), ordered(a, b))
}

/// Ones where neither is a NaN.
@inline(__always)
private func ordered(_ a: SIMD4<Float>, _ b: SIMD4<Float>) -> V128 {
    and(equal(a, a), equal(b, b))
}

@inline(__always)
private func ordered(_ a: SIMD2<Double>, _ b: SIMD2<Double>) -> V128 {
    and(equal(a, a), equal(b, b))
}

// MARK: Conversions

@inline(__always)
func converted(_ a: SIMD4<Int32>) -> V128 { vector(SIMD4<Float>(a)) }

@inline(__always)
func convertedLow(_ a: SIMD4<Int32>) -> V128 { vector(SIMD2<Double>(a.lowHalf)) }

@inline(__always)
func convertedLow(_ a: SIMD4<UInt32>) -> V128 { vector(SIMD2<Double>(a.lowHalf)) }

@inline(__always)
func promotedLow(_ a: SIMD4<Float>) -> V128 { vector(SIMD2<Double>(a.lowHalf)) }

@inline(__always)
func demotedZero(_ a: SIMD2<Double>) -> V128 {
    vector(SIMD4<Float>(lowHalf: SIMD2<Float>(a), highHalf: SIMD2()))
}
