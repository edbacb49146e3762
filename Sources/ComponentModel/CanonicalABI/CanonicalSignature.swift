import Wasm

/// A function's type with all that a call needs to know of it.
package struct CanonicalSignature: Sendable {
    let types: CanonicalTypes
    let function: FunctionNode

    package init(_ types: CanonicalTypes, _ index: FunctionTypeIndex) {
        self.types = types
        function = types.functions[index.index]
    }

    /// Whether values of it have addresses in them, whose size depends on the memory.
    var hasPointers: Bool {
        let table = types.table(isMemory64: false)
        return table[function.parameters].hasPointers
            || (function.result.map { table[$0].hasPointers } ?? false)
    }

    /// Whether the parameters are more than are passed flat, so that they are in memory.
    var spillsParameters: Bool {
        Int(types.table(isMemory64: false)[function.parameters].flatCount)
            > ComponentLimits.flatParameters
    }

    /// Whether the result is more than is passed flat, so that it is in memory.
    var spillsResult: Bool {
        guard let result = function.result else { return false }
        return Int(types.table(isMemory64: false)[result].flatCount) > ComponentLimits.flatResults
    }

    /// The type of the core function that is lifted to it.
    /// Spec: CanonicalABI "Flattening" (`flatten_functype`)
    package func coreTypeOfLifted(isMemory64: Bool) -> FunctionType {
        flattenFunctype(isMemory64, isLifted: true)
    }

    /// The type of the core function that it is lowered to.
    /// Spec: CanonicalABI "Flattening" (`flatten_functype`)
    package func coreTypeOfLowered(isMemory64: Bool) -> FunctionType {
        flattenFunctype(isMemory64, isLifted: false)
    }

    private func flattenFunctype(_ isMemory64: Bool, isLifted: Bool) -> FunctionType {
        let pointer: ValueType = isMemory64 ? .i64 : .i32
        var flattening = Flattening(table: types.table(isMemory64: isMemory64), pointer: pointer)
        var parameters = [pointer]
        if !spillsParameters { parameters = flattening.flatten(function.parameters) }
        guard let result = function.result else {
            return FunctionType(parameters: parameters, results: [])
        }
        if !spillsResult {
            return FunctionType(parameters: parameters, results: flattening.flatten(result))
        }
        return isLifted
            ? FunctionType(parameters: parameters, results: [pointer])
            : FunctionType(parameters: parameters + [pointer], results: [])
    }
}

/// The flat types of types that have no more flat values than are passed so.
/// Spec: CanonicalABI "Flattening" (`flatten_type`)
private struct Flattening {
    let table: TypeTable
    let pointer: ValueType

    mutating func flatten(_ place: Int) -> [ValueType] {
        let node = table[place]
        switch node.kind {
        case .bool, .s8, .u8, .s16, .u16, .s32, .u32, .char, .flags, .own, .borrow: return [.i32]
        case .s64, .u64: return [.i64]
        case .f32: return [.f32]
        case .f64: return [.f64]
        case .string, .list, .map: return [pointer, pointer]
        case .fixedLengthList:
            let element = flatten(table.element(node))
            return (0..<node.count).flatMap { _ in element }
        case .record, .tuple:
            return (0..<Int(node.count)).flatMap { flatten(Int(table.child(node, $0).node)) }
        case .variant, .enumeration, .option, .result:
            var flat = [ValueType.i32]
            for index in 0..<Int(node.count) {
                let child = table.child(node, index)
                if child.node >= 0 { flat.join(flatten(Int(child.node)), from: 1) }
            }
            return flat
        }
    }
}
