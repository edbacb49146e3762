/// A text with names of variables in it, each between `{{` and `}}`.
package struct Template: Sendable, Equatable {
    package enum Part: Sendable, Equatable {
        case literal(String)
        /// The value of the application's variable of that name.
        case variable(String)
    }

    /// Why a text is no template.
    package enum ParseError: Error, Equatable {
        /// `{{` without a `}}` after it.
        case unmatchedBraces
        /// More parts than the limit.
        case tooLong
    }

    package let parts: [Part]

    /// Parses a text.
    ///
    /// A name ends at the first `}}`, and is trimmed. A `}}` alone is text.
    package init(_ text: String, limits: ManifestLimits = .standard) throws(ParseError) {
        var parts: [Part] = []
        // Bytes, so that a character that combines with a brace hides no brace.
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            guard parts.count < limits.templateParts else { throw .tooLong }
            if rest.starts(with: "{{".utf8) {
                rest = rest.dropFirst(2)
                guard let end = Template.find("}", in: rest) else { throw .unmatchedBraces }
                parts.append(.variable(Template.trimmed(rest[..<end])))
                rest = rest[end...].dropFirst(2)
            } else {
                let end = Template.find("{", in: rest) ?? rest.endIndex
                parts.append(.literal(String(decoding: rest[..<end], as: UTF8.self)))
                rest = rest[end...]
            }
        }
        self.parts = parts
    }

    /// The text, if no variable is in it.
    package var literal: String? {
        variables.isEmpty ? parts.map(\.text).joined() : nil
    }

    /// The names in it, in order.
    package var variables: [String] {
        parts.compactMap {
            if case .variable(let name) = $0 { name } else { nil }
        }
    }

    /// The text with values in the place of names; nil if a name has none, or it grows over the limit.
    package func expanded(limits: ManifestLimits = .standard, _ value: (String) -> String?)
        -> String?
    {
        var text = ""
        for part in parts {
            switch part {
            case .literal(let literal): text += literal
            case .variable(let name):
                guard let value = value(name) else { return nil }
                text += value
            }
            guard text.utf8.count <= limits.templateBytes else { return nil }
        }
        return text
    }

    /// Where a brace first stands twice.
    private static func find(_ brace: Unicode.Scalar, in text: ArraySlice<UInt8>) -> Int? {
        let byte = UInt8(ascii: brace)
        return text.indices.first {
            text[$0] == byte && $0 + 1 < text.endIndex && text[$0 + 1] == byte
        }
    }

    private static func trimmed(_ text: ArraySlice<UInt8>) -> String {
        var text = text
        while let first = text.first, first == 32 || (first >= 9 && first <= 13) {
            text.removeFirst()
        }
        while let last = text.last, last == 32 || (last >= 9 && last <= 13) { text.removeLast() }
        return String(decoding: text, as: UTF8.self)
    }
}

extension Template.Part {
    fileprivate var text: String {
        switch self {
        case .literal(let text), .variable(let text): text
        }
    }
}
