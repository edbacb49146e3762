// What a call of the host says, in few words: read from slots and memory without lifting anything, so
// that no handle changes hands. Nothing of it is checked before; what is not there is left out.
import ComponentModel
import Wasm

/// Reads the values of a call for a person.
struct HostCallText {
    private let type: HostFuncType
    private let parameterCount: Int
    /// Where the result will be, if it is in memory.
    private let resultAddress: UInt64?
    /// The parameters.
    let arguments: String

    init(_ type: HostFuncType, _ call: borrowing HostCall) {
        self.type = type
        let counts = type.parameters.map(\.flatCount)
        parameterCount = counts.reduce(0, +)
        let isSpilled = parameterCount > ComponentLimits.flatParameters
        var slot = 0
        var texts: [String] = []
        for (parameter, count) in zip(type.parameters, counts) {
            texts.append(isSpilled ? "…" : HostCallText.flat(parameter, slot, call))
            slot += count
        }
        arguments = texts.joined(separator: ", ")
        resultAddress =
            type.result.flatCount > ComponentLimits.flatResults
            ? UInt64(call.i32(isSpilled ? 1 : parameterCount)) : nil
    }

    /// What the call gave, once it has returned.
    func outcome(_ call: borrowing HostCall) -> String {
        if let resultAddress { return HostCallText.stored(type.result, resultAddress, call, depth: 0) }
        return HostCallText.flat(type.result, 0, call)
    }

    // MARK: Values

    private static func flat(_ type: HostValType, _ slot: Int, _ call: borrowing HostCall) -> String {
        switch type {
        case .primitive(let type): return flat(type, slot, call)
        case .list: return "list of \(call.i32(slot + 1))"
        case .own, .borrow: return "#\(call.i32(slot))"
        case .enumeration(let labels): return label(labels, call.i32(slot))
        case .option(let value):
            return call.i32(slot) == 0 ? "none" : "some(\(flat(value, slot + 1, call)))"
        case .result: return call.i32(slot) == 0 ? "ok" : "error"
        case .variant(let cases): return label(cases.map(\.label), call.i32(slot))
        case .unit: return ""
        case .record, .tuple, .flags: return "…"
        }
    }

    private static func flat(_ type: PrimValType, _ slot: Int, _ call: borrowing HostCall) -> String {
        switch type {
        case .bool: call.i32(slot) == 0 ? "false" : "true"
        case .s8, .s16, .s32: "\(Int32(bitPattern: call.i32(slot)))"
        case .u8, .u16, .u32: "\(call.i32(slot))"
        case .s64: "\(Int64(bitPattern: call.i64(slot)))"
        case .u64: "\(call.i64(slot))"
        case .f32: "\(call.f32(slot))"
        case .f64: "\(call.f64(slot))"
        case .char: Unicode.Scalar(call.i32(slot)).map { "'\($0.escaped(asASCII: false))'" } ?? "…"
        case .string: text(UInt64(call.i32(slot)), UInt64(call.i32(slot + 1)), call)
        case .errorContext: "…"
        }
    }

    private static func stored(
        _ type: HostValType, _ address: UInt64, _ call: borrowing HostCall, depth: Int
    ) -> String {
        func word(_ offset: UInt64) -> UInt64? {
            (try? call.memory.load(address + offset, as: UInt32.self)).map { UInt64($0) }
        }
        func byte() -> UInt32? { (try? call.memory.load(address, as: UInt8.self)).map { UInt32($0) } }
        func payload(_ type: HostValType?, _ types: [HostValType?]) -> String {
            guard let type, type != .unit, depth < 4 else { return "" }
            let alignment = types.map { $0?.alignment ?? 1 }.max() ?? 1
            return "(\(stored(type, address + alignment, call, depth: depth + 1)))"
        }
        switch type {
        case .own, .borrow: return word(0).map { "#\($0)" } ?? "…"
        case .primitive(.string):
            guard let start = word(0), let count = word(4) else { return "…" }
            return text(start, count, call)
        case .primitive(.u32), .primitive(.s32): return word(0).map { "\($0)" } ?? "…"
        case .primitive(.u64), .primitive(.s64):
            return (try? call.memory.load(address, as: UInt64.self)).map { "\($0)" } ?? "…"
        case .primitive(.bool): return byte().map { $0 == 0 ? "false" : "true" } ?? "…"
        case .list: return word(4).map { "list of \($0)" } ?? "…"
        case .enumeration(let labels) where labels.count <= 256:
            return byte().map { label(labels, $0) } ?? "…"
        case .option(let value):
            guard let given = byte() else { return "…" }
            return given == 0 ? "none" : "some" + payload(value, [value])
        case .result(let ok, let error):
            guard let failed = byte() else { return "…" }
            return failed == 0 ? "ok" + payload(ok, [ok, error]) : "error" + payload(error, [ok, error])
        case .variant(let cases) where cases.count <= 256:
            guard let place = byte(), Int(place) < cases.count else { return "…" }
            return cases[Int(place)].label + payload(cases[Int(place)].type, cases.map(\.type))
        default: return "…"
        }
    }

