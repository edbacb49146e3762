// Spec: Binary "defvaltype", "valtype".

import Wasm

/// The labels of a type, which are to be different but for their case.
struct Labels {
    private let what: String
    private let short: String
    private var seen: [String: String] = [:]

    /// `what` is what a label names, `short` what it is itself.
    init(_ what: String, _ short: String) {
        self.what = what
        self.short = short
    }

    mutating func add(_ label: String, at offset: Int) throws(ComponentError) {
        guard !label.isEmpty else { throw .invalid("\(what) name cannot be empty", at: offset) }
        guard ExternName.isLabel(label.utf8) else {
            throw .invalid("\(what) name `\(label)` is not in kebab case", at: offset)
        }
        if let previous = seen.updateValue(label, forKey: label.lowercased()) {
            throw .invalid(
                "\(what) name `\(label)` conflicts with previous \(short) `\(previous)`",
                at: offset
            )
        }
    }
}

extension PrimValType {
    /// The type that a byte stands for, nil if it stands for none.
    /// Spec: Binary "primvaltype"
    init?(code: UInt8) {
        switch code {
        case 0x7F: self = .bool
        case 0x7E: self = .s8
        case 0x7D: self = .u8
        case 0x7C: self = .s16
        case 0x7B: self = .u16
        case 0x7A: self = .s32
        case 0x79: self = .u32
        case 0x78: self = .s64
        case 0x77: self = .u64
        case 0x76: self = .f32
        case 0x75: self = .f64
        case 0x74: self = .char
        case 0x73: self = .string
        case 0x64: self = .errorContext
        default: return nil
        }
    }
}

extension ComponentDecoder {
    /// Spec: Binary "valtype"
    mutating func valType() throws(ComponentError) -> ValType {
        let start = reader.offset
        if let code = reader.peek(), let type = PrimValType(code: code) {
            _ = try reader.byte()
            return .primitive(type)
        }
        let index = try reader.signed(bits: 33)
        guard index >= 0 else {
            throw reader.malformed("malformed value type: there is none with this code", at: start)
        }
        return .defined(try definedType(Int(index), at: start))
    }

    private mutating func optionalValType() throws(ComponentError) -> ValType? {
        try reader.isPresent("optional component value type") ? try valType() : nil
    }

    mutating func label(_ labels: inout Labels) throws(ComponentError) -> String {
        let start = reader.offset
        let label = try reader.name()
        try labels.add(label, at: start)
        return label
    }

    /// The type that begins with `code`, which has been read.
    mutating func defValType(_ code: UInt8, at start: Int) throws(ComponentError) -> TypeID {
        if let type = PrimValType(code: code) {
            return try store.add(.value(.primitive(type)), at: start)
        }
        switch code {
        case 0x69, 0x68:
            let (resource, _) = try resourceType(try reader.index(), at: start)
            return try store.addHandle(to: resource, isOwned: code == 0x69, at: start)
        default: return try store.add(.value(try composite(code, at: start)), at: start)
        }
    }

    private mutating func composite(
        _ code: UInt8,
        at start: Int
    ) throws(ComponentError) -> DefValType {
        switch code {
        case 0x72: return try record(at: start)
        case 0x71: return try variant(at: start)
        case 0x70: return .list(try valType())
        case 0x67: return try fixedLengthList(at: start)
        case 0x6F:
            let count = try reader.count(ComponentLimits.tupleTypes, "tuple types")
            guard count > 0 else {
                throw .invalid("tuple type must have at least one type", at: start)
            }
            var types: [ValType] = []
            for _ in 0..<count { types.append(try valType()) }
            return .tuple(types)
        case 0x6E: return try flags(at: start)
        case 0x6D:
            let count = try reader.count(ComponentLimits.enumCases, "enum cases")
            guard count > 0 else {
                throw .invalid("enum type must have at least one variant", at: start)
            }
            var labels = Labels("enum tag", "tag name")
            var cases: [String] = []
            for _ in 0..<count { cases.append(try label(&labels)) }
            return .enumeration(cases)
        case 0x6B: return .option(try valType())
        case 0x6A:
            let ok = try optionalValType()
            return .result(ok: ok, error: try optionalValType())
        case 0x66: return .stream(try element("stream", at: start))
        case 0x65: return .future(try element("future", at: start))
        case 0x63: return try map(at: start)
        default: throw reader.invalidLeadingByte(code, "component defined type")
        }
    }

