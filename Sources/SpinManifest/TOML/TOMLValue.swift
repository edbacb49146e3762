/// A value of a TOML document, with its place.
package struct TOMLValue: Sendable, Equatable {
    /// What it is.
    package enum Kind: Sendable, Equatable {
        /// In the order of the file.
        case table([TOMLEntry])
        case array([TOMLValue])
        case string(String)
        case integer(Int64)
        case float(Double)
        case boolean(Bool)
        /// A date, a time, or both.
        case date
    }

    package var kind: Kind
    /// Of a table with a header: the header.
    package var region: SourceRegion

    /// The kind with its article, for a sentence.
    package var noun: String {
        switch kind {
        case .table: "a table"
        case .array: "an array"
        case .string: "a string"
        case .integer: "an integer"
        case .float: "a float"
        case .boolean: "a boolean"
        case .date: "a date"
        }
    }

    /// The entry of a table; nil where there is none or this is no table.
    package func entry(_ key: String) -> TOMLEntry? {
        guard case .table(let entries) = kind else { return nil }
        return entries.first { $0.key == key }
    }
}

/// A key of a table, and its value.
package struct TOMLEntry: Sendable, Equatable {
    package var key: String
    package var keyRegion: SourceRegion
    package var value: TOMLValue
}
