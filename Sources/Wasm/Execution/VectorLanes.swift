// Vector operations that make, pick, move, widen and narrow lanes. Spec: core/exec/numerics.
//
// As in VectorOperations.swift, each is always inlined. `lane` is within the shape's lanes, as
// validation has seen to; the mask on it says so to the compiler.

// MARK: One lane

@inline(__always)
func splat(_ a: UInt8) -> V128 { SIMD16(repeating: a) }

@inline(__always)
func splat(_ a: UInt16) -> V128 { vector(SIMD8(repeating: a)) }

@inline(__always)
func splat(_ a: UInt32) -> V128 { vector(SIMD4(repeating: a)) }

@inline(__always)
func splat(_ a: UInt64) -> V128 { vector(SIMD2(repeating: a)) }

@inline(__always)
func splat(_ a: Float) -> V128 { vector(SIMD4(repeating: a)) }

@inline(__always)
func splat(_ a: Double) -> V128 { vector(SIMD2(repeating: a)) }

/// A vector with `a` in its lowest lane and zeros in the others.
@inline(__always)
func zeroExtended(_ a: UInt32) -> V128 { vector(SIMD4(a, 0, 0, 0)) }

/// A vector with `a` in its lower lane and zero in the other.
@inline(__always)
func zeroExtended(_ a: UInt64) -> V128 { vector(SIMD2(a, 0)) }

@inline(__always)
func extractLane<T: SIMD>(_ a: T, _ lane: Int) -> T.Scalar { a[lane & (T.scalarCount - 1)] }

@inline(__always)
func replaceLane<T: SIMD>(_ a: T, _ lane: Int, _ value: T.Scalar) -> V128 {
    var result = a
    result[lane & (T.scalarCount - 1)] = value
    return vector(result)
}

// MARK: Halves

@inline(__always)
func low<T>(_ a: SIMD16<T>) -> SIMD8<T> { a.lowHalf }

@inline(__always)
func low<T>(_ a: SIMD8<T>) -> SIMD4<T> { a.lowHalf }

@inline(__always)
func low<T>(_ a: SIMD4<T>) -> SIMD2<T> { a.lowHalf }

@inline(__always)
func high<T>(_ a: SIMD16<T>) -> SIMD8<T> { a.highHalf }

@inline(__always)
func high<T>(_ a: SIMD8<T>) -> SIMD4<T> { a.highHalf }

@inline(__always)
func high<T>(_ a: SIMD4<T>) -> SIMD2<T> { a.highHalf }

// MARK: Lanes of twice the width

/// The lanes of `a`, cut or extended to the width of the result's.
@inline(__always)
func resized<From: SIMD, To: SIMD>(_ a: From) -> To
where From.Scalar: FixedWidthInteger, To.Scalar: FixedWidthInteger {
    var result = To()
    for lane in result.indices { result[lane] = To.Scalar(truncatingIfNeeded: a[lane]) }
    return result
}

@inline(__always)
func extended(_ a: SIMD8<Int8>) -> SIMD8<Int16> { resized(a) }

@inline(__always)
func extended(_ a: SIMD8<UInt8>) -> SIMD8<UInt16> { resized(a) }

@inline(__always)
func extended(_ a: SIMD4<Int16>) -> SIMD4<Int32> { resized(a) }

@inline(__always)
func extended(_ a: SIMD4<UInt16>) -> SIMD4<UInt32> { resized(a) }

@inline(__always)
func extended(_ a: SIMD2<Int32>) -> SIMD2<Int64> { resized(a) }

@inline(__always)
func extended(_ a: SIMD2<UInt32>) -> SIMD2<UInt64> { resized(a) }

/// The sums of neighbouring lanes, in lanes of twice the width.
@inline(__always)
func pairwiseSums(_ a: SIMD16<Int8>) -> V128 {
    vector(extended(a.evenHalf) &+ extended(a.oddHalf))
}

@inline(__always)
func pairwiseSums(_ a: SIMD16<UInt8>) -> V128 {
    vector(extended(a.evenHalf) &+ extended(a.oddHalf))
}

@inline(__always)
func pairwiseSums(_ a: SIMD8<Int16>) -> V128 {
    vector(extended(a.evenHalf) &+ extended(a.oddHalf))
}

@inline(__always)
func pairwiseSums(_ a: SIMD8<UInt16>) -> V128 {
    vector(extended(a.evenHalf) &+ extended(a.oddHalf))
}

/// The sums of neighbouring lanes' products, in lanes of twice the width.
@inline(__always)
func dotProduct(_ a: SIMD8<Int16>, _ b: SIMD8<Int16>) -> V128 {
    vector(
        extended(a.evenHalf) &* extended(b.evenHalf)
            &+ extended(a.oddHalf) &* extended(b.oddHalf)
    )
}

// MARK: Lanes of half the width, the nearest that it can hold

@inline(__always)
private func clamped<T: SIMD>(_ a: T, _ lower: T.Scalar, _ upper: T.Scalar) -> T
where T.Scalar: FixedWidthInteger {
    lesser(greater(a, T(repeating: lower)), T(repeating: upper))
}

/// To signed lanes.
@inline(__always)
func narrowed(_ a: SIMD8<Int16>, _ b: SIMD8<Int16>) -> V128 {
    vector(
        resized(SIMD16(lowHalf: clamped(a, -128, 127), highHalf: clamped(b, -128, 127)))
            as SIMD16<Int8>
    )
}

/// To unsigned lanes.
@inline(__always)
func narrowedUnsigned(_ a: SIMD8<Int16>, _ b: SIMD8<Int16>) -> V128 {
    vector(
        resized(SIMD16(lowHalf: clamped(a, 0, 255), highHalf: clamped(b, 0, 255)))
            as SIMD16<UInt8>
    )
}

/// To signed lanes.
@inline(__always)
func narrowed(_ a: SIMD4<Int32>, _ b: SIMD4<Int32>) -> V128 {
    vector(
        resized(clamped(SIMD8(lowHalf: a, highHalf: b), -32768, 32767)) as SIMD8<Int16>
    )
}

/// To unsigned lanes.
@inline(__always)
func narrowedUnsigned(_ a: SIMD4<Int32>, _ b: SIMD4<Int32>) -> V128 {
    vector(resized(clamped(SIMD8(lowHalf: a, highHalf: b), 0, 65535)) as SIMD8<UInt16>)
}
