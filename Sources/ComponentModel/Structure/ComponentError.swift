import Wasm

/// Why bytes are refused as a component, and where.
package struct ComponentError: Error, Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        /// The bytes do not follow the binary format's grammar.
        case malformed
        /// The component, or a core module in it, breaks a rule of validation.
        case invalid
        /// The component is larger than `ComponentLimits` allows.
        case limit
        /// The bytes are of a version of the format that is not read.
        case unsupportedVersion
    }

    package var kind: Kind
    /// The offset in the component's bytes of what is wrong.
    package var offset: Int
    package var message: String

    package init(_ kind: Kind, at offset: Int, _ message: String) {
        self.kind = kind
        self.offset = offset
        self.message = message
    }
}

extension ComponentError: CustomStringConvertible {
    package var description: String {
        let what =
            switch kind {
            case .malformed: "malformed component"
            case .invalid: "invalid component"
            case .limit: "component over a limit"
            case .unsupportedVersion: "unsupported component"
            }
        return "\(what) at byte 0x\(String(offset, radix: 16)): \(message)"
    }
}
