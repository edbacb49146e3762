import ComponentModel

// Canonical definitions. Spec: Explainer "Canonical Definitions", Binary "canon"
extension ComponentAssembler {
    /// What stands behind the code of a canonical definition.
    private enum Immediate {
        case function, coreFunction, type, coreType, coreTable, memory, valueType, number, result
        case options
        /// A word that may be left out.
        case flag(Keyword)
    }

    /// A canonical definition: its first bytes, and what follows them.
    private struct Builtin {
        var code: [UInt8]
        var immediates: [Immediate]

        init(_ code: UInt8, _ immediates: Immediate...) {
            self.code = [code]
            self.immediates = immediates
        }

        init(_ code: [UInt8], _ immediates: Immediate...) {
            self.code = code
            self.immediates = immediates
        }
    }

    /// All but `lift` define core functions.
    private static let builtins: [Keyword: Builtin] = [
        .lift: Builtin([0x00, 0x00], .coreFunction, .options),
        .lower: Builtin([0x01, 0x00], .function, .options),
        .resourceNew: Builtin(0x02, .type),
        .resourceDrop: Builtin(0x03, .type),
        .resourceRep: Builtin(0x04, .type),
        .taskCancel: Builtin(0x05),
        .subtaskCancel: Builtin(0x06, .flag(.async)),
        .taskReturn: Builtin(0x09, .result, .options),
        .contextGet: Builtin(0x0A, .valueType, .number),
        .contextSet: Builtin(0x0B, .valueType, .number),
        .threadYield: Builtin(0x0C, .flag(.cancellable)),
        .subtaskDrop: Builtin(0x0D),
        .streamNew: Builtin(0x0E, .type),
        .streamRead: Builtin(0x0F, .type, .options),
        .streamWrite: Builtin(0x10, .type, .options),
        .streamCancelRead: Builtin(0x11, .type, .flag(.async)),
        .streamCancelWrite: Builtin(0x12, .type, .flag(.async)),
        .streamDropReadable: Builtin(0x13, .type),
        .streamDropWritable: Builtin(0x14, .type),
        .futureNew: Builtin(0x15, .type),
        .futureRead: Builtin(0x16, .type, .options),
        .futureWrite: Builtin(0x17, .type, .options),
        .futureCancelRead: Builtin(0x18, .type, .flag(.async)),
        .futureCancelWrite: Builtin(0x19, .type, .flag(.async)),
        .futureDropReadable: Builtin(0x1A, .type),
        .futureDropWritable: Builtin(0x1B, .type),
        .errorContextNew: Builtin(0x1C, .options),
        .errorContextDebugMessage: Builtin(0x1D, .options),
        .errorContextDrop: Builtin(0x1E),
        .waitableSetNew: Builtin(0x1F),
        .waitableSetWait: Builtin(0x20, .flag(.cancellable), .memory),
        .waitableSetPoll: Builtin(0x21, .flag(.cancellable), .memory),
        .waitableSetDrop: Builtin(0x22),
        .waitableJoin: Builtin(0x23),
        .backpressureInc: Builtin(0x24),
        .backpressureDec: Builtin(0x25),
        .threadIndex: Builtin(0x26),
        .threadNewIndirect: Builtin(0x27, .coreType, .coreTable),
        .threadResumeLater: Builtin(0x28),
        .threadSuspend: Builtin(0x29, .flag(.cancellable)),
        .threadSuspendThenResume: Builtin(0x2A, .flag(.cancellable)),
        .threadYieldThenResume: Builtin(0x2B, .flag(.cancellable)),
        .threadSuspendThenPromote: Builtin(0x2C, .flag(.cancellable)),
        .threadYieldThenPromote: Builtin(0x2D, .flag(.cancellable)),
        .threadSpawnRef: Builtin(0x40, .flag(.shared), .coreType),
        .threadSpawnIndirect: Builtin(0x41, .flag(.shared), .coreType, .coreTable),
        .threadAvailableParallelism: Builtin(0x42, .flag(.shared)),
    ]

    /// Reads a canonical definition that has what it defines at its end.
    mutating func canonicalDefinition() throws(TextError) {
        try reader.open(.canon)
        if reader.token.keyword == .lift {
            var bytes = try canonical()
            try reader.open(.func)
            let binding = try binding("func")
            bytes.append(unsigned: try typeUse(.function))
            add(.canon, bytes)
            bind(.function, binding)
        } else {
            let bytes = try canonical()
            try reader.open(.core)
            guard reader.take(.func) else { throw reader.unexpected("`func`") }
            let binding = try binding("core func")
            add(.canon, bytes)
            bind(.core(.function), binding)
        }
        try reader.close()
        try reader.close()
    }

