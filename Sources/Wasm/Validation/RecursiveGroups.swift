// The rules of recursive groups of types, in a module's type section and wherever else types are defined.
// Spec: core/valid/types#recursive-types.

extension TypeRegistry {
    /// Interns the types of one group after those before it, and appends their ids to those; what is
    /// wrong with them where that is something.
    package mutating func define(
        _ types: [SubType],
        group: Range<Int>,
        _ ids: inout [UInt32]
    ) -> (kind: ModuleError.Kind, message: String)? {
        for index in group {
            if let problem = types[index].problem(index, types) { return (.invalid, problem) }
        }
        intern(types, group: group, &ids)
        for index in group {
            guard let supertype = types[index].supertypes.first else { continue }
            let id = ids[index]
            guard matches(composite(id), composite(ids[Int(supertype)])) else {
                return (.invalid, "sub type \(index) does not match super type \(supertype)")
            }
            guard depth(id) <= Limits.subtypingDepth else {
                let limit = Limits.subtypingDepth
                return (.limit, "type \(index) has more than \(limit) supertypes above it")
            }
        }
        return nil
    }
}

extension SubType {
    /// The type indices in it.
    package var typeIndices: [TypeIndex] {
        var indices = supertypes
        func add(_ type: ValueType) {
            if let index = type.reference?.heapType.index { indices.append(index) }
        }
        func add(_ field: FieldType) {
            if case .value(let type) = field.storage { add(type) }
        }
        switch composite {
        case .function(let type):
            for type in type.parameters { add(type) }
            for type in type.results { add(type) }
        case .structure(let fields): for field in fields { add(field) }
        case .array(let field): add(field)
        }
        return indices
    }

    /// What is wrong with the type at `index`, the last of whose group is the last of `types`.
    fileprivate func problem(_ index: Int, _ types: [SubType]) -> String? {
        for other in typeIndices where other >= types.count {
            return "unknown type \(other): type index out of bounds"
        }
        guard supertypes.count <= 1 else { return "sub type \(index) has more than one super type" }
        guard let supertype = supertypes.first else { return nil }
        guard supertype < index else {
            return "forward use of type \(supertype) in sub type definition"
        }
        guard !types[Int(supertype)].isFinal else {
            return "sub type cannot have a final super type: \(index) is under \(supertype)"
        }
        return nil
    }
}
