// Type equivalence: recursive groups of types that are the same but for their indices are one.

/// Types in canonical form: two type indices stand for equivalent types exactly if their canonical
/// ids are equal, in whichever modules they are.
///
/// A canonical id takes the place of the type index in a heap type. Ids are given in order, those
/// of a recursive group in a row; an id, once given, keeps its meaning.
/// Spec: core/valid/conventions#defined-types, core/appendix/properties
package struct TypeRegistry {
    /// A type's place under its supertypes. `jump` is an ancestor so far up that any ancestor is
    /// reached in a number of steps logarithmic in the depth (a skew-binary jump pointer).
    private struct Place {
        var depth: UInt32
        var parent: UInt32
        var jump: UInt32
        var top: HeapType
    }

    private var composites: [CompositeType] = []
    private var places: [Place] = []
    /// The first id of each group, by the group written as words.
    private var groups: [[UInt32]: UInt32] = [:]

    package init() {}

    /// Interns a module's types; the canonical id of each type index.
    ///
    /// The types are valid: indices are those of earlier types or of the same group, and a
    /// supertype comes before its subtype.
    package mutating func intern(_ types: [SubType], groups: [Range<Int>]) -> [UInt32] {
        var ids: [UInt32] = []
        ids.reserveCapacity(types.count)
        for group in groups { intern(types, group: group, &ids) }
        return ids
    }

    /// Interns the types of one group, and appends their ids to those of the types before it.
    mutating func intern(_ types: [SubType], group: Range<Int>, _ ids: inout [UInt32]) {
        let key = TypeWords(types, group, ids).words
        if let first = groups[key] {
            for position in 0..<group.count { ids.append(first + UInt32(position)) }
            return
        }
        let first = UInt32(composites.count)
        groups[key] = first
        for position in 0..<group.count { ids.append(first + UInt32(position)) }
        for type in types[group] {
            place(type, ids)
            composites.append(canonical(type.composite, ids))
        }
    }

    private mutating func place(_ type: SubType, _ ids: [UInt32]) {
        let id = UInt32(places.count)
        guard let supertype = type.supertypes.first else {
            places.append(Place(depth: 0, parent: id, jump: id, top: type.composite.abstract))
            return
        }
        let parent = ids[Int(supertype)]
        let above = places[Int(parent)]
        let jump = places[Int(above.jump)]
        let isEven = above.depth - jump.depth == jump.depth - places[Int(jump.jump)].depth
        places.append(
            Place(
                depth: above.depth + 1,
                parent: parent,
                jump: isEven ? jump.jump : parent,
                top: type.composite.abstract
            )
        )
    }

    /// How many types are interned.
    package var count: Int { composites.count }

    /// The type with a canonical id, with canonical ids in it.
    package func composite(_ id: UInt32) -> CompositeType { composites[Int(id)] }

    /// How many supertypes the type with a canonical id has above it.
    func depth(_ id: UInt32) -> Int { Int(places[Int(id)].depth) }

    /// The abstract type `func`, `struct` or `array` that the type with a canonical id is under.
    package func abstract(_ id: UInt32) -> HeapType { places[Int(id)].top }

    // MARK: Canonical form

    /// `type` with its type index replaced by the canonical id.
    package func canonical(_ type: HeapType, _ ids: [UInt32]) -> HeapType {
        guard let index = type.index else { return type }
        return .defined(ids[Int(index)])
    }

    /// `type` with its type indices replaced by canonical ids.
    package func canonical(_ type: ReferenceType, _ ids: [UInt32]) -> ReferenceType {
        ReferenceType(isNullable: type.isNullable, heapType: canonical(type.heapType, ids))
    }

    /// `type` with its type indices replaced by canonical ids.
    package func canonical(_ type: ValueType, _ ids: [UInt32]) -> ValueType {
        guard let reference = type.reference else { return type }
        return ValueType(canonical(reference, ids))
    }

    /// `type` with its type indices replaced by canonical ids.
    package func canonical(_ type: CompositeType, _ ids: [UInt32]) -> CompositeType {
        switch type {
        case .function(let type):
            .function(
                FunctionType(
                    parameters: type.parameters.map { canonical($0, ids) },
                    results: type.results.map { canonical($0, ids) }
                )
            )
        case .structure(let fields): .structure(fields.map { canonical($0, ids) })
        case .array(let field): .array(canonical(field, ids))
        }
    }

    private func canonical(_ field: FieldType, _ ids: [UInt32]) -> FieldType {
        guard case .value(let type) = field.storage else { return field }
        return FieldType(storage: .value(canonical(type, ids)), isMutable: field.isMutable)
    }

    // MARK: Matching

    /// Whether the type with the canonical id `a` is that with `b` or is declared under it.
    /// Spec: core/valid/matching#defined-types
    package func isSubtype(_ a: UInt32, of b: UInt32) -> Bool {
        if a == b { return true }
        let depth = places[Int(b)].depth
        var id = a
        while places[Int(id)].depth > depth {
            let place = places[Int(id)]
            id = places[Int(place.jump)].depth >= depth ? place.jump : place.parent
        }
        return id == b
    }

    /// Whether `a` matches `b`, both canonical.
    /// Spec: core/valid/matching#heap-types
    package func matches(_ a: HeapType, _ b: HeapType) -> Bool {
        if a == b || a == .bottom { return true }
        if let a = a.index {
            if let b = b.index { return isSubtype(a, of: b) }
            return HeapType.abstractMatches(abstract(a), b)
        }
        if let b = b.index {
            // Only the bottom of its hierarchy matches a concrete type.
            switch a {
            case .none: return abstract(b) != .function
            case .noFunction: return abstract(b) == .function
            default: return false
            }
        }
        return HeapType.abstractMatches(a, b)
    }

    /// Whether `a` matches `b`, both canonical.
    /// Spec: core/valid/matching#reference-types
    package func matches(_ a: ReferenceType, _ b: ReferenceType) -> Bool {
        (b.isNullable || !a.isNullable) && matches(a.heapType, b.heapType)
    }

    /// Whether `a` matches `b`, both canonical.
    /// Spec: core/valid/matching#value-types
    package func matches(_ a: ValueType, _ b: ValueType) -> Bool {
        if a == b || a == .bottom { return true }
        guard let a = a.reference, let b = b.reference else { return false }
        return matches(a, b)
    }

    /// Whether `a` matches `b`, both canonical.
    /// Spec: core/valid/matching#composite-types
    package func matches(_ a: CompositeType, _ b: CompositeType) -> Bool {
        switch (a, b) {
        case (.function(let a), .function(let b)):
            matches(b.parameters, a.parameters) && matches(a.results, b.results)
        case (.structure(let a), .structure(let b)):
            a.count >= b.count && zip(a, b).allSatisfy { matches($0, $1) }
        case (.array(let a), .array(let b)): matches(a, b)
        case (.function, _), (.structure, _), (.array, _): false
        }
    }

    /// Whether the types `a` match the types `b`, each in its place.
    /// Spec: core/valid/matching#result-types
    package func matches(_ a: [ValueType], _ b: [ValueType]) -> Bool {
        a.count == b.count && zip(a, b).allSatisfy { matches($0, $1) }
    }

    private func matches(_ a: FieldType, _ b: FieldType) -> Bool {
        a.isMutable == b.isMutable && matches(a.storage, b.storage)
            && (!a.isMutable || matches(b.storage, a.storage))
    }

    /// Whether `a` matches `b`, both canonical.
    /// Spec: core/valid/matching#field-types
    package func matches(_ a: StorageType, _ b: StorageType) -> Bool {
        if case .value(let a) = a, case .value(let b) = b { return matches(a, b) }
        return a == b
    }
}

