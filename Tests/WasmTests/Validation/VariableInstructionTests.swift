import Testing

@testable import Wasm

/// Spec: core/valid/instructions#variable-instructions and the sections after it
@Suite struct VariableInstructionTests {
    static let variables: [Case] = [
        Case("local.get", [.op(.localGet), 0, .op(.drop)], locals: [1, 1, i32]),
        Case(
            "local.get of nothing",
            [.op(.localGet), 1, .op(.drop)],
            locals: [1, 1, i32],
            "unknown local 1"
        ),
        Case(
            "local.set",
            [.op(.i64Const), 0, .op(.localSet), 1],
            locals: [2, 1, i32, 1, i64]
        ),
        Case(
            "local.set of another type",
            [.op(.i64Const), 0, .op(.localSet), 0],
            locals: [1, 1, i32],
            "type mismatch: local.set expected i32, got i64"
        ),
        Case(
            "local.tee",
            [.op(.i32Const), 0, .op(.localTee), 0],
            locals: [1, 1, i32],
            results: [i32]
        ),
        Case(
            "an uninitialized local",
            [.op(.localGet), 0, .op(.drop)],
            locals: [1, 1, 0x64, funcref],
            "uninitialized local 0"
        ),
        Case(
            "an initialized local",
            [.op(.refFunc), 1, .op(.localSet), 0, .op(.localGet), 0, .op(.drop)],
            locals: [1, 1, 0x64, funcref]
        ),
        Case(
            "a local initialized in a block",
            [
                .op(.block), 0x40, .op(.refFunc), 1, .op(.localSet), 0, .op(.end), .op(.localGet),
                0, .op(.drop),
            ],
            locals: [1, 1, 0x64, funcref],
            "uninitialized local 0"
        ),
        Case(
            "a local initialized in the other branch",
            [
                .op(.i32Const), 0, .op(.if), 0x40, .op(.refFunc), 1, .op(.localTee), 0, .op(.drop),
                .op(.else),
                .op(.localGet), 0, .op(.drop), .op(.end),
            ],
            locals: [1, 1, 0x64, funcref],
            "uninitialized local 0"
        ),
        Case("a local of an unknown type", [], locals: [1, 1, 0x63, 60], "unknown type 60"),
        Case("global.get", [.op(.globalGet), 0, .op(.drop)]),
        Case("global.get of nothing", [.op(.globalGet), 9, .op(.drop)], "unknown global 9"),
        Case("global.set", [.op(.i32Const), 0, .op(.globalSet), 1]),
        Case(
            "global.set of a constant",
            [.op(.i32Const), 0, .op(.globalSet), 0],
            "immutable global"
        ),
        Case(
            "global.set of another type",
            [.op(.i32Const), 0, .op(.globalSet), 2],
            "type mismatch"
        ),
    ]

    @Test(arguments: variables) func variable(_ instructions: InstructionCase) {
        instructions.check()
    }

    static let tables: [Case] = [
        Case("table.get", [.op(.i64Const), 0, .op(.tableGet), 1, .op(.drop)]),
        Case(
            "table.get with a 32-bit address",
            [.op(.i32Const), 0, .op(.tableGet), 1, .op(.drop)],
            "type mismatch: table.get expected i64, got i32"
        ),
        Case(
            "table.get of nothing",
            [.op(.i32Const), 0, .op(.tableGet), 9, .op(.drop)],
            "unknown table 9"
        ),
        Case("table.set", [.op(.i32Const), 0, .op(.refFunc), 1, .op(.tableSet), 0]),
        Case(
            "table.set of another type",
            [.op(.i32Const), 0, .op(.refNull), 0x6F, .op(.tableSet), 0],
            "type mismatch: table.set expected (ref null func), got (ref null extern)"
        ),
        Case("table.size", [.op(.tableSize), 1], results: [i64]),
        Case(
            "table.grow",
            [.op(.refNull), 0x6F, .op(.i64Const), 1, .op(.tableGrow), 1],
            results: [i64]
        ),
        Case(
            "table.fill",
            [.op(.i64Const), 0, .op(.refNull), 0x6F, .op(.i64Const), 1, .op(.tableFill), 1]
        ),
        Case(
            "table.copy",
            [.op(.i32Const), 0, .op(.i32Const), 0, .op(.i32Const), 0, .op(.tableCopy), 0, 0]
        ),
        Case(
            "table.copy between types",
            [.op(.i32Const), 0, .op(.i64Const), 0, .op(.i32Const), 0, .op(.tableCopy), 0, 1],
            "type mismatch"
        ),
        Case(
            "table.init",
            [.op(.i32Const), 0, .op(.i32Const), 0, .op(.i32Const), 0, .op(.tableInit), 0, 0]
        ),
        Case(
            "table.init of nothing",
            [.op(.i32Const), 0, .op(.i32Const), 0, .op(.i32Const), 0, .op(.tableInit), 9, 0],
            "unknown elem segment 9"
        ),
        Case(
            "table.init of another type",
            [.op(.i32Const), 0, .op(.i32Const), 0, .op(.i32Const), 0, .op(.tableInit), 1, 0],
            "type mismatch"
        ),
        Case("elem.drop", [.op(.elemDrop), 0]),
        Case("elem.drop of nothing", [.op(.elemDrop), 3], "unknown elem segment 3"),
    ]

