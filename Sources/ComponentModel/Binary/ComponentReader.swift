// Spec: Binary, core/binary/values.

import Wasm

/// A position in a component's bytes, and the primitives of the binary format that are read there.
struct ComponentReader {
    private var bytes: ByteReader

    init(_ bytes: ByteReader) { self.bytes = bytes }

    var offset: Int { bytes.offset }
    var end: Int { bytes.count }
    var isAtEnd: Bool { bytes.isAtEnd }

    /// A reader of the part that `range` is, which begins there.
    func part(_ range: Range<Int>) -> ComponentReader { ComponentReader(bytes.part(range)) }

    /// Goes to an offset.
    mutating func seek(to offset: Int) { bytes.seek(to: offset) }

    /// The next byte, nil at the end.
    func peek() -> UInt8? { bytes.peek() }

    mutating func byte() throws(ComponentError) -> UInt8 {
        try core { bytes throws(ModuleError) in try bytes.byte() }
    }

    /// Bytes that are only passed over; where they stand.
    mutating func skip(_ length: Int) throws(ComponentError) -> Range<Int> {
        guard length >= 0, length <= bytes.remaining else { throw endError() }
        let start = offset
        bytes.seek(to: start + length)
        return start..<start + length
    }

    mutating func u32() throws(ComponentError) -> UInt32 {
        try core { bytes throws(ModuleError) in try bytes.u32() }
    }

    /// An index or a count.
    mutating func index() throws(ComponentError) -> Int { Int(try u32()) }

    /// A signed number of `bits` bits.
    mutating func signed(bits: Int) throws(ComponentError) -> Int64 {
        try core { bytes throws(ModuleError) in try bytes.signed(bits: bits) }
    }

    mutating func u64() throws(ComponentError) -> UInt64 {
        try core { bytes throws(ModuleError) in try bytes.u64() }
    }

    /// The length of a list that may hold `limit` of `what` at most, each of a byte or more.
    mutating func count(_ limit: Int, _ what: String) throws(ComponentError) -> Int {
        let start = offset
        let count = try index()
        guard count <= limit else {
            throw ComponentError(.limit, at: start, "\(what) count exceeds limit of \(limit)")
        }
        guard count <= bytes.remaining else { throw endError() }
        return count
    }

    /// A string after its length.
    mutating func name() throws(ComponentError) -> String {
        let start = offset
        let length = try index()
        let range = try skip(length)
        guard length <= ComponentLimits.nameBytes else {
            let limit = ComponentLimits.nameBytes
            throw ComponentError(
                .limit,
                at: start,
                "a name of \(length) bytes, the limit is \(limit)"
            )
        }
        guard let name = bytes.string(range) else {
            throw malformed("malformed UTF-8 encoding", at: start)
        }
        return name
    }

    /// A flag of a byte.
    mutating func bool() throws(ComponentError) -> Bool {
        let start = offset
        let byte = try byte()
        guard byte <= 1 else {
            throw malformed("invalid boolean value: 0x\(String(byte, radix: 16))", at: start)
        }
        return byte == 1
    }

    /// What a byte says is or is not there; `what` is its name in the error.
    mutating func isPresent(_ what: String) throws(ComponentError) -> Bool {
        switch try byte() {
        case 0: return false
        case 1: return true
        case let byte: throw invalidLeadingByte(byte, what)
        }
    }

    /// Reads something by the grammar of core modules.
    mutating func core<Result>(
        _ read: (inout ByteReader) throws(ModuleError) -> Result
    ) throws(ComponentError) -> Result {
        do throws(ModuleError) {
            return try read(&bytes)
        } catch {
            if error.message.hasPrefix("unexpected end") { throw endError() }
            throw ComponentError(error)
        }
    }

    // MARK: Errors

    /// An error of the grammar at the current offset, or at `offset`.
    func malformed(_ message: String, at offset: Int? = nil) -> ComponentError {
        ComponentError(.malformed, at: offset ?? self.offset, message)
    }

    /// The error of a byte, just read, that stands for nothing where `what` begins.
    func invalidLeadingByte(_ byte: UInt8, _ what: String) -> ComponentError {
        malformed("invalid leading byte (0x\(String(byte, radix: 16))) for \(what)", at: offset - 1)
    }

    private func endError() -> ComponentError { malformed("unexpected end-of-file", at: end) }
}

extension ComponentError {
    /// What is wrong with a core module, or with a part of the component that has a core module's grammar.
    init(_ error: ModuleError) {
        let kind: Kind =
            switch error.kind {
            case .malformed: .malformed
            case .invalid: .invalid
            case .limit: .limit
            }
        self.init(kind, at: error.offset, error.message)
    }

    /// A broken rule of validation.
    static func invalid(_ message: String, at offset: Int) -> ComponentError {
        ComponentError(.invalid, at: offset, message)
    }

    /// The same error, with what was looked at before it.
    func within(_ context: @autoclosure () -> String) -> ComponentError {
        kind == .invalid ? ComponentError(kind, at: offset, "\(context()): \(message)") : self
    }
}
