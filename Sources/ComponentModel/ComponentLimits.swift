/// The bounds of what a component may declare and of what running it may take.
@usableFromInline package enum ComponentLimits {
    /// Components within components.
    package static let nesting = 100
    /// Types within types: of values, and of components and instances.
    package static let typeNesting = 100
    /// Bytes of a component.
    package static let componentBytes = 1 << 30
    /// Bytes of a name.
    package static let nameBytes = 100_000

    /// Definitions of one sort in one component, of all sorts but those below.
    package static let definitions = 1_000_000
    package static let modules = 1_000
    package static let components = 1_000
    package static let instances = 1_000
    package static let values = 1_000
    package static let imports = 1_000_000
    package static let exports = 1_000_000
    /// Arguments and inline exports of one instance.
    package static let instanceItems = 100_000
    /// Declarators of one type of a component, an instance or a module.
    package static let typeDeclarations = 1_000_000
    package static let canonOptions = 10
    package static let startArguments = 1_000

    package static let parameters = 1_000
    package static let recordFields = 10_000
    package static let variantCases = 10_000
    package static let tupleTypes = 10_000
    package static let enumCases = 10_000
    /// Spec: Binary "defvaltype"
    package static let flags = 32
    package static let fixedLengthListElements = 1 << 30
    /// Bytes that a value's type may take in a memory with 64-bit addresses; this many are too many.
    /// Spec: Binary "Type Definitions"
    package static let valueBytes = 1 << 28

    /// What a type and those within it count together, each as often as it is named.
    package static let typeSize = 1_000_000
    /// Types of a component and of those within it, those that instantiations make included, and what is
    /// named in each.
    package static let types = 2_000_000
    /// Types, imports and exports that are looked at while types are compared and substituted; of their
    /// names, `nameBytesPerStep` bytes count as one.
    package static let typeSteps = 20_000_000
    /// Bytes of names that count as a step.
    static let nameBytesPerStep = 16

    /// Parameters of a function that are passed flat.
    /// Spec: CanonicalABI "Flattening"
    @usableFromInline package static let flatParameters = 16
    /// Parameters of an asynchronously lowered function that are passed flat.
    /// Spec: CanonicalABI "Flattening"
    package static let flatAsyncParameters = 4
    /// Results of a function that are passed flat.
    @usableFromInline package static let flatResults = 1
    /// Handles that a component instance may hold: 24 bytes each, which count among its store's memories
    /// (`HandleMemory`).
    /// Spec: CanonicalABI "Table State" (`MAX_LENGTH`, which is larger)
    package static let handles = 1_000_000
    /// Handles for which memory is kept from a use of an instance to the next, and is not counted.
    package static let idleHandles = 4_096

    /// Definitions that an instantiation replays, those of components within components counted each
    /// time that they are instantiated, and types that are walked for it: `typePartsPerStep` of their
    /// fields, cases and labels count as one.
    package static let planSteps = 200_000
    /// Parts of types that count as a definition.
    static let typePartsPerStep = 16
    /// Parts that a type counts as, besides those that it has.
    static let typePartsOfType = 4
    /// Instantiations of components within instantiations of components.
    package static let instanceNesting = 100
    /// Nanoseconds of processor time that a start function may take when a template is made.
    package static let startNanoseconds: UInt64 = 30_000_000_000
    /// Types that are compared to match one import.
    static let comparisons = 100_000
    /// Characters of a type in a sentence.
    static let typeText = 400
    /// Bytes of a string or of a list's elements.
    /// Spec: CanonicalABI "Loading" (`MAX_STRING_BYTE_LENGTH`, `MAX_LIST_BYTE_LENGTH`)
    @inlinable package static var listBytes: UInt64 { (1 << 28) - 1 }
    /// Elements that are passed one by one between two safepoints, and bytes that one counts as.
    static let elementsBetweenSafepoints = 1_024
    static let elementCost = 64
    /// Elements of a list, and code units of a string, that a component gives to a typed function of the
    /// host, which copies them. Lists of bytes are read where they are, and have the bound above alone.
    package static let hostListElements = 1 << 16
    package static let hostStringUnits: UInt64 = 1 << 20
    /// Elements of all lists together of what a generic caller is given.
    package static let genericElements = 1 << 24
    /// Bytes that such values take in the host at most, roughly: 256 MiB of strings come to this.
    package static let genericBytes = 1 << 30
    /// Bytes that count for each value.
    static let genericValueBytes = 64
    /// Bytes of the host's stack that a level of nested types takes at most when values of them are
    /// passed.
    package static let stackBytesPerTypeLevel = 512
    /// The same of values of generic callers.
    package static let stackBytesPerGenericLevel = 4_096
}
