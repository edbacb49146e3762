/// The bounds of what a component may declare and of what running it may take.
package enum ComponentLimits {
    /// Components within components.
    package static let nesting = 100
    /// Types within types: of values, and of components and instances.
    package static let typeNesting = 100
    /// Bytes of a component.
    package static let componentBytes = 1 << 30
    /// Parameters of a function that are passed flat.
    /// Spec: CanonicalABI "Flattening"
    package static let flatParameters = 16
    /// Results of a function that are passed flat.
    package static let flatResults = 1
    /// Handles that a component instance may hold.
    /// Spec: CanonicalABI "Table State"
    package static let handles = 1 << 28

    /// Definitions that an instantiation replays, those of components within components counted each
    /// time that they are instantiated, and types that are compared or walked for it.
    package static let planSteps = 200_000
    /// Instantiations of components within instantiations of components.
    package static let instanceNesting = 100
    /// Types that are compared to match one import.
    static let comparisons = 100_000
    /// Characters of a type in a sentence.
    static let typeText = 400
}
