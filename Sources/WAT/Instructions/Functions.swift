import Wasm

// Functions, and expressions. Spec: core/text/modules#functions
extension Assembler {
    mutating func functionField() throws(TextError) {
        let (index, isImport) = try startOfField(.func, .function)
        if isImport { return }
        self[.local] = IndexSpace(Space.local.category)
        let explicit = try explicitType()
        var named: [(index: UInt32, identifier: Token?, name: [UInt8]?)] = []
        let parameters = try namedParameters { named.append(($0, $1, $2)) }
        let type = FunctionType(parameters: parameters, results: try results())
        let typeIndex = typeIndex(explicit, type)
        for (parameter, identifier, name) in named {
            bindLocal(parameter, identifier, name, of: index)
        }
        skipLocals(to: parameterCount(explicit?.index, type))
        var body = try locals(of: index, explicit?.token, typeIndex)
        body.append(contentsOf: try functionCode(index, behind: body.count))
        try reader.close()
        sections.add(.function) { bytes in bytes.append(unsigned: typeIndex) }
        sections.add(.code) { bytes in bytes.append(list: body) }
    }

    /// How many parameters come before the locals.
    private func parameterCount(_ explicit: UInt32?, _ written: FunctionType) -> Int {
        guard let explicit, written.parameters.isEmpty, written.results.isEmpty,
            case .function(let type)? = types[explicit]
        else { return written.parameters.count }
        return type.parameters.count
    }

    /// Binds the local that follows those before `index`.
    private mutating func bindLocal(
        _ index: UInt32,
        _ identifier: Token?,
        _ annotated: [UInt8]?,
        of function: UInt32
    ) {
        skipLocals(to: Int(index))
        if !self[.local].bind(identifier?.value), let identifier {
            note(reader.error("duplicate local", at: identifier))
        }
        let name = annotated ?? identifier.map { Array(reader.text.symbols.name($0.value)) }
        names.locals[function, default: [:]][index] = name
    }

    private mutating func skipLocals(to index: Int) {
        self[.local].skip(max(0, index - Int(self[.local].count)))
    }

    /// Reads the locals, and returns them in the binary format.
    /// Spec: core/text/modules#text-local, core/binary/modules#binary-local
    private mutating func locals(
        of function: UInt32,
        _ explicit: Token?,
        _ type: UInt32
    ) throws(TextError) -> [UInt8] {
        var runs: [(count: UInt32, type: ValueType)] = []
        while reader.takeOpening(.local) {
            let token = reader.token
            let identifier = reader.takeIdentifier() == nil ? nil : token
            let name = try annotations.name(reader, of: "local")
            let types = identifier == nil ? try valueTypes() : [try valueType()]
            try reader.close()
            if identifier != nil || (name != nil && types.count == 1) {
                if let explicit, self.types[type] == nil {
                    note(reader.error("unknown type", at: explicit))
                }
                bindLocal(self[.local].count, identifier, name, of: function)
            } else {
                self[.local].skip(types.count)
            }
            for type in types {
                if runs.last?.type == type {
                    runs[runs.count - 1].count += 1
                } else {
                    runs.append((1, type))
                }
            }
        }
        var bytes: [UInt8] = []
        bytes.append(unsigned: runs.count)
        for run in runs {
            bytes.append(unsigned: run.count)
            bytes.append(run.type)
        }
        return bytes
    }

    /// Reads the instructions of a function, whose locals took `localBytes`.
    private mutating func functionCode(
        _ index: UInt32,
        behind localBytes: Int
    ) throws(TextError) -> [UInt8] {
        body = FunctionText()
        body.labels.push(nil)
        try instructions()
        body.code.append(0x0B)
        if !body.hints.isEmpty {
            sections.addHints(
                index,
                body.hints.sorted { $0.offset < $1.offset }.map {
                    ($0.offset + localBytes, $0.hint)
                }
            )
        }
        return body.code
    }

    /// Reads instructions up to the parenthesis that closes what they stand in.
    /// Spec: core/text/instructions#text-expr
    mutating func constantExpression() throws(TextError) -> [UInt8] {
        try expression { assembler throws(TextError) in try assembler.instructions() }
    }

    /// Reads one folded instruction.
    mutating func foldedExpression() throws(TextError) -> [UInt8] {
        try expression { assembler throws(TextError) in try assembler.foldedInstruction() }
    }

    private mutating func expression(
        _ read: (inout Assembler) throws(TextError) -> Void
    ) throws(TextError) -> [UInt8] {
        self[.local] = IndexSpace(Space.local.category)
        body = FunctionText()
        try read(&self)
        body.code.append(0x0B)
        return body.code
    }
}
