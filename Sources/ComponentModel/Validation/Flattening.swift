// What core types values are passed as. Spec: CanonicalABI "Flattening".

import Wasm

/// Core types in a row; nil where there are more than any function passes flat.
typealias FlatTypes = [ValueType]?

/// A type that is passed to code with a memory of some sort.
struct FlatKey: Hashable {
    let type: TypeID
    let addresses: AddressType
}

extension TypeStore {
    /// What a value of the type is passed as, where addresses are of the type given.
    mutating func flattenType(_ type: ValType, _ addresses: AddressType) -> FlatTypes {
        switch type {
        case .primitive(let type): return flattenPrimitive(type, addresses)
        case .defined(let id):
            let key = FlatKey(type: id, addresses: addresses)
            if let known = flatTypes[key] { return known }
            let flat = flattenDefinition(definition(type), addresses)
            flatTypes[key] = .some(flat)
            return flat
        }
    }

    /// What the values of several types are passed as, one after the other, `limit` at most.
    mutating func flattenTypes(
        _ types: some Sequence<ValType>,
        _ addresses: AddressType,
        limit: Int
    ) -> FlatTypes {
        var flat: [ValueType] = []
        for type in types {
            guard let part = flattenType(type, addresses), flat.count + part.count <= limit else {
                return nil
            }
            flat += part
        }
        return flat
    }

    private func flattenPrimitive(_ type: PrimValType, _ addresses: AddressType) -> FlatTypes {
        switch type {
        case .bool, .s8, .u8, .s16, .u16, .s32, .u32, .char, .errorContext: [.i32]
        case .s64, .u64: [.i64]
        case .f32: [.f32]
        case .f64: [.f64]
        case .string: [addresses.valueType, addresses.valueType]
        }
    }

    private mutating func flattenDefinition(
        _ type: DefValType,
        _ addresses: AddressType
    ) -> FlatTypes {
        let most = ComponentLimits.flatParameters
        switch type {
        case .primitive(let type): return flattenPrimitive(type, addresses)
        case .record(let fields):
            return flattenTypes(fields.lazy.map(\.type), addresses, limit: most)
        case .tuple(let types): return flattenTypes(types, addresses, limit: most)
        case .list, .map: return [addresses.valueType, addresses.valueType]
        case .fixedLengthList(let type, let count):
            guard let element = flattenType(type, addresses), Int(count) <= most else { return nil }
            let flat = (0..<Int(count)).flatMap { _ in element }
            return flat.count <= most ? flat : nil
        case .flags, .enumeration, .own, .borrow, .stream, .future: return [.i32]
        case .variant(let cases): return flattenCases(cases.lazy.map(\.type), addresses)
        case .option(let type): return flattenCases([type], addresses)
        case .result(let ok, let error): return flattenCases([ok, error], addresses)
        }
    }

    /// A discriminant, and what each case can be kept in.
    private mutating func flattenCases(
        _ types: some Sequence<ValType?>,
        _ addresses: AddressType
    ) -> FlatTypes {
        var flat: [ValueType] = [.i32]
        for case .some(let type) in types {
            guard let part = flattenType(type, addresses) else { return nil }
            guard part.count < ComponentLimits.flatParameters else { return nil }
            flat.join(part, from: 1)
        }
        return flat
    }

    /// Whether a value of the type has a pointer in it.
    func containsPointer(_ type: ValType) -> Bool {
        switch type {
        case .primitive(let type): type == .string
        case .defined(let id): facts(id).containsPointer
        }
    }
}

extension [ValueType] {
    /// Makes room for values of the types given, which begin where the value at `first` is.
    /// Spec: CanonicalABI "Flattening" (`flatten_variant`)
    mutating func join(_ types: [ValueType], from first: Int) {
        for (index, type) in types.enumerated() {
            if first + index < count {
                self[first + index] = Self.join(self[first + index], type)
            } else {
                append(type)
            }
        }
    }

    /// A type that has room for either. Spec: CanonicalABI "Flattening" (`join`)
    private static func join(_ a: ValueType, _ b: ValueType) -> ValueType {
        if a == b { return a }
        let isNarrow = (a == .i32 || a == .f32) && (b == .i32 || b == .f32)
        return isNarrow ? .i32 : .i64
    }
}
