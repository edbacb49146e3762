// The context that validation is relative to. Spec: core/valid/conventions#contexts.

extension ValueType {
    /// Whether a reference may be null.
    fileprivate var isNullable: Bool { bits & 15 == 7 }

    /// The type index of a reference to a concrete type.
    fileprivate var typeIndex: Int? { bits >> 4 >= 32 ? Int(bits >> 4) - 32 : nil }
}

/// Types in a row in `ModuleContext.typePool`.
struct TypeList: BitwiseCopyable {
    var start: UInt32 = 0
    var count: UInt16 = 0
    var hasVector = false
}

/// A function type, or what is flat of another type.
struct FunctionSignature: BitwiseCopyable {
    var isFunction = false
    /// Whether all that a structure or an array holds has a default value.
    var isDefaultable = false
    var parameters = TypeList()
    var results = TypeList()
}

/// What validation must know of a table.
struct TableEntry: BitwiseCopyable {
    var address: ValueType
    var element: ValueType
}

/// What validation must know of a global.
struct GlobalEntry: BitwiseCopyable {
    var type: ValueType
    var isMutable: Bool
}

/// What has been declared in the module so far, flat: imports first in each index space.
struct ModuleContext: ~Copyable {
    var types: [SubType] = []
    /// The canonical id of each type index.
    var canonicalIds: [UInt32] = []
    var registry = TypeRegistry()
    var signatures = FlatBuffer<FunctionSignature>()
    /// The type index of each function.
    var functions = FlatBuffer<TypeIndex>()
    var tables = FlatBuffer<TableEntry>()
    /// The type of each memory's addresses.
    var memories = FlatBuffer<ValueType>()
    var globals = FlatBuffer<GlobalEntry>()
    /// The type index of each tag.
    var tags = FlatBuffer<TypeIndex>()
    /// The type of each element segment.
    var elements = FlatBuffer<ValueType>()
    /// What the data count section says, nil where there is none.
    var dataCount: UInt32?
    /// The functions that `ref.func` may name in a body.
    var declaredFunctions = FlatBuffer<Bool>()
    /// The types that `TypeList`s point at. The numeric and vector types are at their own bits.
    private(set) var typePool = FlatBuffer<ValueType>()
    private var singles: [ValueType: UInt32] = [:]

    init() {
        for bits: UInt32 in 0...5 { typePool.append(ValueType(bits: bits)) }
    }

    /// Appends what is flat of a type; `types` and the canonical id come separately.
    mutating func append(_ type: SubType) {
        var signature = FunctionSignature()
        switch type.composite {
        case .function(let function):
            signature.isFunction = true
            signature.parameters = list(function.parameters)
            signature.results = list(function.results)
        case .structure(let fields):
            signature.isDefaultable = fields.allSatisfy(\.storage.unpacked.isDefaultable)
        case .array(let field): signature.isDefaultable = field.storage.unpacked.isDefaultable
        }
        signatures.append(signature)
    }

    private mutating func list(_ types: [ValueType]) -> TypeList {
        if types.count == 1 { return list(types[0]) }
        let start = UInt32(typePool.count)
        for type in types { typePool.append(type) }
        let hasVector = types.contains(.v128)
        return TypeList(start: start, count: UInt16(types.count), hasVector: hasVector)
    }

    /// The list of one type.
    mutating func list(_ type: ValueType) -> TypeList {
        if type.bits <= 5 {
            return TypeList(start: type.bits, count: 1, hasVector: type == .v128)
        }
        if let start = singles[type] { return TypeList(start: start, count: 1) }
        let start = UInt32(typePool.count)
        typePool.append(type)
        singles[type] = start
        return TypeList(start: start, count: 1)
    }

    /// The type at `index`, below its count, of a list.
    @inline(__always) func type(_ list: TypeList, _ index: Int) -> ValueType {
        typePool[Int(list.start) &+ index]
    }

    func range(_ list: TypeList) -> Range<Int> {
        Int(list.start)..<Int(list.start) + Int(list.count)
    }

    /// The types of a list, for messages.
    func array(_ list: TypeList) -> [ValueType] {
        (0..<Int(list.count)).map { type(list, $0) }
    }

    mutating func declare(_ function: UInt32) {
        if Int(function) < declaredFunctions.count { declaredFunctions[Int(function)] = true }
    }

    // MARK: Matching

    /// Whether `a` matches `b`.
    func matches(_ a: ValueType, _ b: ValueType) -> Bool {
        if a == b || a == .bottom { return true }
        guard a.isReference, b.isReference, b.isNullable || !a.isNullable else { return false }
        if let a = a.typeIndex, let b = b.typeIndex {
            return registry.isSubtype(canonicalIds[a], of: canonicalIds[b])
        }
        return registry.matches(
            registry.canonical(a, canonicalIds),
            registry.canonical(b, canonicalIds)
        )
    }

    func matches(_ a: ReferenceType, _ b: ReferenceType) -> Bool {
        matches(ValueType(a), ValueType(b))
    }

    func matches(_ a: StorageType, _ b: StorageType) -> Bool {
        if case .value(let a) = a, case .value(let b) = b { return matches(a, b) }
        return a == b
    }

    /// Whether the types of a list match those of another, each in its place.
    func matches(_ a: TypeList, _ b: TypeList) -> Bool {
        guard a.count == b.count else { return false }
        if a.start == b.start { return true }
        return (0..<Int(a.count)).allSatisfy { matches(type(a, $0), type(b, $0)) }
    }

    /// The top of the hierarchy that a heap type is in.
    /// Spec: core/valid/matching#heap-types
    func top(_ type: HeapType) -> HeapType {
        if let index = type.index {
            return types[Int(index)].composite.abstract == .function ? .function : .any
        }
        switch type {
        case .function, .noFunction: return .function
        case .external, .noExternal: return .external
        case .exception, .noException: return .exception
        default: return .any
        }
    }
}
