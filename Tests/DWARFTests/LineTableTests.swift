import Foundation
import Testing
import Wasm

@testable import DWARF

/// DWARF 4 and 5, section 6.2 "Line Number Information".
@Suite struct LineTableTests {
    private func locations(
        _ line: [UInt8], _ addresses: UInt64..., others: [String: [UInt8]] = [:]
    ) throws(DWARFError) -> [String?] {
        try LineTable(Fixture.sections(line: line, others: others)).locations(of: addresses)
            .map { $0?.description }
    }

    @Test(arguments: ["lines-4.wasm", "lines-5.wasm"])
    func linesAreThoseThatTheCompilerWrote(name: String) throws {
        let table = LineTable(Fixture.sections(try Fixture.module(name)))
        let found = try table.locations(of: [0x02, 0x10, 0x17, 0x1A, 0x1D, 0x1E, 0x28, 0x11, 0x29, 0, 9_999])
        #expect(
            found.map { $0?.description } == [
                "/sources/lines.c:8", "/sources/lines.c:4:9", "/sources/lines.c:5:14",
                "/sources/lines.c:10:5", "/sources/lines.c:14:18", "/sources/lines.c:14:18",
                "/sources/lines.c:15:5", nil, nil, nil, nil,
            ])
    }

    @Test(arguments: ["lines-4.wasm", "lines-5.wasm"])
    func theFramesOfATrapHaveLines(name: String) throws {
        let module = try Fixture.module(name)
        try expectLines(module)
    }

    @Test(.enabled(if: Self.hasCompiler, "there is no clang with wasm-ld"))
    func whatTheCompilerMakesNowHasLines() throws {
        let folder = URL.temporaryDirectory.appending(path: "virga-lines-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let process = Process()
        process.executableURL = Fixture.folder.appending(path: "make.sh")
        process.arguments = [folder.path]
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        for version in 4...5 {
            try expectLines(try Fixture.module("lines-\(version).wasm", in: folder))
        }
    }

    static let hasCompiler: Bool = {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", "clang --print-targets | grep -q wasm32 && wasm-ld --version"]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return false }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }()

    /// Runs the module into its trap, and looks the frames up.
    private func expectLines(_ module: Module) throws {
        let store = Store(engine: Engine())
        let instance = try Linker().instantiate(module, in: store)
        guard case .function(let run)? = instance.export("run") else {
            Issue.record("no function run")
            return
        }
        var trapped: Trap?
        do throws(Trap) { _ = try run.call([.i32(7)]) } catch { trapped = error }
        let trap = try #require(trapped)
        let code = try #require(module.bodies.first).range.lowerBound
        // Of the first function the size and the locals stand before its instructions, and before them the
        // number of functions; the line table has the first function begin at 2.
        let start = code - Int(try firstInstruction(module))
        let found = try LineTable(Fixture.sections(module))
            .locations(of: trap.backtrace.map { UInt64($0.offset - start) })
        #expect(found.map { $0?.line } == [4, 14])
        #expect(found.allSatisfy { $0?.file.hasSuffix("/lines.c") == true })
    }

    /// The offset of the first function's first instruction in the code section's contents.
    private func firstInstruction(_ module: Module) throws -> Int {
        let body = try #require(module.bodies.first)
        // Number of functions, size of the body, number of runs of locals, and each run's two bytes.
        return 1 + 1 + 1 + 2 * body.locals.count
    }

    // MARK: The state machine

    @Test func specialOpcodesMoveAddressAndLine() throws {
        // line += 3, address += 2: 13 + (3 + 5) + 14 * 2.
        let program = Fixture.program(Fixture.setAddress(16) + [1, 49, 1] + [2, 4] + Fixture.endSequence)
        #expect(try locations(program, 15, 16, 17, 18, 21, 22) == [
            nil, "/src/a.c:1", "/src/a.c:1", "/src/a.c:4", "/src/a.c:4", nil,
        ])
    }

    @Test func columnsFilesAndLargeStepsAreRead() throws {
        let opcodes: [UInt8] =
            Fixture.setAddress(16) + [5, 9, 3, 0xE4, 0x00, 1, 8, 1, 9, 0x00, 0x01, 6, 7, 10, 11, 12, 3, 1]
            + [4, 7, 1, 2, 1] + Fixture.endSequence
        // const_add_pc: (255 - 13) / 14 is 17. fixed_advance_pc: 256. File 7 is not there.
        #expect(try locations(Fixture.program(opcodes), 16, 32, 33, 288, 289) == [
            "/src/a.c:101:9", "/src/a.c:101:9", "/src/a.c:101:9", "/src/a.c:101:9", nil,
        ])
    }

    @Test func whatTheLinkerLeftOutIsNotFound() throws {
        let dead = Fixture.program(Fixture.setAddress(0) + [1, 2, 100] + Fixture.endSequence)
        let live = Fixture.program(Fixture.setAddress(4) + [3, 1, 1, 2, 10] + Fixture.endSequence)
        #expect(try locations(dead + live, 5, 50) == ["/src/a.c:2", nil])
    }

    @Test func unknownOpcodesArePassed() throws {
        let opcodes = [0, 3, 0x80, 1, 2, 0, 0] + Fixture.setAddress(16) + [1, 2, 1] + Fixture.endSequence
        #expect(try locations(Fixture.program(opcodes), 16) == ["/src/a.c:1"])
    }

    @Test func aRelativeDirectoryIsOfTheUnitsDirectory() throws {
        let program = Fixture.program(
            Fixture.setAddress(16) + [1, 2, 1] + Fixture.endSequence, directory: "lib")
        #expect(try locations(program, 16) == ["lib/a.c:1"])
        let abbreviations: [UInt8] = [1, 0x11, 0, 0x10, 0x17, 0x1B, 0x08, 0, 0, 0]
        let unit: [UInt8] =
            [4, 0] + Fixture.word(0) + [4] + [1] + Fixture.word(0) + Array("/home".utf8) + [0]
        let others = [
            ".debug_info": Fixture.word(unit.count) + unit, ".debug_abbrev": abbreviations,
        ]
        #expect(try locations(program, 16, others: others) == ["/home/lib/a.c:1"])
    }
}
