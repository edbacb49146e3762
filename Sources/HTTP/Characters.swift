/// The character classes of RFC 9110 section 5 and RFC 3986, as bit sets over the first 128 bytes.
enum Characters {
    /// Whether a byte is a `tchar` (RFC 9110 section 5.6.2).
    ///
    /// Letters, digits and !#$%&'*+-.^_`|~
    @inline(__always)
    static func isToken(_ byte: UInt8) -> Bool {
        let low: UInt64 = 0x03FF_6CFA_0000_0000
        let high: UInt64 = 0x57FF_FFFF_C7FF_FFFE
        if byte < 64 { return low >> UInt64(byte) & 1 == 1 }
        return byte < 128 && high >> UInt64(byte &- 64) & 1 == 1
    }

    /// What a field value may hold (RFC 9110 section 5.5): visible, space, tab and obs-text.
    @inline(__always)
    static func isFieldValue(_ byte: UInt8) -> Bool {
        byte >= 0x20 ? byte != 0x7F : byte == 0x09
    }

    /// What a request target may hold: visible ASCII but "#".
    ///
    /// Browsers send some characters that RFC 3986 would have encoded, such as "|"; none of them
    /// delimits anything in HTTP.
    @inline(__always)
    static func isTarget(_ byte: UInt8) -> Bool { byte > 0x20 && byte < 0x7F && byte != 0x23 }

    /// What an authority may hold: a registered name or IP literal, and a port (RFC 3986 section
    /// 3.2).
    static func isAuthority(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x3A, 0x41...0x5B, 0x5D, 0x61...0x7A: true  // 0-9 : A-Z [ ] a-z
        case 0x21, 0x24...0x2E, 0x3B, 0x3D, 0x5F, 0x7E: true  // ! $ % & ' ( ) * + , - . ; = _ ~
        default: false
        }
    }

    @inline(__always)
    static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

    /// The value of a hexadecimal digit.
    @inline(__always)
    static func hexadecimal(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte &- 0x30
        case 0x41...0x46: byte &- 0x37
        case 0x61...0x66: byte &- 0x57
        default: nil
        }
    }

    @inline(__always)
    static func lowercased(_ byte: UInt8) -> UInt8 {
        byte &- 0x41 < 26 ? byte | 0x20 : byte
    }
}

extension Span where Element == UInt8 {
    /// Whether these bytes are `text`, byte for byte.
    package func equals(_ text: StaticString) -> Bool {
        guard count == text.utf8CodeUnitCount else { return false }
        for index in 0..<count where unsafe self[index] != text.utf8Start[index] { return false }
        return true
    }

    /// Whether these bytes are `text`, which is in lower case, without regard to case.
    package func equalsIgnoringCase(_ text: StaticString) -> Bool {
        guard count == text.utf8CodeUnitCount else { return false }
        for index in 0..<count
        where unsafe Characters.lowercased(self[index]) != text.utf8Start[index] { return false }
        return true
    }

    /// These bytes as text, with what is not UTF-8 replaced.
    package var text: String {
        unsafe withUnsafeBufferPointer { unsafe String(decoding: $0, as: UTF8.self) }
    }

    /// These bytes without spaces and tabs at either end (OWS, RFC 9110 section 5.6.3).
    @_lifetime(copy self)
    func trimmed() -> Span<UInt8> {
        var start = 0
        var end = count
        while start < end, self[start] == 0x20 || self[start] == 0x09 { start &+= 1 }
        while end > start, self[end &- 1] == 0x20 || self[end &- 1] == 0x09 { end &-= 1 }
        return extracting(start..<end)
    }

    /// Calls `body` with each element of a comma-separated list (RFC 9110 section 5.6.1), trimmed.
    func forEachListElement(_ body: (Span<UInt8>) -> Void) {
        var start = 0
        while start <= count {
            var end = start
            while end < count, self[end] != 0x2C { end &+= 1 }
            let element = extracting(start..<end).trimmed()
            if !element.isEmpty { body(element) }
            start = end &+ 1
        }
    }
}
