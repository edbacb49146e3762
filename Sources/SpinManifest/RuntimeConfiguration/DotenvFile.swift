/// Files of variables for an environment: `NAME=VALUE` in each line.
///
/// `export` may stand before a name and a comment behind a value. A value in single quotes is taken as
/// it is; in double quotes `\n`, `\t`, `\"`, `\\` and `\$` are what they are elsewhere. Nothing is put in
/// for `$NAME`, and a value ends with its line.
package enum DotenvFile {
    /// Where Spin looks for one.
    package static let defaultName = ".env"

    /// The variables of the file at `path`, at most `limit` bytes long.
    package static func read(
        _ path: String,
        limit: Int = ManifestLimits.standard.fileBytes
    ) throws(DotenvError) -> [String: String] {
        let bytes: [UInt8]
        do throws(SystemCode) {
            bytes = try FileSystem.read(path, limit: limit)
        } catch {
            throw DotenvError("\(path) cannot be read: \(error)", "correct the path, or remove it")
        }
        return try parse(bytes, name: path)
    }

    /// Whether there is a file of this name.
    package static func isThere(_ path: String) -> Bool { FileSystem.kind(path) != nil }

    /// The variables that `bytes` hold; of two with one name the first counts. `name` is for messages.
    package static func parse(
        _ bytes: [UInt8],
        name: String
    ) throws(DotenvError) -> [String: String] {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw DotenvError("\(name) is not UTF-8", "write it in UTF-8")
        }
        var values: [String: String] = [:]
        let lines = text.split(omittingEmptySubsequences: false) { $0.isNewline }
        for (index, line) in lines.enumerated() {
            guard let (key, value) = try assignment(line, "\(name):\(index + 1)") else { continue }
            if values[key] == nil { values[key] = value }
        }
        return values
    }

    /// What a line sets; nil of an empty one and of a comment.
    private static func assignment(
        _ line: Substring,
        _ place: String
    ) throws(DotenvError) -> (String, String)? {
        var rest = line.drop(while: isSpace)
        guard !rest.isEmpty, rest.first != "#" else { return nil }
        if rest.hasPrefix("export"), let next = rest.dropFirst(6).first, isSpace(next) {
            rest = rest.dropFirst(6).drop(while: isSpace)
        }
        let name = rest.prefix { isNamePart($0) }
        rest = rest.dropFirst(name.count).drop(while: isSpace)
        guard !name.isEmpty, rest.first == "=" else {
            throw DotenvError("\(place): the line sets no variable", "write NAME=VALUE")
        }
        rest = rest.dropFirst().drop(while: isSpace)
        guard let quote = rest.first, quote == "\"" || quote == "'" else {
            return (String(name), bare(rest))
        }
        let (value, end) = quoted(rest.dropFirst(), quote)
        guard let value, let end else {
            throw DotenvError("\(place): a quote is not closed", "close it in the same line")
        }
        let tail = end.drop(while: isSpace)
        guard tail.isEmpty || tail.first == "#" else {
            throw DotenvError("\(place): there is more behind the closing quote", "remove it")
        }
        return (String(name), value)
    }

    /// A value without quotes: a comment needs a space before it.
    private static func bare(_ text: Substring) -> String {
        var value = ""
        var spaces = ""
        for character in text {
            if isSpace(character) {
                spaces.append(character)
                continue
            }
            if character == "#", !spaces.isEmpty || value.isEmpty { break }
            value += spaces
            spaces = ""
            value.append(character)
        }
        return value
    }

    /// The value up to its closing quote, and what is behind that; nil where it is not closed.
    private static func quoted(_ text: Substring, _ quote: Character) -> (String?, Substring?) {
        var value = ""
        var rest = text
        while let character = rest.popFirst() {
            if character == quote { return (value, rest) }
            guard character == "\\", quote == "\"", let escaped = rest.popFirst() else {
                value.append(character)
                continue
            }
            switch escaped {
            case "n": value.append("\n")
            case "t": value.append("\t")
            case "\"", "\\", "$": value.append(escaped)
            default:
                value.append(character)
                value.append(escaped)
            }
        }
        return (nil, nil)
    }

    private static func isSpace(_ character: Character) -> Bool {
        character == " " || character == "\t"
    }

    private static func isNamePart(_ character: Character) -> Bool {
        character.isASCII
            && (character.isLetter || character.isNumber || character == "_" || character == ".")
    }
}

/// Why a file of variables cannot be used.
package struct DotenvError: Error, Equatable, CustomStringConvertible {
    package let description: String
    /// What to do.
    package let help: String

    init(_ description: String, _ help: String) {
        self.description = description
        self.help = help
    }
}
