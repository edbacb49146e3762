import Wasm

/// The types of values as lifting and lowering walk them: sizes, alignments, places of children.
package final class CanonicalTypes: Sendable {
}

/// Makes a table of types; types that are equal are in it once.
package struct CanonicalTypesBuilder {
    package init() {}

    /// Begins a scope in which a `TypeID` is of `arena` and a `ResourceID` means what `resources` says.
    /// A plan has one for each component that it instantiates.
    package mutating func beginScope(
        _ arena: TypeArena,
        _ resources: @escaping (ResourceID) -> ResourceNumber?
    ) {}

    /// Adds a function's type; what it gives is valid once `build` has made the table. Throws where a
    /// value of a type in it would be over a limit, or where a resource type has no number.
    package mutating func add(_ type: FuncType) throws(CanonicalTypeError) -> FunctionTypeIndex {
        FunctionTypeIndex(index: 0)
    }

    package consuming func build() -> CanonicalTypes { CanonicalTypes() }
}

/// The place of a function's type in a table of types.
package struct FunctionTypeIndex: Hashable, Sendable {
    let index: Int
}

/// Why a type cannot be passed.
package enum CanonicalTypeError: Error, Hashable, Sendable {
    /// Only asynchronous code can pass it, or it is larger than `ComponentLimits` allows.
    case unsupported(String)
}

/// A function's type with all that a call needs to know of it. A small value.
/// Spec: CanonicalABI "Flattening" (`flatten_functype`)
package struct CanonicalSignature: Sendable {
    package let types: CanonicalTypes
    package let function: FunctionTypeIndex

    package init(_ types: CanonicalTypes, _ function: FunctionTypeIndex) {
        self.types = types
        self.function = function
    }

    /// The type of the core function that is lifted to it.
    package func coreTypeOfLifted(isMemory64: Bool) -> FunctionType {
        FunctionType(parameters: [], results: [])
    }

    /// The type of the core function that it is lowered to.
    package func coreTypeOfLowered(isMemory64: Bool) -> FunctionType {
        FunctionType(parameters: [], results: [])
    }
}
