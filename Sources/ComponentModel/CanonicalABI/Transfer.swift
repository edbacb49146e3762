import Wasm

/// Values on their way from one component instance to another: lifted from the one and lowered to the
/// other at once, by one walk of their type.
///
/// Compared with lifting all and then lowering all, as the specification has it, only a run that traps
/// could tell the difference, and nothing of the instances in which it ran is ever seen again.
/// Spec: CanonicalABI "Lifting and Lowering Values"
final class Transfer {
    private let source: CanonicalContext
    private let target: CanonicalContext
    private let sourceTypes: TypeTable
    private let targetTypes: TypeTable
    /// What the tables are part of.
    private let types: CanonicalTypes

    init(_ types: CanonicalTypes, from source: CanonicalContext, to target: CanonicalContext) {
        self.types = types
        self.source = source
        self.target = target
        sourceTypes = types.table(isMemory64: source.isMemory64)
        targetTypes = types.table(isMemory64: target.isMemory64)
    }

    /// Passes flat values of the type at `place`.
    func flat(_ place: Int, _ from: Slots, _ to: Slots, _ stack: CallStack) throws(Trap) {
        try checkDepth(place, stack)
        try pass(place, FlatPlace(from), FlatPlace(to), stack)
    }

    /// Passes a value of the type at `place` that lies at `address` in the source's memory, to one that
    /// the target gives: the address there.
    /// Spec: `lift_flat_values`, `lower_flat_values`
    func spilled(_ place: Int, _ address: UInt64, _ stack: CallStack) throws(Trap) -> UInt64 {
        try source.check(address, sourceTypes[place])
        let type = targetTypes[place]
        let there = try target.allocate(
            stack,
            UInt64(type.alignment),
            UInt64(type.size),
            .component,
            .pointerOutOfBounds
        )
        try checkDepth(place, stack)
        try pass(
            place,
            MemoryPlace(source.memory, address),
            MemoryPlace(target.memory, there),
            stack
        )
        return there
    }

    /// Passes a value of the type at `place` that lies at `address` in the source's memory to
    /// `targetAddress` in the target's.
    func spilled(
        _ place: Int,
        _ address: UInt64,
        to targetAddress: UInt64,
        _ stack: CallStack
    ) throws(Trap) {
        try source.check(address, sourceTypes[place])
        try target.check(targetAddress, targetTypes[place])
        try checkDepth(place, stack)
        try pass(
            place,
            MemoryPlace(source.memory, address),
            MemoryPlace(target.memory, targetAddress),
            stack
        )
    }

    private func checkDepth(_ place: Int, _ stack: CallStack) throws(Trap) {
        let depth = Int(sourceTypes[place].depth)
        try trapIf(
            depth > 2 && stack.remainingHostBytes < depth * ComponentLimits.stackBytesPerTypeLevel,
            Trap(.callStackExhausted)
        )
    }

    /// Spec: CanonicalABI "Loading", "Storing", "Flat Lifting", "Flat Lowering"
    private func pass<S: Place, T: Place>(
        _ place: Int,
        _ from: S,
        _ to: T,
        _ stack: CallStack
    ) throws(Trap) {
        let type = sourceTypes[place]
        switch type.kind {
        case .bool: to.setBits(1, from.bits(1) == 0 ? 0 : 1)
        case .s8: to.store(from.load(Int8.self))
        case .u8: to.store(from.load(UInt8.self))
        case .s16: to.store(from.load(Int16.self))
        case .u16: to.store(from.load(UInt16.self))
        case .s32, .u32, .f32: to.store(from.load(UInt32.self))
        case .s64, .u64, .f64: to.store(from.load(UInt64.self))
        case .char:
            let scalar = from.load(UInt32.self)
            try trapIf(!isScalar(scalar), .invalidChar)
            to.store(scalar)
        case .flags:
            to.setBits(UInt8(type.size), from.bits(UInt8(type.size)) & flagsMask(type))
        case .own:
            let rep = try source.instance.liftOwn(from.load(UInt32.self), type.resource)
            to.store(try target.instance.lowerOwn(rep, type.resource))
        case .borrow:
            let rep = try source.instance.liftBorrow(from.load(UInt32.self), type.resource)
            to.store(try target.instance.lowerBorrow(rep, type.resource))
        case .string: try passString(from, to, stack)
        case .list, .map: try passList(type, targetTypes[place], from, to, stack)
        case .fixedLengthList:
            let element = sourceTypes.element(type)
            let (sourceType, targetType) = (sourceTypes[element], targetTypes[element])
            for index in 0..<Int(type.count) {
                try count(index, of: Int(type.count), stack)
                try pass(
                    element,
                    from.element(index, sourceType),
                    to.element(index, targetType),
                    stack
                )
            }
        case .record, .tuple:
            let targetType = targetTypes[place]
            for index in 0..<Int(type.count) {
                let child = sourceTypes.child(type, index)
                try pass(
                    Int(child.node),
                    from.child(child),
                    to.child(targetTypes.child(targetType, index)),
                    stack
                )
            }
        case .variant, .enumeration, .option, .result:
            try passVariant(type, targetTypes[place], from, to, stack)
        }
    }

