import Testing
import Wasm

@testable import ComponentModel

/// Spec: CanonicalABI "Alignment", "Element Size", "Flattening"
@Suite("Type layout") struct TypeLayoutTests {
    /// Alignment, size and flat types of a type, at addresses of 32 bits and of 64.
    struct Case: CustomTestStringConvertible {
        let type: DefValType
        let narrow: (alignment: Int, size: Int, flat: [ValueType])
        let wide: (alignment: Int, size: Int, flat: [ValueType])

        init(
            _ type: DefValType,
            _ alignment: Int,
            _ size: Int,
            _ flat: [ValueType],
            wide: (alignment: Int, size: Int, flat: [ValueType])? = nil
        ) {
            self.type = type
            narrow = (alignment, size, flat)
            self.wide = wide ?? narrow
        }

        var testDescription: String { "\(type)" }
    }

    static func field(_ type: PrimValType) -> LabelValType {
        LabelValType(label: "\(type)", type: .primitive(type))
    }

    static func variant(_ types: PrimValType?...) -> DefValType {
        .variant(
            types.enumerated().map { index, type in
                VariantCase(label: "c\(index)", type: type.map { .primitive($0) })
            }
        )
    }

    static func labels(_ count: Int) -> [String] { (0..<count).map { "l\($0)" } }

    static let cases = [
        Case(.primitive(.bool), 1, 1, [.i32]),
        Case(.primitive(.s8), 1, 1, [.i32]),
        Case(.primitive(.u16), 2, 2, [.i32]),
        Case(.primitive(.s32), 4, 4, [.i32]),
        Case(.primitive(.u64), 8, 8, [.i64]),
        Case(.primitive(.f32), 4, 4, [.f32]),
        Case(.primitive(.f64), 8, 8, [.f64]),
        Case(.primitive(.char), 4, 4, [.i32]),
        Case(.primitive(.string), 4, 8, [.i32, .i32], wide: (8, 16, [.i64, .i64])),
        Case(.list(.primitive(.u8)), 4, 8, [.i32, .i32], wide: (8, 16, [.i64, .i64])),
        Case(
            .map(key: .primitive(.u8), value: .primitive(.u8)),
            4,
            8,
            [.i32, .i32],
            wide: (8, 16, [.i64, .i64])
        ),
        Case(.fixedLengthList(.primitive(.u16), count: 3), 2, 6, [.i32, .i32, .i32]),
        Case(.record([field(.u8), field(.u32), field(.u8)]), 4, 12, [.i32, .i32, .i32]),
        Case(.record([field(.u8), field(.u64)]), 8, 16, [.i32, .i64]),
        Case(
            .record([field(.u8), field(.string)]),
            4,
            12,
            [.i32, .i32, .i32],
            wide: (8, 24, [.i32, .i64, .i64])
        ),
        Case(.tuple([.primitive(.u16), .primitive(.u8)]), 2, 4, [.i32, .i32]),
        Case(variant(nil), 1, 1, [.i32]),
        Case(variant(.u8, .u32), 4, 8, [.i32, .i32]),
        Case(variant(.f32, .u32), 4, 8, [.i32, .i32]),
        Case(variant(.f32, nil), 4, 8, [.i32, .f32]),
        Case(variant(.f32, .f64), 8, 16, [.i32, .i64]),
        Case(variant(.u32, .u64), 8, 16, [.i32, .i64]),
        Case(
            variant(.string, .u64),
            8,
            16,
            [.i32, .i64, .i32],
            wide: (8, 24, [.i32, .i64, .i64])
        ),
        Case(.enumeration(labels(256)), 1, 1, [.i32]),
        Case(.enumeration(labels(257)), 2, 2, [.i32]),
        Case(.flags(labels(8)), 1, 1, [.i32]),
        Case(.flags(labels(9)), 2, 2, [.i32]),
        Case(.flags(labels(17)), 4, 4, [.i32]),
        Case(.option(.primitive(.u8)), 1, 2, [.i32, .i32]),
        Case(.option(.primitive(.u64)), 8, 16, [.i32, .i64]),
        Case(.result(ok: nil, error: nil), 1, 1, [.i32]),
        Case(.result(ok: .primitive(.f32), error: .primitive(.u8)), 4, 8, [.i32, .i32]),
        Case(.own(ResourceID(index: 0)), 4, 4, [.i32]),
    ]

