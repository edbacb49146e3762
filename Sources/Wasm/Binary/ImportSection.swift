// Spec: core/binary/modules#import-section, core/valid/modules#imports, core/valid/types.

extension ModuleDecoder {
    mutating func importSection() throws(ModuleError) {
        let count = try reader.length(limit: Limits.imports, "imports")
        for _ in 0..<count {
            let start = reader.offset
            let moduleName = try reader.name()
            let name = try reader.name()
            let type = try reader.externType(features)
            module.imports.append(Import(module: moduleName, name: name, type: type))
            switch type {
            case .function(let type):
                try add(function: type, at: start)
                module.importedFunctionCount += 1
            case .table(let type):
                try add(table: type, at: start)
                module.importedTableCount += 1
            case .memory(let type):
                try add(memory: type, at: start)
                module.importedMemoryCount += 1
            case .global(let type):
                try add(global: type, at: start)
                module.importedGlobalCount += 1
            case .tag(let type):
                try add(tag: type, at: start)
                module.importedTagCount += 1
            }
        }
    }

    // MARK: What is imported or defined: the same rules for both

    mutating func add(function type: TypeIndex, at start: Int) throws(ModuleError) {
        checkFunctionType(type, at: start)
        module.functions.append(type)
        validator.context.functions.append(type)
        validator.context.declaredFunctions.append(false)
        try limit(module.functions.count, Limits.functions, "functions")
    }

    mutating func add(table type: TableType, at start: Int) throws(ModuleError) {
        check(ValueType(type.element), at: start)
        if let problem = type.problem { require(false, at: start, problem) }
        module.tables.append(type)
        validator.context.tables.append(
            TableEntry(address: type.addressType.valueType, element: ValueType(type.element))
        )
        try limit(module.tables.count, Limits.tables, "tables")
    }

    mutating func add(memory type: MemoryType, at start: Int) throws(ModuleError) {
        if let problem = type.problem { require(false, at: start, problem) }
        module.memories.append(type)
        validator.context.memories.append(type.addressType.valueType)
        try limit(module.memories.count, Limits.memories, "memories")
    }

    mutating func add(global type: GlobalType, at start: Int) throws(ModuleError) {
        check(type.value, at: start)
        module.globals.append(type)
        validator.context.globals.append(
            GlobalEntry(type: type.value, isMutable: type.isMutable)
        )
        try limit(module.globals.count, Limits.globals, "globals")
    }

    mutating func add(tag type: TypeIndex, at start: Int) throws(ModuleError) {
        checkFunctionType(type, at: start)
        require(
            module.functionType(type)?.results.isEmpty ?? true,
            at: start,
            "non-empty tag result type"
        )
        module.tags.append(type)
        validator.context.tags.append(type)
        try limit(module.tags.count, Limits.tags, "tags")
    }
}

// MARK: Types that are invalid by themselves

extension SizeLimits {
    /// What is wrong with the limits, which are to be within a range; nil where nothing is.
    /// Spec: core/valid/types#limits
    fileprivate func problem(_ range: UInt64, _ message: String) -> String? {
        guard minimum <= range && maximum ?? 0 <= range else { return message }
        let isOrdered = minimum <= maximum ?? .max
        return isOrdered ? nil : "size minimum must not be greater than maximum"
    }
}

extension TableType {
    /// What is wrong with the type's limits, nil where nothing is.
    /// Spec: core/valid/types#table-types
    package var problem: String? {
        switch addressType {
        case .i32: limits.problem(0xFFFF_FFFF, "table size must be at most 2^32-1 for i32")
        case .i64: limits.problem(.max, "table size must be at most 2^64-1 for i64")
        }
    }
}

extension MemoryType {
    /// What is wrong with the type's limits or page size, nil where nothing is.
    /// Spec: core/valid/types#memory-types
    package var problem: String? {
        guard pageSizeLog2 == 0 || pageSizeLog2 == MemoryType.standardPageSizeLog2 else {
            return "invalid custom page size: it is 1 byte or 64 KiB"
        }
        if isShared && limits.maximum == nil { return "shared memory must have maximum size" }
        let bits: UInt32 = addressType == .i32 ? 32 : 64
        let range = bits - pageSizeLog2
        return switch (addressType, pageSizeLog2) {
        case (.i32, 16):
            limits.problem(1 << 16, "memory size must be at most 2^16 pages (4 GiB) for i32")
        case (.i64, 16):
            limits.problem(1 << 48, "memory size must be at most 2^48 pages (256 TiB) for i64")
        default:
            limits.problem(
                range < 64 ? 1 << UInt64(range) : .max,
                "memory size must be at most 2^\(range) pages of one byte"
            )
        }
    }

    /// What the type has that is validated and not run; nil where there is nothing.
    var unsupportedFeature: String? {
        if isShared { return "shared memory" }
        return pageSizeLog2 == MemoryType.standardPageSizeLog2 ? nil : "memory with pages of one byte"
    }
}
