/// The bounds of what a module may declare and of what running it may take.
///
/// Those with a counterpart there follow the JavaScript interface's implementation limits.
package enum Limits {
    /// Bytes of a module.
    package static let moduleBytes = 1 << 30
    package static let types = 1_000_000
    package static let functions = 1_000_000
    package static let imports = 1_000_000
    package static let exports = 1_000_000
    package static let globals = 1_000_000
    package static let tags = 1_000_000
    package static let tables = 100_000
    package static let memories = 100
    package static let elementSegments = 10_000_000
    package static let dataSegments = 100_000
    package static let customSections = 10_000
    /// References of one element segment.
    package static let elementsPerSegment = 10_000_000
    package static let parameters = 1_000
    package static let results = 1_000
    package static let structureFields = 10_000
    /// Depth of a type under its supertypes.
    package static let subtypingDepth = 63
    /// Locals of a function, parameters included.
    package static let locals = 50_000
    /// Bytes of a function's body.
    package static let functionBytes = 7_654_321
    /// Blocks within blocks of a function.
    package static let blockNesting = 100_000
    /// Targets of a `br_table`.
    package static let branchTableTargets = 65_520
    /// Bytes of a name.
    package static let nameBytes = 100_000
    /// 64-bit slots of a frame: parameters, locals and operands; what 16 bits can name.
    package static let frameSlots = 65_000

    /// 16-bit words of a function as lowered.
    package static let loweredWords = 1 << 24

    /// Bytes of a 32-bit or 64-bit memory, whatever it declares.
    package static let memoryBytes: UInt64 = 1 << 32
    /// Bytes that a pooled memory was grown by in a use and that stay accessible after it.
    package static let accessibleGrowthBytes: UInt64 = 16 << 20
    /// Bytes of address space behind what a 32-bit memory's addresses can name.
    package static let memoryGuardBytes = 1 << 31
    /// Pages of the system that are copied back after a use rather than dropped, of one memory.
    package static let hotPages = 512
    /// Pages of one memory whose first write is remembered until a second one makes them hot.
    package static let hotPageCandidates = 4_096
    /// Uses of a pool's stores after which what is hot is learned anew.
    package static let hotPageLifetime = 4_096
    /// Elements of a table, whatever it declares.
    package static let tableElements: UInt64 = 10_000_000
    /// Bytes of the stack that an activation's frames lie on.
    package static let stackBytes = 1 << 20
    /// Safepoints that a call with a bound on its time may pass before the clock is read.
    package static let safepointsBetweenClockReadings: UInt64 = 2_000
    /// Bytes that an operation on many may touch before there is a safepoint.
    package static let bytesBetweenSafepoints: UInt64 = 1 << 20
    /// Bytes of a fiber's stack that are kept for host code: a guest's call into the host traps
    /// where fewer are left.
    package static let hostStackReserve = 16 << 10
    /// Activations that an engine keeps for the next calls.
    package static let idleActivations = 64
    /// Calls from WebAssembly to the host and back into WebAssembly that may be nested.
    package static let hostCallNesting = 100
    /// Frames that a trap's backtrace holds; the rest are counted.
    package static let backtraceFrames = 64

    /// Bytes of a text.
    package static let textBytes = 1 << 28
    /// Parentheses within parentheses of a text.
    package static let textNesting = 100_000
}
