import Wasm

// Tables, memories, globals, tags, the start function and segments. Spec: core/text/modules
extension Assembler {
    /// Reads a table.
    /// Spec: core/text/modules#tables
    mutating func tableField() throws(TextError) {
        let (index, isImport) = try startOfField(.table, .table)
        if isImport { return }
        let address = try addressType()
        if reader.token.kind == .natural {
            let type = try tableType(address)
            let hasValue = reader.token.kind != .rightParenthesis
            let value = hasValue ? try constantExpression() : []
            sections.add(.table) { bytes in
                if hasValue {
                    bytes.append(0x40)
                    bytes.append(0x00)
                }
                bytes.append(type)
                bytes.append(contentsOf: value)
            }
        } else {
            try tableWithElements(index, address)
        }
        try reader.close()
    }

    /// A table that holds the elements written in it.
    private mutating func tableWithElements(
        _ index: UInt32,
        _ address: AddressType
    ) throws(TextError) {
        let type = try referenceType()
        try reader.open(.elem)
        let items: ElementItems
        if reader.token.kind == .leftParenthesis {
            items = try elementExpressions(type)
        } else {
            let indices = try elementIndices()
            items = type == .funcref ? indices : indices.asExpressions(type)
        }
        try reader.close()
        let size = UInt64(items.count)
        let limits = SizeLimits(minimum: size, maximum: size)
        sections.add(.table) { bytes in
            bytes.append(TableType(addressType: address, limits: limits, element: type))
        }
        _ = reach(.element)
        addElements(items, .active(index, zero(address)))
    }

    /// Reads a memory.
    /// Spec: core/text/modules#memories
    mutating func memoryField() throws(TextError) {
        let (index, isImport) = try startOfField(.memory, .memory)
        if isImport { return }
        let address = try addressType()
        if reader.takeOpening(.data) {
            let contents = reader.dataString()
            try reader.close()
            let pages = UInt64((contents.count + 0xFFFF) / 0x10000)
            let limits = SizeLimits(minimum: pages, maximum: pages)
            sections.add(.memory) { bytes in
                bytes.append(MemoryType(addressType: address, limits: limits))
            }
            _ = reach(.data)
            addData(contents, index, zero(address))
        } else {
            let type = try memoryType(address)
            sections.add(.memory) { bytes in bytes.append(type) }
        }
        try reader.close()
    }

    /// The constant expression that is zero.
    private func zero(_ address: AddressType) -> [UInt8] {
        [address == .i32 ? 0x41 : 0x42, 0, 0x0B]
    }

    /// Reads a global.
    /// Spec: core/text/modules#globals
    mutating func globalField() throws(TextError) {
        if try startOfField(.global, .global).isImport { return }
        let type = try globalType()
        let value = try constantExpression()
        sections.add(.global) { bytes in
            bytes.append(type)
            bytes.append(contentsOf: value)
        }
        try reader.close()
    }

    /// Reads a tag.
    /// Spec: core/text/modules#tags
    mutating func tagField() throws(TextError) {
        if try startOfField(.tag, .tag).isImport { return }
        let type = try namedTypeUse()
        sections.add(.tag) { bytes in
            bytes.append(0)
            bytes.append(unsigned: type)
        }
        try reader.close()
    }

    /// Reads which function is called at the start.
    /// Spec: core/text/modules#start-function
    mutating func startField() throws(TextError) {
        let token = reader.token
        try reader.open(.start)
        let index = try index(.function)
        try reader.close()
        if sections.start != nil { note(reader.error("multiple start sections", at: token)) }
        sections.start = index
    }

    /// Reads a data segment.
    /// Spec: core/text/modules#data-segments
    mutating func dataField() throws(TextError) {
        try reader.open(.data)
        _ = reach(.data)
        _ = reader.takeIdentifier()
        var memory: UInt32 = 0
        var offset: [UInt8]?
        if reader.takeOpening(.memory) {
            memory = try index(.memory)
            try reader.close()
            offset = try self.offset()
        } else if reader.token.kind == .leftParenthesis {
            offset = try self.offset()
        }
        addData(reader.dataString(), memory, offset)
        try reader.close()
    }

    /// Adds a data segment; without `offset` a passive one.
    /// Spec: core/binary/modules#binary-datasec
    private mutating func addData(_ contents: [UInt8], _ memory: UInt32, _ offset: [UInt8]?) {
        sections.add(.data) { bytes in
            if let offset {
                bytes.append(memory == 0 ? 0 : 2)
                if memory != 0 { bytes.append(unsigned: memory) }
                bytes.append(contentsOf: offset)
            } else {
                bytes.append(1)
            }
            bytes.append(list: contents)
        }
    }

    /// Reads where an active segment goes. Spec: core/text/modules#text-dataoffset
    mutating func offset() throws(TextError) -> [UInt8] {
        guard reader.takeOpening(.offset) else { return try foldedExpression() }
        let offset = try constantExpression()
        try reader.close()
        return offset
    }
}
