import Reactor

/// What a PROXY header says of the true client.
enum ProxyHeader: Equatable {
    /// The proxy itself speaks (`LOCAL`, `UNKNOWN`), or of a kind of address that is not used here.
    case local
    /// The client's address and port.
    case client(IPAddress, UInt16)

    /// What the bytes read so far amount to.
    enum Progress: Equatable {
        /// So many bytes more are certain to belong to the header.
        case needs(Int)
        case done(ProxyHeader)
        case malformed
    }

    /// The longest header of version 1, and the longest that is taken of version 2.
    private static let longestText = 107
    private static let longestBinary = 16 + 536

    private static let signature: InlineArray<12, UInt8> = [
        0x0D, 0x0A, 0x0D, 0x0A, 0x00, 0x0D, 0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A,
    ]

    /// Reads a header.
    ///
    /// No more than what `needs` gives is ever read from a socket, so that nothing behind the
    /// header is taken with it.
    static func parse(_ bytes: [UInt8]) -> Progress {
        // The shortest header of either version has 15 or 16 bytes.
        guard bytes.count >= 13 else { return .needs(13 - bytes.count) }
        for index in 0..<12 where bytes[index] != signature[index] { return text(bytes) }
        return binary(bytes)
    }

    // MARK: Version 1

    private static func text(_ bytes: [UInt8]) -> Progress {
        guard bytes.starts(with: Array("PROXY ".utf8)) else { return .malformed }
        guard bytes.last == 0x0A else {
            return bytes.count < longestText ? .needs(1) : .malformed
        }
        guard bytes[bytes.count - 2] == 0x0D else { return .malformed }
        let line = String(decoding: bytes.dropLast(2), as: UTF8.self)
        let words = line.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        if words.count >= 2, words[1] == "UNKNOWN" { return .done(.local) }
        guard words.count == 6, words[1] == "TCP4" || words[1] == "TCP6",
            let source = IPAddress(words[2]), IPAddress(words[3]) != nil,
            source.isIPv4 == (words[1] == "TCP4"),
            let port = UInt16(words[4]), UInt16(words[5]) != nil
        else { return .malformed }
        return .done(.client(source, port))
    }

    // MARK: Version 2

    private static func binary(_ bytes: [UInt8]) -> Progress {
        guard bytes.count >= 16 else { return .needs(16 - bytes.count) }
        let length = Int(bytes[14]) << 8 | Int(bytes[15])
        guard bytes[12] >> 4 == 2, 16 + length <= longestBinary else { return .malformed }
        guard bytes.count >= 16 + length else { return .needs(16 + length - bytes.count) }
        switch bytes[12] & 15 {
        case 0: return .done(.local)
        case 1: break
        default: return .malformed
        }
        switch bytes[13] {
        case 0x11:
            guard length >= 12 else { return .malformed }
            let address = UInt32(truncatingIfNeeded: number(bytes, 16, 4))
            return .done(.client(IPAddress(ipv4: address), port(bytes, 24)))
        case 0x21:
            guard length >= 36 else { return .malformed }
            let address = IPAddress(high: number(bytes, 16, 8), low: number(bytes, 24, 8))
            return .done(.client(address, port(bytes, 48)))
        default: return .done(.local)
        }
    }

    private static func port(_ bytes: [UInt8], _ start: Int) -> UInt16 {
        UInt16(truncatingIfNeeded: number(bytes, start, 2))
    }

    private static func number(_ bytes: [UInt8], _ start: Int, _ count: Int) -> UInt64 {
        bytes[start..<start + count].reduce(0) { $0 << 8 | UInt64($1) }
    }
}
