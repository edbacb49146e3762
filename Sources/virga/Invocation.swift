import Wasm

/// A call as `--invoke` states it: a name, and arguments in parentheses.
struct Invocation {
    let name: String
    private let arguments: [String]

    init(_ text: String) throws(Failure) {
        guard let open = text.firstIndex(of: "(") else {
            name = text
            arguments = []
            return
        }
        guard text.last == ")" else {
            throw Failure("--invoke '\(text)': the closing parenthesis is missing")
        }
        name = String(text[..<open])
        let inner = text[text.index(after: open)...].dropLast()
        arguments = inner.split(separator: ",", omittingEmptySubsequences: false)
            .map { $0.trimmed }
            .filter { !$0.isEmpty || inner.contains(",") }
    }

    /// The arguments as values of the function's parameter types.
    func values(_ type: FunctionType) throws(Failure) -> [Value] {
        guard arguments.count == type.parameters.count else {
            throw Failure(
                "--invoke: \(name) has the type \(type) and takes \(type.parameters.count) arguments, "
                    + "not \(arguments.count)"
            )
        }
        var values: [Value] = []
        for (argument, parameter) in zip(arguments, type.parameters) {
            guard let value = Value(argument, parameter) else {
                throw Failure("--invoke: '\(argument)' is no \(parameter)")
            }
            values.append(value)
        }
        return values
    }
}

extension Value {
    /// The value of `type` that `text` states; nil where it states none.
    init?(_ text: String, _ type: ValueType) {
        switch type {
        case .i32:
            guard let bits = Value.integer(text, bits: 32) else { return nil }
            self = .i32(UInt32(truncatingIfNeeded: bits))
        case .i64:
            guard let bits = Value.integer(text, bits: 64) else { return nil }
            self = .i64(bits)
        case .f32:
            guard let value = Float(text) else { return nil }
            self = .f32(value.bitPattern)
        case .f64:
            guard let value = Double(text) else { return nil }
            self = .f64(value.bitPattern)
        case .v128:
            guard text.hasPrefix("0x"), text.count == 34,
                let high = UInt64(text.dropFirst(2).prefix(16), radix: 16),
                let low = UInt64(text.suffix(16), radix: 16)
            else { return nil }
            self = .v128(Wasm.v128(low, high))
        default:
            guard text == "null", let heapType = type.reference?.heapType else { return nil }
            self = .reference(.null(heapType))
        }
    }

    /// An integer of at most `bits` bits, signed or unsigned.
    private static func integer(_ text: String, bits: Int) -> UInt64? {
        let isNegative = text.hasPrefix("-")
        let digits = text.drop { $0 == "-" || $0 == "+" }
        let magnitude =
            digits.hasPrefix("0x")
            ? UInt64(digits.dropFirst(2), radix: 16) : UInt64(digits, radix: 10)
        guard let magnitude else { return nil }
        let half = UInt64(1) << UInt64(bits - 1)
        guard magnitude <= (isNegative ? half : half - 1 + half) else { return nil }
        return isNegative ? 0 &- magnitude : magnitude
    }
}

extension Substring {
    /// Without the spaces around it.
    fileprivate var trimmed: String {
        let start = drop { $0 == " " }
        return String(start.reversed().drop { $0 == " " }.reversed())
    }
}