    @Test(arguments: tables) func table(_ instructions: InstructionCase) { instructions.check() }

    static let memories: [Case] = [
        Case("i32.load", [.op(.i32Const), 0, .op(.i32Load), 2, 0, .op(.drop)]),
        Case(
            "i32.load aligned too much",
            [.op(.i32Const), 0, .op(.i32Load), 3, 0, .op(.drop)],
            "alignment must not be larger than natural"
        ),
        Case(
            "i32.load aligned beyond reason",
            [.op(.i32Const), 0, .op(.i32Load), 0x3F, 0, .op(.drop)],
            "alignment must not be larger than natural"
        ),
        Case(
            "i32.load of another memory",
            [.op(.i64Const), 0, .op(.i32Load), 0x42, 1, 0, .op(.drop)]
        ),
        Case(
            "i32.load of no memory",
            [.op(.i64Const), 0, .op(.i32Load), 0x42, 2, 0, .op(.drop)],
            "unknown memory 2"
        ),
        Case(
            "i64.load far away",
            [.op(.i64Const), 0, .op(.i64Load), 0x43, 1, 0x80, 0x80, 0x80, 0x80, 0x10, .op(.drop)]
        ),
        Case(
            "i64.load too far away",
            [.op(.i32Const), 0, .op(.i64Load), 3, 0x80, 0x80, 0x80, 0x80, 0x10, .op(.drop)],
            "offset out of range"
        ),
        Case(
            "i64.load at a 64-bit address",
            [.op(.i64Const), 0, .op(.i64Load), 3, 0, .op(.drop)],
            "type mismatch: i64.load expected i32, got i64"
        ),
        Case("i32.store16", [.op(.i32Const), 0, .op(.i32Const), 0, .op(.i32Store16), 1, 0]),
        Case(
            "i32.store16 aligned too much",
            [.op(.i32Const), 0, .op(.i32Const), 0, .op(.i32Store16), 2, 0],
            "alignment must not be larger than natural"
        ),
        Case(
            "f64.store of another type",
            [.op(.i32Const), 0, .op(.i32Const), 0, .op(.f64Store), 3, 0],
            "type mismatch: f64.store expected f64, got i32"
        ),
        Case("memory.size", [.op(.memorySize), 1], results: [i64]),
        Case("memory.size of nothing", [.op(.memorySize), 2], "unknown memory 2"),
        Case("memory.grow", [.op(.i32Const), 1, .op(.memoryGrow), 0], results: [i32]),
        Case(
            "memory.fill",
            [.op(.i64Const), 0, .op(.i32Const), 0, .op(.i64Const), 0, .op(.memoryFill), 1]
        ),
        Case(
            "memory.copy",
            [.op(.i32Const), 0, .op(.i64Const), 0, .op(.i32Const), 0, .op(.memoryCopy), 0, 1]
        ),
        Case(
            "memory.copy within 64 bits",
            [.op(.i64Const), 0, .op(.i64Const), 0, .op(.i32Const), 0, .op(.memoryCopy), 1, 1],
            "type mismatch: memory.copy expected i64, got i32"
        ),
        Case(
            "memory.init",
            [.op(.i32Const), 0, .op(.i32Const), 0, .op(.i32Const), 0, .op(.memoryInit), 0, 0]
        ),
        Case(
            "memory.init of nothing",
            [.op(.i32Const), 0, .op(.i32Const), 0, .op(.i32Const), 0, .op(.memoryInit), 1, 0],
            "unknown data segment 1"
        ),
        Case("data.drop", [.op(.dataDrop), 0]),
        Case("data.drop of nothing", [.op(.dataDrop), 1], "unknown data segment 1"),
    ]

    @Test(arguments: memories) func memory(_ instructions: InstructionCase) { instructions.check() }

