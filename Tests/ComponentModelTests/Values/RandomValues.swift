import ComponentModel

/// Numbers that are the same from the same seed.
struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var bits = state
        bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
        return bits ^ (bits >> 31)
    }
}

/// Random types, and random values of them.
struct RandomValues {
    var types = TypeArena()
    var random: SeededGenerator

    init(seed: UInt64) { random = SeededGenerator(seed: seed) }

    private static let labels = [
        "a", "b2", "some-label", "none", "ok", "err", "true", "nan", "HTTP-status", "x-1", "inf", "some",
    ]

    mutating func type(depth: Int) -> ValType {
        let kind = depth == 0 ? 0 : Int.random(in: 0..<14, using: &random)
        let definition: DefValType
        switch kind {
        case 0...3:
            return .primitive(primitive())
        case 4: definition = .record(labels().map { LabelValType(label: $0, type: type(depth: depth - 1)) })
        case 5: definition = .variant(labels().map { VariantCase(label: $0, type: payload(depth)) })
        case 6: definition = .list(type(depth: depth - 1))
        case 7: definition = .fixedLengthList(type(depth: depth - 1), count: 3)
        case 8: definition = .tuple(labels().map { _ in type(depth: depth - 1) })
        case 9: definition = .flags(labels())
        case 10: definition = .enumeration(labels())
        case 11: definition = .option(type(depth: depth - 1))
        case 12: definition = .result(ok: payload(depth), error: payload(depth))
        default: definition = .map(key: .primitive(.string), value: type(depth: depth - 1))
        }
        return .defined(types.add(.value(definition)))
    }

    private mutating func primitive() -> PrimValType {
        PrimValType.allCases.filter { $0 != .errorContext }.randomElement(using: &random) ?? .bool
    }

    private mutating func payload(_ depth: Int) -> ValType? {
        Bool.random(using: &random) ? type(depth: depth - 1) : nil
    }

    private mutating func labels() -> [String] {
        let count = Int.random(in: 1...5, using: &random)
        return Array(Self.labels.shuffled(using: &random).prefix(count))
    }

    mutating func value(_ type: ValType) -> Val {
        switch types.definition(type) {
        case .primitive(let primitive): return value(primitive)
        case .record(let fields): return .record(fields.map { ($0.label, value($0.type)) })
        case .variant(let cases):
            guard let chosen = cases.randomElement(using: &random) else { return .tuple([]) }
            return .variant(chosen.label, chosen.type.map { value($0) })
        case .list(let element):
            return .list((0..<Int.random(in: 0...4, using: &random)).map { _ in value(element) })
        case .fixedLengthList(let element, let count): return .list((0..<count).map { _ in value(element) })
        case .tuple(let elements): return .tuple(elements.map { value($0) })
        case .flags(let labels): return .flags(labels.filter { _ in Bool.random(using: &random) })
        case .enumeration(let labels): return .enumeration(labels.randomElement(using: &random) ?? "")
        case .option(let some): return .option(Bool.random(using: &random) ? value(some) : nil)
        case .result(let ok, let error):
            return Bool.random(using: &random)
                ? .ok(ok.map { value($0) }) : .error(error.map { value($0) })
        case .map(let key, let element):
            return .map((0..<Int.random(in: 0...3, using: &random)).map { _ in (value(key), value(element)) })
        case .own, .borrow, .stream, .future, nil: return .tuple([])
        }
    }

    private mutating func value(_ type: PrimValType) -> Val {
        let bits = random.next() >> UInt64.random(in: 0..<64, using: &random)
        switch type {
        case .bool: return .bool(bits & 1 == 1)
        case .s8: return .s8(Int8(truncatingIfNeeded: bits))
        case .u8: return .u8(UInt8(truncatingIfNeeded: bits))
        case .s16: return .s16(Int16(truncatingIfNeeded: bits))
        case .u16: return .u16(UInt16(truncatingIfNeeded: bits))
        case .s32: return .s32(Int32(truncatingIfNeeded: bits))
        case .u32: return .u32(UInt32(truncatingIfNeeded: bits))
        case .s64: return .s64(Int64(truncatingIfNeeded: bits))
        case .u64: return .u64(bits)
        case .f32: return .f32(Float(bitPattern: UInt32(truncatingIfNeeded: random.next())))
        case .f64: return .f64(Double(bitPattern: random.next()))
        case .char: return .char(scalar())
        case .string, .errorContext:
            var string = String.UnicodeScalarView()
            for _ in 0..<Int.random(in: 0...8, using: &random) { string.append(scalar()) }
            return .string(String(string))
        }
    }

    private mutating func scalar() -> Unicode.Scalar {
        let limits: [UInt32] = [0x80, 0x80, 0x400, 0x11_0000]
        while true {
            let limit = limits.randomElement(using: &random) ?? 0x80
            if let scalar = Unicode.Scalar(UInt32.random(in: 0..<limit, using: &random)) { return scalar }
        }
    }
}
