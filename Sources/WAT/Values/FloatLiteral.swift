/// Floating-point literals. Spec: core/text/values#floating-point
enum FloatLiteral {
    /// Whether `text[range]` is a number with a fraction or an exponent, an infinity or a NaN.
    static func isFloat(_ text: [UInt8], _ range: Range<Int>) -> Bool {
        let magnitude = withoutSign(text, range)
        if isInfinity(text, magnitude) || isPlainNaN(text, magnitude) { return true }
        if let payload = payload(text, magnitude) {
            return IntegerLiteral.isNumber(text, payload, radix: 16)
        }
        if IntegerLiteral.isHexadecimal(text, magnitude) {
            return isNumber(text, magnitude.dropFirst(2), radix: 16, exponent: UInt8(ascii: "p"))
        }
        return isNumber(text, magnitude, radix: 10, exponent: UInt8(ascii: "e"))
    }

    /// The bits of a number of any kind as an f32; nil where it is out of range.
    static func f32(_ text: [UInt8], _ range: Range<Int>) -> UInt32? {
        bits(text, range, exponentBits: 8, fractionBits: 23) { digits in
            Float(digits).map { UInt64($0.bitPattern) }
        }.map { UInt32(truncatingIfNeeded: $0) }
    }

    /// The bits of a number of any kind as an f64; nil where it is out of range.
    static func f64(_ text: [UInt8], _ range: Range<Int>) -> UInt64? {
        bits(text, range, exponentBits: 11, fractionBits: 52) { digits in
            Double(digits).map(\.bitPattern)
        }
    }

    /// The bits of a number as a float of these sizes, rounded by `rounded` if it is finite.
    /// Spec: core/text/values#text-float
    private static func bits(
        _ text: [UInt8],
        _ range: Range<Int>,
        exponentBits: UInt64,
        fractionBits: UInt64,
        rounded: (String) -> UInt64?
    ) -> UInt64? {
        let magnitude = withoutSign(text, range)
        let isNegative = range.first.map { text[$0] == UInt8(ascii: "-") } ?? false
        let sign: UInt64 = isNegative ? 1 << (exponentBits + fractionBits) : 0
        let infinity: UInt64 = ((1 << exponentBits) - 1) << fractionBits
        if isInfinity(text, magnitude) { return sign | infinity }
        if isPlainNaN(text, magnitude) { return sign | infinity | 1 << (fractionBits - 1) }
        if let digits = payload(text, magnitude) {
            guard let payload = IntegerLiteral.magnitude(text, digits, radix: 16), payload > 0,
                payload >> fractionBits == 0
            else { return nil }
            return sign | infinity | payload
        }
        let digits = text[magnitude].filter { $0 != .underscore }
        guard let value = rounded(String(decoding: digits, as: UTF8.self)), value != infinity
        else { return nil }
        return sign | value
    }

    private static func withoutSign(_ text: [UInt8], _ range: Range<Int>) -> Range<Int> {
        guard let first = range.first,
            text[first] == UInt8(ascii: "-") || text[first] == UInt8(ascii: "+")
        else { return range }
        return range.dropFirst()
    }

    private static func isInfinity(_ text: [UInt8], _ range: Range<Int>) -> Bool {
        range.count == 3 && text[range].elementsEqual("inf".utf8)
    }

    private static func isPlainNaN(_ text: [UInt8], _ range: Range<Int>) -> Bool {
        range.count == 3 && text[range].elementsEqual("nan".utf8)
    }

    /// Where the digits after `nan:0x` stand.
    private static func payload(_ text: [UInt8], _ range: Range<Int>) -> Range<Int>? {
        guard range.count > 6, text[range.prefix(6)].elementsEqual("nan:0x".utf8) else {
            return nil
        }
        return range.dropFirst(6)
    }

    /// Whether `text[range]` is digits, then a fraction or an exponent or both.
    private static func isNumber(
        _ text: [UInt8],
        _ range: Range<Int>,
        radix: UInt8,
        exponent: UInt8
    ) -> Bool {
        var mantissa = range
        var hasExponent = false
        if let mark = text[range].firstIndex(where: { $0 | 0x20 == exponent }) {
            let power = withoutSign(text, (mark + 1)..<range.upperBound)
            guard IntegerLiteral.isNumber(text, power, radix: 10) else { return false }
            mantissa = range.lowerBound..<mark
            hasExponent = true
        }
        guard let point = text[mantissa].firstIndex(of: UInt8(ascii: ".")) else {
            return hasExponent && IntegerLiteral.isNumber(text, mantissa, radix: radix)
        }
        let fraction = (point + 1)..<mantissa.upperBound
        return IntegerLiteral.isNumber(text, mantissa.lowerBound..<point, radix: radix)
            && (fraction.isEmpty || IntegerLiteral.isNumber(text, fraction, radix: radix))
    }
}
