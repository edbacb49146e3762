/// Reads values of given types from a text in WAVE.
/// Spec: WAVE "Encoding"
struct WaveReader {
    let types: TypeArena
    var lexer: WaveLexer
    private var depth = 0

    init(_ text: String, from start: Int = 0, types: TypeArena) throws(WaveError) {
        self.types = types
        lexer = try WaveLexer(text, from: start)
    }

    /// The value of `type` that comes next.
    mutating func value(_ type: ValType) throws(WaveError) -> Val {
        guard depth < ComponentLimits.typeNesting else {
            throw lexer.error("the value is nested deeper than \(ComponentLimits.typeNesting)")
        }
        depth += 1
        defer { depth -= 1 }
        switch types.definition(type) {
        case .primitive(let primitive): return try self.primitive(primitive)
        case .record(let fields): return try record(fields, type)
        case .variant(let cases): return try variant(cases, type)
        case .list(let element): return .list(try elements(element, type))
        case .fixedLengthList(let element, let count):
            let start = lexer.range.lowerBound
            let values = try elements(element, type)
            guard values.count == Int(count) else {
                throw lexer.error("\(name(type)) has \(count) elements, not \(values.count)", at: start)
            }
            return .list(values)
        case .tuple(let elements): return try tuple(elements, type)
        case .flags(let labels): return try flags(labels, type)
        case .enumeration(let labels): return try enumeration(labels, type)
        case .option(let some): return try option(some, type)
        case .result(let ok, let error): return try result(ok, error, type)
        case .map(let key, let value): return try map(key, value, type)
        case .own, .borrow, .stream, .future, nil:
            throw lexer.error("WAVE has no form for a value of the type \(name(type))")
        }
    }

    /// Throws if anything is left.
    mutating func finish() throws(WaveError) {
        guard lexer.token == .end else {
            throw lexer.error("nothing can follow the value, but \(lexer.token) does")
        }
    }

    /// Takes `token`, which `what` says the reason of.
    mutating func expect(_ token: WaveToken, _ what: String) throws(WaveError) {
        guard lexer.token == token else { throw lexer.error("expected \(token) \(what), found \(found)") }
        try lexer.advance()
    }

    /// What comes next, for a message.
    var found: String { lexer.token == .number ? lexer.slice : "\(lexer.token)" }

    private func name(_ type: ValType) -> String { WITType(types).value(type) }

    private func mismatch(_ type: ValType) -> WaveError {
        lexer.error("expected a value of the type \(name(type)), found \(found)")
    }

    // MARK: Compound values

    /// The values up to `end`, which `read` reads; a comma may follow the last.
    private mutating func sequence(
        to end: WaveToken, _ read: (inout WaveReader, Int) throws(WaveError) -> Void
    ) throws(WaveError) {
        var index = 0
        while lexer.token != end {
            try read(&self, index)
            index += 1
            if lexer.token == .comma {
                try lexer.advance()
            } else if lexer.token != end {
                throw lexer.error("expected , or \(end), found \(found)")
            }
        }
        try lexer.advance()
    }

    private mutating func elements(_ element: ValType, _ type: ValType) throws(WaveError) -> [Val] {
        guard lexer.token == .bracketOpen else { throw mismatch(type) }
        try lexer.advance()
        var values: [Val] = []
        try sequence(to: .bracketClose) { (reader, _) throws(WaveError) in
            values.append(try reader.value(element))
        }
        return values
    }

    private mutating func tuple(_ elements: [ValType], _ type: ValType) throws(WaveError) -> Val {
        guard lexer.token == .parenOpen else { throw mismatch(type) }
        let start = lexer.range.lowerBound
        try lexer.advance()
        var values: [Val] = []
        try sequence(to: .parenClose) { (reader, index) throws(WaveError) in
            guard index < elements.count else {
                throw reader.lexer.error("\(reader.name(type)) has only \(elements.count) elements")
            }
            values.append(try reader.value(elements[index]))
        }
        guard values.count == elements.count else {
            throw lexer.error(
                "\(name(type)) has \(elements.count) elements, not \(values.count)", at: start)
        }
        return .tuple(values)
    }

    /// A map is written as the list of pairs that it stands for.
    private mutating func map(_ key: ValType, _ value: ValType, _ type: ValType) throws(WaveError) -> Val {
        guard lexer.token == .bracketOpen else { throw mismatch(type) }
        try lexer.advance()
        var pairs: [(key: Val, value: Val)] = []
        try sequence(to: .bracketClose) { (reader, _) throws(WaveError) in
            try reader.expect(.parenOpen, "before a key and its value")
            let first = try reader.value(key)
            try reader.expect(.comma, "after a key")
            let second = try reader.value(value)
            if reader.lexer.token == .comma { try reader.lexer.advance() }
            try reader.expect(.parenClose, "after a key and its value")
            pairs.append((first, second))
        }
        return .map(pairs)
    }

