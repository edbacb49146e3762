// Spec: Binary "Start Definitions", "Value Definitions".

import Wasm

extension ComponentDecoder {
    /// Spec: Binary "start"
    mutating func start() throws(ComponentError) {
        let start = reader.offset
        let index = try reader.index()
        var arguments: [Int] = []
        for _ in 0..<(try reader.count(ComponentLimits.startArguments, "start function arguments"))
        {
            arguments.append(try reader.index())
        }
        let results = try reader.index()
        guard results <= ComponentLimits.startArguments else {
            throw reader.malformed("start function results size is out of bounds", at: start)
        }
        guard !scope.hasStart else {
            throw .invalid("component cannot have more than one start function", at: start)
        }
        scope.hasStart = true
        guard let type = store.arena.function(try function(index, at: start)) else { return }
        guard type.parameters.count == arguments.count else {
            throw .invalid(
                "component start function requires \(type.parameters.count) arguments but was given "
                    + "\(arguments.count)",
                at: start
            )
        }
        let resultCount = type.result == nil ? 0 : 1
        guard results == resultCount else {
            throw .invalid(
                "component start function has a result count of \(results) but the function type has "
                    + "a result count of \(resultCount)",
                at: start
            )
        }
        for (position, (parameter, argument)) in zip(type.parameters, arguments).enumerated() {
            var renaming = Renaming()
            let value = try takeValue(argument, at: start)
            do throws(ComponentError) {
                try store.match(value, parameter.type, &renaming, at: start)
            } catch {
                throw error.within(
                    "value type mismatch for component start function argument \(position)"
                )
            }
        }
        if let result = type.result { try add(value: result, isUsed: false, at: start) }
        scope.definitions.append(.unsupported(name: "start", addedValues: resultCount))
    }

    /// Spec: Binary "value"
    mutating func value() throws(ComponentError) {
        let start = reader.offset
        let type = try valType()
        let range = try reader.skip(try reader.index())
        let rest = reader
        reader = reader.part(range)
        try literal(type)
        guard reader.isAtEnd else {
            throw reader.malformed("unexpected data at the end of the value")
        }
        reader = rest
        try add(value: type, isUsed: false, at: start)
        scope.definitions.append(.unsupported(name: "value", addedValues: 1))
    }

    /// Reads the bytes of a value; how deep types are nested is bounded.
    /// Spec: Binary "val"
    private mutating func literal(_ type: ValType) throws(ComponentError) {
        let start = reader.offset
        try store.step(at: start)
        switch store.definition(type) {
        case .primitive(let type): try literal(type, at: start)
        case .record(let fields): for field in fields { try literal(field.type) }
        case .tuple(let types): for type in types { try literal(type) }
        case .list(let type): for _ in 0..<(try reader.index()) { try literal(type) }
        case .fixedLengthList(let type, let count): for _ in 0..<count { try literal(type) }
        case .flags(let labels): _ = try reader.skip((labels.count + 7) / 8)
        case .enumeration(let labels): _ = try discriminant(labels.count)
        case .variant(let cases):
            if let type = cases[try discriminant(cases.count)].type { try literal(type) }
        case .option(let type): if try reader.isPresent("option value") { try literal(type) }
        case .result(let ok, let error):
            if let type = try reader.isPresent("result value") ? error : ok { try literal(type) }
        case let type:
            throw .invalid("there are no literal values of type `\(type.kindName)`", at: start)
        }
    }

    private mutating func literal(
        _ type: PrimValType,
        at start: Int
    ) throws(ComponentError) {
        switch type {
        case .bool: _ = try reader.bool()
        case .s8, .u8: _ = try reader.byte()
        case .s16: _ = try reader.signed(bits: 16)
        case .u16:
            guard try reader.u32() <= 0xFFFF else {
                throw reader.malformed("integer too large", at: start)
            }
        case .s32: _ = try reader.signed(bits: 32)
        case .u32: _ = try reader.u32()
        case .s64: _ = try reader.signed(bits: 64)
        case .u64: _ = try reader.u64()
        case .f32: _ = try reader.skip(4)
        case .f64: _ = try reader.skip(8)
        case .char: try character(at: start)
        case .string: _ = try reader.name()
        case .errorContext:
            throw .invalid("there are no literal values of type `error-context`", at: start)
        }
    }

    private mutating func discriminant(_ count: Int) throws(ComponentError) -> Int {
        let start = reader.offset
        let index = try reader.index()
        guard index < count else {
            throw reader.malformed("case \(index) of a type with \(count)", at: start)
        }
        return index
    }

    /// A character in UTF-8.
    private mutating func character(at start: Int) throws(ComponentError) {
        var unit = try reader.byte()
        var units = [unit]
        let length = unit < 0x80 ? 1 : unit < 0xE0 ? 2 : unit < 0xF0 ? 3 : 4
        while units.count < length {
            unit = try reader.byte()
            units.append(unit)
        }
        guard let text = String(validating: units, as: UTF8.self), text.unicodeScalars.count == 1
        else {
            throw reader.malformed("malformed UTF-8 encoding", at: start)
        }
    }
}
