import Digest

/// Which deployment is active, and which were before it; one small file says it.
struct ActiveDeployments: Equatable {
    /// A deployment by its id and the digest of its record.
    struct Entry: Equatable {
        var id: Int
        var record: SHA256Digest
    }

    /// The active one first, then the one that was active before it, and so on.
    var stack: [Entry] = []
    /// The highest id that was ever given.
    var last = 0

    /// Makes a deployment the active one. One that was active before is gone back to: what came after it
    /// is no longer among those.
    mutating func activate(_ entry: Entry) {
        if let place = stack.firstIndex(where: { $0.id == entry.id }) {
            stack.removeFirst(place)
        } else {
            stack.insert(entry, at: 0)
        }
        last = max(last, entry.id)
    }

    /// The bytes of the file.
    var text: String {
        var lines = ["last \(last)"]
        lines += stack.map { "active \($0.id) \($0.record)" }
        return lines.joined(separator: "\n") + "\n"
    }

    init() {}

    /// Reads the file; nil where it is damaged.
    init?(parsing text: String) {
        for line in text.split(separator: "\n") {
            let words = line.split(separator: " ")
            guard words.count >= 2, let id = Int(words[1]), id >= 0 else { return nil }
            switch (words[0], words.count) {
            case ("last", 2): last = id
            case ("active", 3):
                guard let record = SHA256Digest(words[2]) else { return nil }
                stack.append(Entry(id: id, record: record))
            default: return nil
            }
        }
        guard text.hasSuffix("\n"), stack.allSatisfy({ $0.id > 0 && $0.id <= last }) else { return nil }
    }
}
