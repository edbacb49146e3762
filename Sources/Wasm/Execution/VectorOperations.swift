// Vector operations on bits and on integer lanes that come down to a few machine instructions.
// Spec: core/exec/numerics.
//
// The instruction table names them. Each is always inlined, comparisons are spelled out for each
// shape, and the rest is generic over it: the forms for which the compiler, in this and no other
// way, emits the vector instruction that one expects. Those that need a loop are in
// VectorHelpers.swift.

// MARK: Bits

@inline(__always)
func not(_ a: V128) -> V128 { vector(~u64x2(a)) }

@inline(__always)
func and(_ a: V128, _ b: V128) -> V128 { vector(u64x2(a) & u64x2(b)) }

@inline(__always)
func andNot(_ a: V128, _ b: V128) -> V128 { vector(u64x2(a) & ~u64x2(b)) }

@inline(__always)
func or(_ a: V128, _ b: V128) -> V128 { vector(u64x2(a) | u64x2(b)) }

@inline(__always)
func xor(_ a: V128, _ b: V128) -> V128 { vector(u64x2(a) ^ u64x2(b)) }

/// The bits of `a` where `mask` has a one, those of `b` where it has a zero.
@inline(__always)
func bitSelect(_ a: V128, _ b: V128, _ mask: V128) -> V128 {
    or(and(a, mask), andNot(b, mask))
}

@inline(__always)
func anyTrue(_ a: V128) -> UInt32 { bit(u64x2(a)[0] | u64x2(a)[1] != 0) }

/// Whether no lane is zero, given the mask of those that are.
@inline(__always)
func none(_ zeros: V128) -> UInt32 { bit(u64x2(zeros)[0] | u64x2(zeros)[1] == 0) }

// MARK: Integer comparisons, with a lane of ones where they hold

@inline(__always)
func equal(_ a: SIMD16<UInt8>, _ b: SIMD16<UInt8>) -> V128 { vector(a .== b) }

@inline(__always)
func equal(_ a: SIMD8<UInt16>, _ b: SIMD8<UInt16>) -> V128 { vector(a .== b) }

@inline(__always)
func equal(_ a: SIMD4<UInt32>, _ b: SIMD4<UInt32>) -> V128 { vector(a .== b) }

@inline(__always)
func equal(_ a: SIMD2<UInt64>, _ b: SIMD2<UInt64>) -> V128 { vector(a .== b) }

@inline(__always)
func less(_ a: SIMD16<Int8>, _ b: SIMD16<Int8>) -> V128 { vector(a .< b) }

@inline(__always)
func less(_ a: SIMD16<UInt8>, _ b: SIMD16<UInt8>) -> V128 { vector(a .< b) }

@inline(__always)
func less(_ a: SIMD8<Int16>, _ b: SIMD8<Int16>) -> V128 { vector(a .< b) }

@inline(__always)
func less(_ a: SIMD8<UInt16>, _ b: SIMD8<UInt16>) -> V128 { vector(a .< b) }

@inline(__always)
func less(_ a: SIMD4<Int32>, _ b: SIMD4<Int32>) -> V128 { vector(a .< b) }

@inline(__always)
func less(_ a: SIMD4<UInt32>, _ b: SIMD4<UInt32>) -> V128 { vector(a .< b) }

@inline(__always)
func less(_ a: SIMD2<Int64>, _ b: SIMD2<Int64>) -> V128 { vector(a .< b) }

@inline(__always)
func lessOrEqual(_ a: SIMD16<Int8>, _ b: SIMD16<Int8>) -> V128 { vector(a .<= b) }

@inline(__always)
func lessOrEqual(_ a: SIMD16<UInt8>, _ b: SIMD16<UInt8>) -> V128 { vector(a .<= b) }

@inline(__always)
func lessOrEqual(_ a: SIMD8<Int16>, _ b: SIMD8<Int16>) -> V128 { vector(a .<= b) }

@inline(__always)
func lessOrEqual(_ a: SIMD8<UInt16>, _ b: SIMD8<UInt16>) -> V128 { vector(a .<= b) }

@inline(__always)
func lessOrEqual(_ a: SIMD4<Int32>, _ b: SIMD4<Int32>) -> V128 { vector(a .<= b) }

@inline(__always)
func lessOrEqual(_ a: SIMD4<UInt32>, _ b: SIMD4<UInt32>) -> V128 { vector(a .<= b) }

@inline(__always)
func lessOrEqual(_ a: SIMD2<Int64>, _ b: SIMD2<Int64>) -> V128 { vector(a .<= b) }

@inline(__always)
func allTrue(_ a: SIMD16<UInt8>) -> UInt32 { none(equal(a, SIMD16())) }

@inline(__always)
func allTrue(_ a: SIMD8<UInt16>) -> UInt32 { none(equal(a, SIMD8())) }

@inline(__always)
func allTrue(_ a: SIMD4<UInt32>) -> UInt32 { none(equal(a, SIMD4())) }

@inline(__always)
func allTrue(_ a: SIMD2<UInt64>) -> UInt32 { none(equal(a, SIMD2())) }

// MARK: Integer arithmetic

@inline(__always)
func add<T: SIMD>(_ a: T, _ b: T) -> V128 where T.Scalar: FixedWidthInteger { vector(a &+ b) }

