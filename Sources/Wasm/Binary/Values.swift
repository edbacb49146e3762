// Lists, names and sized parts. Spec: core/binary/values, core/binary/conventions#lists.

extension ByteReader {
    /// The length of a list or of bytes: no more than there were bytes left before it.
    mutating func length() throws(ModuleError) -> Int {
        let start = offset
        let length = Int(try u32())
        guard length <= count - start else { throw malformed("length out of bounds", at: start) }
        return length
    }

    /// The length of a list that may hold `limit` of `what` at most.
    mutating func length(limit: Int, _ what: String) throws(ModuleError) -> Int {
        let start = offset
        let length = try length()
        guard length <= limit else {
            throw ModuleError(.limit, at: start, "\(length) \(what), the limit is \(limit)")
        }
        return length
    }

    /// A name. Spec: core/binary/values#names
    package mutating func name() throws(ModuleError) -> String {
        let start = offset
        let length = try length()
        try skip(length)
        let range = offset - length..<offset
        guard length <= Limits.nameBytes else {
            throw ModuleError(
                .limit,
                at: start,
                "a name of \(length) bytes, the limit is \(Limits.nameBytes)"
            )
        }
        guard let name = string(range) else {
            throw malformed("malformed UTF-8 encoding", at: start)
        }
        return name
    }

    /// The string that the bytes of a range make in UTF-8, nil if they do not.
    package func string(_ range: Range<Int>) -> String? {
        withBytes(range) { bytes in
            unsafe bytes.withUnsafeBytes { buffer in
                unsafe String(validating: buffer, as: UTF8.self)
            }
        }
    }

    /// A byte that must be zero.
    mutating func zero() throws(ModuleError) {
        let start = offset
        guard try byte() == 0 else { throw malformed("zero byte expected", at: start) }
    }
}

/// A name that equals only a name of the same code points, unlike a `String`, which equals those
/// that are canonically equivalent too.
package struct ExactName: Hashable, Sendable {
    package let string: String

    package init(string: String) { self.string = string }

    package static func == (a: ExactName, b: ExactName) -> Bool {
        a.string.utf8.elementsEqual(b.string.utf8)
    }

    package func hash(into hasher: inout Hasher) {
        var string = string
        string.withUTF8 { bytes in
            unsafe hasher.combine(bytes: UnsafeRawBufferPointer(bytes))
        }
        // What follows is not taken for a part of the name.
        hasher.combine(0xFF as UInt8)
    }
}
