import Wasm

// Numbers and vectors as immediates, in code and in scripts.
// Spec: core/text/instructions#numeric-instructions
extension TokenReader {
    private static let numberKinds: [Token.Kind] = [.natural, .integer, .float]

    /// Whether a number comes next.
    var isAtNumber: Bool { Self.numberKinds.contains(token.kind) }

    /// Reads an integer, and returns its `width` bits.
    mutating func integer(_ width: Int) throws(TextError) -> UInt64 {
        try number { text, range in IntegerLiteral.integer(text, range, width: width) }
    }

    /// Reads a number, and returns the bits of it as an f32.
    mutating func f32() throws(TextError) -> UInt32 { try number(FloatLiteral.f32) }

    /// Reads a number, and returns the bits of it as an f64.
    mutating func f64() throws(TextError) -> UInt64 { try number(FloatLiteral.f64) }

    private mutating func number<Value>(
        _ value: ([UInt8], Range<Int>) -> Value?
    ) throws(TextError) -> Value {
        let token = token
        guard isAtNumber else { throw unexpected("a number") }
        guard let value = value(text.bytes, token.range) else {
            throw error("constant out of range", at: token)
        }
        advance()
        return value
    }

    /// Reads the shape of a vector. Spec: core/syntax/types#syntax-shape
    mutating func shape() throws(TextError) -> VectorShape {
        guard let keyword = token.keyword, let shape = VectorShape(keyword) else {
            throw unexpected("a vector shape")
        }
        advance()
        return shape
    }

    /// Reads a lane of a vector, and returns its bits.
    mutating func lane(_ shape: VectorShape) throws(TextError) -> UInt64 {
        switch shape {
        case .f32x4: UInt64(try f32())
        case .f64x2: try f64()
        case .i8x16, .i16x8, .i32x4, .i64x2: try integer(shape.laneBits)
        }
    }

    /// Reads a shape and its lanes, and returns the sixteen bytes of the vector.
    mutating func vector() throws(TextError) -> [UInt8] {
        let start = token
        let shape = try shape()
        let first = position
        while isAtNumber { advance() }
        try checkToken()
        if position - first != shape.laneCount {
            throw error("wrong number of lane literals", at: start)
        }
        move(to: first)
        var bytes: [UInt8] = []
        for _ in 0..<shape.laneCount {
            let lane = try lane(shape)
            for byte in 0..<(shape.laneBits / 8) {
                bytes.append(UInt8(truncatingIfNeeded: lane >> UInt64(byte * 8)))
            }
        }
        return bytes
    }
}

extension Assembler {
    mutating func integer(_ width: Int) throws(TextError) -> UInt64 { try reader.integer(width) }
    mutating func f32() throws(TextError) -> UInt32 { try reader.f32() }
    mutating func f64() throws(TextError) -> UInt64 { try reader.f64() }
    mutating func vector() throws(TextError) -> [UInt8] { try reader.vector() }

    /// Reads the lanes of a shuffle.
    mutating func lanes() throws(TextError) {
        let start = reader.token
        var lanes: [UInt8] = []
        while reader.isAtNumber {
            let token = reader.token
            guard token.kind == .natural,
                let lane = IntegerLiteral.natural(reader.text.bytes, token.range), lane < 256
            else { throw reader.error("i8 constant out of range", at: token) }
            lanes.append(UInt8(truncatingIfNeeded: lane))
            reader.advance()
        }
        try reader.checkToken()
        if lanes.count != 16 { throw reader.error("invalid lane length", at: start) }
        body.code.append(contentsOf: lanes)
    }
}
