import Wasm

/// Whether values are of types.
struct ValMatching {
    let types: CanonicalTypes
    let table: TypeTable

    /// Whether the value is of the type at `type`.
    func matches(_ value: Val, _ type: Int) -> Bool {
        let node = table[type]
        switch (node.kind, value) {
        case (.bool, .bool), (.s8, .s8), (.u8, .u8), (.s16, .s16), (.u16, .u16), (.s32, .s32),
            (.u32, .u32), (.s64, .s64), (.u64, .u64), (.f32, .f32), (.f64, .f64), (.char, .char),
            (.string, .string):
            return true
        case (.list, .list(let values)):
            let element = table.element(node)
            return values.allSatisfy { matches($0, element) }
        case (.fixedLengthList, .list(let values)):
            let element = table.element(node)
            return values.count == Int(node.count) && values.allSatisfy { matches($0, element) }
        case (.map, .map(let entries)):
            let entry = table.element(node)
            return entries.allSatisfy { matches(.tuple([$0.key, $0.value]), entry) }
        case (.record, .record(let fields)):
            return fields.count == Int(node.count)
                && fields.enumerated().allSatisfy { index, field in
                    field.label.isExactly(types.label(node, index))
                        && matches(field.value, Int(table.child(node, index).node))
                }
        case (.tuple, .tuple(let values)):
            return values.count == Int(node.count)
                && values.enumerated().allSatisfy {
                    matches($0.element, Int(table.child(node, $0.offset).node))
                }
        case (.flags, .flags(let labels)):
            return labels.allSatisfy { types.index(of: $0, node) != nil }
        case (.own, .own(let resource)), (.borrow, .borrow(let resource)),
            (.borrow, .own(let resource)):
            return resource.number == node.resource
        case (.variant, _), (.enumeration, _), (.option, _), (.result, _):
            guard let (index, payload) = types.matchCase(value, node) else { return false }
            let child = Int(table.child(node, index).node)
            guard let payload else { return child < 0 }
            return child >= 0 && matches(payload, child)
        default: return false
        }
    }
}

/// Values of a generic caller on their way to a component; they match their types.
struct ValLowering {
    private let types: CanonicalTypes
    private let context: CanonicalContext
    private let stack: CallStack
    private let table: TypeTable

    init(_ types: CanonicalTypes, _ context: CanonicalContext, _ stack: CallStack) {
        self.types = types
        self.context = context
        self.stack = stack
        table = types.table(isMemory64: context.isMemory64)
    }

    /// Writes a value of the type at `type` to `place`.
    /// Spec: CanonicalABI "Storing" (`store`), "Flat Lowering" (`lower_flat`)
    func lower<P: Place>(_ value: Val, _ type: Int, _ place: P) throws(Trap) {
        try trapIf(
            stack.remainingHostBytes < ComponentLimits.stackBytesPerGenericLevel,
            Trap(.callStackExhausted)
        )
        let node = table[type]
        switch value {
        case .bool(let value): place.setBits(1, value ? 1 : 0)
        case .s8(let value): place.store(value)
        case .u8(let value): place.store(value)
        case .s16(let value): place.store(value)
        case .u16(let value): place.store(value)
        case .s32(let value): place.store(value)
        case .u32(let value): place.store(value)
        case .s64(let value): place.store(value)
        case .u64(let value): place.store(value)
        case .f32(let value): place.store(value.bitPattern)
        case .f64(let value): place.store(value.bitPattern)
        case .char(let value): place.store(value.value)
        case .string(let value):
            let (address, length) = try LiftLowerContext(context, stack).storeString(value)
            place.setPointer(0, isMemory64: context.isMemory64, address)
            place.setPointer(1, isMemory64: context.isMemory64, length)
        case .list(let values) where node.kind == .fixedLengthList:
            let element = table.element(node)
            for (index, value) in values.enumerated() {
                try lower(value, element, place.element(index, table[element]))
            }
        case .list(let values): try lowerList(values, node, place)
        case .map(let entries):
            try lowerList(entries.map { .tuple([$0.key, $0.value]) }, node, place)
        case .record(let fields): try lowerChildren(fields.map(\.value), node, place)
        case .tuple(let values): try lowerChildren(values, node, place)
        case .flags(let labels):
            let bits = labels.reduce(0 as UInt32) { bits, label in
                bits | (types.index(of: label, node).map { 1 << UInt32($0) } ?? 0)
            }
            place.setBits(UInt8(node.size), bits)
        case .variant, .enumeration, .option, .ok, .error: try lowerVariant(value, node, place)
        case .own(let resource) where node.kind == .own:
            place.store(try context.instance.lowerOwn(resource.representation, node.resource))
        case .own(let resource), .borrow(let resource):
            place.store(try context.instance.lowerBorrow(resource.representation, node.resource))
        }
    }

    private func lowerChildren<P: Place>(
        _ values: [Val],
        _ node: TypeNode,
        _ place: P
    ) throws(Trap) {
        for (index, value) in values.enumerated() {
            let child = table.child(node, index)
            try lower(value, Int(child.node), place.child(child))
        }
    }

    private func lowerVariant<P: Place>(
        _ value: Val,
        _ node: TypeNode,
        _ place: P
    ) throws(Trap) {
        guard let (index, payload) = types.matchCase(value, node) else { return }
        place.setBits(node.discriminantSize, UInt32(index))
        let child = table.child(node, index)
        var written = 1
        if let payload {
            written += Int(table[Int(child.node)].flatCount)
            try lower(payload, Int(child.node), place.child(child))
        }
        place.clear(written..<Int(node.flatCount))
    }

    private func lowerList<P: Place>(
        _ values: [Val],
        _ node: TypeNode,
        _ place: P
    ) throws(Trap) {
        let type = table.element(node)
        let element = table[type]
        let (byteCount, overflow) = UInt64(values.count)
            .multipliedReportingOverflow(by: UInt64(element.size))
        try trapIf(overflow || byteCount > ComponentLimits.listBytes, .listTooLong)
        let address = try context.allocate(
            stack,
            UInt64(element.alignment),
            byteCount,
            .host,
            Peer.host.listOutOfBounds
        )
        let first = MemoryPlace(context.memory, address)
        for (index, value) in values.enumerated() {
            try lower(value, type, first.element(index, element))
        }
        place.setPointer(0, isMemory64: context.isMemory64, address)
        place.setPointer(1, isMemory64: context.isMemory64, UInt64(values.count))
    }
}

extension CanonicalTypes {
    /// The index of a label of the type.
    func index(of label: String, _ node: TypeNode) -> Int? {
        (0..<Int(node.count)).first { self.label(node, $0).isExactly(label) }
    }

    /// The case of a variant that a value is of, and what it holds; nil where the value is of another
    /// type.
    /// Spec: CanonicalABI "Storing" (`match_case`)
    func matchCase(_ value: Val, _ node: TypeNode) -> (index: Int, payload: Val?)? {
        switch (node.kind, value) {
        case (.option, .option(let payload)): return (payload == nil ? 0 : 1, payload)
        case (.result, .ok(let payload)): return (0, payload)
        case (.result, .error(let payload)): return (1, payload)
        case (.variant, .variant(let label, let payload)):
            return index(of: label, node).map { ($0, payload) }
        case (.enumeration, .enumeration(let label)):
            return index(of: label, node).map { ($0, nil) }
        default: return nil
        }
    }
}

extension String {
    /// Whether the strings are the same, byte by byte.
    fileprivate func isExactly(_ other: String) -> Bool { utf8.elementsEqual(other.utf8) }
}
