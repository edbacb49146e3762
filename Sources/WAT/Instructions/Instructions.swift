import Wasm

// Sequences of instructions, with blocks and folded instructions in them. What is open is kept in
// an array, so that text may nest as deep as it likes. Spec: core/text/instructions
extension Assembler {
    /// Reads instructions up to what can be no part of them.
    mutating func instructions() throws(TextError) {
        while try readPart(mayBePlain: true) {}
    }

    /// Reads one folded instruction, with all that is in it.
    mutating func foldedInstruction() throws(TextError) {
        guard try readPart(mayBePlain: false) else { throw reader.unexpected("an instruction") }
        while !body.constructs.isEmpty { _ = try readPart(mayBePlain: false) }
    }

    /// Reads an instruction, or a part of one; false at what is none where nothing is open.
    /// - Parameter mayBePlain: Whether one that is not folded may stand where nothing is open.
    private mutating func readPart(mayBePlain: Bool) throws(TextError) -> Bool {
        let token = reader.token
        let mayBePlain = body.constructs.last?.kind.holdsInstructions ?? mayBePlain
        if token.kind == .instruction, let opcode = token.opcode, mayBePlain {
            if opcode == .end || opcode == .else {
                guard !body.constructs.isEmpty else { return false }
                try endOrElse(opcode)
            } else {
                try instruction(opcode, isFolded: false)
            }
            return true
        }
        if token.kind == .leftParenthesis, try readFolded() { return true }
        if body.constructs.isEmpty { return false }
        guard token.kind == .rightParenthesis else { throw reader.unexpected("an instruction") }
        try closeFolded()
        return true
    }

    /// Reads the start of a folded instruction, or of a branch of one.
    private mutating func readFolded() throws(TextError) -> Bool {
        let kind = body.constructs.last?.kind
        if let opcode = reader.following.opcode {
            switch (opcode, kind) {
            case (.else, .afterThen?):
                reader.advance()
                reader.advance()
                body.code.append(0x05)
                body.constructs[body.constructs.count - 1].kind = .foldedElse
                return true
            case (.end, _), (.else, _), (_, .afterThen?), (_, .afterElse?):
                return false
            default:
                try instruction(opcode, isFolded: true)
                return true
            }
        }
        guard kind == .foldedIf, reader.takeOpening(.then) else { return false }
        let last = body.constructs.count - 1
        writeWaiting(body.constructs[last])
        body.labels.push(body.constructs[last].label)
        body.constructs[last].kind = .foldedThen
        return true
    }

    /// Reads `end` or `else` of a block that is not folded.
    private mutating func endOrElse(_ opcode: Opcode) throws(TextError) {
        guard let construct = body.constructs.last else { return }
        switch (opcode, construct.kind) {
        case (.else, .ifBlock):
            body.code.append(0x05)
            body.constructs[body.constructs.count - 1].kind = .elseBlock
        case (.end, .block), (.end, .ifBlock), (.end, .elseBlock):
            body.code.append(0x0B)
            body.labels.pop()
            body.constructs.removeLast()
        default:
            throw reader.unexpected("an instruction")
        }
        reader.advance()
        let token = reader.token
        if let label = reader.takeIdentifier(), label != construct.label {
            note(reader.error("mismatching label", at: token))
        }
    }

    /// Reads the `)` of the innermost construct.
    private mutating func closeFolded() throws(TextError) {
        guard let construct = body.constructs.last else { return }
        switch construct.kind {
        case .folded:
            writeWaiting(construct)
            body.constructs.removeLast()
        case .foldedThen:
            body.constructs[body.constructs.count - 1].kind = .afterThen
        case .foldedElse:
            body.constructs[body.constructs.count - 1].kind = .afterElse
        case .foldedBlock, .afterThen, .afterElse:
            body.code.append(0x0B)
            body.labels.pop()
            body.constructs.removeLast()
        case .block, .ifBlock, .elseBlock: throw reader.unexpected("`end`")
        case .foldedIf: throw reader.unexpected("`(then`")
        }
        reader.advance()
    }

