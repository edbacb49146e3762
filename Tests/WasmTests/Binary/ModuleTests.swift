import Testing

@testable import Wasm

/// Spec: core/binary/modules
@Suite struct ModuleTests {
    static let emptyFunction = ModuleBytes(
        types: [functionType()],
        functions: [0],
        code: [[0, 0x0B]]
    )

    @Test func header() {
        expectValid(ModuleBytes.header)
        expect([], .malformed, "unexpected end")
        expect([0, 0x61, 0x73], .malformed, "unexpected end")
        expect([1, 0x61, 0x73, 0x6D, 1, 0, 0, 0], .malformed, "magic header not detected", at: 0)
        expect([0, 0x61, 0x73, 0x6D, 2, 0, 0, 0], .malformed, "unknown binary version", at: 4)
        expect([0, 0x61, 0x73, 0x6D, 0x0D, 0, 1, 0], .malformed, "unknown binary version", at: 4)
    }

    @Test func sections() {
        let header = ModuleBytes.header
        expect(header + [14, 0], .malformed, "malformed section id", at: 8)
        expect(
            header + section(1, [0]) + section(1, [0]),
            .malformed,
            "unexpected content after last section",
            at: 11
        )
        expect(
            header + section(5, [0]) + section(4, [0]),
            .malformed,
            "unexpected content after last section"
        )
        expect(header + section(1, [0, 0]), .malformed, "section size mismatch", at: 10)
        expect(
            header + [1, 2, 1] + functionType() + section(0, name("more")),
            .malformed,
            "section size mismatch"
        )
        expectValid(header + section(5, [0]) + section(13, [0]) + section(6, [0]))
        expectValid(header + section(9, [0]) + section(12, [0]) + section(10, [0]))
    }

    @Test func functionsAndBodies() {
        var module = Self.emptyFunction
        module.code = []
        expect(
            module.bytes,
            .malformed,
            "function and code section have inconsistent lengths"
        )
        module.code = [[0, 0x0B], [0, 0x0B]]
        expect(
            module.bytes,
            .malformed,
            "function and code section have inconsistent lengths"
        )
        module = Self.emptyFunction
        module.code = [[0, 0x01, 0x0B, 0x0B]]
        expect(module.bytes, .malformed, "section size mismatch")
        module.code = [[0, 0x05, 0x0B]]
        expect(module.bytes, .malformed, "END opcode expected")
        module.code = [[0, 0x01]]
        expect(module.bytes, .malformed, "unexpected end of section or function")
        module.code = [[2, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F, i32, 1, i64, 0x0B]]
        expect(module.bytes, .malformed, "too many locals")
        module.code = [[0, 0x06, 0x0B]]
        expect(module.bytes, .malformed, "illegal opcode 06")
        module.code = [[0, 0xFC, 0x12, 0x0B]]
        expect(module.bytes, .malformed, "illegal opcode fc 12")
        module.code = [[0, 0xFD, 0x80, 0x80, 0x80, 0x01, 0x0B]]
        expect(module.bytes, .malformed, "illegal opcode fd 200000")
    }

    /// What is malformed comes before what is invalid, wherever it stands.
    @Test func malformedBeforeInvalid() {
        var module = Self.emptyFunction
        module.functions = [0, 0, 0]
        module.code = [[0, 0x1A, 0x0B], [0, 0x0B], [0, 0x02, 0x40, 0x0B, 0x06, 0x0B]]
        expect(module.bytes, .malformed, "illegal opcode 06")
        module.code[2] = [0, 0x0B]
        expect(module.bytes, .invalid, "type mismatch")
        module.code[0] = [0, 0x1A, 0x27, 0x0B]
        expect(module.bytes, .malformed, "illegal opcode 27")
        module.code[0] = [0, 0x0B]
        module.exports = [name("a") + [1, 7]]
        expect(module.bytes, .invalid, "unknown table 7")
        module.data = [[3]]
        expect(module.bytes, .malformed, "malformed data segment kind")
    }

