import Testing

@testable import Wasm

/// Spec: core/valid/instructions#reference-instructions, core/valid/instructions#aggregate-instructions
@Suite struct ReferenceInstructionTests {
    static let references: [Case] = [
        Case("ref.null", [.op(.refNull), .byte(Case.structure), .op(.drop)]),
        Case("ref.null of nothing", [.op(.refNull), 60, .op(.drop)], "unknown type 60"),
        Case("ref.is_null", [.op(.refNull), 0x70, .op(.refIsNull), .op(.drop)]),
        Case(
            "ref.is_null of a number",
            [.op(.i32Const), 0, .op(.refIsNull), .op(.drop)],
            "type mismatch: ref.is_null expected a reference, got i32"
        ),
        Case("ref.func", [.op(.refFunc), 1, .op(.drop)]),
        Case("ref.func of nothing", [.op(.refFunc), 9, .op(.drop)], "unknown function 9"),
        Case(
            "ref.func undeclared",
            [.op(.refFunc), 0, .op(.drop)],
            "undeclared function reference 0"
        ),
        Case("ref.as_non_null", [.op(.refNull), 0x70, .op(.refAsNonNull)], results: [funcref]),
        Case(
            "ref.eq",
            [.op(.refNull), 0x6D, .op(.refNull), .byte(Case.structure), .op(.refEq), .op(.drop)]
        ),
        Case(
            "ref.eq of functions",
            [.op(.refNull), 0x70, .op(.refNull), 0x70, .op(.refEq), .op(.drop)],
            "type mismatch"
        ),
        Case("br_on_null", [.op(.refNull), 0x70, .op(.brOnNull), 0, .op(.drop)]),
        Case(
            "br_on_null of a number",
            [.op(.i32Const), 0, .op(.brOnNull), 0, .op(.drop)],
            "type mismatch"
        ),
        Case(
            "br_on_non_null",
            [
                .op(.block), 0x64, 0x70, .op(.refNull), 0x70, .op(.brOnNonNull), 0,
                .op(.unreachable), .op(.end), .op(.drop),
            ]
        ),
        Case(
            "br_on_non_null to no reference",
            [.op(.refNull), 0x70, .op(.brOnNonNull), 0],
            "type mismatch: instruction requires reference type but label has []"
        ),
    ]

    @Test(arguments: references) func reference(_ instructions: InstructionCase) {
        instructions.check()
    }

    static let casts: [Case] = [
        Case("ref.test", [.op(.refNull), 0x6E, .op(.refTest), .byte(Case.structure), .op(.drop)]),
        Case(
            "ref.test of another hierarchy",
            [.op(.refNull), 0x70, .op(.refTest), .byte(Case.structure), .op(.drop)],
            "type mismatch: ref.test expected (ref null any), got (ref null func)"
        ),
        Case(
            "ref.test of nothing",
            [.op(.refNull), 0x6E, .op(.refTest), 60, .op(.drop)],
            "unknown type 60"
        ),
        Case(
            "ref.cast",
            [
                .op(.refNull), 0x6E, .op(.refCast), .byte(Case.structure), .op(.structGet),
                .byte(Case.structure), 1, .op(.drop),
            ]
        ),
        Case(
            "br_on_cast",
            [
                .op(.block), 0x6D, .op(.refNull), 0x6E, .op(.brOnCast), 3, 0, 0x6E, 0x6D,
                .op(.unreachable), .op(.end), .op(.drop),
            ]
        ),
        Case(
            "br_on_cast upwards",
            [
                .op(.block), 0x6E, .op(.refNull), 0x6D, .op(.brOnCast), 3, 0, 0x6D, 0x6E,
                .op(.unreachable), .op(.end), .op(.drop),
            ],
            "type mismatch on cast"
        ),
        Case(
            "br_on_cast to another label",
            [.op(.refNull), 0x6E, .op(.brOnCast), 3, 0, 0x6E, 0x6D, .op(.unreachable)],
            "type mismatch: instruction requires type (ref null eq) but label has []"
        ),
        Case(
            "br_on_cast_fail",
            [
                .op(.block), 0x6E, .op(.refNull), 0x6E, .op(.brOnCastFail), 3, 0, 0x6E, 0x6D,
                .op(.unreachable), .op(.end), .op(.drop),
            ]
        ),
        Case(
            "any.convert_extern",
            [.op(.refNull), 0x6F, .op(.anyConvertExtern), .op(.refIsNull), .op(.drop)]
        ),
        Case(
            "extern.convert_any of a function",
            [.op(.refNull), 0x70, .op(.externConvertAny), .op(.drop)],
            "type mismatch: extern.convert_any expected any"
        ),
        Case("ref.i31", [.op(.i32Const), 0, .op(.refI31), .op(.i31GetS), .op(.drop)]),
        Case(
            "i31.get_u of a structure",
            [.op(.refNull), 0x6B, .op(.i31GetU), .op(.drop)],
            "type mismatch"
        ),
    ]

