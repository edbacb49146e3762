import ComponentModel
import Wasm

/// A valid component of a fuzzer's making: linked, frozen, and used from a pool, within bounds of its
/// safepoints, its memory and the values that it is given.
struct FuzzedComponent {
    private static let limits = RunLimits(fuel: 2_000)
    private static let memory = StoreLimits(byteCount: 4 << 16)
    private static let functions = 16
    private static let uses = 2

    private let component: Component
    private let plan: InstantiationPlan

    /// Nil of a component that cannot be linked.
    init?(_ component: Component) {
        self.component = component
        guard let plan = try? FuzzedComponent.linker().link(component) else { return nil }
        self.plan = plan
    }

    /// Takes an instance some times, calls what it exports, and gives it back.
    func run() {
        let template = try? ComponentTemplate(
            plan, engine: Engine(), limits: Self.memory, startLimits: Self.limits)
        guard let template else { return }
        let pool = ComponentPool(template, capacity: 1)
        for use in 0..<Self.uses {
            guard let lease = try? pool.take() else { return }
            let instance = lease.instance
            instance.store.core.runLimits = Self.limits
            var values = FuzzedValues(component.types, plan.resources, seed: UInt64(use))
            for function in FuzzedComponent.functions(plan.exports, depth: 0).prefix(Self.functions) {
                guard let arguments = values.arguments(of: function.type) else { continue }
                if let result = try? instance.call(function, arguments) { values.keep(result) }
            }
            pool.giveBack(lease)
        }
    }

    private static func functions(_ exports: ComponentExports, depth: Int) -> [ComponentExports.Function] {
        guard depth < 5 else { return [] }
        return exports.entries.prefix(functions).flatMap { entry -> [ComponentExports.Function] in
            switch entry.item {
            case .function(let function): [function]
            case .instance(let inner): functions(inner, depth: depth + 1)
            case .resource, .type, .coreModule, .component: []
            }
        }
    }

    // MARK: The host

    private static let token = HostResourceType("token") { _, _ in }

    private enum Token: HostResource {
        static var resourceType: HostResourceType { token }
    }

    /// A linker with an instance `host`, whose functions are passed strings, lists and handles; what is
    /// not there traps.
    private static func linker() -> ComponentLinker {
        let linker = ComponentLinker()
        linker.unknownImports = .trapping
        let host = linker.instance("host")
        host.define("token", resource: token)
        host.define(
            "make",
            HostFunctionDefinition { (_: borrowing HostCall) throws(Trap) -> Own<Token> in Own(7) })
        host.define(
            "look",
            HostFunctionDefinition { (_: borrowing HostCall, token: Borrow<Token>) throws(Trap) -> UInt32 in
                token.rep
            })
        host.define(
            "text",
            HostFunctionDefinition { (_: borrowing HostCall, text: String) throws(Trap) -> String in text })
        host.define(
            "bytes",
            HostFunctionDefinition { (call: borrowing HostCall, bytes: ByteList) throws(Trap) -> UInt32 in
                try call.withBytes(bytes) { UInt32(truncatingIfNeeded: $0.byteCount) }
            })
        return linker
    }
}

/// Arguments for functions of components, the same for the same seed, with the handles that earlier
/// calls gave.
struct FuzzedValues {
    private static let depth = 20
    private static let values = 2_000

    private let types: TypeArena
    private let resources: [ResourceID: ResourceNumber]
    private var state: UInt64
    /// Values that may still be made for one call.
    private var left = 0
    private var handles: [ResourceHandle] = []

    init(_ types: TypeArena, _ resources: [ResourceID: ResourceNumber], seed: UInt64) {
        self.types = types
        self.resources = resources
        state = seed
    }

    /// Nil where a value would be too large, or there is no handle that could be given.
    mutating func arguments(of type: FuncType) -> [Val]? {
        left = Self.values
        return all(type.parameters.map(\.type), 0)
    }

