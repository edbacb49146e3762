/// Integer literals. Spec: core/text/values#integers
enum IntegerLiteral {
    /// Whether `text[range]` is digits of the radix, with single underscores between them.
    /// Spec: core/text/values#text-num
    static func isNumber(_ text: [UInt8], _ range: Range<Int>, radix: UInt8) -> Bool {
        var afterDigit = false
        for index in range {
            if let digit = text[index].hexadecimalDigit, digit < radix {
                afterDigit = true
            } else if text[index] == .underscore, afterDigit {
                afterDigit = false
            } else {
                return false
            }
        }
        return afterDigit
    }

    /// The value of digits with underscores; nil where it is no number, or over 64 bits.
    static func magnitude(_ text: [UInt8], _ range: Range<Int>, radix: UInt64) -> UInt64? {
        guard isNumber(text, range, radix: UInt8(truncatingIfNeeded: radix)) else { return nil }
        var value: UInt64 = 0
        for index in range {
            guard let digit = text[index].hexadecimalDigit else { continue }
            let (product, overflow) = value.multipliedReportingOverflow(by: radix)
            let (sum, carry) = product.addingReportingOverflow(UInt64(digit))
            if overflow || carry { return nil }
            value = sum
        }
        return value
    }

    /// The value of a literal without a sign; nil where it is over 64 bits.
    static func natural(_ text: [UInt8], _ range: Range<Int>) -> UInt64? {
        isHexadecimal(text, range)
            ? magnitude(text, range.dropFirst(2), radix: 16)
            : magnitude(text, range, radix: 10)
    }

    /// The bits of a literal with or without a sign, of a type `width` bits wide; nil where it is
    /// out of the range of both the signed and the unsigned type.
    /// Spec: core/text/values#text-int
    static func integer(_ text: [UInt8], _ range: Range<Int>, width: Int) -> UInt64? {
        guard let first = range.first else { return nil }
        let sign = text[first]
        let signed = sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+")
        guard let value = natural(text, signed ? range.dropFirst() : range) else { return nil }
        let mask = UInt64.max >> UInt64(64 - width)
        if sign == UInt8(ascii: "-") {
            return value <= 1 << UInt64(width - 1) ? (0 &- value) & mask : nil
        }
        return value <= mask ? value : nil
    }

    static func isHexadecimal(_ text: [UInt8], _ range: Range<Int>) -> Bool {
        range.count > 2 && text[range.lowerBound] == 0x30
            && text[range.lowerBound + 1] == UInt8(ascii: "x")
    }
}