    private mutating func record(at start: Int) throws(ComponentError) -> DefValType {
        let count = try reader.count(ComponentLimits.recordFields, "record field")
        guard count > 0 else {
            throw .invalid("record type must have at least one field", at: start)
        }
        var labels = Labels("record field", "field name")
        var fields: [LabelValType] = []
        for _ in 0..<count {
            let label = try label(&labels)
            fields.append(LabelValType(label: label, type: try valType()))
        }
        return .record(fields)
    }

    private mutating func variant(at start: Int) throws(ComponentError) -> DefValType {
        let count = try reader.count(ComponentLimits.variantCases, "variant cases")
        guard count > 0 else {
            throw .invalid("variant type must have at least one case", at: start)
        }
        var labels = Labels("variant case", "case name")
        var cases: [VariantCase] = []
        for _ in 0..<count {
            let label = try label(&labels)
            cases.append(VariantCase(label: label, type: try optionalValType()))
            let zero = try reader.byte()
            guard zero == 0 else { throw reader.invalidLeadingByte(zero, "zero byte required") }
        }
        return .variant(cases)
    }

    private mutating func flags(at start: Int) throws(ComponentError) -> DefValType {
        let count = try reader.index()
        guard count > 0 else { throw .invalid("flags must have at least one entry", at: start) }
        guard count <= ComponentLimits.flags else {
            throw .invalid("cannot have more than \(ComponentLimits.flags) flags", at: start)
        }
        var labels = Labels("flag", "flag name")
        var flags: [String] = []
        for _ in 0..<count { flags.append(try label(&labels)) }
        return .flags(flags)
    }

    private mutating func fixedLengthList(at start: Int) throws(ComponentError) -> DefValType {
        let type = try valType()
        let count = try reader.u32()
        guard count > 0 else {
            throw .invalid("Fixed-length lists must have more than zero elements", at: start)
        }
        guard count <= ComponentLimits.fixedLengthListElements else {
            let limit = ComponentLimits.fixedLengthListElements
            throw ComponentError(
                .limit,
                at: start,
                "fixed-length list element count exceeds limit of \(limit)"
            )
        }
        return .fixedLengthList(type, count: count)
    }

    /// What a stream or a future carries.
    private mutating func element(
        _ what: String,
        at start: Int
    ) throws(ComponentError) -> ValType? {
        guard let type = try optionalValType() else { return nil }
        if what == "stream", store.definition(type) == .primitive(.char) {
            throw .invalid(
                "`stream<char>` is not valid at this time, use `stream<u8>` with a defined by "
                    + "encoding instead for now",
                at: start
            )
        }
        if case .defined(let id) = type, store.facts(id).containsBorrow {
            throw .invalid("a `\(what)` cannot contain a `borrow` type", at: start)
        }
        return type
    }

    /// Spec: Explainer "keytype"
    private mutating func map(at start: Int) throws(ComponentError) -> DefValType {
        let key = try valType()
        let value = try valType()
        switch store.definition(key) {
        case .primitive(.f32), .primitive(.f64), .primitive(.errorContext):
            throw .invalid("a map's key cannot be a `\(store.definition(key).kindName)`", at: start)
        case .primitive: return .map(key: key, value: value)
        case let type: throw .invalid("a map's key cannot be a `\(type.kindName)`", at: start)
        }
    }
}
