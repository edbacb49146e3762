/// The forms of names in a manifest, and what breaks them.
enum Names {
    /// What keeps a text from being a component's id; nil of an id.
    ///
    /// Words with "-" between them; each begins with a letter, and is all lower or all upper case.
    static func flawOfComponentID(_ text: String) -> String? {
        flaw(text, separator: "-", wrong: "_", lowerOnly: false)
    }

    /// What keeps a text from being a variable's name; nil of a name.
    ///
    /// Words with "_" between them, of lower case letters and digits; each begins with a letter.
    static func flawOfVariable(_ text: String) -> String? {
        flaw(text, separator: "_", wrong: "-", lowerOnly: true)
    }

    private static func flaw(
        _ text: String,
        separator: Character,
        wrong: Character,
        lowerOnly: Bool
    ) -> String? {
        if text.isEmpty { return "it is empty" }
        if text.contains(wrong) {
            return "its words are separated by \"\(wrong)\", not by \"\(separator)\""
        }
        for word in text.split(separator: separator, omittingEmptySubsequences: false) {
            guard let first = word.utf8.first else {
                return "\"\(separator)\" stands at an end, or twice"
            }
            guard isLetter(first) else {
                return "the word \(quoted(String(word))) does not begin with a letter"
            }
            guard word.utf8.allSatisfy({ isLetter($0) || isDigit($0) }) else {
                return "the word \(quoted(String(word))) holds more than letters (a-z) and digits"
            }
            let isUpper = word.utf8.contains { $0 < 0x61 && isLetter($0) }
            let isLower = word.utf8.contains { $0 >= 0x61 }
            if lowerOnly && isUpper { return "it has upper case letters" }
            if isUpper && isLower {
                return "the word \(quoted(String(word))) mixes upper and lower case"
            }
        }
        return nil
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (byte >= 0x41 && byte <= 0x5A) || (byte >= 0x61 && byte <= 0x7A)
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        byte >= 0x30 && byte <= 0x39
    }

    /// Whether a text is a token of HTTP (RFC 9110 section 5.6.2): a field name, a method.
    static func isToken(_ text: String) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy {
                isLetter($0) || isDigit($0) || "!#$%&'*+-.^_`|~".utf8.contains($0)
            }
    }
}
