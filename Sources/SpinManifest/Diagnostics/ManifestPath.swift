/// The way from a manifest's root to a value: keys of tables, indices of arrays.
package struct ManifestPath: Sendable, Hashable, CustomStringConvertible {
    package enum Element: Sendable, Hashable {
        case key(String)
        case index(Int)
    }

    package var elements: [Element]

    /// The root, or the value below it that the keys lead to.
    package init(_ keys: String...) {
        elements = keys.map(Element.key)
    }

    /// The value under a key of this table.
    package func key(_ key: String) -> ManifestPath {
        var path = self
        path.elements.append(.key(key))
        return path
    }

    /// The value at an index of this array.
    package func index(_ index: Int) -> ManifestPath {
        var path = self
        path.elements.append(.index(index))
        return path
    }

    /// As in TOML: `component.hello.files[0]`; indices count from 0.
    package var description: String {
        var text = ""
        for element in elements {
            switch element {
            case .index(let index): text += "[\(index)]"
            case .key(let key):
                if !text.isEmpty { text += "." }
                text += ManifestPath.isBare(key) ? key : quoted(key)
            }
        }
        return text
    }

    private static func isBare(_ key: String) -> Bool {
        !key.isEmpty
            && key.utf8.allSatisfy {
                ($0 >= 0x30 && $0 <= 0x39) || ($0 >= 0x41 && $0 <= 0x5A)
                    || ($0 >= 0x61 && $0 <= 0x7A)
                    || $0 == 0x2D || $0 == 0x5F
            }
    }
}

extension TOMLValue {
    /// Where the key or value of a path is, or that of its nearest ancestor that is there.
    ///
    /// `atKey` asks for the key, which an element of an array does not have.
    func region(_ path: ManifestPath, atKey: Bool) -> SourceRegion {
        var value = self
        var region = self.region
        for element in path.elements {
            switch (element, value.kind) {
            case (.key(let key), .table):
                guard let entry = value.entry(key) else { return region }
                value = entry.value
                region = atKey ? entry.keyRegion : value.region
            case (.index(let index), .array(let values)) where values.indices.contains(index):
                value = values[index]
                region = value.region
            default: return region
            }
        }
        return region
    }
}

/// A text in quotes, with what a terminal should not get escaped, cut where it is long.
func quoted(_ text: String) -> String {
    var result = "\""
    for (count, scalar) in text.unicodeScalars.enumerated() {
        if count == 120 {
            result += "..."
            break
        }
        switch scalar {
        case "\"": result += "\\\""
        case "\\": result += "\\\\"
        case "\n": result += "\\n"
        case "\t": result += "\\t"
        case _ where scalar.value < 32 || (scalar.value >= 0x7F && scalar.value < 0xA0):
            result += "\\u{" + String(scalar.value, radix: 16) + "}"
        default: result.unicodeScalars.append(scalar)
        }
    }
    return result + "\""
}