    private mutating func record(_ fields: [LabelValType], _ type: ValType) throws(WaveError) -> Val {
        guard lexer.token == .braceOpen else { throw mismatch(type) }
        let start = lexer.range.lowerBound
        try lexer.advance()
        var values: [String: Val] = [:]
        if lexer.token == .colon {
            try lexer.advance()
            try expect(.braceClose, "after {:, the record with no field written")
        } else if lexer.token == .braceClose {
            throw lexer.error("a record with no field written is {:}", at: start)
        } else {
            try sequence(to: .braceClose) { (reader, _) throws(WaveError) in
                try reader.field(fields, type, &values)
            }
        }
        var inOrder: [(label: String, value: Val)] = []
        for field in fields {
            if let value = values[field.label] {
                inOrder.append((field.label, value))
            } else if case .option = types.definition(field.type) {
                inOrder.append((field.label, .option(nil)))
            } else {
                throw lexer.error("the field \(field.label) is missing", at: start)
            }
        }
        return .record(inOrder)
    }

    private mutating func field(
        _ fields: [LabelValType], _ type: ValType, _ values: inout [String: Val]
    ) throws(WaveError) {
        let place = lexer.range.lowerBound
        guard case .label(let label, _) = lexer.token else {
            throw lexer.error("expected a field's label, found \(found)")
        }
        guard let field = fields.first(where: { $0.label == label }) else {
            throw lexer.error("\(name(type)) has no field \(label)")
        }
        try lexer.advance()
        guard values[label] == nil else {
            throw lexer.error("the field \(label) is written twice", at: place)
        }
        try expect(.colon, "after a field's label")
        values[label] = try value(field.type)
    }

    private mutating func flags(_ labels: [String], _ type: ValType) throws(WaveError) -> Val {
        guard lexer.token == .braceOpen else { throw mismatch(type) }
        try lexer.advance()
        var set: Set<String> = []
        try sequence(to: .braceClose) { (reader, _) throws(WaveError) in
            guard case .label(let label, _) = reader.lexer.token else {
                throw reader.lexer.error("expected a flag, found \(reader.found)")
            }
            guard labels.contains(label) else {
                throw reader.lexer.error("\(reader.name(type)) has no flag \(label)")
            }
            guard set.insert(label).inserted else {
                throw reader.lexer.error("the flag \(label) is written twice")
            }
            try reader.lexer.advance()
        }
        return .flags(labels.filter { set.contains($0) })
    }

    // MARK: Values of one case

    /// A label that is not a keyword, or is with `%` before it.
    private func caseLabel(_ type: ValType) throws(WaveError) -> String {
        guard case .label(let label, let isEscaped) = lexer.token else { throw mismatch(type) }
        guard isEscaped || !WaveKeyword.all.contains(label) else {
            throw lexer.error("\(label) is a keyword; the case of that name is %\(label)")
        }
        return label
    }

    private mutating func enumeration(_ labels: [String], _ type: ValType) throws(WaveError) -> Val {
        let label = try caseLabel(type)
        guard labels.contains(label) else { throw lexer.error("\(name(type)) has no case \(label)") }
        try lexer.advance()
        return .enumeration(label)
    }

    private mutating func variant(_ cases: [VariantCase], _ type: ValType) throws(WaveError) -> Val {
        let label = try caseLabel(type)
        guard let found = cases.first(where: { $0.label == label }) else {
            throw lexer.error("\(name(type)) has no case \(label)")
        }
        try lexer.advance()
        return .variant(label, try payload(found.type, of: label))
    }

    /// The payload in parentheses after the case `label`, where it has one.
    private mutating func payload(_ type: ValType?, of label: String) throws(WaveError) -> Val? {
        guard let type else {
            guard lexer.token != .parenOpen else { throw lexer.error("the case \(label) has no payload") }
            return nil
        }
        try expect(.parenOpen, "before the payload of \(label)")
        let value = try value(type)
        try expect(.parenClose, "after the payload of \(label)")
        return value
    }

    private mutating func option(_ some: ValType, _ type: ValType) throws(WaveError) -> Val {
        switch lexer.token {
        case .label("none", isEscaped: false):
            try lexer.advance()
            _ = try payload(nil, of: "none")
            return .option(nil)
        case .label("some", isEscaped: false):
            try lexer.advance()
            return .option(try payload(some, of: "some"))
        default:
            guard mayBeFlat(some) else { throw mismatch(type) }
            return .option(try value(some))
        }
    }

    private mutating func result(
        _ ok: ValType?, _ error: ValType?, _ type: ValType
    ) throws(WaveError) -> Val {
        switch lexer.token {
        case .label("ok", isEscaped: false):
            try lexer.advance()
            return .ok(try payload(ok, of: "ok"))
        case .label("err", isEscaped: false):
            try lexer.advance()
            return .error(try payload(error, of: "err"))
        default:
            guard let ok, mayBeFlat(ok) else { throw mismatch(type) }
            return .ok(try value(ok))
        }
    }

    /// Whether a value of `type` may stand for the `some` or `ok` around it.
    private func mayBeFlat(_ type: ValType) -> Bool {
        switch types.definition(type) {
        case .option, .result: false
        default: true
        }
    }
}

/// The labels that have a meaning of their own.
/// Spec: WAVE "Keywords"
enum WaveKeyword {
    static let all: Set<String> = ["true", "false", "inf", "nan", "some", "none", "ok", "err"]
}

extension TypeArena {
    /// What a value type is made of; nil where its place holds another type.
    package func definition(_ type: ValType) -> DefValType? {
        switch type {
        case .primitive(let primitive): .primitive(primitive)
        case .defined(let id): value(id)
        }
    }
}
