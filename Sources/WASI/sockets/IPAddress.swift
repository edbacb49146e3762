// Unsafe here: addresses as text, read and written by the C library in buffers of its sizes.
import Glibc

/// An IP address.
/// Spec: wasi:sockets/network#ip-address
package enum IPAddress: Hashable, Sendable {
    /// The address as a number, its first byte the highest.
    case ipv4(UInt32)
    /// The first and the last eight bytes as numbers.
    case ipv6(UInt64, UInt64)

    /// Reads "127.0.0.1" or "::1".
    package init?(_ text: String) {
        guard !text.utf8.contains(0) else { return nil }
        var four = in_addr()
        if unsafe inet_pton(AF_INET, text, &four) == 1 {
            self = .ipv4(UInt32(bigEndian: four.s_addr))
            return
        }
        var six = InlineArray<2, UInt64>(repeating: 0)
        guard unsafe inet_pton(AF_INET6, text, &six) == 1 else { return nil }
        self = .ipv6(UInt64(bigEndian: six[0]), UInt64(bigEndian: six[1]))
    }

    package var family: IPAddressFamily {
        switch self {
        case .ipv4: .ipv4
        case .ipv6: .ipv6
        }
    }

    /// The IPv4 address that an IPv6 address stands for (RFC 4291 section 2.5.5.2).
    package var unmapped: IPAddress {
        guard case .ipv6(0, let low) = self, low >> 32 == 0xFFFF else { return self }
        return .ipv4(UInt32(truncatingIfNeeded: low))
    }

    /// Whether it is an IPv4 address in an IPv6 address.
    package var isMapped: Bool { unmapped != self }

    /// Whether it means any address (0.0.0.0, ::).
    package var isUnspecified: Bool { self == .ipv4(0) || self == .ipv6(0, 0) }

    /// Whether it is one host's: neither a group's nor everybody's.
    package var isUnicast: Bool {
        switch self {
        case .ipv4(let number): number >> 28 != 0xE && number != .max
        case .ipv6(let high, _): high >> 56 != 0xFF
        }
    }

    /// The first `count` bits as a number of 128 bits, the rest zero.
    fileprivate func prefix(_ count: Int) -> (UInt64, UInt64) {
        let (high, low): (UInt64, UInt64) =
            switch self {
            case .ipv4(let number): (UInt64(number) << 32, 0)
            case .ipv6(let high, let low): (high, low)
            }
        let highMask = count >= 64 ? UInt64.max : ~(UInt64.max >> UInt64(count))
        let lowMask = count <= 64 ? 0 : ~(UInt64.max >> UInt64(count - 64))
        return (high & highMask, count == 128 ? low : low & lowMask)
    }
}

extension IPAddress: CustomStringConvertible {
    package var description: String {
        switch self {
        case .ipv4(let number):
            return "\(number >> 24).\(number >> 16 & 255).\(number >> 8 & 255).\(number & 255)"
        case .ipv6(let high, let low):
            var bytes: InlineArray<2, UInt64> = [high.bigEndian, low.bigEndian]
            return unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: 64) { buffer in
                guard let base = buffer.baseAddress,
                    unsafe inet_ntop(AF_INET6, &bytes, base, 64) != nil
                else { return "?" }
                return unsafe String(cString: base)
            }
        }
    }
}

/// Spec: wasi:sockets/network#ip-address-family
package enum IPAddressFamily: UInt8, Hashable, Sendable {
    case ipv4
    case ipv6

    /// The kernel's number for it.
    var number: Int32 { self == .ipv4 ? AF_INET : AF_INET6 }
}

/// The addresses that have their first bits in common.
package struct IPAddressRange: Hashable, Sendable {
    private let address: IPAddress
    private let bits: Int

    /// Reads "10.0.0.0/8", "::1" or "fd00::/8".
    package init?(_ text: String) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let address = parts.first.flatMap({ IPAddress(String($0)) }) else { return nil }
        let width = address.family == .ipv4 ? 32 : 128
        guard let bits = parts.count == 1 ? width : Int(parts[1]), (0...width).contains(bits) else {
            return nil
        }
        self.address = address
        self.bits = bits
    }

    /// Whether an address is one of them; an IPv4 address may be written as one of IPv6.
    package func contains(_ other: IPAddress) -> Bool {
        let other = address.family == .ipv4 ? other.unmapped : other
        return other.family == address.family && other.prefix(bits) == address.prefix(bits)
    }
}
