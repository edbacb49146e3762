// Values written in WAVE, as `WaveReader` reads them.

extension Val {
    /// The value in WAVE. Fields that are `none` are left out; `some` and `ok` are written out. What
    /// WAVE has no form for, a handle, is written as its type and representation.
    /// Spec: WAVE "Encoding"
    package var wave: String {
        var text = ""
        write(to: &text)
        return text
    }

    private func write(to text: inout String) {
        switch self {
        case .bool(let value): text += value ? "true" : "false"
        case .s8(let value): text += "\(value)"
        case .u8(let value): text += "\(value)"
        case .s16(let value): text += "\(value)"
        case .u16(let value): text += "\(value)"
        case .s32(let value): text += "\(value)"
        case .u32(let value): text += "\(value)"
        case .s64(let value): text += "\(value)"
        case .u64(let value): text += "\(value)"
        case .f32(let value): text += WaveFloat.text(value)
        case .f64(let value): text += WaveFloat.text(value)
        case .char(let scalar):
            text += "'"
            scalar.writeWave(to: &text)
            text += "'"
        case .string(let string):
            text += "\""
            for scalar in string.unicodeScalars { scalar.writeWave(to: &text) }
            text += "\""
        case .list(let values): Self.write(values, "[", "]", to: &text)
        case .tuple(let values): Self.write(values, "(", ")", to: &text)
        case .map(let pairs):
            Self.write(pairs.map { Val.tuple([$0.key, $0.value]) }, "[", "]", to: &text)
        case .record(let fields): Self.write(fields, to: &text)
        case .variant(let label, let payload): Self.write(label, payload, to: &text)
        case .enumeration(let label): Self.write(label, nil, to: &text)
        case .option(let value): value.map { Self.write("some", $0, &text) } ?? (text += "none")
        case .ok(let value): Self.write("ok", value, &text)
        case .error(let value): Self.write("err", value, &text)
        case .flags(let labels): text += "{" + labels.joined(separator: ", ") + "}"
        case .own(let handle): text += "own<\(handle.resource)>(\(handle.representation))"
        case .borrow(let handle): text += "borrow<\(handle.resource)>(\(handle.representation))"
        }
    }

    private static func write(
        _ values: [Val], _ open: String, _ close: String, to text: inout String
    ) {
        text += open
        for (index, value) in values.enumerated() {
            if index > 0 { text += ", " }
            value.write(to: &text)
        }
        text += close
    }

    private static func write(_ fields: [(label: String, value: Val)], to text: inout String) {
        text += "{"
        var isFirst = true
        for field in fields {
            if case .option(nil) = field.value { continue }
            text += isFirst ? "" : ", "
            text += field.label + ": "
            field.value.write(to: &text)
            isFirst = false
        }
        text += isFirst ? ":}" : "}"
    }

    /// A case that may be named like a keyword.
    private static func write(_ label: String, _ payload: Val?, to text: inout String) {
        write((WaveKeyword.all.contains(label) ? "%" : "") + label, payload, &text)
    }

    private static func write(_ word: String, _ payload: Val?, _ text: inout String) {
        text += word
        guard let payload else { return }
        text += "("
        payload.write(to: &text)
        text += ")"
    }
}

extension Unicode.Scalar {
    /// Adds the scalar as it stands in a char or a string, escaped where it must be or would not show.
    fileprivate func writeWave(to text: inout String) {
        switch self {
        case "\\": text += "\\\\"
        case "'": text += "\\'"
        case "\"": text += "\\\""
        case "\n": text += "\\n"
        case "\r": text += "\\r"
        case "\t": text += "\\t"
        case " "..."~": text.unicodeScalars.append(self)
        default:
            let category = properties.generalCategory
            let isHidden =
                category.isInvisible || properties.isGraphemeExtend
                || (category == .spaceSeparator && self != " ")
            if isHidden {
                text += "\\u{\(String(value, radix: 16))}"
            } else {
                text.unicodeScalars.append(self)
            }
        }
    }
}

/// Floats in WAVE: the shortest decimal that gives the value back, with no exponent.
enum WaveFloat {
    static func text<Number: BinaryFloatingPoint & LosslessStringConvertible>(_ value: Number) -> String {
        if value.isNaN { return "nan" }
        let sign = value.sign == .minus ? "-" : ""
        return sign + (value.isInfinite ? "inf" : plain(value.magnitude.description))
    }

    /// A decimal like `1.25e-07` with its exponent worked into the place of the point.
    private static func plain(_ text: String) -> String {
        let parts = text.split(separator: "e")
        let mantissa = parts[0].split(separator: ".")
        let exponent = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
        let fraction = mantissa.count > 1 && mantissa[1] != "0" ? mantissa[1] : ""
        let digits = String(mantissa[0] + fraction)
        let point = mantissa[0].count + exponent
        if point <= 0 { return "0." + String(repeating: "0", count: -point) + digits }
        if point >= digits.count { return digits + String(repeating: "0", count: point - digits.count) }
        return "\(digits.prefix(point)).\(digits.dropFirst(point))"
    }
}
