/// Why bytes are refused as a module, and where.
package struct ModuleError: Error, Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        /// The bytes do not follow the binary format's grammar.
        case malformed
        /// The module breaks a rule of validation.
        case invalid
        /// The module is larger than `Limits` allows.
        case limit
    }

    package var kind: Kind
    /// The offset in the module's bytes of what is wrong.
    package var offset: Int
    /// The specification's words for what is wrong, with what helps to find it after them.
    package var message: String

    package init(_ kind: Kind, at offset: Int, _ message: String) {
        self.kind = kind
        self.offset = offset
        self.message = message
    }
}

extension ModuleError: CustomStringConvertible {
    package var description: String {
        let what =
            switch kind {
            case .malformed: "malformed module"
            case .invalid: "invalid module"
            case .limit: "module over a limit"
            }
        return "\(what) at byte 0x\(String(offset, radix: 16)): \(message)"
    }
}
