/// A validator of a file's content (RFC 9110 section 8.8.3).
///
/// It is made of size and times, so that no file has to be read for it. Times are no finer than the
/// kernel's clock, which ticks some hundred times a second: a file may change twice with the same time.
/// Until a file has been left alone for a second, its tag is a weak one.
struct EntityTag: Equatable {
    /// Between the quotes.
    let opaque: String
    let isWeak: Bool

    /// The tag of a file; `coding` names what is encoded of it. `now` in nanoseconds since 1970.
    init(_ file: OpenFile, coding: ContentCoding?, now: Int64) {
        let numbers = [file.size, UInt64(bitPattern: file.modified), UInt64(bitPattern: file.changed)]
        let text = numbers.map { String($0, radix: 36) }.joined(separator: "-")
        opaque = coding.map { "\(text)-\($0.name)" } ?? text
        isWeak = now < max(file.modified, file.changed) &+ 1_000_000_000
    }

    init(opaque: String, isWeak: Bool) {
        self.opaque = opaque
        self.isWeak = isWeak
    }

    /// As ETag has it.
    var text: String { (isWeak ? "W/" : "") + "\"\(opaque)\"" }

    /// Whether both mean the same bytes (RFC 9110 section 8.8.3.2).
    func matchesStrongly(_ other: EntityTag) -> Bool {
        !isWeak && !other.isWeak && opaque == other.opaque
    }

    /// Whether one may stand for the other.
    func matchesWeakly(_ other: EntityTag) -> Bool { opaque == other.opaque }
}

/// What If-Match and If-None-Match name (RFC 9110 section 13.1).
enum EntityTagList: Equatable {
    case any
    case tags([EntityTag])

    /// Reads the field's value; what follows something that is no tag is left out.
    init(_ field: String) {
        var rest = Substring(field).trimmed
        guard rest != "*" else {
            self = .any
            return
        }
        var tags: [EntityTag] = []
        while !rest.isEmpty {
            let isWeak = rest.hasPrefix("W/")
            if isWeak { rest = rest.dropFirst(2) }
            guard rest.first == "\"" else { break }
            rest = rest.dropFirst()
            guard let end = rest.firstIndex(of: "\"") else { break }
            tags.append(EntityTag(opaque: String(rest[..<end]), isWeak: isWeak))
            rest = rest[rest.index(after: end)...].trimmed
            while rest.first == "," { rest = rest.dropFirst().trimmed }
        }
        self = .tags(tags)
    }

    func contains(strongly tag: EntityTag) -> Bool {
        switch self {
        case .any: true
        case .tags(let tags): tags.contains { $0.matchesStrongly(tag) }
        }
    }

    func contains(weakly tag: EntityTag) -> Bool {
        switch self {
        case .any: true
        case .tags(let tags): tags.contains { $0.matchesWeakly(tag) }
        }
    }
}
