/// The name that was likely meant by another.
enum NearestName {
    /// The one of `names` that is nearest to `name` by edits, or that has its words and more; nil
    /// where none is near.
    static func find(_ name: String, among names: [String]) -> String? {
        nearest(name, names) ?? names.first { isShortened(name, $0) }
    }

    /// Whether a name is another one's beginning, or has some of its words in their order.
    private static func isShortened(_ name: String, _ other: String) -> Bool {
        if name.utf8.count >= 3, other.lowercased().hasPrefix(name.lowercased()) { return true }
        let words = name.lowercased().split(separator: "_")
        var rest = words[...]
        for word in other.lowercased().split(separator: "_") where word == rest.first {
            rest.removeFirst()
        }
        return words.count > 1 && rest.isEmpty
    }

    private static func nearest(_ name: String, _ names: [String]) -> String? {
        let wanted = Array(name.lowercased().utf8.prefix(64))
        var best: (name: String, distance: Int)?
        for candidate in names {
            let distance = distance(wanted, Array(candidate.lowercased().utf8.prefix(64)))
            let longer = max(wanted.count, candidate.utf8.count)
            guard distance <= max(1, longer / 3), distance < longer else { continue }
            if distance < best?.distance ?? .max { best = (candidate, distance) }
        }
        return best?.name
    }

    /// Insertions, removals, changes and exchanges of neighbours that make one text of the other.
    private static func distance(_ a: [UInt8], _ b: [UInt8]) -> Int {
        var beforeLast: [Int] = []
        var last = Array(0...b.count)
        for i in a.indices {
            var row = [i + 1]
            for j in b.indices {
                var cost = min(last[j + 1] + 1, row[j] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
                if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
                    cost = min(cost, beforeLast[j - 1] + 1)
                }
                row.append(cost)
            }
            beforeLast = last
            last = row
        }
        return last[b.count]
    }
}
