import Testing

@testable import Wasm

/// What a module may not go over, one test for each.
@Suite struct LimitTests {
    static let header = ModuleBytes.header

    /// A section that declares so many items, and has bytes enough for them.
    static func declaring(_ id: UInt8, _ count: Int) -> [UInt8] {
        header + section(id, leb(count) + [UInt8](repeating: 0, count: count))
    }

    @Test func items() {
        expect(Self.declaring(1, Limits.types + 1), .limit, "1000001 recursive groups")
        expect(Self.declaring(2, Limits.imports + 1), .limit, "1000001 imports")
        expect(Self.declaring(3, Limits.functions + 1), .limit, "1000001 functions")
        expect(Self.declaring(4, Limits.tables + 1), .limit, "100001 tables")
        expect(Self.declaring(5, Limits.memories + 1), .limit, "101 memories")
        expect(Self.declaring(6, Limits.globals + 1), .limit, "1000001 globals")
        expect(Self.declaring(7, Limits.exports + 1), .limit, "1000001 exports")
        expect(Self.declaring(9, Limits.elementSegments + 1), .limit, "10000001 element segments")
        expect(Self.declaring(10, Limits.functions + 1), .limit, "1000001 function bodies")
        expect(Self.declaring(11, Limits.dataSegments + 1), .limit, "100001 data segments")
        expect(Self.declaring(13, Limits.tags + 1), .limit, "1000001 tags")
        expectValid(ModuleBytes(memories: .init(repeating: [0, 0], count: 100)).bytes)
        let imports = [[UInt8]](repeating: [0, 0, 2, 0, 0], count: 100)
        expect(ModuleBytes(imports: imports, memories: [[0, 0]]).bytes, .limit, "101 memories")
    }

    @Test func typesInGroups() {
        let count = Limits.types + 1
        expect(
            Self.header
                + section(1, [1, 0x4E] + leb(count) + [UInt8](repeating: 0, count: count)),
            .limit,
            "1000001 types"
        )
        let half = (0x4E as UInt8, Limits.types / 2 + 1)
        let group =
            [half.0] + leb(half.1)
            + (0..<half.1).flatMap { _ in [0x5F, 0] as [UInt8] }
        expect(ModuleBytes(types: [group, group]).bytes, .limit, "1000002 types")
    }

    @Test func customSections() {
        let one = section(0, [0])
        let most = Self.header + (0..<Limits.customSections).flatMap { _ in one }
        expectValid(most)
        expect(most + one, .limit, "10001 custom sections")
    }

    @Test func names() {
        let long = leb(Limits.nameBytes + 1) + [UInt8](repeating: 0x61, count: 100_001)
        expect(Self.header + section(0, long), .limit, "a name of 100001 bytes")
    }

    @Test func partsOfTypes() {
        let most = [UInt8](repeating: i32, count: 1000)
        expectValid(ModuleBytes(types: [functionType(most, most)]).bytes)
        expect(
            ModuleBytes(types: [functionType(most + [i32])]).bytes,
            .limit,
            "1001 parameters"
        )
        expect(
            ModuleBytes(types: [functionType([], most + [i32])]).bytes,
            .limit,
            "1001 results"
        )
        let fields = [UInt8](repeating: 0, count: 20_002).indices.map { $0 % 2 == 0 ? i32 : 0 }
        expect(
            ModuleBytes(types: [[0x5F] + leb(10_001) + fields]).bytes,
            .limit,
            "10001 fields"
        )
    }

    @Test func depthOfSubtypes() {
        let types =
            [[0x50, 0, 0x5F, 0]]
            + (0..<64).map { [0x50, 1, UInt8($0), 0x5F, 0] as [UInt8] }
        expectValid(ModuleBytes(types: Array(types.prefix(64))).bytes)
        expect(ModuleBytes(types: types).bytes, .limit, "type 64 has more than 63 supertypes")
    }

    /// A module whose one function has the body.
    static func function(
        _ body: [UInt8],
        _ locals: [UInt8] = [0],
        parameters: [UInt8] = []
    ) -> [UInt8] {
        ModuleBytes(
            types: [functionType(parameters)],
            functions: [0],
            code: [locals + body + [0x0B]]
        ).bytes
    }

    @Test func locals() {
        expectValid(Self.function([], [1] + leb(50_000) + [i32]))
        expect(
            Self.function([], [1] + leb(50_001) + [i32]),
            .limit,
            "50001 parameters and locals"
        )
        expect(
            Self.function([], [1] + leb(50_000) + [i32], parameters: [i32]),
            .limit,
            "50001 parameters and locals"
        )
    }

    @Test func bodies() {
        let long = [UInt8](repeating: 0x01, count: Limits.functionBytes - 2)
        expectValid(Self.function(long))
        expect(Self.function(long + [1]), .limit, "7654322 bytes of a function's body")
    }

    @Test func nesting() {
        func nested(_ depth: Int) -> [UInt8] {
            Self.function(
                (0..<depth).flatMap { _ in [0x02, 0x40] as [UInt8] }
                    + [UInt8](repeating: 0x0B, count: depth)
            )
        }
        expectValid(nested(Limits.blockNesting))
        expect(nested(Limits.blockNesting + 1), .limit, "more than 100000 blocks")
    }

    @Test func branchTables() {
        func table(_ count: Int) -> [UInt8] {
            Self.function([0x41, 0, 0x0E] + leb(count) + [UInt8](repeating: 0, count: count + 1))
        }
        expectValid(table(Limits.branchTableTargets))
        expect(table(Limits.branchTableTargets + 1), .limit, "65521 targets of a br_table")
    }

    @Test func elements() {
        let count = Limits.elementsPerSegment + 1
        expect(
            Self.header
                + section(9, [1, 1, 0] + leb(count) + [UInt8](repeating: 0, count: count)),
            .limit,
            "10000001 elements"
        )
    }

    @Test func frames() {
        func constants(_ count: Int) -> [UInt8] {
            (0..<count).flatMap { _ in [0x41, 0] as [UInt8] } + [0x00]
        }
        let most = Limits.frameSlots - 16
        expectValid(Self.function(constants(most)))
        expect(Self.function(constants(most + 1)), .limit, "a frame of 65001 slots")
        expect(Self.function(constants(most), parameters: [i32]), .limit, "a frame of 65001 slots")
        let vectors = [1] + leb(32_493) + [v128]
        expect(Self.function([], vectors), .limit, "a frame of 65002 slots")
        expect(
            Self.function(constants(Limits.frameSlots + 1)),
            .limit,
            "more than 65000 operands on the stack"
        )
    }

    @Test func framesOfVectors() {
        func reads(_ count: Int) -> [UInt8] {
            (0..<count).flatMap { _ in [0x20, 0] as [UInt8] } + [0x00]
        }
        let most = (Limits.frameSlots - 18) / 2
        expectValid(Self.function(reads(most), [1, 1, v128]))
        expect(Self.function(reads(most + 1), [1, 1, v128]), .limit, "a frame of 65002 slots")
        expect(
            Self.function(reads(most + 1), parameters: [v128]),
            .limit,
            "a frame of 65002 slots"
        )
    }

    /// A count is believed only as far as there are bytes for it.
    @Test func countsWithoutItems() {
        for id: UInt8 in [1, 2, 3, 4, 5, 6, 7, 9, 10, 11, 13] {
            expect(
                Self.header + section(id, leb(0xFFFF_FFFF)),
                .malformed,
                "length out of bounds"
            )
        }
    }
}