    /// Writes the instruction of `construct`, behind its operands.
    private mutating func writeWaiting(_ construct: Construct) {
        if let hint = construct.hint { body.hints.append((body.code.count, hint)) }
        body.code.append(contentsOf: body.waiting[construct.start...])
        body.waiting.removeSubrange(construct.start...)
    }

    /// Reads an instruction up to its operands, the parenthesis before it included.
    private mutating func instruction(_ opcode: Opcode, isFolded: Bool) throws(TextError) {
        let hint = try annotations.branchHint(reader)
        let start = reader.token
        if isFolded { reader.advance() }
        reader.advance()
        if hint != nil, opcode != .if, opcode != .brIf {
            note(
                TextError(
                    at: reader.text.location(Int(start.start)),
                    "@metadata.code.branch_hint annotation: invalid target"
                )
            )
        }
        let offset = body.code.count
        switch opcode {
        case .block, .loop, .if, .tryTable:
            try startBlock(opcode, hint, isFolded: isFolded)
        default:
            try plainInstruction(opcode)
            if isFolded {
                let start = wait(from: offset)
                body.constructs.append(Construct(kind: .folded, start: start, hint: hint))
            } else if let hint {
                body.hints.append((offset, hint))
            }
        }
    }

    /// Moves what is written from `offset` on to where it waits for its operands.
    private mutating func wait(from offset: Int) -> Int {
        let start = body.waiting.count
        body.waiting.append(contentsOf: body.code[offset...])
        body.code.removeSubrange(offset...)
        return start
    }

    /// Reads a block up to its instructions; of a folded `if` up to its operands.
    /// Spec: core/text/instructions#text-blockinstr
    private mutating func startBlock(
        _ opcode: Opcode,
        _ hint: UInt8?,
        isFolded: Bool
    ) throws(TextError) {
        let label = reader.takeIdentifier()
        let offset = body.code.count
        writeOpcode(opcode)
        body.code.append(contentsOf: try blockType())
        if opcode == .tryTable { try catchClauses() }
        if isFolded, opcode == .if {
            let start = wait(from: offset)
            body.constructs.append(
                Construct(kind: .foldedIf, label: label, start: start, hint: hint)
            )
            return
        }
        if let hint { body.hints.append((offset, hint)) }
        body.labels.push(label)
        let kind: Construct.Kind = isFolded ? .foldedBlock : opcode == .if ? .ifBlock : .block
        body.constructs.append(Construct(kind: kind, label: label))
    }

    /// Reads the clauses of a `try_table`.
    /// Spec: core/text/instructions#text-catch
    private mutating func catchClauses() throws(TextError) {
        var clauses: [UInt8] = []
        var count = 0
        while reader.token.kind == .leftParenthesis, let keyword = reader.following.keyword,
            let (code, hasTag) = Self.catchClauses[keyword]
        {
            try reader.open(keyword)
            clauses.append(code)
            if hasTag { clauses.append(unsigned: try index(.tag)) }
            clauses.append(unsigned: try label())
            try reader.close()
            count += 1
        }
        body.code.append(unsigned: count)
        body.code.append(contentsOf: clauses)
    }

    private static let catchClauses: [Keyword: (code: UInt8, hasTag: Bool)] = [
        .catch: (0, true), .catchRef: (1, true), .catchAll: (2, false), .catchAllRef: (3, false),
    ]

    mutating func writeOpcode(_ opcode: Opcode) {
        let instruction = opcode.instruction
        if instruction.prefix == 0 {
            body.code.append(UInt8(truncatingIfNeeded: instruction.code))
        } else {
            body.code.append(instruction.prefix)
            body.code.append(unsigned: UInt64(instruction.code))
        }
    }
}
