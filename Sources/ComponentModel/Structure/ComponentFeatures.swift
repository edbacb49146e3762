// Spec: Explainer "Gated features".

import Wasm

/// Parts of the format that are decoded and validated only where they are switched on. None of them is run:
/// what has one is refused, by its name, when it is instantiated.
package struct ComponentFeatures: OptionSet, Hashable, Sendable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) { self.rawValue = rawValue }

    /// Built-in functions that wait although they are asynchronous otherwise, or the other way round.
    package static let moreAsyncBuiltins = ComponentFeatures(rawValue: 1)
    /// Threads that take turns within an instance.
    package static let threading = ComponentFeatures(rawValue: 2)
    /// Namespaces and packages in namespaces and packages.
    package static let nestedNames = ComponentFeatures(rawValue: 4)
    /// Canonical definitions with memories of 64-bit addresses, and what `i64` stands for in others.
    package static let memory64 = ComponentFeatures(rawValue: 8)
    /// Values that are passed as objects of the collector of core code; no part of the specification.
    package static let gc = ComponentFeatures(rawValue: 16)
    /// Core memories whose pages are of one byte.
    package static let customPageSizes = ComponentFeatures(rawValue: 32)

    /// What the specification describes as being implemented.
    package static let standard: ComponentFeatures = [.moreAsyncBuiltins, .threading]

    /// What may be in core modules. That a memory is shared is seen by validation in any case.
    var ofModules: ModuleFeatures {
        contains(.customPageSizes) ? [.sharedMemories, .customPageSizes] : .sharedMemories
    }
}
