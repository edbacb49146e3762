/// The bounds of what one guest may hold of a message, in one place.
package enum WASIHTTPLimits {
    /// Bytes of the names and values of one `fields`, and 32 for each line.
    package static let fieldBytes = 128 << 10
    /// Bytes of a body that are kept until its message is sent, and after that until it is known whether
    /// they are all.
    package static let heldBytes = 16 << 10
    /// Bytes of a method or scheme that has no case of its own.
    package static let tokenBytes = 1_024
    /// Bytes of a path with query, and of an authority.
    package static let targetBytes = 64 << 10
    /// Bytes of a line that a guest writes to its log; what is longer is cut into several.
    package static let logLineBytes = 8_192
    /// Places in sources that are remembered of a component's code.
    package static let locations = 4_096
    /// Statuses of responses that are counted one by one for a component; others are counted together.
    package static let countedStatuses = 32
    /// Bytes that go to the log in one turn of the loop; who writes more waits for the next.
    package static let logTurnBytes = 32 << 10
    /// Bytes that one request may write to the log; the rest is left out, and that is said.
    package static let logBytes = 1 << 20
}
