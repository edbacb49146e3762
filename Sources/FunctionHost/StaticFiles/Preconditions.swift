import HTTP

/// What a request asks of the file before it is sent (RFC 9110 section 13).
struct Preconditions {
    enum Outcome: Equatable {
        case met
        /// 304
        case notModified
        /// 412
        case failed
    }

    private let match: String?
    private let noneMatch: String?
    private let modifiedSince: String?
    private let unmodifiedSince: String?
    private let range: String?

    init(_ fields: Fields) {
        match = fields.list("if-match")
        noneMatch = fields.list("if-none-match")
        modifiedSince = fields["if-modified-since"]
        unmodifiedSince = fields["if-unmodified-since"]
        range = fields["if-range"]
    }

    /// The conditions in their order (RFC 9110 section 13.2.2). Times in seconds since 1970.
    func outcome(_ tag: EntityTag, modified: Int, now: Int) -> Outcome {
        if let match {
            if !EntityTagList(match).contains(strongly: tag) { return .failed }
        } else if let date = unmodifiedSince.flatMap({ HTTPDate.seconds($0, now: now) }) {
            if modified > date { return .failed }
        }
        if let noneMatch {
            if EntityTagList(noneMatch).contains(weakly: tag) { return .notModified }
        } else if let date = modifiedSince.flatMap({ HTTPDate.seconds($0, now: now) }) {
            if modified <= date { return .notModified }
        }
        return .met
    }

    /// Whether Range counts: the file is the one that If-Range means, or nothing is said about it.
    func allowsRange(_ tag: EntityTag, modified: Int, now: Int) -> Bool {
        guard let range else { return true }
        if let date = HTTPDate.seconds(range, now: now) {
            // A date is a strong validator only when it is older than a second.
            return date == modified && modified < now
        }
        guard case .tags(let tags) = EntityTagList(range), tags.count == 1 else { return false }
        return tags[0].matchesStrongly(tag)
    }
}

extension Fields {
    /// The values of all lines called `name`, which is in lower case, as one list.
    func list(_ name: StaticString) -> String? {
        var text: String?
        for index in 0..<count where self.name(index).equals(name) {
            let value = value(index).text
            text = text.map { "\($0), \(value)" } ?? value
        }
        return text
    }
}