    @Test(arguments: cases) func layout(_ layout: Case) throws {
        var arena = TypeArena()
        let id = arena.add(.value(layout.type))
        var builder = CanonicalTypesBuilder()
        builder.beginScope(arena) { _ in ResourceNumber(defined: 0) }
        let parameter = LabelValType(label: "v", type: .defined(id))
        let index = try builder.add(FuncType(parameters: [parameter], result: nil))
        let types = builder.build()
        let signature = CanonicalSignature(types, index)
        for (isMemory64, expected) in [(false, layout.narrow), (true, layout.wide)] {
            let table = types.table(isMemory64: isMemory64)
            let node = table[Int(table.child(table[signature.function.parameters], 0).node)]
            #expect(Int(node.alignment) == expected.alignment)
            #expect(Int(node.size) == expected.size)
            #expect(Int(node.flatCount) == expected.flat.count)
            let core = signature.coreTypeOfLifted(isMemory64: isMemory64)
            #expect(core == FunctionType(parameters: expected.flat, results: []))
        }
    }

    static func signature(_ parameters: [PrimValType], _ result: PrimValType?) throws
        -> CanonicalSignature
    {
        var builder = CanonicalTypesBuilder()
        let index = try builder.add(
            FuncType(
                parameters: parameters.map(field),
                result: result.map { .primitive($0) }
            )
        )
        return CanonicalSignature(builder.build(), index)
    }

    /// Sixteen flat parameters and one flat result are passed flat, more in memory.
    @Test func whatIsTooMuchIsPassedInMemory() throws {
        let sixteen = try Self.signature(Array(repeating: .u64, count: 16), .string)
        #expect(
            sixteen.coreTypeOfLifted(isMemory64: false)
                == FunctionType(parameters: Array(repeating: .i64, count: 16), results: [.i32])
        )
        #expect(
            sixteen.coreTypeOfLowered(isMemory64: false)
                == FunctionType(
                    parameters: Array(repeating: .i64, count: 16) + [.i32],
                    results: []
                )
        )
        let seventeen = try Self.signature(Array(repeating: .f32, count: 17), .f64)
        #expect(
            seventeen.coreTypeOfLowered(isMemory64: false)
                == FunctionType(parameters: [.i32], results: [.f64])
        )
        #expect(
            seventeen.coreTypeOfLifted(isMemory64: true)
                == FunctionType(parameters: [.i64], results: [.f64])
        )
    }

    @Test func equalTypesAreInATableOnce() throws {
        var arena = TypeArena()
        let a = arena.add(.value(.list(.primitive(.string))))
        let b = arena.add(.value(.list(.primitive(.string))))
        var builder = CanonicalTypesBuilder()
        builder.beginScope(arena) { _ in nil }
        let first = try builder.add(
            FuncType(parameters: [], result: .defined(a))
        )
        let second = try builder.add(FuncType(parameters: [], result: .defined(b)))
        let types = builder.build()
        #expect(
            CanonicalSignature(types, first).function.result
                == CanonicalSignature(types, second).function.result
        )
    }

    @Test func typesThatCannotBePassedAreRefused() {
        var arena = TypeArena()
        let stream = arena.add(.value(.stream(nil)))
        let large = arena.add(.value(.fixedLengthList(.primitive(.u64), count: 1 << 25)))
        let own = arena.add(.value(.own(ResourceID(index: 3))))
        var builder = CanonicalTypesBuilder()
        builder.beginScope(arena) { _ in nil }
        let expected: [(TypeID, CanonicalTypeError)] = [
            (stream, .asynchronous("stream")), (large, .tooLarge), (own, .unknown),
        ]
        for (id, error) in expected {
            #expect(throws: error) {
                try builder.add(FuncType(parameters: [], result: .defined(id)))
            }
        }
    }
}
