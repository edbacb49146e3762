import Testing

@testable import Wasm

/// Spec: core/valid/instructions#control-instructions
@Suite struct ControlInstructionTests {
    static let blocks: [Case] = [
        Case("empty", []),
        Case(
            "a result missing",
            [],
            results: [i32],
            "type mismatch: instruction requires [i32] but stack has []"
        ),
        Case("a value left", [.op(.i32Const), 0], "type mismatch: 1 values more"),
        Case("block result", [.op(.block), 0x7F, .op(.i32Const), 0, .op(.end)], results: [i32]),
        Case(
            "block of a type",
            [.op(.i32Const), 0, .op(.block), .byte(Case.unary), .op(.end), .op(.drop)]
        ),
        Case(
            "block without its operand",
            [.op(.block), .byte(Case.unary), .op(.end), .op(.drop)],
            "type mismatch"
        ),
        Case(
            "block hides operands",
            [.op(.i32Const), 0, .op(.block), 0x40, .op(.drop), .op(.end), .op(.drop)],
            "type mismatch: drop expected an operand, got nothing"
        ),
        Case(
            "block of no function type",
            [.op(.block), .byte(Case.structure), .op(.end)],
            "non-function type 4"
        ),
        Case("block of an unknown type", [.op(.block), 60, .op(.end)], "unknown type 60"),
        Case(
            "block of an unknown reference",
            [.op(.unreachable), .op(.block), 0x63, 60, .op(.end)],
            "unknown type 60"
        ),
        Case(
            "if",
            [
                .op(.i32Const), 0, .op(.if), 0x7F, .op(.i32Const), 1, .op(.else), .op(.i32Const), 2,
                .op(.end),
            ],
            results: [i32]
        ),
        Case(
            "if without else",
            [.op(.i32Const), 0, .op(.if), 0x7F, .op(.i32Const), 1, .op(.end)],
            results: [i32],
            "type mismatch"
        ),
        Case(
            "if without a condition",
            [.op(.if), 0x40, .op(.end)],
            "type mismatch: if expected i32, got nothing"
        ),
        Case(
            "else of another type",
            [
                .op(.i32Const), 0, .op(.if), 0x7F, .op(.i32Const), 1, .op(.else), .op(.i64Const), 2,
                .op(.end),
            ],
            results: [i32],
            "type mismatch: instruction requires [i32] but stack has [i64]"
        ),
        Case(
            "loop takes its parameters",
            [
                .op(.i32Const), 0, .op(.loop), .byte(Case.unary), .op(.i32Const), 1, .op(.brIf), 0,
                .op(.end),
            ],
            results: [i32]
        ),
    ]

    @Test(arguments: blocks) func block(_ instructions: InstructionCase) { instructions.check() }

    static let branches: [Case] = [
        Case("br", [.op(.i32Const), 0, .op(.br), 0], results: [i32]),
        Case("br without its value", [.op(.br), 0], results: [i32], "type mismatch"),
        Case("br out of all", [.op(.br), 1], "unknown label 1"),
        Case("br_if", [.op(.i32Const), 0, .op(.brIf), 0]),
        Case(
            "br_if of a vector",
            [.op(.i64Const), 0, .op(.brIf), 0],
            "type mismatch: br_if expected i32, got i64"
        ),
        Case("br_table", [.op(.i32Const), 0, .op(.brTable), 2, 0, 0, 0]),
        Case(
            "br_table with arities",
            [
                .op(.block), 0x7F, .op(.i32Const), 0, .op(.i32Const), 0, .op(.brTable), 1, 0, 1,
                .op(.end),
                .op(.drop),
            ],
            "type mismatch: br_table has labels of different arity"
        ),
        Case(
            "br_table with types",
            [
                .op(.block), 0x7E, .op(.i32Const), 0, .op(.i32Const), 0, .op(.brTable), 1, 0, 1,
                .op(.end),
                .op(.drop), .op(.unreachable),
            ],
            results: [i32],
            "type mismatch: br_table expected i64, got i32"
        ),
        Case(
            "br_table in unreachable code",
            [
                .op(.block), 0x7E, .op(.unreachable), .op(.brTable), 1, 0, 1, .op(.end), .op(.drop),
                .op(.unreachable),
            ],
            results: [i32]
        ),
        Case("return", [.op(.i32Const), 0, .op(.return)], results: [i32]),
        Case(
            "return of another type",
            [.op(.i64Const), 0, .op(.return)],
            results: [i32],
            "type mismatch"
        ),
        Case("unreachable gives any type", [.op(.unreachable), .op(.i32Add), .op(.drop)]),
        Case(
            "unreachable gives no wrong type",
            [.op(.unreachable), .op(.i64Const), 0, .op(.i32Eqz), .op(.drop)],
            "type mismatch"
        ),
        Case(
            "a reference of unreachable code is no number",
            [.op(.unreachable), .op(.refAsNonNull), .op(.i32Eqz), .op(.drop)],
            "type mismatch"
        ),
    ]

    @Test(arguments: branches) func branch(_ instructions: InstructionCase) { instructions.check() }

