import Testing

@testable import Wasm

/// Spec: core/binary/types
@Suite struct TypesTests {
    /// A module that imports something of the type.
    static func imported(_ type: [UInt8]) -> [UInt8] {
        ModuleBytes(types: [functionType()], imports: [name("") + name("") + type]).bytes
    }

    @Test func heapTypes() throws {
        let codes: [(UInt8, HeapType)] = [
            (0x69, .exception), (0x6A, .array), (0x6B, .structure), (0x6C, .i31), (0x6D, .eq),
            (0x6E, .any), (0x6F, .external), (0x70, .function), (0x71, .none),
            (0x72, .noExternal), (0x73, .noFunction), (0x74, .noException),
        ]
        for (code, type) in codes {
            let short = try #require(expectValid(Self.imported([3, code, 0])))
            #expect(short.globals[0].value == .reference(type, isNullable: true))
            let long = try #require(expectValid(Self.imported([3, 0x63, code, 0])))
            #expect(long.globals[0].value == .reference(type, isNullable: true))
            let nonNull = try #require(expectValid(Self.imported([3, 0x64, code, 0])))
            #expect(nonNull.globals[0].value == .reference(type, isNullable: false))
        }
        let concrete = try #require(expectValid(Self.imported([3, 0x64, 0x80, 0x00, 0])))
        #expect(concrete.globals[0].value == .reference(.defined(0), isNullable: false))
        expect(Self.imported([3, 0x64, 0x60, 0]), .malformed, "malformed heap type")
        expect(Self.imported([3, 0x64, 0xF0, 0x7F, 0]), .malformed, "malformed type index")
        expect(Self.imported([3, 0x64, 1, 0]), .invalid, "unknown type 1")
        expect(
            Self.imported([3, 0x64, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F, 0]),
            .invalid,
            "unknown type"
        )
    }

    @Test func valueTypes() throws {
        let codes: [(UInt8, ValueType)] = [
            (0x7F, .i32), (0x7E, .i64), (0x7D, .f32), (0x7C, .f64), (0x7B, .v128),
        ]
        for (code, type) in codes {
            let module = try #require(expectValid(Self.imported([3, code, 1])))
            #expect(module.globals[0] == GlobalType(value: type, isMutable: true))
        }
        expect(Self.imported([3, 0x7A, 0]), .malformed, "malformed reference type")
        expect(Self.imported([3, 0xFF, 0x7F, 0]), .malformed, "integer representation too long")
        expect(Self.imported([3, i32, 2]), .malformed, "malformed mutability")
    }

    @Test func compositeTypes() throws {
        let bytes = ModuleBytes(types: [
            functionType([i32, i64], [f32]), [0x5F, 2, 0x78, 1, 0x77, 0], [0x5E, v128, 1],
            [0x4E, 2, 0x50, 0, 0x5F, 1, 0x63, 4, 0, 0x4F, 1, 3, 0x5F, 1, 0x63, 4, 0],
        ]).bytes
        let module = try #require(expectValid(bytes))
        #expect(module.types.count == 5)
        #expect(module.recursiveGroups == [0..<1, 1..<2, 2..<3, 3..<5])
        #expect(
            module.types[1].composite
                == .structure([
                    FieldType(storage: .i8, isMutable: true),
                    FieldType(storage: .i16, isMutable: false),
                ])
        )
        #expect(module.types[3].isFinal == false)
        #expect(module.types[4].isFinal)
        #expect(module.types[4].supertypes == [3])
        expect(ModuleBytes(types: [[0x61]]).bytes, .malformed, "malformed definition type")
        expect(
            ModuleBytes(types: [[0x5E, 0x79, 0]]).bytes,
            .malformed,
            "malformed reference type"
        )
    }

    @Test func limits() throws {
        let module = try #require(expectValid(Self.imported([1, funcref, 5, 1, 2])))
        #expect(module.tables[0].addressType == .i64)
        #expect(module.tables[0].limits == SizeLimits(minimum: 1, maximum: 2))
        for flags: UInt8 in [2, 3, 8, 0x80] {
            expect(Self.imported([2, flags, 0, 0]), .malformed, "malformed limits flags")
        }
    }

    private func memory(_ type: [UInt8], _ features: ModuleFeatures) throws(ModuleError) -> Module {
        let bytes = Self.imported([2] + type)
        return try Module(decoding: bytes, range: 0..<bytes.count, features: features)
    }

    /// What proposals add to memories is read where it is switched on, and is not run.
    @Test func memoriesOfProposals() throws {
        let shared = try memory([3, 1, 2], .sharedMemories)
        #expect(shared.memories[0].isShared)
        #expect(shared.unsupportedFeature == "shared memory")
        let bytes = try memory([9, 1, 0x80, 0x80, 4, 0], .customPageSizes)
        #expect(bytes.memories[0].pageSizeLog2 == 0)
        #expect(bytes.memories[0].limits == SizeLimits(minimum: 1, maximum: 1 << 16))
        #expect(bytes.unsupportedFeature == "memory with pages of one byte")
        let usual = try memory([8, 1, 16], .customPageSizes)
        #expect(
            usual.memories[0]
                == MemoryType(addressType: .i32, limits: SizeLimits(minimum: 1, maximum: nil))
        )
        #expect(usual.unsupportedFeature == nil)
        let cases: [(type: [UInt8], features: ModuleFeatures, message: String)] = [
            ([2, 1], .sharedMemories, "shared memory must have maximum size"),
            ([3, 1, 2], .customPageSizes, "malformed limits flags"),
            ([8, 1, 0], .sharedMemories, "malformed limits flags"),
            ([8, 1, 15], .customPageSizes, "invalid custom page size"),
            ([8, 1, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F], .customPageSizes, "invalid custom page size"),
            ([8, 0x81, 0x80, 0x80, 0x80, 0x10, 0], .customPageSizes, "must be at most 2^32 pages"),
        ]
        for (type, features, message) in cases {
            let error = #expect(throws: ModuleError.self) { try memory(type, features) }
            #expect(error?.message.contains(message) == true)
        }
    }
}
