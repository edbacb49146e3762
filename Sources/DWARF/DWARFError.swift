/// Why debugging information cannot be read, and where.
package struct DWARFError: Error, Hashable, Sendable {
    /// What is wrong.
    package enum Kind: Hashable, Sendable {
        /// The section ends within something.
        case truncated
        /// A number has more bits than it may.
        case badNumber
        /// The version of a unit, which is none of 2 to 5.
        case version(UInt16)
        /// Units of the 64-bit format.
        case wide
        /// A form whose size is not known, so that what follows cannot be found.
        case form(UInt64)
        /// An opcode counts in steps of nothing.
        case noLineRange
        /// There is more of something than is read; what it is.
        case tooMuch(String)
    }

    package var kind: Kind
    /// The section's name.
    package var section: String
    /// The offset in the section.
    package var offset: Int

    init(_ kind: Kind, _ section: String, _ offset: Int) {
        self.kind = kind
        self.section = section
        self.offset = offset
    }
}

extension DWARFError: CustomStringConvertible {
    package var description: String {
        let reason =
            switch kind {
            case .truncated: "the section ends too early"
            case .badNumber: "a number is too large"
            case .version(let version): "version \(version) of the format is not known"
            case .wide: "units of 64 bits are not read"
            case .form(let form): "the form 0x\(String(form, radix: 16)) is not known"
            case .noLineRange: "the line program has a line range of 0"
            case .tooMuch(let what): "there are too many \(what)"
            }
        return "\(section) at 0x\(String(offset, radix: 16)): \(reason)"
    }
}
