import Wasm

/// The references that an element segment holds. Spec: core/text/modules#element-segments
struct ElementItems {
    var type: ReferenceType
    var count: Int
    /// What stands in the segment after its count: function indices, or else expressions.
    var bytes: [UInt8]
    /// The indices, where they are not given by expressions.
    var functions: [UInt32]?

    /// The same functions, by expressions of type `type`.
    func asExpressions(_ type: ReferenceType) -> ElementItems {
        var bytes: [UInt8] = []
        for index in functions ?? [] {
            bytes.append(0xD2)
            bytes.append(unsigned: index)
            bytes.append(0x0B)
        }
        return ElementItems(type: type, count: count, bytes: bytes)
    }
}

/// What becomes of an element segment when its module is instantiated.
enum ElementMode {
    case passive
    case declarative
    /// The table, and where in it.
    case active(UInt32, [UInt8])
}

extension Assembler {
    mutating func elementField() throws(TextError) {
        try reader.open(.elem)
        _ = reach(.element)
        _ = reader.takeIdentifier()
        if reader.take(.declare) {
            addElements(try elementList(), .declarative)
        } else if reader.takeOpening(.table) {
            let table = try index(.table)
            try reader.close()
            let offset = try offset()
            addElements(try elementList(), .active(table, offset))
        } else if reader.token.kind == .leftParenthesis, !reader.opens(.ref) {
            let offset = try offset()
            let isIndices = [.natural, .identifier, .rightParenthesis].contains(reader.token.kind)
            addElements(isIndices ? try elementIndices() : try elementList(), .active(0, offset))
        } else {
            addElements(try elementList(), .passive)
        }
        try reader.close()
    }

    /// Reads the type of the elements, and the elements.
    /// Spec: core/text/modules#text-elemlist
    private mutating func elementList() throws(TextError) -> ElementItems {
        if reader.take(.func) { return try elementIndices() }
        return try elementExpressions(try referenceType())
    }

    /// Reads function indices.
    mutating func elementIndices() throws(TextError) -> ElementItems {
        var functions: [UInt32] = []
        while let index = try indexIfAny(.function) { functions.append(index) }
        var bytes: [UInt8] = []
        for index in functions { bytes.append(unsigned: index) }
        let type = ReferenceType(isNullable: false, heapType: .function)
        return ElementItems(
            type: type,
            count: functions.count,
            bytes: bytes,
            functions: functions
        )
    }

    /// Reads expressions, which may be wrapped in `(item …)`.
    mutating func elementExpressions(_ type: ReferenceType) throws(TextError) -> ElementItems {
        var items = ElementItems(type: type, count: 0, bytes: [])
        while reader.token.kind == .leftParenthesis {
            if reader.takeOpening(.item) {
                items.bytes += try constantExpression()
                try reader.close()
            } else {
                items.bytes += try foldedExpression()
            }
            items.count += 1
        }
        return items
    }

    /// Adds an element segment.
    /// Spec: core/binary/modules#binary-elemsec
    mutating func addElements(_ items: ElementItems, _ mode: ElementMode) {
        let isExpressions = items.functions == nil
        sections.add(.element) { bytes in
            switch mode {
            case .active(0, let offset) where !isExpressions || items.type == .funcref:
                bytes.append(isExpressions ? 4 : 0)
                bytes.append(contentsOf: offset)
            case .active(let table, let offset):
                bytes.append(isExpressions ? 6 : 2)
                bytes.append(unsigned: table)
                bytes.append(contentsOf: offset)
                Self.writeElementType(items, to: &bytes)
            case .passive:
                bytes.append(isExpressions ? 5 : 1)
                Self.writeElementType(items, to: &bytes)
            case .declarative:
                bytes.append(isExpressions ? 7 : 3)
                Self.writeElementType(items, to: &bytes)
            }
            bytes.append(unsigned: items.count)
            bytes.append(contentsOf: items.bytes)
        }
    }

    private static func writeElementType(_ items: ElementItems, to bytes: inout [UInt8]) {
        if items.functions == nil {
            bytes.append(items.type)
        } else {
            bytes.append(0x00)
        }
    }
}
