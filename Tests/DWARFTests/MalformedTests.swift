import Foundation
import Testing

@testable import DWARF

/// What cannot be read is refused, with the section and the offset.
@Suite struct MalformedTests {
    private func error(_ line: [UInt8], others: [String: [UInt8]] = [:]) -> DWARFError? {
        do throws(DWARFError) {
            _ = try LineTable(Fixture.sections(line: line, others: others)).locations(of: [16])
            return nil
        } catch {
            return error
        }
    }

    private static let row = Fixture.setAddress(16) + [1, 2, 1] + Fixture.endSequence

    @Test func aSectionThatEndsTooEarlyIsTruncated() {
        let program = Fixture.program(Self.row)
        for count in 1..<program.count {
            #expect(error(Array(program[..<count]))?.kind == .truncated, "\(count) bytes")
        }
        #expect(error(program) == nil)
    }

    @Test func versionsThatAreNotKnownAreRefused() {
        let refused = error(Fixture.program(Self.row, version: 6))
        #expect(refused?.kind == .version(6))
        #expect(
            refused?.description
                == ".debug_line at 0x6: version 6 of the format is not known")
    }

    @Test func unitsOf64BitsAreRefused() {
        #expect(error([0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0, 0, 0, 0, 0])?.kind == .wide)
    }

    @Test func aLineRangeOfNothingIsRefused() {
        #expect(error(Fixture.program([200], lineRange: 0))?.kind == .noLineRange)
        #expect(error(Fixture.program([8], lineRange: 0))?.kind == .noLineRange)
    }

    @Test func numbersThatAreTooLargeAreRefused() {
        let number = [UInt8](repeating: 0x80, count: 11)
        #expect(error(Fixture.program([2] + number))?.kind == .badNumber)
        #expect(error(Fixture.program([3] + number))?.kind == .badNumber)
    }

    @Test func formsThatAreNotKnownAreRefused() {
        // Version 5: an address of 4 bytes, no segments, one format of a directory, of form 0x7F.
        let header: [UInt8] = [1, 1, 1, 0, 14, 1] + [1, 1, 0x7F, 1]
        let body: [UInt8] = [5, 0, 4, 0] + Fixture.word(header.count) + header
        #expect(error(Fixture.word(body.count) + body)?.kind == .form(0x7F))
    }

    @Test func moreThanIsReadIsRefused() {
        let formats: [UInt8] = [1, 1, 1, 0, 14, 1] + [17]
        let many: [UInt8] = [1, 1, 1, 0, 14, 1] + [0, 0x81, 0x80, 0x04]
        for (header, what) in [(formats, "entry formats"), (many, "files")] {
            let body: [UInt8] = [5, 0, 4, 0] + Fixture.word(header.count) + header
            #expect(error(Fixture.word(body.count) + body)?.kind == .tooMuch(what))
        }
        var names = [UInt8]()
        for _ in 0...DWARFLimits.entries { names += [0x61, 0] }
        let header: [UInt8] = [1, 1, 1, 0, 14, 1] + names + [0, 0]
        let body: [UInt8] = [4, 0] + Fixture.word(header.count) + header
        #expect(error(Fixture.word(body.count) + body)?.kind == .tooMuch("files"))
    }

    @Test func aSearchForADirectoryEnds() {
        let line = Fixture.program(Self.row, directory: "lib")
        // Many units, each of which has the last of many abbreviations.
        var abbreviations: [UInt8] = []
        for code in 2..<100 {
            abbreviations += [UInt8(code), 0x11, 0] + [UInt8](repeating: 0x19, count: 200) + [0, 0]
        }
        abbreviations += [1, 0x11, 0, 0x10, 0x17, 0, 0, 0]
        let unit: [UInt8] = [4, 0] + Fixture.word(0) + [4] + [1] + Fixture.word(9_999)
        var info: [UInt8] = []
        for _ in 0..<200 { info += Fixture.word(unit.count) + unit }
        let refused = error(line, others: [".debug_info": info, ".debug_abbrev": abbreviations])
        #expect(refused?.kind == .tooMuch("attributes"))
    }

    @Test(arguments: ["lines-4.wasm", "lines-5.wasm"])
    func anyDamageIsSurvived(name: String) throws {
        let module = try Fixture.module(name)
        for section in module.customSections where section.name.hasPrefix(".debug_") {
            for place in section.range {
                for value: UInt8 in [0, 1, 0x7F, 0x80, 0xFF] {
                    var damaged = module
                    damaged.bytes[place] = value
                    _ = try? LineTable(Fixture.sections(damaged)).locations(of: [2, 0x10, 0x17])
                }
            }
        }
    }
}