extension HeapType {
    /// Whether `a` matches `b`, both abstract.
    fileprivate static func abstractMatches(_ a: HeapType, _ b: HeapType) -> Bool {
        if a == b { return true }
        switch a {
        case .none: return [.any, .eq, .i31, .structure, .array].contains(b)
        case .i31, .structure, .array: return b == .eq || b == .any
        case .eq: return b == .any
        case .noFunction: return b == .function
        case .noExternal: return b == .external
        case .noException: return b == .exception
        default: return false
        }
    }
}

extension CompositeType {
    /// The abstract type that the type is under.
    var abstract: HeapType {
        switch self {
        case .function: .function
        case .structure: .structure
        case .array: .array
        }
    }
}

/// A recursive group as words: equal exactly if the groups are equivalent. References to types of
/// the group are written by their place in it, others by canonical id.
private struct TypeWords {
    private(set) var words: [UInt32] = []
    private let group: Range<Int>
    private let ids: [UInt32]

    init(_ types: [SubType], _ group: Range<Int>, _ ids: [UInt32]) {
        self.group = group
        self.ids = ids
        for type in types[group] { append(type) }
    }

    private mutating func append(_ type: SubType) {
        words.append((type.isFinal ? 1 : 0) | UInt32(type.supertypes.count) << 1)
        for index in type.supertypes { words.append(word(index)) }
        switch type.composite {
        case .function(let type):
            words.append(0)
            append(type.parameters)
            append(type.results)
        case .structure(let fields):
            words.append(1)
            words.append(UInt32(fields.count))
            for field in fields { append(field) }
        case .array(let field):
            words.append(2)
            append(field)
        }
    }

    private mutating func append(_ types: [ValueType]) {
        words.append(UInt32(types.count))
        for type in types { append(type) }
    }

    private mutating func append(_ field: FieldType) {
        words.append(field.isMutable ? 1 : 0)
        switch field.storage {
        case .i8: words.append(8)
        case .i16: words.append(9)
        case .value(let type): append(type)
        }
    }

    private mutating func append(_ type: ValueType) {
        guard let reference = type.reference, let index = reference.heapType.index else {
            words.append(type.bits)
            return
        }
        words.append(reference.isNullable ? 10 : 11)
        words.append(word(index))
    }

    private func word(_ index: TypeIndex) -> UInt32 {
        Int(index) < group.lowerBound
            ? ids[Int(index)] << 1 : (index - UInt32(group.lowerBound)) << 1 | 1
    }
}