    @Test(arguments: casts) func cast(_ instructions: InstructionCase) { instructions.check() }

    static let someBytes: [Piece] = [.op(.refNull), .byte(Case.bytes)]
    static let two: [Piece] = [.op(.i32Const), 0, .op(.i32Const), 0]

    static let structures: [Case] = [
        Case(
            "struct.new",
            two + [
                .op(.f64Const), 0, 0, 0, 0, 0, 0, 0, 0, .op(.structNew), .byte(Case.structure),
                .op(.drop),
            ]
        ),
        Case(
            "struct.new without fields",
            [.op(.structNew), .byte(Case.structure), .op(.drop)],
            "type mismatch"
        ),
        Case(
            "struct.new of an array",
            [.op(.structNew), .byte(Case.bytes), .op(.drop)],
            "non-structure type 5"
        ),
        Case("struct.new of nothing", [.op(.structNew), 60, .op(.drop)], "unknown type 60"),
        Case("struct.new_default", [.op(.structNewDefault), .byte(Case.structure), .op(.drop)]),
        Case(
            "struct.new_default without one",
            [.op(.structNewDefault), .byte(Case.strict), .op(.drop)],
            "field type is not defaultable"
        ),
        Case(
            "struct.get",
            [.op(.refNull), .byte(Case.structure), .op(.structGet), .byte(Case.structure), 2],
            results: [f64]
        ),
        Case(
            "struct.get of a packed field",
            [
                .op(.refNull), .byte(Case.structure), .op(.structGet), .byte(Case.structure), 0,
                .op(.drop),
            ],
            "field is packed"
        ),
        Case(
            "struct.get_s",
            [
                .op(.refNull), .byte(Case.structure), .op(.structGetS), .byte(Case.structure), 0,
                .op(.drop),
            ]
        ),
        Case(
            "struct.get_u of an unpacked field",
            [
                .op(.refNull), .byte(Case.structure), .op(.structGetU), .byte(Case.structure), 1,
                .op(.drop),
            ],
            "field is unpacked"
        ),
        Case(
            "struct.get of nothing",
            [
                .op(.refNull), .byte(Case.structure), .op(.structGet), .byte(Case.structure), 3,
                .op(.drop),
            ],
            "unknown field 3"
        ),
        Case(
            "ref.cast of a subtype",
            [.op(.refNull), .byte(Case.derived), .op(.refCast), .byte(Case.base), .op(.drop)]
        ),
        Case(
            "struct.get of a supertype",
            [.op(.refNull), .byte(Case.base), .op(.structGet), .byte(Case.derived), 0, .op(.drop)],
            "type mismatch: struct.get expected (ref null 12), got (ref null 11)"
        ),
        Case(
            "struct.set",
            [
                .op(.refNull), .byte(Case.structure), .op(.i32Const), 0, .op(.structSet),
                .byte(Case.structure), 0,
            ]
        ),
        Case(
            "struct.set of a constant",
            [
                .op(.refNull), .byte(Case.structure), .op(.i32Const), 0, .op(.structSet),
                .byte(Case.structure), 1,
            ],
            "immutable field"
        ),
    ]

    @Test(arguments: structures) func structure(_ instructions: InstructionCase) {
        instructions.check()
    }

