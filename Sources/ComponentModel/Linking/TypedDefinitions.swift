// Definitions of functions on values of Swift types, one for each number of parameters; why is said
// where `HostFunctionDefinition` has the same.

import Wasm

/// With an `effect`, a function is not called while an image is made: the start function that calls
/// it is left for each use. Only what is always the same and changes nothing has none.
extension InstanceDefinition {
    /// Defines a function of no parameters.
    @inlinable package func define<R: LowerableValue>(
        _ name: String,
        effect: HostEffect? = .state,
        _ body: @escaping @Sendable (borrowing HostCall) throws(Trap) -> R
    ) {
        define(name, HostFunctionDefinition(effect: effect, body))
    }

    /// Defines a function of one parameter.
    @inlinable package func define<A: LiftableValue, R: LowerableValue>(
        _ name: String,
        effect: HostEffect? = .state,
        _ body: @escaping @Sendable (borrowing HostCall, A) throws(Trap) -> R
    ) {
        define(name, HostFunctionDefinition(effect: effect, body))
    }

    /// Defines a function of two parameters.
    @inlinable package func define<A: LiftableValue, B: LiftableValue, R: LowerableValue>(
        _ name: String,
        effect: HostEffect? = .state,
        _ body: @escaping @Sendable (borrowing HostCall, A, B) throws(Trap) -> R
    ) {
        define(name, HostFunctionDefinition(effect: effect, body))
    }

    /// Defines a function of three parameters.
    @inlinable
    package func define<A: LiftableValue, B: LiftableValue, C: LiftableValue, R: LowerableValue>(
        _ name: String,
        effect: HostEffect? = .state,
        _ body: @escaping @Sendable (borrowing HostCall, A, B, C) throws(Trap) -> R
    ) {
        define(name, HostFunctionDefinition(effect: effect, body))
    }

    /// Defines a function of four parameters.
    @inlinable
    package func define<
        A: LiftableValue,
        B: LiftableValue,
        C: LiftableValue,
        D: LiftableValue,
        R: LowerableValue
    >(
        _ name: String,
        effect: HostEffect? = .state,
        _ body: @escaping @Sendable (borrowing HostCall, A, B, C, D) throws(Trap) -> R
    ) {
        define(name, HostFunctionDefinition(effect: effect, body))
    }

    /// Defines a function of five parameters.
    @inlinable
    package func define<
        A: LiftableValue,
        B: LiftableValue,
        C: LiftableValue,
        D: LiftableValue,
        E: LiftableValue,
        R: LowerableValue
    >(
        _ name: String,
        effect: HostEffect? = .state,
        _ body: @escaping @Sendable (borrowing HostCall, A, B, C, D, E) throws(Trap) -> R
    ) {
        define(name, HostFunctionDefinition(effect: effect, body))
    }

    /// Defines a function of six parameters.
    @inlinable
    package func define<
        A: LiftableValue,
        B: LiftableValue,
        C: LiftableValue,
        D: LiftableValue,
        E: LiftableValue,
        F: LiftableValue,
        R: LowerableValue
    >(
        _ name: String,
        effect: HostEffect? = .state,
        _ body: @escaping @Sendable (borrowing HostCall, A, B, C, D, E, F) throws(Trap) -> R
    ) {
        define(name, HostFunctionDefinition(effect: effect, body))
    }

    /// Defines a function of seven parameters.
    @inlinable
    package func define<
        A: LiftableValue,
        B: LiftableValue,
        C: LiftableValue,
        D: LiftableValue,
        E: LiftableValue,
        F: LiftableValue,
        G: LiftableValue,
        R: LowerableValue
    >(
        _ name: String,
        effect: HostEffect? = .state,
        _ body: @escaping @Sendable (borrowing HostCall, A, B, C, D, E, F, G) throws(Trap) -> R
    ) {
        define(name, HostFunctionDefinition(effect: effect, body))
    }
}