    private func passVariant<S: Place, T: Place>(
        _ type: TypeNode,
        _ targetType: TypeNode,
        _ from: S,
        _ to: T,
        _ stack: CallStack
    ) throws(Trap) {
        let discriminant = from.bits(type.discriminantSize)
        try trapIf(discriminant >= type.count, .invalidDiscriminant)
        to.setBits(type.discriminantSize, discriminant)
        let child = sourceTypes.child(type, Int(discriminant))
        var written = 1
        if child.node >= 0 {
            written += Int(targetTypes[Int(child.node)].flatCount)
            try pass(
                Int(child.node),
                from.child(child),
                to.child(targetTypes.child(targetType, Int(discriminant))),
                stack
            )
        }
        to.clear(written..<Int(targetType.flatCount))
    }

    private func passString<S: Place, T: Place>(
        _ from: S,
        _ to: T,
        _ stack: CallStack
    ) throws(Trap) {
        let string = try source.loadString(
            from.pointer(0, isMemory64: source.isMemory64),
            from.pointer(1, isMemory64: source.isMemory64),
            .component
        )
        let allocation = Allocation(stack: stack, peer: .component)
        let (address, length) = try target.store(string, allocation)
        to.setPointer(0, isMemory64: target.isMemory64, address)
        to.setPointer(1, isMemory64: target.isMemory64, length)
        try stack.charge(bytes: string.count)
    }

    /// Spec: `load_list_from_range`, `store_list_into_range`
    private func passList<S: Place, T: Place>(
        _ type: TypeNode,
        _ targetType: TypeNode,
        _ from: S,
        _ to: T,
        _ stack: CallStack
    ) throws(Trap) {
        let address = from.pointer(0, isMemory64: source.isMemory64)
        let count = from.pointer(1, isMemory64: source.isMemory64)
        let place = sourceTypes.element(type)
        let (element, targetElement) = (sourceTypes[place], targetTypes[place])
        let byteCount = try source.checkList(address, count, element, .component)
        let targetBytes = count * UInt64(targetElement.size)
        let there = try target.allocate(
            stack,
            UInt64(targetElement.alignment),
            targetBytes,
            .component,
            Peer.component.listOutOfBounds
        )
        let elements = MemoryPlace(source.memory, address)
        let targetElements = MemoryPlace(target.memory, there)
        if element.isPlain {
            targetElements.copyBytes(from: elements, Int(byteCount))
            try stack.charge(bytes: Int(byteCount))
        } else {
            for index in 0..<Int(count) {
                try self.count(index, of: Int(count), stack)
                try pass(
                    place,
                    elements.element(index, element),
                    targetElements.element(index, targetElement),
                    stack
                )
            }
        }
        // After the elements, as the specification has it: a guest's allocator may give any place.
        to.setPointer(0, isMemory64: target.isMemory64, there)
        to.setPointer(1, isMemory64: target.isMemory64, count)
    }

    /// Counts the work on elements that are passed one by one, `ComponentLimits.elementsBetweenSafepoints`
    /// ahead. Throws where the run is to end.
    @inline(__always) private func count(
        _ index: Int, of count: Int, _ stack: CallStack
    ) throws(Trap) {
        let step = ComponentLimits.elementsBetweenSafepoints
        guard index % step == 0 else { return }
        try stack.charge(bytes: min(count - index, step) * ComponentLimits.elementCost)
    }
}

extension CanonicalContext {
    /// Bytes of a list's elements. Throws where it is too long, not aligned or not within the memory.
    /// Spec: CanonicalABI "Loading" (`load_list_from_range`)
    func checkList(
        _ address: UInt64,
        _ count: UInt64,
        _ element: TypeNode,
        _ peer: Peer
    ) throws(Trap) -> UInt64 {
        let (byteCount, overflow) = count.multipliedReportingOverflow(by: UInt64(element.size))
        try trapIf(address & UInt64(element.alignment - 1) != 0, .unaligned)
        try trapIf(overflow || !holds(address, byteCount), peer.listOutOfBounds)
        try trapIf(byteCount > ComponentLimits.listBytes, .listTooLong)
        return byteCount
    }
}

/// Whether the number is that of a Unicode scalar.
/// Spec: CanonicalABI "Loading" (`convert_i32_to_char`)
@inline(__always) func isScalar(_ number: UInt32) -> Bool {
    number < 0xD800 || (0xE000...0x10_FFFF).contains(number)
}

/// The bits of flags that have a label.
@inline(__always) func flagsMask(_ type: TypeNode) -> UInt32 {
    type.count >= 32 ? .max : 1 << type.count - 1
}
