/// What a pool of fibers is bounded by where its owner says nothing else.
package enum FiberLimits {
    /// Bytes of a stack: host code's, since a guest's frames lie elsewhere.
    package static let stackBytes = 64 << 10
    /// The least and the most that a stack may be asked to have.
    package static let stackBytesRange = (16 << 10)...(1 << 30)
    /// Fibers of one pool that live at once.
    package static let fibers = 16_384
    /// Stacks that a pool keeps for later; those given back beyond it go back to the system.
    package static let idleStacks = 256
}
