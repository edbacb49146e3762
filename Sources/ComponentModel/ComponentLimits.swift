/// The bounds of what a component may declare and of what running it may take.
@usableFromInline package enum ComponentLimits {
    /// Components within components.
    package static let nesting = 100
    /// Types within types: of values, and of components and instances.
    package static let typeNesting = 100
    /// Bytes of a component.
    package static let componentBytes = 1 << 30
    /// Parameters of a function that are passed flat.
    /// Spec: CanonicalABI "Flattening"
    @usableFromInline package static let flatParameters = 16
    /// Results of a function that are passed flat.
    @usableFromInline package static let flatResults = 1
    /// Handles that a component instance may hold.
    /// Spec: CanonicalABI "Table State"
    package static let handles = 1 << 28
    /// Bytes that a value of a type takes where it lies are fewer than this.
    /// Spec: CanonicalABI "Element Size"
    package static let valueBytes = 1 << 28
    /// Bytes of a string or of a list's elements.
    /// Spec: CanonicalABI "Loading" (`MAX_STRING_BYTE_LENGTH`, `MAX_LIST_BYTE_LENGTH`)
    @inlinable package static var listBytes: UInt64 { (1 << 28) - 1 }
    /// Elements of all lists together of what a generic caller is given.
    package static let genericElements = 1 << 24
    /// Bytes of the host's stack that a level of nested types takes at most when values of them are
    /// passed.
    package static let stackBytesPerTypeLevel = 512
    /// The same of values of generic callers.
    package static let stackBytesPerGenericLevel = 4_096
}
