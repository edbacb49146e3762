/// A value of JSON; the keys of an object stay in their order.
enum JSON {
    case string(String)
    case number(Int)
    case null
    case array([JSON])
    case object([(key: String, value: JSON)])

    /// A string, or null with none.
    static func optional(_ string: String?) -> JSON { string.map { .string($0) } ?? .null }

    /// The value as text, in lines that are indented by two spaces.
    var text: String {
        var text = ""
        write(to: &text, depth: 0)
        return text
    }

    private func write(to text: inout String, depth: Int) {
        switch self {
        case .string(let string): Self.write(string, to: &text)
        case .number(let number): text += "\(number)"
        case .null: text += "null"
        case .array(let values):
            Self.write(values, "[", "]", to: &text, depth) { (value, text) in
                value.write(to: &text, depth: depth + 1)
            }
        case .object(let members):
            Self.write(members, "{", "}", to: &text, depth) { (member, text) in
                Self.write(member.key, to: &text)
                text += ": "
                member.value.write(to: &text, depth: depth + 1)
            }
        }
    }

    private static func write<Item>(
        _ items: [Item],
        _ open: String,
        _ close: String,
        to text: inout String,
        _ depth: Int,
        _ write: (Item, inout String) -> Void
    ) {
        text += open
        for (index, item) in items.enumerated() {
            text += index > 0 ? ",\n" : "\n"
            text += String(repeating: "  ", count: depth + 1)
            write(item, &text)
        }
        if !items.isEmpty { text += "\n" + String(repeating: "  ", count: depth) }
        text += close
    }

    private static func write(_ string: String, to text: inout String) {
        text += "\""
        for scalar in string.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            case "\u{0}"..."\u{1F}", "\u{7F}":
                let digits = String(scalar.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: text.unicodeScalars.append(scalar)
            }
        }
        text += "\""
    }
}
