/// Parts of the format that proposals add. They are decoded and validated where they are switched on, and
/// never run: what has one is refused, by its name, when it is instantiated.
package struct ModuleFeatures: OptionSet, Hashable, Sendable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) { self.rawValue = rawValue }

    /// Memories that threads share.
    package static let sharedMemories = ModuleFeatures(rawValue: 1)
    /// Memories whose pages are of one byte.
    package static let customPageSizes = ModuleFeatures(rawValue: 2)
}
