// Socket addresses as the kernel has them, as text, and as keys.
//
// Unsafe here: sockaddr_storage read and written as its family's structure, which is never larger.
import Glibc

/// An IP address as 16 bytes, IPv4 in its mapped form (RFC 4291 section 2.5.5.2).
package struct IPAddress: Hashable, Sendable {
    /// The first and the last eight bytes, as big-endian numbers.
    package var high: UInt64
    package var low: UInt64

    /// The address of these halves.
    package init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// An IPv4 address as a number.
    package init(ipv4: UInt32) {
        high = 0
        low = 0xFFFF_0000_0000 | UInt64(ipv4)
    }

    /// Reads "127.0.0.1" or "::1".
    package init?(_ text: String) {
        var four = in_addr()
        if unsafe inet_pton(AF_INET, text, &four) == 1 {
            self.init(ipv4: UInt32(bigEndian: four.s_addr))
            return
        }
        var six = InlineArray<2, UInt64>(repeating: 0)
        guard unsafe inet_pton(AF_INET6, text, &six) == 1 else { return nil }
        self.init(high: UInt64(bigEndian: six[0]), low: UInt64(bigEndian: six[1]))
    }

    /// Whether it is an IPv4 address.
    package var isIPv4: Bool { high == 0 && low >> 32 == 0xFFFF }

    /// What counts as one client: the address, or its /64 in IPv6.
    package var client: IPAddress { isIPv4 ? self : IPAddress(high: high, low: 0) }

    /// The address as text.
    package var text: String {
        if isIPv4 {
            let number = UInt32(truncatingIfNeeded: low)
            return "\(number >> 24).\(number >> 16 & 255).\(number >> 8 & 255).\(number & 255)"
        }
        var bytes: InlineArray<2, UInt64> = [high.bigEndian, low.bigEndian]
        return unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: 64) { buffer in
            guard let base = buffer.baseAddress,
                unsafe inet_ntop(AF_INET6, &bytes, base, 64) != nil
            else { return "?" }
            return unsafe String(cString: base)
        }
    }
}

/// A network: an address and how many of its first bits count.
package struct AddressRange: Sendable, Equatable {
    private let address: IPAddress
    private let bits: Int

    /// Reads "10.0.0.0/8", "::1" or "fd00::/8".
    package init?(_ text: String) {
        let parts = text.split(separator: "/", maxSplits: 1).map(String.init)
        guard let first = parts.first, let address = IPAddress(first) else { return nil }
        let offset = address.isIPv4 ? 96 : 0
        var bits = 128
        if parts.count == 2 {
            guard let number = Int(parts[1]), (0...(128 - offset)).contains(number) else {
                return nil
            }
            bits = number + offset
        }
        self.address = address
        self.bits = bits
    }

    /// Whether `other` lies in this network.
    package func contains(_ other: IPAddress) -> Bool {
        let highBits = min(bits, 64)
        let lowBits = bits - highBits
        return IPAddress.samePrefix(address.high, other.high, highBits)
            && IPAddress.samePrefix(address.low, other.low, lowBits)
    }
}

extension IPAddress {
    fileprivate static func samePrefix(_ left: UInt64, _ right: UInt64, _ bits: Int) -> Bool {
        bits == 0 || (left ^ right) >> UInt64(64 - bits) == 0
    }
}

/// The other end of an accepted socket.
struct SocketPeer {
    /// Nil for a Unix socket.
    var address: IPAddress?
    var port: UInt16 = 0

    /// Reads what accept gave.
    init(_ storage: sockaddr_storage) {
        unsafe withUnsafeBytes(of: storage) { bytes in
            switch Int32(storage.ss_family) {
            case AF_INET:
                let four = unsafe bytes.load(as: sockaddr_in.self)
                address = IPAddress(ipv4: UInt32(bigEndian: four.sin_addr.s_addr))
                port = UInt16(bigEndian: four.sin_port)
            case AF_INET6:
                port = UInt16(bigEndian: unsafe bytes.load(fromByteOffset: 2, as: UInt16.self))
                address = IPAddress(
                    high: UInt64(
                        bigEndian: unsafe bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)
                    ),
                    low: UInt64(
                        bigEndian: unsafe bytes.loadUnaligned(fromByteOffset: 16, as: UInt64.self)
                    )
                )
            default: break
            }
        }
    }
}
