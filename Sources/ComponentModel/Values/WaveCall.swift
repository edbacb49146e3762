extension Val {
    /// The value of `type` that `text` states in WAVE.
    /// Throws: `WaveError` where it states none.
    /// Spec: WAVE "Encoding"
    package init(wave text: String, type: ValType, types: TypeArena) throws(WaveError) {
        var reader = try WaveReader(text, types: types)
        self = try reader.value(type)
        try reader.finish()
    }
}

/// A call in WAVE: what is called, and the arguments, which are read when their types are known.
/// Spec: WAVE "Appendix: Function calls"
package struct WaveCall: Sendable {
    package let text: String
    /// What is called, as it is written before the parenthesis.
    package let target: String
    /// Where in the UTF-8 of `text` the parenthesis opens; nil with none, which is a call with no
    /// arguments.
    private let argumentsStart: Int?

    package init(_ text: String) throws(WaveError) {
        self.text = text
        let bytes = Array(text.utf8)
        argumentsStart = bytes.firstIndex(of: UInt8(ascii: "("))
        let spaces: [UInt8] = [0x20, 0x09, 0x0A, 0x0D]
        var name = bytes.prefix(argumentsStart ?? bytes.count).drop { spaces.contains($0) }
        while let last = name.last, spaces.contains(last) { name.removeLast() }
        target = String(decoding: name, as: UTF8.self)
        if target.isEmpty {
            throw WaveError(text, at: 0, "a call begins with the name of what is called")
        }
    }

    /// The arguments of a function with these parameters, in their order. Optional parameters at the end
    /// may have none.
    package func arguments(_ parameters: [LabelValType], types: TypeArena) throws(WaveError) -> [Val] {
        var values: [Val] = []
        var end = text.utf8.count
        if let argumentsStart {
            var reader = try WaveReader(text, from: argumentsStart, types: types)
            try reader.lexer.advance()
            while reader.lexer.token != .parenClose {
                guard values.count < parameters.count else {
                    throw reader.lexer.error(
                        "\(target) takes \(count(parameters)), and here is one more")
                }
                values.append(try reader.value(parameters[values.count].type))
                if reader.lexer.token == .comma {
                    try reader.lexer.advance()
                } else if reader.lexer.token != .parenClose {
                    throw reader.lexer.error("expected , or ), found \(reader.found)")
                }
            }
            end = reader.lexer.range.lowerBound
            try reader.lexer.advance()
            try reader.finish()
        }
        for parameter in parameters.dropFirst(values.count) {
            guard case .option = types.definition(parameter.type) else {
                throw WaveError(
                    text, at: end,
                    "\(target) takes \(count(parameters)), and \(parameter.label) is missing")
            }
            values.append(.option(nil))
        }
        return values
    }

    private func count(_ parameters: [LabelValType]) -> String {
        switch parameters.count {
        case 0: "no arguments"
        case 1: "1 argument"
        default: "\(parameters.count) arguments"
        }
    }
}
