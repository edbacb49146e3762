import Testing

@testable import Wasm

/// Spec: core/binary/values
@Suite struct ValuesTests {
    /// A module whose one function drops a constant written as `immediate`.
    static func constant(_ opcode: Opcode, _ immediate: [UInt8]) -> [UInt8] {
        ModuleBytes(
            types: [functionType()],
            functions: [0],
            code: [[0] + code([.op(opcode)]) + immediate + code([.op(.drop), .op(.end)])]
        ).bytes
    }

    /// A module with a memory of the smallest size that `immediate` gives.
    static func memory(_ immediate: [UInt8]) -> [UInt8] {
        ModuleBytes(memories: [[0x04] + immediate]).bytes
    }

    @Test func unsignedIntegers() throws {
        let encodings: [([UInt8], UInt64)] = [
            ([0x00], 0), ([0x7F], 127), ([0x80, 0x00], 0), ([0x80, 0x01], 128),
            ([0xFF, 0xFF, 0x03], 65535),
            ([0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x00], 0),
        ]
        for (bytes, value) in encodings {
            let module = try #require(expectValid(Self.memory(bytes)))
            #expect(module.memories[0].limits.minimum == value)
        }
    }

    @Test func unsignedIntegersOutOfRange() {
        let nine = [UInt8](repeating: 0x80, count: 9)
        expect(Self.memory(nine + [0x02]), .malformed, "integer too large", at: 21)
        expect(Self.memory(nine + [0x80, 0x00]), .malformed, "integer representation too long")
        let four: [UInt8] = [0x80, 0x80, 0x80, 0x80]
        let start = section(8, four + [0x10])
        expect(ModuleBytes.header + start, .malformed, "integer too large")
        expect(
            ModuleBytes.header + section(8, four + [0x80, 0x00]),
            .malformed,
            "integer representation too long"
        )
    }

    @Test func signedIntegers() {
        let four: [UInt8] = [0xFF, 0xFF, 0xFF, 0xFF]
        expectValid(Self.constant(.i32Const, four + [0x7F]))
        expectValid(Self.constant(.i32Const, [0x80, 0x80, 0x80, 0x80, 0x78]))
        expectValid(Self.constant(.i32Const, four + [0x07]))
        expect(Self.constant(.i32Const, four + [0x08]), .malformed, "integer too large")
        expect(Self.constant(.i32Const, four + [0x6F]), .malformed, "integer too large")
        expect(
            Self.constant(.i32Const, four + [0xFF, 0x7F]),
            .malformed,
            "integer representation too long"
        )
        let nine = [UInt8](repeating: 0xFF, count: 9)
        expectValid(Self.constant(.i64Const, nine + [0x7F]))
        expectValid(Self.constant(.i64Const, nine + [0x00]))
        expect(Self.constant(.i64Const, nine + [0x01]), .malformed, "integer too large")
        expect(Self.constant(.i64Const, nine + [0x41]), .malformed, "integer too large")
        expect(
            Self.constant(.i64Const, nine + [0xFF, 0x00]),
            .malformed,
            "integer representation too long"
        )
    }

    @Test func floatingPointAndVectorConstants() {
        expectValid(Self.constant(.f32Const, [0, 0, 0xC0, 0x7F]))
        expectValid(Self.constant(.f64Const, [0, 0, 0, 0, 0, 0, 0xF8, 0x7F]))
        expectValid(Self.constant(.v128Const, [UInt8](0..<16)))
    }

    /// What the decoder keeps of an integer, at the ends of its range.
    @Test func valuesOfIntegers() {
        let bytes: [UInt8] = [0x80, 0x7F, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F]
        unsafe bytes.withUnsafeBufferPointer { buffer in
            var reader = unsafe ByteReader(buffer)
            #expect((try? reader.signed(bits: 32)) == -128)
            #expect((try? reader.signed(bits: 64)) == -1)
            #expect((try? reader.u32()) == .max)
            #expect(reader.isAtEnd)
            #expect(throws: ModuleError.self) { try reader.byte() }
        }
    }

    static let malformedNames: [[UInt8]] = [
        [0x80], [0xC0, 0x80], [0xC3], [0xED, 0xA0, 0x80], [0xE0, 0x80, 0x80],
        [0xF4, 0x90, 0x80, 0x80],
        [0xF8, 0x80, 0x80, 0x80, 0x80], [0xFF],
    ]

    @Test(arguments: malformedNames) func names(_ bytes: [UInt8]) {
        let name = leb(bytes.count) + bytes
        expect(
            ModuleBytes(exports: [name + [2, 0]]).bytes,
            .malformed,
            "malformed UTF-8 encoding",
            at: 11
        )
        expect(
            ModuleBytes.header + section(0, name),
            .malformed,
            "malformed UTF-8 encoding",
            at: 10
        )
    }

    @Test func lengths() {
        expect(
            ModuleBytes.header + section(1, [5]),
            .malformed,
            "length out of bounds",
            at: 10
        )
        expect(ModuleBytes.header + [1, 9], .malformed, "length out of bounds", at: 9)
        expect(
            ModuleBytes.header + section(5, [1]),
            .malformed,
            "unexpected end of section or function",
            at: 11
        )
    }
}
