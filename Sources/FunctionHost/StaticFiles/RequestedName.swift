import HTTP

/// The name of a file, as a request's path gives it beneath a route.
struct RequestedName: Equatable {
    /// Relative to the directory; empty for the directory itself.
    let path: String
    /// Whether a slash ended it, so that it means a directory.
    let namesDirectory: Bool

    /// Why a path names no file.
    enum Failure: Error, Equatable {
        /// It is not percent-encoded as RFC 3986 has it, or holds NUL, an encoded slash, or a step.
        case malformed
        /// It names what is not served: what begins with a dot, or an empty name.
        case absent
    }

    /// Decodes `bytes`, once, and checks each name.
    init(decoding bytes: Span<UInt8>, namesDirectory: Bool) throws(Failure) {
        var name: [UInt8] = []
        var text: [UInt8] = []
        var place = 0
        while place < bytes.count {
            var byte = bytes[place]
            place += 1
            if byte == UInt8(ascii: "/") {
                try RequestedName.check(name, isFirst: text.count == name.count)
                text.append(byte)
                name.removeAll(keepingCapacity: true)
                continue
            }
            if byte == UInt8(ascii: "%") {
                guard place + 1 < bytes.count, let high = RequestedName.digit(bytes[place]),
                    let low = RequestedName.digit(bytes[place + 1])
                else { throw .malformed }
                byte = high << 4 | low
                place += 2
            }
            guard byte != 0, byte != UInt8(ascii: "/") else { throw .malformed }
            name.append(byte)
            text.append(byte)
        }
        if !text.isEmpty { try RequestedName.check(name, isFirst: text.count == name.count) }
        guard let path = String(validating: text, as: UTF8.self) else { throw .absent }
        self.path = path
        self.namesDirectory = namesDirectory
    }

    private static func check(_ name: [UInt8], isFirst: Bool) throws(Failure) {
        guard let first = name.first else { throw .absent }
        guard first == UInt8(ascii: ".") else { return }
        if name.elementsEqual(".".utf8) || name.elementsEqual("..".utf8) { throw .malformed }
        // RFC 8615: what is well known is served like the rest.
        guard isFirst, name.elementsEqual(".well-known".utf8) else { throw .absent }
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x37
        case 0x61...0x66: byte - 0x57
        default: nil
        }
    }
}
