/// Where something stands in a text: lines and columns count from one, columns in bytes.
package struct TextLocation: Hashable, Sendable, CustomStringConvertible {
    package var line: Int
    package var column: Int

    package init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }

    package var description: String { "\(line):\(column)" }
}

/// Why a text is refused, and where.
package struct TextError: Error, Hashable, Sendable {
    package var location: TextLocation
    /// The specification's words for what is wrong, with what helps to find it after them.
    package var message: String

    package init(at location: TextLocation, _ message: String) {
        self.location = location
        self.message = message
    }
}

extension TextError: CustomStringConvertible {
    /// For example `3:14: unknown operator i32.ad`; whoever knows the file's name puts it before.
    package var description: String { "\(location): \(message)" }
}
