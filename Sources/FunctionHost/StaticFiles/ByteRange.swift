/// What Range asks for of a file (RFC 9110 section 14).
enum RangeRequest: Equatable {
    /// All of it: there is no Range, or one that is passed over.
    case whole
    /// First byte and number of bytes; there is at least one.
    case part(start: UInt64, count: UInt64)
    /// Nothing that is there: 416.
    case notSatisfiable

    /// What `field` asks for of a file of `size` bytes.
    ///
    /// Several ranges that touch are one; those that leave a gap are passed over, and all is sent, as
    /// RFC 9110 section 14.2 lets a server do. So is a field that is none of bytes.
    init(_ field: String?, size: UInt64) {
        guard let field, let specs = RangeRequest.specs(field) else {
            self = .whole
            return
        }
        let ranges = specs.compactMap { $0.range(size) }.sorted { $0.lowerBound < $1.lowerBound }
        guard let first = ranges.first else {
            self = .notSatisfiable
            return
        }
        var end = first.upperBound
        for range in ranges.dropFirst() {
            guard range.lowerBound <= end else {
                self = .whole
                return
            }
            end = max(end, range.upperBound)
        }
        self = .part(start: first.lowerBound, count: end - first.lowerBound)
    }

    /// `5-9`, `5-` or `-9`.
    private enum Spec {
        case from(UInt64, last: UInt64?)
        case suffix(UInt64)

        /// The bytes of a file; nil where none of them is there.
        func range(_ size: UInt64) -> Range<UInt64>? {
            switch self {
            case .from(let first, let last):
                guard first < size else { return nil }
                return first..<(min(last ?? .max, size - 1) + 1)
            case .suffix(let count):
                guard count > 0, size > 0 else { return nil }
                return (size - min(count, size))..<size
            }
        }
    }

    /// The field's specifications; nil where it is not of bytes, or not of the form.
    private static func specs(_ field: String) -> [Spec]? {
        guard field.lowercased().hasPrefix("bytes=") else { return nil }
        let elements = field.dropFirst(6).split(separator: ",").map { $0.trimmed }
            .filter { !$0.isEmpty }
        guard !elements.isEmpty, elements.count <= StaticFileLimits.ranges else { return nil }
        var specs: [Spec] = []
        for element in elements {
            guard let dash = element.firstIndex(of: "-") else { return nil }
            let (before, after) = (element[..<dash], element[element.index(after: dash)...])
            if before.isEmpty {
                guard let count = number(after) else { return nil }
                specs.append(.suffix(count))
                continue
            }
            guard let first = number(before) else { return nil }
            guard !after.isEmpty else {
                specs.append(.from(first, last: nil))
                continue
            }
            guard let last = number(after), first <= last else { return nil }
            specs.append(.from(first, last: last))
        }
        return specs
    }

    /// Digits alone; what is too large for 64 bits is as large as can be.
    private static func number(_ text: Substring) -> UInt64? {
        guard !text.isEmpty, text.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else { return nil }
        return UInt64(text) ?? .max
    }
}