@inline(__always)
func subtract<T: SIMD>(_ a: T, _ b: T) -> V128 where T.Scalar: FixedWidthInteger {
    vector(a &- b)
}

@inline(__always)
func multiply<T: SIMD>(_ a: T, _ b: T) -> V128 where T.Scalar: FixedWidthInteger {
    vector(a &* b)
}

@inline(__always)
func negated<T: SIMD>(_ a: T) -> V128 where T.Scalar: FixedWidthInteger { vector(T() &- a) }

/// The lanes shifted by `count` modulo their width; to the right with the sign where there is one.
@inline(__always)
func shiftLeft<T: SIMD>(_ a: T, _ count: UInt32) -> V128 where T.Scalar: FixedWidthInteger {
    vector(a &<< T(repeating: T.Scalar(truncatingIfNeeded: count)))
}

/// The lanes shifted by `count` modulo their width; with the sign where there is one.
@inline(__always)
func shiftRight<T: SIMD>(_ a: T, _ count: UInt32) -> V128 where T.Scalar: FixedWidthInteger {
    vector(a &>> T(repeating: T.Scalar(truncatingIfNeeded: count)))
}

@inline(__always)
func absolute<T: SIMD>(_ a: T) -> V128 where T.Scalar: FixedWidthInteger {
    var result = a
    for lane in a.indices { result[lane] = a[lane] < 0 ? 0 &- a[lane] : a[lane] }
    return vector(result)
}

@inline(__always)
func minimum<T: SIMD>(_ a: T, _ b: T) -> V128 where T.Scalar: FixedWidthInteger {
    vector(lesser(a, b))
}

@inline(__always)
func maximum<T: SIMD>(_ a: T, _ b: T) -> V128 where T.Scalar: FixedWidthInteger {
    vector(greater(a, b))
}

@inline(__always)
func lesser<T: SIMD>(_ a: T, _ b: T) -> T where T.Scalar: FixedWidthInteger {
    var result = a
    for lane in a.indices { result[lane] = a[lane] < b[lane] ? a[lane] : b[lane] }
    return result
}

@inline(__always)
func greater<T: SIMD>(_ a: T, _ b: T) -> T where T.Scalar: FixedWidthInteger {
    var result = a
    for lane in a.indices { result[lane] = a[lane] > b[lane] ? a[lane] : b[lane] }
    return result
}

// MARK: Saturating arithmetic

@inline(__always)
func addSaturating(_ a: SIMD16<UInt8>, _ b: SIMD16<UInt8>) -> V128 {
    or(vector(a &+ b), vector(a &+ b .< a))
}

@inline(__always)
func addSaturating(_ a: SIMD8<UInt16>, _ b: SIMD8<UInt16>) -> V128 {
    or(vector(a &+ b), vector(a &+ b .< a))
}

@inline(__always)
func subtractSaturating(_ a: SIMD16<UInt8>, _ b: SIMD16<UInt8>) -> V128 {
    and(vector(a &- b), vector(b .< a))
}

@inline(__always)
func subtractSaturating(_ a: SIMD8<UInt16>, _ b: SIMD8<UInt16>) -> V128 {
    and(vector(a &- b), vector(b .< a))
}

@inline(__always)
func addSaturating(_ a: SIMD16<Int8>, _ b: SIMD16<Int8>) -> V128 {
    narrowed(extended(low(a)) &+ extended(low(b)), extended(high(a)) &+ extended(high(b)))
}

@inline(__always)
func addSaturating(_ a: SIMD8<Int16>, _ b: SIMD8<Int16>) -> V128 {
    narrowed(extended(low(a)) &+ extended(low(b)), extended(high(a)) &+ extended(high(b)))
}

@inline(__always)
func subtractSaturating(_ a: SIMD16<Int8>, _ b: SIMD16<Int8>) -> V128 {
    narrowed(extended(low(a)) &- extended(low(b)), extended(high(a)) &- extended(high(b)))
}

@inline(__always)
func subtractSaturating(_ a: SIMD8<Int16>, _ b: SIMD8<Int16>) -> V128 {
    narrowed(extended(low(a)) &- extended(low(b)), extended(high(a)) &- extended(high(b)))
}

/// The average, rounded up.
@inline(__always)
func average(_ a: SIMD16<UInt8>, _ b: SIMD16<UInt8>) -> V128 {
    let one = SIMD8<UInt16>(repeating: 1)
    return resized(
        SIMD16<UInt16>(
            lowHalf: (extended(low(a)) &+ extended(low(b)) &+ one) &>> one,
            highHalf: (extended(high(a)) &+ extended(high(b)) &+ one) &>> one
        )
    )
}

/// The average, rounded up.
@inline(__always)
func average(_ a: SIMD8<UInt16>, _ b: SIMD8<UInt16>) -> V128 {
    let one = SIMD4<UInt32>(repeating: 1)
    return vector(
        resized(
            SIMD8<UInt32>(
                lowHalf: (extended(low(a)) &+ extended(low(b)) &+ one) &>> one,
                highHalf: (extended(high(a)) &+ extended(high(b)) &+ one) &>> one
            )
        )
            as SIMD8<UInt16>
    )
}