    @Test func dataCount() {
        var module = Self.emptyFunction
        module.dataCount = 1
        expect(
            module.bytes,
            .malformed,
            "data count and data section have inconsistent lengths"
        )
        module.data = [[1] + name("abc")]
        expectValid(module.bytes)
        module.code = [[0] + code([.op(.dataDrop), 0, .op(.end)])]
        expectValid(module.bytes)
        module.dataCount = nil
        expect(module.bytes, .malformed, "data count section required")
        // Where something before is invalid, too.
        module.exports = [name("a") + [1, 7]]
        expect(module.bytes, .malformed, "data count section required")
    }

    @Test func kinds() {
        let header = ModuleBytes.header
        expect(
            header + section(2, [1] + name("a") + name("b") + [5, 0]),
            .malformed,
            "malformed import kind",
            at: 15
        )
        expect(
            header + section(7, [1] + name("a") + [5, 0]),
            .malformed,
            "malformed export kind",
            at: 13
        )
        expect(
            header + section(9, [1, 8]),
            .malformed,
            "malformed elements segment kind",
            at: 11
        )
        expect(
            ModuleBytes(elements: [[1, 1, 0]]).bytes,
            .malformed,
            "malformed element kind",
            at: 12
        )
        expect(
            ModuleBytes(tags: [[1, 0]]).bytes,
            .malformed,
            "zero byte expected",
            at: 11
        )
        expect(
            ModuleBytes(tables: [[0x40, 1, funcref, 0, 0, 0xD0, funcref, 0x0B]]).bytes,
            .malformed,
            "zero byte expected"
        )
    }

    @Test func contents() throws {
        let bytes = ModuleBytes(
            types: [functionType([i32], [i64])],
            imports: [
                name("env") + name("f") + [0, 0], name("env") + name("m") + [2, 1, 1, 2],
            ],
            functions: [0],
            tables: [[funcref, 0, 3]],
            globals: [[i32, 1, 0x41, 5, 0x0B]],
            exports: [name("run") + [0, 1]],
            elements: [[0, 0x41, 1, 0x0B, 2, 0, 1]],
            code: [[1, 2, i32, 0x42, 0, 0x0B]],
            data: [[0, 0x41, 7, 0x0B, 2, 8, 9]]
        ).bytes
        let module = try #require(expectValid(bytes))
        #expect(module.functions == [0, 0])
        #expect(module.importedFunctionCount == 1)
        #expect(module.importedMemoryCount == 1)
        #expect(module.memories[0].limits == SizeLimits(minimum: 1, maximum: 2))
        #expect(module.tables[0].limits == SizeLimits(minimum: 3, maximum: nil))
        #expect(module.imports.map(\.name) == ["f", "m"])
        #expect(module.exports[0].index == .function(1))
        #expect(bytes[module.globalInitializers[0].range] == [0x41, 5, 0x0B])
        #expect(bytes[module.bodies[0].range] == [0x42, 0, 0x0B])
        #expect(module.bodies[0].locals.map(\.count) == [2])
        #expect(bytes[module.data[0].range] == [8, 9])
        guard case .functions(let functions) = module.elements[0].items else {
            Issue.record("the elements are function indices")
            return
        }
        #expect(functions == [0, 1])
        #expect(module.unsupportedFeature == nil)
    }

    @Test func elementSegments() throws {
        var module = Self.emptyFunction
        module.tables = [[funcref, 0, 3]]
        module.tables.append([0x40, 0, 0x64, 0x70, 0, 3, 0xD2, 0, 0x0B])
        let offset: [UInt8] = [0x41, 0, 0x0B]
        let reference: [UInt8] = [0xD2, 0, 0x0B]
        module.elements = [
            [0] + offset + [1, 0], [1, 0, 1, 0], [2, 1] + offset + [0, 1, 0], [3, 0, 1, 0],
            [4] + offset + [1] + reference, [5, funcref, 1] + reference,
            [6, 1] + offset + [0x64, 0x70, 1] + reference, [7, funcref, 1] + reference,
        ]
        let decoded = try #require(expectValid(module.bytes))
        #expect(
            decoded.elements.map(\.type.isNullable) == [
                false, false, false, false, true, true, false, true,
            ]
        )
        #expect(decoded.tableInitializers.map { $0 == nil } == [true, false])
    }
}
