/// Names of hosts, and their form in ASCII.
enum DomainName {
    /// The name in ASCII (RFC 3492 for labels that are not); nil where it is no name of a host.
    ///
    /// Letters are made small, and nothing else is changed: who writes a name in another form than the
    /// composed one gets another name.
    static func ascii(_ name: String) -> String? {
        let absolute = name.hasSuffix(".") ? name.dropLast() : name[...]
        var labels: [String] = []
        // The ideographic full stops separate labels too.
        for label in absolute.split(
            omittingEmptySubsequences: false,
            whereSeparator: { ".\u{3002}\u{FF0E}\u{FF61}".contains($0) }
        ) {
            guard let ascii = self.ascii(label: label.lowercased()) else { return nil }
            labels.append(ascii)
        }
        let joined = labels.joined(separator: ".")
        return joined.utf8.count <= 253 ? joined : nil
    }

    private static func ascii(label: String) -> String? {
        let scalars = Array(label.unicodeScalars)
        let encoded = scalars.allSatisfy(\.isASCII) ? label : punycode(scalars).map { "xn--" + $0 }
        guard let encoded, (1...63).contains(encoded.utf8.count),
            encoded.utf8.first != UInt8(ascii: "-"), encoded.utf8.last != UInt8(ascii: "-"),
            encoded.utf8.allSatisfy(isLetterOrDigit)
        else { return nil }
        return encoded
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
        case UInt8(ascii: "-"), UInt8(ascii: "_"): true
        default: false
        }
    }

    /// Spec: RFC 3492 section 6.3
    private static func punycode(_ scalars: [Unicode.Scalar]) -> String? {
        guard scalars.count <= 63 else { return nil }
        let basic = scalars.filter(\.isASCII)
        var output = String(String.UnicodeScalarView(basic))
        if !basic.isEmpty { output += "-" }
        var handled = basic.count
        var least: UInt32 = 128
        var delta: UInt32 = 0
        var bias: UInt32 = 72
        while handled < scalars.count {
            guard let next = scalars.map(\.value).filter({ $0 >= least }).min() else { return nil }
            // 63 scalars below 2^21 do not overflow 32 bits.
            delta += (next - least) * UInt32(handled + 1)
            least = next
            for scalar in scalars {
                if scalar.value < least { delta += 1 }
                guard scalar.value == least else { continue }
                output += digits(delta, bias)
                bias = adapt(delta, UInt32(handled + 1), isFirst: handled == basic.count)
                delta = 0
                handled += 1
            }
            delta += 1
            least += 1
        }
        return output
    }

    /// A number of variable length, in letters and digits.
    private static func digits(_ number: UInt32, _ bias: UInt32) -> String {
        let letters = Array("abcdefghijklmnopqrstuvwxyz0123456789")
        var text = ""
        var rest = number
        var position: UInt32 = 36
        while true {
            let threshold = position <= bias ? 1 : min(position - bias, 26)
            guard rest >= threshold else { break }
            let width = 36 - threshold
            text.append(letters[Int(threshold + (rest - threshold) % width)])
            rest = (rest - threshold) / width
            position += 36
        }
        text.append(letters[Int(rest)])
        return text
    }

    /// Spec: RFC 3492 section 6.1
    private static func adapt(_ delta: UInt32, _ count: UInt32, isFirst: Bool) -> UInt32 {
        var delta = isFirst ? delta / 700 : delta / 2
        delta += delta / count
        var bias: UInt32 = 0
        while delta > 455 {
            delta /= 35
            bias += 36
        }
        return bias + 36 * delta / (delta + 38)
    }
}
