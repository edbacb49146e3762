// Which core types values are passed as where they are objects of the collector of core code. This is no
// part of the specification: the rules are those that other tools have for the option `gc`.

import Wasm

/// Where a value is put: what a parameter or result holds, or a field of a structure or of an array.
private struct GCPlace {
    var storage: StorageType
    var isField: Bool

    var value: ValueType? { if case .value(let type) = storage { type } else { nil } }

    var reference: HeapType? { value?.reference?.heapType }

    /// As messages have it.
    var text: String {
        switch storage {
        case .i8: return "i8"
        case .i16: return "i16"
        case .value(let type):
            guard let reference = type.reference, reference.isNullable else { return "\(type)" }
            switch reference.heapType {
            case .none: return "nullref"
            case .noFunction: return "nullfuncref"
            case .noExternal: return "nullexternref"
            case .noException: return "nullexnref"
            case let heap: return heap.index == nil ? "\(heap)ref" : "\(type)"
            }
        }
    }
}

extension ComponentDecoder {
    /// The core function type that an option names, with its canonical id.
    func gcCoreType(
        _ index: Int,
        at offset: Int
    ) throws(ComponentError) -> (id: UInt32, type: FunctionType) {
        try require(
            .gc,
            "canonical option `core type` requires the component model gc feature",
            at: offset
        )
        guard index < scope.coreTypes.count else {
            throw .invalid("unknown type \(index): type index out of bounds", at: offset)
        }
        guard let id = scope.coreTypes.id(index), case .function(let type) = registry.composite(id)
        else {
            throw .invalid(
                "canonical option `core type` must reference a core function type",
                at: offset
            )
        }
        return (id, type)
    }

    /// Requires that a function's values can be passed as those of a core function.
    mutating func matchGC(
        _ type: FuncType,
        _ core: FunctionType,
        _ encoding: StringEncoding,
        at offset: Int
    ) throws(ComponentError) {
        guard core.parameters.count == type.parameters.count else {
            throw .invalid(
                "declared `core-type` has \(core.parameters.count) parameters, but component function "
                    + "has \(type.parameters.count) parameters",
                at: offset
            )
        }
        let results = type.result.map { [$0] } ?? []
        guard core.results.count == results.count else {
            throw .invalid(
                "declared `core-type` has \(core.results.count) results, but component function has "
                    + "\(results.count) results",
                at: offset
            )
        }
        let types = type.parameters.map(\.type) + results
        for (type, core) in zip(types, core.parameters + core.results) {
            let place = GCPlace(storage: .value(core), isField: false)
            try matchGC(type, place, encoding, at: offset)
        }
    }

    /// Requires that a value can be put into a place. How deep types are nested is bounded.
    private mutating func matchGC(
        _ type: ValType,
        _ place: GCPlace,
        _ encoding: StringEncoding,
        at offset: Int
    ) throws(ComponentError) {
        try store.step(at: offset)
        let definition = store.definition(type)
        let mismatch: (String) -> ComponentError = { wanted in
            .invalid(
                "expected to lower component `\(definition.kindName)` type \(wanted) `\(place.text)`",
                at: offset
            )
        }
        switch definition {
        case .primitive(.errorContext), .own, .borrow, .stream, .future:
            guard place.reference == .external else {
                throw mismatch("into core `(ref null? extern)` type, but found")
            }
        case .primitive(.string):
            let unit: StorageType = encoding == .utf16 ? .i16 : .i8
            guard element(place)?.storage == unit else {
                let name = encoding == .utf16 ? "i16" : "i8"
                throw mismatch("to core `(ref null? (array (mut? \(name))))` type, found")
            }
        case .primitive(let type):
            let wanted = GCPlace(storage: type.gcStorage(isField: place.isField), isField: true)
            guard place.storage == wanted.storage else {
                throw mismatch("to core `\(wanted.text)` type, found")
            }
        case .flags, .enumeration:
            guard place.value == .i32 else { throw mismatch("into core `i32` type, but found") }
        case .list(let type), .fixedLengthList(let type, _):
            guard let element = element(place) else {
                throw mismatch("into `(ref null? (array ...))`, but found")
            }
            try matchGC(type, element, encoding, at: offset)
        case .record, .tuple:
            guard let fields = fields(place) else {
                throw mismatch("to core `(ref null? (struct ...))`, but found")
            }
            let types = definition.parts
            guard fields.count == types.count else {
                throw .invalid(
                    "core `struct` has \(fields.count) fields, but component "
                        + "`\(definition.kindName)` has \(types.count) fields",
                    at: offset
                )
            }
            for (type, field) in zip(types, fields) {
                try matchGC(type, field, encoding, at: offset)
            }
        case .variant, .option, .result:
            // A structure without fields is what those of the cases are under.
            guard let fields = fields(place), fields.isEmpty else {
                throw mismatch("to core `(ref null? (struct))`, but found")
            }
        case .map: throw .invalid("a `map` is not passed as an object", at: offset)
        }
    }

    /// The elements of the arrays that a place refers to; nil where it refers to others.
    private func element(_ place: GCPlace) -> GCPlace? {
        guard let id = place.reference?.index, case .array(let field) = registry.composite(id)
        else { return nil }
        return GCPlace(storage: field.storage, isField: true)
    }

    /// The fields of the structures that a place refers to; nil where it refers to others.
    private func fields(_ place: GCPlace) -> [GCPlace]? {
        guard let id = place.reference?.index,
            case .structure(let fields) = registry.composite(id)
        else { return nil }
        return fields.map { GCPlace(storage: $0.storage, isField: true) }
    }
}

extension PrimValType {
    /// What holds a value that is no object.
    fileprivate func gcStorage(isField: Bool) -> StorageType {
        switch self {
        case .bool, .s8, .u8: isField ? .i8 : .value(.i32)
        case .s16, .u16: isField ? .i16 : .value(.i32)
        case .s32, .u32, .char, .string, .errorContext: .value(.i32)
        case .s64, .u64: .value(.i64)
        case .f32: .value(.f32)
        case .f64: .value(.f64)
        }
    }
}