    static let arrays: [Case] = [
        Case("array.new", two + [.op(.arrayNew), .byte(Case.bytes), .op(.drop)]),
        Case(
            "array.new of a structure",
            two + [.op(.arrayNew), .byte(Case.structure), .op(.drop)],
            "non-array type 4"
        ),
        Case(
            "array.new_default",
            [.op(.i32Const), 0, .op(.arrayNewDefault), .byte(Case.bytes), .op(.drop)]
        ),
        Case(
            "array.new_default without one",
            [.op(.i32Const), 0, .op(.arrayNewDefault), .byte(Case.strictArray), .op(.drop)],
            "array type is not defaultable"
        ),
        Case("array.new_fixed", two + [.op(.arrayNewFixed), .byte(Case.bytes), 2, .op(.drop)]),
        Case(
            "array.new_fixed of more",
            two + [.op(.arrayNewFixed), .byte(Case.bytes), 3, .op(.drop)],
            "type mismatch"
        ),
        Case(
            "array.new_fixed of any number",
            [
                .op(.unreachable), .op(.arrayNewFixed), .byte(Case.bytes), 0xFF, 0xFF, 0xFF, 0xFF,
                0x0F, .op(.drop),
            ]
        ),
        Case("array.new_data", two + [.op(.arrayNewData), .byte(Case.constants), 0, .op(.drop)]),
        Case(
            "array.new_data of nothing",
            two + [.op(.arrayNewData), .byte(Case.constants), 1, .op(.drop)],
            "unknown data segment 1"
        ),
        Case(
            "array.new_data of references",
            two + [.op(.arrayNewData), .byte(Case.structures), 0, .op(.drop)],
            "array type is not numeric or vector"
        ),
        Case("array.new_elem", two + [.op(.arrayNewElem), .byte(Case.strictArray), 0, .op(.drop)]),
        Case(
            "array.new_elem of another type",
            two + [.op(.arrayNewElem), .byte(Case.structures), 2, .op(.drop)],
            "type mismatch: array.new_elem expected"
        ),
        Case(
            "array.get_u",
            someBytes + [.op(.i32Const), 0, .op(.arrayGetU), .byte(Case.bytes), .op(.drop)]
        ),
        Case(
            "array.get of packed elements",
            someBytes + [.op(.i32Const), 0, .op(.arrayGet), .byte(Case.bytes), .op(.drop)],
            "array is packed"
        ),
        Case(
            "array.get_s of unpacked elements",
            [
                .op(.refNull), .byte(Case.constants), .op(.i32Const), 0, .op(.arrayGetS),
                .byte(Case.constants), .op(.drop),
            ],
            "array is unpacked"
        ),
        Case("array.set", someBytes + two + [.op(.arraySet), .byte(Case.bytes)]),
        Case(
            "array.set of constants",
            [.op(.refNull), .byte(Case.constants)] + two + [.op(.arraySet), .byte(Case.constants)],
            "immutable array"
        ),
        Case("array.len", someBytes + [.op(.arrayLen)], results: [i32]),
        Case(
            "array.fill",
            someBytes + two + [.op(.i32Const), 0, .op(.arrayFill), .byte(Case.bytes)]
        ),
        Case(
            "array.fill of constants",
            [.op(.refNull), .byte(Case.constants)] + two + [
                .op(.i32Const), 0, .op(.arrayFill), .byte(Case.constants),
            ],
            "immutable array"
        ),
        Case(
            "array.copy",
            someBytes + [.op(.i32Const), 0] + someBytes + two + [
                .op(.arrayCopy), .byte(Case.bytes), .byte(Case.bytes),
            ]
        ),
        Case(
            "array.copy of another type",
            someBytes + [.op(.i32Const), 0, .op(.refNull), .byte(Case.constants)] + two + [
                .op(.arrayCopy), .byte(Case.bytes), .byte(Case.constants),
            ],
            "array types do not match"
        ),
        Case(
            "array.init_data",
            someBytes + two + [.op(.i32Const), 0, .op(.arrayInitData), .byte(Case.bytes), 0]
        ),
        Case(
            "array.init_elem",
            [.op(.refNull), .byte(Case.strictArray)] + two + [
                .op(.i32Const), 0, .op(.arrayInitElem), .byte(Case.strictArray), 0,
            ]
        ),
    ]

    @Test(arguments: arrays) func array(_ instructions: InstructionCase) { instructions.check() }

    @Test func unsupportedInstructions() throws {
        let names: [([Piece], String?)] = [
            ([.op(.refNull), 0x6E, .op(.drop)], nil), ([.op(.throw), 0], "throw"),
            ([.op(.tryTable), 0x40, 0, .op(.end)], "try_table"),
            (
                [.op(.i32Const), 0, .op(.refI31), .op(.drop), .op(.unreachable), .op(.throwRef)],
                "ref.i31"
            ),
            ([.op(.unreachable), .op(.refEq), .op(.drop)], "ref.eq"),
            ([.op(.refNull), 0x6E, .op(.refTestNull), 0x6E, .op(.drop)], "ref.test_null"),
        ]
        for (pieces, name) in names {
            let module = try #require(expectValid(Case("", pieces).module))
            #expect(module.unsupportedFeature == name)
        }
        let global = ModuleBytes(globals: [
            [0x6C, 0] + code([.op(.i32Const), 0, .op(.refI31), .op(.end)])
        ])
        #expect(try #require(expectValid(global.bytes)).unsupportedFeature == "ref.i31")
    }
}
