import Wasm

/// Values on their way from a component to a generic caller.
struct ValLifting {
    private let types: CanonicalTypes
    private let context: CanonicalContext
    private let stack: CallStack
    private let table: TypeTable
    /// Elements that lists may yet have.
    private var elements = ComponentLimits.genericElements
    /// Bytes that values may yet take in the host.
    private var bytes = ComponentLimits.genericBytes

    init(_ types: CanonicalTypes, _ context: CanonicalContext, _ stack: CallStack) {
        self.types = types
        self.context = context
        self.stack = stack
        table = types.table(isMemory64: context.isMemory64)
    }

    /// The value of the type at `type` that is at `place`.
    /// Spec: CanonicalABI "Loading" (`load`), "Flat Lifting" (`lift_flat`)
    mutating func lift<P: Place>(_ type: Int, _ place: P) throws(Trap) -> Val {
        try trapIf(
            stack.remainingHostBytes < ComponentLimits.stackBytesPerGenericLevel,
            Trap(.callStackExhausted)
        )
        try take(ComponentLimits.genericValueBytes)
        let node = table[type]
        switch node.kind {
        case .bool: return .bool(place.bits(1) != 0)
        case .s8: return .s8(place.load(Int8.self))
        case .u8: return .u8(place.load(UInt8.self))
        case .s16: return .s16(place.load(Int16.self))
        case .u16: return .u16(place.load(UInt16.self))
        case .s32: return .s32(place.load(Int32.self))
        case .u32: return .u32(place.load(UInt32.self))
        case .s64: return .s64(place.load(Int64.self))
        case .u64: return .u64(place.load(UInt64.self))
        case .f32: return .f32(Float(bitPattern: place.load(UInt32.self)))
        case .f64: return .f64(Double(bitPattern: place.load(UInt64.self)))
        case .char:
            guard let scalar = Unicode.Scalar(place.load(UInt32.self)) else { throw .invalidChar }
            return .char(scalar)
        case .string:
            let string = try context.loadString(
                place.pointer(0, isMemory64: context.isMemory64),
                place.pointer(1, isMemory64: context.isMemory64),
                .host
            )
            try stack.charge(bytes: string.count)
            // A byte may be several where it is written out, and a code unit up to three bytes.
            try take(string.count * (string.isUTF8 ? 4 : 8))
            return .string(String(lifted: string))
        case .list: return .list(try list(node, place))
        case .map:
            let entries = try list(node, place)
            return .map(
                entries.compactMap { entry in
                    guard case .tuple(let pair) = entry, pair.count == 2 else { return nil }
                    return (pair[0], pair[1])
                }
            )
        case .fixedLengthList:
            return .list(try elements(of: node, Int(node.count)) { place.element($0, $1) })
        case .record:
            let fields = try children(node, place)
            var named: [(label: String, value: Val)] = []
            for (index, field) in fields.enumerated() {
                named.append((try label(node, index), field))
            }
            return .record(named)
        case .tuple: return .tuple(try children(node, place))
        case .flags:
            let bits = place.bits(UInt8(node.size))
            var labels: [String] = []
            for index in 0..<Int(node.count) where bits >> index & 1 != 0 {
                labels.append(try label(node, index))
            }
            return .flags(labels)
        case .variant, .enumeration, .option, .result: return try variant(node, place)
        case .own:
            let rep = try context.instance.liftOwn(place.load(UInt32.self), node.resource)
            return .own(ResourceHandle(node.resource, rep))
        case .borrow:
            let rep = try context.instance.liftBorrow(place.load(UInt32.self), node.resource)
            return .borrow(ResourceHandle(node.resource, rep))
        }
    }

    /// Counts bytes that a value takes in the host; throws when that is too much.
    private mutating func take(_ count: Int) throws(Trap) {
        bytes -= count
        guard bytes >= 0 else {
            throw .host(
                "values that take more than \(ComponentLimits.genericBytes) bytes in the host"
            )
        }
    }

    /// A label, which is kept once but counts wherever it is given, since it is written out there.
    private mutating func label(_ node: TypeNode, _ index: Int) throws(Trap) -> String {
        let label = types.label(node, index)
        try take(label.utf8.count)
        return label
    }

    private mutating func children<P: Place>(
        _ node: TypeNode,
        _ place: P
    ) throws(Trap) -> [Val] {
        var values: [Val] = []
        for index in 0..<Int(node.count) {
            let child = table.child(node, index)
            values.append(try lift(Int(child.node), place.child(child)))
        }
        return values
    }

    private mutating func variant<P: Place>(_ node: TypeNode, _ place: P) throws(Trap) -> Val {
        let discriminant = place.bits(node.discriminantSize)
        try trapIf(discriminant >= node.count, .invalidDiscriminant)
        let index = Int(discriminant)
        let child = table.child(node, index)
        let value = child.node < 0 ? nil : try lift(Int(child.node), place.child(child))
        switch node.kind {
        case .option: return .option(value)
        case .result: return index == 0 ? .ok(value) : .error(value)
        case .enumeration: return .enumeration(try label(node, index))
        default: return .variant(try label(node, index), value)
        }
    }

    private mutating func list<P: Place>(_ node: TypeNode, _ place: P) throws(Trap) -> [Val] {
        let address = place.pointer(0, isMemory64: context.isMemory64)
        let count = place.pointer(1, isMemory64: context.isMemory64)
        _ = try context.checkList(address, count, table[table.element(node)], .host)
        let first = MemoryPlace(context.memory, address)
        return try elements(of: node, Int(count)) { first.element($0, $1) }
    }

    private mutating func elements<P: Place>(
        of node: TypeNode,
        _ count: Int,
        _ place: (Int, TypeNode) -> P
    ) throws(Trap) -> [Val] {
        guard count <= elements else {
            throw .host("values of more than \(ComponentLimits.genericElements) elements")
        }
        elements -= count
        try stack.charge(bytes: count * ComponentLimits.elementCost)
        let type = table.element(node)
        var values: [Val] = []
        values.reserveCapacity(count)
        for index in 0..<count { values.append(try lift(type, place(index, table[type]))) }
        return values
    }
}
