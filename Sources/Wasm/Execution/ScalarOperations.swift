// The scalar numeric operations that the instruction table names. Spec: core/exec/numerics.
//
// Each is always inlined: in a function as large as the interpreter's loop the compiler inlines
// nothing else.

// MARK: Integers

@inline(__always)
func bit(_ condition: Bool) -> UInt32 { condition ? 1 : 0 }

@inline(__always)
func signed(_ a: UInt32) -> Int32 { Int32(truncatingIfNeeded: a) }

@inline(__always)
func signed(_ a: UInt64) -> Int64 { Int64(truncatingIfNeeded: a) }

@inline(__always)
func unsigned(_ a: Int32) -> UInt32 { UInt32(truncatingIfNeeded: a) }

@inline(__always)
func unsigned(_ a: Int64) -> UInt64 { UInt64(truncatingIfNeeded: a) }

@inline(__always)
func leadingZeros<T: FixedWidthInteger>(_ a: T) -> T {
    T(truncatingIfNeeded: a.leadingZeroBitCount)
}

@inline(__always)
func trailingZeros<T: FixedWidthInteger>(_ a: T) -> T {
    T(truncatingIfNeeded: a.trailingZeroBitCount)
}

@inline(__always)
func populationCount<T: FixedWidthInteger>(_ a: T) -> T {
    T(truncatingIfNeeded: a.nonzeroBitCount)
}

/// The quotient, `b` being neither 0 nor, with the least `a`, -1.
@inline(__always)
func signedQuotient(_ a: UInt32, _ b: UInt32) -> UInt32 { unsigned(signed(a) / signed(b)) }

/// The quotient, `b` being neither 0 nor, with the least `a`, -1.
@inline(__always)
func signedQuotient(_ a: UInt64, _ b: UInt64) -> UInt64 { unsigned(signed(a) / signed(b)) }

/// The remainder with the sign of `a`, `b` not being 0; that of any number by -1 is 0.
@inline(__always)
func signedRemainder(_ a: UInt32, _ b: UInt32) -> UInt32 {
    signed(b) == -1 ? 0 : unsigned(signed(a) % signed(b))
}

/// The remainder with the sign of `a`, `b` not being 0; that of any number by -1 is 0.
@inline(__always)
func signedRemainder(_ a: UInt64, _ b: UInt64) -> UInt64 {
    signed(b) == -1 ? 0 : unsigned(signed(a) % signed(b))
}

@inline(__always)
func rotateLeft<T: FixedWidthInteger & UnsignedInteger>(_ a: T, _ b: T) -> T {
    a &<< b | a &>> (0 &- b)
}

@inline(__always)
func rotateRight<T: FixedWidthInteger & UnsignedInteger>(_ a: T, _ b: T) -> T {
    a &>> b | a &<< (0 &- b)
}

// MARK: Reinterpretation

@inline(__always)
func bitPattern(_ a: Float) -> UInt32 { a.bitPattern }

@inline(__always)
func bitPattern(_ a: Double) -> UInt64 { a.bitPattern }

@inline(__always)
func float(_ bits: UInt32) -> Float { Float(bitPattern: bits) }

@inline(__always)
func double(_ bits: UInt64) -> Double { Double(bitPattern: bits) }

// MARK: Floating point: the sign bit, which these change and nothing else, of a NaN too

@inline(__always)
func absolute(_ a: Float) -> Float { float(bitPattern(a) & 0x7FFF_FFFF) }

@inline(__always)
func absolute(_ a: Double) -> Double { double(bitPattern(a) & 0x7FFF_FFFF_FFFF_FFFF) }

@inline(__always)
func negated(_ a: Float) -> Float { float(bitPattern(a) ^ 0x8000_0000) }

@inline(__always)
func negated(_ a: Double) -> Double { double(bitPattern(a) ^ 0x8000_0000_0000_0000) }

/// `a` with the sign of `b`.
@inline(__always)
func copySign(_ a: Float, _ b: Float) -> Float {
    float(bitPattern(a) & 0x7FFF_FFFF | bitPattern(b) & 0x8000_0000)
}

/// `a` with the sign of `b`.
@inline(__always)
func copySign(_ a: Double, _ b: Double) -> Double {
    double(
        bitPattern(a) & 0x7FFF_FFFF_FFFF_FFFF | bitPattern(b) & 0x8000_0000_0000_0000
    )
}

// MARK: Floating point: minimum and maximum, with -0 below 0 and the NaN of an operand made quiet

@inline(__always)
func minimum(_ a: Float, _ b: Float) -> Float {
    if a < b { return a }
    if b < a { return b }
    return a == b ? float(bitPattern(a) | bitPattern(b)) : a + b
}

