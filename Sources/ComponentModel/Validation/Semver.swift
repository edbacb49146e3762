/// Versions as Semantic Versioning 2.0 has them.
enum Semver {
    /// What is wrong with `text` as a version, nil where nothing is.
    static func problem(_ text: Substring) -> String? {
        guard !text.isEmpty else { return "empty string, expected a version" }
        var rest = text.utf8[...]
        for (part, next) in [("major", "minor"), ("minor", "patch"), ("patch", "")] {
            if let problem = numberProblem(&rest, part) { return problem }
            guard !next.isEmpty else { break }
            guard let dot = rest.popFirst() else {
                return "unexpected end of input while parsing \(part) version number"
            }
            guard dot == UInt8(ascii: ".") else {
                return
                    "unexpected character '\(Character(Unicode.Scalar(dot)))' after \(part) version "
                    + "number"
            }
        }
        if rest.first == UInt8(ascii: "-") {
            let identifiers = rest.dropFirst().prefix { $0 != UInt8(ascii: "+") }
            rest = rest.dropFirst(identifiers.count + 1)
            let name = "pre-release identifier"
            if let problem = identifierProblem(identifiers, name, allowsLeadingZeros: false) {
                return problem
            }
        }
        if rest.first == UInt8(ascii: "+") {
            return identifierProblem(rest.dropFirst(), "build metadata", allowsLeadingZeros: true)
        }
        guard let unit = rest.first else { return nil }
        return
            "unexpected character '\(Character(Unicode.Scalar(unit)))' after patch version number"
    }

    /// Whether `text` is the part of a version that says what is compatible.
    /// Spec: Explainer "canonversion"
    static func isCanonical(_ text: Substring) -> Bool {
        let numbers = text.split(separator: ".", omittingEmptySubsequences: false)
        guard numbers.count <= 3 else { return false }
        for number in numbers {
            var rest = number.utf8[...]
            guard numberProblem(&rest, "") == nil, rest.isEmpty else { return false }
        }
        switch numbers.count {
        case 1: return numbers[0] != "0"
        case 2: return numbers[0] == "0" && numbers[1] != "0"
        default: return numbers[0] == "0" && numbers[1] == "0"
        }
    }

    private static func isDigit(_ unit: UInt8) -> Bool {
        unit >= UInt8(ascii: "0") && unit <= UInt8(ascii: "9")
    }

    /// Passes over a number; what is wrong with it.
    private static func numberProblem(_ rest: inout Substring.UTF8View, _ part: String) -> String? {
        let digits = rest.prefix(while: isDigit)
        guard let first = digits.first else {
            guard let unit = rest.first else {
                return "unexpected end of input while parsing \(part) version number"
            }
            let character = Character(Unicode.Scalar(unit))
            return "unexpected character '\(character)' while parsing \(part) version number"
        }
        guard digits.count == 1 || first != UInt8(ascii: "0") else {
            return "invalid leading zero in \(part) version number"
        }
        guard UInt64(Substring(digits)) != nil else {
            return "value of \(part) version number exceeds u64::MAX"
        }
        rest = rest.dropFirst(digits.count)
        return nil
    }

    private static func identifierProblem(
        _ text: Substring.UTF8View,
        _ name: String,
        allowsLeadingZeros: Bool
    ) -> String? {
        for part in text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false) {
            guard let first = part.first else { return "empty identifier segment in \(name)" }
            for unit in part where !isDigit(unit) && unit != UInt8(ascii: "-") {
                let lower = unit | 0x20
                guard lower >= UInt8(ascii: "a"), lower <= UInt8(ascii: "z") else {
                    return "unexpected character '\(Character(Unicode.Scalar(unit)))' in \(name)"
                }
            }
            let isNumber = part.allSatisfy(isDigit)
            if isNumber && part.count > 1 && first == UInt8(ascii: "0") && !allowsLeadingZeros {
                return "invalid leading zero in \(name)"
            }
        }
        return nil
    }
}
