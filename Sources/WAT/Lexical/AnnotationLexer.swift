import Wasm

// Annotations: read over, and kept where they mean something to the assembler.
// Spec: core/text/lexical#annotations
extension Lexer {
    /// Reads the annotation at `position`, which is at its `(@`.
    mutating func readAnnotation() -> Bool {
        let start = position
        guard let kind = readAnnotationStart() else { return false }
        let firstItem = text.annotationTokens.count
        guard readItems(start) else { return false }
        if let kind = kind.known {
            text.annotations.append(
                Annotation(
                    kind: kind,
                    position: text.tokens.count,
                    start: start,
                    items: firstItem..<text.annotationTokens.count
                )
            )
        } else {
            text.annotationTokens.removeSubrange(firstItem...)
        }
        return true
    }

    /// What an annotation's name says.
    private struct Name {
        var known: Annotation.Kind?
    }

    /// Reads `(@` and the name after it.
    private mutating func readAnnotationStart() -> Name? {
        let start = position
        let (end, hasString) = annotationNameEnd()
        position += 2
        guard end > position else {
            _ = fail(.emptyAnnotation, start..<(start + 2))
            return nil
        }
        var name = Array(text.bytes[position..<end])
        if hasString { name = StringLiteral.contents(name, 1..<(name.count - 1)) }
        if name.isEmpty || !name.isUTF8 {
            _ = fail(name.isEmpty ? .emptyAnnotation : .malformedUTF8, start..<end)
            return nil
        }
        position = end
        return Name(known: Annotation.Kind.allCases.first { $0.rawValue.utf8.elementsEqual(name) })
    }

    /// Where the name of the annotation at `position` ends: identifier characters, or one string.
    private func annotationNameEnd() -> (end: Int, hasString: Bool) {
        let start = position + 2
        var end = start
        while end < text.bytes.count, text.bytes[end].isIdentifierCharacter { end += 1 }
        if end == start, end < text.bytes.count, text.bytes[end] == .quote,
            case .success(let after) = StringLiteral.end(text.bytes, from: end)
        {
            return (after, true)
        }
        return (end, false)
    }

    /// Reads up to the parenthesis that closes the annotation that starts at `start`.
    private mutating func readItems(_ start: Int) -> Bool {
        var depth = 1
        while position < text.bytes.count {
            let byte = text.bytes[position]
            switch byte {
            case 0x20, 0x09, 0x0A, 0x0D:
                position += 1
            case .semicolon where next == .semicolon:
                guard skipLine() else { return false }
            case .leftParenthesis where next == .semicolon:
                guard skipComment() else { return false }
            case .leftParenthesis:
                depth += 1
                if depth > Limits.textNesting {
                    return fail(.nestingTooDeep, position..<(position + 1))
                }
                let item = Token(.leftParenthesis, position..<(position + 1))
                if next == .at, annotationNameEnd().end > position + 2 {
                    guard readAnnotationStart() != nil else { return false }
                } else {
                    position += 1
                }
                text.annotationTokens.append(item)
            case .rightParenthesis:
                depth -= 1
                position += 1
                if depth == 0 { return true }
                text.annotationTokens.append(
                    Token(.rightParenthesis, (position - 1)..<position)
                )
            default:
                guard readItem(byte) else { return false }
            }
        }
        return fail(.unclosedAnnotation, start..<(start + 2))
    }

    /// A word of any kind, in an annotation.
    private mutating func readItem(_ byte: UInt8) -> Bool {
        if ",;[]{}".utf8.contains(byte) {
            text.annotationTokens.append(Token(.atom, position..<(position + 1)))
            position += 1
            return true
        }
        if !byte.isIdentifierCharacter, byte != .quote {
            let length = text.bytes.utf8Length(at: position)
            return fail(
                length > 0 ? .illegalCharacter : .malformedUTF8,
                position..<(position + max(1, length))
            )
        }
        let (end, hasString, flaw) = wordEnd()
        guard end > position else {
            let offset = flaw?.offset ?? position
            return fail(flaw?.error ?? .unclosedString, offset..<(offset + 1))
        }
        let token = hasString ? quotedToken(position..<end) : nil
        if let token, token.kind == .malformed {
            return fail(LexicalError(rawValue: token.value) ?? .illegalCharacter, token.range)
        }
        if end - position == 1, byte == .dollar { return fail(.emptyIdentifier, position..<end) }
        text.annotationTokens.append(token ?? Token(.atom, position..<end))
        position = end
        return true
    }
}
