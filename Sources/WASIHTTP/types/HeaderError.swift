/// Why a `fields` did not take a line.
/// Spec: wasi:http/types#header-error
package enum HeaderError: UInt8, Error, Hashable, Sendable, CaseIterable {
    /// A name is no token, or a value holds a control character.
    case invalidSyntax
    /// The name is one of those that are the host's to send.
    case forbidden
    /// The `fields` belong to a message that is not the guest's to change.
    case immutable
}
