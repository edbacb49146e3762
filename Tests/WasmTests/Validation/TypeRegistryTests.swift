import Testing

@testable import Wasm

/// Spec: core/valid/matching, core/valid/types#recursive-types
@Suite struct TypeRegistryTests {
    static func structure(
        _ fields: [ValueType],
        under supertype: TypeIndex? = nil,
        isFinal: Bool = false
    ) -> SubType {
        SubType(
            isFinal: isFinal,
            supertypes: supertype.map { [$0] } ?? [],
            composite: .structure(fields.map { FieldType(storage: .value($0), isMutable: false) })
        )
    }

    static func reference(_ index: UInt32) -> ValueType {
        .reference(.defined(index), isNullable: true)
    }

    @Test func equalGroupsAreOne() {
        var registry = TypeRegistry()
        // Two groups that differ in their indices only, and one whose members are swapped.
        let types = [
            Self.structure([Self.reference(1)]), Self.structure([Self.reference(0), .i32]),
            Self.structure([Self.reference(3)]), Self.structure([Self.reference(2), .i32]),
            Self.structure([Self.reference(5), .i32]), Self.structure([Self.reference(4)]),
        ]
        let ids = registry.intern(types, groups: [0..<2, 2..<4, 4..<6])
        #expect(ids[0] == ids[2] && ids[1] == ids[3])
        #expect(Set(ids).count == 4)
        #expect(registry.composite(ids[2]) == registry.composite(ids[0]))
        let again = registry.intern(
            Array(types[2..<4]).map { type in
                var type = type
                type.composite = registry.canonical(type.composite, [0, 0, 0, 1])
                return type
            },
            groups: [0..<2]
        )
        #expect(again == [ids[0], ids[1]])
    }

    @Test func whatMakesTypesDiffer() {
        var registry = TypeRegistry()
        let types = [
            Self.structure([.i32]), Self.structure([.i32], isFinal: true),
            Self.structure([.i32], under: 0), Self.structure([.i64]),
            SubType(
                isFinal: false,
                supertypes: [],
                composite: .array(FieldType(storage: .i8, isMutable: false))
            ),
            SubType(
                isFinal: false,
                supertypes: [],
                composite: .array(FieldType(storage: .i16, isMutable: false))
            ),
            SubType(
                isFinal: false,
                supertypes: [],
                composite: .array(FieldType(storage: .i16, isMutable: true))
            ),
            SubType(
                isFinal: false,
                supertypes: [],
                composite: .function(FunctionType(parameters: [.i32], results: []))
            ),
            SubType(
                isFinal: false,
                supertypes: [],
                composite: .function(FunctionType(parameters: [], results: [.i32]))
            ),
        ]
        let ids = registry.intern(types, groups: types.indices.map { $0..<$0 + 1 })
        #expect(Set(ids).count == types.count)
        // The same type alone and in a group with another is not the same.
        let grouped = registry.intern([types[0], types[3]], groups: [0..<2])
        #expect(!ids.contains(grouped[0]))
    }

    @Test func modulesShareTypes() {
        var registry = TypeRegistry()
        let first = registry.intern(
            [Self.structure([]), Self.structure([Self.reference(0)])],
            groups: [0..<1, 1..<2]
        )
        let second = registry.intern(
            [Self.structure([.f64]), Self.structure([]), Self.structure([Self.reference(1)])],
            groups: [0..<1, 1..<2, 2..<3]
        )
        #expect(first[0] == second[1])
        #expect(first[1] == second[2])
        #expect(registry.canonical(Self.reference(2), second) == Self.reference(first[1]))
    }

    @Test func longChainsOfSubtypes() {
        var registry = TypeRegistry()
        let types = (0..<64).map {
            Self.structure([.i32], under: $0 == 0 ? nil : TypeIndex($0 - 1))
        }
        let ids = registry.intern(types, groups: types.indices.map { $0..<$0 + 1 })
        for a in types.indices {
            for b in types.indices {
                #expect(registry.isSubtype(ids[a], of: ids[b]) == (a >= b))
            }
        }
    }