    private static func label(_ labels: [String], _ place: UInt32) -> String {
        Int(place) < labels.count ? labels[Int(place)] : "…"
    }

    /// The beginning of a string, in quotes.
    private static func text(
        _ address: UInt64, _ count: UInt64, _ call: borrowing HostCall
    ) -> String {
        let kept = min(count, UInt64(WASILimits.tracedBytes))
        let bytes = try? call.memory.withBytes(address, Int(kept)) { span in
            (0..<span.byteCount).map { span.unsafeByte($0) }
        }
        guard let bytes else { return "…" }
        let scalars = String(decoding: bytes, as: UTF8.self).unicodeScalars
        let text = scalars.map { $0.escaped(asASCII: false) }.joined()
        return "\"\(text)\"" + (kept < count ? "…" : "")
    }
}

extension RawSpan {
    fileprivate func unsafeByte(_ index: Int) -> UInt8 {
        unsafe unsafeLoad(fromByteOffset: index, as: UInt8.self)
    }
}

extension HostValType {
    /// Flat values of the type.
    /// Spec: CanonicalABI "Flattening" (`flatten_type`)
    fileprivate var flatCount: Int {
        switch self {
        case .primitive(.string), .list: 2
        case .primitive, .own, .borrow, .enumeration, .flags: 1
        case .record(let fields): fields.reduce(0) { $0 + $1.type.flatCount }
        case .tuple(let types): types.reduce(0) { $0 + $1.flatCount }
        case .variant(let cases): 1 + (cases.map { $0.type?.flatCount ?? 0 }.max() ?? 0)
        case .option(let type): 1 + type.flatCount
        case .result(let ok, let error): 1 + max(ok?.flatCount ?? 0, error?.flatCount ?? 0)
        case .unit: 0
        }
    }

    /// Spec: CanonicalABI "Alignment" (`alignment`)
    fileprivate var alignment: UInt64 {
        switch self {
        case .primitive(.bool), .primitive(.s8), .primitive(.u8), .unit: 1
        case .primitive(.s16), .primitive(.u16): 2
        case .primitive(.s64), .primitive(.u64), .primitive(.f64): 8
        case .primitive, .list, .own, .borrow: 4
        case .record(let fields): fields.map(\.type.alignment).max() ?? 1
        case .tuple(let types): types.map(\.alignment).max() ?? 1
        case .variant(let cases): cases.map { $0.type?.alignment ?? 1 }.max() ?? 1
        case .option(let type): type.alignment
        case .result(let ok, let error): max(ok?.alignment ?? 1, error?.alignment ?? 1)
        case .enumeration: 1
        case .flags(let labels): labels.count <= 8 ? 1 : labels.count <= 16 ? 2 : 4
        }
    }
}

extension HostFunctionDefinition {
    /// The same function, which notes its calls for whoever traces the guest.
    package func traced(_ path: [String]) -> HostFunctionDefinition {
        let name = path.joined(separator: "#")
        return HostFunctionDefinition(type, effect: effect) { [type, body, effect] (call) throws(Trap) in
            guard let trace = (call.contextObject as? WASIContext)?.system.hostCalls else {
                return try body(call)
            }
            let text = HostCallText(type, call)
            let number = trace.begin(name, text.arguments)
            do throws(Trap) {
                try body(call)
            } catch {
                trace.end(number, "trap: \(error)")
                throw error
            }
            // What comes from the environment may be a secret.
            trace.end(number, effect == .environment ? "(not shown)" : text.outcome(call))
        }
    }
}
