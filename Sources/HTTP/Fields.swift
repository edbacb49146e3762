// Unsafe here: the storage lent to C for the time of one call.

/// A list of field lines (RFC 9110 section 5): names in lower case, values without outer space.
///
/// All bytes lie in one array; a list that is reused allocates nothing.
package struct Fields: Sendable, Equatable {
    private struct Line: Sendable, Equatable {
        var start: UInt32
        var nameLength: UInt32
        var valueLength: UInt32
    }

    private var bytes: [UInt8] = []
    private var lines: [Line] = []

    /// No field line.
    package init() {}

    /// The given lines.
    ///
    /// Throws where a name is no token or a value holds a control character.
    package init(_ lines: KeyValuePairs<String, String>) throws(FieldError) {
        for (name, value) in lines { try append(name, value) }
    }

    /// Field lines.
    package var count: Int { lines.count }

    /// Whether there is none.
    package var isEmpty: Bool { lines.isEmpty }

    /// The size of the list as HTTP/2 counts it: names, values and 32 for each (RFC 9113, 6.5.2).
    package var listSize: Int { bytes.count + 32 * lines.count }

    /// The name of line `index`, in lower case.
    @_lifetime(borrow self)
    package func name(_ index: Int) -> Span<UInt8> {
        let line = lines[index]
        let start = Int(line.start)
        return bytes.span.extracting(start..<start + Int(line.nameLength))
    }

    /// The value of line `index`.
    @_lifetime(borrow self)
    package func value(_ index: Int) -> Span<UInt8> {
        let line = lines[index]
        let start = Int(line.start) + Int(line.nameLength)
        return bytes.span.extracting(start..<start + Int(line.valueLength))
    }

    /// The first line called `name`, which is in lower case.
    package func first(_ name: StaticString) -> Int? {
        for index in 0..<lines.count where self.name(index).equals(name) { return index }
        return nil
    }

    /// The value of the first line called `name`, which is in lower case, as text.
    package subscript(name: StaticString) -> String? {
        first(name).map { value($0).text }
    }

    /// Forgets all lines and keeps the storage.
    package mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        lines.removeAll(keepingCapacity: true)
    }

    /// Appends a line after checking it: a name that is a token, a value without control characters
    /// other than tab and without outer space (RFC 9110 section 5.5).
    package mutating func append(_ name: Span<UInt8>, _ value: Span<UInt8>) throws(FieldError) {
        guard Fields.isName(name) else { throw .name }
        guard Fields.isValue(value) else { throw .value }
        appendChecked(name, value.trimmed())
    }

    /// Appends a line after checking it.
    package mutating func append(_ name: String, _ value: String) throws(FieldError) {
        try append(Array(name.utf8).span, Array(value.utf8).span)
    }

    /// Whether `name` can name a field: a token (RFC 9110 section 5.1).
    package static func isName(_ name: Span<UInt8>) -> Bool {
        for index in 0..<name.count where !Characters.isToken(name[index]) { return false }
        return !name.isEmpty
    }

    /// Whether `value` can be a field's: no control character other than tab.
    package static func isValue(_ value: Span<UInt8>) -> Bool {
        for index in 0..<value.count where !Characters.isFieldValue(value[index]) { return false }
        return true
    }

    /// Whether line `index` is called `name`, which may be in any case.
    package func isNamed(_ index: Int, _ name: Span<UInt8>) -> Bool {
        let own = self.name(index)
        guard own.count == name.count else { return false }
        for place in 0..<own.count where own[place] != Characters.lowercased(name[place]) {
            return false
        }
        return true
    }

    /// Appends line `index` of another list.
    package mutating func append(_ other: Fields, _ index: Int) {
        appendChecked(other.name(index), other.value(index))
    }

    /// Appends the lines of another list.
    package mutating func append(contentsOf other: Fields) {
        let start = UInt32(truncatingIfNeeded: bytes.count)
        bytes.append(contentsOf: other.bytes)
        for var line in other.lines {
            line.start &+= start
            lines.append(line)
        }
    }

    /// Takes all lines called `name` out, which may be in any case.
    package mutating func remove(_ name: Span<UInt8>) {
        var isThere = false
        for index in 0..<count where isNamed(index, name) { isThere = true }
        guard isThere else { return }
        var rest = Fields()
        for index in 0..<count where !isNamed(index, name) { rest.append(self, index) }
        self = rest
    }

    /// Appends line `index` of another list.
    package mutating func copy(_ index: Int, of other: Fields) {
        appendChecked(other.name(index), other.value(index))
    }

    /// Appends to the value of line `index`, which need not be the last, after "; ".
    mutating func extend(_ index: Int, with value: Span<UInt8>) {
        var joined = Fields()
        for place in 0..<count {
            guard place == index else {
                joined.appendChecked(name(place), self.value(place))
                continue
            }
            var whole = Array(self.value(place))
            whole.append(0x3B)
            whole.append(0x20)
            whole.append(value)
            joined.appendChecked(name(place), whole.span)
        }
        self = joined
    }

    /// Where line `index` lies in the storage.
    func place(_ index: Int) -> (start: Int, nameLength: Int, valueLength: Int) {
        let line = lines[index]
        return (Int(line.start), Int(line.nameLength), Int(line.valueLength))
    }

    /// Gives the start of the storage to `body`.
    func withStorage(_ body: (UnsafePointer<UInt8>) -> Void) {
        unsafe bytes.withUnsafeBufferPointer { buffer in
            if let base = buffer.baseAddress { return unsafe body(base) }
            var none: UInt8 = 0
            unsafe body(&none)
        }
    }

    /// Appends a line whose name is a token and whose value holds only what a value may.
    mutating func appendChecked(_ name: Span<UInt8>, _ value: Span<UInt8>) {
        lines.append(
            Line(
                start: UInt32(truncatingIfNeeded: bytes.count),
                nameLength: UInt32(truncatingIfNeeded: name.count),
                valueLength: UInt32(truncatingIfNeeded: value.count)
            )
        )
        let start = bytes.count
        bytes.append(name)
        unsafe bytes.withUnsafeMutableBufferPointer { bytes in
            for index in start..<bytes.count {
                unsafe bytes[index] = Characters.lowercased(bytes[index])
            }
        }
        bytes.append(value)
    }
}

/// Why a field line was refused.
package enum FieldError: Error, Equatable, CustomStringConvertible {
    /// The name is empty or not a token.
    case name
    /// The value holds a control character.
    case value

    package var description: String {
        switch self {
        case .name: "a field name is empty or holds a character that is not allowed"
        case .value: "a field value holds a control character"
        }
    }
}

extension Array where Element == UInt8 {
    /// Appends the bytes of a span.
    mutating func append(_ span: Span<UInt8>) {
        unsafe span.withUnsafeBufferPointer { unsafe append(contentsOf: $0) }
    }
}
