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

    private mutating func validateGroup(_ group: Range<Int>, at start: Int) throws(ModuleError) {
        guard isValid else { return }
        guard let problem = validator.context.append(module.types, group) else { return }
        try note(ModuleError(problem.kind, at: start, problem.message))
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
    /// Adds the types of a group; what is wrong with them where that is something.
    fileprivate mutating func append(
        _ types: [SubType],
        _ group: Range<Int>
    ) -> (kind: ModuleError.Kind, message: String)? {
        if let problem = registry.define(types, group: group, &canonicalIds) { return problem }
        for index in group { append(types[index]) }
        return nil
    }
}
