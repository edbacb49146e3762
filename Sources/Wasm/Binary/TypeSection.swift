// Spec: core/binary/modules#type-section, core/valid/types.

extension ModuleDecoder {
    mutating func typeSection() throws(ModuleError) {
        let count = try reader.length(limit: Limits.types, "recursive groups")
        for _ in 0..<count {
            let start = reader.offset
            let first = module.types.count
            if reader.peek() == 0x4E {
                try reader.skip(1)
                for _ in 0..<(try reader.length(limit: Limits.types, "types")) {
                    module.types.append(try reader.subType())
                }
            } else {
                module.types.append(try reader.subType())
            }
            try limit(module.types.count, Limits.types, "types")
            let group = first..<module.types.count
            module.recursiveGroups.append(group)
            try validateGroup(group, at: start)
        }
        validator.context.types = module.types
    }

    /// Spec: core/valid/types#recursive-types
    private mutating func validateGroup(_ group: Range<Int>, at start: Int) throws(ModuleError) {
        guard isValid else { return }
        for index in group { checkIndices(of: module.types[index], at: start) }
        for index in group where isValid { checkSupertypes(of: index, at: start) }
        guard isValid else { return }
        let ids = validator.context.append(module.types, group)
        for (index, id) in zip(group, ids) {
            let registry = validator.context.registry
            guard let supertype = module.types[index].supertypes.first else { continue }
            let superId = validator.context.canonicalIds[Int(supertype)]
            require(
                registry.matches(registry.composite(id), registry.composite(superId)),
                at: start,
                "sub type \(index) does not match super type \(supertype)"
            )
            guard registry.depth(id) <= Limits.subtypingDepth else {
                throw ModuleError(
                    .limit,
                    at: start,
                    "type \(index) has more than \(Limits.subtypingDepth) supertypes above it"
                )
            }
        }
    }

    /// Checks that the types that `type` refers to are of its group or of those before it.
    private mutating func checkIndices(of type: SubType, at start: Int) {
        for index in type.supertypes {
            require(index < module.types.count, at: start, "unknown type \(index)")
        }
        switch type.composite {
        case .function(let type):
            for type in type.parameters { check(type, at: start) }
            for type in type.results { check(type, at: start) }
        case .structure(let fields): for field in fields { check(field, at: start) }
        case .array(let field): check(field, at: start)
        }
    }

    private mutating func check(_ field: FieldType, at start: Int) {
        if case .value(let type) = field.storage { check(type, at: start) }
    }

    private mutating func checkSupertypes(of index: Int, at start: Int) {
        let supertypes = module.types[index].supertypes
        require(
            supertypes.count <= 1,
            at: start,
            "sub type \(index) has more than one super type"
        )
        for supertype in supertypes {
            require(
                supertype < index,
                at: start,
                "forward use of type \(supertype) in sub type definition"
            )
            require(
                supertype >= index || !module.types[Int(supertype)].isFinal,
                at: start,
                "sub type \(index) has final super type \(supertype)"
            )
        }
    }

    // MARK: Types used by other sections

    /// Requires that a type's index, if it has one, is that of a type.
    mutating func check(_ type: ValueType, at offset: Int) {
        if let index = type.reference?.heapType.index {
            require(index < module.types.count, at: offset, "unknown type \(index)")
        }
    }

    /// Requires that `index` is that of a function type.
    mutating func checkFunctionType(_ index: TypeIndex, at offset: Int) {
        require(index < module.types.count, at: offset, "unknown type \(index)")
        require(
            module.functionType(index) != nil,
            at: offset,
            "non-function type \(index)"
        )
    }
}

extension ModuleContext {
    /// Adds the valid types of a group, and gives their canonical ids.
    fileprivate mutating func append(
        _ types: [SubType],
        _ group: Range<Int>
    ) -> ArraySlice<UInt32> {
        registry.intern(types, group: group, &canonicalIds)
        for index in group { append(types[index]) }
        return canonicalIds[group]
    }
}