    @Test func malformedMemoryArgument() {
        expect(
            Case("", [.op(.i32Const), 0, .op(.i32Load), 0x80, 1, 0, .op(.drop)]).module,
            .malformed,
            "malformed memop flags"
        )
    }

    static let zero: [Piece] = [.op(.globalGet), 2]

    static let vectors: [Case] = [
        Case("i8x16.add", zero + zero + [.op(.i8x16Add), .op(.drop)]),
        Case(
            "i8x16.add of a number",
            [.op(.i32Const), 0] + zero + [.op(.i8x16Add), .op(.drop)],
            "type mismatch: i8x16.add expected v128, got i32"
        ),
        Case("v128.bitselect", zero + zero + zero + [.op(.v128Bitselect)], results: [v128]),
        Case("i32x4.extract_lane", zero + [.op(.i32x4ExtractLane), 3], results: [i32]),
        Case(
            "i32x4.extract_lane of nothing",
            zero + [.op(.i32x4ExtractLane), 4],
            results: [i32],
            "invalid lane index"
        ),
        Case(
            "f64x2.replace_lane of nothing",
            [.op(.unreachable), .op(.f64x2ReplaceLane), 2],
            results: [v128],
            "invalid lane index"
        ),
        Case(
            "i8x16.extract_lane of nothing",
            zero + [.op(.i8x16ExtractLaneS), 0xFF],
            results: [i32],
            "invalid lane index"
        ),
        Case(
            "i8x16.shuffle",
            zero + zero + [
                .op(.i8x16Shuffle), 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 31,
            ],
            results: [v128]
        ),
        Case(
            "i8x16.shuffle of nothing",
            zero + zero + [
                .op(.i8x16Shuffle), 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 32,
            ],
            results: [v128],
            "invalid lane index"
        ),
        Case("v128.load", [.op(.i32Const), 0, .op(.v128Load), 4, 0], results: [v128]),
        Case(
            "v128.load8_splat aligned too much",
            [.op(.i32Const), 0, .op(.v128Load8Splat), 1, 0],
            results: [v128],
            "alignment must not be larger than natural"
        ),
        Case(
            "v128.load64_lane",
            [.op(.i64Const), 0] + zero + [.op(.v128Load64Lane), 0x43, 1, 0, 1],
            results: [v128]
        ),
        Case(
            "v128.store64_lane of nothing",
            [.op(.i32Const), 0] + zero + [.op(.v128Store64Lane), 3, 0, 2],
            "invalid lane index"
        ),
        Case(
            "i32x4.relaxed_dot_i8x16_i7x16_add_s",
            zero + zero + zero + [.op(.i32x4RelaxedDotI8x16I7x16AddS)],
            results: [v128]
        ),
    ]

    @Test(arguments: vectors) func vector(_ instructions: InstructionCase) { instructions.check() }

    /// Every instruction with a plain signature takes its operands and gives its result, and no
    /// other operands will do.
    @Test func plainSignatures() {
        for row in Instruction.all {
            guard let signature = row.signature else { continue }
            let result = signature.result.map { [Self.code($0)] } ?? []
            let good = signature.operands.flatMap { Self.value($0, isWrong: false) }
            let instruction = [.op(row.opcode)] + row.immediates.flatMap(Self.immediate)
            Case(row.mnemonic, good + instruction, results: result).check()
            for index in signature.operands.indices {
                let bad = signature.operands.enumerated().flatMap {
                    Self.value($0.element, isWrong: $0.offset == index)
                }
                Case(
                    row.mnemonic,
                    bad + instruction,
                    results: result,
                    "type mismatch: \(row.mnemonic) expected"
                ).check()
            }
        }
    }

    static func code(_ type: Signature.Operand) -> UInt8 {
        switch type {
        case .i32, .address: i32
        case .i64: i64
        case .f32: f32
        case .f64: f64
        case .v128: v128
        }
    }

    static func value(_ type: Signature.Operand, isWrong: Bool) -> [Piece] {
        if isWrong { return [.op(.refNull), 0x70] }
        return switch type {
        case .i32, .address: [.op(.i32Const), 0]
        case .i64: [.op(.i64Const), 0]
        case .f32: [.op(.f32Const), 0, 0, 0, 0]
        case .f64: [.op(.f64Const), 0, 0, 0, 0, 0, 0, 0, 0]
        case .v128: zero
        }
    }

    static func immediate(_ kind: Immediate) -> [Piece] {
        switch kind {
        case .memarg: [0, 0]
        default: [0]
        }
    }
}
