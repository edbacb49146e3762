/// Files of values for variables, as `--variable @FILE` names them: an object or table of strings.
package enum VariablesFile {
    /// The values in `bytes`: JSON where `name` ends in `.json`, TOML where it ends in `.toml`; nil where
    /// it ends in neither. Throws where they are no strings by names.
    package static func values(
        _ bytes: [UInt8],
        name: String,
        limits: ManifestLimits = .standard
    ) throws(VariablesFileError) -> [String: String]? {
        guard bytes.count <= limits.fileBytes else {
            throw VariablesFileError("\(name) has more than \(limits.fileBytes) bytes")
        }
        if name.hasSuffix(".toml") { return try toml(bytes, name, limits) }
        guard name.hasSuffix(".json") else { return nil }
        var parser = JSONStrings(bytes)
        do throws(JSONStrings.Failure) {
            return try parser.object()
        } catch {
            throw VariablesFileError("\(name), byte \(error.offset): \(error.message)")
        }
    }

    private static func toml(
        _ bytes: [UInt8],
        _ name: String,
        _ limits: ManifestLimits
    ) throws(VariablesFileError) -> [String: String] {
        let root: TOMLValue
        do throws(TOMLError) {
            root = try TOMLValue(parsing: bytes, depth: limits.depth)
        } catch {
            let place = error.position.map { ":\($0.line):\($0.column)" } ?? ""
            throw VariablesFileError("\(name)\(place): the file is no TOML: \(error.message)")
        }
        guard case .table(let entries) = root.kind else { return [:] }
        var values: [String: String] = [:]
        for entry in entries {
            guard case .string(let text) = entry.value.kind else {
                let place = entry.value.region.start
                throw VariablesFileError(
                    "\(name):\(place.line):\(place.column): the value of `\(entry.key)` is "
                        + "\(entry.value.noun), and should be a string"
                )
            }
            values[entry.key] = text
        }
        return values
    }
}

/// Why a file of values cannot be used.
package struct VariablesFileError: Error, Equatable, CustomStringConvertible {
    package let description: String

    init(_ description: String) { self.description = description }
}

/// Reads a JSON object whose values are strings. Spec: RFC 8259
struct JSONStrings {
    struct Failure: Error, Equatable {
        /// Of the byte that is to blame.
        let offset: Int
        let message: String
    }

    private let bytes: [UInt8]
    private var place = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    private var next: UInt8? { place < bytes.count ? bytes[place] : nil }

    private func failure(_ message: String) -> Failure { Failure(offset: place, message: message) }

    /// The members of the object; of two with one name the last counts.
    mutating func object() throws(Failure) -> [String: String] {
        var members: [String: String] = [:]
        try take("{")
        if skipSpace() != UInt8(ascii: "}") {
            while true {
                let name = try string("a name in quotes")
                try take(":")
                members[name] = try string("a string in quotes")
                guard skipSpace() == UInt8(ascii: ",") else { break }
                place += 1
            }
        }
        try take("}")
        guard skipSpace() == nil else { throw failure("there is more behind the object") }
        return members
    }

    private mutating func skipSpace() -> UInt8? {
        while let byte = next, byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D {
            place += 1
        }
        return next
    }

    private mutating func take(_ character: Unicode.Scalar) throws(Failure) {
        guard skipSpace() == UInt8(ascii: character) else {
            throw failure("\"\(character)\" is missing")
        }
        place += 1
    }

    private mutating func string(_ expected: String) throws(Failure) -> String {
        guard skipSpace() == UInt8(ascii: "\"") else { throw failure("\(expected) is missing") }
        place += 1
        var text: [UInt8] = []
        while let byte = next {
            if byte == UInt8(ascii: "\"") {
                guard let string = String(validating: text, as: UTF8.self) else {
                    throw failure("the string is not UTF-8")
                }
                place += 1
                return string
            }
            guard byte >= 0x20 else { throw failure("a control character stands in a string") }
            place += 1
            if byte == UInt8(ascii: "\\") {
                text += String(Character(try escape())).utf8
            } else {
                text.append(byte)
            }
        }
        throw failure("the string does not end")
    }

    private mutating func escape() throws(Failure) -> Unicode.Scalar {
        guard let byte = next else { throw failure("the string does not end") }
        place += 1
        switch Unicode.Scalar(byte) {
        case "\"": return "\""
        case "\\": return "\\"
        case "/": return "/"
        case "b": return "\u{8}"
        case "f": return "\u{C}"
        case "n": return "\n"
        case "r": return "\r"
        case "t": return "\t"
        case "u": return try codePoint()
        default: throw failure("there is no such escape")
        }
    }

    /// Four digits, or two times four of a surrogate pair.
    private mutating func codePoint() throws(Failure) -> Unicode.Scalar {
        let first = try digits()
        if let scalar = Unicode.Scalar(first) { return scalar }
        guard first < 0xDC00, next == UInt8(ascii: "\\") else {
            throw failure("half of a surrogate pair is missing")
        }
        place += 1
        guard next == UInt8(ascii: "u") else { throw failure("half of a surrogate pair is missing") }
        place += 1
        let second = try digits()
        guard (0xDC00...0xDFFF).contains(second),
            let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
        else { throw failure("half of a surrogate pair is missing") }
        return scalar
    }

    private mutating func digits() throws(Failure) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = next, let digit = Character(Unicode.Scalar(byte)).hexDigitValue,
                byte < 0x80
            else { throw failure("four hexadecimal digits are missing") }
            value = value << 4 | UInt32(digit)
            place += 1
        }
        return value
    }
}
