import Testing

@testable import Wasm

/// Spec: core/valid/modules, core/valid/types
@Suite struct ModuleValidationTests {
    static let function = ModuleBytes(types: [functionType()], functions: [0], code: [[0, 0x0B]])

    @Test func limits() {
        let pages = leb(65537)
        expect(
            ModuleBytes(memories: [[0] + pages]).bytes,
            .invalid,
            "memory size must be at most 2^16 pages (4 GiB) for i32",
            at: 11
        )
        expectValid(ModuleBytes(memories: [[4] + pages]).bytes)
        expect(
            ModuleBytes(memories: [[4] + leb(1 << 48 + 1)]).bytes,
            .invalid,
            "memory size must be at most 2^48 pages (256 TiB) for i64"
        )
        expect(
            ModuleBytes(tables: [[funcref, 0] + leb(1 << 32)]).bytes,
            .invalid,
            "table size must be at most 2^32-1 for i32"
        )
        expectValid(ModuleBytes(tables: [[funcref, 4] + leb(1 << 32)]).bytes)
        expect(
            ModuleBytes(memories: [[1, 2, 1]]).bytes,
            .invalid,
            "size minimum must not be greater than maximum"
        )
    }

    @Test func indices() {
        let exported: [(UInt8, String)] = [
            (0, "function"), (1, "table"), (2, "memory"), (3, "global"), (4, "tag"),
        ]
        for (kind, what) in exported {
            expect(
                ModuleBytes(exports: [name("a") + [kind, 3]]).bytes,
                .invalid,
                "unknown \(what) 3"
            )
        }
        var module = Self.function
        module.functions = [7]
        expect(module.bytes, .invalid, "unknown type 7", at: 17)
        module.types = [[0x5F, 0]]
        module.functions = [0]
        expect(module.bytes, .invalid, "non-function type 0")
        expect(
            ModuleBytes(elements: [[0, 0x41, 0, 0x0B, 0]]).bytes,
            .invalid,
            "unknown table 0"
        )
        expect(ModuleBytes(data: [[0, 0x41, 0, 0x0B, 0]]).bytes, .invalid, "unknown memory 0")
        expect(ModuleBytes(data: [[2, 1, 0x41, 0, 0x0B, 0]]).bytes, .invalid, "unknown memory 1")
        expect(ModuleBytes(elements: [[1, 0, 1, 4]]).bytes, .invalid, "unknown function 4")
    }

    @Test func tags() {
        expectValid(ModuleBytes(types: [functionType([i32])], tags: [[0, 0]]).bytes)
        expect(
            ModuleBytes(types: [functionType([], [i32])], tags: [[0, 0]]).bytes,
            .invalid,
            "non-empty tag result type"
        )
    }

    @Test func start() {
        var module = Self.function
        module.start = 0
        expectValid(module.bytes)
        module.start = 1
        expect(module.bytes, .invalid, "unknown function 1")
        module.types = [functionType([i32])]
        module.start = 0
        expect(module.bytes, .invalid, "start function must not have parameters or results")
    }

    @Test func exports() {
        var module = Self.function
        module.exports = [name("a") + [0, 0], name("b") + [0, 0]]
        expectValid(module.bytes)
        module.exports.append(name("a") + [0, 0])
        expect(module.bytes, .invalid, "duplicate export name \"a\"")
    }

    @Test func tables() {
        expect(
            ModuleBytes(tables: [[0x64, funcref, 0, 1]]).bytes,
            .invalid,
            "type mismatch: a table of (ref func) needs an initial value"
        )
        expect(
            ModuleBytes(tables: [[0x40, 0, funcref, 0, 1, 0xD0, externref, 0x0B]]).bytes,
            .invalid,
            "type mismatch"
        )
        expectValid(
            ModuleBytes(tables: [[0x40, 0, funcref, 0, 1, 0xD0, funcref, 0x0B]]).bytes
        )
    }

