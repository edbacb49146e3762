import Wasm

// Whether results are what a script wants. Spec: core/syntax/values
extension ResultPattern {
    /// Whether `value` is like this.
    func matches(_ value: Value) -> Bool {
        switch (self, value) {
        case (.number(.i32, let bits), .i32(let value)): bits.matches(UInt64(value), .i32x4)
        case (.number(.i64, let bits), .i64(let value)): bits.matches(value, .i64x2)
        case (.number(.f32, let bits), .f32(let value)): bits.matches(UInt64(value), .f32x4)
        case (.number(.f64, let bits), .f64(let value)): bits.matches(value, .f64x2)
        case (.vector(let shape, let lanes), .v128(let value)):
            zip(lanes, shape.lanes(value)).allSatisfy { $0.matches($1, shape) }
        case (.null, .reference(.null)): true
        case (.reference(.function), .reference(.function)): true
        case (.reference(.external), .reference(.external)): true
        case (.external(let number), .reference(.external(let value))): UInt64(number) == value
        case (.either(let alternatives), _): alternatives.contains { $0.matches(value) }
        case (.number, _), (.vector, _), (.null, _), (.reference, _), (.external, _), (.host, _),
            (.component, _):
            false
        }
    }
}

extension ResultPattern.Bits {
    /// Whether `value`, a lane of `shape`, is like this.
    fileprivate func matches(_ value: UInt64, _ shape: VectorShape) -> Bool {
        let sign: UInt64 = 1 << UInt64(shape.laneBits - 1)
        let quiet: UInt64 = shape.laneBits == 32 ? 0x7FC0_0000 : 0x7FF8_0000_0000_0000
        return switch self {
        case .exactly(let bits): value == bits
        case .canonicalNaN: value & ~sign == quiet
        case .arithmeticNaN: value & quiet == quiet
        }
    }
}

extension VectorShape {
    /// The bits of the lanes of `vector`.
    func lanes(_ vector: V128) -> [UInt64] {
        let bytes = laneBits / 8
        return (0..<laneCount).map { lane in
            (0..<bytes).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64(vector[lane * bytes + $1]) }
        }
    }
}

// MARK: In words

extension ResultPattern: CustomStringConvertible {
    package var description: String {
        switch self {
        case .number(let number, let bits): "\(number):\(bits.text(number.shape))"
        case .vector(let shape, let lanes):
            "v128:\(shape)(\(lanes.map { $0.text(shape) }.joined(separator: " ")))"
        case .null: "null"
        case .reference(let type): "a \(type) reference"
        case .external(let number): "extern:\(number)"
        case .host(let number): "host:\(number)"
        case .component(let value): "\(value)"
        case .either(let alternatives): alternatives.map(\.description).joined(separator: " or ")
        }
    }
}

extension ResultPattern.Number {
    fileprivate var shape: VectorShape {
        switch self {
        case .i32: .i32x4
        case .i64: .i64x2
        case .f32: .f32x4
        case .f64: .f64x2
        }
    }
}

extension ResultPattern.Bits {
    fileprivate func text(_ shape: VectorShape) -> String {
        switch self {
        case .exactly(let bits): shape.text(bits)
        case .canonicalNaN: "nan:canonical"
        case .arithmeticNaN: "nan:arithmetic"
        }
    }
}

extension VectorShape {
    /// A lane in words: floats with their bits, since two may look alike.
    fileprivate func text(_ bits: UInt64) -> String {
        switch self {
        case .i8x16, .i16x8, .i32x4: "\(bits)"
        case .i64x2: "\(Int64(bitPattern: bits))"
        case .f32x4:
            "\(Float(bitPattern: UInt32(truncatingIfNeeded: bits))) (0x\(String(bits, radix: 16)))"
        case .f64x2: "\(Double(bitPattern: bits)) (0x\(String(bits, radix: 16)))"
        }
    }

    fileprivate func text(_ vector: V128) -> String {
        "\(self)(\(lanes(vector).map { text($0) }.joined(separator: " ")))"
    }
}

extension Value {
    /// The value in the words of a pattern, so that the two can be compared by eye.
    func text(like pattern: ResultPattern?) -> String {
        switch self {
        case .i32(let bits): "i32:\(bits)"
        case .i64(let bits): "i64:\(Int64(bitPattern: bits))"
        case .f32(let bits): "f32:\(VectorShape.f32x4.text(UInt64(bits)))"
        case .f64(let bits): "f64:\(VectorShape.f64x2.text(bits))"
        case .v128(let vector):
            if case .vector(let shape, _)? = pattern {
                "v128:\(shape.text(vector))"
            } else {
                "v128:\(VectorShape.i32x4.text(vector))"
            }
        case .reference(.null): "null"
        case .reference(.function): "a func reference"
        case .reference(.external(let number)): "extern:\(number)"
        }
    }
}
