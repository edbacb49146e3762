// Custom sections, and the names among them.
// Spec: core/binary/modules#custom-section, core/appendix/custom#name-section.

extension ModuleDecoder {
    mutating func customSection(end: Int) throws(ModuleError) {
        let name = try reader.name()
        let start = reader.offset
        try reader.skip(end - start)
        try limit(module.customSections.count + 1, Limits.customSections, "custom sections")
        module.customSections.append(CustomSection(name: name, range: start..<end))
        guard name == "name" else { return }
        var names = reader
        names.seek(to: start)
        // What is wrong with a custom section makes no module malformed.
        let count = module.functions.count
        try? names.nameSection(end: end, functionCount: count, into: &module.names)
    }
}

extension ByteReader {
    /// Reads the names of the module and of its functions, up to the first thing that is wrong;
    /// those of functions that there are not are left out.
    fileprivate mutating func nameSection(
        end: Int,
        functionCount: Int,
        into names: inout ModuleNames
    ) throws(ModuleError) {
        while offset < end {
            let id = try byte()
            let length = try length()
            let next = offset + length
            guard next <= end else { return }
            switch id {
            case 0: names.module = try name()
            case 1:
                for _ in 0..<(try self.length()) {
                    let function = try u32()
                    let name = try name()
                    guard offset <= next else { return }
                    if function < functionCount { names.functions[function] = name }
                }
            default: break
            }
            seek(to: next)
        }
    }
}
