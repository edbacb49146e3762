// Spec: core/binary/modules#export-section, core/binary/modules#start-section,
// core/valid/modules#exports, core/valid/modules#start-function.

extension ModuleDecoder {
    mutating func exportSection() throws(ModuleError) {
        let count = try reader.length(limit: Limits.exports, "exports")
        var names: Set<ExactName> = []
        for _ in 0..<count {
            let start = reader.offset
            let name = try reader.name()
            let index = try externIndex()
            require(
                names.insert(ExactName(string: name)).inserted,
                at: start,
                "duplicate export name \"\(name)\""
            )
            module.exports.append(Export(name: name, index: index))
        }
    }

    private mutating func externIndex() throws(ModuleError) -> ExternIndex {
        let start = reader.offset
        let kind = try reader.byte()
        guard kind <= 4 else { throw reader.malformed("malformed export kind", at: start) }
        let index = try reader.u32()
        switch kind {
        case 0:
            require(index, module.functions.count, at: start, "function")
            validator.context.declare(index)
            return .function(index)
        case 1:
            require(index, module.tables.count, at: start, "table")
            return .table(index)
        case 2:
            require(index, module.memories.count, at: start, "memory")
            return .memory(index)
        case 3:
            require(index, module.globals.count, at: start, "global")
            return .global(index)
        default:
            require(index, module.tags.count, at: start, "tag")
            return .tag(index)
        }
    }

    /// Requires that there is a `what` with the index.
    mutating func require(_ index: UInt32, _ count: Int, at offset: Int, _ what: String) {
        require(index < count, at: offset, "unknown \(what) \(index)")
    }

    mutating func startSection() throws(ModuleError) {
        let start = reader.offset
        let index = try reader.u32()
        module.start = index
        require(index, module.functions.count, at: start, "function")
        guard isValid, let type = module.functionType(module.functions[Int(index)]) else { return }
        require(
            type.parameters.isEmpty && type.results.isEmpty,
            at: start,
            "start function must not have parameters or results"
        )
    }
}