    @Test func heapTypes() {
        var registry = TypeRegistry()
        let ids = registry.intern(
            [
                Self.structure([]),
                SubType(
                    isFinal: false,
                    supertypes: [],
                    composite: .array(FieldType(storage: .i8, isMutable: true))
                ),
                SubType(
                    isFinal: false,
                    supertypes: [],
                    composite: .function(FunctionType(parameters: [], results: []))
                ),
            ],
            groups: [0..<1, 1..<2, 2..<3]
        )
        let concrete = ids.map(HeapType.defined)
        let chains: [[HeapType]] = [
            [.none, .i31, .eq, .any], [.none, concrete[0], .structure, .eq, .any],
            [.none, concrete[1], .array, .eq, .any], [.noFunction, concrete[2], .function],
            [.noExternal, .external], [.noException, .exception],
        ]
        let all = Set(chains.flatMap { $0 })
        for a in all {
            for b in all {
                let expected = chains.contains { chain in
                    guard let low = chain.firstIndex(of: a), let high = chain.firstIndex(of: b)
                    else { return false }
                    return low <= high
                }
                #expect(registry.matches(a, b) == expected, "\(a) \(b)")
            }
        }
    }

    @Test func values() {
        var registry = TypeRegistry()
        let ids = registry.intern([Self.structure([])], groups: [0..<1])
        let strict = ValueType.reference(.defined(ids[0]), isNullable: false)
        let nullable = ValueType.reference(.defined(ids[0]), isNullable: true)
        #expect(registry.matches(strict, nullable))
        #expect(!registry.matches(nullable, strict))
        #expect(registry.matches(ValueType.i32, .i32))
        #expect(!registry.matches(ValueType.i32, .i64))
        #expect(!registry.matches(ValueType.i32, nullable))
        #expect(registry.matches(ValueType.bottom, .v128))
    }

    static let declarations: [([[UInt8]], String?)] = [
        ([[0x50, 0, 0x5F, 0], [0x50, 1, 0, 0x5F, 1, i32, 0]], nil),
        (
            [[0x50, 0, 0x5F, 1, i64, 0], [0x50, 1, 0, 0x5F, 1, i32, 0]],
            "sub type 1 does not match super type 0"
        ),
        (
            [[0x50, 0, 0x5F, 1, i32, 1], [0x50, 1, 0, 0x5F, 1, i32, 0]],
            "sub type 1 does not match super type 0"
        ),
        ([[0x5F, 0], [0x50, 1, 0, 0x5F, 0]], "sub type cannot have a final super type: 1 is under 0"),
        ([[0x50, 1, 0, 0x5F, 0]], "forward use of type 0 in sub type definition"),
        ([[0x50, 1, 9, 0x5F, 0]], "unknown type 9"),
        (
            [[0x50, 0, 0x5F, 0], [0x50, 0, 0x5F, 0], [0x50, 2, 0, 1, 0x5F, 0]],
            "sub type 2 has more than one super type"
        ),
        ([[0x5F, 1, 0x63, 1, 0], [0x5F, 0]], "unknown type 1"),
        ([[0x4E, 2, 0x5F, 1, 0x63, 1, 0, 0x5F, 0]], nil),
        ([[0x60, 1, 0x63, 0, 0]], nil),
        ([[0x50, 0, 0x60, 1, 0x63, 0x6D, 0], [0x50, 1, 0, 0x60, 1, 0x63, 0x6E, 0]], nil),
        (
            [[0x50, 0, 0x60, 1, 0x63, 0x6E, 0], [0x50, 1, 0, 0x60, 1, 0x63, 0x6D, 0]],
            "sub type 1 does not match super type 0"
        ),
    ]

    @Test func declaredSubtypes() {
        for (types, message) in Self.declarations {
            let bytes = ModuleBytes(types: types).bytes
            if let message { expect(bytes, .invalid, message) } else { expectValid(bytes) }
        }
    }
}
