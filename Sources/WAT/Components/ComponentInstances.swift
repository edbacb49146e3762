import ComponentModel

// Instances of core modules and of components. Spec: Explainer "Instance Definitions"
extension ComponentAssembler {
    /// Reads a core instance. Spec: Binary "core:instance"
    mutating func coreInstance() throws(TextError) {
        let binding = try binding("core instance")
        let bytes: [UInt8]
        if reader.takeOpening(.instantiate) {
            bytes = try coreInstantiation()
            try reader.close()
        } else {
            bytes = try coreInlineExports()
        }
        add(.coreInstance, bytes)
        bind(.core(.instance), binding)
    }

    private mutating func coreInstantiation() throws(TextError) -> [UInt8] {
        var bytes: [UInt8] = [0x00]
        bytes.append(unsigned: try indexOrReference(.core(.module)))
        let arguments = try vector(.with) { assembler throws(TextError) in
            var argument: [UInt8] = []
            argument.append(list: try assembler.reader.name())
            argument.append(CoreSort.instance.code)
            argument.append(unsigned: try assembler.coreArgument())
            return argument
        }
        return bytes + arguments
    }

    /// Reads an argument of a core instantiation: an instance, or the exports of one that is made.
    private mutating func coreArgument() throws(TextError) -> UInt32 {
        try reader.open(.instance)
        let index: UInt32
        if reader.token.kind == .natural || reader.token.kind == .identifier {
            index = try reference(.core(.instance))
        } else {
            let exports = try coreInlineExports()
            add(.coreInstance, exports)
            index = bind(.core(.instance))
        }
        try reader.close()
        return index
    }

    private mutating func coreInlineExports() throws(TextError) -> [UInt8] {
        let exports = try vector(.export) { assembler throws(TextError) in
            var export: [UInt8] = []
            export.append(list: try assembler.reader.name())
            try assembler.reader.expect(.leftParenthesis, "`(`")
            let sort = try assembler.coreSort()
            export.append(sort.code)
            export.append(unsigned: try assembler.reference(.core(sort)))
            try assembler.reader.close()
            return export
        }
        return [0x01] + exports
    }

    /// Reads an instance. Spec: Binary "instance"
    mutating func instance() throws(TextError) {
        try reader.open(.instance)
        let binding = try binding("instance")
        let exports = try inlineExports()
        if try !takeInvertedAlias(.instance, binding), try !takeInlineImport(.instance, binding) {
            let bytes: [UInt8]
            if reader.takeOpening(.instantiate) {
                bytes = try instantiation()
                try reader.close()
            } else {
                bytes = try instanceExports()
            }
            add(.instance, bytes)
            bind(.instance, binding)
        }
        export(exports, .instance)
        try reader.close()
    }

    private mutating func instantiation() throws(TextError) -> [UInt8] {
        var bytes: [UInt8] = [0x00]
        bytes.append(unsigned: try indexOrReference(.component))
        let arguments = try vector(.with) { assembler throws(TextError) in
            var argument: [UInt8] = []
            argument.append(list: try assembler.reader.name())
            let (sort, index) = try assembler.argument()
            argument += sort.code
            argument.append(unsigned: index)
            return argument
        }
        return bytes + arguments
    }

    /// Reads an argument of an instantiation, or the exports of an instance that is made for it.
    private mutating func argument() throws(TextError) -> (Sort, UInt32) {
        let start = reader.position
        if reader.takeOpening(.instance) {
            if reader.token.kind != .natural, reader.token.kind != .identifier {
                let exports = try instanceExports()
                add(.instance, exports)
                try reader.close()
                return (.instance, bind(.instance))
            }
            reader.move(to: start)
        }
        return try externIndex()
    }

    private mutating func instanceExports() throws(TextError) -> [UInt8] {
        let exports = try vector(.export) { assembler throws(TextError) in
            var export = try assembler.externName()
            let (sort, index) = try assembler.externIndex()
            export += sort.code
            export.append(unsigned: index)
            return export
        }
        return [0x01] + exports
    }

    /// Reads parentheses with `keyword`, each as `item` does, and returns how many there are and the
    /// bytes of each.
    mutating func vector(
        _ keyword: Keyword,
        _ item: (inout ComponentAssembler) throws(TextError) -> [UInt8]
    ) throws(TextError) -> [UInt8] {
        var count = 0
        var items: [UInt8] = []
        while reader.token.kind == .leftParenthesis {
            try reader.open(keyword)
            items += try item(&self)
            try reader.close()
            count += 1
        }
        var bytes: [UInt8] = []
        bytes.append(unsigned: count)
        return bytes + items
    }
}