    /// Reads a function: lifted, imported or aliased.
    mutating func function() throws(TextError) {
        try reader.open(.func)
        let binding = try binding("func")
        let exports = try inlineExports()
        if try !takeInvertedAlias(.function, binding), try !takeInlineImport(.function, binding) {
            let type = try typeUse(.function)
            try reader.open(.canon)
            guard reader.token.keyword == .lift else { throw reader.unexpected("`lift`") }
            var bytes = try canonical()
            bytes.append(unsigned: type)
            try reader.close()
            add(.canon, bytes)
            bind(.function, binding)
        }
        export(exports, .function)
        try reader.close()
    }

    /// Reads a core function, from behind the keyword `func` on: a canonical definition, or an alias.
    mutating func coreFunction() throws(TextError) {
        let binding = try binding("core func")
        if try takeInvertedAlias(.core(.function), binding) { return }
        try reader.open(.canon)
        if reader.token.keyword == .lift { throw reader.unexpected("what defines a core function") }
        let bytes = try canonical()
        try reader.close()
        add(.canon, bytes)
        bind(.core(.function), binding)
    }

    /// Reads the word for a canonical definition, and its immediates.
    private mutating func canonical() throws(TextError) -> [UInt8] {
        guard let keyword = reader.token.keyword, let builtin = Self.builtins[keyword] else {
            throw reader.unexpected("a canonical definition")
        }
        reader.advance()
        var bytes = builtin.code
        for immediate in builtin.immediates { try read(immediate, into: &bytes) }
        return bytes
    }

    private mutating func read(
        _ immediate: Immediate,
        into bytes: inout [UInt8]
    ) throws(TextError) {
        switch immediate {
        case .function: bytes.append(unsigned: try indexOrReference(.function))
        case .coreFunction: bytes.append(unsigned: try indexOrReference(.core(.function)))
        case .type: bytes.append(unsigned: try indexOrReference(.type))
        case .coreType: bytes.append(unsigned: try indexOrReference(.core(.type)))
        case .coreTable: bytes.append(unsigned: try indexOrReference(.core(.table)))
        case .memory:
            try reader.open(.memory)
            bytes.append(unsigned: try memoryIndex())
            try reader.close()
        case .valueType: bytes += try coreValueType()
        case .number: bytes.append(unsigned: try u32())
        case .result: bytes += try resultList()
        case .options: bytes += try options()
        case .flag(let keyword): bytes.append(reader.take(keyword) ? 0x01 : 0x00)
        }
    }

    /// Spec: Binary "opts"
    private mutating func options() throws(TextError) -> [UInt8] {
        var count = 0
        var options: [UInt8] = []
        while try takeOption(&options) { count += 1 }
        var bytes: [UInt8] = []
        bytes.append(unsigned: count)
        return bytes + options
    }

    /// Reads an option if one comes next.
    private mutating func takeOption(_ bytes: inout [UInt8]) throws(TextError) -> Bool {
        let isWord = reader.token.kind != .leftParenthesis
        guard let keyword = isWord ? reader.token.keyword : reader.following.keyword,
            let code = (isWord ? Self.optionWords : Self.optionIndices)[keyword]
        else { return false }
        bytes.append(code)
        if isWord {
            reader.advance()
            return true
        }
        try reader.open(keyword)
        switch keyword {
        case .memory: bytes.append(unsigned: try memoryIndex())
        case .coreType: bytes.append(unsigned: try indexOrReference(.core(.type)))
        default: bytes.append(unsigned: try indexOrReference(.core(.function)))
        }
        try reader.close()
        return true
    }

    /// Spec: Binary "canonopt"; the last is of a proposal.
    private static let optionWords: [Keyword: UInt8] = [
        .utf8: 0x00, .utf16: 0x01, .latin1OrUTF16: 0x02, .async: 0x06, .gc: 0x09,
    ]

    private static let optionIndices: [Keyword: UInt8] = [
        .memory: 0x03, .realloc: 0x04, .postReturn: 0x05, .callback: 0x07, .coreType: 0x08,
    ]
}
