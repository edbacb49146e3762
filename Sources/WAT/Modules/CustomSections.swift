import Wasm

// Custom sections that annotations spell out. Spec: core/appendix/custom#custom-annotations
extension Assembler {
    /// Reads the `@custom` annotations that stand before the next field.
    mutating func customSections() throws(TextError) {
        for annotation in annotations.take(.custom, reader) {
            try customSection(annotation)
        }
    }

    private mutating func customSection(_ annotation: Annotation) throws(TextError) {
        let text = reader.text
        var items = text.annotationTokens[annotation.items]
        guard let first = items.popFirst(), first.kind == .string else {
            throw customError("missing section name", annotation)
        }
        let name = text.string(first)
        if !name.isUTF8 { throw customError("malformed UTF-8 encoding", annotation) }
        var place = Sections.Place.last
        if items.first?.kind == .leftParenthesis {
            items.removeFirst()
            place = try self.place(&items, annotation)
        }
        var contents: [UInt8] = []
        while let item = items.first, item.kind == .string {
            contents += text.string(item)
            items.removeFirst()
        }
        if !items.isEmpty { throw customError("unexpected token", annotation) }
        sections.addCustom(name, contents, at: place)
    }

    /// Reads a direction, a section's keyword and `)`.
    private func place(
        _ items: inout ArraySlice<Token>,
        _ annotation: Annotation
    ) throws(TextError) -> Sections.Place {
        let direction = items.first.map(reader.text.spelling)
        guard direction == "before" || direction == "after" else {
            throw customError("malformed placement", annotation)
        }
        items.removeFirst()
        let isBefore = direction == "before"
        guard let keyword = items.popFirst() else {
            throw customError("malformed section kind", annotation)
        }
        let place: Sections.Place
        if let kind = Self.sectionKinds[reader.text.spelling(keyword)] {
            place = isBefore ? .before(kind) : .after(kind)
        } else if reader.text.spelling(keyword) == "first" {
            place = .first
        } else if reader.text.spelling(keyword) == "last" {
            place = .last
        } else {
            throw customError("malformed section kind", annotation)
        }
        guard items.popFirst()?.kind == .rightParenthesis else {
            throw customError("unexpected token", annotation)
        }
        return place
    }

    private func customError(_ message: String, _ annotation: Annotation) -> TextError {
        annotations.error("@custom annotation: \(message)", annotation, reader)
    }

    private static let sectionKinds: [String: Sections.Kind] = [
        "type": .type, "import": .import, "func": .function, "table": .table, "memory": .memory,
        "tag": .tag, "global": .global, "export": .export, "start": .start, "elem": .element,
        "code": .code, "data": .data, "datacount": .dataCount,
    ]
}
