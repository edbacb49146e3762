/// A value as a generic caller handles it; host functions and the interpreter handle slots.
/// Spec: core/exec/runtime#values
package enum Value {
    case i32(UInt32)
    case i64(UInt64)
    /// The bits of a 32-bit float.
    case f32(UInt32)
    /// The bits of a 64-bit float.
    case f64(UInt64)
    case v128(V128)
    case reference(Reference)
}

/// A reference that is not on the heap of a garbage collector.
/// Spec: core/exec/runtime#values
package enum Reference {
    case null(HeapType)
    case function(Function)
    /// What the host means by this number, below 2^63.
    case external(UInt64)
}

extension Value {
    /// Writes the value into its slots.
    func store(in frame: Frame, _ slot: Int) {
        switch self {
        case .i32(let bits), .f32(let bits): frame.setU64(slot, UInt64(bits))
        case .i64(let bits), .f64(let bits): frame.setU64(slot, bits)
        case .v128(let vector): frame.setV128(slot, vector)
        case .reference(let reference): frame.setU64(slot, reference.bits)
        }
    }

    /// Reads a value of `type` from its slots.
    init(_ type: ValueType, in frame: Frame, _ slot: Int, store: Store) {
        switch type {
        case .i32: self = .i32(frame.u32(slot))
        case .i64: self = .i64(frame.u64(slot))
        case .f32: self = .f32(frame.u32(slot))
        case .f64: self = .f64(frame.u64(slot))
        case .v128: self = .v128(frame.v128(slot))
        default: self = .reference(Reference(bits: frame.u64(slot), type, store))
        }
    }

    /// Whether this is a value of `type`, whose indices are canonical ids of `engine`.
    func matches(_ type: ValueType, _ engine: Engine) -> Bool {
        switch self {
        case .i32: type == .i32
        case .i64: type == .i64
        case .f32: type == .f32
        case .f64: type == .f64
        case .v128: type == .v128
        case .reference(let reference):
            engine.types.matches(ValueType(reference.type), type)
        }
    }
}

extension Reference {
    /// As it stands in a slot: 0 is null, an address a function, an odd number external.
    var bits: UInt64 {
        switch self {
        case .null: 0
        case .function(let function): FunctionReference(function).bits
        case .external(let number): number << 1 | 1
        }
    }

    init(bits: UInt64, _ type: ValueType, _ store: Store) {
        let heapType = type.reference?.heapType ?? .external
        if bits == 0 {
            self = .null(heapType)
        } else if bits & 1 == 1 {
            self = .external(bits >> 1)
        } else {
            self = unsafe .function(Function(store, FunctionReference(bits: bits).record))
        }
    }

    /// Its most precise type, with canonical ids.
    var type: ReferenceType {
        switch self {
        case .null(let heapType): ReferenceType(isNullable: true, heapType: heapType)
        case .function(let function):
            ReferenceType(isNullable: false, heapType: .defined(function.typeID))
        case .external: ReferenceType(isNullable: false, heapType: .external)
        }
    }
}

extension Value: CustomStringConvertible {
    package var description: String {
        switch self {
        case .i32(let bits): "\(Int32(bitPattern: bits))"
        case .i64(let bits): "\(Int64(bitPattern: bits))"
        case .f32(let bits): "\(Float(bitPattern: bits))"
        case .f64(let bits): "\(Double(bitPattern: bits))"
        case .v128(let vector):
            (0..<16).reversed().reduce("0x") { text, lane in
                text + (vector[lane] < 16 ? "0" : "") + String(vector[lane], radix: 16)
            }
        case .reference(.null(let type)): "null \(type)"
        case .reference(.function): "funcref"
        case .reference(.external(let number)): "externref \(number)"
        }
    }
}
