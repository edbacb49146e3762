/// The status and header fields of a response (RFC 9110 section 6).
///
/// The server adds Date, Server and what frames the content; fields of a connection (Connection,
/// Transfer-Encoding and the like) are left out, since they are the server's.
package struct ResponseHead: Sendable {
    /// The status; not informational.
    package var status: Status
    /// The header fields.
    package var fields: Fields

    /// A head with this status and these fields.
    package init(_ status: Status, _ fields: Fields = Fields()) {
        self.status = status
        self.fields = fields
    }
}

extension Fields {
    /// What a response's field means to the server that frames it.
    enum Role {
        case plain
        /// Of the connection, not of the message (RFC 9110 section 7.6.1): left out.
        case connection
        case contentLength
        case date
        case server
    }

    /// The role of the response field line `index`.
    func role(_ index: Int) -> Role {
        let name = name(index)
        switch name.count {
        case 4 where name.equals("date"): return .date
        case 6 where name.equals("server"): return .server
        case 7 where name.equals("upgrade"): return .connection
        case 10 where name.equals("connection") || name.equals("keep-alive"): return .connection
        case 14 where name.equals("content-length"): return .contentLength
        case 16 where name.equals("proxy-connection"): return .connection
        case 17 where name.equals("transfer-encoding"): return .connection
        default: return .plain
        }
    }
}

extension Fields {
    /// What the first valid Content-Length declares (RFC 9110 section 8.6).
    package var contentLength: UInt64? {
        for index in 0..<count where name(index).equals("content-length") {
            if let length = decimal(value(index)) { return length }
        }
        return nil
    }
}

/// A decimal number of digits only, or nil where it is something else or too large.
func decimal(_ digits: Span<UInt8>) -> UInt64? {
    guard !digits.isEmpty, digits.count <= 19 else { return nil }
    var value: UInt64 = 0
    for index in 0..<digits.count {
        guard Characters.isDigit(digits[index]) else { return nil }
        value = value &* 10 &+ UInt64(digits[index] &- 0x30)
    }
    return value
}