@inline(__always)
func minimum(_ a: Double, _ b: Double) -> Double {
    if a < b { return a }
    if b < a { return b }
    return a == b ? double(bitPattern(a) | bitPattern(b)) : a + b
}

@inline(__always)
func maximum(_ a: Float, _ b: Float) -> Float {
    if a > b { return a }
    if b > a { return b }
    return a == b ? float(bitPattern(a) & bitPattern(b)) : a + b
}

@inline(__always)
func maximum(_ a: Double, _ b: Double) -> Double {
    if a > b { return a }
    if b > a { return b }
    return a == b ? double(bitPattern(a) & bitPattern(b)) : a + b
}

// MARK: Floating point: rounding to an integer
//
// A number below 2 to the number of its significand's bits is rounded to an integer, half to
// even, by adding that power and subtracting it again (which makes a NaN quiet); a larger one is
// an integer. The sign is put back: -0.5 rounds to -0.

@inline(__always)
func nearest(_ a: Float) -> Float {
    let magnitude = absolute(a)
    return magnitude >= 0x1p23 ? a : copySign((magnitude + 0x1p23) - 0x1p23, a)
}

@inline(__always)
func nearest(_ a: Double) -> Double {
    let magnitude = absolute(a)
    return magnitude >= 0x1p52 ? a : copySign((magnitude + 0x1p52) - 0x1p52, a)
}

@inline(__always)
func ceiling(_ a: Float) -> Float {
    let rounded = nearest(a)
    return rounded < a ? copySign(rounded + 1, a) : rounded
}

@inline(__always)
func ceiling(_ a: Double) -> Double {
    let rounded = nearest(a)
    return rounded < a ? copySign(rounded + 1, a) : rounded
}

@inline(__always)
func floored(_ a: Float) -> Float {
    let rounded = nearest(a)
    return rounded > a ? rounded - 1 : rounded
}

@inline(__always)
func floored(_ a: Double) -> Double {
    let rounded = nearest(a)
    return rounded > a ? rounded - 1 : rounded
}

@inline(__always)
func truncated(_ a: Float) -> Float {
    copySign(floored(absolute(a)), a)
}

@inline(__always)
func truncated(_ a: Double) -> Double {
    copySign(floored(absolute(a)), a)
}

@inline(__always)
func squareRoot(_ a: Float) -> Float { a.squareRoot() }

@inline(__always)
func squareRoot(_ a: Double) -> Double { a.squareRoot() }

// MARK: Conversions

/// The integer that `a` is when rounded to zero; 0 of a NaN, else the nearest that there is.
@inline(__always)
func saturating(_ a: Float) -> Int32 {
    guard a >= -0x1p31 else { return a < 0 ? .min : 0 }
    return a < 0x1p31 ? Int32(a) : .max
}

/// The integer that `a` is when rounded to zero; 0 of a NaN, else the nearest that there is.
@inline(__always)
func saturating(_ a: Float) -> UInt32 {
    guard a > -1 else { return 0 }
    return a < 0x1p32 ? UInt32(a) : .max
}

/// The integer that `a` is when rounded to zero; 0 of a NaN, else the nearest that there is.
@inline(__always)
func saturating(_ a: Double) -> Int32 {
    guard a > -0x1p31 - 1 else { return a < 0 ? .min : 0 }
    return a < 0x1p31 ? Int32(a) : .max
}

/// The integer that `a` is when rounded to zero; 0 of a NaN, else the nearest that there is.
@inline(__always)
func saturating(_ a: Double) -> UInt32 {
    guard a > -1 else { return 0 }
    return a < 0x1p32 ? UInt32(a) : .max
}

/// The integer that `a` is when rounded to zero; 0 of a NaN, else the nearest that there is.
@inline(__always)
func saturating(_ a: Float) -> Int64 {
    guard a >= -0x1p63 else { return a < 0 ? .min : 0 }
    return a < 0x1p63 ? Int64(a) : .max
}

/// The integer that `a` is when rounded to zero; 0 of a NaN, else the nearest that there is.
@inline(__always)
func saturating(_ a: Float) -> UInt64 {
    guard a > -1 else { return 0 }
    return a < 0x1p64 ? UInt64(a) : .max
}

/// The integer that `a` is when rounded to zero; 0 of a NaN, else the nearest that there is.
@inline(__always)
func saturating(_ a: Double) -> Int64 {
    guard a >= -0x1p63 else { return a < 0 ? .min : 0 }
    return a < 0x1p63 ? Int64(a) : .max
}

/// The integer that `a` is when rounded to zero; 0 of a NaN, else the nearest that there is.
@inline(__always)
func saturating(_ a: Double) -> UInt64 {
    guard a > -1 else { return 0 }
    return a < 0x1p64 ? UInt64(a) : .max
}
