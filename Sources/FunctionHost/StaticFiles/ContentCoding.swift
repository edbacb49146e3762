/// How a file beside another holds the same in fewer bytes.
enum ContentCoding: CaseIterable {
    case brotli
    case gzip

    /// As Content-Encoding and Accept-Encoding have it.
    var name: String {
        switch self {
        case .brotli: "br"
        case .gzip: "gzip"
        }
    }

    /// What the file's name has behind that of the other.
    var ending: String {
        switch self {
        case .brotli: ".br"
        case .gzip: ".gz"
        }
    }

    /// The codings that Accept-Encoding prefers to none, the best first: by quality, then the shorter
    /// one. Spec: RFC 9110 section 12.5.3
    static func accepted(by field: String?) -> [ContentCoding] {
        guard let field else { return [] }
        var qualities: [Substring: Int] = [:]
        for element in field.split(separator: ",") {
            let parts = element.split(separator: ";").map { $0.trimmed }
            guard let name = parts.first, !name.isEmpty else { continue }
            var quality = 1_000
            for parameter in parts.dropFirst() where parameter.lowercased().hasPrefix("q=") {
                quality = thousandths(parameter.dropFirst(2)) ?? 0
            }
            qualities[Substring(name.lowercased())] = quality
        }
        func quality(_ name: String, otherwise: Int) -> Int {
            qualities[Substring(name)] ?? qualities["*"] ?? otherwise
        }
        // Without a word about it, identity is acceptable, but never better than what was named.
        let identity = qualities["identity"] ?? 0
        let rated = allCases.map { coding -> (coding: ContentCoding, quality: Int) in
            var given = quality(coding.name, otherwise: 0)
            if coding == .gzip { given = max(given, qualities["x-gzip"] ?? 0) }
            return (coding, given)
        }
        return rated.filter { $0.quality > 0 && $0.quality >= identity }
            .enumerated()
            .sorted { a, b in
                a.element.quality != b.element.quality
                    ? a.element.quality > b.element.quality : a.offset < b.offset
            }
            .map(\.element.coding)
    }

    /// A weight in thousandths (RFC 9110 section 12.4.2); nil where it is none.
    private static func thousandths(_ text: Substring) -> Int? {
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard let whole = parts.first, whole == "0" || whole == "1" else { return nil }
        let digits = parts.count > 1 ? parts[1] : ""
        guard digits.utf8.count <= 3, digits.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else {
            return nil
        }
        let value = Int(whole + digits + String(repeating: "0", count: 3 - digits.utf8.count))
        return value.flatMap { $0 <= 1_000 ? $0 : nil }
    }
}

extension Substring {
    /// Without spaces and tabs at its ends.
    var trimmed: Substring {
        var text = self
        while let first = text.first, first == " " || first == "\t" { text.removeFirst() }
        while let last = text.last, last == " " || last == "\t" { text.removeLast() }
        return text
    }
}
