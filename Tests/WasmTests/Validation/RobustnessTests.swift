import Foundation
import Testing

@testable import Wasm

/// Broken modules: a typed error or a valid module each time.
@Suite struct RobustnessTests {
    /// A generator of numbers that are the same in each run.
    struct Numbers: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var number = state
            number = (number ^ (number >> 30)) &* 0xBF58_476D_1CE4_E5B9
            number = (number ^ (number >> 27)) &* 0x94D0_49BB_1331_11EB
            return number ^ (number >> 31)
        }
    }

    /// How many bytes are read of one module in all, and how large it may be: a soak does all.
    static let isSoak = ProcessInfo.processInfo.environment["VIRGA_SOAK"] != nil
    static let budget = isSoak ? Int.max : 20_000_000
    static let largest = isSoak ? Int.max : 1_000_000

    /// Truncates `bytes` at 200 places and changes a byte at 2,000.
    static func disturb(_ bytes: [UInt8]) {
        guard !bytes.isEmpty else { return }
        var numbers = Numbers(state: UInt64(bytes.count))
        let share = max(1, budget / bytes.count)
        for _ in 0..<min(200, share) {
            let length = Int.random(in: 0..<bytes.count, using: &numbers)
            _ = decode(Array(bytes[..<length]))
        }
        var copy = bytes
        for _ in 0..<min(2_000, share) {
            let index = Int.random(in: 0..<copy.count, using: &numbers)
            let byte = copy[index]
            copy[index] = byte ^ UInt8.random(in: 1...255, using: &numbers)
            _ = decode(copy)
            copy[index] = byte
        }
    }

    /// The modules of the other suites.
    static let modules: [[UInt8]] = {
        let suites = [
            ControlInstructionTests.blocks, ControlInstructionTests.branches,
            ControlInstructionTests.calls, ControlInstructionTests.exceptions,
            ControlInstructionTests.parametric, VariableInstructionTests.variables,
            VariableInstructionTests.tables, VariableInstructionTests.memories,
            VariableInstructionTests.vectors, ReferenceInstructionTests.references,
            ReferenceInstructionTests.casts, ReferenceInstructionTests.structures,
            ReferenceInstructionTests.arrays,
        ]
        return suites.flatMap { $0 }.map(\.module)
            + TypeRegistryTests.declarations.map { ModuleBytes(types: $0.0).bytes }
    }()

    @Test func modulesOfTheSuites() {
        for (index, bytes) in Self.modules.enumerated() where index % 7 == 0 { Self.disturb(bytes) }
    }

    @Test func randomBytes() {
        var numbers = Numbers(state: 1)
        for _ in 0..<20_000 {
            let id = UInt8.random(in: 0...14, using: &numbers)
            let length = Int.random(in: 0..<40, using: &numbers)
            let content = (0..<length).map { _ in UInt8.random(in: 0...255, using: &numbers) }
            _ = decode(ModuleBytes.header + section(id, content))
        }
    }

    /// Bodies of random instructions in a module that has something of everything.
    @Test func randomInstructions() {
        var numbers = Numbers(state: 2)
        for _ in 0..<20_000 {
            let length = Int.random(in: 1..<12, using: &numbers)
            let pieces = (0..<length).flatMap { _ -> [Piece] in
                let row = Instruction.all.randomElement(using: &numbers)?.opcode ?? .nop
                return [.op(row), .byte(UInt8.random(in: 0...15, using: &numbers))]
            }
            _ = decode(InstructionCase("", [.op(.unreachable)] + pieces).module)
        }
    }

    // MARK: Fixtures

    static let fixtures = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../../../shared/fixtures").standardizedFileURL

    static let hasFixtures = FileManager.default.fileExists(atPath: fixtures.path)

    /// The core modules of a file: it, or those in the component that it is.
    static func coreModules(_ bytes: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
        guard bytes.count > 8 else { return [] }
        let start = bytes.startIndex
        if bytes[start + 6] == 0 { return [bytes] }
        var modules: [ArraySlice<UInt8>] = []
        var offset = start + 8
        while offset < bytes.endIndex {
            let id = bytes[offset]
            offset += 1
            var (size, shift) = (0, 0)
            while offset < bytes.endIndex {
                let byte = bytes[offset]
                offset += 1
                size |= Int(byte & 0x7F) << shift
                shift += 7
                if byte < 0x80 { break }
            }
            let content = bytes[offset..<min(offset + size, bytes.endIndex)]
            if id == 1 || id == 4 { modules += coreModules(content) }
            offset += size
        }
        return modules
    }

    @Test(.enabled(if: hasFixtures, "no ../shared/fixtures beside the project"))
    func modulesOfTheFixtures() throws {
        let files =
            FileManager.default.enumerator(atPath: Self.fixtures.path)?
            .compactMap { $0 as? String }.filter { $0.hasSuffix(".wasm") }.sorted() ?? []
        #expect(!files.isEmpty)
        for file in files {
            let data = try Data(contentsOf: Self.fixtures.appending(path: file))
            for module in Self.coreModules([UInt8](data)[...]) where module.count <= Self.largest {
                expectValid(Array(module))
                Self.disturb(Array(module))
            }
        }
    }
}