    /// Remembers the handles in a result.
    mutating func keep(_ result: Val) {
        switch result {
        case .own(let handle): handles.append(handle)
        case .list(let values), .tuple(let values):
            for value in values.prefix(10) { keep(value) }
        case .record(let fields): for field in fields { keep(field.value) }
        case .variant(_, let value?), .option(let value?), .ok(let value?), .error(let value?): keep(value)
        default: break
        }
    }

    private mutating func draw(_ bound: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int(state >> 33) % bound
    }

    private mutating func all(_ types: [ValType], _ depth: Int) -> [Val]? {
        var values: [Val] = []
        for type in types {
            guard let value = value(type, depth) else { return nil }
            values.append(value)
        }
        return values
    }

    private mutating func optional(_ type: ValType?, _ depth: Int) -> Val?? {
        guard let type else { return .some(nil) }
        return value(type, depth).map { .some($0) }
    }

    private mutating func value(_ type: ValType, _ depth: Int) -> Val? {
        left -= 1
        guard left > 0, depth < Self.depth else { return nil }
        switch type {
        case .primitive(let type): return primitive(type)
        case .defined(let id):
            guard case .value(let type) = types[id] else { return nil }
            return value(type, depth + 1)
        }
    }

    private mutating func value(_ type: DefValType, _ depth: Int) -> Val? {
        switch type {
        case .primitive(let type): return primitive(type)
        case .record(let fields):
            return all(fields.map(\.type), depth).map { values in
                .record(zip(fields, values).map { (label: $0.label, value: $1) })
            }
        case .tuple(let types): return all(types, depth).map(Val.tuple)
        case .list(let type):
            return all(Array(repeating: type, count: draw(4)), depth).map(Val.list)
        case .fixedLengthList(let type, let count):
            guard count < Self.values else { return nil }
            return all(Array(repeating: type, count: Int(count)), depth).map(Val.list)
        case .map(let key, let value):
            return all([key, value], depth).map { .map([(key: $0[0], value: $0[1])]) }
        case .variant(let cases):
            let one = cases[draw(cases.count)]
            return optional(one.type, depth).map { .variant(one.label, $0) }
        case .enumeration(let labels): return .enumeration(labels[draw(labels.count)])
        case .flags(let labels): return .flags(labels.filter { _ in draw(2) == 0 })
        case .option(let type):
            return draw(2) == 0 ? .option(nil) : value(type, depth).map { .option($0) }
        case .result(let ok, let error):
            guard draw(2) == 0 else { return optional(error, depth).map { .error($0) } }
            return optional(ok, depth).map { .ok($0) }
        case .own(let id):
            guard let number = resources[id],
                let place = handles.firstIndex(where: { $0.number == number })
            else { return nil }
            return .own(handles.remove(at: place))
        case .borrow(let id):
            guard let number = resources[id] else { return nil }
            return handles.first { $0.number == number }.map(Val.borrow)
        case .stream, .future: return nil
        }
    }

    private mutating func primitive(_ type: PrimValType) -> Val? {
        let bits = UInt64(draw(1 << 20)) &* 0x9E37_79B9_7F4A_7C15
        return switch type {
        case .bool: .bool(bits & 1 == 1)
        case .s8: .s8(Int8(truncatingIfNeeded: bits))
        case .u8: .u8(UInt8(truncatingIfNeeded: bits))
        case .s16: .s16(Int16(truncatingIfNeeded: bits))
        case .u16: .u16(UInt16(truncatingIfNeeded: bits))
        case .s32: .s32(Int32(truncatingIfNeeded: bits))
        case .u32: .u32(UInt32(truncatingIfNeeded: bits))
        case .s64: .s64(Int64(bitPattern: bits))
        case .u64: .u64(bits)
        case .f32: .f32(Float(bitPattern: UInt32(truncatingIfNeeded: bits)))
        case .f64: .f64(Double(bitPattern: bits))
        case .char: .char(Unicode.Scalar(UInt32(bits % 0xD800)) ?? "a")
        case .string: .string(String(repeating: ["a", "ü", "€", "𝄞"][draw(4)], count: draw(40)))
        case .errorContext: nil
        }
    }
}
