// What validation knows of a type without looking at those within it.

import Wasm

/// Sums over a type and all types within it.
struct TypeFacts {
    /// How many types it is made of, itself included, each as often as it is named.
    private(set) var size = 1
    /// How many types are nested in it, one in the other.
    private(set) var depth = 0
    private(set) var containsBorrow = false
    /// Whether a resource type is named in it.
    private(set) var hasResources = false
    /// Whether a value has a pointer into memory: a list or a string.
    private(set) var containsPointer = false
    /// Bytes that a value takes in memory, where addresses have 64 bits.
    /// Spec: CanonicalABI "Element Size"
    private(set) var elemSize: UInt64 = 0
    /// Spec: CanonicalABI "Alignment"
    private(set) var alignment: UInt64 = 1

    /// Those of a type whose parts have theirs in `store`.
    init(of type: DefType, in store: TypeStore, at offset: Int) throws(ComponentError) {
        switch type {
        case .value(let type): try add(type, store, offset)
        case .function(let type):
            for parameter in type.parameters { try add(parameter.type, store, offset) }
            if let result = type.result { try add(result, store, offset) }
        case .instance(let type): try add(type.exports, store, offset)
        case .component(let type):
            try add(type.imports, store, offset)
            try add(type.exports, store, offset)
        case .resource: hasResources = true
        }
        guard depth <= ComponentLimits.typeNesting else {
            throw .invalid("type nesting is too deep", at: offset)
        }
    }

    private init(_ size: UInt64, _ alignment: UInt64) {
        elemSize = size
        self.alignment = alignment
    }

    private init(_ type: ValType, _ store: TypeStore) {
        switch type {
        case .primitive(let type): self.init(type)
        case .defined(let id): self = store.facts(id)
        }
    }

    private init(_ type: PrimValType) {
        switch type {
        case .bool, .s8, .u8: self.init(1, 1)
        case .s16, .u16: self.init(2, 2)
        case .s32, .u32, .f32, .char, .errorContext: self.init(4, 4)
        case .s64, .u64, .f64: self.init(8, 8)
        case .string:
            self.init(16, 8)
            containsPointer = true
        }
    }

    // MARK: Sums

    private mutating func add(_ part: TypeFacts, _ offset: Int) throws(ComponentError) {
        size += part.size
        guard size < ComponentLimits.typeSize else {
            let limit = ComponentLimits.typeSize
            throw .invalid("effective type size exceeds the limit of \(limit)", at: offset)
        }
        depth = max(depth, part.depth + 1)
        containsBorrow = containsBorrow || part.containsBorrow
        hasResources = hasResources || part.hasResources
        containsPointer = containsPointer || part.containsPointer
    }

    private mutating func add(
        _ type: ValType,
        _ store: TypeStore,
        _ offset: Int
    ) throws(ComponentError) {
        try add(TypeFacts(type, store), offset)
    }

    private mutating func add(
        _ decls: [ExternDecl],
        _ store: TypeStore,
        _ offset: Int
    ) throws(ComponentError) {
        for decl in decls {
            switch decl.desc {
            case .coreModule(let type):
                for item in type.imports { size += item.type.size }
                for item in type.exports { size += item.type.size }
                guard size < ComponentLimits.typeSize else {
                    let limit = ComponentLimits.typeSize
                    throw .invalid("effective type size exceeds the limit of \(limit)", at: offset)
                }
            case .value(let type): try add(type, store, offset)
            case .function(let id), .type(let id), .component(let id), .instance(let id):
                try add(store.facts(id), offset)
            }
        }
    }

    // MARK: Value types

    private mutating func add(
        _ type: DefValType,
        _ store: TypeStore,
        _ offset: Int
    ) throws(ComponentError) {
        switch type {
        case .primitive(let type): self = TypeFacts(type)
        case .record(let fields): try fieldwise(fields.lazy.map(\.type), store, offset)
        case .tuple(let types): try fieldwise(types, store, offset)
        case .variant(let cases):
            try casewise(cases.lazy.map(\.type), count: cases.count, store, offset)
        case .enumeration(let labels):
            try casewise(EmptyCollection<ValType?>(), count: labels.count, store, offset)
        case .option(let type): try casewise([nil, type], count: 2, store, offset)
        case .result(let ok, let error): try casewise([ok, error], count: 2, store, offset)
        case .flags(let labels):
            alignment = labels.count <= 8 ? 1 : labels.count <= 16 ? 2 : 4
            elemSize = alignment
        case .list(let type):
            try add(type, store, offset)
            (elemSize, alignment, containsPointer) = (16, 8, true)
        case .map(let key, let value):
            try add(key, store, offset)
            try add(value, store, offset)
            (elemSize, alignment, containsPointer) = (16, 8, true)
        case .fixedLengthList(let type, let count):
            try add(type, store, offset)
            let part = TypeFacts(type, store)
            (elemSize, alignment) = (part.elemSize * UInt64(count), part.alignment)
        case .own, .borrow:
            (elemSize, alignment, hasResources) = (4, 4, true)
            if case .borrow = type { containsBorrow = true }
        case .stream(let type), .future(let type):
            if let type { try add(type, store, offset) }
            (elemSize, alignment, containsPointer) = (4, 4, false)
        }
        guard elemSize < ComponentLimits.valueBytes else {
            throw .invalid(
                "a value of this type exceeds maximum byte size of \(ComponentLimits.valueBytes - 1)",
                at: offset
            )
        }
    }

    /// A record or tuple, whose fields follow each other.
    private mutating func fieldwise(
        _ types: some Sequence<ValType>,
        _ store: TypeStore,
        _ offset: Int
    ) throws(ComponentError) {
        for type in types {
            let part = TypeFacts(type, store)
            try add(part, offset)
            elemSize = elemSize.aligned(to: part.alignment) + part.elemSize
            alignment = max(alignment, part.alignment)
        }
        elemSize = elemSize.aligned(to: alignment)
    }

    /// A variant, whose discriminant is followed by the payload of one of the cases.
    private mutating func casewise(
        _ types: some Sequence<ValType?>,
        count: Int,
        _ store: TypeStore,
        _ offset: Int
    ) throws(ComponentError) {
        let discriminant: UInt64 = count <= 1 << 8 ? 1 : count <= 1 << 16 ? 2 : 4
        var payload: (size: UInt64, alignment: UInt64) = (0, 1)
        for case .some(let type) in types {
            let part = TypeFacts(type, store)
            try add(part, offset)
            payload = (max(payload.size, part.elemSize), max(payload.alignment, part.alignment))
        }
        alignment = max(discriminant, payload.alignment)
        elemSize = (discriminant.aligned(to: payload.alignment) + payload.size).aligned(
            to: alignment
        )
    }
}

extension UInt64 {
    /// The next multiple of a power of two that is not below.
    fileprivate func aligned(to alignment: UInt64) -> UInt64 {
        (self + alignment - 1) & ~(alignment - 1)
    }
}

extension CoreExternType {
    /// How many types it is made of.
    fileprivate var size: Int {
        switch self {
        case .function(let type), .tag(let type): 1 + type.parameters.count + type.results.count
        case .table, .memory, .global: 1
        }
    }
}
