// The sections that define functions, tables, memories, tags and globals.
// Spec: core/binary/modules#function-section and the sections after it.

extension ModuleDecoder {
    /// Spec: core/binary/modules#function-section
    mutating func functionSection() throws(ModuleError) {
        for _ in 0..<(try reader.length(limit: Limits.functions, "functions")) {
            let start = reader.offset
            try add(function: try reader.u32(), at: start)
        }
    }

    /// Spec: core/binary/modules#table-section, core/valid/modules#tables
    mutating func tableSection() throws(ModuleError) {
        for _ in 0..<(try reader.length(limit: Limits.tables, "tables")) {
            let start = reader.offset
            let hasInitializer = reader.peek() == 0x40
            if hasInitializer {
                try reader.skip(1)
                try reader.zero()
            }
            let type = try reader.tableType()
            var initializer: ConstantExpression?
            if hasInitializer {
                initializer = try constantExpression(ValueType(type.element))
            } else {
                require(
                    type.element.isNullable,
                    at: start,
                    "type mismatch: a table of \(type.element) needs an initial value"
                )
            }
            module.tableInitializers.append(initializer)
            try add(table: type, at: start)
        }
    }

    /// Spec: core/binary/modules#memory-section
    mutating func memorySection() throws(ModuleError) {
        for _ in 0..<(try reader.length(limit: Limits.memories, "memories")) {
            let start = reader.offset
            try add(memory: try reader.memoryType(features), at: start)
        }
    }

    /// Spec: core/binary/modules#tag-section
    mutating func tagSection() throws(ModuleError) {
        for _ in 0..<(try reader.length(limit: Limits.tags, "tags")) {
            let start = reader.offset
            try add(tag: try reader.tagType(), at: start)
        }
    }

    /// Spec: core/binary/modules#global-section, core/valid/modules#globals
    mutating func globalSection() throws(ModuleError) {
        for _ in 0..<(try reader.length(limit: Limits.globals, "globals")) {
            let start = reader.offset
            let type = try reader.globalType()
            module.globalInitializers.append(try constantExpression(type.value))
            try add(global: type, at: start)
        }
    }
}
