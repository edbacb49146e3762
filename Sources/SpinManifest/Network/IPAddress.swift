/// An address of IPv4 or IPv6 as 128 bits; IPv4 takes the lowest 32.
package struct IPAddress: Sendable, Hashable {
    package let isV6: Bool
    package let bits: UInt128

    package init(isV6: Bool, bits: UInt128) {
        self.isV6 = isV6
        self.bits = bits
    }

    /// The bits of its family's addresses.
    package var width: Int { isV6 ? 128 : 32 }

    /// Four decimal numbers with dots, without leading zeros; nil of all else.
    package init?(v4 text: Substring) {
        let fields = text.split(separator: ".", omittingEmptySubsequences: false)
        guard fields.count == 4 else { return nil }
        var bits: UInt128 = 0
        for field in fields {
            guard let byte = IPAddress.number(field, digits: 3, radix: 10), byte <= 255,
                field.utf8.count == 1 || field.utf8.first != 0x30
            else { return nil }
            bits = bits << 8 | UInt128(byte)
        }
        self.init(isV6: false, bits: bits)
    }

    /// As in RFC 4291 section 2.2, without brackets; nil of all else.
    package init?(v6 text: Substring) {
        guard !text.isEmpty, text.hasPrefix("::") || !text.hasPrefix(":"),
            text.hasSuffix("::") || !text.hasSuffix(":")
        else { return nil }
        var halves: [[UInt16]] = [[]]
        var fields = text.split(separator: ":", omittingEmptySubsequences: false)[...]
        // A "::" at an end gives two empty fields there, one within the text gives one.
        if text.hasPrefix("::") { fields = fields.dropFirst() }
        if text.hasSuffix("::"), fields.count > 1 { fields = fields.dropLast() }
        for (index, field) in zip(fields.indices, fields) {
            if field.isEmpty {
                guard halves.count == 1 else { return nil }
                halves.append([])
            } else if index == fields.endIndex - 1, field.contains(".") {
                guard let v4 = IPAddress(v4: field) else { return nil }
                halves[halves.count - 1] += [
                    UInt16(truncatingIfNeeded: v4.bits >> 16), UInt16(truncatingIfNeeded: v4.bits),
                ]
            } else {
                guard let group = IPAddress.number(field, digits: 4, radix: 16) else { return nil }
                halves[halves.count - 1].append(UInt16(truncatingIfNeeded: group))
            }
        }
        let count = halves.reduce(0) { $0 + $1.count }
        guard halves.count == 2 ? count <= 7 : count == 8 else { return nil }
        let zeros = [UInt16](repeating: 0, count: 8 - count)
        let groups = halves[0] + zeros + (halves.count == 2 ? halves[1] : [])
        self.init(isV6: true, bits: groups.reduce(UInt128(0)) { $0 << 16 | UInt128($1) })
    }

    private static func number(_ text: Substring, digits: Int, radix: Int) -> Int? {
        guard !text.isEmpty, text.utf8.count <= digits, text.allSatisfy(\.isHexDigit),
            text.utf8.allSatisfy({ $0 < 0x80 })
        else { return nil }
        return Int(text, radix: radix)
    }
}

/// The addresses that begin with the same bits, as in `10.0.0.0/8`.
package struct IPNetwork: Sendable, Hashable {
    package let address: IPAddress
    package let prefix: Int

    /// An address, "/" and a number of bits; what the address has beyond them is dropped.
    package init?(_ text: Substring) {
        let fields = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard fields.count == 2, let address = IPAddress(v4: fields[0]) ?? IPAddress(v6: fields[0]),
            fields[1].utf8.count <= 3, fields[1].utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }),
            let prefix = Int(fields[1]), prefix <= address.width
        else { return nil }
        let hostBits = address.width - prefix
        self.prefix = prefix
        self.address = IPAddress(
            isV6: address.isV6,
            bits: hostBits == 128 ? 0 : (address.bits >> hostBits) << hostBits
        )
    }

    /// Whether an address is in it.
    package func contains(_ other: IPAddress) -> Bool {
        let hostBits = address.width - prefix
        return other.isV6 == address.isV6
            && (hostBits == 128 || other.bits >> hostBits == address.bits >> hostBits)
    }
}
