// Spec: core/binary/modules#data-section, core/valid/modules#data-segments.

extension ModuleDecoder {
    mutating func dataSection() throws(ModuleError) {
        for _ in 0..<(try reader.length(limit: Limits.dataSegments, "data segments")) {
            let start = reader.offset
            let flags = try reader.u32()
            guard flags < 3 else {
                throw reader.malformed("malformed data segment kind", at: start)
            }
            let mode = try dataMode(flags)
            let length = try reader.length()
            try reader.skip(length)
            let range = reader.offset - length..<reader.offset
            module.data.append(DataSegment(mode: mode, range: range))
        }
    }

    private mutating func dataMode(_ flags: UInt32) throws(ModuleError) -> DataSegment.Mode {
        if flags == 1 { return .passive }
        let start = reader.offset
        let memory = flags == 0 ? 0 : try reader.u32()
        require(memory, module.memories.count, at: start, "memory")
        let address = isValid ? module.memories[Int(memory)].addressType.valueType : .i32
        return .active(memory: memory, offset: try constantExpression(address))
    }
}