    static let calls: [Case] = [
        Case("call", [.op(.i32Const), 0, .op(.call), 1, .op(.drop)]),
        Case("call without its argument", [.op(.call), 1, .op(.drop)], "type mismatch"),
        Case("call of nothing", [.op(.call), 9], "unknown function 9"),
        Case("call_indirect", [.op(.i32Const), 0, .op(.callIndirect), .byte(Case.none), 0]),
        Case(
            "call_indirect of an unknown type",
            [.op(.i32Const), 0, .op(.callIndirect), 60, 0],
            "unknown type 60"
        ),
        Case(
            "call_indirect of an unknown table",
            [.op(.i32Const), 0, .op(.callIndirect), .byte(Case.none), 9],
            "unknown table 9"
        ),
        Case(
            "call_indirect of a table of others",
            [.op(.i64Const), 0, .op(.callIndirect), .byte(Case.none), 1],
            "type mismatch: instruction requires table of function type"
        ),
        Case("return_call", [.op(.returnCall), 2]),
        Case(
            "return_call of other results",
            [.op(.i32Const), 0, .op(.returnCall), 1],
            "type mismatch: current function requires result type [] but callee returns [i32]"
        ),
        Case(
            "return_call_indirect",
            [.op(.i32Const), 0, .op(.returnCallIndirect), .byte(Case.none), 0]
        ),
        Case("call_ref", [.op(.refNull), .byte(Case.none), .op(.callRef), .byte(Case.none)]),
        Case(
            "call_ref of another type",
            [.op(.refNull), .byte(Case.takesPair), .op(.callRef), .byte(Case.none)],
            "type mismatch: call_ref expected (ref null 1), got (ref null 10)"
        ),
        Case(
            "call_ref of no function",
            [.op(.refNull), .byte(Case.structure), .op(.callRef), .byte(Case.structure)],
            "non-function type 4"
        ),
        Case(
            "return_call_ref",
            [.op(.refNull), .byte(Case.none), .op(.returnCallRef), .byte(Case.none)]
        ),
    ]

    @Test(arguments: calls) func call(_ instructions: InstructionCase) { instructions.check() }

    static let exceptions: [Case] = [
        Case("throw", [.op(.i32Const), 0, .op(.i64Const), 0, .op(.throw), 2]),
        Case(
            "throw without values",
            [.op(.throw), 2],
            "type mismatch: instruction requires [i32 i64] but stack has []"
        ),
        Case("throw of nothing", [.op(.throw), 9], "unknown tag 9"),
        Case("throw_ref", [.op(.refNull), 0x69, .op(.throwRef)]),
        Case("throw_ref of another", [.op(.refNull), 0x70, .op(.throwRef)], "type mismatch"),
        Case("try_table", [.op(.tryTable), 0x40, 1, 2, 0, .op(.end)]),
        Case(
            "catch",
            [
                .op(.block), .byte(Case.pair), .op(.tryTable), 0x40, 1, 0, 2, 0, .op(.end),
                .op(.unreachable),
                .op(.end), .op(.drop), .op(.drop),
            ]
        ),
        Case("catch of nothing", [.op(.tryTable), 0x40, 1, 0, 9, 0, .op(.end)], "unknown tag 9"),
        Case("catch to nowhere", [.op(.tryTable), 0x40, 1, 2, 4, .op(.end)], "unknown label 4"),
        Case(
            "catch_ref",
            [
                .op(.block), 0x69, .op(.tryTable), 0x40, 2, 1, 0, 0, 3, 0, .op(.end),
                .op(.unreachable), .op(.end),
                .op(.drop),
            ]
        ),
        Case(
            "catch_ref without a reference",
            [.op(.tryTable), 0x40, 1, 1, 0, 0, .op(.end)],
            "type mismatch: label expected []"
        ),
    ]

    @Test(arguments: exceptions) func exception(_ instructions: InstructionCase) {
        instructions.check()
    }

    @Test func malformedClauses() {
        expect(
            Case("", [.op(.tryTable), 0x40, 1, 4, 0, .op(.end)]).module,
            .malformed,
            "malformed catch clause"
        )
        expect(
            Case("", [.op(.brOnCast), 4, 0, 0x6E, 0x6E]).module,
            .malformed,
            "malformed br_on_cast flags"
        )
        expect(
            Case("", [.op(.block), 0x40, .op(.else), .op(.end)]).module,
            .malformed,
            "END opcode expected"
        )
    }

    static let parametric: [Case] = [
        Case("drop", [.op(.i32Const), 0, .op(.drop)]),
        Case(
            "select",
            [
                .op(.f32Const), 0, 0, 0, 0, .op(.f32Const), 0, 0, 0, 0, .op(.i32Const), 0,
                .op(.select), .op(.drop),
            ]
        ),
        Case(
            "select of two types",
            [.op(.i64Const), 0, .op(.i32Const), 0, .op(.i32Const), 0, .op(.select), .op(.drop)],
            "type mismatch: select expected i64, got i32"
        ),
        Case(
            "select of references",
            [
                .op(.refNull), 0x70, .op(.refNull), 0x70, .op(.i32Const), 0, .op(.select),
                .op(.drop),
            ],
            "type mismatch: select expected a number or a vector"
        ),
        Case(
            "select with a type",
            [
                .op(.refNull), 0x70, .op(.refNull), 0x70, .op(.i32Const), 0, .op(.selectTyped), 1,
                0x70, .op(.drop),
            ]
        ),
        Case(
            "select with no type",
            [.op(.unreachable), .op(.selectTyped), 0],
            "invalid result arity"
        ),
        Case(
            "select with two types",
            [.op(.unreachable), .op(.selectTyped), 2, 0x7F, 0x7F],
            "invalid result arity"
        ),
    ]

    @Test(arguments: parametric) func parametricInstruction(_ instructions: InstructionCase) {
        instructions.check()
    }
}
