import Wasm

/// The annotations of a text, and which of them have been made use of.
/// Spec: core/appendix/custom
struct AnnotationCursor {
    private let annotations: [Annotation]
    /// The indices of those that have been made use of.
    private var used: Set<Int> = []

    init(_ text: TokenizedText) { annotations = text.annotations }

    /// The index of the first annotation that does not stand before the token `position`.
    private func firstIndex(from position: Int) -> Int {
        var low = 0
        var high = annotations.count
        while low < high {
            let middle = (low + high) / 2
            if annotations[middle].position < position { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// The annotations of `kind` that stand before the next token of `reader`.
    mutating func take(_ kind: Annotation.Kind, _ reader: TokenReader) -> [Annotation] {
        if annotations.isEmpty { return [] }
        var found: [Annotation] = []
        for index in firstIndex(from: reader.position)..<annotations.count {
            guard annotations[index].position == reader.position else { break }
            if annotations[index].kind == kind, used.insert(index).inserted {
                found.append(annotations[index])
            }
        }
        return found
    }

    /// The name that an annotation gives to a `thing`, whose keyword and identifier `reader` has
    /// just gone past. Spec: core/appendix/custom#name-annotations
    mutating func name(_ reader: TokenReader, of thing: String) throws(TextError) -> [UInt8]? {
        let found = take(.name, reader)
        guard let annotation = found.first else { return nil }
        if found.count > 1 {
            throw error("@name annotation: multiple \(thing) names", found[1], reader)
        }
        let items = reader.text.annotationTokens[annotation.items]
        guard let first = items.first, first.kind == .string else {
            throw error("@name annotation: string expected", annotation, reader)
        }
        if items.count > 1 {
            throw error("@name annotation: unexpected token", annotation, reader)
        }
        let name = reader.text.string(first)
        if !name.isUTF8 {
            throw error("@name annotation: malformed UTF-8 encoding", annotation, reader)
        }
        return name
    }

    /// The hint that an annotation gives for the instruction that `reader` is at.
    /// Spec: core/appendix/custom#branch-hints
    mutating func branchHint(_ reader: TokenReader) throws(TextError) -> UInt8? {
        let found = take(.branchHint, reader)
        guard let annotation = found.first else { return nil }
        let prefix = "@metadata.code.branch_hint annotation:"
        if found.count > 1 { throw error("\(prefix) duplicate annotation", found[1], reader) }
        var payload: [UInt8] = []
        for item in reader.text.annotationTokens[annotation.items] {
            if item.kind != .string {
                throw error("\(prefix) unexpected token", annotation, reader)
            }
            payload += reader.text.string(item)
        }
        guard payload == [0] || payload == [1] else {
            throw error("\(prefix) invalid hint value", annotation, reader)
        }
        return payload[0]
    }

    /// Refuses what stands, from the token `start` to where `reader` is, where it has no meaning.
    func checkAllUsed(_ reader: TokenReader, from start: Int) throws(TextError) {
        for index in firstIndex(from: start)..<annotations.count where !used.contains(index) {
            let annotation = annotations[index]
            if annotation.position > reader.position { return }
            switch annotation.kind {
            case .custom, .name:
                throw error("misplaced @\(annotation.kind.rawValue) annotation", annotation, reader)
            case .branchHint:
                throw error(
                    "@metadata.code.branch_hint annotation: not in a function",
                    annotation,
                    reader
                )
            }
        }
    }

    func error(_ message: String, _ annotation: Annotation, _ reader: TokenReader) -> TextError {
        TextError(at: reader.text.location(annotation.start), message)
    }
}
