/// Sizes and times as a manifest writes them: a number and a unit.
enum Quantity {
    private static let sizes: [(unit: String, factor: UInt64)] = [
        ("KiB", 1 << 10), ("MiB", 1 << 20), ("GiB", 1 << 30), ("kB", 1_000), ("MB", 1_000_000),
        ("GB", 1_000_000_000), ("B", 1),
    ]
    private static let times: [(unit: String, factor: UInt64)] = [
        ("us", 1), ("ms", 1_000), ("s", 1_000_000), ("m", 60_000_000), ("h", 3_600_000_000),
        ("d", 86_400_000_000),
    ]

    /// Bytes of a text such as `64MiB`; nil of what is none.
    static func bytes(_ text: String) -> UInt64? {
        parse(text, sizes)
    }

    /// Microseconds of a text such as `50ms`; nil of what is none.
    static func microseconds(_ text: String) -> UInt64? {
        parse(text, times)
    }

    /// The size in the largest unit that leaves no fraction.
    static func describe(bytes: UInt64) -> String {
        for (unit, factor) in [sizes[2], sizes[1], sizes[0]]
        where bytes > 0 && bytes.isMultiple(of: factor) {
            return "\(bytes / factor)\(unit)"
        }
        return "\(bytes)B"
    }

    /// The time in the largest unit that leaves no fraction.
    static func describe(microseconds: UInt64) -> String {
        for (unit, factor) in times.reversed()
        where microseconds > 0 && microseconds.isMultiple(of: factor) {
            return "\(microseconds / factor)\(unit)"
        }
        return "0s"
    }

    private static func parse(_ text: String, _ units: [(unit: String, factor: UInt64)]) -> UInt64?
    {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        let unit = text.dropFirst(digits.count).drop { $0 == " " }
        guard let number = UInt64(digits),
            let factor = units.first(where: { $0.unit == unit })?.factor
        else { return nil }
        let (product, overflow) = number.multipliedReportingOverflow(by: factor)
        return overflow ? nil : product
    }
}

extension TableReader {
    /// A size such as `"64MiB"`, in bytes, of a range.
    func size(_ key: String, in range: ClosedRange<UInt64>) -> UInt64? {
        quantity(
            key,
            range,
            "64MiB",
            "B, KiB, MiB, GiB, kB, MB or GB",
            Quantity.bytes,
            Quantity.describe(bytes:)
        )
    }

    /// A time such as `"50ms"`, in microseconds, of a range.
    func time(_ key: String, in range: ClosedRange<UInt64>) -> UInt64? {
        quantity(
            key,
            range,
            "50ms",
            "us, ms, s, m, h or d",
            Quantity.microseconds,
            Quantity.describe(microseconds:)
        )
    }

    private func quantity(
        _ key: String,
        _ range: ClosedRange<UInt64>,
        _ example: String,
        _ units: String,
        _ parse: (String) -> UInt64?,
        _ describe: (UInt64) -> String
    ) -> UInt64? {
        let help = "write a number and a unit (\(units)) as a string: \(key) = \"\(example)\""
        guard let text = string(key, do: help) else { return nil }
        guard let number = parse(text) else {
            invalid(key, "\(quoted(text)) is no number with a unit", do: help)
            return nil
        }
        guard range.contains(number) else {
            let (least, most) = (describe(range.lowerBound), describe(range.upperBound))
            invalid(
                key,
                "`\(path.key(key))` is \(text), which is not between \(least) and \(most)",
                do: "write something between them"
            )
            return nil
        }
        return number
    }
}