    /// A type that there is not is found before a value is matched with it.
    @Test func unknownTypesOfInitialValues() {
        var module = Self.function
        module.exports = [name("f") + [0, 0]]
        module.tables = [[0x40, 0, 0x64, 31, 0, 1, 0xD2, 0, 0x0B]]
        expect(module.bytes, .invalid, "unknown type 31")
        module.tables = []
        module.globals = [[0x64, 31, 0, 0xD2, 0, 0x0B]]
        expect(module.bytes, .invalid, "unknown type 31")
        module.globals = []
        module.elements = [[5, 0x64, 31, 1, 0xD2, 0, 0x0B]]
        expect(module.bytes, .invalid, "unknown type 31")
    }

    @Test func elements() {
        let active: [UInt8] = [6, 0, 0x41, 0, 0x0B]
        expect(
            ModuleBytes(tables: [[funcref, 0, 1]], elements: [active + [externref, 0]]).bytes,
            .invalid,
            "type mismatch: element segment's type (ref null extern) does not match"
        )
        expect(
            ModuleBytes(
                tables: [[funcref, 4, 1]],
                elements: [[0, 0x41, 0, 0x0B, 0]]
            ).bytes,
            .invalid,
            "type mismatch: instruction requires [i64] but stack has [i32]"
        )
    }

    static let constants: [(String, UInt8, [Piece], String?)] = [
        ("i32.const", i32, [.op(.i32Const), 1], nil),
        ("arithmetic", i64, [.op(.i64Const), 1, .op(.i64Const), 2, .op(.i64Mul)], nil),
        ("of another type", i32, [.op(.i64Const), 1], "type mismatch"),
        ("empty", i32, [], "type mismatch"),
        ("two values", i32, [.op(.i32Const), 1, .op(.i32Const), 1], "type mismatch"),
        (
            "i32.div_s", i32, [.op(.i32Const), 1, .op(.i32Const), 1, .op(.i32DivS)],
            "constant expression required"
        ),
        ("nop", i32, [.op(.nop), .op(.i32Const), 1], "constant expression required"),
        (
            "block", i32, [.op(.block), 0x7F, .op(.i32Const), 1, .op(.end)],
            "constant expression required"
        ),
        ("an earlier global", i32, [.op(.globalGet), 0], nil),
        ("a mutable global", i32, [.op(.globalGet), 1], "constant expression required"),
        ("itself", i32, [.op(.globalGet), 2], "unknown global 2"),
        ("ref.func", funcref, [.op(.refFunc), 0], nil),
        ("ref.func of nothing", funcref, [.op(.refFunc), 5], "unknown function 5"),
        ("ref.null", funcref, [.op(.refNull), 0x70], nil),
        ("struct.new_default", 0x6B, [.op(.structNewDefault), 1], nil),
        ("array.new_fixed", 0x6A, [.op(.i32Const), 1, .op(.arrayNewFixed), 2, 1], nil),
        ("array.new_data", 0x6A, [.op(.unreachable)], "constant expression required"),
    ]

    @Test func constantExpressions() {
        for (what, type, pieces, message) in Self.constants {
            let bytes = ModuleBytes(
                types: [functionType(), [0x5F, 0], [0x5E, i32, 0]],
                functions: [0],
                globals: [
                    [i32, 0, 0x41, 0, 0x0B], [i32, 1, 0x41, 0, 0x0B],
                    [type, 0] + code(pieces + [.op(.end)]),
                ],
                code: [[0, 0x0B]]
            ).bytes
            if let message {
                expect(bytes, .invalid, message)
            } else {
                #expect(expectValid(bytes) != nil, "\(what)")
            }
        }
    }

    /// The bytes that a constant expression takes are malformed before it is not constant.
    @Test func malformedConstantExpression() {
        expect(
            ModuleBytes(globals: [[i32, 0, 0x41, 0]]).bytes,
            .malformed,
            "unexpected end of section or function"
        )
        expect(
            ModuleBytes(globals: [[i32, 0, 0x01, 0x06, 0x0B]]).bytes,
            .malformed,
            "illegal opcode 06"
        )
    }
}
