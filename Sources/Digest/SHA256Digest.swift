/// What SHA-256 gives: 32 bytes. As text, 64 hexadecimal digits in lower case.
package struct SHA256Digest: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// Bytes of a digest.
    package static let byteCount = 32
    /// Digits of its text.
    package static let digitCount = 64

    private let words: (UInt64, UInt64, UInt64, UInt64)

    /// A digest of `byteCount` bytes; what is missing is taken for 0.
    init(_ bytes: [UInt8]) {
        func word(_ index: Int) -> UInt64 {
            bytes.dropFirst(index * 8).prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
        }
        words = (word(0), word(1), word(2), word(3))
    }

    /// Reads 64 hexadecimal digits in lower case; nil of anything else.
    package init?(_ text: some StringProtocol) {
        let digits = Array(text.utf8)
        guard digits.count == Self.digitCount else { return nil }
        var bytes: [UInt8] = []
        for place in stride(from: 0, to: digits.count, by: 2) {
            guard let high = Self.value(digits[place]), let low = Self.value(digits[place + 1])
            else { return nil }
            bytes.append(high << 4 | low)
        }
        self.init(bytes)
    }

    private static func value(_ digit: UInt8) -> UInt8? {
        switch digit {
        case 0x30...0x39: digit - 0x30
        case 0x61...0x66: digit - 0x61 + 10
        default: nil
        }
    }

    package var description: String {
        [words.0, words.1, words.2, words.3].map { word in
            let digits = String(word, radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }.joined()
    }

    package static func == (a: SHA256Digest, b: SHA256Digest) -> Bool { a.words == b.words }

    package static func < (a: SHA256Digest, b: SHA256Digest) -> Bool { a.words < b.words }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(words.0)
        hasher.combine(words.1)
        hasher.combine(words.2)
        hasher.combine(words.3)
    }
}
