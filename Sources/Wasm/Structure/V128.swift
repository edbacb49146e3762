// The 128-bit vector and its shapes. Reinterpreting one shape as another is `unsafeBitCast`
// between types that are each 16 bytes (or 8) and for which every bit pattern is a value; that
// is the invariant of each use in this file.

/// A 128-bit vector: its bytes, the first in memory first.
/// Spec: core/syntax/types#vector-types
package typealias V128 = SIMD16<UInt8>

// MARK: Shapes of a vector

@inline(__always) @safe
func i8x16(_ a: V128) -> SIMD16<Int8> { unsafe unsafeBitCast(a, to: SIMD16<Int8>.self) }

@inline(__always)
func u8x16(_ a: V128) -> SIMD16<UInt8> { a }

@inline(__always) @safe
func i16x8(_ a: V128) -> SIMD8<Int16> { unsafe unsafeBitCast(a, to: SIMD8<Int16>.self) }

@inline(__always) @safe
func u16x8(_ a: V128) -> SIMD8<UInt16> { unsafe unsafeBitCast(a, to: SIMD8<UInt16>.self) }

@inline(__always) @safe
func i32x4(_ a: V128) -> SIMD4<Int32> { unsafe unsafeBitCast(a, to: SIMD4<Int32>.self) }

@inline(__always) @safe
func u32x4(_ a: V128) -> SIMD4<UInt32> { unsafe unsafeBitCast(a, to: SIMD4<UInt32>.self) }

@inline(__always) @safe
func i64x2(_ a: V128) -> SIMD2<Int64> { unsafe unsafeBitCast(a, to: SIMD2<Int64>.self) }

@inline(__always) @safe
func u64x2(_ a: V128) -> SIMD2<UInt64> { unsafe unsafeBitCast(a, to: SIMD2<UInt64>.self) }

@inline(__always) @safe
func f32x4(_ a: V128) -> SIMD4<Float> { unsafe unsafeBitCast(a, to: SIMD4<Float>.self) }

@inline(__always) @safe
func f64x2(_ a: V128) -> SIMD2<Double> { unsafe unsafeBitCast(a, to: SIMD2<Double>.self) }

// MARK: Vectors of half the width, as extending loads find them in memory

@inline(__always) @safe
func i8x8(_ a: UInt64) -> SIMD8<Int8> { unsafe unsafeBitCast(a, to: SIMD8<Int8>.self) }

@inline(__always) @safe
func u8x8(_ a: UInt64) -> SIMD8<UInt8> { unsafe unsafeBitCast(a, to: SIMD8<UInt8>.self) }

@inline(__always) @safe
func i16x4(_ a: UInt64) -> SIMD4<Int16> { unsafe unsafeBitCast(a, to: SIMD4<Int16>.self) }

@inline(__always) @safe
func u16x4(_ a: UInt64) -> SIMD4<UInt16> { unsafe unsafeBitCast(a, to: SIMD4<UInt16>.self) }

@inline(__always) @safe
func i32x2(_ a: UInt64) -> SIMD2<Int32> { unsafe unsafeBitCast(a, to: SIMD2<Int32>.self) }

@inline(__always) @safe
func u32x2(_ a: UInt64) -> SIMD2<UInt32> { unsafe unsafeBitCast(a, to: SIMD2<UInt32>.self) }

// MARK: Back to a vector of no shape

/// The vector that a shape of 16 bytes is; any other size is a mistake of ours.
@inline(__always) @safe
func vector<Shape: SIMD>(_ a: Shape) -> V128 {
    unsafe unsafeBitCast(a, to: V128.self)
}

/// The vector that a comparison's mask is: all ones where it holds, zeros where not.
@inline(__always) @safe
func vector<Shape: SIMD>(_ mask: SIMDMask<Shape>) -> V128 {
    unsafe unsafeBitCast(mask, to: V128.self)
}
